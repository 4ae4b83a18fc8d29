"""Outlines: labels, head matter, parts, boxes, tables."""

from __future__ import annotations

import pytest

from luodi.kit.layout import lay_out
from luodi.kit.layout.labels import number_of
from luodi.kit.outlines import (
    find_boxes,
    find_tables,
    label_at,
    level_of,
    read_head,
    shift_of,
    split_documents,
    split_parts,
    title_of,
)


@pytest.mark.parametrize(
    ("text", "form", "number"),
    [
        ("一、总体", "one", 1), ("十二、其他", "one", 12), ("（二十一）做好", "two", 21),
        ("(三)做好", "two", 3), ("3.做好", "three", 3), ("3．做好", "three", 3),
        ("3、做好", "three", 3), ("2.9月底前", "three", 2), ("（4）做好", "four", 4),
        ("4）做好", "four", 4), ("⑤做好", "circle", 5), ("第二章 做好", "chapter", 2),
        ("第十节 做好", "section", 10), ("三是做好", "is", 3),
    ],
)  # fmt: skip
def test_labels_have_a_form_and_a_number(text: str, form: str, number: int) -> None:
    label = label_at(text)
    assert label is not None and (label.form, label.number) == (form, number)


@pytest.mark.parametrize(
    "text", ["3.5亿元", "一二三产业", "一、二、三产业", "2025年", "三是否", "说"]
)
def test_what_only_looks_like_a_label_is_none(text: str) -> None:
    assert label_at(text) is None


def test_a_label_without_a_number_is_zero() -> None:
    assert number_of("是") == 0


def test_chapters_push_the_other_levels_down() -> None:
    assert level_of("one", shift_of([])) == 1
    assert level_of("one", shift_of(["chapter"])) == 2
    assert level_of("three", shift_of(["chapter", "section"])) == 5
    assert (level_of("chapter", 2), level_of("section", 2)) == (1, 2)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("1.优化布局。支持各区。", "优化布局"),
        ("1.优化布局", "优化布局"),
        ("1.优化布局：支持各区结合自身条件。", "优化布局"),
        ("1.优化布局；", "优化布局"),
        ("1. 优化布局 。", "优化布局"),
    ],
)
def test_titles_end_at_the_first_stop(text: str, title: str) -> None:
    start, end = title_of(text, 2)
    assert text[start:end] == title


def head(text: str):  # type: ignore[no-untyped-def]
    return read_head(lay_out(text).paragraphs)


def test_a_notice_that_carries_a_plan_gives_the_plans_title() -> None:
    one = head(
        "示例市人民政府文件\n示政发〔2023〕1 2号\n示例市人民政府关于印发《示例市节水行动方案》的通知\n"
        "各县区人民政府：\n现印发给你们。\n示例市人民政府\n2023年6月1日\n示例市节水行动方案\n一、目标\n"
    )
    assert (one.title, one.kind, one.issuer) == ("示例市节水行动方案", "行动方案", "示例市人民政府")
    assert one.date == "2023-06-01"
    assert one.notice and one.notice.addressees == "各县区人民政府"
    assert one.notice.title == "示例市人民政府关于印发《示例市节水行动方案》的通知"


def test_joint_issuers_are_all_named() -> None:
    one = head(
        "关于开展联合检查的通知\n各县区：\n请抓好落实。\n示例市水利局\n示例市财政局\n2023年6月\n"
    )
    assert (one.issuer, one.date) == ("示例市水利局、示例市财政局", "2023-06")


@pytest.mark.parametrize(
    ("date", "iso"),
    [
        ("二〇二五年十一月二十三日", "2025-11-23"),
        ("二○二五年十月十日", "2025-10-10"),
        ("2025年13月1日", ""),
        ("（2025年3月9日）", "2025-03-09"),
        ("示例市水利局2025年3月9日", "2025-03-09"),
    ],
)
def test_dates_in_figures_and_in_chinese(date: str, iso: str) -> None:
    assert head(f"示例市工作要点\n一、目标\n很好。\n{date}\n").date == iso


def test_issuer_and_date_come_from_the_last_line_or_the_red_head_where_unsigned() -> None:
    one = head(
        "示例县人民政府办公室文件\n示例县工作要点\n一、目标\n很好。\n示例县档案局  2024年5月6日印发"
    )
    assert (one.issuer, one.date) == ("示例县人民政府办公室", "2024-05-06")
    two = head("示例县工作要点\n一、目标\n很好。\n示例县档案局  2024年5月6日印发")
    assert two.issuer == "示例县档案局"
    three = head("示例县人民政府关于节水的意见\n一、目标\n很好。")
    assert (three.issuer, three.title) == ("示例县人民政府", "示例县人民政府关于节水的意见")


def test_a_text_without_head_matter_has_none() -> None:
    one = head("今天天气很好，大家都出来了。\n一、目标\n很好。")
    assert (one.title, one.number, one.issuer, one.date, one.notice) == ("", "", "", "", None)


def test_numbers_quoted_in_a_sentence_are_not_the_documents_own() -> None:
    assert (
        head("示例县工作要点\n根据《关于节水的意见》（示政发〔2021〕3号）\n一、目标\n").number == ""
    )


TWO = (
    "示政发〔2023〕1号\n示例市关于甲事的通知\n各县区：\n请办。\n一、甲\n做甲事。\n二、乙\n做乙事。\n示例市人民政府\n2023年1月1日\n"
    "示例市人民政府文件\n示政发〔2023〕2号\n示例市关于丙事的通知\n各县区：\n请办。\n一、丙\n做丙事。\n2023年1月2日\n"
)


def test_a_second_number_line_begins_a_second_document() -> None:
    paragraphs = lay_out(TWO).paragraphs
    first, second = split_documents(paragraphs)
    assert paragraphs[second.start].text == "示例市人民政府文件"
    assert first.stop == second.start


def test_parts_are_head_body_appendix_tail() -> None:
    text = (
        "示例市方案\n一、甲\n做甲事。\n二、乙\n做乙事。\n三、丙\n附件：1.名单\n2.表格\n附件1\n名单\n附件2\n表格\n"
        "抄送：市委办。\n示例市水利局 2024年1月1日印发"
    )
    paragraphs = lay_out(text).paragraphs
    parts = split_parts(paragraphs, range(len(paragraphs)))
    assert [paragraphs[one.start].text for one in parts.appendices] == ["附件1", "附件2"]
    assert paragraphs[parts.tail.start].text.startswith("抄送")
    assert paragraphs[parts.body.start].text == "一、甲"
    assert parts.whole == range(len(paragraphs))


def test_a_box_runs_while_its_labels_count_on() -> None:
    text = "一、重点\n专栏1 示范工程\n（一）甲工程\n修路。\n1.先修东路\n（二）乙工程：架桥。\n二、保障\n"
    paragraphs = lay_out(text).paragraphs
    (box,) = find_boxes(paragraphs, range(len(paragraphs)))
    assert (box.label, box.title, len(box.items)) == ("专栏1", "示范工程", 2)
    assert [paragraphs[n].text for n in box.items[0]] == ["（一）甲工程", "修路。", "1.先修东路"]


def test_tables_have_caption_header_rows_and_problems() -> None:
    text = "表 2 进度\n项目\t单位\t进度\n路\t公里\t5\n桥\t座\n正文。"
    paragraphs = lay_out(text).paragraphs
    (table,) = find_tables(paragraphs, range(len(paragraphs)))
    assert (table.label, table.title) == ("表2", "进度")
    assert table.header == ("项目", "单位", "进度")
    barred = lay_out("| 甲 | 乙 |\n| 1 | 2 |\n").paragraphs
    (second,) = find_tables(barred, range(len(barred)))
    assert second.rows == (("1", "2"),)


CITIES = (
    "表3 2019年和2024年示例省主要城市财政收入及排名\n"
    "城市\t2019年（亿元）\t排名\t2024年（亿元）\t排 名\n"
    "青河市\t120.5\t1\t180\t1\n云岭市\t98\t2\t-\t\n柳湾市\t66\t3\t101\t2\n"
)


def test_columns_say_what_they_count_in_which_unit_and_year() -> None:
    paragraphs = lay_out(CITIES).paragraphs
    (table,) = find_tables(paragraphs, range(len(paragraphs)))
    facts = [(one.kind, one.what, one.unit, one.year) for one in table.columns]
    assert facts == [
        ("name", "城市", "", ""),
        ("value", "财政收入", "亿元", "2019"),
        ("rank", "财政收入排名", "位", "2019"),
        ("value", "财政收入", "亿元", "2024"),
        ("rank", "财政收入排名", "位", "2024"),
    ]


def test_every_cell_has_its_place_in_the_source() -> None:
    paragraphs = lay_out(CITIES).paragraphs
    (table,) = find_tables(paragraphs, range(len(paragraphs)))
    for n, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            span = table.cell_span(n, column)
            assert (CITIES[slice(*span)] if span else "") == cell
    assert table.cell_span(1, 4) is None
    assert table.cell_span(1, 9) is None
