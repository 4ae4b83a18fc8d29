"""The demo's projects registered twice: one pair merged, one to be looked at; all generated."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from luodi.projects.actions import merge_project, move_project, open_lead

from .calendar import Event, china
from .people import Cast

MARK = "【演示】生成的演示数据"


def double_events(cast: Cast, keys: Mapping[int, str]) -> list[Event]:
    """A zone registers two projects the city has already; the office merges one of them."""
    made: dict[str, str] = {}

    def register(at: datetime, name: str, investor: str, **more: Any) -> None:
        zone = cast.units["开发区管委会"]
        said = {
            "name": name, "investor": investor, "mode": "chain", "source": MARK,
            "industry": "新能源", "zone": zone, "lead": zone,
            "signing": "none", "investment": "90000", **more,
        }  # fmt: skip
        made[name] = open_lead(city=cast.city, details=said, by=cast.people["office"], at=at).key

    def merge(at: datetime) -> None:
        office = {"by": cast.people["office"], "at": at}
        move_project(project=made[BATTERY], to="talks", **office)
        merge_project(
            project=made[BATTERY],
            into=keys[7],
            takes=["investment"],
            why="【演示】开发区与市里重复登记同一个项目，总投资以开发区核实的为准",
            **office,
        )

    return [
        Event(china(date(2026, 4, 20), 9), lambda at: register(at, BATTERY, "演示投资方07号")),
        Event(
            china(date(2026, 4, 21), 9),
            lambda at: register(
                at,
                COLD,
                "演示投资方12号（集团）",
                industry="现代服务",
                investment="12000",
                zone=cast.units["高平市"],
            ),
        ),
        Event(china(date(2026, 4, 22), 10), merge),
    ]


BATTERY = "演示项目07号：储能电池（开发区登记）"
COLD = "演示项目12号：冷链仓储中心"
