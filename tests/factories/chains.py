"""Chains of the small city: a workbook's text, firms here and elsewhere, firms to invite."""

from __future__ import annotations

from datetime import date, datetime

from luodi.audit.actions import perform
from luodi.chain.actions import (
    honour_firm,
    import_chain,
    list_target,
    log_contact,
    record_trip,
    register_event,
)
from luodi.chain.models import (
    ChainFirm,
    ChainFirmState,
    ChainHonour,
    IndustrialChain,
    IndustrialChainState,
    Product,
    ProductState,
    PromotionEvent,
    Segment,
    SegmentState,
    Supply,
)
from luodi.chain.queries import map_subject
from luodi.chain.queries.imports import import_plan
from luodi.common.keys import new_key
from luodi.common.moments import Moment

from .city import MAKER, City, credit_code

STRUCTURE = """环节\t位置\t产品\t技术路线\t应用领域\t企业\t统一社会信用代码\t所在地\t资质证书\t能力说明
镜片\t上游\t示例镜片\t精密模压\t手机\t示例光电一厂\t{one}\t\t\t月产 20 万片
镜片\t上游\t示例镜片\t精密模压\t手机\t外地示例镜片厂\t\t外省示例市\tISO 9001\t
传感\t上游\t示例传感器\t\t安防\t外地示例传感厂\t{far}\t外省示例市\tISO 9001、IATF 16949\t车规级
模组\t中游\t示例模组\t\t手机\t示例光电二厂\t{two}
整机\t下游\t示例整机\t\t手机\t示例光电一厂"""
SUPPLIES = """采购方\t供应方\t产品\t占比（%）\t年采购额（万元）\t来源\t起
示例光电二厂\t示例光电一厂\t示例镜片\t60\t300\t走访\t2026-01-01
示例光电二厂\t外地示例镜片厂\t示例镜片\t40\t100\t走访\t
示例光电二厂\t外地示例传感厂\t示例传感器\t100\t200\t走访\t
示例光电一厂\t示例光电二厂\t示例模组\t\t\t走访\t"""


def chain_text(mark: str = "") -> str:
    """The workbook of a small chain as text, with both kinds of table."""
    codes = {"one": credit_code(1), "two": credit_code(2), "far": credit_code(901)}
    return f"{STRUCTURE.format(**codes)}\n\n{SUPPLIES}".replace("外地", f"{mark}外地")


def drawn_in(
    city: City, at: datetime, name: str = "示例光电链", text: str = "", mark: str = ""
) -> str:
    """A chain imported by the office; its key."""
    words = text or chain_text(mark)
    plan = import_plan(city.key, name, words, Moment(at))
    import_chain(
        city=city.key, chain=name, text=words, looked_at=plan.token, by=city.people["office"], at=at
    )
    return IndustrialChainState.objects.open().get(city=city.key, name=name).chain_id


def firm_key(city: City, name: str) -> str:
    """The firm of the chains that goes by a name."""
    return ChainFirmState.objects.open().get(city=city.key, name=name).firm_id


def product_key(city: City, name: str) -> str:
    """The product of a name."""
    return ProductState.objects.open().get(product__city=city.key, name=name).product_id


def invited(city: City, at: datetime, mark: str = "", unit: str = "", by: str = "office") -> str:
    """The sensor maker from elsewhere in the library, because nobody here makes sensors."""
    return list_target(
        firm=firm_key(city, f"{mark}外地示例传感厂"), product=product_key(city, "示例传感器"), why="",
        unit=unit, mode="chain", by=city.people[by], at=at,
    ).key  # fmt: skip


def spoken(city: City, target: str, at: datetime, reached: str = "talking", **more: object) -> None:
    """A contact with a target firm."""
    said = {"on": date(2026, 3, 1), "kind": "went_there", "mode": "chain", "words": "谈了用地和用电。",
            "trip": "", "event": None, "reached": reached, "by": city.people["office"], "at": at}  # fmt: skip
    log_contact(target=target, **(said | more))


def busy(city: City, at: datetime, mark: str = "") -> dict[str, list[str]]:
    """A chain with firms and supplies, an honour, a target spoken with, a trip and an event."""
    chain = drawn_in(city, at, f"{mark}示例光电链", mark=mark)
    office = {"by": city.people["office"], "at": at}
    firm = firm_key(city, "示例光电一厂")
    honour_firm(
        firm=firm, chain=chain, honour="chain_leader_firm", level="city_level", from_year=2026,
        source=f"{mark}名单", **office,
    )  # fmt: skip
    target = invited(city, at, mark, unit=city.units["开发区管委会"])
    trip = record_trip(
        city=city.key, unit=city.units["开发区管委会"], leader="主任", from_on=date(2026, 2, 10),
        to_on=date(2026, 2, 12), destination=f"{mark}外省示例市", mode="", outcome="", **office,
    )  # fmt: skip
    register_event(
        city=city.key, unit="", name=f"{mark}推介会", on=date(2026, 2, 20), place="", mode="", note="",
        **office,
    )  # fmt: skip
    event = PromotionEvent.objects.get(city=city.key)
    spoken(city, target, at, trip=trip.key, event=event.pk)
    mine = {"city": city.key}
    return {
        "chain": [chain],
        "segment": list(Segment.objects.filter(**mine).values_list("key", flat=True)),
        "product": [product_key(city, "示例传感器")],
        "chain_firm": list(
            ChainFirm.objects.filter(**mine).order_by("key").values_list("key", flat=True)
        ),
        "supply": [
            str(pk)
            for pk in Supply.objects.open()
            .filter(buyer__city=city.key)
            .values_list("pk", flat=True)
        ],
        "honour": [
            str(pk)
            for pk in ChainHonour.objects.open().filter(chain=chain).values_list("pk", flat=True)
        ],
        "target_firm": [target],
        "trip": [trip.key],
        "promotion_event": [str(event.pk)],
    }


def bulk_chain(city: City, n: int, at: datetime, name: str = "生成的链") -> str:
    """A chain of `n` products, each made by a firm elsewhere and bought by the first local firm."""
    chain, segment = new_key(), new_key()
    local = firm_key(city, "示例光电一厂")
    scope = {"city": city.key}
    with perform(
        "import_chain", by=MAKER, at=at, subjects=[map_subject(city.key)], scope=scope
    ) as deed:
        deed.write(IndustrialChain(key=chain, **scope))
        deed.write(IndustrialChainState(chain_id=chain, city=city.key, name=name))
        deed.write(Segment(key=segment, chain_id=chain, **scope))
        deed.write(SegmentState(segment_id=segment, chain_id=chain, name="生成的环节"))
        for number in range(n):
            product, firm = new_key(), new_key()
            deed.write(Product(key=product, **scope))
            deed.write(
                ProductState(product_id=product, segment_id=segment, name=f"生成的产品{number}")
            )
            deed.write(ChainFirm(key=firm, **scope))
            deed.write(
                ChainFirmState(
                    firm_id=firm, city=city.key, name=f"生成的企业{name}{number}", generated=True
                )
            )
            deed.write(
                Supply(
                    buyer_id=local,
                    supplier_id=firm,
                    product_id=product,
                    value=number,
                    source="生成",
                )
            )
    return chain
