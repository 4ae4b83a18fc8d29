"""What is kept of projects, their firms, and batches."""

from .batches import Batch, BatchEntry, BatchState
from .firms import ProjectFirm
from .money import MoneyFigure, YearPlan
from .projects import Project, ProjectState, StageMove
from .resumptions import Resumption

__all__ = [
    "Batch",
    "BatchEntry",
    "BatchState",
    "MoneyFigure",
    "Project",
    "ProjectFirm",
    "ProjectState",
    "Resumption",
    "StageMove",
    "YearPlan",
]
