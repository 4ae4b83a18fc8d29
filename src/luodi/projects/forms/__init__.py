"""What a person fills in."""

from .agreements import AgreementForm, AgreementMoveForm, ResultForm
from .batches import BatchForm, EntriesForm, PublishForm
from .blocks import BlockForm, GiveUpForm
from .exports import ColumnsForm, ExportForm
from .firms import FirmForm
from .funding import FundingCorrectionForm, FundingForm
from .gates import ResumptionForm
from .ledgers import LedgerForm, WordsForm
from .merging import MergeForm, WhyForm
from .money import MoneyForm, PlanForm
from .pipeline import MOST_WORDS, MoveForm, NewForm, ProjectForm, RevisionForm
from .problems import ProblemForm, ProblemMoveForm
from .serving import MemberForm, VisitForm
from .siting import NeedForm, PairForm
from .tags import TagForm

__all__ = [
    "MOST_WORDS",
    "AgreementForm",
    "AgreementMoveForm",
    "BatchForm",
    "BlockForm",
    "ColumnsForm",
    "EntriesForm",
    "ExportForm",
    "FirmForm",
    "FundingCorrectionForm",
    "FundingForm",
    "GiveUpForm",
    "LedgerForm",
    "MemberForm",
    "MergeForm",
    "MoneyForm",
    "MoveForm",
    "NeedForm",
    "NewForm",
    "PairForm",
    "PlanForm",
    "ProblemForm",
    "ProblemMoveForm",
    "ProjectForm",
    "PublishForm",
    "ResultForm",
    "ResumptionForm",
    "RevisionForm",
    "TagForm",
    "VisitForm",
    "WhyForm",
    "WordsForm",
]
