"""Applications for a good-faith exemption in the small city."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from luodi.supervision.actions import apply_for_exemption

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
