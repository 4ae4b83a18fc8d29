"""Layout: lines joined, page furniture apart, bold doubles undone, nothing lost."""

from __future__ import annotations

import pytest

from luodi.kit.layout import Layout, lay_out, lost
from luodi.kit.layout.blocks import Leaf


def words(text: str) -> list[str]:
    layout = lay_out(text)
    assert lost(layout, text) == ()
    return [paragraph.text for paragraph in layout.paragraphs]


WRAPPED = """　　为推动全镇农田水利设施管护走上正轨，保障春灌用水，
制定本方案，请各村认真对照执行，不得推诿，不得走过
场。
　　一、工作目标
　　用两年时间完成全部支渠清淤，让每一块水浇地都能按
时浇上水，全镇节水灌溉面积占比明显提高。
"""


def test_hard_wrapped_lines_become_paragraphs() -> None:
    first, heading, last = words(WRAPPED)
    assert first.endswith("不得走过场。")
    assert heading == "一、工作目标"
    assert last.startswith("用两年时间") and last.endswith("明显提高。")


def test_blank_lines_between_wrapped_lines_change_nothing() -> None:
    flush = "\n\n".join(line.strip("　") for line in WRAPPED.splitlines())
    assert words(flush) == words(WRAPPED)


def test_a_paragraph_cut_by_a_page_number_is_one_paragraph_with_two_parts() -> None:
    text = WRAPPED.replace(
        "完成全部支渠清淤，让每一块水浇地都能按\n",
        "完成全部支渠清淤，让每一块水浇地都能按\n— 2 —\n\f",
    )
    layout = lay_out(text)
    assert lost(layout, text) == ()
    assert [text[a:b] for a, b in layout.furniture] == ["— 2 —"]
    cut = layout.paragraphs[-1]
    assert "都能按时浇上水" in cut.text
    assert len(layout.parts(cut.span)) == 2


@pytest.mark.parametrize("number", ["- 3 -", "第 3 页", "第3页 共9页", "3/9", "— 3 —"])
def test_page_numbers_are_furniture(number: str) -> None:
    layout = lay_out(f"第一行说的是一件事。\n{number}\n第二行说的是另一件事。")
    assert len(layout.furniture) == 1


def test_bare_figures_are_page_numbers_only_where_they_count_pages() -> None:
    text = "第一页的话说完了。\n1\n\f第二页的话说完了。\n2\n\f第三页。\n7\n又一行。"
    assert [text[a:b] for a, b in lay_out(text).furniture] == ["1", "2"]


def test_running_heads_that_cut_a_sentence_are_furniture() -> None:
    head = "示例市人民政府公报二〇二四年第三期"
    body = "这一段话很长很长，一直写到这一页的最末一行还没有说完，于是\n"
    text = f"{body}{head}\n接着写在下一页的开头，又写了很长的一段话，直到写满整\n{head}\n第三页也是同样的情形，话没有说完就到了页尾，只好接着在下\n{head}\n一页里停下来，终于说完了全部的话，一个字也没有漏掉，很好。"
    layout = lay_out(text)
    assert [text[a:b] for a, b in layout.furniture] == [head, head, head]


def test_letter_spaced_words_close_up_and_names_keep_their_distance() -> None:
    assert words("工 作 方 案") == ["工作方案"]
    assert words("成 员：示 例  市水利局局长") == ["成员：示例 市水利局局长"]
    assert words("组\u3000长：示例-01\u3000\u3000副市长") == ["组长：示例-01 副市长"]


def test_blanks_beside_figures_go() -> None:
    assert words("2025 年 2 月共 12 个 ＡＢ１％") == ["2025年2月共12个AB1%"]


def test_doubled_bold_is_read_once() -> None:
    text = "（（二二））主要任务主要任务"
    layout = lay_out(text)
    assert [one.text for one in layout.paragraphs] == ["（二）主要任务"]
    assert "".join(text[a:b] for a, b in layout.repeats) == "（二）主要任务"
    assert lost(layout, text) == ()


def test_a_run_in_heading_printed_twice_is_read_once() -> None:
    line = "（（一一））清淤支渠清淤支渠。。十月底前完成全部支渠清淤。"
    assert words(line) == ["（一）清淤支渠。十月底前完成全部支渠清淤。"]


NOTICE = """示例镇人民政府
关于印发农田水利管护方案的通知
各村：
现印发给你们。
示例镇人民政府
2024年3月1日
"""


def test_a_notice_inside_a_sentence_stands_apart() -> None:
    text = f"（一）用两年时间完成全部支渠清淤，让每一块水浇\n{NOTICE}地都能按时浇上水。\n"
    layout = lay_out(text)
    assert lost(layout, text) == ()
    first = layout.paragraphs[0]
    assert first.text == "（一）用两年时间完成全部支渠清淤，让每一块水浇地都能按时浇上水。"
    assert "".join(text[a:b] for a, b in layout.parts(first.span)).count("通知") == 0


def test_a_notice_between_two_paragraphs_stays_where_it_is() -> None:
    layout = lay_out(f"一、工作目标。\n{NOTICE}二、工作措施。\n")
    assert layout.notices == ()


def test_a_word_that_only_looks_doubled_stays() -> None:
    assert words("（（一）注") == ["（（一）注"]


def test_a_table_of_contents_is_set_apart() -> None:
    text = "目 录\n第一章 现状\t1\n第二章 任务\t4\n第一章 现状\n已经讲清楚了。\n第二章 任务\n要抓紧做。"
    kinds = [one.kind for one in lay_out(text).paragraphs]
    assert kinds[:3] == ["contents"] * 3 and "contents" not in kinds[3:]


def test_leaders_make_contents_without_their_heading() -> None:
    text = "第一章 现状......1\n第二章 任务......4\n第三章 保障......9\n正文开始。"
    assert [one.kind for one in lay_out(text).paragraphs][:3] == ["contents"] * 3


def test_rows_stay_lines_of_their_own() -> None:
    text = "单位\t任务\t时限\n水利局\t清淤\t五月\n"
    assert [one.kind for one in lay_out(text).paragraphs] == ["row", "row"]
    two = "单位\t任务\n水利局\t清淤\n"
    assert [one.kind for one in lay_out(two, (), [(0, len(two))]).paragraphs] == ["row", "row"]


def test_a_document_in_one_line_is_cut_at_its_labels() -> None:
    filler = "各村要按时完成各项任务，做到底数清、责任明、进度快，确保群众满意。" * 8
    text = f"示例镇工作要点一、清淤（一）干渠1.查底数。{filler}2.列清单。{filler}（二）支渠。{filler}二、管护。{filler}"
    starts = [one.text[:4] for one in lay_out(text).paragraphs]
    assert starts[1:] == ["一、清淤", "（一）干", "1.查底", "2.列清", "（二）支", "二、管护"]


def test_an_open_bracket_holds_the_lines_together() -> None:
    text = "1.修路。三年修路六百公里。（责任单位：市交通\n局、市农业\n农村局）"
    assert len(words(text)) == 1


def test_offsets_lead_back_to_the_source() -> None:
    text = "　　从 2025 年起，每 年\n开展一次。"
    layout = lay_out(text)
    for one in layout.paragraphs:
        for n, sign in enumerate(one.text):
            assert text[one.at(n)] == sign
    assert repr(layout.paragraphs[0]).startswith("Paragraph(")


def test_a_layout_that_loses_or_counts_twice_is_found_out() -> None:
    whole = lay_out("甲乙丙")
    assert lost(Layout(3, (), (), ()), "甲乙丙") == ((0, 3),)
    assert lost(Layout(3, whole.paragraphs, ((1, 2),), ()), "甲乙丙")
    assert lost(Layout(2, (), (), ()), "\u3000\n\n")
    assert Leaf("space", 0, 3) in Layout(3, (), (), ()).leaves()


def test_empty_text_has_an_empty_layout() -> None:
    assert words("") == [] and words("\n\u3000\f\ufeff") == []


def test_a_box_drawn_as_a_table_of_one_cell_is_cut_into_its_paragraphs() -> None:
    cell = "专栏2 示范工程 （1）甲园区：建设厂房。 （2）乙园区：铺设管网。 同步建设配套道路。"
    text = f"一、任务\n{cell}\n二、保障\n"
    start = text.index(cell)
    layout = lay_out(text, (), [(start, start + len(cell))])
    inside = [one.text for one in layout.paragraphs if one.inset]
    assert inside == [
        "专栏2示范工程",
        "（1）甲园区：建设厂房。",
        "（2）乙园区：铺设管网。",
        "同步建设配套道路。",
    ]
    assert lost(layout, text) == ()


def test_a_page_printed_from_top_to_bottom_is_no_list_of_one_sign_paragraphs() -> None:
    signs = "重点引进精密轴承和传感器企业，补齐本地配套短板，形成从材料到整机的完整链条，建设检测中心和中试基地。"
    text = "一、任务\n支持企业引进先进装备。\n附件\n" + "\n".join(signs) + "\n"
    layout = lay_out(text)
    (vertical,) = [one for one in layout.paragraphs if one.kind == "cells"]
    assert vertical.text == signs
    assert lost(layout, text) == ()


def test_rows_that_end_in_their_nature_need_no_figure_in_every_cell() -> None:
    text = (
        "序号 指标名称 单位 2024年实际 2025年目标 属性\n1 生产总值增速 % 5.2 5.5 预期性\n"
        "2 城镇新增就业 万人 3.1 3 预期性\n3 单位能耗降低 % 2.9 完成省定任务 约束性\n"
    )
    assert [one.kind for one in lay_out(text).paragraphs] == ["row"] * 4
