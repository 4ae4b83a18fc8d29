"""The PDF of a signed paper says what its Word file says; an unsigned one has none."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from docx import Document

from factories.papers import report_to_sign, seen, small_report, staff_office
from luodi.documents.queries import content_of
from luodi.papers import actions, exports
from luodi.papers.queries import open_state


def printed(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    said = "".join(page.get_textpage().get_text_range() for page in document)
    return "".join(said.split())


@pytest.fixture
def to_sign(city, at):
    return report_to_sign(staff_office(city, at), at)


def test_every_line_of_the_word_file_is_in_the_pdf(city, at, to_sign, sign_in):
    address = f"/papers/{to_sign}/pdf/"
    assert sign_in("office").get(address).status_code == 404
    actions.sign_paper(
        paper=to_sign,
        seen=seen(to_sign),
        render=exports.render,
        by=city.people["office_leader"],
        at=at,
    )
    answer = sign_in("office").get(address)
    assert answer["Content-Type"] == "application/pdf"
    said = printed(answer.content)
    word = Document(io.BytesIO(content_of(open_state(to_sign).word_file)))
    lines = [p.text for p in word.paragraphs]
    lines += [c.text for t in word.tables for row in t.rows for c in row.cells]
    assert [one for one in lines if "".join(one.split()) not in said] == []
    assert "未签发" not in said and "—1—" in said


def test_a_draft_says_so_on_the_page(db):
    assert "未签发草稿" in printed(exports.write_pdf(small_report(), None))
