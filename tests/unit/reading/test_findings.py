"""What a finding is known by, the sentence it stands in, and what it proposes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from luodi.reading.rules import findings
from luodi.reading.rules.corrections import Correction, NoteHead, chinese, compose_note

HEAD = NoteHead("青河区方案", "青政发〔2026〕11号", "青河区人民政府", "市商务局", 2026)


def test_a_mark_changes_with_place_code_and_params_and_a_gist_not_with_the_place():
    params = {"part": "12"}
    marks = {
        findings.mark_of("a.b", [(1, 3)], params),
        findings.mark_of("a.b", [(2, 4)], params),
        findings.mark_of("a.c", [(1, 3)], params),
        findings.mark_of("a.b", [(1, 3)], {"part": "13"}),
    }
    assert len(marks) == 4
    assert findings.mark_of("a.b", [[1, 3]], params) in marks
    moved = {"part": "12", "line": 7}
    assert findings.gist_of("a.b", params, ["占 比"]) == findings.gist_of("a.b", moved, ["占比"])


def test_params_become_what_json_keeps():
    given = {"n": Decimal("1.50"), "all": (1, {"x": None}), "ok": True}
    assert findings.plain(given) == {"n": "1.50", "all": [1, {"x": None}], "ok": True}


@pytest.mark.parametrize(
    ("text", "words", "sentence"),
    [
        ("一、目标\n全区有28个项目，占46%。其他。", "占46%", "全区有28个项目，占46%。"),
        ("上一条。（责任单位：甲局）\n2.建房。完工。", "建房", "2.建房。"),
        ("甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛\n壬癸占46%。", "占46%", ""),
        ("占46%", "占46%", "占46%"),
    ],
)
def test_a_passage_is_the_sentence_and_not_its_neighbours(text, words, sentence):
    start = text.index(words)
    [found] = findings.passages_of(text, [(start, start + len(words))], [], [])
    assert found.sentence == (sentence or text.replace("\n", ""))


def test_a_passage_in_a_table_is_its_row():
    text = "甲市 1234.5 66 7 88 99.1 3\n乙市 46.1 55 12 77 8 9.1\n丙市"
    start = text.index("46.1")
    [found] = findings.passages_of(text, [(start, start + 4)], [], [])
    assert found.sentence == "乙市 46.1 55 12 77 8 9.1"


def test_a_long_passage_keeps_its_ends():
    [found] = findings.passages_of("甲" * 4000 + "乙", [(0, 4001)], [], [])
    assert len(found.words) <= findings.MOST_QUOTED and found.words[-1] == "乙"


def test_headings_stand_over_what_follows_them():
    outline = [
        {"span": [0, 4], "level": 1, "label": "一、", "title": "甲"},
        {"span": [9, 12], "level": 2, "label": "（一）", "title": "乙"},
        {"span": [20, 24], "level": 1, "label": "二、", "title": "丙"},
    ]
    paths = findings.headings_of({"documents": [{"outline": outline}]})
    assert [findings.heading_over(paths, n) for n in (0, 10, 21)] == [
        "一、甲", "一、甲 › （一）乙", "二、丙",
    ]  # fmt: skip
    assert findings.heading_over([], 5) == ""


@pytest.mark.parametrize(
    ("params", "quotes", "said"),
    [
        ({"said": "46.8", "computed": "42.9"}, ["占比46.8%"], "42.9%"),
        ({"said": "46.8", "computed": "42.9"}, ["占比146.8%"], "42.9"),
        ({"said": "12", "computed": "31"}, ["合计12亿元"], "31亿元"),
        ({"said": "46.8", "computed": "42.9%"}, ["占比46.8%"], "42.9%"),
        ({"said": "25，1亿元", "meant": "25.1亿元"}, [], "25.1亿元"),
        ({"said": 12, "computed": 3}, [], "3"),
        ({"computed": ""}, [], ""),
        ({}, [], ""),
    ],
)
def test_a_proposal_carries_the_sign_of_what_is_printed(params, quotes, said):
    assert findings.proposed("share.contradicts", params, quotes) == said
    assert findings.proposed("unit.magnitude", params, quotes) == ""


def test_a_kind_nobody_named_shows_its_code():
    assert findings.kind_of("share.contradicts") == "占比算不对"
    assert findings.group_of("share.contradicts") == "算术"
    assert findings.kind_of("brand_new.thing") == "brand_new.thing"


@pytest.mark.parametrize(
    ("number", "said"), [(0, "零"), (2, "二"), (10, "十"), (13, "十三"), (40, "四十"), (101, "101")]
)
def test_numbers_of_a_note_are_chinese(number, said):
    assert chinese(number) == said


def test_a_note_says_what_is_printed_the_computation_and_what_should_be():
    one = Correction("k1", "占比", "12 ÷ 28 = 42.9%。", "42.9%", ((3, "一、现状", "占比46.8%。"),))
    two = Correction("k2", "编号", "编号断了。", "", ())
    content = compose_note(HEAD, [one, two], {"closing": "请核。\n\n谢谢。"})
    said = [
        b.text if b.kind == "heading" else "".join(r.text for r in b.runs) for b in content.blocks
    ]
    assert "（青政发〔2026〕11号）" in said[0] and "两处" in said[0]
    assert said[1:5] == [
        "一、第3页“一、现状”部分", "原文：“占比46.8%”。", "核对：12 ÷ 28 = 42.9%。",
        "建议：更正为“42.9%”。",
    ]  # fmt: skip
    assert said[5:] == [
        "二、编号", "核对：编号断了。", "建议：请核实后更正。", "请核。", "谢谢。",
    ]  # fmt: skip
    assert {b.source for b in content.blocks[1:5]} == {"finding:k1"}
    assert content.head.addressees == "青河区人民政府"
