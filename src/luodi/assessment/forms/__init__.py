"""What a person fills in."""

from .appraisals import (
    FreezeForm,
    MemberForm,
    OpenForm,
    RunForm,
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
    "RunForm",
]
