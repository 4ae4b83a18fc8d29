"""Appraisals of units, gradings of enterprises, evaluations of plans."""

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
from .gradings import (
    Grade,
    Grading,
    GradingFile,
    GradingFirm,
    GradingObjection,
    GradingObjectionState,
    GradingRun,
    GradingState,
    GradingTaking,
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
    "Grade",
    "Grading",
    "GradingFile",
    "GradingFirm",
    "GradingObjection",
    "GradingObjectionState",
    "GradingRun",
    "GradingState",
    "GradingTaking",
    "WeightTrial",
]
