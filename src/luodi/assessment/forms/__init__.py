"""What a person fills in."""

from .appraisals import (
    FreezeForm,
    MemberForm,
    OpenForm,
    RunForm,
)
from .evaluations import (
    AdjustmentDecisionForm,
    AdjustmentForm,
    AdjustmentLinkForm,
    ConclusionForm,
    EvaluationForm,
    EvaluationMoveForm,
    EvaluationSeenForm,
    OpinionForm,
    SelfEvaluationForm,
)
from .externals import (
    ExternalForm,
)
from .gradings import (
    GradingAnswerForm,
    GradingFileForm,
    GradingFirmForm,
    GradingObjectionForm,
    GradingWhyForm,
    OpenGradingForm,
)

__all__ = [
    "AdjustmentDecisionForm",
    "AdjustmentForm",
    "AdjustmentLinkForm",
    "ConclusionForm",
    "EvaluationForm",
    "EvaluationMoveForm",
    "EvaluationSeenForm",
    "ExternalForm",
    "FreezeForm",
    "GradingAnswerForm",
    "GradingFileForm",
    "GradingFirmForm",
    "GradingObjectionForm",
    "GradingWhyForm",
    "MemberForm",
    "OpenForm",
    "OpenGradingForm",
    "OpinionForm",
    "RunForm",
    "SelfEvaluationForm",
]
