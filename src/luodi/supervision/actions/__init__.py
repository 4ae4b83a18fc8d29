"""What people do in supervision: one action is one act."""

from .exempting import (
    amend_exemption,
    apply_for_exemption,
    find_condition,
    name_reader,
    unname_reader,
)
from .exemptions import grant_exemption, move_exemption

__all__ = [
    "amend_exemption",
    "apply_for_exemption",
    "find_condition",
    "grant_exemption",
    "move_exemption",
    "name_reader",
    "unname_reader",
]
