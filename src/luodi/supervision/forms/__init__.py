"""Forms of supervision."""

from .exemptions import (
    AmendForm,
    ExemptionForm,
    ExemptionMoveForm,
    FindingForm,
    GrantForm,
    ReaderForm,
)
from .letters import (
    LetterMoveForm,
    LetterWordsForm,
    NewLetterForm,
    RectificationForm,
    RectificationMoveForm,
    TalkForm,
    TalkRecordForm,
)

__all__ = [
    "AmendForm",
    "ExemptionForm",
    "ExemptionMoveForm",
    "FindingForm",
    "GrantForm",
    "LetterMoveForm",
    "LetterWordsForm",
    "NewLetterForm",
    "ReaderForm",
    "RectificationForm",
    "RectificationMoveForm",
    "TalkForm",
    "TalkRecordForm",
]
