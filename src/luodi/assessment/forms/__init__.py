"""What a person fills in."""

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
    "GradingAnswerForm",
    "GradingFileForm",
    "GradingFirmForm",
    "GradingObjectionForm",
    "GradingWhyForm",
    "OpenGradingForm",
]
