"""Several polygons as one plan: paths for an SVG, a point for each label, a scale."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from shapely.geometry import MultiPolygon

from luodi.kit.geometry.plane import Polygons, metres, middle

WIDTH = 1000
TALLEST = 1200
MARGIN = 40


@dataclass(frozen=True)
class Bar:
    """A scale bar: so many metres are so long on the plan."""

    metres: int
    length: float


@dataclass(frozen=True)
class Plan:
    """`paths` are the `d` of an SVG path, `labels` points inside, by key; north is up."""

    width: int
    height: int
    paths: Mapping[str, str]
    labels: Mapping[str, tuple[float, float]]
    bar: Bar


def plan(shapes: Mapping[str, Polygons]) -> Plan | None:
    """Shapes by key on one plane, as large as the sheet takes; None where there are none."""
    if not shapes:
        return None
    origin = middle(tuple(polygon for shape in shapes.values() for polygon in shape))
    flat = {key: metres(shape, origin) for key, shape in shapes.items()}
    west, south, east, north = _bounds(list(flat.values()))
    inner = WIDTH - 2 * MARGIN
    scale = min(inner / (east - west), (TALLEST - 2 * MARGIN) / (north - south))
    left = MARGIN + (inner - (east - west) * scale) / 2

    def place(x: float, y: float) -> tuple[float, float]:
        return round(left + (x - west) * scale, 1), round(MARGIN + (north - y) * scale, 1)

    height = round((north - south) * scale) + 2 * MARGIN
    marks = {key: shape.representative_point() for key, shape in flat.items()}
    return Plan(
        width=WIDTH,
        height=height,
        paths={key: _path(shape, place) for key, shape in flat.items()},
        labels={key: place(mark.x, mark.y) for key, mark in marks.items()},
        bar=_bar(scale),
    )


def _bounds(shapes: list[MultiPolygon]) -> tuple[float, float, float, float]:
    edges = [shape.bounds for shape in shapes]
    west, south = min(one[0] for one in edges), min(one[1] for one in edges)
    return west, south, max(one[2] for one in edges), max(one[3] for one in edges)


def _path(shape: MultiPolygon, place: Callable[[float, float], tuple[float, float]]) -> str:
    rings = [ring for part in shape.geoms for ring in (part.exterior, *part.interiors)]
    drawn = []
    for ring in rings:
        corners = [place(x, y) for x, y in list(ring.coords)[:-1]]
        drawn.append("M" + "L".join(f"{x:g} {y:g}" for x, y in corners) + "Z")
    return "".join(drawn)


def _bar(scale: float) -> Bar:
    """The longest of 1, 2, 5, 10, 20, 50… metres that is at most a fifth of the sheet."""
    longest, found = WIDTH / 5 / scale, 1
    steps = (digit * 10**power for power in range(7) for digit in (1, 2, 5))
    for length in steps:
        found = length if length <= longest else found
    return Bar(found, round(found * scale, 1))
