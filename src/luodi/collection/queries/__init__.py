"""Forms, filings, sheets and how a period's collection stands."""

from .duties import filing_duties
from .filings import FilingRow, Standing, filing_for, filing_rows, my_filings, standing_of
from .forms import FormPage, FormRow, form_for, form_page, forms_list, turn_for
from .review import Progress, progress_of, waiting_filings
from .sheets import Sheet, sheet_of

__all__ = [
    "FilingRow",
    "FormPage",
    "FormRow",
    "Progress",
    "Sheet",
    "Standing",
    "filing_duties",
    "filing_for",
    "filing_rows",
    "form_for",
    "form_page",
    "forms_list",
    "my_filings",
    "progress_of",
    "sheet_of",
    "standing_of",
    "turn_for",
    "waiting_filings",
]
