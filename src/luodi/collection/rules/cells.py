"""Reading typed cells for their definitions. Plain digits take a short way to the same integer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from luodi.indicators.rules import Measured, read_figure
from luodi.kit.quantities import Quantity
from luodi.kit.refusals import Lang

from .layouts import Place

LONGEST = 200
PLAIN = re.compile(r"(-?)([0-9]{1,14})(?:\.([0-9]{1,14}))?")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with some cells: a hard one keeps the form from being handed in.

    `rule` is the key of the check, or the code of a refused figure.
    """

    cells: tuple[str, ...]
    hard: bool
    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A figure at its definition's scale."""

    place: Place
    amount: int
    scale: int


def quick(typed: str, scale: int) -> int | None:
    """The integer at `scale` that plain ASCII digits say; None where the full reader must look."""
    found = PLAIN.fullmatch(typed)
    if not found:
        return None
    sign, whole, decimals = found.groups()
    decimals = decimals or ""
    if len(decimals) > scale or len(whole) + scale > 18:
        return None
    number = int(whole + decimals) * 10 ** (scale - len(decimals))
    return -number if sign else number


def read_cells(
    typed: Mapping[str, str],
    places: Iterable[Place],
    definitions: Mapping[str, Measured],
    lang: Lang = "zh",
) -> tuple[list[ReadCell], list[Fault]]:
    """The figures typed into places, and what can't be read, each at its cell."""
    read, faults = [], []
    for place in places:
        said = typed.get(place.cell, "").strip()
        if not said:
            continue
        definition = definitions[place.indicator]
        amount = quick(said, definition.scale)
        if amount is not None:
            read.append(ReadCell(place, amount, definition.scale))
            continue
        figure = read_figure(definition, said)
        if isinstance(figure, Quantity):
            read.append(ReadCell(place, figure.number, figure.scale))
        else:
            text = f"{definition.name}：{figure.says(lang)}"
            faults.append(Fault((place.cell,), True, text, figure.code))
    return read, faults
