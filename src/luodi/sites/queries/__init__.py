"""Reading sites: rows at any moment, roll-ups, pages, who holds what."""

from .drawing import DrawnPlan, draw_plan
from .holding import (
    Held,
    check_unique,
    hold,
    holder_for,
    name_of,
    occupation_of,
    present_holder,
    reservation_ends,
    said_of,
    states_of,
)
from .pages import SitePage, find_site, site_page
from .plan import PlanPage, plan_page
from .rows import PlantRow, PlotRow, exactly, plants, plots
from .use import LandTotal, definition_at, land_by, rate_of, rates_by

__all__ = [
    "DrawnPlan",
    "Held",
    "LandTotal",
    "PlanPage",
    "PlantRow",
    "PlotRow",
    "SitePage",
    "check_unique",
    "definition_at",
    "draw_plan",
    "exactly",
    "find_site",
    "hold",
    "holder_for",
    "land_by",
    "name_of",
    "occupation_of",
    "plan_page",
    "plants",
    "plots",
    "present_holder",
    "rate_of",
    "rates_by",
    "reservation_ends",
    "said_of",
    "site_page",
    "states_of",
]
