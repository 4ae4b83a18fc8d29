"""Reading requests: rows with their limits at any moment, pages for offices and for the firm."""

from .asking import (
    Same,
    categories_for,
    channels_for,
    firm_named,
    firm_to_ask,
    firms_to_choose,
    same_request,
)
from .counting import due_clocks, met_by, named_clock, new_clocks, recounted
from .duties import request_duties
from .firm_pages import FirmEvent, FirmPage, firm_page, my_requests
from .holding import Holding, hold, next_serial, story_of
from .pages import CallRow, RequestPage, find_request, request_page
from .rows import ClockRow, Row, count_open, requests, requests_of_firm

__all__ = [
    "CallRow",
    "ClockRow",
    "FirmEvent",
    "FirmPage",
    "Holding",
    "RequestPage",
    "Row",
    "Same",
    "categories_for",
    "channels_for",
    "count_open",
    "due_clocks",
    "find_request",
    "firm_named",
    "firm_page",
    "firm_to_ask",
    "firms_to_choose",
    "hold",
    "met_by",
    "my_requests",
    "named_clock",
    "new_clocks",
    "next_serial",
    "recounted",
    "request_duties",
    "request_page",
    "requests",
    "requests_of_firm",
    "same_request",
    "story_of",
]
