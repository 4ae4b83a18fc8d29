"""The working of one cell: what it was computed from, and where each figure came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from luodi.common.doors import find_subject
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.indicators.models import Definition, Value
from luodi.indicators.rules import said
from luodi.kit.calendars import Period
from luodi.orgs.queries import may_see, names_of, unit_names, visible
from luodi.orgs.rules import Viewer

from .periods import period_label
from .scope import readable_definitions, readable_unit


@dataclass(frozen=True)
class Source:
    """One figure as it was known for a while: who brought it, with what."""

    period: str
    figure: str
    known_at: datetime
    until_at: datetime | None
    by: str
    origin: str
    address: str


@dataclass(frozen=True)
class Working:
    """Everything behind one cell."""

    definition: Definition
    unit: str
    period: str
    now: Source | None
    before: tuple[Source, ...]

    @property
    def current(self) -> tuple[Source, ...]:
        """The figure of now as a list of one, or of none."""
        return (self.now,) if self.now else ()


def working(
    viewer: Viewer, indicator: str, unit: str, period: str, purpose: str, moment: Moment
) -> Working:
    """The figure of a cell with the ones it revised; `NotFound` outside of the viewer's scope."""
    definition = readable_definitions(viewer, moment).filter(indicator=indicator).first()
    name = unit_names([unit], moment).get(unit)
    if definition is None or name is None or not readable_unit(viewer, unit):
        raise NotFound(_("没有这一格，或者它不在您的数据范围内。"))
    try:
        label = period_label(Period.parse(period))
    except ValueError as error:
        raise NotFound(_("没有这个时期。")) from error
    rows = list(
        visible(Value.objects.ever(moment), viewer)
        .filter(indicator=indicator, unit=unit, enterprise="", period=period, purpose=purpose)
        .select_related("since", "until")
        .order_by("-since")
    )
    sources = sources_of(viewer, rows, moment)
    is_open = bool(rows) and not ended_by(rows[0], moment)
    return Working(
        definition, name, label, sources[0] if is_open else None, sources[1 if is_open else 0 :]
    )


def ended_by(row: Value, moment: Moment) -> bool:
    """True where a figure had ended at a moment."""
    if row.until_id is None:
        return False
    return moment.position is None or row.until_id <= moment.position


def sources_of(viewer: Viewer, rows: list[Value], moment: Moment) -> tuple[Source, ...]:
    """Figures with who brought them and what they came with."""
    people = names_of({row.since.by for row in rows})
    found = {row.origin: find_subject(row.origin) for row in rows}
    sources = []
    for row in rows:
        origin = found[row.origin]
        seen = origin is not None and may_see(viewer, dict(origin.scope))
        sources.append(
            Source(
                period=period_label(Period.parse(row.period)),
                figure=said(row.amount, row.scale),
                known_at=row.since.at,
                until_at=row.until.at if row.until and ended_by(row, moment) else None,
                by=people.get(row.since.by, ""),
                origin=origin.title if origin and seen else "",
                address=origin.address if origin and seen else "",
            )
        )
    return tuple(sources)
