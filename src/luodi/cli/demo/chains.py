"""The demo's chain: a short text of our own through the reading room, then generated firms."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any

from luodi.chain.actions import (
    assign_target,
    honour_firm,
    import_chain,
    log_contact,
    record_trip,
    register_event,
)
from luodi.chain.models import (
    ChainFirmState,
    IndustrialChainState,
    PromotionEvent,
    TargetFirmState,
)
from luodi.chain.queries.imports import import_plan
from luodi.common.moments import Moment
from luodi.orgs.queries import viewer_of_person
from luodi.projects.actions import open_lead
from luodi.projects.queries.sources import lead_of_target
from luodi.reading.actions import adopt_document, decide_card, edit_card, import_document
from luodi.reading.choices import CardKind, Verdict
from luodi.reading.models import ReviewCard

from .calendar import Event, china
from .people import Cast

CHAIN = "演示光电装备"
ORIGIN = "生成的演示数据"

MADE = [
    ("光学元件", "上游", "演示镜片", "精密模压", "智能终端", "演示企业01号", "月产 20 万片"),
    ("光学元件", "上游", "演示镜片", "精密模压", "智能终端", "演示企业02号", "非球面"),
    ("光学元件", "上游", "演示镜筒", "注塑成型", "智能终端", "演示企业03号", ""),
    ("光学元件", "上游", "演示滤光片", "真空镀膜", "安防", "【演示】北山光学公司", "红外截止"),
    ("图像传感", "上游", "演示传感器", "CMOS", "安防", "【演示】东江传感公司", "车规级"),
    ("图像传感", "上游", "演示驱动芯片", "CMOS", "智能终端", "【演示】西岭电子公司", ""),
    ("镜头模组", "中游", "演示相机模组", "主动对准", "智能终端", "演示企业04号", "年产 600 万套"),
    ("镜头模组", "中游", "演示相机模组", "主动对准", "智能终端", "演示企业05号", ""),
    ("镜头模组", "中游", "演示红外模组", "主动对准", "安防", "演示企业06号", ""),
    ("整机装备", "下游", "演示检测仪", "机器视觉", "工业检测", "演示企业07号", "0.02 毫米"),
    ("整机装备", "下游", "演示巡检机器人", "机器视觉", "煤矿", "演示企业08号", "矿用防爆"),
]
BOUGHT = [
    ("演示企业04号", "演示企业01号", "演示镜片", "70", "860"),
    ("演示企业04号", "【演示】北山光学公司", "演示滤光片", "100", "240"),
    ("演示企业04号", "【演示】东江传感公司", "演示传感器", "80", "1900"),
    ("演示企业04号", "【演示】南湖芯片公司", "演示传感器", "20", "470"),
    ("演示企业05号", "演示企业02号", "演示镜片", "100", "310"),
    ("演示企业05号", "【演示】东江传感公司", "演示传感器", "100", "700"),
    ("演示企业06号", "演示企业03号", "演示镜筒", "", ""),
    ("演示企业06号", "【演示】西岭电子公司", "演示驱动芯片", "60", "180"),
    ("演示企业07号", "演示企业04号", "演示相机模组", "55", "1250"),
    ("演示企业07号", "", "演示驱动芯片", "", "90"),
    ("演示企业08号", "演示企业06号", "演示红外模组", "100", "520"),
    ("演示企业08号", "演示企业05号", "演示相机模组", "40", "330"),
]


def chain_events(cast: Cast, now: datetime) -> list[Event]:
    """The text in February, firms and supplies in March, promotion from April on."""
    return [
        Event(china(date(2026, 2, 5), 10), lambda at: _adopt(cast, at)),
        Event(china(date(2026, 3, 12), 10), lambda at: _import(cast, at)),
        Event(china(date(2026, 4, 9), 9), lambda at: _promote(cast, at)),
        Event(now - timedelta(days=6), lambda at: _lead(cast, at)),
    ]


def _adopt(cast: Cast, at: datetime) -> None:
    office = cast.people["office"]
    document = import_document(
        name="产业链招商指引（演示文本）.txt",
        data=(files("luodi.cli.demo") / "chain.txt").read_bytes(),
        city=cast.city,
        progress=lambda done, total, message: None,
        by=office,
        at=at,
    )
    who: dict[str, Any] = {"document": document.key, "by": office, "at": at}
    for card in ReviewCard.objects.filter(document=document):
        named = {"card": card.pk, "version": card.version}
        if card.kind == CardKind.TARGET:
            edit_card(changes={"chain": CHAIN}, accept=True, **named, **who)
        else:
            chosen = card.kind == CardKind.SEGMENT
            verdict = Verdict.ACCEPTED if chosen else Verdict.REJECTED
            decide_card(verdict=verdict, **named, **who)
    adopt_document(**who)


def _import(cast: Cast, at: datetime) -> None:
    head = "环节\t位置\t产品\t技术路线\t应用领域\t企业\t能力说明"
    made = [head, *("\t".join(row) for row in MADE)]
    bought = ["采购方\t供应方\t产品\t占比\t年采购额\t来源"]
    bought += ["\t".join((*row, ORIGIN)) for row in BOUGHT]
    text = "\n".join(made) + "\n\n" + "\n".join(bought)
    plan = import_plan(cast.city, CHAIN, text, Moment(at))
    who = {"by": cast.people["office"], "at": at}
    import_chain(
        city=cast.city, chain=CHAIN, text=text, looked_at=plan.token, generated=True, **who
    )
    chain = IndustrialChainState.objects.open().get(city=cast.city, name=CHAIN).chain_id
    for name, honour in (("演示企业01号", "chain_leader_firm"), ("演示企业04号", "core_link_firm")):
        honour_firm(
            firm=_firm(cast, name), chain=chain, honour=honour, level="city_level",
            from_year=2026, source=ORIGIN, **who,
        )  # fmt: skip


def _firm(cast: Cast, name: str) -> str:
    return ChainFirmState.objects.open().get(city=cast.city, name=name).firm_id


def _target(cast: Cast, name: str) -> TargetFirmState:
    return TargetFirmState.objects.open().get(target__firm=_firm(cast, name))


def _promote(cast: Cast, at: datetime) -> None:
    zone, by = cast.units["开发区管委会"], {"by": cast.people["zone"], "at": at}
    day = Moment(at).today
    for name in ("【演示】东江传感公司", "【演示】北山光学公司"):
        state = _target(cast, name)
        assign_target(target=state.target_id, unit=zone, seen=state.since_id, **by)
    trip = record_trip(
        city=cast.city, unit=zone, leader="管委会主任", from_on=day - timedelta(days=3),
        to_on=day - timedelta(days=1), destination="【演示】东江市", mode="stationed",
        outcome="走访两家企业，一家愿意来看厂房。", **by,
    )  # fmt: skip
    register_event(
        city=cast.city, unit="", name="【演示】光电产业推介会", on=day - timedelta(days=1),
        place="【演示】东江市", mode="chain", note=ORIGIN,
        attended="市商务局分管局长、开发区管委会主任", by=cast.people["office"], at=at,
    )  # fmt: skip
    event = PromotionEvent.objects.get(city=cast.city)
    said: dict[str, Any] = {"on": day - timedelta(days=2), "mode": "chain", **by}
    log_contact(
        target=_target(cast, "【演示】东江传感公司").target_id, kind="went_there",
        reached="talking", words="介绍了模组企业的需求，对方关心供电和厂房洁净等级。",
        trip=trip.key, event=None, **said,
    )  # fmt: skip
    log_contact(
        target=_target(cast, "【演示】北山光学公司").target_id, kind="at_event",
        reached="signed_with", agreement="framework", amount="3000",
        words="会上签了框架协议，约定来访看厂房。", trip="", event=event.pk,
        **(said | {"on": day - timedelta(days=1)}),
    )  # fmt: skip


def _lead(cast: Cast, at: datetime) -> None:
    """The zone turns the sensor maker into a lead, filled in from the library."""
    person, zone = cast.people["zone"], cast.units["开发区管委会"]
    target = _target(cast, "【演示】东江传感公司").target_id
    filled = lead_of_target(viewer_of_person(person), target, Moment(at))
    filled |= {"lead": zone, "zone": zone}
    open_lead(city=cast.city, details=filled, target=filled.pop("target"), by=person, at=at)
