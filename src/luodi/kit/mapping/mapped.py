"""A confirmed mapping: what each cell of a table is, and moving figures in and out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any, get_args

from luodi.kit.grids.addresses import place
from luodi.kit.grids.cells import Cell, Sheet
from luodi.kit.grids.figures import Absent, Taking, typed
from luodi.kit.mapping.about import GROWTHS, About
from luodi.kit.quantities import Quantity, unit
from luodi.kit.refusals import Refusal


@dataclass(frozen=True)
class Mapped:
    """One cell: the figure of an indicator, of whom, about which period, in which unit.

    `label` and `head` are the texts it was found by; they find it again when rows move.
    """

    address: str
    indicator: str
    subject: str
    about: About = "own"
    measured_in: str = ""
    label: str = ""
    head: str = ""


@dataclass(frozen=True)
class Mapping:
    """What the cells of a sheet are, confirmed by a person."""

    sheet: str
    fingerprint: str
    cells: tuple[Mapped, ...]

    def stored(self) -> dict[str, Any]:
        """As plain data for a JSON column."""
        return asdict(self)

    @classmethod
    def read(cls, stored: dict[str, Any]) -> Mapping:
        """From `stored`; ValueError for an `about` that isn't known."""
        cells = tuple(Mapped(**one) for one in stored["cells"])
        wrong = [cell.about for cell in cells if cell.about not in get_args(About)]
        if wrong:
            raise ValueError(f"unknown: {wrong[0]}")
        return cls(stored["sheet"], stored["fingerprint"], cells)


Asked = Callable[[Mapped], "Quantity | Refusal | None"]
"""What is known for a cell: a quantity, why there is none, or None where it is still asked."""


def content(
    cells: Iterable[Mapped], known: Asked
) -> tuple[dict[str, str], list[Mapped], list[tuple[Mapped, Refusal]]]:
    """(what is written by address, cells still to be asked, cells that can't be, and why).

    A quantity is converted into the unit the table is in, exactly: what would have to be rounded
    (亩 into 平方米) and what is of another kind is refused, never bent.
    """
    written: dict[str, str] = {}
    asked: list[Mapped] = []
    refused: list[tuple[Mapped, Refusal]] = []
    for cell in cells:
        quantity = known(cell)
        if quantity is None:
            asked.append(cell)
            continue
        if isinstance(quantity, Quantity) and cell.measured_in:
            quantity = quantity.convert(cell.measured_in)
        if isinstance(quantity, Refusal):
            refused.append((cell, quantity))
        else:
            written[cell.address] = typed(quantity.number, quantity.scale)
    return written, asked, refused


def figures_in(
    mapping: Mapping, sheet: Sheet, takings: dict[str, Taking]
) -> list[tuple[Mapped, int | Absent | Refusal]]:
    """The figures that stand in a table, at the scales of their definitions; empty cells left out.

    A figure is read in the unit of its head: 12.3 under （亿元） is 123000 万元. What is derived
    (同比, 环比) is never taken in: it is computed here.
    """
    found: list[tuple[Mapped, int | Absent | Refusal]] = []
    for entry in mapping.cells:
        at, taking = place(entry.address), takings.get(entry.indicator)
        if at is None or taking is None or entry.about in GROWTHS:
            continue
        figure = taking.take(_with_measure(sheet.spread(*at), entry.measured_in, taking))
        if figure is not None:
            found.append((entry, figure))
    return found


def _with_measure(cell: Cell, measured_in: str, taking: Taking) -> Cell:
    """The cell as if its head's unit were typed behind the number."""
    head = unit(measured_in) if measured_in else None
    if head is None or head == taking.unit or cell.kind not in ("number", "text"):
        return cell
    if cell.text.strip() in taking.signs or not cell.text.strip():
        return cell
    if unit(cell.text.strip()[-1]) is not None or "%" in cell.code:
        return cell
    return Cell("text", f"{cell.text.strip()}{head.name}", cell.code, cell.formula)
