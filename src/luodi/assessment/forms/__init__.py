"""What people fill in."""

from .appraisals import (
    FreezeForm,
    MemberForm,
    OpenForm,
    RunForm,
)
from .externals import (
    ExternalForm,
)

__all__ = ["ExternalForm", "FreezeForm", "MemberForm", "OpenForm", "RunForm"]
