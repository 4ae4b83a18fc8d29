"""Writing supervision."""

from .drafting import (
    arrange_talk,
    draft_by_rules,
    draft_letter,
    freeze_letter,
    write_letter,
)
from .exempting import (
    amend_exemption,
    apply_for_exemption,
    find_condition,
    name_reader,
    unname_reader,
)
from .exemptions import (
    grant_exemption,
    move_exemption,
)
from .letters import (
    move_letter,
    record_talk,
)
from .rectifications import (
    move_rectification,
    plan_rectification,
)
from .reminding import (
    remind_of_letters,
)

__all__ = [
    "amend_exemption",
    "apply_for_exemption",
    "arrange_talk",
    "draft_by_rules",
    "draft_letter",
    "find_condition",
    "freeze_letter",
    "grant_exemption",
    "move_exemption",
    "move_letter",
    "move_rectification",
    "name_reader",
    "plan_rectification",
    "record_talk",
    "remind_of_letters",
    "unname_reader",
    "write_letter",
]
