"""Organs of a city by name, what else they are called, and the roles people hold."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from luodi.packs.schemas.base import AreaCode, Key, RuleBase, Strict, Words

UnitType = Literal[
    "city", "bureau", "county", "zone", "vertical", "subordinate", "task_force",
    "leading_group", "collective",
]  # fmt: skip
"""The kinds of unit the register of organs knows."""


class UnitRule(RuleBase):
    """One organ, or a collective name that expands to its members."""

    name: Words
    name_en: str = ""
    type: UnitType
    short: str = ""
    aliases: tuple[Words, ...] = ()
    parent: Key | None = None
    area_code: AreaCode | None = None
    members: tuple[Key, ...] = ()

    @model_validator(mode="after")
    def _members(self) -> UnitRule:
        if bool(self.members) != (self.type == "collective"):
            raise ValueError("集合名称（collective）须列出 members，其他单位不能有")
        return self

    def names(self) -> tuple[str, ...]:
        """Every name it goes by, the full one first."""
        return tuple(dict.fromkeys(n for n in (self.name, self.short, *self.aliases) if n))


class AliasRule(RuleBase):
    """A word that means a unit only in a certain place, such as 示范区 in one plan."""

    says: Words
    means: Key
    where: str = ""


class RoleRule(RuleBase):
    """A role and what it may see: `scope` is checked in one place of the house."""

    title: Words
    title_en: Words
    scope: Literal["own_unit", "own_zone", "city", "system"]
    duties: tuple[Words, ...] = ()


Ring = Annotated[tuple[tuple[float, float], ...], Field(min_length=4)]


class Polygon(Strict):
    """A polygon as GeoJSON writes it (RFC 7946): an outer ring, then holes; rings are closed."""

    type: Literal["Polygon"]
    coordinates: Annotated[tuple[Ring, ...], Field(min_length=1)]


class MultiPolygon(Strict):
    """Several polygons that belong together."""

    type: Literal["MultiPolygon"]
    coordinates: Annotated[tuple[tuple[Ring, ...], ...], Field(min_length=1)]


class AreaRule(RuleBase):
    """Where a county or zone lies, for maps. `means` is the key of its unit.

    `schematic` says that it shows the neighbourhood only, and no boundary.
    """

    means: Key
    geometry: Polygon | MultiPolygon = Field(discriminator="type")
    schematic: bool = False
