"""What the features of a GeoJSON file say of plots, and when an area is far off."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from luodi.kit.geometry import Polygons

from ..choices import PlotUse

SAID = {
    "name": ("name", "名称", "地块名称"),
    "number": ("number", "编号", "宗地编号"),
    "area": ("area", "面积", "面积（亩）", "面积(亩)"),
    "use": ("use", "用途"),
    "price": ("price", "地价", "地价（万元/亩）"),
    "map_number": ("map_number", "审图号"),
    "park": ("park", "园区"),
}
"""The properties that are understood, by the column they go to."""

LONGEST = {"name": 120, "number": 60, "map_number": 60, "park": 60}
MOST = 200

FAR_OFF = Decimal("0.05")
"""A drawn area further from the stated one than this share is asked about."""
TOUCHING = 1
"""So many m² of overlap come from rounding the coordinates of a shared border."""


def said_by(properties: Mapping[str, Any]) -> dict[str, str]:
    """What the properties of a feature say, by column; '' where they don't."""
    found = {}
    for column, names in SAID.items():
        values = (properties.get(name) for name in names)
        found[column] = next((plain(value) for value in values if value not in (None, "")), "")
    found["use"] = use_of(found["use"])
    return found


def plain(value: Any) -> str:
    """A property as text: numbers as written, anything else that isn't text as nothing."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f") if value.is_finite() else ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    written = str(value)[:MOST].encode("utf-8", "ignore").decode()
    return "".join(sign for sign in written if sign.isprintable()).strip()


def use_of(said: str) -> str:
    """The use a word means, by key or by label; industrial where nothing is said."""
    labels = {str(label): value for value, label in PlotUse.choices}
    return labels.get(said, said) or PlotUse.INDUSTRIAL.value


def mu_of(square_metres: int | None) -> Decimal | None:
    """An area in m² as 亩 to two places: 1 亩 is 2000/3 m²."""
    if square_metres is None:
        return None
    return (Decimal(square_metres * 3) / 2000).quantize(Decimal("0.01"), ROUND_HALF_UP)


def off_by(stated: Decimal | None, measured: int) -> Decimal | None:
    """By how many per cent a drawn area is off the stated one (亩), where it is far off."""
    drawn = mu_of(measured)
    if not stated or drawn is None or abs(drawn - stated) <= FAR_OFF * stated:
        return None
    return (100 * (drawn - stated) / stated).quantize(Decimal("0.1"), ROUND_HALF_UP)


def stored(polygons: Polygons) -> list[Any]:
    """Polygons as a plot's state keeps them."""
    return [[[list(point) for point in ring] for ring in rings] for rings in polygons]


def drawn(geometry: list[Any]) -> Polygons:
    """The polygons of a plot's state."""
    return tuple(tuple(tuple((x, y) for x, y in ring) for ring in rings) for rings in geometry)
