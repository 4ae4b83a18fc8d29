"""The one way to draw a series: a figure of lines as SVG, without style or script in it.

Colours and strokes are classes of the style sheet, so that the strict content policy holds and
the dark theme works. A chart never stands alone: its page has the same figures as a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 8, 8, 12, 24


@dataclass(frozen=True)
class Line:
    """A series of numbers over the same places; None leaves a gap. `shape` is a class."""

    label: str
    values: Sequence[int | None]
    shape: str = "actual"


def line_chart(
    title: str,
    places: Sequence[str],
    lines: Sequence[Line],
    bounds: tuple[int, int] | None = None,
) -> SafeString:
    """Lines over `places` (labels below); '' where there is no number at all.

    The scale takes in zero, so that a small change doesn't look like a large one; charts that
    are to be compared are given the same `bounds`.
    """
    known = [value for line in lines for value in line.values if value is not None]
    if not known or not places:
        return mark_safe("")
    least, most = bounds or (min(known), max(known))
    low, high = min(0, least, *known), max(0, most, *known)
    drawn = "".join(_line(line, len(places), low, (high - low) or 1) for line in lines)
    ground = _y(0, low, (high - low) or 1)
    names = "、".join(line.label for line in lines)
    return mark_safe(
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(f"{title}：{names}")}">'
        f'<line class="ground" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{ground}" y2="{ground}"/>'
        f"{drawn}{_labels(places)}</svg>"
    )


def _x(place: int, places: int) -> int:
    return LEFT + (WIDTH - LEFT - RIGHT) * (2 * place + 1) // (2 * places)


def _y(value: int, low: int, span: int) -> int:
    room = HEIGHT - TOP - BOTTOM
    return HEIGHT - BOTTOM - room * (value - low) // span


def _line(line: Line, places: int, low: int, span: int) -> str:
    """Pieces between gaps, and a dot at each number."""
    shape = escape(line.shape)
    spots = [
        None if value is None else (_x(n, places), _y(value, low, span))
        for n, value in enumerate(line.values)
    ]
    pieces: list[list[tuple[int, int]]] = [[]]
    for spot in spots:
        if spot is None:
            pieces.append([])
        else:
            pieces[-1].append(spot)
    paths = "".join(
        f'<polyline class="{shape}" points="{" ".join(f"{x},{y}" for x, y in piece)}"/>'
        for piece in pieces
        if len(piece) > 1
    )
    dots = "".join(f'<circle class="{shape}" cx="{s[0]}" cy="{s[1]}" r="3"/>' for s in spots if s)
    return paths + dots


def _labels(places: Sequence[str]) -> str:
    """The labels below: all of a few, else every so many."""
    step = -(-len(places) // 12)
    return "".join(
        f'<text x="{_x(n, len(places))}" y="{HEIGHT - 6}">{escape(label)}</text>'
        for n, label in enumerate(places)
        if n % step == 0
    )
