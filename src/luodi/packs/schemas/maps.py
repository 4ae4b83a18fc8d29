"""Maps given as data: simplified outlines to colour, said to be schematic where they are."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from luodi.packs.schemas.base import Key, RuleBase, Words

Point = tuple[float, float]


class MapRule(RuleBase):
    """The outline of one unit: rings of points, the outer one first, x to the east, y to the north.

    `schematic` outlines show neighbourhood, not survey boundaries, and the map says 示意图.
    """

    unit: Key
    layer: Literal["county", "zone"]
    label: Words
    at: Point
    """Where the label stands."""
    rings: tuple[tuple[Point, ...], ...] = Field(min_length=1)
    schematic: bool = True

    @model_validator(mode="after")
    def _closed(self) -> MapRule:
        for ring in self.rings:
            if len(ring) < 4 or ring[0] != ring[-1]:
                raise ValueError("轮廓须至少四点，并且首尾相同")
        return self

    def feature(self) -> dict[str, object]:
        """As a GeoJSON feature (RFC 7946)."""
        return {
            "type": "Feature",
            "id": self.unit,
            "properties": {
                "unit": self.unit,
                "layer": self.layer,
                "label": self.label,
                "at": list(self.at),
                "schematic": self.schematic,
            },
            "geometry": {
                "type": "Polygon",
                "coordinates": [[list(point) for point in ring] for ring in self.rings],
            },
        }
