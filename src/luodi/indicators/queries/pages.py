"""The list of indicators, and all that the page of one shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from luodi.common.doors import Found
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.orgs.queries import names_of, unit_names, visible
from luodi.orgs.rules import Viewer

from ..models import Asked, Definition, Indicator, TargetState, Value
from ..rules import said
from .definitions import versions_by_key
from .mirror import read

MOST_LINES = 2000
"""Figures on the page of one indicator: the latest periods; tables of more are in the analysis."""


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
    answers: str
    counts: str
    derived: bool
    confirmed: bool

    @property
    def address(self) -> str:
        return reverse("indicator", args=[self.key])


def goal_text(state: TargetState, measured_in: str) -> str:
    """A goal in words: ≥ 120 亿元（2027）."""
    upper = f"–{said(state.amount_to, state.scale)}" if state.amount_to is not None else ""
    figure = f"{said(state.amount, state.scale)}{upper} {measured_in}"
    sign = "" if state.comparator == "=" else f"{state.get_comparator_display()} "
    return f"{sign}{figure}" + (f"（{state.period}）" if state.period else "")


def _definitions(viewer: Viewer, moment: Moment) -> QuerySet[Definition]:
    inside = visible(Indicator.objects.all(), viewer)
    return Definition.objects.at(moment).filter(indicator__in=inside)


def _latest(viewer: Viewer, moment: Moment) -> dict[str, Value]:
    """The figure of a unit that was entered last, of each indicator, within the viewer's scope."""
    rows = visible(Value.objects.at(moment).filter(enterprise=""), viewer)
    last = read(rows.order_by().values_list("indicator").annotate(Max("pk")))
    return {row.indicator_id: row for row in Value.objects.filter(pk__in=[pk for _, pk in last])}


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
    units = unit_names({v.unit for v in latest.values()} | {d.answers for d in definitions}, moment)
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
        goal=goal_text(target, definition.measured_in) if target else "",
        sentence=target.target.sentence if target else "",
        latest=said(value.amount, value.scale) if value else "",
        period=value.period if value else "",
        unit=units.get(value.unit, "") if value else "",
        answers=units.get(definition.answers, ""),
        counts=definition.get_counts_display(),
        derived=bool(definition.formula),
        confirmed=definition.confirmed,
    )


@dataclass(frozen=True)
class TargetLine:
    """A goal of an indicator with its sentence."""

    key: str
    goal: str
    entity: str
    sentence: str


def working_address(
    indicator: str, unit: str, period: str, purpose: str, show: str = "value"
) -> str:
    """Where the working of a unit's figure stands."""
    about = {"indicator": indicator, "unit": unit, "period": period, "purpose": purpose}
    return f"{reverse('working')}?{urlencode(about | {'show': show})}"


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
    address: str


@dataclass(frozen=True)
class VersionLine:
    """A version of a definition with what it changed, by field and value."""

    definition: Definition
    number: int
    known_at: datetime
    by: str
    why: str
    changed: list[tuple[str, str]]


@dataclass(frozen=True)
class IndicatorPage:
    """All that the page of one indicator shows."""

    key: str
    definition: Definition
    code: str
    answers: str
    versions: list[VersionLine]
    targets: list[TargetLine]
    values: list[ValueLine]
    asked: list[str]


def definition_for(viewer: Viewer, key: str, moment: Moment) -> Definition:
    """The definition in force of an indicator a viewer may see; `NotFound` for any other."""
    rows = _definitions(viewer, moment).filter(indicator=key)
    definition = rows.select_related("indicator").first()
    if definition is None:
        raise NotFound(_("没有这个指标。"))
    return definition


def indicator_page(viewer: Viewer, key: str, moment: Moment) -> IndicatorPage:
    """One indicator with goals, values and who is asked; `NotFound` outside of the scope."""
    definition = definition_for(viewer, key, moment)
    states = TargetState.objects.at(moment).filter(target__indicator=key).select_related("target")
    values = list(
        visible(Value.objects.ever(moment).filter(indicator=key, enterprise=""), viewer)
        .select_related("since")
        .order_by("-period", "unit", "-since")[:MOST_LINES]
    )
    asked = visible(Asked.objects.at(moment).filter(indicator=key), viewer)
    asked_units = set(asked.values_list("unit", flat=True))
    units = unit_names(asked_units | {v.unit for v in values} | {definition.answers}, moment)
    return IndicatorPage(
        key=key,
        definition=definition,
        code=definition.indicator.code,
        answers=units.get(definition.answers, ""),
        versions=_version_lines(versions_by_key([key], moment).get(key, [])),
        targets=[
            TargetLine(
                s.target_id,
                goal_text(s, definition.measured_in),
                s.target.entity,
                s.target.sentence,
            )
            for s in states.order_by("since", "pk")
        ],
        values=_value_lines(values, units),
        asked=sorted(units.get(unit, unit) for unit in asked_units),
    )


LABELS = {
    "name": _lazy("指标"),
    "name_en": _lazy("英文名称"),
    "scale": _lazy("小数位"),
    "period_kind": _lazy("报告期"),
    "meaning": _lazy("定义"),
    "scope": _lazy("口径范围"),
    "answers": _lazy("数据责任单位"),
    "measure": _lazy("流量或存量"),
    "counts": _lazy("统计方式"),
    "direction": _lazy("方向"),
    "over_units": _lazy("单位间汇总"),
    "formula": _lazy("公式"),
    "numerator": _lazy("分子"),
    "denominator": _lazy("分母"),
    "valid_from": _lazy("自何时期起"),
    "comparable": _lazy("与此前可比"),
    "combined": _lazy("1—2月合并"),
    "prices": _lazy("增速按什么价格"),
    "growth_by": _lazy("增速由哪个指标给出"),
    "source": _lazy("来源"),
}
"""The words a revision says its changes in."""


def _version_lines(versions: list[Definition]) -> list[VersionLine]:
    """The versions, the newest first, each with what it changed in the one before."""
    people = names_of({v.since.by for v in versions})
    lines = []
    for n, version in enumerate(versions):
        before = versions[n - 1] if n else None
        lines.append(
            VersionLine(
                definition=version,
                number=n + 1,
                known_at=version.since.at,
                by=people.get(version.since.by, ""),
                why=version.since.why,
                changed=_changes(before, version) if before else [],
            )
        )
    return lines[::-1]


def _changes(before: Definition, after: Definition) -> list[tuple[str, str]]:
    """What a version changed: the label of each field, and its new value in words."""
    return [
        (str(label), _field(after, name))
        for name, label in LABELS.items()
        if getattr(before, name) != getattr(after, name)
    ]


def _field(definition: Definition, name: str) -> str:
    if name == "answers":
        return unit_names([definition.answers], Moment(definition.since.at)).get(
            definition.answers, ""
        )
    if name == "comparable":
        return _("可比") if definition.comparable else _("不可比")
    if name == "combined":
        return _("1—2月合并报") if definition.combined else _("逐月报")
    display = getattr(definition, f"get_{name}_display", None)
    return str(display() if display else getattr(definition, name))


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
                address=working_address(
                    value.indicator_id, value.unit, value.period, value.purpose
                ),
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
