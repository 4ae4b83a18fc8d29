"""Forms and their turns; filings, what was handed in with them, and what is being typed."""

from .filings import Draft, Filing, FilingState, Submission
from .forms import Form, FormState, Turn, TurnState

__all__ = [
    "Draft",
    "Filing",
    "FilingState",
    "Form",
    "FormState",
    "Submission",
    "Turn",
    "TurnState",
]
