"""Charts: the rows of a pivot small and on one scale, the course of a year with its pace."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from luodi.common.charts import Area, Line, area_map, line_chart
from luodi.common.periods import period_label

if TYPE_CHECKING:
    from .queries.courses import Course
    from .queries.latest import Series
    from .queries.maps import Mapped
    from .queries.pivots import Pivot, Row

MOST = 60


def charts(pivot: Pivot) -> list[tuple[str, SafeString]]:
    """Title and chart of each row with a number; at most `MOST`."""
    by_indicator: dict[str, list[Row]] = defaultdict(list)
    for row in pivot.rows[:MOST]:
        by_indicator[row.labels[0]].append(row)
    drawn = []
    for rows in by_indicator.values():
        scale = max(cell.answer.scale for row in rows for cell in row.cells)
        numbers = {row.labels: numbers_of(row, scale) for row in rows}
        known = [n for some in numbers.values() for n in some if n is not None]
        bounds = (min(known), max(known)) if known else None
        for row in rows:
            line = Line(row.labels[-1], numbers[row.labels])
            title = " · ".join(row.labels)
            drawn.append((title, line_chart(title, pivot.columns, [line], bounds, small=True)))
    return [(title, chart) for title, chart in drawn if chart]


def numbers_of(row: Row, scale: int) -> list[int | None]:
    """The numbers of a row at one scale."""
    return [
        None
        if cell.answer.number is None
        else cell.answer.number * 10 ** (scale - cell.answer.scale)
        for cell in row.cells
    ]


def course_chart(course: Course) -> SafeString:
    """What was reached, what should be, and the interval in which the year is likely to end."""
    reached = [step.reached for step in course.steps]
    lines = [
        Line(_("进度要求"), [step.due for step in course.steps], "expected"),
        Line(_("实际"), reached),
    ]
    last = max((n for n, one in enumerate(reached) if one is not None), default=-1)
    if course.forecast and 0 <= last < len(reached) - 1:
        open_end: list[int | None] = [None] * (len(reached) - last - 2)
        begin: list[int | None] = [None] * last
        for label, end in (
            (_("推算下限"), course.forecast.low),
            (_("推算上限"), course.forecast.high),
        ):
            lines.append(Line(label, [*begin, reached[last], *open_end, end], "interval"))
    places = [step.period for step in course.steps]
    return line_chart(course.definition.name, places, lines)


def series_chart(series: Series) -> SafeString:
    """The year so far of one series, small."""
    line = Line(series.unit, series.numbers)
    places = [period_label(period) for period in series.periods]
    return line_chart(series.definition.name, places, [line], small=True)


def map_chart(mapped: Mapped) -> SafeString:
    """The map of one figure; what is missing is left white with a dash."""
    areas = [
        Area(place.name, place.answer.text or "—", place.rings, place.shade)
        for place in mapped.places
    ]
    return area_map(mapped.title, areas)
