"""Where the year of a goal is heading: the forecast with its interval, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from luodi.common.languages import in_one_line, language
from luodi.common.moments import Moment
from luodi.common.refusals import in_words
from luodi.kit.calendars import Period
from luodi.kit.quantities import ratio
from luodi.kit.refusals import Refusal
from luodi.kit.series import Forecast, forecast
from luodi.orgs.queries import visible
from luodi.orgs.rules import Viewer

from ..choices import Counts
from ..models import Value
from ..rules import Place, own_parts, said
from .targets import Goal, GoalRow, figures_for, goal_rows, goals_set_for
from .totals import Total, totals

PAST_YEARS = 5
"""How many years before teach the pace: as the course of a year in the analysis."""


@dataclass(frozen=True)
class Outlook:
    """The total a goal's year is heading for: the middle, the interval and what it is worth.

    `done` is the middle's share of the goal in percent. Without a forecast `why` says why.
    """

    middle: str = ""
    low: str = ""
    high: str = ""
    done: str = ""
    worth: str = ""
    why: str = ""

    @property
    def interval(self) -> str:
        """The interval in digits."""
        return f"{self.low}–{self.high}" if self.low != self.high else self.low


def outlooks(viewer: Viewer, goals: Sequence[Goal], moment: Moment) -> dict[str, Outlook]:
    """Where goals are heading, by the key of the target, in one question.

    Figures are those a goal is measured by: of its unit, or of all units added up, within the
    viewer's scope. Only a year that is added up from its periods has a forecast.
    """
    found: dict[tuple[str, str], dict[Place, Total]] = {}
    years = {goal.key: _years(goal) for goal in goals}
    wanted = {p.key for some in years.values() for year in some for p in year}
    rows = visible(Value.objects.at(moment), viewer).filter(
        indicator__in={goal.definition.indicator_id for goal in goals if years[goal.key]},
        period__in=wanted,
        enterprise="",
    )
    for place, total in totals(rows, "indicator", "purpose", "unit", "period").items():
        indicator, purpose, unit, period = place
        found.setdefault((indicator, purpose), {})[unit, period] = total
    return {goal.key: _outlook(goal, years[goal.key], found) for goal in goals}


def _years(goal: Goal) -> list[tuple[Period, ...]]:
    """The periods of the goal's year, last, and of the years before; none where nothing adds."""
    counted = goal.definition.counts in (Counts.IN_PERIOD, Counts.YEAR_TO_DATE)
    kind = goal.definition.period_kind
    if not goal.adds or not counted or kind == "year" or not goal.state.period.isdecimal():
        return []
    year = int(goal.state.period)
    return [
        Period("year", one).children(kind)  # type: ignore[arg-type]
        for one in range(max(1, year - PAST_YEARS), year + 1)
    ]


def _outlook(
    goal: Goal,
    years: Sequence[Sequence[Period]],
    found: dict[tuple[str, str], dict[Place, Total]],
) -> Outlook:
    if not years:
        return Outlook(why=_("只有按期相加的全年目标才推算全年。"))
    definition = goal.definition
    mine = found.get((definition.indicator_id, definition.purpose), {})
    figures, _unit, faults = figures_for(goal, mine)
    if not figures:
        return Outlook(why=in_one_line(faults))
    own = [
        own_parts(
            [figures.get(period.key) for period in year],
            to_date=definition.counts == Counts.YEAR_TO_DATE,
            combined=definition.combined,
        )
        for year in years
    ]
    *past, now = own
    known = max((n + 1 for n, one in enumerate(now) if one is not None), default=0)
    told = forecast(now[:known], past, len(now))
    return Outlook(why=in_words(told)) if isinstance(told, Refusal) else _told(goal, told)


def _told(goal: Goal, told: Forecast) -> Outlook:
    share = ratio(100 * told.middle, goal.whole, 1) if goal.whole > 0 else None
    return Outlook(
        middle=goal.text(told.middle),
        low=goal.text(told.low),
        high=goal.text(told.high),
        done=said(share, 1) if isinstance(share, int) else "",
        worth=told.en if language() == "en" else told.zh,
    )


def goals_with_outlooks(viewer: Viewer, year: str, moment: Moment) -> list[GoalRow]:
    """The goals for a year, each with how it stands and where its year is heading."""
    goals = goals_set_for(viewer, year, moment)
    heading = outlooks(viewer, goals, moment)
    rows = goal_rows(viewer, goals, moment)
    return [
        replace(row, outlook=heading[goal.key].middle, interval=heading[goal.key].interval)
        for goal, row in zip(goals, rows, strict=True)
    ]
