"""What people fill in about policies."""

from .claims import AnswerForm, ApplyForm, MoveForm, NoteForm, ObjectForm
from .facts import FactForm, VerdictForm
from .library import AbolishForm, ReturnForm, SeenForm, TermsForm
from .ruling import LINES, RuleForm

__all__ = [
    "LINES",
    "AbolishForm",
    "AnswerForm",
    "ApplyForm",
    "FactForm",
    "MoveForm",
    "NoteForm",
    "ObjectForm",
    "ReturnForm",
    "RuleForm",
    "SeenForm",
    "TermsForm",
    "VerdictForm",
]
