"""An exemption of the demo: applied for by a unit, looked into, granted; generated, and says so."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.ledger.queries import items
from luodi.orgs.queries import viewer_of_person
from luodi.supervision.actions import (
    apply_for_exemption,
    find_condition,
    grant_exemption,
    move_exemption,
)
from luodi.supervision.models import ExemptionState
from luodi.supervision.queries import exemption_page

from .calendar import Event, china
from .people import Cast

SAID = {
    "reform": "【演示】列入示范区改革试点清单",
    "procedure": "【演示】专家论证后经主任办公会集体研究",
    "diligent": "【演示】按月调度，发现问题当月调整方案",
    "no-private-gain": "【演示】招标和资金使用均经审计，没有发现问题",
}
FOUND = "【演示】材料齐全，予以认可"


def exemption_events(cast: Cast) -> list[Event]:
    """What happens, with when."""
    return [Event(china(date(2026, 6, 10), 10), lambda at: _exempt(cast, at))]


def _exempt(cast: Cast, at: datetime) -> None:
    clerk = viewer_of_person(cast.people["gongxin"])
    mine = [row for row in items(clerk, Moment(at)) if row.lead_unit in clerk.units][:1]
    key = apply_for_exemption(
        unit=cast.units["市工信局"],
        title="【演示】产业链配套试点第一年未达预期",
        happened="【演示】率先试行链上企业联合采购，参与企业少于预期，本年配套率没有达到设想。",
        statements=SAID,
        subjects=[subject_key("item", row.key) for row in mine],
        evidence={"procedure": [("演示会议纪要.txt", "【演示】生成的会议纪要".encode())]},
        by=clerk.person,
        at=at,
    ).key
    leader, later = cast.people["leader"], at + timedelta(hours=2)
    _step(cast, key, "take_up", later)
    for condition in SAID:
        find_condition(
            exemption=key, condition=condition, finding="holds", found=FOUND, by=leader, at=later,
            seen=_seen(key),
        )  # fmt: skip
    page = exemption_page(viewer_of_person(leader), key, Moment(later))
    grant_exemption(
        exemption=key,
        covers=[str(row.pk) for row in page.covers],
        why="【演示】属于先行先试，程序合规，尽责，没有谋私",
        decided_on=Moment(later).today,
        by=leader,
        at=later,
        seen=_seen(key),
    )


def _step(cast: Cast, key: str, move: str, at: datetime) -> None:
    move_exemption(exemption=key, move=move, by=cast.people["leader"], at=at, seen=_seen(key))


def _seen(key: str) -> int:
    """The act that wrote the state as it stands."""
    return int(ExemptionState.objects.open().get(exemption=key).since_id)
