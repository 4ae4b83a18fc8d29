"""What people fill in about policies."""

from .claims import AnswerForm, ApplyForm, HandOverForm, MoveForm, NoteForm, ObjectForm
from .facts import FactForm, VerdictForm
from .library import AbolishForm, ReturnForm, SeenForm, TermsForm
from .papers import PapersForm, papers_of_claim
from .ruling import LINES, RuleForm

__all__ = [
    "LINES",
    "AbolishForm",
    "AnswerForm",
    "ApplyForm",
    "FactForm",
    "HandOverForm",
    "MoveForm",
    "NoteForm",
    "ObjectForm",
    "PapersForm",
    "ReturnForm",
    "RuleForm",
    "SeenForm",
    "TermsForm",
    "VerdictForm",
    "papers_of_claim",
]
