"""What the checks need of an indicator, and taking its cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from luodi.kit.checking.known import At, Place
from luodi.kit.checking.results import Fault
from luodi.kit.grids import Cell, Taking
from luodi.kit.quantities import Unit, show
from luodi.kit.refusals import Refusal


@dataclass(frozen=True)
class Field:
    """An indicator as forms see it. `signs`: what the form writes for no figure, and why."""

    key: str
    name: str
    unit: Unit
    scale: int = 0
    signs: tuple[tuple[str, str], ...] = ()

    @cached_property
    def taking(self) -> Taking:
        """How its cells are taken."""
        return Taking(self.unit, self.scale, dict(self.signs))

    def text(self, number: int, lang: str = "zh") -> str:
        """A figure with its unit as a sentence shows it: `1,234.50万元`."""
        written = show(number, self.scale, grouping=True)
        if lang == "zh" or not self.unit.en:
            return written + self.unit.name
        return (
            f"{written} {self.unit.en}" if self.unit.en[0] not in "%‰" else written + self.unit.en
        )


def take(
    cells: Iterable[tuple[At, Cell | str]], fields: Mapping[str, Field]
) -> tuple[dict[At, int], set[At], list[Fault]]:
    """(figures, answered places, faults) of cells or typed texts; empty cells give nothing."""
    takings = {key: one.taking for key, one in fields.items()}
    figures: dict[At, int] = {}
    answered: set[At] = set()
    faults: list[Fault] = []
    for place, cell in cells:
        taking = takings[place[0]]
        figure = taking.read(cell) if type(cell) is str else taking.take(cell)  # type: ignore[arg-type]
        if type(figure) is int:
            figures[place] = figure
        elif figure is not None:
            answered.add(place)
            if isinstance(figure, Refusal):
                faults.append(_unread(Place(*place), fields[place[0]], figure))
    return figures, answered, faults


def _unread(place: Place, field: Field, why: Refusal) -> Fault:
    zh, en = f"{field.name}：{why.zh}", f"{field.name}: {why.en}"
    return Fault((place,), "type", True, zh, en, why.code)
