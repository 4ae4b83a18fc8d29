"""The pivot: unit × period × indicator, every cell with the address of its working."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete
from luodi.indicators.choices import Purpose
from luodi.indicators.models import Definition
from luodi.kit.calendars import Period
from luodi.orgs.choices import UnitKind
from luodi.orgs.models import UnitState
from luodi.orgs.queries import unit_names, units_of
from luodi.orgs.rules import Viewer

from ..choices import Across, Shows, UnitGroup
from ..rules.answers import NOT_REPORTED, OUT_OF_SCOPE, Answer, other_kind
from ..rules.questions import Question, Words
from .figures import Figure, Spot, figures
from .periods import period_label
from .scope import readable_definitions, readable_unit

MOST_CELLS = 30_000
WORDS = Words(
    sorted(Purpose.values, key=lambda word: word != Purpose.DISPATCH),
    [*Shows.values],
    [*Across.values],
)
KINDS_OF_GROUP = {
    UnitGroup.COUNTIES: {UnitKind.COUNTY},
    UnitGroup.ZONES: {UnitKind.ZONE},
    UnitGroup.BUREAUS: {UnitKind.BUREAU, UnitKind.VERTICAL},
}
KIND_LABELS = {
    "week": gettext_lazy("周"),
    "month": gettext_lazy("月"),
    "quarter": gettext_lazy("季"),
    "half": gettext_lazy("半年"),
    "year": gettext_lazy("年"),
}
KIND_WORDS = {
    "week": ("周", "week"),
    "month": ("月", "month"),
    "quarter": ("季", "quarter"),
    "half": ("半年", "half-year"),
    "year": ("年", "year"),
}


@dataclass(frozen=True)
class Cell:
    """An answer and where its working stands."""

    answer: Answer
    address: str


@dataclass(frozen=True)
class Row:
    """What a row is about, and its cells in the order of the columns."""

    labels: tuple[str, ...]
    cells: tuple[Cell, ...]
    columns: tuple[str, ...]

    @property
    def labelled(self) -> list[tuple[str, Cell]]:
        """Each cell with the label of its column."""
        return list(zip(self.columns, self.cells, strict=True))


@dataclass(frozen=True)
class Pivot:
    """The answer to a question. `heads` are the labels of the first columns."""

    question: Question
    heads: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Choice:
    """One entry of a list to choose from."""

    key: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Choices:
    """What can be asked about: the lists beside a pivot."""

    indicators: tuple[Choice, ...]
    units: tuple[Choice, ...]
    groups: tuple[Choice, ...]


def choices(viewer: Viewer, question: Question, moment: Moment) -> Choices:
    """Indicators, units and groups to choose from, with those chosen now."""
    definitions = readable_definitions(viewer, moment)
    units = sorted(units_of(viewer.city, moment), key=_by_kind)
    return Choices(
        tuple(
            Choice(d.indicator_id, label_of(d), d.indicator_id in question.indicators)
            for d in definitions
        ),
        tuple(
            Choice(u.of_id, u.short_name or u.name, u.of_id in question.units)
            for u in units
            if u.kind not in NO_SERIES
        ),
        tuple(Choice(g.value, str(g.label), g.value in question.units) for g in UnitGroup),
    )


NO_SERIES = {UnitKind.COLLECTIVE, UnitKind.TASK_FORCE, UnitKind.LEADING_GROUP}


def label_of(definition: Definition) -> str:
    """The name of an indicator with its unit."""
    unit = definition.measured_in
    return f"{definition.name}（{unit}）" if unit else definition.name


def pivot(viewer: Viewer, question: Question, moment: Moment) -> Pivot:
    """The cells a question asks for, in a fixed number of queries.

    Raises `Incomplete` for a question of more than `MOST_CELLS` cells.
    """
    definitions = {d.indicator_id: d for d in readable_definitions(viewer, moment)}
    chosen = [key for key in question.indicators if key in definitions]
    units = _units(viewer, question, moment)
    found = figures(
        viewer, chosen, units, [p.key for p in question.periods], question.purpose, moment
    )
    shown = units or _units_with_figures(found, moment)
    if len(chosen) * len(shown) * len(question.periods) * len(question.shows) > MOST_CELLS:
        raise Incomplete(
            _("一次最多看 %d 格，请少选一些指标、单位或时期。") % MOST_CELLS, "pivot.too_large"
        )
    return _laid_out(viewer, question, {k: definitions[k] for k in chosen}, shown, found)


def _units(viewer: Viewer, question: Question, moment: Moment) -> dict[str, str]:
    """Names of the units asked for, by key, in the order of the register."""
    if not question.units:
        return {}
    asked = set(question.units)
    kinds = {kind for group in UnitGroup if group in asked for kind in KINDS_OF_GROUP[group]}
    rows = [u for u in units_of(viewer.city, moment) if u.of_id in asked or u.kind in kinds]
    return {u.of_id: u.short_name or u.name for u in sorted(rows, key=_by_kind)}


def _by_kind(unit: UnitState) -> tuple[int, int]:
    return ([*UnitKind.values].index(unit.kind), unit.pk)


def _units_with_figures(found: Mapping[Spot, Figure], moment: Moment) -> dict[str, str]:
    names = unit_names({unit for _indicator, unit, _period in found}, moment)
    return dict(sorted(names.items(), key=lambda pair: pair[1]))


def _laid_out(
    viewer: Viewer,
    question: Question,
    definitions: Mapping[str, Definition],
    units: Mapping[str, str],
    found: Mapping[Spot, Figure],
) -> Pivot:
    axes: dict[str, dict[str, str]] = {
        Across.INDICATOR: {key: label_of(d) for key, d in definitions.items()},
        Across.UNIT: dict(units),
        Across.PERIOD: {p.key: period_label(p) for p in question.periods},
    }
    down = [axis for axis in axes if axis != question.across]
    over = list(product(axes[question.across], question.shows))

    def cell(spot: dict[str, str], shows: str) -> Cell:
        indicator, unit = spot[Across.INDICATOR], spot[Across.UNIT]
        period = spot[Across.PERIOD]
        answer = _answer(viewer, definitions[indicator], unit, period, found)
        address = f"{reverse('working')}?{question.about(indicator, unit, period, shows)}"
        return Cell(answer, address)

    columns = _column_labels(axes[question.across], question.shows)
    rows = []
    for keys in product(*(axes[axis] for axis in down)):
        place = dict(zip(down, keys, strict=True))
        labels = tuple(axes[axis][key] for axis, key in place.items())
        cells = [cell({**place, question.across: key}, shows) for key, shows in over]
        rows.append(Row(labels, tuple(cells), columns))
    return Pivot(question, tuple(str(Across(axis).label) for axis in down), columns, tuple(rows))


def _column_labels(across: Mapping[str, str], shows: Sequence[str]) -> tuple[str, ...]:
    if len(shows) == 1:
        return tuple(across.values())
    return tuple(f"{label} {Shows(word).label}" for label in across.values() for word in shows)


def _answer(
    viewer: Viewer,
    definition: Definition,
    unit: str,
    period: str,
    found: Mapping[Spot, Figure],
) -> Answer:
    figure = found.get((definition.indicator_id, unit, period))
    if figure:
        return Answer(figure.amount, figure.scale, definition.measured_in)
    if not readable_unit(viewer, unit):
        return OUT_OF_SCOPE
    if definition.period_kind != Period.parse(period).kind:
        return other_kind(*KIND_WORDS.get(definition.period_kind, ("", "")))
    return NOT_REPORTED
