"""The figures of a bulletin: what each zone's indicators come to, and all they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from luodi.analysis.queries.computing import Computing, Dictionary, dictionary
from luodi.analysis.queries.figures import Figure
from luodi.analysis.rules.answers import Answer
from luodi.common.languages import language
from luodi.common.moments import Moment
from luodi.indicators.choices import Counts
from luodi.indicators.models import Definition, Value
from luodi.kit.calendars import KINDS, Period
from luodi.kit.quantities import show
from luodi.orgs.queries import unit_names
from luodi.packs.schemas import BulletinColumn, BulletinRule

from ..rules.bulletins import Cell, Input
from ..rules.ranking import is_behind, ranked

PERCENT = "%"


@dataclass(frozen=True)
class Column:
    """A column with its definition, the period it is shown for, and all it needs."""

    rule: BulletinColumn
    definition: Definition
    period: Period
    needs: frozenset[str]


def figure_cells(
    rule: BulletinRule,
    city: str,
    turn: Period,
    zones: Mapping[str, str],
    moment: Moment,
) -> dict[str, tuple[Cell, ...]]:
    """The cells of every zone (key to group) for a turn, ranked, in four queries."""
    rows = Definition.objects.at(moment).filter(indicator__city=city).select_related("indicator")
    definitions = list(rows)
    book = dictionary(definitions, moment)
    columns = _columns(rule, turn, definitions, book)
    known = _known(city, columns, book, zones, moment)
    computing = {
        series: Computing(book, _of_series(known, book, series), {})
        for series in {column.rule.series for column in columns}
    }
    names = unit_names({d.answers for d in definitions if d.answers}, moment)
    found: dict[str, list[Cell]] = {zone: [] for zone in zones}
    for column in columns:
        inputs = _inputs(column, book, names)
        cells = {zone: _cell(column, zone, computing[column.rule.series]) for zone in zones}
        for zone, cell in _with_ranks(rule, column, cells, zones).items():
            found[zone].append(replace(cell, inputs=tuple(_filled(inputs, zone, known))))
    return {zone: tuple(cells) for zone, cells in found.items()}


def period_of(definition: Definition, turn: Period) -> Period:
    """The period an indicator is shown for in a turn.

    Figures to date and at a day: the last of the turn's periods. Figures of single periods: the
    turn itself, added up. What is reported more rarely: the last period over by the turn's end.
    """
    kind = definition.period_kind
    own, whole = KINDS.index(kind), KINDS.index(turn.kind)  # type: ignore[arg-type]
    if own < whole:
        adds = definition.counts == Counts.IN_PERIOD
        return turn if adds else turn.children(kind)[-1]  # type: ignore[arg-type]
    found = turn if own == whole else turn.parent(kind)  # type: ignore[arg-type]
    return found if found.end <= turn.end else found.previous()


def _columns(
    rule: BulletinRule, turn: Period, definitions: Sequence[Definition], book: Dictionary
) -> list[Column]:
    """The columns whose indicator the city has, in the order of the rule."""
    by_code = {one.indicator.code: one for one in definitions}
    return [
        Column(
            column,
            by_code[column.indicator],
            period_of(by_code[column.indicator], turn),
            book.needs([by_code[column.indicator].indicator_id])
            | {by_code[column.indicator].indicator_id},
        )
        for column in rule.columns
        if column.indicator in by_code
    ]


Known = Mapping[tuple[str, str, str, str], tuple[Figure, Value]]
"""Figures and their rows by purpose, indicator, unit and period: one purpose is one series."""


def _purpose(series: str, definition: Definition) -> str:
    """The purpose of the figures a column takes: the one it names, else the indicator's own."""
    return series or definition.purpose


def _of_series(known: Known, book: Dictionary, series: str) -> dict[tuple[str, str, str], Figure]:
    """The figures that columns of one series are computed from."""
    return {
        (indicator, unit, period): figure
        for (purpose, indicator, unit, period), (figure, _row) in known.items()
        if purpose == _purpose(series, book.definitions[indicator])
    }


def _known(
    city: str, columns: Iterable[Column], book: Dictionary, zones: Iterable[str], moment: Moment
) -> Known:
    """All figures the columns may rest on, of every purpose, in one query."""
    wanted: set[str] = set()
    needs: set[str] = set()
    for column in columns:
        needs |= column.needs
        for key in column.needs:
            wanted |= {p.key for p in _periods(column.period, book.definitions[key])}
    rows = Value.objects.at(moment).filter(
        city=city, indicator__in=needs, unit__in=list(zones), period__in=wanted, enterprise=""
    )
    return {
        (row.purpose, row.indicator_id, row.unit, row.period): (
            Figure(row.amount, row.scale, row.origin),
            row,
        )
        for row in rows.select_related("since")
    }


def _periods(period: Period, definition: Definition) -> list[Period]:
    """The periods of a definition's kind that a figure and its year before rest on."""
    found: list[Period] = []
    for one in (period, period.same_last_year()):
        if one is not None:
            smaller = KINDS.index(definition.period_kind) <= KINDS.index(one.kind)  # type: ignore[arg-type]
            kind = definition.period_kind
            found += one.children(kind) if smaller else [one.parent(kind)]  # type: ignore[arg-type]
    return found


def _cell(column: Column, zone: str, computing: Computing) -> Cell:
    definition, key = column.definition, column.definition.indicator_id
    is_rate = definition.measured_in == PERCENT
    value = computing.answer(key, zone, column.period, "value", group=False)
    word = "points" if is_rate else "growth"
    growth = computing.answer(key, zone, column.period, word, group=False)
    return Cell(
        code=column.rule.indicator,
        indicator=key,
        title=definition.name,
        period=column.period.key,
        measured_in=definition.measured_in,
        number=value.number,
        scale=value.scale,
        text=_text(value),
        why=_why(value),
        growth_number=growth.number,
        growth_scale=growth.scale,
        growth=_text(growth),
        growth_in=growth.measured_in or (PERCENT if not is_rate else ""),
        growth_why=_why(growth),
        ranks=column.rule.ranks,
        series=_purpose(column.rule.series, definition),
    )


def _text(answer: Answer) -> str:
    return "" if answer.number is None else show(answer.number, answer.scale, grouping=True)


def _why(answer: Answer) -> str:
    """Why there is no number; a reason is falsy, like the number it stands for."""
    return (
        "" if answer.number is not None or answer.reason is None else answer.reason.says(language())
    )


def _with_ranks(
    rule: BulletinRule, column: Column, cells: Mapping[str, Cell], zones: Mapping[str, str]
) -> dict[str, Cell]:
    numbers = {zone: cell.ranked_number for zone, cell in cells.items()}
    places = ranked(numbers, zones, column.rule.first, rule.ties)
    found = {}
    for zone, cell in cells.items():
        place = places.get(zone)
        if place:
            cell = replace(
                cell, rank=place.rank, of=place.of, tied=place.tied,
                behind=is_behind(place, rule.behind),
            )  # fmt: skip
        found[zone] = cell
    return found


def _inputs(column: Column, book: Dictionary, names: Mapping[str, str]) -> list[Input]:
    """What a column rests on, without figures: the reported series, each now and a year before."""
    found = []
    ordered = sorted(column.needs, key=lambda k: (book.definitions[k].name, k))
    for key in ordered:
        definition = book.definitions[key]
        if definition.formula:
            continue
        for period in _periods(column.period, definition):
            found.append(
                Input(
                    key=f"{book.codes[key]}:{period.key}",
                    indicator=key,
                    name=definition.name,
                    period=period.key,
                    text="",
                    measured_in=definition.measured_in,
                    purpose=_purpose(column.rule.series, definition),
                    answers=names.get(definition.answers, ""),
                )
            )
    return found


def _filled(inputs: Iterable[Input], zone: str, known: Known) -> Iterable[Input]:
    """The inputs of one zone with their figures."""
    for one in inputs:
        spot = known.get((one.purpose, one.indicator, zone, one.period))
        if spot is None:
            yield one
            continue
        figure, row = spot
        yield replace(
            one,
            text=show(figure.amount, figure.scale, grouping=True),
            known_on=Moment(row.since.at).today.isoformat(),
        )
