"""What people do about appraisals. One action is one act."""

from .opening import freeze_scheme, open_appraisal, set_member

__all__ = ["freeze_scheme", "open_appraisal", "set_member"]
