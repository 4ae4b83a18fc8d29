"""What people and the clock do in supervision."""

from .bulletins import (
    begin_bulletin_paper,
    comment_on_bulletin,
    freeze_bulletin,
    open_due_bulletins,
    preview_bulletin,
    sign_for_bulletin,
    tell_of_issue,
)
from .contests import (
    decide_contest,
    raise_contest,
    withdraw_contest,
)
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
from .ratings import (
    publish_ratings,
    rate_department,
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
    "begin_bulletin_paper",
    "comment_on_bulletin",
    "decide_contest",
    "draft_by_rules",
    "draft_letter",
    "find_condition",
    "freeze_bulletin",
    "freeze_letter",
    "grant_exemption",
    "move_exemption",
    "move_letter",
    "move_rectification",
    "name_reader",
    "open_due_bulletins",
    "plan_rectification",
    "preview_bulletin",
    "publish_ratings",
    "raise_contest",
    "rate_department",
    "record_talk",
    "remind_of_letters",
    "sign_for_bulletin",
    "tell_of_issue",
    "unname_reader",
    "withdraw_contest",
    "write_letter",
]
