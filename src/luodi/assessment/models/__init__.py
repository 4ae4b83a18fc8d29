"""What assessment keeps."""

from .appraisals import (
    Appraisal,
    AppraisalFigure,
    AppraisalMember,
    AppraisalRun,
    AppraisalScore,
    AppraisalState,
    FrozenScheme,
    WeightTrial,
)
from .externals import (
    ExternalAppraisal,
    ExternalAppraisalState,
)

__all__ = [
    "Appraisal",
    "AppraisalFigure",
    "AppraisalMember",
    "AppraisalRun",
    "AppraisalScore",
    "AppraisalState",
    "ExternalAppraisal",
    "ExternalAppraisalState",
    "FrozenScheme",
    "WeightTrial",
]
