"""What a formula has to know of its indicators: the book of declarations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from luodi.kit.calendars import Kind, Period
from luodi.kit.formulas.nodes import Node, Reference
from luodi.kit.formulas.refusing import refused
from luodi.kit.quantities import Unit
from luodi.kit.refusals import Refusal

OverTime = Literal["sum", "last", "none"]
Reported = Literal["period", "to_date"]
Prices = Literal["current", "comparable"]


@dataclass(frozen=True)
class Declared:
    """An indicator as formulas see it.

    `over_time`: how smaller periods make a larger one: `sum` (flow), `last` (stock), `none` (a
    stated rate: it can't be made from parts). `over_units`: False where members never add up.
    `reported`: `to_date` where the figure handed in is already 累计. `combined`: January isn't
    published, February's figure stands for 1–2月; from `combined_since` on where one is named.
    `prices`: `comparable` where growth is only ever stated in comparable prices; `growth_by` is
    the key of the indicator that states it. `breaks`: periods from which on the definition can't
    be compared with what was before. `formula`: how it is computed; None for what is handed in.
    """

    key: str
    unit: Unit
    scale: int = 0
    name: str = ""
    kind: Kind = "month"
    over_time: OverTime = "sum"
    over_units: bool = True
    reported: Reported = "period"
    combined: bool = False
    combined_since: Period | None = None
    prices: Prices = "current"
    growth_by: str = ""
    breaks: tuple[Period, ...] = ()
    formula: Node | None = None

    def joins(self, year: int) -> bool:
        """Whether January and February of a year are one figure."""
        since = self.combined_since
        return self.combined and (since is None or since.start <= date(year, 1, 31))

    @property
    def said(self) -> str:
        """The name for a person; the key where there is none."""
        return self.name or self.key


class Book:
    """Declarations by key. `Book.of` refuses what can't be computed."""

    def __init__(self, declared: Mapping[str, Declared]) -> None:
        self._declared = dict(declared)

    @classmethod
    def of(cls, declared: Iterable[Declared]) -> Book | Refusal:
        """A book without cycles. Refusals: `formula.declared_twice`, `formula.cycle`."""
        found: dict[str, Declared] = {}
        for one in declared:
            if one.key in found:
                return refused(
                    "declared_twice",
                    f"指标“{one.said}”定义了两次",
                    f"“{one.said}” is declared twice",
                    key=one.key,
                )
            found[one.key] = one
        book = cls(found)
        circle = book.cycle()
        return book if circle is None else circle

    def __getitem__(self, key: str) -> Declared:
        return self._declared[key]

    def __contains__(self, key: str) -> bool:
        return key in self._declared

    def __iter__(self) -> Iterator[Declared]:
        return iter(self._declared.values())

    def __len__(self) -> int:
        return len(self._declared)

    def get(self, key: str) -> Declared | None:
        """The declaration, or None."""
        return self._declared.get(key)

    def finer(self, scales: Mapping[str, int]) -> Book:
        """The same book, every indicator at least at the scale given for its key: no figure that
        came at a finer scale than its definition is bent."""
        return Book(
            {
                key: replace(one, scale=scales[key]) if scales.get(key, 0) > one.scale else one
                for key, one in self._declared.items()
            }
        )

    def used_by(self, node: Node) -> tuple[str, ...]:
        """Keys of the handed-in indicators a formula rests on, each once, in reading order."""
        found: dict[str, None] = {}
        stack = [node]
        while stack:
            for one in list(stack.pop().walk()):
                if isinstance(one, Reference):
                    declared = self.get(one.key)
                    if declared is not None and declared.formula is not None:
                        stack.append(declared.formula)
                    else:
                        found[one.key] = None
        return tuple(found)

    def cycle(self) -> Refusal | None:
        """`formula.cycle`, naming the indicators on it; None if there is none."""
        done: set[str] = set()
        for start in self._declared:
            path: list[str] = []
            found = self._visit(start, path, done)
            if found:
                names = " → ".join(self[key].said for key in found)
                return refused(
                    "cycle",
                    f"公式互相引用成环：{names}",
                    f"The formulas refer to each other in a circle: {names}",
                    keys=tuple(found),
                )
        return None

    def _visit(self, key: str, path: list[str], done: set[str]) -> list[str]:
        if key in path:
            return [*path[path.index(key) :], key]
        declared = self.get(key)
        if key in done or declared is None or declared.formula is None:
            return []
        path.append(key)
        for one in declared.formula.walk():
            if isinstance(one, Reference) and (found := self._visit(one.key, path, done)):
                return found
        path.pop()
        done.add(key)
        return []
