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
from .objections import (
    Objection,
    ObjectionState,
)
from .procedures import (
    AppraisalDecision,
    AppraisalReward,
    AppraisalWindow,
)
from .self_reports import (
    FigureCheck,
    FigureEvidence,
    SelfReport,
    SelfReportDraft,
    SelfReportState,
)
from .terms import (
    TeamTerm,
    TeamTermState,
)

__all__ = [
    "Appraisal",
    "AppraisalDecision",
    "AppraisalFigure",
    "AppraisalMember",
    "AppraisalReward",
    "AppraisalRun",
    "AppraisalScore",
    "AppraisalState",
    "AppraisalWindow",
    "ExternalAppraisal",
    "ExternalAppraisalState",
    "FigureCheck",
    "FigureEvidence",
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
    "Objection",
    "ObjectionState",
    "SelfReport",
    "SelfReportDraft",
    "SelfReportState",
    "TeamTerm",
    "TeamTermState",
    "WeightTrial",
]
