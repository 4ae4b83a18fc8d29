"""What people and the clock do in supervision."""

from .agendas import (
    add_topic,
    move_topic,
    settle_topic,
)
from .attendance import (
    mark_attendance,
)
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
from .decisions import (
    note_decision,
    open_items,
    revise_decision,
    take_back_decision,
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
from .feeds import (
    make_feed,
    revoke_feed,
)
from .instructions import (
    record_instruction,
)
from .letters import (
    move_letter,
    record_talk,
)
from .meetings import (
    call_meeting,
    cancel_meeting,
    end_meeting,
    hold_meeting,
    open_special_meeting,
    postpone_meeting,
    rework_meeting,
)
from .minutes import (
    freeze_minutes,
    open_meeting_notice,
    open_minutes,
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
from .rounds import (
    open_due_meetings,
)

__all__ = [
    "add_topic",
    "amend_exemption",
    "apply_for_exemption",
    "arrange_talk",
    "begin_bulletin_paper",
    "call_meeting",
    "cancel_meeting",
    "comment_on_bulletin",
    "decide_contest",
    "draft_by_rules",
    "draft_letter",
    "end_meeting",
    "find_condition",
    "freeze_bulletin",
    "freeze_letter",
    "freeze_minutes",
    "grant_exemption",
    "hold_meeting",
    "make_feed",
    "mark_attendance",
    "move_exemption",
    "move_letter",
    "move_rectification",
    "move_topic",
    "name_reader",
    "note_decision",
    "open_due_bulletins",
    "open_due_meetings",
    "open_items",
    "open_meeting_notice",
    "open_minutes",
    "open_special_meeting",
    "plan_rectification",
    "postpone_meeting",
    "preview_bulletin",
    "publish_ratings",
    "raise_contest",
    "rate_department",
    "record_instruction",
    "record_talk",
    "remind_of_letters",
    "revise_decision",
    "revoke_feed",
    "rework_meeting",
    "settle_topic",
    "sign_for_bulletin",
    "take_back_decision",
    "tell_of_issue",
    "unname_reader",
    "withdraw_contest",
    "write_letter",
]
