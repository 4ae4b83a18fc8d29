"""What supervision keeps."""

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

__all__ = [
    "AdmonitoryTalk",
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
