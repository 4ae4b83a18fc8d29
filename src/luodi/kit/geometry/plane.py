"""Polygons in metres: the ellipsoid around a plot taken for a plane, good to 1 in 10,000."""

from __future__ import annotations

from collections.abc import Iterable
from math import cos, radians, sin, sqrt

from shapely.geometry import MultiPolygon, Polygon
from shapely.validation import explain_validity

Point = tuple[int, int]
"""Longitude and latitude in ten-millionths of a degree."""
Polygons = tuple[tuple[tuple[Point, ...], ...], ...]
"""Polygons of rings; of each the first ring is the edge, the others are holes. Rings are closed."""

SCALE = 10**7
_AXIS = 6_378_137.0
_FLATTENING = 1 / 298.257222101
"""The ellipsoid of CGCS2000; that of WGS 84 differs by a tenth of a millimetre."""


def points(polygons: Polygons) -> Iterable[Point]:
    """All corners."""
    return (point for polygon in polygons for ring in polygon for point in ring)


def middle(polygons: Polygons) -> Point:
    """The middle of the smallest upright rectangle around them."""
    xs, ys = zip(*points(polygons), strict=True)
    return (min(xs) + max(xs)) // 2, (min(ys) + max(ys)) // 2


def metres(polygons: Polygons, origin: Point) -> MultiPolygon:
    """The polygons on a plane that touches the ellipsoid at `origin`, x east and y north."""
    east, north = _metres_a_step(origin[1])

    def ring(corners: tuple[Point, ...]) -> list[tuple[float, float]]:
        return [((x - origin[0]) * east, (y - origin[1]) * north) for x, y in corners]

    return MultiPolygon(
        [Polygon(ring(rings[0]), [ring(hole) for hole in rings[1:]]) for rings in polygons]
    )


def area(polygons: Polygons) -> int:
    """What they cover, in m²."""
    covered: float = metres(polygons, middle(polygons)).area
    return round(covered)


def overlap(one: Polygons, other: Polygons) -> int:
    """What both cover, in m²; a shared border is nothing."""
    if not _near(one, other):
        return 0
    origin = middle(one)
    both: float = metres(one, origin).intersection(metres(other, origin)).area
    return round(both)


def is_flat(polygons: Polygons) -> bool:
    """Whether all corners lie on one line, or closer than a metre to it."""
    return bool(metres(polygons, middle(polygons)).convex_hull.area < 1)


def crossing(polygons: Polygons) -> str:
    """Why they aren't proper polygons, in the library's words; '' where they are."""
    shape = metres(polygons, middle(polygons))
    return "" if shape.is_valid else explain_validity(shape)


def _near(one: Polygons, other: Polygons) -> bool:
    (ax, ay), (bx, by) = zip(*points(one), strict=True), zip(*points(other), strict=True)
    apart = max(ax) < min(bx) or max(bx) < min(ax) or max(ay) < min(by) or max(by) < min(ay)
    return not apart


def _metres_a_step(latitude: int) -> tuple[float, float]:
    """How many metres one step is to the east and to the north, at a latitude."""
    turned = radians(latitude / SCALE)
    squared = _FLATTENING * (2 - _FLATTENING)
    bent = sqrt(1 - squared * sin(turned) ** 2)
    step = radians(1 / SCALE)
    return step * _AXIS / bent * cos(turned), step * _AXIS * (1 - squared) / bent**3
