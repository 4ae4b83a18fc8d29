"""A plan's boxes and directories become chains and target firms, through the reading room."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from luodi.audit.models import Act
from luodi.chain.models import (
    ChainFirmState,
    IndustrialChainState,
    Making,
    ProductState,
    SegmentState,
    TargetFirm,
    TargetFirmState,
)
from luodi.common.keys import subject_key
from luodi.projects.models import PlanMention
from luodi.reading.actions import adopt_document, decide_card, edit_card, import_document
from luodi.reading.choices import Verdict
from luodi.reading.models import ReviewCard

pytestmark = pytest.mark.django_db(databases="__all__")

PLAN = """示例市人民政府
关于印发示例市光电产业发展规划的通知
示政发〔2026〕9号

各县（市、区）人民政府：
现将《示例市光电产业发展规划》印发给你们，请认真贯彻执行。
示例市人民政府
2026年2月9日

示例市光电产业发展规划

一、发展重点
（一）做强光电装备
1.建好基地。建设一个配套基地。

专栏1 示例光电装备“十五五”发展重点
（1）示例镜头：重点发展示例镜片、示例镜筒等配套部件。重点突破示例镀膜、示例抛光等关键技术。
（2）示例整机：重点发展示例相机、示例检测仪等整机产品。

附件：示例市光电产业招商名录

""" + "\n\n".join(
    "\n".join(cell)
    for cell in (
        "示例镜片企业",
        "：甲市示例镜片有限公司",
        "乙市示例光学集团",
        "示例电池企业",
        "：示例光电二厂",
        "丙市示例电池有限公司",
    )
)


def imported(city, at, text=PLAN, name="规划.txt"):
    return import_document(
        name=name, data=text.encode(), city=city.key, unit=city.units["市商务局"],
        progress=lambda *_: None, by=city.people["office"], at=at,
    )  # fmt: skip


def accept_all(city, document, at, chain=""):
    """Accept every card; name the chain on directory cards where one is given."""
    who = {"by": city.people["office"], "at": at}
    for card in ReviewCard.objects.filter(document=document.key):
        named = {"document": document.key, "card": card.pk, "version": card.version}
        if card.kind == "target_firm" and chain:
            edit_card(changes={"chain": chain}, accept=True, **named, **who)
        else:
            decide_card(verdict=Verdict.ACCEPTED, **named, **who)


def test_boxes_and_an_upright_directory_become_cards_then_records(city, at):
    document = imported(city, at)
    cards = list(ReviewCard.objects.filter(document=document.key))
    segments = [card for card in cards if card.kind == "segment"]
    assert [card.data["name"] for card in segments] == ["示例镜头", "示例整机"]
    assert segments[0].data["chain"] == "示例光电装备"
    assert segments[0].data["products"] == ["示例镜片", "示例镜筒"]
    assert segments[0].data["techniques"] == ["示例镀膜", "示例抛光"]
    assert "示例镜片、示例镜筒" in segments[0].data["text"]
    groups = [card for card in cards if card.kind == "target_firm"]
    assert [card.data["name"] for card in groups] == ["示例镜片企业", "示例电池企业"]
    assert not groups[0].certain and groups[0].doubts == [{"code": "no_chain"}]
    accept_all(city, document, at, "示例光电装备")
    adopt_document(document=document.key, by=city.people["office"], at=at)
    chain = IndustrialChainState.objects.get()
    assert chain.name == "示例光电装备" and chain.sentence.startswith(document.sha256)
    names = list(SegmentState.objects.order_by("place").values_list("name", flat=True))
    assert names == ["示例镜头", "示例整机", "示例电池"]
    assert ProductState.objects.count() == 5
    firms = dict(ChainFirmState.objects.values_list("name", "local"))
    assert firms["示例光电二厂"] == city.enterprises["示例光电二厂"]
    assert Making.objects.count() == 4
    targets = set(TargetFirm.objects.values_list("firm__states__name", flat=True))
    assert targets == {"甲市示例镜片有限公司", "乙市示例光学集团", "丙市示例电池有限公司"}
    state = TargetFirmState.objects.filter(target__firm__states__name="甲市示例镜片有限公司").get()
    assert state.product_id and state.wanted == "示例镜片" and state.sentence
    act = Act.objects.get(verb="adopt_document")
    assert subject_key("chain", chain.chain_id) in act.subjects


def test_a_second_plan_joins_what_is_there(city, at):
    first = imported(city, at)
    accept_all(city, first, at)
    adopt_document(document=first.key, by=city.people["office"], at=at)
    again = imported(city, at, PLAN.replace("示例检测仪", "示例测距仪"), "修订.txt")
    accept_all(city, again, at)
    adopt_document(document=again.key, by=city.people["office"], at=at)
    assert IndustrialChainState.objects.open().count() == 1
    assert SegmentState.objects.open().count() == 2
    assert ProductState.objects.open().count() == 5
    assert TargetFirm.objects.count() == 3 and Making.objects.count() == 0


SEED = Path(__file__).parents[4] / "shared" / "seeds" / "gazette-equipment-2022.txt"


@pytest.mark.skipif(not SEED.exists(), reason="the seed texts are not here")
def test_the_equipment_plan_arrives_whole(city, at):
    document = import_document(
        name=SEED.name, data=SEED.read_bytes(), city=city.key, unit=city.units["市商务局"],
        progress=lambda *_: None, by=city.people["office"], at=at,
    )  # fmt: skip
    kinds = Counter(ReviewCard.objects.filter(document=document.key).values_list("kind", flat=True))
    assert (kinds["segment"], kinds["target_firm"], kinds["project"]) == (30, 14, 34)
    accept_all(city, document, at)
    adopt_document(document=document.key, by=city.people["office"], at=at)
    assert IndustrialChainState.objects.count() == 6
    assert SegmentState.objects.count() == 30
    assert TargetFirm.objects.count() == 42
    assert PlanMention.objects.count() == 34
