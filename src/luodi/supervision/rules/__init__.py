"""Rules of supervision."""

from .exemptions import conditions_in, exemption_rule

__all__ = ["conditions_in", "exemption_rule"]
