"""Definitions, targets, values; who is asked for what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luodi.common.doors import Found
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.kit.refusals import Refusal
from luodi.orgs.queries import names_of, unit_names, visible
from luodi.orgs.rules import Viewer

from .choices import Purpose
from .models import Asked, Definition, Indicator, TargetState, Value
from .rules import Measured, read_figure, said


def measured(definition: Definition) -> Measured:
    """What the rules need of a definition."""
    return Measured(definition.name, definition.measured_in, definition.scale)


def definitions_by_key(keys: Iterable[str], moment: Moment) -> dict[str, Definition]:
    """The definitions in force by indicator key."""
    rows = Definition.objects.at(moment).filter(indicator__in=set(keys))
    return {row.indicator_id: row for row in rows}


def figure_problems(figures: Mapping[str, str], moment: Moment) -> dict[str, str]:
    """What is wrong with typed figures, by indicator key, in words; empty cells are not wrong."""
    typed = {key: str(value) for key, value in figures.items() if str(value).strip()}
    definitions = definitions_by_key(typed, moment)
    lang = "en" if (get_language() or "").startswith("en") else "zh"
    faults = {}
    for key, value in typed.items():
        definition = definitions.get(key)
        if definition is None:
            faults[key] = _("没有这个指标，请刷新页面。")
            continue
        read = read_figure(measured(definition), value)
        if isinstance(read, Refusal):
            faults[key] = f"{definition.name}：{read.says(lang)}"
    return faults


@dataclass(frozen=True)
class AskedFigure:
    """A figure a unit is asked for."""

    indicator: str
    name: str
    measured_in: str
    scale: int
    purpose: str
    subject: str
    unit: str


def asked_of(unit: str, subject: str, moment: Moment) -> list[AskedFigure]:
    """What a unit is asked for because of a subject, by name."""
    return asked_for([subject], moment).get((subject, unit), [])


def asked_for(subjects: Iterable[str], moment: Moment) -> dict[tuple[str, str], list[AskedFigure]]:
    """What is asked because of subjects, by (subject, unit), in two queries."""
    rows = list(Asked.objects.at(moment).filter(subject__in=set(subjects)))
    definitions = definitions_by_key({row.indicator_id for row in rows}, moment)
    found: dict[tuple[str, str], list[AskedFigure]] = {}
    for row in rows:
        definition = definitions[row.indicator_id]
        figure = AskedFigure(
            row.indicator_id,
            definition.name,
            definition.measured_in,
            definition.scale,
            definition.purpose,
            row.subject,
            row.unit,
        )
        found.setdefault((row.subject, row.unit), []).append(figure)
    for figures in found.values():
        figures.sort(key=lambda f: f.name)
    return found


@dataclass(frozen=True)
class Figure:
    """A value with where it comes from. `text` is the digits, `typed` what a form begins with."""

    indicator: str
    unit: str
    period: str
    amount: int
    scale: int
    origin: str
    known_at: datetime
    by: str

    @property
    def text(self) -> str:
        return said(self.amount, self.scale)

    @property
    def typed(self) -> str:
        return self.text.replace(",", "").replace("\u2212", "-")


def _figure(row: Value) -> Figure:
    return Figure(
        indicator=row.indicator_id,
        unit=row.unit,
        period=row.period,
        amount=row.amount,
        scale=row.scale,
        origin=row.origin,
        known_at=row.since.at,
        by=row.since.by,
    )


def figures_of(
    indicators: Iterable[str],
    units: Iterable[str],
    periods: Iterable[str],
    moment: Moment,
    purpose: str = Purpose.DISPATCH,
) -> dict[tuple[str, str, str], Figure]:
    """The values of units known at a moment by (indicator, unit, period), in one query.

    One purpose is one series: dispatch figures and official statistics never merge.
    """
    rows = Value.objects.at(moment).filter(
        indicator__in=set(indicators), unit__in=set(units), period__in=set(periods), purpose=purpose
    )
    return {
        (row.indicator_id, row.unit, row.period): _figure(row)
        for row in rows.filter(enterprise="").select_related("since")
    }


class Placed(Protocol):
    """What names a cell of a series."""

    @property
    def indicator(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def enterprise(self) -> str: ...
    @property
    def period(self) -> str: ...


def open_values(cells: Iterable[Placed], purpose: str) -> dict[tuple[str, str, str, str], Value]:
    """The values in force now of some cells by (indicator, unit, enterprise, period).

    Asked in portions by period; a portion reads the rows of its units and enterprises at once.
    """
    found: dict[tuple[str, str, str, str], Value] = {}
    by_period: dict[str, list[Placed]] = {}
    for cell in cells:
        by_period.setdefault(cell.period, []).append(cell)
    for period, some in by_period.items():
        rows = Value.objects.open().filter(
            purpose=purpose,
            period=period,
            indicator__in={cell.indicator for cell in some},
            unit__in={cell.unit for cell in some},
        )
        enterprises = sorted({cell.enterprise for cell in some})
        for start in range(0, len(enterprises), 500):
            for row in rows.filter(enterprise__in=enterprises[start : start + 500]):
                found[row.indicator_id, row.unit, row.enterprise, row.period] = row
    return found


def value_of(
    indicator: str, unit: str, period: str, moment: Moment, purpose: str = Purpose.DISPATCH
) -> Figure | None:
    """The latest value of one cell; a form is prefilled with it, so the fact is asked once."""
    return figures_of([indicator], [unit], [period], moment, purpose).get((indicator, unit, period))


@dataclass(frozen=True)
class IndicatorRow:
    """A line of the list."""

    key: str
    name: str
    measured_in: str
    purpose: str
    targets: int
    goal: str
    sentence: str
    latest: str
    period: str
    unit: str

    @property
    def address(self) -> str:
        return reverse("indicator", args=[self.key])


def _goal(state: TargetState, measured_in: str) -> str:
    upper = f"–{said(state.amount_to, state.scale)}" if state.amount_to is not None else ""
    figure = f"{said(state.amount, state.scale)}{upper} {measured_in}"
    sign = "" if state.comparator == "=" else f"{state.get_comparator_display()} "
    return f"{sign}{figure}" + (f"（{state.period}）" if state.period else "")


def _definitions(viewer: Viewer, moment: Moment) -> QuerySet[Definition]:
    inside = visible(Indicator.objects.all(), viewer)
    return Definition.objects.at(moment).filter(indicator__in=inside)


def _latest(viewer: Viewer, moment: Moment) -> dict[str, Value]:
    """The value that became known last, of each indicator, within the viewer's scope."""
    rows = visible(Value.objects.at(moment), viewer)
    last = rows.order_by().values("indicator").annotate(act=Max("since")).values_list("act")
    found = visible(Value.objects.at(moment), viewer).filter(since__in=list({n for (n,) in last}))
    return {row.indicator_id: row for row in found.order_by("since", "period")}


def indicators_list(viewer: Viewer, moment: Moment) -> list[IndicatorRow]:
    """All indicators a viewer may see, by name, in a fixed number of queries."""
    definitions = list(_definitions(viewer, moment).order_by("name"))
    states = TargetState.objects.at(moment).select_related("target")
    targets = list(
        states.filter(target__indicator__in=[d.indicator_id for d in definitions]).order_by("since")
    )
    first: dict[str, TargetState] = {}
    for state in targets:
        first.setdefault(state.target.indicator_id, state)
    counts = Counter(state.target.indicator_id for state in targets)
    latest = _latest(viewer, moment)
    units = unit_names({v.unit for v in latest.values()}, moment)
    return [
        _indicator_row(d, first.get(d.indicator_id), counts, latest.get(d.indicator_id), units)
        for d in definitions
    ]


def _indicator_row(
    definition: Definition,
    target: TargetState | None,
    counts: Mapping[str, int],
    value: Value | None,
    units: Mapping[str, str],
) -> IndicatorRow:
    return IndicatorRow(
        key=definition.indicator_id,
        name=definition.name,
        measured_in=definition.measured_in,
        purpose=definition.get_purpose_display(),
        targets=counts.get(definition.indicator_id, 0),
        goal=_goal(target, definition.measured_in) if target else "",
        sentence=target.target.sentence if target else "",
        latest=said(value.amount, value.scale) if value else "",
        period=value.period if value else "",
        unit=units.get(value.unit, "") if value else "",
    )


@dataclass(frozen=True)
class TargetLine:
    """A goal of an indicator with its sentence."""

    goal: str
    entity: str
    sentence: str


@dataclass(frozen=True)
class ValueLine:
    """A value with its vintage."""

    period: str
    unit: str
    figure: str
    known_at: datetime
    by: str
    purpose: str
    origin: str
    revised: bool


@dataclass(frozen=True)
class IndicatorPage:
    """All that the page of one indicator shows."""

    key: str
    definition: Definition
    code: str
    targets: list[TargetLine]
    values: list[ValueLine]
    asked: list[str]


def indicator_page(viewer: Viewer, key: str, moment: Moment) -> IndicatorPage:
    """One indicator with goals, values and who is asked; `NotFound` outside of the scope."""
    definition = (
        _definitions(viewer, moment).filter(indicator=key).select_related("indicator").first()
    )
    if definition is None:
        raise NotFound(_("没有这个指标。"))
    states = TargetState.objects.at(moment).filter(target__indicator=key).select_related("target")
    values = list(
        visible(Value.objects.ever(moment).filter(indicator=key), viewer)
        .select_related("since")
        .order_by("-period", "unit", "-since")
    )
    asked = visible(Asked.objects.at(moment).filter(indicator=key), viewer)
    asked_units = set(asked.values_list("unit", flat=True))
    units = unit_names(asked_units | {v.unit for v in values}, moment)
    return IndicatorPage(
        key=key,
        definition=definition,
        code=definition.indicator.code,
        targets=[
            TargetLine(_goal(s, definition.measured_in), s.target.entity, s.target.sentence)
            for s in states.order_by("since", "pk")
        ],
        values=_value_lines(values, units),
        asked=sorted(units.get(unit, unit) for unit in asked_units),
    )


def _value_lines(values: list[Value], units: Mapping[str, str]) -> list[ValueLine]:
    people = names_of({v.since.by for v in values})
    seen: set[tuple[str, str, str]] = set()
    lines = []
    for value in values:
        cell = (value.period, value.unit, value.purpose)
        lines.append(
            ValueLine(
                period=value.period,
                unit=units.get(value.unit, ""),
                figure=said(value.amount, value.scale),
                known_at=value.since.at,
                by=people.get(value.since.by, ""),
                purpose=value.get_purpose_display(),
                origin=value.origin,
                revised=cell in seen,
            )
        )
        seen.add(cell)
    return lines


def find_indicator(key: str) -> Found | None:
    """The indicator behind a subject key."""
    row = Definition.objects.open().filter(indicator=key).select_related("indicator").first()
    if row is None:
        return None
    scope = {"city": row.indicator.city}
    return Found(row.name, reverse("indicator", args=[key]), _("指标"), row.meaning, scope)
