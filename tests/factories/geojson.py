"""GeoJSON of made-up plots: rectangles of so many metres near no real zone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

EAST, NORTH = 90_730, 110_950
"""Metres of a degree at 35.5° north, near enough."""


def ring(x: float, y: float, wide: float = 200, high: float = 200) -> list[list[float]]:
    """A rectangle so many metres east and north of (112.8, 35.5)."""
    corners = [(x, y), (x + wide, y), (x + wide, y + high), (x, y + high), (x, y)]
    return [[round(112.8 + a / EAST, 7), round(35.5 + b / NORTH, 7)] for a, b in corners]


def feature(edge: Sequence[Any], **properties: Any) -> dict[str, Any]:
    """A polygon with what is said of it."""
    geometry = {"type": "Polygon", "coordinates": [edge]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: dict[str, Any], **more: Any) -> str:
    """The text of a file."""
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more})
