"""What is kept of supervision."""

from .bulletins import (
    Bulletin,
    BulletinComment,
    BulletinLine,
    BulletinReceipt,
    BulletinState,
    Contest,
    ContestState,
)
from .exemptions import (
    Exemption,
    ExemptionCondition,
    ExemptionCover,
    ExemptionReader,
    ExemptionState,
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
from .ratings import (
    DepartmentRating,
    DepartmentRatingState,
)

__all__ = [
    "AdmonitoryTalk",
    "Bulletin",
    "BulletinComment",
    "BulletinLine",
    "BulletinReceipt",
    "BulletinState",
    "Contest",
    "ContestState",
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
    "Recheck",
    "Rectification",
    "RectificationState",
]
