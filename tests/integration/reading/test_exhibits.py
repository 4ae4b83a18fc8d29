"""Tables, boxes and every kind of card as the room shows and corrects them."""

from __future__ import annotations

import pytest

from factories.reading import PLAN, imported
from luodi.reading.models import Compilation, ReviewCard
from luodi.reading.queries import reading_room
from luodi.reading.rules.exhibits import exhibits_of

TABLE = """
表1　主要指标表

指标	单位	2025年	2027年
工业总产值	亿元	320	360
亩均税收	万元		18
入驻企业	家	240	300	另计
研发投入	亿元	3.2

三、保障措施"""


@pytest.fixture
def document(city, at):
    return imported(city, at, PLAN.replace("\n三、保障措施", TABLE))


def tab(client, document) -> str:
    return client.get(f"/documents/{document.key}/?tab=exhibits").content.decode()


def test_a_table_shows_as_a_table_and_what_is_not_there_is_said(document, sign_in):
    page = tab(sign_in("office"), document)
    assert '<table class="as-read">' in page and "主要指标表" in page
    assert page.count('<td class="empty">') == 1 and "没有填补" in page
    assert page.count('<td class="missing">') == 1 and "缺格" in page
    assert page.count('<td class="extra">') == 1 and "多出" in page
    assert "格数与表头不同" in page
    assert page.count("<th scope") == 5


def test_a_table_and_its_place_light_each_other_up(document, sign_in):
    page = tab(sign_in("office"), document)
    assert 'data-token="t0"' in page and 'data-t="t0"' in page


def test_boxes_and_policies_are_shown_too():
    content = {
        "documents": [
            {
                "tables": [],
                "boxes": [
                    {"label": "专栏1", "title": "重点工程", "items": ["甲", "乙"], "span": [9, 20]}
                ],
                "policies": [{"name": "若干政策", "articles": 12, "span": [2, 8]}],
            }
        ]
    }
    shown = exhibits_of(content)
    assert [(one.token, one.kind, one.start) for one in shown] == [
        ("p0", "policies", 2),
        ("b0", "boxes", 9),
    ]


def test_an_empty_tab_says_what_belongs_there(city, at, sign_in):
    assert "照原样列出" in tab(sign_in("office"), imported(city, at))


def saved(client, card: ReviewCard, **fields: str) -> str:
    address = f"/documents/{card.document_id}/cards/{card.pk}/edit/"
    sent = {"version": card.version, **fields}
    answer = client.post(address, sent, headers={"HX-Request": "true"})
    card.refresh_from_db()
    return answer.content.decode()


def test_an_indicator_shows_all_that_was_read_and_is_corrected_in_words(city, document, sign_in):
    office = sign_in("office")
    card = ReviewCard.objects.filter(document=document, kind="indicator", data__unit="亿元").first()
    shown = office.get(f"/documents/{document.key}/cards/{card.pk}/").content.decode()
    for word in ("要求", "≥ 120 亿元", "主体", "时期", "2027", "性质"):
        assert word in shown
    good = {"name": "总产值", "comparator": ">=", "value": "120", "unit": "亿元", "period": "2027"}
    assert "请写成数字" in saved(office, card, **good | {"value": "一百二"})
    assert "小数最多 6 位" in saved(office, card, **good | {"value": "1.1234567"})
    assert "要大于目标值" in saved(office, card, **good | {"value_to": "100"})
    saved(office, card, **good | {"value_to": "150.0", "nature": "预期性"})
    assert (card.data["value_to"], card.data["nature"]) == ("150", "预期性")
    saved(office, card, **good)
    assert card.data["value_to"] is None and card.data["nature"] is None
    assert "–" not in office.get(f"/documents/{document.key}/cards/{card.pk}/").content.decode()


def test_a_projects_money_has_a_figure_and_a_unit_or_neither(city, document, sign_in):
    office = sign_in("office")
    data = {"name": "物流园", "investment": {"value": "3.5", "unit": "亿元"}, "box": "专栏1"}
    card = ReviewCard.objects.create(
        document=document, city=city.key, order=99, kind="project", start=0, end=5,
        data=data, original=data,
    )  # fmt: skip
    shown = office.get(f"/documents/{document.key}/cards/{card.pk}/").content.decode()
    assert "3.5 亿元" in shown and "专栏1" in shown
    assert "就要写计量单位" in saved(office, card, name="物流园", investment_value="4")
    assert "就要写投资的数字" in saved(office, card, name="物流园", investment_unit="亿元")
    saved(office, card, name="物流园", investment_value="4.20", investment_unit="亿元")
    assert card.data == data | {"investment": {"value": "4.2", "unit": "亿元"}}
    saved(office, card, name="物流园")
    assert card.data["investment"] is None


def test_a_system_says_whether_it_is_to_be_built(document, sign_in):
    card = ReviewCard.objects.filter(document=document, kind="system").first()
    page = sign_in("office").get(f"/documents/{document.key}/cards/{card.pk}/").content.decode()
    assert "要建" in page


def test_what_another_reader_leaves_out_is_no_fault(city, at, document):
    from luodi.common.moments import Moment
    from luodi.orgs.queries import viewer_of

    content = Compilation.objects.get(document=document).content
    for one in content["documents"]:
        one.pop("policies", None)
    assert exhibits_of(content)
    assert reading_room(viewer_of(city.accounts["office"]), document.key, Moment(at)).exhibits
