"""The labels automatic numbering prints."""

import pytest

from factories.words import abstract, docx, level, num, numbered, p, part, start_override
from luodi.kit.readers import read
from luodi.kit.readers.numerals import WRITTEN, counting, written

OFFICIAL = (
    level(0, "chineseCounting", "%1、")
    + level(1, "chineseCountingThousand", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimalEnclosedCircle", "%4")
)


def lines(body, numbering, styles=""):
    parts = {"word/numbering.xml": part("numbering", numbering)}
    if styles:
        parts["word/styles.xml"] = part("styles", styles)
    source, problems = read("a.docx", docx(body, parts))
    assert problems == ()
    return source.text.splitlines()


def labels(items, numbering):
    """Lines of paragraphs `x` for (list, depth) pairs."""
    return lines("".join(numbered("x", n, d) for n, d in items), numbering)


def test_the_four_levels_of_an_official_paper():
    items = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 3), (1, 0), (1, 1)]
    assert labels(items, abstract(0, OFFICIAL) + num(1, 0)) == [
        "一、x", "（一）x", "（二）x", "1. x", "① x", "二、x", "（一）x",
    ]  # fmt: skip


def test_several_levels_in_one_label():
    many = level(0, "decimal", "%1") + level(1, "decimal", "%1.%2")
    items = [(1, 1), (1, 0), (1, 1), (1, 1)]
    assert labels(items, abstract(0, many) + num(1, 0)) == ["1.1 x", "1 x", "1.1 x", "1.2 x"]


def test_legal_numbering_prints_all_levels_in_decimal():
    legal = level(0, "chineseCounting", "第%1章") + level(1, "decimal", "%1.%2", 1, "<w:isLgl/>")
    assert labels([(1, 0), (1, 1)], abstract(0, legal) + num(1, 0)) == ["第一章 x", "1.1 x"]


def test_starts_and_missing_starts():
    both = level(0, "decimal", "%1.", 5) + level(1, "decimal", "%2)", None)
    assert labels([(1, 0), (1, 0), (1, 1)], abstract(0, both) + num(1, 0)) == [
        "5. x",
        "6. x",
        "0) x",
    ]


def test_lists_of_one_kind_share_their_count_unless_set_anew():
    nums = num(1, 0) + num(2, 0) + num(3, 0, start_override(0, 1))
    items = [(1, 0), (2, 0), (3, 0), (3, 0), (1, 0)]
    got = labels(items, abstract(0, OFFICIAL) + nums)
    assert got == ["一、x", "二、x", "一、x", "二、x", "三、x"]


@pytest.mark.parametrize(("restart", "third"), [("0", "2) x"), ("1", "1) x"), ("", "1) x")])
def test_restarts(restart, third):
    rule = f'<w:lvlRestart w:val="{restart}"/>' if restart else ""
    both = level(0, "decimal", "%1.") + level(1, "decimal", "%2)", 1, rule)
    got = labels([(1, 0), (1, 1), (1, 0), (1, 1)], abstract(0, both) + num(1, 0))
    assert got[3] == third


def test_a_level_replaced_for_one_list():
    other = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1.", 2)}</w:lvlOverride>'
    assert labels([(1, 0)], abstract(0, OFFICIAL) + num(1, 0, other)) == ["B. x"]


@pytest.mark.parametrize(
    ("suffix", "pattern", "line"),
    [
        ("nothing", "%1.", "1.x"),
        ("space", "%1.", "1. x"),
        ("tab", "%1、", "1、x"),
        ("tab", "", "x"),
    ],
)
def test_suffixes(suffix, pattern, line):
    one = level(0, "decimal", pattern, 1, f'<w:suff w:val="{suffix}"/>')
    assert labels([(1, 0)], abstract(0, one) + num(1, 0)) == [line]


def test_bullets_are_readable():
    one = level(0, "bullet", "\uf06c") + level(1, "none", "")
    assert labels([(1, 0), (1, 1)], abstract(0, one) + num(1, 0)) == ["● x", "x"]


@pytest.mark.parametrize("item", [(0, 0), (9, 0), (2, 0), (1, 9), (1, -1)])
def test_what_names_no_list_has_no_label(item):
    assert labels([item], abstract(0, OFFICIAL) + num(1, 0) + num(2, 7)) == ["x"]


def test_a_level_the_list_does_not_define_prints_nothing():
    assert labels([(1, 5)], abstract(0, OFFICIAL) + num(1, 0)) == ["x"]


def test_no_numbering_part_no_label():
    source, _ = read("a.docx", docx(numbered("x", 1)))
    assert source.text == "x\n"


def style(name, inner="", based="", default=False):
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    mark = ' w:default="1"' if default else ""
    return f'<w:style w:type="paragraph"{mark} w:styleId="{name}">{base}<w:pPr>{inner}</w:pPr></w:style>'


def list_of(number, depth=None):
    at = "" if depth is None else f'<w:ilvl w:val="{depth}"/>'
    return f'<w:numPr>{at}<w:numId w:val="{number}"/></w:numPr>'


def test_numbering_through_styles_and_their_bases():
    tied = level(0, "chineseCounting", "%1、", 1, '<w:pStyle w:val="H1"/>') + level(
        1, "chineseCounting", "（%2）", 1, '<w:pStyle w:val="H2"/>'
    )
    styles = (
        style("H1", list_of(1)) + style("H2", list_of(1)) + style("Sub", based="H2")
        + style("Deep", list_of(1, 1)) + style("Off", list_of(0), based="H1")
        + style("Free", list_of(2))
    )  # fmt: skip
    names = ["H1", "H2", "Sub", "Deep", "Off", "Free", "Unknown"]
    body = "".join(p("x", f'<w:pStyle w:val="{n}"/>') for n in names)
    assert lines(body, abstract(0, tied) + num(1, 0), styles) == [
        "一、x", "（一）x", "（二）x", "（三）x", "x", "x", "x",
    ]  # fmt: skip


def test_a_paragraph_can_set_its_level_or_leave_the_list_of_its_style():
    styles = style("H1", list_of(1))
    inherits = '<w:pStyle w:val="H1"/>'
    body = (
        p("x", inherits + '<w:numPr><w:ilvl w:val="1"/></w:numPr>')
        + p("x", inherits + list_of(0))
        + p("x", inherits)
    )
    assert lines(body, abstract(0, OFFICIAL) + num(1, 0), styles) == ["（一）x", "x", "一、x"]


def test_the_default_style_can_number_and_circles_of_styles_end():
    styles = style("A", list_of(1), default=True) + style("B", based="C") + style("C", based="B")
    body = p("x") + p("x", '<w:pStyle w:val="B"/>')
    assert lines(body, abstract(0, OFFICIAL) + num(1, 0), styles) == ["一、x", "x"]


@pytest.mark.parametrize(("name", "line"), [("L", "一、x"), ("Missing", "x")])
def test_a_list_that_points_to_a_list_style(name, line):
    link = abstract(5, f'<w:numStyleLink w:val="{name}"/>')
    numbering = abstract(0, OFFICIAL) + link + num(1, 0) + num(2, 5)
    assert lines(numbered("x", 2), numbering, style("L", list_of(1))) == [line]


def test_a_paragraph_whose_mark_is_deleted_is_not_counted():
    gone = p("", list_of(1, 0) + "<w:rPr><w:del/></w:rPr>")
    assert lines(gone + numbered("x", 1), abstract(0, OFFICIAL) + num(1, 0)) == ["一、x"]


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "〇"), (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (100, "一百"),
     (105, "一百零五"), (110, "一百一十"), (1000, "一千"), (1001, "一千零一"), (1010, "一千零一十"),
     (9999, "九千九百九十九"), (10000, "10000"), (-1, "-1")],
)  # fmt: skip
def test_counting_in_chinese(number, text):
    assert counting(number) == text


@pytest.mark.parametrize(
    ("number", "style_name", "text"),
    [
        (3, "decimal", "3"), (3, "cardinalText", "3"), (3, "decimalZero", "03"), (12, "decimalFullWidth", "１２"),
        (20, "decimalEnclosedCircle", "⑳"), (21, "decimalEnclosedCircleChinese", "㉑"), (36, "decimalEnclosedCircle", "㊱"),
        (51, "decimalEnclosedCircle", "51"), (3, "decimalEnclosedFullstop", "⒊"), (21, "decimalEnclosedFullstop", "21"),
        (3, "decimalEnclosedParen", "⑶"), (3, "upperLetter", "C"), (27, "lowerLetter", "aa"), (781, "lowerLetter", "781"),
        (4, "upperRoman", "IV"), (1999, "lowerRoman", "mcmxcix"), (4000, "lowerRoman", "4000"),
        (12, "chineseLegalSimplified", "壹拾贰"), (2025, "ideographDigital", "二〇二五"), (-1, "ideographDigital", "-1"),
        (2, "ideographTraditional", "乙"), (11, "ideographTraditional", "11"), (12, "ideographZodiac", "亥"),
        (1, "numberInDash", "- 1 -"), (1, "none", ""),
    ],
)  # fmt: skip
def test_numbers_in_the_styles_of_word(number, style_name, text):
    assert written(number, style_name) == text


def test_every_style_writes_something_for_any_number():
    for style_name in WRITTEN:
        for number in (-5, 0, 1, 19, 99, 1000, 10**9):
            assert isinstance(written(number, style_name), str)
