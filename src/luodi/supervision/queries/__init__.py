"""Reading supervision: how units stand at a moment, and what was done about it."""

from .agenda import (
    Topic,
    draft_agenda,
)
from .bodies import (
    bodies_of,
)
from .bulletin_duties import (
    bulletin_duties,
)
from .bulletin_pages import (
    BulletinPage,
    bulletin_page,
)
from .bulletins import (
    BulletinRow,
    bulletins,
    composed_moments,
    find_bulletin,
)
from .calendars import (
    MonthPage,
    YearPage,
    month_page,
    turns_of,
    year_page,
)
from .composing import (
    compose_lines,
)
from .contests import (
    ContestRow,
    contest_bulletin,
)
from .decisions import (
    DecisionRow,
    decisions,
    find_decision,
)
from .exempted import (
    Spared,
    said_exempt,
    spared_in,
)
from .exempting import (
    coverable,
    people_of_unit,
)
from .exemptions import (
    Exempt,
    ExemptionPage,
    ExemptionRow,
    exemption_for,
    exemption_page,
    exemptions,
    exemptions_of,
    files_of,
)
from .feeds import (
    entries_of,
    feed_of,
    reader_of,
)
from .instructions import (
    InstructionRow,
    instructions,
    leaders_of,
)
from .issues import (
    Composed,
    compose_issue,
)
from .ladders import (
    Proposal,
    Rung,
    UnitLadder,
    ladder_of,
    proposals,
    rungs_at,
)
from .letter_counts import (
    LetterCount,
    StatedCount,
    issued_letters,
    letter_counts,
    stated_counts,
)
from .letter_duties import (
    letter_duties,
)
from .letter_events import (
    LETTER_VERBS,
    LetterEvent,
)
from .letter_pages import (
    LetterPage,
    RectificationRow,
    composed,
    letter_page,
    rung_of,
    talkers_of,
    words_offered,
)
from .letters import (
    LetterRow,
    find_letter,
    letter_row,
    letters,
    moves_of,
    roles_in,
    sent_in,
)
from .meeting_duties import (
    meeting_duties,
)
from .meetings import (
    MeetingRow,
    find_call,
    find_meeting,
    meetings,
)
from .minutes import (
    minutes_draft,
    minutes_of,
    notices_of,
)
from .packs import (
    meeting_pack,
)
from .pages import (
    MeetingPage,
    meeting_page,
)
from .ratings import (
    Rated,
    ToRate,
    rating_duties,
    rating_rule,
    ratings_shown,
    to_rate,
)
from .screens import (
    Screen,
    screens,
    stamp_of,
    stamped,
)
from .standings import (
    KINDS,
    Lit,
    UnitStanding,
    by_unit,
    lit,
    lit_in,
)
from .walls import (
    WallChoice,
    plan_wall,
    wall_choices,
    zone_wall,
)

__all__ = [
    "KINDS",
    "LETTER_VERBS",
    "BulletinPage",
    "BulletinRow",
    "Composed",
    "ContestRow",
    "DecisionRow",
    "Exempt",
    "ExemptionPage",
    "ExemptionRow",
    "InstructionRow",
    "LetterCount",
    "LetterEvent",
    "LetterPage",
    "LetterRow",
    "Lit",
    "MeetingPage",
    "MeetingRow",
    "MonthPage",
    "Proposal",
    "Rated",
    "RectificationRow",
    "Rung",
    "Screen",
    "Spared",
    "StatedCount",
    "ToRate",
    "Topic",
    "UnitLadder",
    "UnitStanding",
    "WallChoice",
    "YearPage",
    "bodies_of",
    "bulletin_duties",
    "bulletin_page",
    "bulletins",
    "by_unit",
    "compose_issue",
    "compose_lines",
    "composed",
    "composed_moments",
    "contest_bulletin",
    "coverable",
    "decisions",
    "draft_agenda",
    "entries_of",
    "exemption_for",
    "exemption_page",
    "exemptions",
    "exemptions_of",
    "feed_of",
    "files_of",
    "find_bulletin",
    "find_call",
    "find_decision",
    "find_letter",
    "find_meeting",
    "instructions",
    "issued_letters",
    "ladder_of",
    "leaders_of",
    "letter_counts",
    "letter_duties",
    "letter_page",
    "letter_row",
    "letters",
    "lit",
    "lit_in",
    "meeting_duties",
    "meeting_pack",
    "meeting_page",
    "meetings",
    "minutes_draft",
    "minutes_of",
    "month_page",
    "moves_of",
    "notices_of",
    "people_of_unit",
    "plan_wall",
    "proposals",
    "rating_duties",
    "rating_rule",
    "ratings_shown",
    "reader_of",
    "roles_in",
    "rung_of",
    "rungs_at",
    "said_exempt",
    "screens",
    "sent_in",
    "spared_in",
    "stamp_of",
    "stamped",
    "stated_counts",
    "talkers_of",
    "to_rate",
    "turns_of",
    "wall_choices",
    "words_offered",
    "year_page",
    "zone_wall",
]
