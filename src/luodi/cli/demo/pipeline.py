"""The demo's projects: twelve 演示项目 along the pipeline, generated and marked so."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from luodi.projects.actions import (
    add_to_batch,
    exclude_entries,
    make_batch,
    move_project,
    open_lead,
)

from .agreements import agreement_events
from .calendar import Event, china
from .doubles import double_events
from .funding import funding_events
from .money import money_events
from .people import Cast
from .permits import permit_events
from .reviews import review_events

PROJECTS = [
    ("光学镜片", "光机电", 32_000, "contract", ["signed", "started", "in_official_statistics"]),
    ("精密模具", "装备制造", 18_500, "contract", ["signed", "permits", "started"]),
    ("检测设备", "光机电", 9_600, "contract", ["signed", "started", "in_production"]),
    ("煤机配件", "装备制造", 21_000, "contract", ["signed", "permits"]),
    ("显示模组", "光机电", 56_000, "framework", ["review", "signed"]),
    ("新型建材", "新材料", 12_800, "none", ["review"]),
    ("储能电池", "新能源", 88_000, "none", ["talks"]),
    ("智能物流", "现代服务", 15_000, "none", ["talks"]),
    ("药食同源", "医药", 7_200, "none", []),
    ("工业软件", "数字经济", 3_500, "none", []),
    ("再制造中心", "装备制造", 26_000, "contract", ["signed", "permits", "review"]),
    ("冷链仓储", "现代服务", 11_000, "none", ["talks", "ended"]),
]
"""What, industry, investment in 万元, signing, and the stages it was moved into."""

PROVEN = {"signed", "started", "in_official_statistics", "in_production"}
BACK = {"review": "【演示】用地方案调整，退回重新评审", "ended": "【演示】投资方撤回"}


BATCH = {"signed": (1, 2, 3, 4, 11), "started": (1, 2, 3), "produced": (3,)}
"""The lists of the demo's batch: numbers of projects."""


def project_events(cast: Cast) -> list[Event]:
    """What happens to the demo's projects, with when."""
    events: list[Event] = []
    keys: dict[int, str] = {}
    for number, row in enumerate(PROJECTS, start=1):
        events += _one(cast, keys, number, *row)
    events += [
        *money_events(cast, keys),
        *funding_events(cast, keys),
        *agreement_events(cast, keys),
    ]
    events += double_events(cast, keys)
    events += [*permit_events(cast, keys), *review_events(cast, keys)]
    return [*events, Event(china(date(2026, 4, 28), 15), lambda at: _batch(cast, keys, at))]


def _batch(cast: Cast, keys: dict[int, str], at: datetime) -> None:
    """The batch of the first quarter, with one project left out of its rates."""
    office = cast.people["office"]
    title, day = "【演示】一季度三个一批", date(2026, 3, 30)
    batch = make_batch(city=cast.city, title=title, held_on=day, by=office, at=at).key
    for part, numbers in BATCH.items():
        chosen = [keys[number] for number in numbers]
        add_to_batch(batch=batch, part=part, projects=chosen, by=office, at=at)
    exclude_entries(
        batch=batch,
        part="signed",
        projects=[keys[11]],
        why="【演示】退回重新评审，合同另签",
        by=office,
        at=at,
    )


def _one(
    cast: Cast,
    keys: dict[int, str],
    number: int,
    what: str,
    industry: str,
    money: int,
    signing: str,
    path: list[str],
) -> list[Event]:
    """One project registered under `keys`, and its moves two weeks apart."""
    office, day = cast.people["office"], date(2026, 1, 19) + timedelta(days=3 * number)

    def begin(at: datetime) -> None:
        details = details_of(cast, number, what, industry, money) | {"signing": signing}
        keys[number] = open_lead(city=cast.city, details=details, by=office, at=at).key

    def move(at: datetime, stage: str, step: int) -> None:
        move_project(
            project=keys[number],
            to=stage,
            why=BACK.get(stage, "") if step else "",
            evidence=[("演示材料.txt", f"【演示】{what}".encode())] if stage in PROVEN else (),
            by=office,
            at=at,
        )

    return [
        Event(china(day, 11), begin),
        *(
            Event(
                china(day + timedelta(days=14 * (n + 1)), 11),
                lambda at, stage=stage, n=n: move(at, stage, n),
            )
            for n, stage in enumerate(path)
        ),
    ]


def details_of(cast: Cast, number: int, what: str, industry: str, money: int) -> dict[str, Any]:
    """What is known of a generated project."""
    zone = cast.units["开发区管委会"]
    return {
        "name": f"演示项目{number:02}号：{what}",
        "investor": f"演示投资方{number:02}号",
        "mode": ("chain", "scene", "fund")[number % 3],
        "source": "【演示】生成的演示数据",
        "industry": industry,
        "zone": zone,
        "lead": zone if number % 2 else cast.units["市投资促进中心"],
        "investment": str(money),
        "output": str(money * 2),
        "land": str(20 + 7 * number),
        "code": f"2601-999999-04-01-{number:06}",
        "planned_start": date(2026, 6, 1),
        "planned_production": date(2027, 6, 1),
        "planned_capacity": date(2028, 6, 1),
    }
