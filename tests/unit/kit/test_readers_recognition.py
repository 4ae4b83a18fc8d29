"""Scanned pages: read by what is handed in, marked as recognised, told how sure it is."""

from __future__ import annotations

import math

import pytest

from factories.ofds import Sheet, Words, ofd
from factories.pdfs import pdf, ruled_table
from factories.scans import IMAGE, RECORDED, TEXT, recorded, scanned_pdf
from luodi.kit.compiled import compile_source, to_json
from luodi.kit.readers import Limits, Line, Seen, marks, read
from luodi.kit.readers.recognition import in_rows, upright


def codes(problems):
    return [problem.code for problem in problems]


def lines(*words):
    """A recogniser of one page with short lines at these places (left, top)."""
    seen = [Line(t, (x, y, x + 0.012 * len(t), y + 0.02), c) for t, x, y, c in words]
    return lambda _: [Seen(1000, 1400, seen)]


def test_a_scanned_page_is_read_and_every_line_is_marked():
    source, problems = read("a.pdf", scanned_pdf(), recognise=recorded)
    assert "".join(source.text.split()) == "".join(TEXT.split())
    assert codes(problems) == ["source.recognised"]
    assert problems[0].spans == source.pages
    assert [source.text[slice(*line.span)] for line in source.ocr] == [
        text.replace(")", "）") for text, _, _ in RECORDED
    ]
    assert source.ocr[0][1:] == (1.0, 0, RECORDED[0][1])


def test_without_a_recogniser_a_scan_says_what_to_install():
    source, (note,) = read("a.pdf", scanned_pdf(pages=2))
    assert (source.text, note.code) == ("\f\f", "source.scanned")
    assert "pip install luodi[ocr]" in note.message
    source, (note,) = read("a.pdf", pdf(["有字", None]))
    assert note.code == "source.pages_without_text"
    source, (problem,) = read("a.png", IMAGE)
    assert (source, problem.code) == (None, "source.image")
    assert "pip install luodi[ocr]" in problem.message


def test_a_picture_is_a_page():
    source, problems = read("a.jpg", IMAGE, recognise=recorded)
    assert (source.form, len(source.pages)) == ("image", 1)
    assert codes(problems) == ["source.recognised"]
    _, notes = read("a.txt", IMAGE, recognise=recorded)
    assert codes(notes) == ["source.form_differs", "source.recognised"]
    two, _ = read("a.png", IMAGE, recognise=lambda _: [*recorded(IMAGE)] * 2)
    assert two.text == source.text * 2
    assert {line.page for line in two.ocr} == {0, 1}


def test_a_picture_without_text_is_refused_and_an_engine_that_fails_too():
    source, (problem,) = read("a.png", IMAGE, recognise=lambda _: [Seen(9, 9, ())])
    assert (source, problem.code) == (None, "source.image_without_text")
    source, (problem,) = read("a.png", IMAGE, recognise=lambda _: 1 / 0)
    assert (source, problem.code) == (None, "source.damaged")


@pytest.mark.parametrize("recognise", [lambda _: [Seen(9, 9, ())], lambda _: [], lambda _: 1 / 0])
def test_pages_without_a_result_are_told(recognise):
    source, (note,) = read("a.pdf", scanned_pdf(pages=2), recognise=recognise)
    assert source.text == "\f\f"
    assert (note.code, note.params) == ("source.unrecognised", {"pages": "1、2"})


def test_doubtful_lines_are_named():
    words = lines(("产值达到120亿元", 0.1, 0.1, 0.55), ("增长8%", 0.1, 0.2, 0.99))
    source, (_, note) = read("a.pdf", scanned_pdf(), recognise=words)
    assert (note.code, note.params["count"]) == ("source.ocr_doubtful", 1)
    assert "“产值达到120亿元”" in note.message
    assert source.text[slice(*note.spans[0])] == "产值达到120亿元"


def test_scans_among_pages_of_text_move_tables_along():
    whole = pdf(["有字", None, ruled_table([["甲区", "乙区"], ["丙区", "丁区"]])])
    source, problems = read("a.pdf", whole, recognise=lines(("扫描的字", 0.1, 0.1, 0.9)))
    assert source.text == "有字\f扫描的字\n\f甲区\t乙区\n丙区\t丁区\n\f"
    assert source.text[slice(*source.tables[0].span)].startswith("甲区")
    assert codes(problems) == ["source.recognised"]


def test_what_a_scanning_program_stamps_on_a_picture_is_kept_once():
    data = scanned_pdf(stamp=b"BT /F1 12 Tf 20 20 Td (Made by Scanner) Tj ET")
    words = lines(("Made by Scanner", 0.1, 0.9, 0.9), ("正文", 0.1, 0.1, 0.9))
    source, _ = read("a.pdf", data, recognise=words)
    assert source.text == "Made by Scanner\n正文\n\f"
    source, problems = read("a.pdf", data)
    assert (source.text, problems) == ("Made by Scanner\f", ())


def test_signs_beside_chinese_are_full_width_and_numbers_stay():
    words = lines(("(责任单位:区工信局)", 0.1, 0.1, 0.9), ("1,234.5 (a)", 0.1, 0.2, 0.9))
    source, _ = read("a.pdf", scanned_pdf(), recognise=words)
    assert source.text == "（责任单位：区工信局）\n1,234.5 (a)\n\f"


def test_rows_go_from_the_left_and_cells_stand_apart():
    words = lines(
        ("区工信局", 0.6, 0.1, 0.9), ("修好青河路", 0.1, 0.101, 0.9), ("下一行", 0.1, 0.2, 0.9)
    )
    source, _ = read("a.pdf", scanned_pdf(), recognise=words)
    assert source.text == "修好青河路  区工信局\n下一行\n\f"


def test_columns_of_text_are_read_one_after_the_other():
    title = Line("题", (0.2, 0.05, 0.8, 0.07), 1.0)
    left = [Line(f"左{n}", (0.1, 0.1 + n / 20, 0.48, 0.12 + n / 20), 1.0) for n in range(8)]
    right = [Line(f"右{n}", (0.52, 0.1 + n / 20, 0.9, 0.12 + n / 20), 1.0) for n in range(8)]
    found = [line for row in in_rows([*right, title, *left]) for line in row]
    assert found == [title, *left, *right]
    assert in_rows([]) == []


TABLE = [
    Line("序号", (0.12, 0.12, 0.18, 0.14), 1.0),
    Line("任务", (0.32, 0.12, 0.38, 0.14), 1.0),
    Line("单位", (0.72, 0.12, 0.78, 0.14), 1.0),
    Line("1修好青河路", (0.12, 0.22, 0.5, 0.24), 0.7),
    Line("区交通局", (0.72, 0.26, 0.8, 0.28), 1.0),
    Line("2", (0.12, 0.32, 0.13, 0.34), 1.0),
    Line("建设大厅", (0.32, 0.32, 0.44, 0.34), 1.0),
]
ACROSS = [(0.1, 0.1, 0.9), (0.2, 0.1, 0.9), (0.3, 0.1, 0.7), (0.4, 0.1, 0.9)]
DOWN = [(0.1, 0.1, 0.4), (0.18, 0.1, 0.4), (0.7, 0.1, 0.4), (0.9, 0.1, 0.4)]


def test_lines_drawn_on_a_scan_make_a_table():
    stroke = (0.23, 0.12, 0.13), (0.35, 0.2, float("nan"))
    seen = Seen(1000, 1400, TABLE, (*ACROSS, *stroke), DOWN)
    source, _ = read("a.png", IMAGE, recognise=lambda _: [seen])
    (table,) = source.tables
    assert table.rows == (
        ("序号", "任务", "单位"),
        ("1", "修好青河路", "区交通局"),
        ("2", "建设大厅", ""),
    )
    assert [columns for _, columns in table.merged] == [{2}]
    parts = [(source.text[slice(*x.span)], x.confidence) for x in source.ocr if x.confidence < 1]
    assert parts == [("1", 0.7), ("修好青河路", 0.7)]


def test_a_page_laid_askew_is_read_upright():
    slope = 0.02

    def askew(line):
        left, top, right, bottom = line.box
        down = slope * ((left + right) / 2 - 0.5) * 1000 / 1400
        aside = slope * ((top + bottom) / 2 - 0.5) * 1400 / 1000
        return line._replace(box=(left - aside, top + down, right - aside, bottom + down))

    seen = Seen(1000, 1400, list(map(askew, TABLE)), ACROSS, DOWN, math.atan(slope))
    source, _ = read("a.png", IMAGE, recognise=lambda _: [seen])
    assert source.tables[0].rows[1] == ("1", "修好青河路", "区交通局")
    assert upright(seen.lines[0], seen) == pytest.approx(TABLE[0].box, abs=0.001)


def test_limits_hold_for_recognised_text():
    source, (problem,) = read("a.png", IMAGE, Limits(chars=5), recognise=recorded)
    assert (source, problem.code) == (None, "source.too_large")


def test_a_marking_on_a_scan_is_found():
    source, (problem,) = read("a.pdf", scanned_pdf(), recognise=lines(("机密★1年", 0.1, 0.05, 0.9)))
    assert (source, problem.code) == (None, "source.classified")


def test_marks_of_recognised_lines_are_shares_of_the_page():
    data = scanned_pdf()
    source, _ = read("a.pdf", data, recognise=recorded)
    start = source.text.index("总产值")
    (mark,) = marks(data, source.pages, [(start, start + 3)], source.ocr)
    assert mark == (0, 1.0, 1.0, (RECORDED[2][1],))
    assert marks(data, source.pages, [(start, start + 3)]) == ()


def test_the_compiled_source_names_its_recognised_lines_and_the_items_in_them():
    source, _ = read("a.pdf", scanned_pdf(), recognise=recorded)
    compiled = to_json(compile_source(source))
    assert compiled["source"]["ocr"][0] == {
        "span": [0, 13],
        "confidence": 1.0,
        "page": 0,
        "box": [0.347, 0.115, 0.654, 0.167],
    }
    (notice,) = [one for one in compiled["findings"] if one["code"] == "source.ocr"]
    (document,) = compiled["documents"]
    assert notice["severity"] == "info"
    spans = [one["span"] for kind in ("measures", "indicators") for one in document[kind]]
    assert all(span in notice["spans"] for span in spans)
    assert "ocr" not in to_json(compile_source(read("a.txt", TEXT.encode())[0]))["source"]


def test_pictures_on_ofd_pages_are_told():
    data = ofd([Sheet([Words(20, 30, "字")]), Sheet([], pictures=1)])
    _, (note,) = read("a.ofd", data, recognise=recorded)
    assert note.code == "source.unrecognised"
