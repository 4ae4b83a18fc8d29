"""Founding a city from its pack; putting a changed pack into force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from luodi.audit.actions import Deed, perform
from luodi.audit.rules import canonical, sha256
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.packs import Stack

from ..models import PackEdition, Unit, UnitState
from ..rules import units_in


def found_city(
    *, key: str, pack: Sequence[Any], units: Sequence[Mapping[str, Any]], by: str, at: datetime
) -> Unit:
    """Enter a city, the pack it runs on, and its units.

    `pack` is the content of a pack stack (`packs.Stack.content`). `units` are mappings with
    name, short_name, kind, aliases, parent (a name) and members (names, for collective bodies);
    the first one is the city itself.
    """
    with perform(
        "found_city", by=by, at=at, subjects=[subject_key("unit", key)], scope={"city": key}
    ) as deed:
        keys = {row["name"]: key if n == 0 else new_key() for n, row in enumerate(units)}
        cities = [deed.write(Unit(key=k, city=key)) for k in keys.values()]
        for row in units:
            deed.write(_unit_state(row, keys, key))
        _put_pack_in_force(deed, city=key, content=pack)
    return cities[0]


def _unit_state(row: Mapping[str, Any], keys: Mapping[str, str], city: str) -> UnitState:
    parent = keys.get(row.get("parent", ""), city)
    return UnitState(
        of_id=keys[row["name"]],
        kind=row["kind"],
        name=row["name"],
        short_name=row.get("short_name", ""),
        aliases=list(row.get("aliases", [])),
        members=[keys[name] for name in row.get("members", []) if name in keys],
        parent_id=None if keys[row["name"]] == city else parent,
        pack=row.get("pack", ""),
    )


def _put_pack_in_force(deed: Deed, *, city: str, content: Sequence[Any]) -> None:
    digest = sha256(canonical(content))
    running = PackEdition.objects.open().filter(city=city).first()
    if running and running.digest == digest:
        return
    if running:
        deed.close(running)
    deed.write(PackEdition(city_id=city, digest=digest, content=list(content)))


def renew_pack(*, city: str, pack: Sequence[Any], by: str, at: datetime) -> None:
    """Put a changed pack into force from now on; an unchanged one writes no act."""
    running = PackEdition.objects.open().filter(city=city).first()
    if running and running.digest == sha256(canonical(pack)):
        return
    subjects = [subject_key("unit", city)]
    with perform("renew_pack", by=by, at=at, subjects=subjects, scope={"city": city}) as deed:
        _put_pack_in_force(deed, city=city, content=pack)


def enter_city(*, stack: Stack, by: str, at: datetime) -> Unit:
    """Found the city that a pack stack describes, with the units, aliases and members it lists."""
    return found_city(
        key=stack.key,
        pack=stack.content(),
        units=units_in(stack, Moment(at).today),
        by=by,
        at=at,
    )
