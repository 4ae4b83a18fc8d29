"""Reading supervision: how units stand at a moment, and what was done about it."""

from .bulletin_duties import (
    BulletinDuty,
    bulletin_duties,
)
from .bulletin_pages import (
    BulletinPage,
    bulletin_page,
)
from .bulletins import (
    BulletinRow,
    bulletins,
    find_bulletin,
)
from .composing import (
    compose_lines,
)
from .contests import (
    ContestRow,
    contest_bulletin,
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
    letter_counts,
    stated_counts,
)
from .letter_duties import (
    LetterDuty,
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
from .ratings import (
    Rated,
    RatingDuty,
    ToRate,
    rating_duties,
    rating_rule,
    ratings_shown,
    to_rate,
)
from .standings import (
    KINDS,
    Lit,
    UnitStanding,
    by_unit,
    lit,
    lit_in,
)

__all__ = [
    "KINDS",
    "LETTER_VERBS",
    "BulletinDuty",
    "BulletinPage",
    "BulletinRow",
    "Composed",
    "ContestRow",
    "Exempt",
    "ExemptionPage",
    "ExemptionRow",
    "LetterCount",
    "LetterDuty",
    "LetterEvent",
    "LetterPage",
    "LetterRow",
    "Lit",
    "Proposal",
    "Rated",
    "RatingDuty",
    "RectificationRow",
    "Rung",
    "StatedCount",
    "ToRate",
    "UnitLadder",
    "UnitStanding",
    "bulletin_duties",
    "bulletin_page",
    "bulletins",
    "by_unit",
    "compose_issue",
    "compose_lines",
    "composed",
    "contest_bulletin",
    "coverable",
    "exemption_for",
    "exemption_page",
    "exemptions",
    "exemptions_of",
    "files_of",
    "find_bulletin",
    "find_letter",
    "ladder_of",
    "letter_counts",
    "letter_duties",
    "letter_page",
    "letter_row",
    "letters",
    "lit",
    "lit_in",
    "moves_of",
    "people_of_unit",
    "proposals",
    "rating_duties",
    "rating_rule",
    "ratings_shown",
    "roles_in",
    "rung_of",
    "rungs_at",
    "sent_in",
    "stated_counts",
    "talkers_of",
    "to_rate",
    "words_offered",
]
