"""The page 统计, benchmarks of adopted documents, kept questions, small charts."""

from __future__ import annotations

import re
from datetime import timedelta

from factories.figures import defined, reported
from factories.reading import adopted
from luodi.analysis.actions import adopt_benchmarks, keep_question, release_figures
from luodi.analysis.models import Benchmark, Question
from luodi.analysis.queries.benchmarks import benchmarks
from luodi.analysis.queries.releases import last_position
from luodi.audit.actions import perform
from luodi.common.doors import AdoptedDocument
from luodi.common.moments import Moment
from luodi.indicators.actions import ask_unit
from luodi.orgs.queries import viewer_of_person

PLACES = """示例市人民政府办公室文件

示政办〔2026〕9号

示例市人民政府办公室
关于印发示例市开发区提升方案的通知

各县（市、区）人民政府，市直各有关单位：
《示例市开发区提升方案》已经市人民政府同意，现印发给你们，请认真抓好落实。

示例市人民政府办公室
2026年2月6日

示例市开发区提升方案

一、发展现状
各开发区主要指标对比见表1。

表1 2025年各开发区主要经济指标
| 开发区 | 规上工业总产值（亿元） | 实际使用外资（万美元） |
|---|---|---|
| 青山经济技术开发区 | 512.3 | 1200 |
| 绿水经济技术开发区 | 430.5 | 800 |
| 示例经济技术开发区 | 350.2 | 950 |

二、主要任务
（一）用好园区
1.建立企业档案。建设园区企业信息平台，按季更新。（责任单位：市统计局）
"""


def test_the_page_says_what_is_missing_what_is_red_and_what_was_released(city, at, sign_in):
    key = defined(city, at, "园区总产值")
    for unit in ("甲县", "乙县"):
        ask_unit(indicator=key, unit=city.units[unit], subject="", by=city.people["office"], at=at)
    reported(city, at, "甲县", "2026-02", {key: "10"})
    page = sign_in("office").get("/analysis/").content.decode()
    assert "乙县" in page and "还没有发布过" in page
    release_figures(
        city=city.key, label="二月产值", purpose="dispatch", basis="units", indicators=[key],
        units=[], periods=["2026-02"], position=last_position(), by=city.people["office"], at=at,
    )  # fmt: skip
    client = sign_in("leading_group")
    assert "二月产值" in client.get("/analysis/").content.decode()
    assert client.get("/analysis/?export=xlsx").status_code == 200
    assert "乙县" not in sign_in("clerk").get("/analysis/").content.decode()


def test_the_series_of_the_year_are_drawn_for_those_who_may_read_them(city, at, sign_in):
    key = defined(city, at, "园区总产值")
    for month, figure in (("2026-01", "10"), ("2026-02", "21.5")):
        reported(city, at, "甲县", month, {key: figure})
    assert "本年走势" not in sign_in("office").get("/analysis/").content.decode()
    reported(city, at, "甲县", "2026-03", {key: "33"})
    page = sign_in("office").get("/analysis/").content.decode()
    assert "本年走势" in page and "2026年3月" in page and "33" in page
    assert page.count('class="chart small"') == 1
    address = re.search(r'href="(/analysis/course/[^"]+)"', page)[1].replace("&amp;", "&")
    assert sign_in("office").get(address).status_code == 200
    assert "本年走势" not in sign_in("clerk").get("/analysis/").content.decode()


def test_what_an_adopted_document_states_of_zones_comes_in_with_its_sentence(city, at, sign_in):
    adopted(city, at, PLACES)
    found = {(row.place, row.name): row for row in Benchmark.objects.all()}
    row = found["青山经济技术开发区", "规上工业总产值"]
    assert (row.amount, row.scale, row.measured_in, row.period) == (5123, 1, "亿元", "2025")
    assert row.sentence.split(":")[0] and row.title
    page = sign_in("clerk").get("/analysis/benchmarks/").content.decode()
    assert "绿水经济技术开发区" in page and "430.5" in page and "/sentence/" in page


def test_figures_that_contradict_each_other_stand_side_by_side(city, at, sign_in):
    key = defined(city, at, "规上工业总产值", period_kind="year")
    reported(city, at, "开发区管委会", "2025", {key: "351"})
    adopted(city, at, PLACES)
    document = AdoptedDocument("d2", "另一份综述", "", "", "", city.key, "0" * 64)
    stated = [
        {"name": "规上工业总产值", "entity": "青山经济技术开发区", "value": "5123000",
         "unit": "万元", "period": "2025", "kind": "actual", "span": [0, 5]},
        {"name": "规上工业总产值", "entity": "绿水经济技术开发区", "value": "441",
         "unit": "亿元", "period": "2025", "kind": "actual", "span": [5, 9]},
        {"name": "规上工业总产值", "entity": "", "value": "若干", "unit": "亿元", "period": "",
         "kind": "actual", "span": [9, 12]},
    ]  # fmt: skip
    by = city.people["office"]
    with perform("adopt_document", by=by, at=at, scope={"city": city.key}) as deed:
        adopt_benchmarks(
            cards=[], deed=deed, document=document, context={"stated": stated}, by=by, at=at
        )
    rows = benchmarks(viewer_of_person(city.people["office"]), Moment(at + timedelta(days=1)))
    output = {(r.place, r.title == "另一份综述"): r for r in rows if r.name == "规上工业总产值"}
    assert not output["青山经济技术开发区", True].apart, "万元 and 亿元 compare"
    assert output["绿水经济技术开发区", False].apart
    assert "441亿元（另一份综述）" in output["绿水经济技术开发区", False].others
    own = output["示例经济技术开发区", False]
    assert own.apart and own.own == "351.00亿元（调度）" and own.figure == "350.2"
    assert len(output) == 5, "what can't be read as a number stays in its document"
    page = sign_in("office").get("/analysis/benchmarks/").content.decode()
    assert "不一致" in page and "351.00亿元（调度）" in page


def test_a_question_is_kept_under_a_name_and_dropped(city, at, sign_in):
    key = defined(city, at, "园区总产值")
    client = sign_in("clerk")
    sent = {"indicator": key, "from": "2026-01", "to": "2026-02", "title": " 产值 "}
    page = client.post("/analysis/questions/keep/", sent, follow=True).content.decode()
    assert "已存入我的查询" in page and f"indicator={key}" in page
    keep_question(title="产值", address="x=1", by=city.people["clerk"], at=at)
    assert Question.objects.get().address == "x=1", "one name, one question"
    assert "产值</a>" not in sign_in("office").get("/analysis/pivot/").content.decode()
    assert client.post("/analysis/questions/keep/", {**sent, "title": " "}).status_code == 422
    sign_in("office").post("/analysis/questions/drop/", {"title": "产值"})
    assert Question.objects.count() == 1
    client.post("/analysis/questions/drop/", {"title": "产值"})
    assert not Question.objects.exists()


def test_small_charts_share_a_scale_and_stand_above_the_same_figures(city, at, sign_in):
    key = defined(city, at, "园区总产值")
    for unit, figures in {"甲县": ("10", "20"), "乙县": ("100", "")}.items():
        for period, figure in zip(("2026-01", "2026-02"), figures, strict=True):
            reported(city, at, unit, period, {key: figure})
    query = f"indicator={key}&from=2026-01&to=2026-02"
    client = sign_in("office")
    page = client.get(f"/analysis/pivot/?{query}&draw=1").content.decode()
    assert page.count("<svg") == 2 and "style=" not in page and "20.00" in page
    assert "<svg" not in client.get(f"/analysis/pivot/?{query}").content.decode()
    assert "<svg" not in client.get(f"/analysis/pivot/?{query}&draw=1&across=unit").content.decode()
