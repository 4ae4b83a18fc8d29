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
from .evaluations import (
    Adjustment,
    AdjustmentState,
    Evaluation,
    EvaluationState,
    Judgment,
    OutsideOpinion,
    PublicVersion,
    SelfEvaluation,
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
    "Adjustment",
    "AdjustmentState",
    "Appraisal",
    "AppraisalDecision",
    "AppraisalFigure",
    "AppraisalMember",
    "AppraisalReward",
    "AppraisalRun",
    "AppraisalScore",
    "AppraisalState",
    "AppraisalWindow",
    "Evaluation",
    "EvaluationState",
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
    "Judgment",
    "Objection",
    "ObjectionState",
    "OutsideOpinion",
    "PublicVersion",
    "SelfEvaluation",
    "SelfReport",
    "SelfReportDraft",
    "SelfReportState",
    "TeamTerm",
    "TeamTermState",
    "WeightTrial",
]
