"""Any of the five views as columns of boxes with curves between: places on a sheet, no style."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HIGH, GAP, TOP = 980, 44, 12, 28
MOST_IN_COLUMN = 14
MOST_EDGES = 60


@dataclass(frozen=True)
class Node:
    """A box: its column, what stands in it, and how it looks (`good`, `gap`, `plain`)."""

    key: str
    label: str
    note: str
    column: int
    weight: int = 0
    look: str = "plain"
    address: str = ""


@dataclass(frozen=True)
class Edge:
    """So many supplies lead from one box to another."""

    start: str
    end: str
    weight: int


@dataclass(frozen=True)
class Placed:
    """A box on the sheet."""

    node: Node
    x: int
    y: int
    width: int

    @property
    def middle(self) -> int:
        return self.y + HIGH // 2

    @property
    def label_y(self) -> int:
        return self.y + 18

    @property
    def note_y(self) -> int:
        return self.y + 35

    @property
    def text_x(self) -> int:
        return self.x + 8

    @property
    def label(self) -> str:
        """What fits into the box: a Chinese sign is about 13 wide."""
        fits = max(4, (self.width - 16) // 13)
        text = self.node.label
        return text if len(text) <= fits else f"{text[: fits - 1]}…"


@dataclass(frozen=True)
class Curve:
    """An edge on the sheet; `thick` is 1 to 5."""

    path: str
    thick: int
    edge: Edge


@dataclass(frozen=True)
class Picture:
    """A view drawn; `hidden` boxes were left to the table beside it."""

    width: int
    height: int
    heads: tuple[tuple[int, str], ...]
    boxes: tuple[Placed, ...]
    curves: tuple[Curve, ...]
    hidden: int


def drawn(heads: Sequence[str], nodes: Sequence[Node], edges: Sequence[Edge]) -> Picture:
    """Boxes by column, the weightiest `MOST_IN_COLUMN` of each, and the weightiest curves."""
    columns: dict[int, list[Node]] = defaultdict(list)
    for node in nodes:
        columns[node.column].append(node)
    step = WIDTH // max(1, len(heads))
    wide = step - 56 if len(heads) > 1 else min(step, 420)
    boxes: list[Placed] = []
    for column in range(len(heads)):
        some = columns.get(column, [])
        chosen = sorted(some, key=lambda node: -node.weight)[:MOST_IN_COLUMN]
        kept = {node.key for node in chosen}
        shown = [node for node in some if node.key in kept]
        for row, node in enumerate(shown):
            boxes.append(Placed(node, column * step + 4, TOP + row * (HIGH + GAP), wide))
    by_key = {box.node.key: box for box in boxes}
    between = [e for e in edges if e.start in by_key and e.end in by_key and e.start != e.end]
    top = sorted(between, key=lambda e: (-e.weight, e.start, e.end))[:MOST_EDGES]
    most = max((edge.weight for edge in top), default=1)
    curves = [
        Curve(_path(by_key[e.start], by_key[e.end]), 1 + 4 * (e.weight - 1) // max(1, most - 1), e)
        for e in top
    ]
    height = max((box.y + HIGH for box in boxes), default=TOP) + GAP
    places = tuple((column * step + 4, str(head)) for column, head in enumerate(heads))
    return Picture(WIDTH, height, places, tuple(boxes), tuple(curves), len(nodes) - len(boxes))


def _path(start: Placed, end: Placed) -> str:
    """A curve from box to box; round the outside where both stand in one column."""
    if start.x == end.x:
        x, out = start.x + start.width, start.x + start.width + 28
        return f"M{x} {start.middle}C{out} {start.middle} {out} {end.middle} {x} {end.middle}"
    right = start.x < end.x
    x0 = start.x + start.width if right else start.x
    x1 = end.x if right else end.x + end.width
    bend = (x0 + x1) // 2
    return f"M{x0} {start.middle}C{bend} {start.middle} {bend} {end.middle} {x1} {end.middle}"
