"""A formula that may run: checked, its unit and decimals known."""

from __future__ import annotations

from dataclasses import dataclass, replace

from luodi.kit.formulas import nodes as n
from luodi.kit.formulas.book import Book, Declared
from luodi.kit.formulas.parsing import parse, written
from luodi.kit.formulas.refusing import refused
from luodi.kit.formulas.shapes import TRUTH, Shape, shape, shape_of_unit
from luodi.kit.quantities import UNITS, Unit
from luodi.kit.refusals import Refusal

RATE_PLACES = 1
"""Decimals of a rate where none are declared, as bulletins print them."""
_RESULTS = {
    "share": UNITS["%"], "points": UNITS["个百分点"], "rank": UNITS["位"], "truth": TRUTH,
    "number": UNITS["倍"],
}  # fmt: skip


@dataclass(frozen=True)
class Formula:
    """A checked formula with the unit and decimals of its result."""

    node: n.Node
    unit: Unit
    scale: int
    book: Book
    key: str = ""

    @property
    def text(self) -> str:
        """The formula as text."""
        return written(self.node)

    @property
    def needs(self) -> tuple[str, ...]:
        """Keys of the handed-in indicators it rests on."""
        return self.book.used_by(self.node)


def prepare(
    what: str | n.Node, book: Book, unit: Unit | None = None, scale: int | None = None
) -> Formula | Refusal:
    """A formula ready to run, from its text or nodes.

    Without `unit` the result stands in the unit of the first indicator of its kind (a rate in %,
    a difference of rates in 个百分点); without `scale` rates keep `RATE_PLACES` decimals, amounts
    those of their indicators. Refusals: those of `parse` and `shape`, and `formula.result_unit`
    (the declared unit doesn't fit), `formula.no_unit` (no unit for the result: declare one).
    """
    node = parse(what) if isinstance(what, str) else what
    if isinstance(node, Refusal):
        return node
    found = shape(node, book)
    if isinstance(found, Refusal):
        return found
    for one in node.walk():
        # A rank compares what is published: what is ranked has to be a figure of its own.
        ranked = one.of if isinstance(one, n.Rank) else None
        if ranked is not None and not isinstance(ranked, n.Reference):
            alone = prepare(ranked, book)
            if isinstance(alone, Refusal):
                return alone
    wanted = unit or _unit(node, found, book)
    if wanted is None:
        return refused(
            "no_unit",
            f"算出的是“{found.zh}”，请指明结果的计量单位",
            "There is no unit for the result: declare one",
            node.span,
        )
    if not _fits(found, shape_of_unit(wanted)):
        return refused(
            "result_unit",
            f"算出的是“{found.zh}”，不能以“{wanted.name}”为单位",
            f"The result can't be in {wanted.en or wanted.name}",
            node.span,
            unit=wanted.name,
        )
    return Formula(node, wanted, _scale(node, wanted, book) if scale is None else scale, book)


def formula_of(key: str, book: Book) -> Formula | Refusal:
    """The formula of an indicator of the book; one that is handed in stands for itself.

    Refusals: `formula.unknown_indicator` and those of `prepare`.
    """
    declared = book.get(key)
    node = declared.formula if declared is not None else None
    if declared is None or node is None:
        node = n.Reference(key)
    made = prepare(
        node, book, declared.unit if declared else None, declared.scale if declared else None
    )
    return made if isinstance(made, Refusal) else replace(made, key=key)


def faults(book: Book) -> tuple[tuple[Declared, Refusal], ...]:
    """Every declaration whose formula can't run, with why."""
    checked = ((one, formula_of(one.key, book)) for one in book)
    return tuple((one, found) for one, found in checked if isinstance(found, Refusal))


def _fits(found: Shape, wanted: Shape) -> bool:
    if found.flavour == "number":
        return wanted.flavour in ("number", "share")
    return found == wanted


def _unit(node: n.Node, found: Shape, book: Book) -> Unit | None:
    if found.flavour in _RESULTS:
        return _RESULTS[found.flavour]
    written_units = []
    for one in node.walk():
        if isinstance(one, n.Constant) and one.unit is not None:
            written_units.append(one.unit)
        elif isinstance(one, n.Reference):
            written_units.append(book[one.key].unit)
    for candidate in written_units:
        if shape_of_unit(candidate) == found:
            return candidate
    known = [one for one in UNITS.values() if shape_of_unit(one) == found]
    first = written_units[0].name if written_units else ""
    return min(known, key=lambda one: not one.name.startswith(f"{first}/"), default=None)


def _scale(node: n.Node, unit: Unit, book: Book) -> int:
    if unit.dimension in ("share", "points", "times over"):
        return RATE_PLACES
    if unit.dimension in ("rank", "truth") or isinstance(node, n.Count):
        return 0
    scales = [
        book[one.key].scale
        for one in node.walk()
        if isinstance(one, n.Reference) and book[one.key].unit.dimension == unit.dimension
    ]
    return max([*scales, 2 if any(_divides(one) for one in node.walk()) else 0])


def _divides(node: n.Node) -> bool:
    """True where a node gives decimals of its own; a whole multiple doesn't."""
    if not isinstance(node, n.Multiply):
        return isinstance(node, n.Ratio)
    sides = (node.left, node.right)
    whole = (one for one in sides if isinstance(one, n.Constant) and one.unit is None)
    return not any(one.value.denominator == 1 for one in whole)
