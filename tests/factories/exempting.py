"""Applications for a good-faith exemption in the small city."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from luodi.common.moments import Moment
from luodi.orgs.queries import viewer_of_person
from luodi.supervision.actions import (
    apply_for_exemption,
    find_condition,
    grant_exemption,
    move_exemption,
)
from luodi.supervision.models import ExemptionState
from luodi.supervision.queries import exemption_page

from .city import City

CONDITIONS = ("reform", "procedure", "diligent", "no-private-gain")
SAID = {key: f"示例说明：{key}" for key in CONDITIONS}


def applied(city: City, at: datetime, mark: str = "", **given: Any) -> str:
    """The key of an application of the clerk's unit, with a file on its procedure."""
    said: dict[str, Any] = {
        "unit": city.units["市工信局"],
        "title": f"{mark}示例试点未达预期",
        "happened": f"{mark}先行先试，第一年没有达到预期产值。",
        "statements": SAID,
        "subjects": [],
        "evidence": {"procedure": [("会议记录.txt", f"{mark}示例记录".encode())]},
        "by": city.people["clerk"],
        "at": at,
    }
    return apply_for_exemption(**(said | given)).key


def granted(exemption: str, body: dict[str, Any]) -> str:
    """Take an application up, find every condition to hold, and grant all it asks for."""

    def seen() -> int:
        return ExemptionState.objects.open().get(exemption=exemption).since_id

    move_exemption(exemption=exemption, move="take_up", seen=seen(), **body)
    for condition in CONDITIONS:
        find_condition(
            exemption=exemption, condition=condition, finding="holds", found="材料齐全",
            seen=seen(), **body,
        )  # fmt: skip
    page = exemption_page(viewer_of_person(body["by"]), exemption, Moment(body["at"]))
    grant_exemption(
        exemption=exemption, covers=[str(row.pk) for row in page.covers], why="符合容错情形",
        decided_on=Moment(body["at"]).today, seen=seen(), **body,
    )  # fmt: skip
    return exemption
