"""The monthly report composed from rows made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from luodi.papers.rules import snapshot
from luodi.papers.rules.snapshot import Heading, Paragraph, Table
from luodi.reports.rules import (
    MeasureLine,
    Month,
    OpenItem,
    ReportedFigure,
    UnitTally,
    UnitWords,
    chinese,
    compose,
    own_places,
)

SAID = UnitWords("r1", "u1", "市工信局", "完成选址。\n启动设计。", problem="用地指标不足")
QUIET = UnitWords("r2", "u2", "市统计局", "", nothing_new="等待批复")
MONTH = Month(
    round="r",
    plan="p",
    plan_title="示例工作方案",
    year=2026,
    period="2026-03",
    period_label="2026年3月",
    today=date(2026, 3, 31),
    office="示例专班办公室",
    measures=(
        MeasureLine("m1", "1. 建设中试基地", ("（一）做强产业",), "red", date(2026, 6, 30), (SAID,),
                    (ReportedFigure("完成投资", "12.50", "亿元", "市工信局", "r1"),), ("甲县",)),
        MeasureLine("m2", "完善统计台账", ("（二）夯实基础",), "none", None, (QUIET,)),
    ),
    units=(UnitTally("u1", "市工信局", 2, 1, 1, False), UnitTally("u3", "甲县", 1, 0, 0, True)),
    items=(OpenItem("i", "督〔2026〕1号", "协调用地", "市自然资源局", "yellow",
                    datetime(2026, 4, 1, 16, 30, tzinfo=UTC)),),
)  # fmt: skip


def printed(content) -> str:
    lines = []
    for block in content.blocks:
        if isinstance(block, Heading):
            lines.append(block.text)
        elif isinstance(block, Paragraph):
            lines.append("".join(run.text for run in block.runs))
        elif isinstance(block, Table):
            lines += ["|".join("".join(r.text for r in c) for c in row) for row in block.rows]
    return "\n".join(lines)


TEXT = printed(compose(MONTH, {}))


@pytest.mark.parametrize(
    "line",
    [
        "一、总体情况",
        "截至2026年3月31日，《示例工作方案》共有工作举措2项。本期应报进展3份，已报送1份，已采用1份，"
        "未报送2份。按时限亮灯：红灯1项、黄灯0项、绿灯0项、办结0项、未亮灯1项。",
        "（一）做强产业",
        "1. 建设中试基地",
        "市工信局：完成选址。\n启动设计。",
        "主要数据：完成投资12.50亿元（市工信局）。",
        "本期尚无已采用进展的单位：甲县。",
        "市统计局：本期无新进展：等待批复",
        "1. 市工信局（建设中试基地）：用地指标不足",
        "督〔2026〕1号|协调用地|市自然资源局|2026-04-02|黄灯",
        "尚未设定完成时限的举措有1项，请责任单位尽快明确：完善统计台账。",
        "未报齐的单位：市工信局、甲县；迟报的单位：甲县。",
        "甲县|1|0|0|1",
    ],
)
def test_the_report_says(line):
    assert line in TEXT


def test_a_measure_without_a_deadline_is_never_green():
    assert "绿灯0项" in TEXT and "未亮灯1项" in TEXT


def test_the_consolidated_report_stands_for_its_parts():
    whole = replace(SAID, report="r9", unit_name="开发区管委会", said="汇总稿。", consolidates=True)
    row = replace(MONTH.measures[0], words=(SAID, whole))
    text = printed(compose(replace(MONTH, measures=(row,)), {}))
    assert "开发区管委会（牵头汇总）：汇总稿。" in text and "市工信局：完成选址。" not in text


def test_the_offices_own_words_stand_in_their_places():
    own = {place.key: f"自写{n}" for n, place in enumerate(own_places(MONTH))}
    lines = printed(compose(MONTH, own)).splitlines()
    order = [lines.index(f"自写{n}") for n in range(len(own))]
    assert order == sorted(order)
    assert lines.index("（一）做强产业") + 1 == lines.index("自写1")


def test_title_and_recipients_may_be_changed_by_the_office():
    head = compose(MONTH, {"title": "三月情况", "report_to": "市领导"}).head
    assert (head.title, head.report_to) == ("三月情况", "市领导")


def test_every_figure_names_its_source():
    content = snapshot.read(snapshot.freeze(compose(MONTH, {}))[0])
    kinds = {f.source.split(":")[0] for f in snapshot.figures_of(content).values()}
    assert kinds == {"plan", "round", "report", "item"}


def test_units_words_carry_whose_they_are():
    content = compose(MONTH, {"overview": "办公室写的。"})
    voices = {(b.voice, b.unit_name) for b in content.blocks if isinstance(b, Paragraph)}
    assert voices == {("office", ""), ("unit", "市工信局"), ("unit", "市统计局")}


def test_an_empty_month_is_still_a_report():
    empty = replace(MONTH, measures=(), units=(), items=())
    text = printed(compose(empty, {}))
    assert "共有工作举措0项" in text and "二、" not in text


def test_chinese_numbers():
    assert [chinese(n) for n in (1, 10, 11, 20, 21)] == ["一", "十", "十一", "二十", "二十一"]


def test_no_heading_stands_without_a_sentence():
    rows = (MeasureLine("m3", "3. 甲", light="done"), MeasureLine("m4", "4. 乙"))
    lines = printed(compose(replace(MONTH, measures=rows), {})).splitlines()
    assert lines[lines.index("1. 甲") + 1] == "已办结。"
    assert lines[lines.index("2. 乙") + 1] == "本期没有应报的进展。"
