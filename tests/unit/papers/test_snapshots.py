"""The shape of a snapshot, its digest, and the reading of a notice's plain text."""

from __future__ import annotations

import pytest

from factories.papers import frozen_report, small_report
from luodi.common.refusals import Refusal
from luodi.papers.rules import snapshot
from luodi.papers.rules.notices import compose_notice
from luodi.papers.rules.snapshot import Content, Heading, Paragraph, Table, figure, text


def test_freezing_numbers_the_figures_in_reading_order():
    figures = snapshot.figures_of(frozen_report())
    assert list(figures) == [f"f{n}" for n in range(1, 8)]
    assert figures["f3"].text == "1,234.50亿元"


def test_the_same_content_has_the_same_digest_and_another_has_another():
    once, again = (snapshot.freeze(small_report())[0] for _ in range(2))
    other, _n = snapshot.freeze(small_report(said="本月新增规上企业4家。"))
    assert snapshot.digest(once) == snapshot.digest(again) != snapshot.digest(other)


def test_a_frozen_content_reads_back_and_freezes_to_itself():
    plain, _n = snapshot.freeze(small_report())
    assert snapshot.freeze(snapshot.read(plain))[0] == plain


def test_control_and_direction_marks_are_taken_out_and_counted():
    plain, removed = snapshot.freeze(small_report(said="进展\x00顺利\u202e，\x0b按期。"))
    assert removed == 3
    assert "进展顺利，按期。" in str(plain)


def test_a_row_that_does_not_fit_its_head_is_refused():
    table = Table(caption="表", head=("甲", "乙"), rows=(((text("1"),),),))
    content = small_report().model_copy(update={"blocks": (table,)})
    with pytest.raises(Refusal, match="列数不同"):
        snapshot.freeze(content)


def test_a_figure_without_a_source_is_refused():
    plain, _n = snapshot.freeze(small_report())
    plain["blocks"][1]["runs"][1]["source"] = ""
    with pytest.raises(Refusal, match="不合格式"):
        snapshot.read(plain)


def test_a_negative_figure_has_a_true_minus():
    assert figure("同比", "-3.2", "report:1", "%").text == "\u22123.2%"


def notice(body: str, **other: str) -> Content:
    return compose_notice({"title": "关于示例的通知", "body": body, **other}, "示例局", 2026)


def test_headings_of_a_notice_are_told_by_their_labels():
    blocks = notice("开头一段。\n\n一、报送内容\n（一）范围\n1. 一般段落。").blocks
    assert [type(b).__name__ for b in blocks] == ["Paragraph", "Heading", "Heading", "Paragraph"]
    assert [b.level for b in blocks if isinstance(b, Heading)] == [1, 2]


def test_a_run_in_heading_is_set_apart_from_its_text():
    (block,) = notice("（一）报送范围。各成员单位都报。").blocks
    assert isinstance(block, Paragraph)
    assert [(r.text, r.face) for r in block.runs] == [
        ("（一）报送范围。", 2),
        ("各成员单位都报。", 0),
    ]


def test_attachments_lose_their_typed_numbers():
    head = notice("正文。", attachments="附件：1. 报送表\n2、名单\n\n", addressees="各单位：").head
    assert head.attachments == ("报送表", "名单")
    assert head.addressees == "各单位"


def test_too_much_of_anything_is_refused_in_words():
    with pytest.raises(Refusal, match="不合格式"):
        notice("字\n" * 6000)
