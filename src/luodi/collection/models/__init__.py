"""Forms and their turns; filings, what was handed in with them, and what is being typed."""

from .filings import Draft, Filing, FilingState, Submission
from .forms import Form, FormState, Turn, TurnState
from .templates import TableRequest, Template, TemplateState

__all__ = [
    "Draft",
    "Filing",
    "FilingState",
    "Form",
    "FormState",
    "Submission",
    "TableRequest",
    "Template",
    "TemplateState",
    "Turn",
    "TurnState",
]
