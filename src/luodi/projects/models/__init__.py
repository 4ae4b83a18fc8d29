"""What is kept of projects, their firms, and batches."""

from .batches import Batch, BatchEntry, BatchState
from .firms import ProjectFirm
from .money import (
    ExportLayout,
    ExportLayoutState,
    ExportTaking,
    MoneyFigure,
    PlatformExport,
    YearPlan,
)
from .projects import Project, ProjectState, StageMove
from .resumptions import Resumption
from .siting import SiteNeed, SitePair

__all__ = [
    "Batch",
    "BatchEntry",
    "BatchState",
    "ExportLayout",
    "ExportLayoutState",
    "ExportTaking",
    "MoneyFigure",
    "PlatformExport",
    "Project",
    "ProjectFirm",
    "ProjectState",
    "Resumption",
    "SiteNeed",
    "SitePair",
    "StageMove",
    "YearPlan",
]
