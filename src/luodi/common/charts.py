"""The one way to draw a series: a figure of lines as SVG, without style or script in it.

Colours and strokes are classes of the style sheet, so that the strict content policy holds and
the dark theme works. A chart never stands alone: its page has the same figures as a table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from .languages import headed, listed

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
    *,
    small: bool = False,
) -> SafeString:
    """Lines over `places` (labels below); '' where there is no number at all.

    A small one, of several beside each other, names the first and the last place only.

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
    names = listed(line.label for line in lines)
    return mark_safe(
        f'<svg class="chart{" small" if small else ""}" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(headed(title, names))}">'
        f'<line class="ground" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{ground}" y2="{ground}"/>'
        f"{drawn}{_ends(places) if small else _labels(places)}</svg>"
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


def _ends(places: Sequence[str]) -> str:
    """The first and the last label, at the edges."""
    first = f'<text class="first" x="{LEFT}" y="{HEIGHT - 4}">{escape(places[0])}</text>'
    if len(places) < 2:
        return first
    last = f'<text class="last" x="{WIDTH - RIGHT}" y="{HEIGHT - 4}">{escape(places[-1])}</text>'
    return first + last


Point = tuple[float, float]


@dataclass(frozen=True)
class Area:
    """A place on a map: its rings, what stands in it, and its class (0 to 4; None: no number)."""

    label: str
    text: str
    rings: Sequence[Sequence[Point]]
    shade: int | None


def area_map(title: str, areas: Sequence[Area]) -> SafeString:
    """Places shaded by class, each with its name and figure written in it; '' for none.

    Coordinates are GeoJSON's: east to the right, north up, each axis to the same scale.
    """
    points = [point for area in areas for ring in area.rings for point in ring]
    if not points:
        return mark_safe("")
    west, south = min(x for x, _y in points), min(y for _x, y in points)
    east, north = max(x for x, _y in points), max(y for _x, y in points)
    span = max(east - west, north - south) or 1
    size = WIDTH - LEFT - RIGHT

    def at(point: Point) -> tuple[float, float]:
        x, y = point
        return (
            round(LEFT + size * (x - west) / span, 1),
            round(TOP + size * (north - y) / span, 1),
        )

    height = round(TOP * 2 + size * (north - south) / span)
    return mark_safe(
        f'<svg class="chart map" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{escape(title)}">{"".join(_area(area, at) for area in areas)}</svg>'
    )


def _area(area: Area, at: Callable[[Point], tuple[float, float]]) -> str:
    rings = [[at(point) for point in ring] for ring in area.rings]
    path = "".join("M" + "L".join(f"{x} {y}" for x, y in ring) + "Z" for ring in rings)
    outer = rings[0]
    x = (min(p[0] for p in outer) + max(p[0] for p in outer)) / 2
    y = (min(p[1] for p in outer) + max(p[1] for p in outer)) / 2
    shade = "none" if area.shade is None else str(area.shade)
    return (
        f'<path class="area shade-{shade}" d="{path}"/>'
        f'<text x="{x:.1f}" y="{y:.1f}">{escape(area.label)}</text>'
        f'<text x="{x:.1f}" y="{y + 16:.1f}">{escape(area.text)}</text>'
    )
