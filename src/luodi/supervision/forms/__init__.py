"""What people fill in on the pages of supervision."""

from .bulletins import (
    CommentForm,
    ContestAnswerForm,
    ContestForm,
    SeenForm,
)
from .decisions import (
    DecisionForm,
    InstructionForm,
    RevisedForm,
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
from .meetings import (
    AttendanceForm,
    CallForm,
    MinutesForm,
    SettleForm,
    SpecialForm,
    StepForm,
    TopicForm,
    TopicMoveForm,
)
from .ratings import (
    PublishForm,
    RatingForm,
)

__all__ = [
    "AmendForm",
    "AttendanceForm",
    "CallForm",
    "CommentForm",
    "ContestAnswerForm",
    "ContestForm",
    "DecisionForm",
    "ExemptionForm",
    "ExemptionMoveForm",
    "FindingForm",
    "GrantForm",
    "InstructionForm",
    "LetterMoveForm",
    "LetterWordsForm",
    "MinutesForm",
    "NewLetterForm",
    "PublishForm",
    "RatingForm",
    "ReaderForm",
    "RectificationForm",
    "RectificationMoveForm",
    "RevisedForm",
    "SeenForm",
    "SettleForm",
    "SpecialForm",
    "StepForm",
    "TalkForm",
    "TalkRecordForm",
    "TopicForm",
    "TopicMoveForm",
]
