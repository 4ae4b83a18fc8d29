"""What is kept of projects, their firms, and batches."""

from .agreements import Agreement, AgreementState, PromiseResult
from .batches import Batch, BatchEntry, BatchState
from .blocks import Block, BlockState
from .firms import ProjectFirm
from .funding import Funding, FundingEntry
from .ledgers import LedgerTaking, LedgerWord, ProjectLedger
from .mentions import PlanMention
from .merging import Distinction
from .money import (
    ExportLayout,
    ExportLayoutState,
    ExportTaking,
    MoneyFigure,
    PlatformExport,
    YearPlan,
)
from .permits import PermitTrack, ProjectPermit
from .problems import Problem, ProblemState
from .projects import Merge, MergeState, Project, ProjectState, StageMove
from .resumptions import Resumption
from .reviews import Review, ReviewSeat, ReviewState
from .serving import ServiceMember, SiteVisit
from .siting import SiteNeed, SitePair
from .sources import LeadSource
from .tags import ProjectTag

__all__ = [
    "Agreement",
    "AgreementState",
    "Batch",
    "BatchEntry",
    "BatchState",
    "Block",
    "BlockState",
    "Distinction",
    "ExportLayout",
    "ExportLayoutState",
    "ExportTaking",
    "Funding",
    "FundingEntry",
    "LeadSource",
    "LedgerTaking",
    "LedgerWord",
    "Merge",
    "MergeState",
    "MoneyFigure",
    "PermitTrack",
    "PlanMention",
    "PlatformExport",
    "Problem",
    "ProblemState",
    "Project",
    "ProjectFirm",
    "ProjectLedger",
    "ProjectPermit",
    "ProjectState",
    "ProjectTag",
    "PromiseResult",
    "Resumption",
    "Review",
    "ReviewSeat",
    "ReviewState",
    "ServiceMember",
    "SiteNeed",
    "SitePair",
    "SiteVisit",
    "StageMove",
    "YearPlan",
]
