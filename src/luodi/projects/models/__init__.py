"""What is kept of projects and batches."""

from .batches import Batch, BatchEntry, BatchState
from .money import MoneyFigure, YearPlan
from .projects import Project, ProjectState, StageMove
from .resumptions import Resumption

__all__ = [
    "Batch",
    "BatchEntry",
    "BatchState",
    "MoneyFigure",
    "Project",
    "ProjectState",
    "Resumption",
    "StageMove",
    "YearPlan",
]
