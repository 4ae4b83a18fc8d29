"""Formulas over the figures of a city: the book, the table, and what a cell comes to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from luodi.common.moments import Moment
from luodi.common.refusals import Refusal as Refused
from luodi.common.refusals import in_words
from luodi.indicators.choices import Direction
from luodi.indicators.models import Definition
from luodi.indicators.queries import versions_by_key
from luodi.indicators.queries.books import breaks_of, declare, parsed
from luodi.kit.calendars import KINDS, Period
from luodi.kit.formulas import (
    Ask,
    Book,
    Computed,
    Evaluation,
    Formula,
    NotComputable,
    Step,
    Table,
    prepare,
    working,
)
from luodi.kit.formulas import nodes as n
from luodi.kit.refusals import Refusal

from ..rules.answers import HIDDEN, NO_CONSTANT, PEER_HIDDEN, Answer
from ..rules.questions import read_period
from ..rules.showing import CONSTANT, INDEX, lifted, shown
from .figures import Figure, Spot


@dataclass(frozen=True)
class Dictionary:
    """The definitions of a city at a moment, as formulas see them. Formulas go by code."""

    definitions: Mapping[str, Definition]
    codes: Mapping[str, str]
    book: Book
    broken: Mapping[str, Refusal]

    def needs(self, keys: Iterable[str]) -> frozenset[str]:
        """The keys of the indicators whose figures the given ones rest on."""
        known = {code: key for key, code in self.codes.items()}
        found = {
            code
            for key in keys
            for code in self._codes(self.codes[key])
            for code in self.book.used_by(n.Reference(code))
        }
        return frozenset(known[code] for code in found if code in known)

    def _codes(self, code: str) -> list[str]:
        beside = (f"{code}{CONSTANT}", f"{code}{INDEX}", self.book[code].growth_by)
        return [code, *(c for c in beside if c in self.book)]


def dictionary(definitions: Iterable[Definition], moment: Moment) -> Dictionary:
    """Definitions (with their indicators) as a book; one whose formula can't be read is `broken`.

    Raises a refusal where formulas refer to each other in a circle.
    """
    by_key = {d.indicator_id: d for d in definitions}
    codes = {key: d.indicator.code for key, d in by_key.items()}
    broken: dict[str, Refusal] = {}
    declared = []
    versions = versions_by_key(by_key, moment) if any(d.valid_from for d in by_key.values()) else {}
    for key, definition in by_key.items():
        node = parsed(definition.formula) if definition.formula else None
        if isinstance(node, Refusal):
            broken[key] = node
            node = None
        known = versions.get(key, [])
        declared.append(declare(definition, codes[key], node, breaks_of(known), known))
    book = Book.of(declared)
    if isinstance(book, Refusal):
        raise Refused(in_words(book), book.code)
    return Dictionary(by_key, codes, book, broken)


@dataclass
class Computing:
    """What cells come to: one evaluation over one table of figures.

    `hidden` spots are out of the table; what would rest on them is hidden too.
    """

    dictionary: Dictionary
    figures: Mapping[Spot, Figure]
    parents: Mapping[str, str]
    hidden: frozenset[Spot] = frozenset()
    summed: bool = False
    _formulas: dict[tuple[str, str, bool], Formula | Answer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.book = self._finest()
        codes = self.dictionary.codes
        cells = {
            (codes[indicator], unit, period): figure.amount
            * 10 ** (self.book[codes[indicator]].scale - figure.scale)
            for (indicator, unit, period), figure in self.figures.items()
            if indicator in codes and (indicator, unit, period) not in self.hidden
        }
        self.table = Table(cells, self.parents)
        self.evaluation = Evaluation(self.book, self.table)

    def _finest(self) -> Book:
        """The book at the finest scale among definition and figures: none is bent."""
        scales: dict[str, int] = {}
        for (indicator, _unit, _period), figure in self.figures.items():
            scales[indicator] = max(scales.get(indicator, 0), figure.scale)
        codes = self.dictionary.codes
        finer = {codes[key]: scale for key, scale in scales.items() if key in codes}
        return self.dictionary.book.finer(finer)

    def answer(self, indicator: str, unit: str, period: Period, word: str, group: bool) -> Answer:
        """What one cell shows. `group`: the unit stands for the sum of its members."""
        formula = self._shown(indicator, period, word, group)
        if isinstance(formula, Answer):
            return formula
        found = self.evaluation.outcome(formula, Ask(unit, period))
        if isinstance(found, NotComputable):
            return HIDDEN if self._was_hidden(found) else Answer(None, reason=found)
        return _answer(found, self._of(formula, unit, period) if group else None)

    def _shown(self, indicator: str, period: Period, word: str, group: bool) -> Formula | Answer:
        """The formula of a cell that is shown; PEER_HIDDEN where it would give a figure away."""
        formula = self.formula(indicator, word, group)
        if isinstance(formula, Answer) or not self.hidden:
            return formula
        return PEER_HIDDEN if self._peers_hidden(word, period, formula) else formula

    def formula(self, indicator: str, word: str, group: bool) -> Formula | Answer:
        """The checked formula of what a cell shows, or why there is none."""
        key = (indicator, word, group)
        if key not in self._formulas:
            self._formulas[key] = self._prepared(*key)
        return self._formulas[key]

    def _prepared(self, indicator: str, word: str, group: bool) -> Formula | Answer:
        if indicator in self.dictionary.broken:
            return Answer(None, reason=self.dictionary.broken[indicator])
        definition = self.dictionary.definitions[indicator]
        code, low = self.dictionary.codes[indicator], definition.direction == Direction.DOWN
        node = shown(word, code, self.book, low=low, summed=self.summed)
        if node is None:
            return NO_CONSTANT
        if isinstance(node, Refusal):
            return Answer(None, reason=node)
        if group and not self.summed:
            node = lifted(node, self.book)
        declared = self.book[node.key if isinstance(node, n.Reference) else code]
        as_is = isinstance(node, n.Reference) or word in ("value", "single", "cumulative")
        made = prepare(node, self.book, *((declared.unit, declared.scale) if as_is else ()))
        return made if isinstance(made, Formula) else Answer(None, reason=made)

    def step(
        self, indicator: str, unit: str, period: Period, word: str, group: bool
    ) -> Step | Answer:
        """The tree of steps behind a cell."""
        formula = self._shown(indicator, period, word, group)
        if isinstance(formula, Answer):
            return formula
        found = working(formula, unit, period, self.table)
        if isinstance(found.result, NotComputable) and self._was_hidden(found.result):
            return HIDDEN
        return found

    def _was_hidden(self, why: NotComputable) -> bool:
        """True where the reason is a figure that was taken out."""
        if not self.hidden or why.code not in ("missing", "base_missing"):
            return False
        keys = {key for key, code in self.dictionary.codes.items() if code == why.indicator}
        period = read_period(why.period)
        return any(
            spot[0] in keys and spot[1] == why.unit and _inside(spot[2], period)
            for spot in self.hidden
        )

    def _peers_hidden(self, word: str, period: Period, formula: Formula) -> bool:
        if word not in ("rank", "growth_rank"):
            return False
        known = {code: key for key, code in self.dictionary.codes.items()}
        needed = {known[code] for code in formula.needs if code in known}
        then = [period, *filter(None, [period.same_last_year()])]
        return any(
            spot[0] in needed and any(_inside(spot[2], one) for one in then) for spot in self.hidden
        )

    def _of(self, formula: Formula, unit: str, period: Period) -> tuple[int, int] | None:
        """How many members gave a figure of all the formula needs, among how many there are."""
        members = self.table.members(unit)
        if not members or not formula.needs:
            return None
        kind = {self.book[code].kind for code in formula.needs}
        inside = [
            p
            for k in kind
            if KINDS.index(k) <= KINDS.index(period.kind)
            for p in period.children(k)
        ]
        given = sum(
            1
            for one in members
            if any(
                (code, one, p.key) in self.table.figures for code in formula.needs for p in inside
            )
        )
        return given, len(members)


def _inside(key: str, period: Period | None) -> bool:
    found = read_period(key)
    return period is None or (found is not None and found.start in period)


def _answer(found: Computed, of: tuple[int, int] | None) -> Answer:
    return Answer(found.number, found.scale, found.unit.name, of=of)
