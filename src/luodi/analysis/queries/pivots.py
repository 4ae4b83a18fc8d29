"""The pivot: unit × period × indicator, every cell with the address of its working."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.moments import Moment
from luodi.common.periods import period_label
from luodi.indicators.choices import Purpose
from luodi.indicators.models import Definition
from luodi.kit.calendars import Period
from luodi.orgs.queries import units_of
from luodi.orgs.rules import Viewer

from ..choices import Across, Basis, Cut, Shows, UnitGroup
from ..rules.answers import OUT_OF_SCOPE, WHOLE_OUT_OF_SCOPE, Answer
from ..rules.questions import Question, Words
from ..rules.showing import WHOLE
from .asking import Asked, Member, asked
from .scope import Reader, readable_definitions
from .units import NO_SERIES, by_kind

WORDS = Words(
    sorted(Purpose.values, key=lambda word: word != Purpose.DISPATCH),
    [*Shows.values],
    [*Across.values],
    [*Basis.values],
    [*Cut.values],
)


@dataclass(frozen=True)
class Cell:
    """An answer, where its working stands, and what its figure is about where that isn't plain."""

    answer: Answer
    address: str
    note: str = ""


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
    grants: tuple[str, ...] = ()

    @property
    def drawable(self) -> bool:
        """True where rows are series over time: one thing shown, periods across, two at least."""
        return (
            self.question.across == Across.PERIOD
            and len(self.question.shows) == 1
            and len(self.columns) > 1
        )


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

    @property
    def names_units(self) -> bool:
        """True where units or groups of them are chosen."""
        return any(one.chosen for one in (*self.units, *self.groups))


def choices(viewer: Viewer, question: Question, moment: Moment) -> Choices:
    """Indicators, units and groups to choose from, with those chosen now."""
    definitions = readable_definitions(viewer, moment)
    units = sorted(units_of(viewer.city, moment), key=by_kind)
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


def label_of(definition: Definition) -> str:
    """The name of an indicator with its unit."""
    unit = definition.measured_in
    said = [unit, _("1—2月合并") if definition.combined else ""]
    words = "，".join(one for one in said if one)
    return f"{definition.name}（{words}）" if words else definition.name


def joined_note(definition: Definition, period: Period) -> str:
    """That a figure of February is that of January and February, where they are one."""
    joined = definition.combined and (period.kind, period.number) == ("month", 2)
    return _("1—2月") if joined else ""


def pivot(reader: Reader, question: Question, moment: Moment) -> Pivot:
    """The cells a question asks for, in a fixed number of queries.

    Raises `Incomplete` for a question of too many cells, as `asked` does.
    """
    return _laid_out(reader, question, asked(reader, question, moment))


def _laid_out(reader: Reader, question: Question, found: Asked) -> Pivot:
    axes: dict[str, dict[str, str]] = {
        Across.INDICATOR: {key: label_of(d) for key, d in found.indicators.items()},
        Across.UNIT: {key: member.name for key, member in found.members.items()},
        Across.PERIOD: {p.key: period_label(p) for p in question.periods},
    }
    periods = {p.key: p for p in question.periods}
    page = reverse("working")
    down = [axis for axis in axes if axis != question.across]
    over = list(product(axes[question.across], question.shows))
    columns = _column_labels(axes[question.across], question.shows)

    def cell(place: Mapping[str, str], shows: str) -> Cell:
        indicator, unit = place[Across.INDICATOR], place[Across.UNIT]
        period = periods[place[Across.PERIOD]]
        member = found.members[unit]
        answer = answer_for(reader, question, found, indicator, member, period, shows)
        address = f"{page}?{question.about(indicator, unit, period.key, shows)}"
        return Cell(answer, address, joined_note(found.indicators[indicator], period))

    rows = []
    for keys in product(*(axes[axis] for axis in down)):
        place = dict(zip(down, keys, strict=True))
        labels = tuple(axes[axis][key] for axis, key in place.items())
        cells = [cell({**place, question.across: key}, shows) for key, shows in over]
        rows.append(Row(labels, tuple(cells), columns))
    heads = tuple(_head(axis, question) for axis in down)
    return Pivot(question, heads, columns, tuple(rows), found.grants)


def _head(axis: str, question: Question) -> str:
    if axis == Across.UNIT and question.is_cut:
        return {Cut.ZONE: _("开发区"), Cut.INDUSTRY: _("行业"), Cut.CLUSTER: _("产业集群")}[
            Cut(question.cut)
        ]
    return str(Across(axis).label)


def _column_labels(across: Mapping[str, str], shows: Sequence[str]) -> tuple[str, ...]:
    if len(shows) == 1:
        return tuple(across.values())
    return tuple(f"{label} {Shows(word).label}" for label in across.values() for word in shows)


def answer_for(
    reader: Reader,
    question: Question,
    found: Asked,
    indicator: str,
    member: Member,
    period: Period,
    shows: str,
) -> Answer:
    """What one cell shows to a reader."""
    refused = not_for(reader, question, indicator, member, shows)
    if refused is not None:
        return refused
    return found.computing.answer(indicator, member.key, period, shows, member.is_group)


def not_for(
    reader: Reader, question: Question, indicator: str, member: Member, shows: str
) -> Answer | None:
    """Why a reader doesn't get this cell; None where they do."""
    if reader.viewer.sees_whole_city:
        return None
    if member.is_group or not reader.reads(indicator, member.key, question.purpose, question.basis):
        return OUT_OF_SCOPE
    return WHOLE_OUT_OF_SCOPE if shows in WHOLE else None
