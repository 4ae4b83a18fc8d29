"""The pages of a PDF in the room: pictures, what is marked on them, who may see them."""

from __future__ import annotations

import re

import pytest

from factories.pdfs import locked_pdf, pdf
from factories.reading import PLAN, quiet
from factories.scans import RECORDED, recorded, scanned_pdf
from luodi.common.refusals import Refusal
from luodi.documents.rules import path_of
from luodi.reading.actions import import_document, imports, recheck_document
from luodi.reading.models import Document, ReviewCard
from luodi.reading.queries import readings

FIRST, SECOND = PLAN[: PLAN.index("二、主要任务")], PLAN[PLAN.index("二、主要任务") :]
PNG = b"\x89PNG\r\n\x1a\n"


def handed_in(city, at, data: bytes, name: str = "方案.pdf") -> Document:
    return import_document(
        name=name,
        data=data,
        city=city.key,
        unit=city.units["市商务局"],
        progress=quiet,
        by=city.people["office"],
        at=at,
    )


@pytest.fixture
def document(city, at) -> Document:
    return handed_in(city, at, pdf([FIRST, SECOND]))


def room(document: Document, rest: str = "?view=pages") -> str:
    return f"/documents/{document.key}/{rest}"


def test_the_room_offers_the_pages_of_a_pdf_and_of_nothing_else(city, at, document, sign_in):
    office = sign_in("office")
    assert "版面" in office.get(room(document, "")).content.decode()
    page = office.get(room(document)).content.decode()
    assert page.count("<figure") == 2 and 'loading="lazy"' in page and "<mark" not in page
    from factories.reading import imported

    plain = imported(city, at)
    assert "版面" not in office.get(room(plain)).content.decode()
    assert office.get(room(plain, "pages/1/900.png")).status_code == 404
    assert "不是 PDF" in office.get(room(plain, "pages/1/")).content.decode()


def test_a_picture_is_drawn_once_and_then_kept_by_the_browser(document, sign_in):
    office = sign_in("office")
    first = office.get(room(document, "pages/2/900.png"))
    assert first["Content-Type"] == "image/png" and first.content.startswith(PNG)
    assert int.from_bytes(first.content[16:20]) in {899, 900, 901}
    assert first["Cache-Control"] == "private, no-cache"
    again = office.get(room(document, "pages/2/900.png"), headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304 and again.content == b""
    other = office.get(room(document, "pages/1/900.png"), headers={"If-None-Match": first["ETag"]})
    assert other.status_code == 200


@pytest.mark.parametrize("rest", ["pages/3/900.png", "pages/0/900.png", "pages/1/901.png"])
def test_a_page_that_is_not_there_is_said_in_words(document, sign_in, rest):
    answer = sign_in("office").get(room(document, rest))
    assert answer.status_code == 404 and "没有" in answer.content.decode()


BOX = re.compile(r"M([\d.]+) ([\d.]+)H([\d.]+)V([\d.]+)")


def boxes(svg: str, token: str) -> list[tuple[float, ...]]:
    """Left, top, right, bottom of what is drawn for a token."""
    path = re.search(rf'<path data-t="{token}"[^>]* d="([^"]*)"', svg)
    return [tuple(map(float, box)) for box in BOX.findall(path[1])]


def test_each_line_of_a_commitment_is_boxed_where_it_stands(document, sign_in):
    measure = ReviewCard.objects.filter(document=document, data__label="1.").get()
    svg = sign_in("office").get(room(document, "pages/2/")).content.decode()
    lines = document.compilations.get().text[measure.start : measure.end].rstrip().split("\n")
    found = boxes(svg, f"c{measure.pk}")
    assert len(found) == len(lines)
    assert all(70 < x0 < x1 - 100 and 8 < y1 - y0 < 30 for x0, y0, x1, y1 in found)
    above = ReviewCard.objects.filter(document=document, kind="indicator").first()
    assert f'data-t="c{above.pk}"' not in svg
    assert (
        f'data-t="c{above.pk}"'
        in sign_in("office").get(room(document, "pages/1/")).content.decode()
    )


def test_a_commitment_cut_by_the_page_is_boxed_on_both(city, at, sign_in):
    cut = PLAN.index("做到当日受理")
    document = handed_in(city, at, pdf([PLAN[:cut], PLAN[cut:]]))
    card = ReviewCard.objects.filter(document=document, data__label="2.").get()
    office = sign_in("office")
    for number in (1, 2):
        svg = office.get(room(document, f"pages/{number}/")).content.decode()
        assert boxes(svg, f"c{card.pk}")


def test_an_asked_place_is_boxed(document, sign_in):
    start = document.compilations.get().text.index("打通园区内")
    asked = sign_in("office").get(room(document, f"pages/2/?at={start}-{start + 5}"))
    assert len(boxes(asked.content.decode(), "at")) == 1
    page = sign_in("office").get(room(document, f"?view=pages&at={start}-{start + 5}"))
    assert f"?at={start}-{start + 5}" in page.content.decode()


def test_pages_are_seen_by_whom_the_document_is(city, at, document, sign_in):
    for name in ("clerk", "leading_group", "statistician"):
        client = sign_in(name)
        assert client.get(room(document, "pages/1/900.png")).status_code == 404
        assert client.get(room(document, "pages/1/")).status_code == 404
    etag = sign_in("office").get(room(document, "pages/1/900.png"))["ETag"]
    kept = {"If-None-Match": etag}
    assert sign_in("clerk").get(room(document, "pages/1/900.png"), headers=kept).status_code == 404
    assert sign_in("auditor").get(room(document, "pages/1/900.png")).status_code == 403


def test_an_original_spoilt_in_the_store_is_said_in_words(document, sign_in):
    path = path_of(document.sha256)
    office, whole = sign_in("office"), path.read_bytes()
    try:
        path.write_bytes(whole[:200])
        page = office.get(room(document))
        assert page.status_code == 200 and "原件打不开" in page.content.decode()
        assert "打通园区内" in page.content.decode()
        assert office.get(room(document, "pages/1/900.png")).status_code == 404
        marks = office.get(room(document, "pages/1/"))
        assert marks.status_code == 200 and "原件损坏" in marks.content.decode()
        path.unlink()
        assert office.get(room(document, "pages/1/900.png")).status_code == 404
        assert office.get(room(document)).status_code == 200
    finally:
        path.write_bytes(whole)


@pytest.mark.parametrize("data", [locked_pdf(), b"%PDF-1.7\nnothing"])
def test_a_pdf_that_cannot_be_read_is_refused_with_a_sentence(city, at, data):
    with pytest.raises(Refusal):
        handed_in(city, at, data)
    assert not Document.objects.exists()


def test_a_scanned_pdf_shows_its_pages_beside_the_note(city, at, sign_in):
    document = handed_in(city, at, pdf([None, None]))
    page = sign_in("office").get(room(document)).content.decode()
    assert page.count("<figure") == 2 and "扫描" in page
    assert sign_in("office").get(room(document, "pages/1/")).status_code == 200


def test_a_scan_is_checked_anew_as_it_was_read(city, at, monkeypatch):
    monkeypatch.setattr(imports, "recogniser", lambda: recorded)
    document = handed_in(city, at, scanned_pdf(), "扫描.pdf")
    monkeypatch.setattr(readings, "recogniser", lambda: recorded)
    checked = recheck_document(document=document.key, by=city.people["office"], at=at)
    assert checked.gone == 0
    monkeypatch.setattr(readings, "recogniser", lambda: None)
    with pytest.raises(Refusal, match="识别"):
        recheck_document(document=document.key, by=city.people["office"], at=at)


def test_recognised_lines_are_boxed_on_the_picture_of_a_scan(city, at, sign_in, monkeypatch):
    monkeypatch.setattr(imports, "recogniser", lambda: recorded)
    document = handed_in(city, at, scanned_pdf())
    measure = ReviewCard.objects.filter(document=document, data__label="1.").get()
    svg = sign_in("office").get(room(document, "pages/1/")).content.decode()
    found = boxes(svg, f"c{measure.pk}")
    assert [round(x0) for x0, *_ in found] == [round(RECORDED[n][1][0] * 842) for n in (4, 5)]


def test_long_pdfs_open_with_the_queries_of_short_ones(city, at, document, sign_in):
    from integration.reading.test_rooms import queries_for

    office = sign_in("office")
    long = handed_in(city, at, pdf([FIRST, SECOND, *["第页 内容说明文字。"] * 60]), "长.pdf")
    assert queries_for(office, room(document)) == queries_for(office, room(long))
