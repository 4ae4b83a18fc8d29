"""The course of a year: what was reached, the pace it should have, and where it is heading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from luodi.common.languages import language
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound, in_words
from luodi.indicators.choices import Counts
from luodi.indicators.models import Definition, TargetState
from luodi.indicators.queries import declare
from luodi.indicators.rules import cumulated, own_parts, unit_of
from luodi.kit.calendars import Period
from luodi.kit.quantities import Quantity, show
from luodi.kit.refusals import Refusal
from luodi.kit.series import Forecast, expected, forecast, pace
from luodi.orgs.queries import unit_names

from .figures import Wanted
from .scope import Reader, read_figures, readable_definitions

PAST_YEARS = 5


@dataclass(frozen=True)
class Step:
    """One period of the year; numbers at the course's scale, None where there is none.

    `due` is what should be reached by its end, `reached` what was.
    """

    period: str
    own: int | None
    reached: int | None
    due: int | None


@dataclass(frozen=True)
class Course:
    """The course of one indicator of one unit in one year."""

    definition: Definition
    unit: str
    year: int
    scale: int
    steps: tuple[Step, ...]
    pace: str
    goal: str
    forecast: Forecast | None
    said: str

    def text(self, number: int | None) -> str:
        """A number of the course in digits; '' for none."""
        return "" if number is None else show(number, self.scale, grouping=True)


def course(
    reader: Reader, indicator: str, unit: str, year: int, purpose: str, moment: Moment
) -> Course:
    """The course of a year; `NotFound` outside of the reader's scope.

    Stocks and rates have a course, but no running sum and no forecast: `said` says so.
    """
    definition = readable_definitions(reader.viewer, moment).filter(indicator=indicator).first()
    name = unit_names([unit], moment).get(unit)
    if definition is None or name is None or not reader.reads(indicator, unit, purpose, "units"):
        raise NotFound(_("没有这一格，或者它不在您的数据范围内。"))
    periods = Period("year", year).children(definition.period_kind)  # type: ignore[arg-type]
    years = range(max(1, year - PAST_YEARS), year + 1)
    cells = {y: Period("year", y).children(periods[0].kind) for y in years}
    keys = frozenset(p.key for some in cells.values() for p in some)
    wanted = Wanted(frozenset({indicator}), frozenset({unit}), keys, purpose)
    read = read_figures(reader, wanted, frozenset(), moment).figures
    scale = max([definition.scale, *(figure.scale for figure in read.values())])
    known = {spot[2]: figure.amount * 10 ** (scale - figure.scale) for spot, figure in read.items()}
    own = {y: _own_parts(definition, some, known) for y, some in cells.items()}
    return _told(definition, name, year, periods, own, scale, moment)


def _own_parts(
    definition: Definition, periods: Sequence[Period], known: Mapping[str, int]
) -> list[int | None]:
    """The periods' own figures; of figures to date, their differences."""
    given = [known.get(period.key) for period in periods]
    to_date = definition.counts == Counts.YEAR_TO_DATE
    return own_parts(given, to_date=to_date, combined=definition.combined)


def _told(
    definition: Definition,
    name: str,
    year: int,
    periods: Sequence[Period],
    own: Mapping[int, list[int | None]],
    scale: int,
    moment: Moment,
) -> Course:
    adds = declare(definition, definition.name).over_time == "sum"
    now, past = own[year], [own[y] for y in sorted(own) if y != year]
    size = len(periods)
    so_far = now[: max((n + 1 for n, one in enumerate(now) if one is not None), default=0)]
    curve = pace(past, size)
    goal = _goal(definition, year, scale, moment) if adds else None
    due: Sequence[int] | Refusal | None = None
    if goal is not None and not isinstance(curve, Refusal):
        due = expected(goal, curve)
    reached = cumulated(so_far) if adds else so_far
    found: Forecast | Refusal | None = forecast(so_far, past, size) if adds else None
    if not adds:
        said = _("存量和比率没有全年累计，不作推算。")
    elif isinstance(found, Forecast):
        said = _in_reader_language(found)
    else:
        said = in_words(found) if found is not None else ""
    steps = [
        Step(
            period.key,
            now[n],
            reached[n] if n < len(reached) else None,
            due[n] if isinstance(due, Sequence) else None,
        )
        for n, period in enumerate(periods)
    ]
    return Course(
        definition,
        name,
        year,
        scale,
        tuple(steps),
        "" if goal is None or isinstance(curve, Refusal) else _in_reader_language(curve),
        "" if goal is None else show(goal, scale, grouping=True),
        found if isinstance(found, Forecast) else None,
        said,
    )


def _in_reader_language(said: Forecast | object) -> str:
    english = language() == "en"
    return str(getattr(said, "en" if english else "zh"))


def _goal(definition: Definition, year: int, scale: int, moment: Moment) -> int | None:
    """The goal set for the indicator in that year, at the scale of the course; the first if the
    plans set several; None where the goal isn't an amount to be reached exactly or at least."""
    states = TargetState.objects.at(moment).filter(
        target__indicator=definition.indicator_id, period=str(year), comparator__in=("=", ">=", ">")
    )
    state = states.order_by("since", "pk").first()
    if state is None:
        return None
    unit = unit_of(definition.measured_in)
    at_scale = Quantity(state.amount, state.scale, unit).convert(unit, max(scale, state.scale))
    if not isinstance(at_scale, Quantity):
        return None
    return at_scale.number // 10 ** (at_scale.scale - scale)
