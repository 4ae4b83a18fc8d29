"""What supervision keeps."""

from .agenda import (
    Agenda,
    AgendaItem,
    AgendaItemState,
)
from .bulletins import (
    Bulletin,
    BulletinComment,
    BulletinLine,
    BulletinReceipt,
    BulletinState,
    Contest,
    ContestState,
)
from .decisions import (
    Decision,
    DecisionState,
    DecisionUnit,
)
from .exemptions import (
    Exemption,
    ExemptionCondition,
    ExemptionCover,
    ExemptionReader,
    ExemptionState,
)
from .feeds import (
    CalendarFeed,
)
from .letters import (
    AdmonitoryTalk,
    Letter,
    LetterCause,
    LetterState,
    Recheck,
    Rectification,
    RectificationState,
)
from .meetings import (
    Attendance,
    Meeting,
    MeetingState,
)
from .ratings import (
    DepartmentRating,
    DepartmentRatingState,
)

__all__ = [
    "AdmonitoryTalk",
    "Agenda",
    "AgendaItem",
    "AgendaItemState",
    "Attendance",
    "Bulletin",
    "BulletinComment",
    "BulletinLine",
    "BulletinReceipt",
    "BulletinState",
    "CalendarFeed",
    "Contest",
    "ContestState",
    "Decision",
    "DecisionState",
    "DecisionUnit",
    "DepartmentRating",
    "DepartmentRatingState",
    "Exemption",
    "ExemptionCondition",
    "ExemptionCover",
    "ExemptionReader",
    "ExemptionState",
    "Letter",
    "LetterCause",
    "LetterState",
    "Meeting",
    "MeetingState",
    "Recheck",
    "Rectification",
    "RectificationState",
]
