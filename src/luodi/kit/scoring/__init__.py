"""Scores: of firms by a published formula, of units by a scheme; exact, and every part shown."""

from luodi.kit.scoring.grading import (
    Amount,
    Band,
    Fault,
    Firm,
    Formula,
    Graded,
    Result,
    Scheme,
    Term,
    faults_of,
    grade,
    half_up,
    reach,
)
from luodi.kit.scoring.grading_plain import Unfolded, explain, plain_grade, plain_score
from luodi.kit.scoring.grading_steps import NextGrade, Step, next_grade

__all__ = [
    "Amount",
    "Band",
    "Fault",
    "Firm",
    "Formula",
    "Graded",
    "NextGrade",
    "Result",
    "Scheme",
    "Step",
    "Term",
    "Unfolded",
    "explain",
    "faults_of",
    "grade",
    "half_up",
    "next_grade",
    "plain_grade",
    "plain_score",
    "reach",
]
