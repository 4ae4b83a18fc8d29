"""How many letters and talks a unit got in a year, beside what texts state of other cities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from luodi.common.languages import language
from luodi.common.moments import LOCAL, Moment
from luodi.orgs.queries import pack_of
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import FactRule

from ..choices import LetterKind
from ..models import LetterState
from ..rules import ANSWERING, SETTLED
from .letters import LetterRow, letters, rows_from

STATED = ("warning-letters", "admonitory-talks")
"""The indicators of a pack that state such counts."""


@dataclass(frozen=True)
class LetterCount:
    """Letters issued to one unit in one year; cancelled ones are counted apart only."""

    unit: str
    unit_name: str
    year: int
    letters: int
    talks: int
    late: int
    unanswered: int
    open: int
    settled: int
    cancelled: int


@dataclass(frozen=True)
class StatedCount:
    """A count that a text states, with where it stands."""

    name: str
    period: str
    value: str
    unit: str
    subject: str
    source: str


def letter_counts(viewer: Viewer, moment: Moment) -> list[LetterCount]:
    """Counts by year and unit of what was issued, within the viewer's scope."""
    found: dict[tuple[int, str], list[LetterRow]] = defaultdict(list)
    for row in letters(viewer, moment):
        if row.issued_on:
            found[-row.year, row.unit_name].append(row)
    return [_counted(rows) for _place, rows in sorted(found.items(), key=lambda pair: pair[0])]


def _counted(rows: list[LetterRow]) -> LetterCount:
    valid = [row for row in rows if row.stage != "cancelled"]

    def of(kind: str) -> int:
        return sum(row.kind == kind for row in valid)

    return LetterCount(
        unit=rows[0].unit,
        unit_name=rows[0].unit_name,
        year=rows[0].year,
        letters=of(LetterKind.WARNING_LETTER),
        talks=of(LetterKind.TALK_NOTICE),
        late=sum(row.late_days > 0 for row in valid),
        unanswered=sum(row.stage in ANSWERING and row.light == "red" for row in valid),
        open=sum(row.stage not in SETTLED for row in valid),
        settled=sum(row.stage in SETTLED for row in valid),
        cancelled=len(rows) - len(valid),
    )


def issued_letters(
    city: str, units: Iterable[str], year: int, moment: Moment
) -> dict[tuple[str, str], list[LetterRow]]:
    """The letters of a city issued to units within a year, by unit and kind, the earliest first.

    Cancelled ones aren't among them. A fixed number of queries.
    """
    begin, end = (datetime(one, 1, 1, tzinfo=LOCAL) for one in (year, year + 1))
    states = LetterState.objects.at(moment).filter(
        letter__city=city, letter__unit__in=list(units), issued_at__gte=begin, issued_at__lt=end
    )
    rows = states.exclude(stage="cancelled").select_related("letter__act")
    found: dict[tuple[str, str], list[LetterRow]] = defaultdict(list)
    for row in rows_from(rows.order_by("issued_at", "pk"), moment):
        found[row.unit, row.kind].append(row)
    return dict(found)


def stated_counts(viewer: Viewer, moment: Moment) -> list[StatedCount]:
    """What texts say of letters and talks in the viewer's city, beside the record."""
    facts: Iterable[FactRule] = pack_of(viewer.city, moment).all("facts", FactRule, moment.today)
    return [
        StatedCount(
            name=fact.name_en if language() == "en" else fact.name,
            period=fact.period,
            value=fact.value,
            unit=fact.unit,
            subject=fact.subject,
            source=fact.source,
        )
        for fact in facts
        if fact.indicator in STATED
    ]
