"""What the frame of every page needs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from luodi.common.doors import rooms
from luodi.jobs.queries import unread_count
from luodi.orgs.queries import enterprise_names, place_and_unit


def frame(request: HttpRequest) -> dict[str, Any]:
    """Rail, viewer, as-of date and the number of unread messages."""
    viewer = getattr(request, "viewer", None)
    if viewer is None or not viewer.person:
        return {"viewer": viewer, "moment": getattr(request, "moment", None)}
    mine = [room for _, room in rooms.items() if room.roles & viewer.roles]
    place, unit = place_and_unit(viewer.city, viewer.unit, request.moment)
    if viewer.enterprise:
        unit = enterprise_names([viewer.enterprise], request.moment).get(viewer.enterprise, "")
    return {
        "viewer": viewer,
        "moment": request.moment,
        "rail": sorted(mine, key=lambda room: room.order),
        "unread": unread_count(viewer.person),
        "city_name": place,
        "unit_name": unit,
    }
