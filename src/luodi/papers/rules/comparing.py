"""A filed-back copy beside the signed paper: every number that differs, and how much text.

Lines are aligned first (difflib on what is printed, spaces apart), then the tokens of each pair
of lines that aren't the same; a number is one token. So a change of a number is told apart from
a change of words, and a number that moved with its sentence is not a difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile, zip_longest

from .layout import Line
from .snapshot import Figure

NUMBER = re.compile(r"[-\u2212]?\d+(?:[,，]\d{3})*(?:\.\d+)?")
TOKEN = re.compile(NUMBER.pattern + r"|[^\s]")
SPACES = re.compile(r"\s+")
MOST_PAIRS = 4_000
"""Blocks of changed lines up to this product are paired by likeness, larger ones in order."""
LONG_LINE = 3_000
"""Longer lines are compared by their numbers alone."""
ALIKE = 0.3
STRANGER = 0.2
"""Below this share of our lines found again, it is another document."""


@dataclass(frozen=True)
class Changed:
    """One number: as signed, as filed back (empty: not there), where, and its figure if any."""

    place: str
    ours: str
    theirs: str
    figure: Figure | None = None


@dataclass(frozen=True)
class Comparison:
    """`lines` counts lines of text that differ; `found` is the share of our lines found again."""

    changes: tuple[Changed, ...]
    lines: int
    found: float

    @property
    def is_another_document(self) -> bool:
        """True where hardly a line of ours is in it."""
        return self.found < STRANGER


@dataclass(frozen=True)
class _Token:
    said: str
    figure: Figure | None = None
    unit: str = ""
    is_number: bool = False


def compare(ours: Sequence[Line], theirs: str) -> Comparison:
    """Compare the lines of a signed paper with the text read from a filed-back file."""
    other = [line for line in theirs.splitlines() if line.strip()]
    mine = [_bare(line.text) for line in ours]
    yours = [_bare(line) for line in other]
    changes: list[Changed] = []
    differing = kept = 0
    matcher = SequenceMatcher(None, mine, yours, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            kept += i2 - i1
            continue
        for mine_at, yours_at in _pairs(mine[i1:i2], yours[j1:j2]):
            line = ours[i1 + mine_at] if mine_at is not None else None
            said = other[j1 + yours_at] if yours_at is not None else ""
            changes += _line_changes(line, said)
            differing += 1
            kept += line is not None and bool(said)
    return Comparison(tuple(changes), differing, kept / max(1, len(mine)))


def _bare(said: str) -> str:
    return SPACES.sub("", said)


def _pairs(mine: list[str], yours: list[str]) -> Iterator[tuple[int | None, int | None]]:
    """Which changed line became which, in order; None where one was dropped or added."""
    if not mine or not yours or len(mine) * len(yours) > MOST_PAIRS:
        matched = [(n, n) for n in range(min(len(mine), len(yours)))]
    else:
        matched = _best(mine, yours)
    i = j = 0
    for to_i, to_j in [*matched, (len(mine), len(yours))]:
        yield from ((n, None) for n in range(i, to_i))
        yield from ((None, n) for n in range(j, to_j))
        if to_i < len(mine) and to_j < len(yours):
            yield to_i, to_j
        i, j = to_i + 1, to_j + 1


def _best(mine: list[str], yours: list[str]) -> list[tuple[int, int]]:
    """The pairing in order with the greatest sum of likeness (a longest common subsequence)."""
    score = [[0.0] * (len(yours) + 1) for _ in range(len(mine) + 1)]
    alike = [[_alike(a, b) for b in yours] for a in mine]
    for i in reversed(range(len(mine))):
        for j in reversed(range(len(yours))):
            both = score[i + 1][j + 1] + alike[i][j] if alike[i][j] >= ALIKE else 0.0
            score[i][j] = max(both, score[i + 1][j], score[i][j + 1])
    found, i, j = [], 0, 0
    while i < len(mine) and j < len(yours):
        together = score[i + 1][j + 1] + alike[i][j]
        if alike[i][j] >= ALIKE and score[i][j] == together:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif score[i][j] == score[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _alike(a: str, b: str) -> float:
    """Likeness of two lines; numbers count little, their words much."""
    a, b = NUMBER.sub("#", a)[:400], NUMBER.sub("#", b)[:400]
    return 1.0 if a == b else SequenceMatcher(None, a, b, autojunk=False).ratio()


def _line_changes(line: Line | None, said: str) -> list[Changed]:
    mine = _our_tokens(line) if line else []
    yours = [_token(m) for m in TOKEN.finditer(said)]
    if max(len(mine), len(yours)) > LONG_LINE:
        mine = [t for t in mine if t.is_number or t.figure]
        yours = [t for t in yours if t.is_number]
    place = line.place if line else said.strip()[:60]
    return list(_token_changes(mine, yours, place))


def _token(match: re.Match[str]) -> _Token:
    return _Token(match[0].replace("，", ","), is_number=bool(NUMBER.fullmatch(match[0])))


def _our_tokens(line: Line) -> list[_Token]:
    """The tokens of one of our lines; the numbers of a figure know the figure and its unit."""
    tokens: list[_Token] = []
    for run in (run for cell in line.cells for run in cell):
        if isinstance(run, Figure):
            tokens += _figure_tokens(run)
            tokens += [_token(m) for m in TOKEN.finditer(run.unit)]
        else:
            tokens += [_token(m) for m in TOKEN.finditer(run.text)]
    return tokens


def _figure_tokens(figure: Figure) -> list[_Token]:
    """A value without any digit (a dash) counts as one number: somebody may fill it in."""
    tokens = [_token(m) for m in TOKEN.finditer(figure.value)]
    numbers = [n for n, token in enumerate(tokens) if token.is_number] or [0]
    for n in numbers:
        unit = figure.unit if n == numbers[-1] == len(tokens) - 1 else ""
        tokens[n] = _Token(tokens[n].said, figure, unit, True)
    return tokens


def _token_changes(mine: list[_Token], yours: list[_Token], place: str) -> Iterator[Changed]:
    words, others = [t.said for t in mine], [t.said for t in yours]
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        numbers = [n for n in range(i1, i2) if mine[n].is_number]
        if tag == "equal":
            there = [j1 + n - i1 for n in numbers]
        else:
            there = [n for n in range(j1, j2) if yours[n].is_number]
        for n, at in zip_longest(numbers, there):
            yield from _change(None if n is None else mine[n], yours, at, place)


def _change(
    ours: _Token | None, yours: list[_Token], at: int | None, place: str
) -> Iterator[Changed]:
    """One of our numbers and the one that stands for it over there, with their units."""
    if at is None:
        if ours:
            yield Changed(place, ours.said + ours.unit, "", ours.figure)
    elif ours is None:
        yield Changed(place, "", yours[at].said + _unit_after(yours, at, 2))
    else:
        behind = "".join(t.said for t in yours[at + 1 : at + 1 + len(ours.unit)])
        same_unit = behind[: len(ours.unit)] == _bare(ours.unit)
        if ours.said != yours[at].said or not same_unit:
            unit = ours.unit if same_unit else _unit_after(yours, at, max(2, len(ours.unit)))
            yield Changed(place, ours.said + ours.unit, yours[at].said + unit, ours.figure)


def _unit_after(tokens: list[_Token], at: int, length: int) -> str:
    """The characters behind a number that stand where its unit would."""
    behind = tokens[at + 1 : at + 1 + length]
    return "".join(t.said for t in takewhile(_may_be_unit, behind))


def _may_be_unit(token: _Token) -> bool:
    return not token.is_number and (token.said.isalpha() or token.said in "%‰㎡²/")
