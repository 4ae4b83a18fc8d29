"""A filed-back text beside the signed paper."""

from __future__ import annotations

import pytest

from factories.papers import ISSUED, frozen_report
from luodi.papers.rules.comparing import compare
from luodi.papers.rules.layout import lines_of

LINES = lines_of(frozen_report(), ISSUED)
TEXT = "\n".join(line.text for line in LINES)


def changes(theirs: str) -> list[tuple[str, str, str]]:
    return [
        (c.ours, c.theirs, c.figure.id if c.figure else "") for c in compare(LINES, theirs).changes
    ]


def test_the_same_text_differs_nowhere():
    found = compare(LINES, TEXT)
    assert (found.changes, found.lines, found.found) == ((), 0, 1.0)


def test_spaces_tabs_and_empty_lines_are_no_difference():
    assert not compare(LINES, TEXT.replace("\t", "  ").replace("\n", "\n\n ")).changes


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("17项", "18项", ("17项", "18项", "f1")),
        ("1,234.50亿元", "1,234.60亿元", ("1,234.50亿元", "1,234.60亿元", "f3")),
        ("1,234.50亿元", "1,234.50万元", ("1,234.50亿元", "1,234.50万元", "f3")),
        ("增长8.5%", "增长9.5%", ("8.5", "9.5", "")),
        ("市统计局\t2\t0", "市统计局\t2\t1", ("0", "1", "f7")),
        ("，已报送15份", "", ("15份", "", "f2")),
        ("共有工作举措", "2026年共有工作举措", ("", "2026年共", "")),
        ("第3期", "第4期", ("3", "4", "")),
    ],
)
def test_a_changed_number_is_listed_alone_with_its_figure(old, new, expected):
    assert old in TEXT
    assert changes(TEXT.replace(old, new)) == [expected]


def test_words_may_change_around_a_figure():
    theirs = TEXT.replace("共有工作举措17项，已报送", "工作举措一共是17项，其中已经报送")
    found = compare(LINES, theirs)
    assert not found.changes and found.lines == 1


def test_a_dropped_line_takes_its_figures_with_it():
    theirs = "\n".join(line for line in TEXT.splitlines() if not line.startswith("市工信局\t"))
    assert changes(theirs) == [("3", "", "f4"), ("3", "", "f5")]


def test_an_added_line_brings_its_numbers():
    assert changes(TEXT.replace("二、工作进展", "另有储备项目25个。\n二、工作进展")) == [
        ("", "25个", "")
    ]


def test_a_place_names_heading_and_table():
    (change,) = compare(LINES, TEXT.replace("市统计局\t2\t0", "市统计局\t9\t0")).changes
    assert change.place == "（一）做强主导产业 · 各单位报送情况"


def test_another_document_is_told_apart():
    assert compare(LINES, "完全无关的一份材料\n说的是别的事情\n" * 9).is_another_document
