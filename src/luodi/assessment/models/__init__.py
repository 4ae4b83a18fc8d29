"""What is kept of appraisals of units, grading of firms, evaluation of plans."""

from .appraisals import (
    Appraisal,
    AppraisalFigure,
    AppraisalMember,
    AppraisalRun,
    AppraisalScore,
    AppraisalState,
    FrozenScheme,
)

__all__ = [
    "Appraisal",
    "AppraisalFigure",
    "AppraisalMember",
    "AppraisalRun",
    "AppraisalScore",
    "AppraisalState",
    "FrozenScheme",
]
