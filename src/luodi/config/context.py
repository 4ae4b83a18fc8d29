"""What the frame of every page needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import ResolverMatch, resolve, reverse

from luodi.common.doors import rooms
from luodi.jobs.queries import unread_count
from luodi.orgs.queries import enterprise_names, place_and_unit


def frame(request: HttpRequest) -> dict[str, Any]:
    """Rail, viewer, as-of date and the number of unread messages."""
    viewer = getattr(request, "viewer", None)
    if viewer is None or not viewer.person:
        return {"viewer": viewer, "moment": getattr(request, "moment", None)}
    place, unit = place_and_unit(viewer.city, viewer.unit, request.moment)
    if viewer.enterprise:
        unit = enterprise_names([viewer.enterprise], request.moment).get(viewer.enterprise, "")
    return {
        "viewer": viewer,
        "moment": request.moment,
        "rail": _rail(request),
        "unread": unread_count(viewer.person),
        "city_name": place,
        "unit_name": unit,
    }


HUNDRED = 100


@dataclass(frozen=True)
class Entry:
    """A line of the rail. `current`: "page" for the page itself, "true" for a page inside it;
    `apart`: the first of its group."""

    label: Any
    address: str
    current: str
    apart: bool


def _rail(request: HttpRequest) -> list[Entry]:
    """The viewer's rooms in order, and in which of them this page is."""
    mine = [room for _, room in rooms.items() if room.roles & request.viewer.roles]
    addresses = {room.url_name: reverse(room.url_name) for room in mine}
    here = _room_of(request, addresses)
    mine.sort(key=lambda room: room.order)
    return [
        Entry(
            room.label,
            addresses[room.url_name],
            "" if room.url_name != here else "page" if request.path == addresses[here] else "true",
            before is not None and before.order // HUNDRED != room.order // HUNDRED,
        )
        for before, room in zip([None, *mine], mine, strict=False)
    ]


def _room_of(request: HttpRequest, addresses: dict[str, str]) -> str:
    """The room a page stands in: the one its address begins with, else that of its module."""
    inside = [name for name, address in addresses.items() if request.path.startswith(address)]
    inside = [name for name in inside if addresses[name] != "/" or request.path == "/"]
    if inside:
        return max(inside, key=lambda name: len(addresses[name]))
    match = request.resolver_match
    if match is None:
        return ""
    own = [n for n, at in addresses.items() if _module(resolve(at)) == _module(match)]
    the_frame = any(addresses[name] == "/" for name in own)
    return own[0] if own and not the_frame else ""


def _module(match: ResolverMatch) -> str:
    """The module of the product a view belongs to."""
    return ".".join(match.func.__module__.split(".")[:2])
