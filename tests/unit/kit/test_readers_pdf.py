"""Text PDF: text in page order, scanned pages told, positions and images when asked."""

import struct
import zlib

import pytest

from factories.pdfs import locked_pdf, pdf
from luodi.kit.readers import boxes_on, page_image, page_sizes, positions, read

PAGES = ["示例工作方案\n一、总体要求", "second page", "𠮷祥"]


def test_pages_follow_one_another_and_end_with_a_form_feed():
    source, problems = read("a.pdf", pdf(PAGES))
    assert problems == ()
    assert source.form == "pdf"
    assert source.encoding is None
    assert [source.text[a:b] for a, b in source.pages] == [page + "\f" for page in PAGES]


def test_a_pdf_without_text_is_told_to_be_scanned():
    source, (problem,) = read("a.pdf", pdf([None, None]))
    assert source.text == "\f\f"
    assert (problem.code, problem.severity) == ("source.scanned", "warning")
    assert "共 2 页" in problem.message


def test_pages_without_text_among_others_are_told():
    source, (problem,) = read("a.pdf", pdf(["有字", None, "", None]))
    assert (problem.code, problem.params["pages"]) == ("source.pages_without_text", "2、4")
    assert source.pages == ((0, 3), (3, 4), (4, 5), (5, 6))


def test_a_blank_pdf_is_empty():
    source, (problem,) = read("a.pdf", pdf([""]))
    assert source is None
    assert problem.code == "source.empty"


@pytest.mark.parametrize("page", range(len(PAGES)))
def test_positions_point_at_the_characters_of_the_text(page):
    data = pdf(PAGES)
    source, _ = read("a.pdf", data)
    found = positions(data, page)
    assert "".join(source.text[a:b] for a, b, *_ in found) == PAGES[page].replace("\n", "")
    start, end = source.pages[page]
    assert all(start <= a < b < end for a, b, *_ in found)
    assert all(0 <= x0 < x1 <= 595 and 0 <= y0 < y1 <= 842 for _, _, x0, y0, x1, y1 in found)


def test_positions_count_from_the_top_left_and_follow_the_lines():
    found = positions(pdf(["甲乙\n丙丁"]), 0)
    (_, _, x0, y0, x1, y1), second, third, _ = found
    assert (x0, x1) == (72, 84)
    assert y0 < 842 - 760 < y1 + 1
    assert second[2] == x1
    assert third[3] == pytest.approx(y0 + 18, abs=0.1)


def test_positions_of_a_turned_page_are_as_displayed():
    (_, _, x0, y0, x1, y1), *_ = positions(pdf(["甲乙"], page_extra=b"/Rotate 90"), 0)
    assert (y0, y1) == (72, 84)
    assert 760 - 4 < x0 < x1 < 760 + 12


def test_hidden_characters_do_not_shift_the_positions():
    data = pdf(["a\ufffeb\x02c", "wor-\nld"])
    source, _ = read("a.pdf", data)
    for page in (0, 1):
        found = [source.text[a:b] for a, b, *_ in positions(data, page)]
        assert found[0] + found[-1] in ("ac", "wd")
    assert "wor-ld" in source.text


def png(data):
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height, depth, colour = struct.unpack(">IIBB", data[16:26])
    assert (depth, colour) == (8, 2)
    size = struct.unpack(">I", data[33:37])[0]
    pixels = zlib.decompress(data[41 : 41 + size])
    assert len(pixels) == height * (width * 3 + 1)
    return width, height, pixels


def test_a_page_image_is_a_png_of_the_page():
    width, height, pixels = png(page_image(pdf([None]), 0, 0.5))
    assert (width, height) == (298, 421)
    assert set(pixels) == {0, 255}


def test_a_page_image_stays_within_bounds():
    width, height, _ = png(page_image(pdf(["x"]), 0, 100))
    assert width * height < 41_000_000


@pytest.mark.parametrize("page", [-1, 1])
@pytest.mark.parametrize("ask", [positions, page_image])
def test_a_page_that_is_not_there_is_an_index_error(ask, page):
    with pytest.raises(IndexError):
        ask(pdf(["x"]), page)


@pytest.mark.parametrize("data", [b"", b"text", locked_pdf()])
def test_asking_about_what_is_no_pdf_is_a_value_error(data):
    with pytest.raises(ValueError, match="PDF"):
        positions(data, 0)


def test_sizes_of_pages_are_known_without_reading_them():
    sizes = page_sizes(pdf(["一二三", None, "四五六"]))
    assert [(round(w), round(h)) for w, h in sizes] == [(595, 842)] * 3
    turned = page_sizes(pdf(["一二三"], page_extra=b"/Rotate 90"))
    assert (round(turned[0][0]), round(turned[0][1])) == (842, 595)
    with pytest.raises(ValueError, match="readable"):
        page_sizes(b"%PDF-1.7 nothing")


def test_each_span_has_its_own_boxes_on_a_page():
    data = pdf(["一二三四\n五六七八九", "甲乙丙丁"])
    source, _ = read("a.pdf", data)
    both, none, second = boxes_on(data, 0, source.pages[0], [(1, 7), (20, 22), (6, 8)])
    assert len(both) == 2 and none == () and len(second) == 1
    assert both[0][0] < both[0][2] and both[0][3] <= both[1][3]
    assert boxes_on(data, 0, (0, 99), [(1, 7)]) == ((),)
    assert boxes_on(data, 2, source.pages[1], [(12, 14)]) == ((),)
