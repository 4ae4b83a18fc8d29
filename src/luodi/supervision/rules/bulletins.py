"""What a bulletin says of a zone: typed, as it is kept in a line, and beside the issue before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from typing import Any

from luodi.indicators.choices import Purpose

PARTS = ("lights", "gates", "letters")
"""What can be contested beside the figures."""


@dataclass(frozen=True)
class Input:
    """A figure that something rests on. `key` is code and period; `text` is '' where it's missing.

    `answers` is the unit that answers for the datum, `known_on` the day it became known.
    """

    key: str
    indicator: str
    name: str
    period: str
    text: str
    measured_in: str
    purpose: str
    answers: str
    known_on: str = ""


@dataclass(frozen=True)
class Cell:
    """One indicator of a zone. `number` ÷ 10**`scale` is what `text` says; None with `why`.

    `series` is the purpose of its figures. `growth` is the change on the year before in
    `growth_in`, or '' with `growth_why`. `rank` is among `of`; 0 for none.
    """

    code: str
    indicator: str
    title: str
    period: str
    measured_in: str
    number: int | None
    scale: int
    text: str
    why: str
    growth_number: int | None
    growth_scale: int
    growth: str
    growth_in: str
    growth_why: str
    ranks: str
    series: str
    rank: int = 0
    of: int = 0
    tied: bool = False
    behind: bool = False
    inputs: tuple[Input, ...] = ()

    @property
    def series_label(self) -> str:
        """Whose series it is, in a word."""
        return str(Purpose(self.series).label)

    @property
    def ranked_number(self) -> Fraction | None:
        """What is ranked, exactly as published; None where there is nothing to rank."""
        if self.ranks == "growth":
            return exact(self.growth_number, self.growth_scale)
        return exact(self.number, self.scale) if self.ranks == "figure" else None


@dataclass(frozen=True)
class Worst:
    """Something lit, with why."""

    light: str
    title: str
    why: str
    address: str


@dataclass(frozen=True)
class Gate:
    """A gate of the year: how many of those asked came."""

    title: str
    came: int
    asked: int


@dataclass(frozen=True)
class Line:
    """What one composition says of one zone."""

    unit: str
    name: str
    group: str
    group_title: str
    cells: tuple[Cell, ...]
    reds: int
    yellows: int
    worst: tuple[Worst, ...] = ()
    gates: tuple[Gate, ...] = ()
    letters: int = 0
    talks: int = 0

    @property
    def behind(self) -> tuple[Cell, ...]:
        """The indicators in which the zone is among the last."""
        return tuple(cell for cell in self.cells if cell.behind)

    def cell(self, code: str) -> Cell | None:
        """The indicator of that code, where the bulletin has it."""
        return next((cell for cell in self.cells if cell.code == code), None)

    def plain(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)

    def inputs(self) -> dict[str, Input]:
        """Everything its figures rest on, each once, by key."""
        return {one.key: one for cell in self.cells for one in cell.inputs}


def read_line(plain: Mapping[str, Any]) -> Line:
    """A kept line as its typed self."""
    cells = tuple(
        Cell(**{**cell, "inputs": tuple(Input(**one) for one in cell["inputs"])})
        for cell in plain["cells"]
    )
    worst = tuple(Worst(**one) for one in plain["worst"])
    gates = tuple(Gate(**one) for one in plain["gates"])
    return Line(**{**plain, "cells": cells, "worst": worst, "gates": gates})


def exact(number: int | None, scale: int) -> Fraction | None:
    """A kept number as it is."""
    return None if number is None else Fraction(number, 10**scale)


@dataclass(frozen=True)
class Moved:
    """How a zone's indicator stands beside the issue before. `steps` up are positive."""

    unit: str
    name: str
    code: str
    title: str
    rank: int
    before: int
    text: str
    text_before: str
    growth: str
    growth_before: str
    cell: Cell
    last: Cell

    @property
    def steps(self) -> int:
        """Places gained; negative for places lost."""
        return self.before - self.rank


def moved(now: Sequence[Line], before: Sequence[Line]) -> list[Moved]:
    """What is ranked in both issues, those who moved furthest first."""
    known = {line.unit: line for line in before}
    rows = []
    for line in now:
        for cell in line.cells:
            last = known[line.unit].cell(cell.code) if line.unit in known else None
            if last and last.rank and cell.rank:
                rows.append(_moved(line, cell, last))
    return sorted(rows, key=lambda row: (-abs(row.steps), row.title, row.rank, row.name))


def _moved(line: Line, cell: Cell, last: Cell) -> Moved:
    return Moved(
        unit=line.unit,
        name=line.name,
        code=cell.code,
        title=cell.title,
        rank=cell.rank,
        before=last.rank,
        text=cell.text,
        text_before=last.text,
        growth=cell.growth,
        growth_before=last.growth,
        cell=cell,
        last=last,
    )


@dataclass(frozen=True)
class Changed:
    """What a zone was shown in the preview and what it is now."""

    title: str
    before: str
    after: str


def changed(before: Line, after: Line) -> list[Changed]:
    """What of a zone's inputs and ranks differs between two compositions."""
    old, new = before.inputs(), after.inputs()
    rows = [
        Changed(f"{one.name} {one.period}", old[key].text if key in old else "", one.text)
        for key, one in new.items()
        if key not in old or old[key].text != one.text
    ]
    for cell in after.cells:
        last = before.cell(cell.code)
        if last and last.rank != cell.rank:
            rows.append(Changed(cell.title, _place(last), _place(cell)))
    return rows


def _place(cell: Cell) -> str:
    return f"{cell.rank}/{cell.of}" if cell.rank else ""


@dataclass(frozen=True)
class Said:
    """What a zone wants to have said, and what became of what it contested."""

    unit: str
    name: str
    words: str = ""
    contests: tuple[tuple[str, str, str, str], ...] = field(default=())
    """Label, what the zone said, outcome, answer."""


def contestable(line: Line) -> dict[str, tuple[str, str]]:
    """What a zone may contest of its line: label and what was shown, by subject."""
    found = {
        key: (f"{one.name}（{one.period}）", f"{one.text}{one.measured_in}" if one.text else "")
        for key, one in line.inputs().items()
    }
    found["lights"] = ("亮灯", f"红 {line.reds}，黄 {line.yellows}")
    if line.gates:
        said = "；".join(f"{one.title} {one.came}/{one.asked}" for one in line.gates)
        found["gates"] = ("重大项目节点", said)
    found["letters"] = ("警示提醒函和约谈", f"{line.letters}，{line.talks}")
    return found
