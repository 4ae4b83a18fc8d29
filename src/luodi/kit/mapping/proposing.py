"""What each cell of a table probably is, with a score and the reason, for a person to confirm."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from luodi.kit.calendars import Period
from luodi.kit.grids.addresses import address
from luodi.kit.mapping.about import GROWTHS, About, Said, said_by
from luodi.kit.mapping.fingerprints import fingerprint
from luodi.kit.mapping.heads import Table
from luodi.kit.mapping.mapped import Mapped, Mapping
from luodi.kit.mapping.names import SURE, Match, Named, best, is_part
from luodi.kit.quantities import Unit, unit

Doubt = tuple[str, str]
"""What a person has to look at, in Chinese and English."""
OWN = "own"
"""Stands for the unit the table is filled in for, where it names none."""


@dataclass(frozen=True)
class Guess:
    """One cell: what it probably is. `doubts` are what a person has to look at."""

    address: str
    indicator: Match | None
    subject: Match | None
    cell: Mapped
    score: float
    doubts: tuple[Doubt, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether it may be confirmed with the others in one click."""
        return self.score >= SURE and not self.doubts


@dataclass(frozen=True)
class Proposal:
    """A table's guesses. `rows_are` says which way it runs: units or indicators down."""

    table: Table
    rows_are: str
    guesses: tuple[Guess, ...]
    fingerprint: str

    def confirmed(self, addresses: Iterable[str] | None = None) -> Mapping:
        """The mapping of the guesses at some addresses (all that have an indicator)."""
        wanted = None if addresses is None else set(addresses)
        cells = tuple(
            guess.cell
            for guess in self.guesses
            if guess.indicator and (wanted is None or guess.address in wanted)
        )
        return Mapping(self.table.sheet.name, self.fingerprint, cells)


def propose(
    table: Table, indicators: Sequence[Named], subjects: Sequence[Named], own: Named | None = None
) -> Proposal:
    """Guess every figure cell. `own` is the unit the table is for where its rows name none."""
    rows = {row: _Line.of(labels) for row, labels in _with_parents(table).items()}
    columns = {column: _Line.of((heads,)) for column, heads in table.heads.items()}
    places = [*rows.values(), *columns.values()]
    named = {id(line): line.meant(indicators, subjects) for line in places}
    rows_are = _direction(rows, columns, named)
    owner = own or (Named(OWN, table.subject) if table.subject else None)
    stated = best([table.subject], subjects) if table.subject else None
    whose = stated or (Match(owner.key, owner.name, 1.0, "本表单位", "the unit") if owner else None)
    measures = {one.key: one.measured_in for one in indicators}
    guesser = _Guesser(table, rows_are, whose, measures)
    guesses = [
        guesser.guess(row, column, line, head, named)
        for row, line in rows.items()
        for column, head in columns.items()
        if not table.sheet.spread(row, column).formula
    ]
    return Proposal(table, rows_are, tuple(guesses), fingerprint(table))


class Meant(NamedTuple):
    """What a row or column names. `whole`: its words about the period belong to the name."""

    indicator: Match | None
    subject: Match | None
    whole: bool = False


@dataclass(frozen=True)
class _Line:
    """A row or a column: what its labels say, and the names to look it up by."""

    labels: tuple[str, ...]
    said: Said
    names: tuple[str, ...]

    @classmethod
    def of(cls, ways: tuple[tuple[str, ...], ...]) -> _Line:
        """From the ways to read it; the first is how it stands there."""
        said = said_by(ways[0])
        names: list[str] = []
        for way in ways:
            words = said_by(way).words
            names += ["".join(words), *words[-1:]]
        return cls(ways[0], said, tuple(dict.fromkeys(name for name in names if name)))

    def meant(self, indicators: Sequence[Named], subjects: Sequence[Named]) -> Meant:
        """The indicator and the subject it names.

        A label that is, word for word, an indicator's name (增加值增速) is that indicator, not
        the growth of another.
        """
        whole = [label for label in self.labels if said_by((label,)).about != "own"]
        match = best(whole, indicators)
        if match and match.score == 1.0:
            return Meant(match, best(self.names, subjects), True)
        return Meant(best(self.names, indicators), best(self.names, subjects))


Names = dict[int, Meant]


def _with_parents(table: Table) -> dict[int, tuple[tuple[str, ...], ...]]:
    """The labels of each row, and for a 其中 those with the row above put before it."""
    found: dict[int, tuple[tuple[str, ...], ...]] = {}
    above: tuple[str, ...] = ()
    for row in table.body_rows:
        labels = table.labels[row]
        if labels and is_part(labels[-1]):
            found[row] = (labels, (*above, *labels))
        else:
            found[row] = (labels,)
            above = labels
    return found


def _direction(rows: dict[int, _Line], columns: dict[int, _Line], named: Names) -> str:
    """Whether units or indicators stand at the left: whichever way fits better on the whole."""

    def fit(lines: Collection[_Line], which: int) -> float:
        matches = (named[id(line)][which] for line in lines)
        return sum(m.score for m in matches if isinstance(m, Match)) / max(1, len(lines))

    units_down = fit(rows.values(), 1) + fit(columns.values(), 0)
    units_across = fit(rows.values(), 0) + fit(columns.values(), 1)
    return "subjects" if units_down > units_across else "indicators"


def _about(head: _Line, head_whole: bool, line: _Line, line_whole: bool) -> About:
    """What the column says about the period, else the row."""
    if head.said.about != "own" and not head_whole:
        return head.said.about
    return "own" if line_whole else line.said.about


class _Guesser:
    """Puts the guess of a cell together from its row and its column."""

    def __init__(
        self, table: Table, rows_are: str, whose: Match | None, measures: dict[str, str]
    ) -> None:
        self._table = table
        self._rows_are = rows_are
        self._whose = whose
        self._measures = measures

    def guess(self, row: int, column: int, line: _Line, head: _Line, named: Names) -> Guess:
        """The guess of one cell."""
        of_row, of_column = named[id(line)], named[id(head)]
        if self._rows_are == "subjects":
            indicator, subject = of_column.indicator, of_row.subject
        else:
            indicator, subject = of_row.indicator, of_column.subject or self._whose
        about = _about(head, of_column.whole, line, of_row.whole)
        own = self._table.measures.get(row)
        measure = head.said.measure or own or line.said.measure
        doubts: list[Doubt] = []
        if indicator:
            measure = self._measure(indicator, about, measure, doubts)
        if subject is None:
            doubts.append(("没有认出是哪个单位", "Which unit it is wasn't made out"))
        self._period(head.said, doubts)
        at = address(row, column)
        scores = [match.score if match else 0.0 for match in (indicator, subject)]
        cell = Mapped(
            at,
            indicator.key if indicator else "",
            subject.key if subject else "",
            about,
            measure.name if measure else "",
            " ".join(line.labels),
            " ".join(head.labels),
        )
        return Guess(at, indicator, subject, cell, min(scores), tuple(doubts))

    def _measure(
        self, indicator: Match, about: str, said: Unit | None, doubts: list[Doubt]
    ) -> Unit | None:
        """The unit the table is in; what differs from the definition is said."""
        if about in GROWTHS:
            return unit("%")
        defined = unit(self._measures.get(indicator.key, ""))
        measure = said or self._general(defined)
        if measure is None:
            if defined is not None:
                doubts.append(_unstated(defined))
            return defined
        if defined is not None and measure.dimension != defined.dimension:
            doubts.append(_other_kind(measure, defined))
        elif defined is not None and measure != defined:
            doubts.append(_other_size(measure, defined))
        return measure

    def _general(self, defined: Unit | None) -> Unit | None:
        """The unit said for the whole table, where it is of the indicator's kind."""
        general = self._table.measure
        if general is None or (defined is not None and general.dimension != defined.dimension):
            return None
        return general

    def _period(self, said: Said, doubts: list[Doubt]) -> None:
        """A period that is written out in a head is asked about: next month it will be another."""
        if said.period is not None and said.period != self._table.period:
            doubts.append(_written_out(said.period))


def _unstated(defined: Unit) -> Doubt:
    return (
        f"表上没有写计量单位，按口径“{defined.name}”填",
        f"The table states no unit of measure: {defined.name} of the definition is taken",
    )


def _other_kind(measure: Unit, defined: Unit) -> Doubt:
    return (
        f"表上的计量单位是“{measure.name}”，指标口径是“{defined.name}”，"
        "两者不能换算，请核对是不是同一个指标",
        f"The table is in {measure.name}, the definition in {defined.name}: they don't convert. "
        "Is it the same indicator?",
    )


def _other_size(measure: Unit, defined: Unit) -> Doubt:
    return (
        f"表上是“{measure.name}”，口径是“{defined.name}”，填写时换算",
        f"The table is in {measure.name}, the definition in {defined.name}: it is converted",
    )


def _written_out(period: Period) -> Doubt:
    return (
        f"表头写着“{period.label()}”，请指定它相对本期是哪一期",
        f"The head names {period.label('en')}: say which period that is",
    )
