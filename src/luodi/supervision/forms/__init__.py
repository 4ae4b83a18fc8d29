"""What people fill in in supervision."""

from .bulletins import (
    CommentForm,
    ContestAnswerForm,
    ContestForm,
    SeenForm,
)
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
from .ratings import (
    PublishForm,
    RatingForm,
)

__all__ = [
    "AmendForm",
    "CommentForm",
    "ContestAnswerForm",
    "ContestForm",
    "ExemptionForm",
    "ExemptionMoveForm",
    "FindingForm",
    "GrantForm",
    "LetterMoveForm",
    "LetterWordsForm",
    "NewLetterForm",
    "PublishForm",
    "RatingForm",
    "ReaderForm",
    "RectificationForm",
    "RectificationMoveForm",
    "SeenForm",
    "TalkForm",
    "TalkRecordForm",
]
