"""Pages of plans, measures, the annual plan, the unit's sheet, and the office's months."""

from .measures import measure, measure_done, measure_lead, measure_units
from .plans import plan, plan_deadlines, plans
from .rounds import call, close, remind, reopen, review, round_page
from .sheets import draft, my_reports, pass_on, recall, report, send_back, submit
from .years import annual_plan

__all__ = [
    "annual_plan",
    "call",
    "close",
    "draft",
    "measure",
    "measure_done",
    "measure_lead",
    "measure_units",
    "my_reports",
    "pass_on",
    "plan",
    "plan_deadlines",
    "plans",
    "recall",
    "remind",
    "reopen",
    "report",
    "review",
    "round_page",
    "send_back",
    "submit",
]
