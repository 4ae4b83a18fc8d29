"""Readers never raise, never lose a character, and say the same twice."""

import json
from collections import Counter

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.books import raw_book
from factories.ofds import Sheet as OfdSheet
from factories.ofds import Words, ofd, table_sheet
from factories.pdfs import Sheet, pdf, ruled
from factories.scans import IMAGE
from factories.words import abstract, cell, docx, level, num, numbered, p, part, row, table, zipped
from luodi.kit.compiled import compile_source, to_json
from luodi.kit.readers import Line, Seen, marks, positions, read
from luodi.kit.readers.encodings import LEVEL_ONE
from luodi.kit.readers.excel.formats import shown_by

COMMON = st.sampled_from(sorted(LEVEL_ONE) + list("，。、；：（）《》“”—…０１２①②★\u3000"))
LATIN = st.sampled_from(" \t\r\n\fabcXYZ0123456789.%()-")
TEXTS = st.lists(st.one_of(COMMON, COMMON, LATIN), min_size=1, max_size=300).map("".join)
CHINESE = st.tuples(st.lists(COMMON, min_size=20, max_size=60).map("".join), TEXTS).map("".join)
NAMES = st.sampled_from(["a.txt", "a.docx", "a.pdf", "a.html", "a", "方案.doc"])

NUMBERING = part("numbering", abstract(0, level(0, "chineseCounting", "%1、")) + num(1, 0))
SHEET = (
    '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c s="1"><v>46203</v></c></row></sheetData>'
)
MERGES = '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
STYLES = '<cellXfs><xf numFmtId="0"/><xf numFmtId="31"/></cellXfs>'
BODY = p("标题") + numbered("要求", 1) + table(row(cell(p("甲")), cell(p("乙"))))
PARTS = {"word/numbering.xml": NUMBERING}
WHOLE = {
    "docx": docx(BODY, PARTS),
    "xlsx": raw_book(SHEET + MERGES, strings="<si><t>甲</t></si>", styles=STYLES),
    "ofd": ofd(["示例方案", table_sheet([["甲区", "乙区"], ["丙区", ""]])]),
    "pdf": pdf(["示例方案", "second", None]),
    "html": "<html><meta charset=utf-8><table><tr><td rowspan=2>甲<td>乙</table><ol><li>x".encode(),
}
DOCUMENT = part("document", f"<w:body>{BODY}</w:body>")


def check(name, data):
    source, problems = read(name, data)
    assert (source, problems) == read(name, data)
    if source is None:
        assert [x.severity for x in problems] == ["error"]
        return None
    assert all(x.severity != "error" for x in problems)
    starts = [0, *(end for _, end in source.pages)]
    assert [start for start, _ in source.pages] == starts[:-1]
    assert starts[-1] == source.chars
    source.text.encode("utf-8")
    for found in source.tables:
        lines = source.text[slice(*found.span)].split("\n")
        assert len(lines) == len(found.rows) + 1
        assert [len(line) for line in lines[:-1]] == [len("\t".join(r)) for r in found.rows]
    return source


@given(NAMES, st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(name, data):
    check(name, data)


@given(NAMES, st.sampled_from([b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"\xff\xfe"]), st.binary())
def test_any_bytes_behind_a_true_beginning_are_read_or_refused(name, start, data):
    check(name, start + data)


@pytest.mark.parametrize("form", sorted(WHOLE))
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(form, data):
    whole = bytearray(WHOLE[form])
    places = st.integers(0, len(whole) - 1)
    changes = data.draw(st.lists(st.tuples(places, st.integers(0, 255)), max_size=12))
    for place, value in changes:
        whole[place] = value
    cut = data.draw(st.one_of(st.none(), places))
    check(f"a.{form}", bytes(whole[:cut]))


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_word_file_with_odd_markup_is_read_or_refused(data):
    def odd(text):
        place = st.integers(0, len(text) - 1)
        for _ in range(data.draw(st.integers(0, 4))):
            at, of, size = data.draw(st.tuples(place, place, st.integers(0, 40)))
            text = text[:at] + text[of : of + size] + text[at:]
        return text

    parts = {"word/document.xml": odd(DOCUMENT), "word/numbering.xml": odd(NUMBERING)}
    check("a.docx", zipped({"[Content_Types].xml": "", **parts}))


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_workbook_with_odd_markup_is_read_or_refused(data):
    places = st.integers(0, len(SHEET) - 1)
    text = SHEET
    for _ in range(data.draw(st.integers(0, 4))):
        at, of, size = data.draw(st.tuples(places, places, st.integers(0, 40)))
        text = text[:at] + SHEET[of : of + size] + text[at:]
    check("a.xlsx", raw_book(text + MERGES, strings="<si><t>甲</t></si>", styles=STYLES))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.text(COMMON, max_size=8), max_size=6), max_size=8))
def test_every_character_of_a_sheet_is_read(rows):
    cells = [[f"<c t='inlineStr'><is><t>{text}</t></is></c>" for text in row] for row in rows]
    inner = "".join(f"<row>{''.join(row)}</row>" for row in cells)
    source = check("a.xlsx", raw_book(f"<sheetData>{inner}</sheetData>"))
    wanted = Counter("".join("".join(row) for row in rows).replace("\u3000", ""))
    assert wanted == Counter("".join(source.text.split()) if source else "")


@given(st.text(st.sampled_from('0#?.,%;"\\_*[]@Eeymdhs/年月日-+ AMP$'), max_size=20), TEXTS)
def test_any_format_shows_any_value(code, stored):
    for value in (stored, "46203.25", "-1e300", "1e-320", "0.125"):
        assert isinstance(shown_by(code)(value), str)


@given(TEXTS)
def test_utf8_comes_back_exactly(text):
    for encoding in ("utf-8", "utf-8-sig"):
        source = check("a.txt", text.encode(encoding))
        assert source is None or source.text == text


@given(CHINESE, st.sampled_from(["gb18030", "utf-16-le", "utf-16-be", "utf-16", "utf-8"]))
def test_chinese_comes_back_exactly_in_any_encoding(text, encoding):
    source = check("a.txt", text.encode(encoding))
    assert source is not None
    assert source.text == text


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(COMMON, max_size=30).map(str.strip), min_size=1, max_size=4))
def test_positions_name_every_character_of_a_page_once(pages):
    data = pdf(pages)
    source = check("a.pdf", data)
    if source is None:
        return
    for page, (start, end) in enumerate(source.pages):
        spans = [(a, b) for a, b, *_ in positions(data, page)]
        assert spans == sorted(set(spans))
        assert all(start <= a < b < end for a, b in spans)
        unseen = set(range(start, end - 1)) - {a for a, _ in spans}
        assert not "".join(source.text[i] for i in unseen).strip()


STEPS = st.sampled_from([None, "", "g 2 5", "3 -9 1e9", "g 99999999999 1", "0"])
TURNS = st.sampled_from(["", "0 1 -1 0 0 0", "-1 0 0 1 5 5", "0 0 0 0 0 0", "x", "1e300 1 1 1 1 1"])
WORD = st.text(COMMON, min_size=1, max_size=9)
DOWN = st.sampled_from(["", "g 3 5", "-1e9"])
MILLIMETRES = st.integers(-50, 400)
SET = st.builds(Words, MILLIMETRES, MILLIMETRES, WORD, STEPS, TURNS, DOWN)


@settings(max_examples=150, deadline=None)
@given(st.lists(SET, max_size=12), st.lists(st.tuples(MILLIMETRES, MILLIMETRES), max_size=20))
def test_words_anywhere_on_an_ofd_page_lose_no_character(words, points):
    drawing = " ".join(f"{'ML'[n % 2]} {x} {y}" for n, (x, y) in enumerate(points))
    data = ofd([OfdSheet(words, drawing)])
    source = check("a.ofd", data)
    wanted = Counter("".join("".join(word.text for word in words).split()))
    assert wanted == Counter("".join(source.text.split()) if source else "")
    if source:
        marks(data, source.pages, [(0, source.chars)])


SIDES = st.floats(allow_nan=True, allow_infinity=True, width=32) | st.floats(0, 1)
SIZES = st.integers(0, 9000)
STROKES = st.lists(st.tuples(SIDES, SIDES, SIDES), max_size=12)
LINE = st.builds(Line, st.text(max_size=12), st.tuples(SIDES, SIDES, SIDES, SIDES), SIDES)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.builds(Seen, SIZES, SIZES, st.lists(LINE, max_size=25), STROKES, STROKES, SIDES))
)
def test_whatever_a_recogniser_says_is_kept_and_marked(pages):
    source, problems = read("a.png", IMAGE, recognise=lambda _: pages)
    wanted = Counter("".join("".join(x.text.split()) for page in pages for x in page.lines))
    if source is None:
        assert not wanted or problems[0].code == "source.classified"
        return
    wide = str.maketrans("(),;:?!", "（），；：？！")
    seen = Counter("".join(source.text.split()).translate(wide))
    assert seen == Counter({k.translate(wide): 0 for k in wanted}) + Counter(
        "".join(wanted.elements()).translate(wide)
    )
    for line in source.ocr:
        assert source.text[slice(*line.span)].strip()
    marks(IMAGE, source.pages, [(0, source.chars)], source.ocr)
    json.dumps(to_json(compile_source(source)))


PLACES = st.integers(-20, 900)
LINES = st.lists(st.tuples(PLACES, PLACES, st.integers(0, 400), st.booleans()), max_size=30)
WORDS = st.lists(st.tuples(PLACES, PLACES, st.text(COMMON, min_size=2, max_size=12)), max_size=20)


def plain_text(data):
    with pypdfium2.PdfDocument(data) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


@settings(max_examples=150, deadline=None)
@given(LINES, WORDS, st.sampled_from([0, 90, 180, 270]))
def test_lines_anywhere_on_a_page_lose_no_character(lines, words, turn):
    drawn = ruled(*((x, y, x + n, y) if flat else (x, y, x, y + n) for x, y, n, flat in lines))
    data = pdf([Sheet(words, drawn)], page_extra=b"/Rotate %d" % turn)
    source = check("a.pdf", data)
    if source is None:
        return
    assert Counter("".join(source.text.split())) == Counter("".join(plain_text(data).split()))
    places = [(start, end) for start, end, *_ in positions(data, 0)]
    assert len(places) == len(set(places))
    marks(data, source.pages, [(0, source.chars)])
