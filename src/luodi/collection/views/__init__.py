"""Pages of collection."""

from .defining import burden, new_form, revise
from .filings import correct, draft, filing, filings, keep, sheet, submit
from .forms import form, forms_list, open_turn, retire
from .review import review
from .templates import table_ask, table_filled, table_import, table_list, table_request
from .turns import close_turn, remind, reopen_turn, turn
from .workbooks import take_workbook, workbook

__all__ = [
    "burden",
    "close_turn",
    "correct",
    "draft",
    "filing",
    "filings",
    "form",
    "forms_list",
    "keep",
    "new_form",
    "open_turn",
    "remind",
    "reopen_turn",
    "retire",
    "review",
    "revise",
    "sheet",
    "submit",
    "table_ask",
    "table_filled",
    "table_import",
    "table_list",
    "table_request",
    "take_workbook",
    "turn",
    "workbook",
]
