"""The one-page brief of a project, as Word and as PDF."""

from __future__ import annotations

import io
from datetime import timedelta

import pypdfium2
import pytest
from docx import Document

from factories.projects import in_the_way
from luodi.common.moments import Moment
from luodi.orgs.queries import viewer_of_person
from luodi.papers.exports import pages
from luodi.projects.queries import project_brief

pytestmark = pytest.mark.django_db(databases="__all__")


def pdf_text(data: bytes) -> tuple[int, str]:
    document = pypdfium2.PdfDocument(data)
    found = "".join(page.get_textpage().get_text_range() for page in document)
    return len(document), found


def word_text(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


@pytest.fixture
def files(sign_in, project):
    def fetch(who: str = "office") -> tuple[bytes, bytes]:
        client = sign_in(who)
        return tuple(
            client.get(f"/projects/{project.key}/brief.{form}").content for form in ("docx", "pdf")
        )

    return fetch


def test_word_and_pdf_say_the_same_on_one_page(files, city, at, project, moves):
    moves("office", "talks")
    moves("office", "lead", why="投资方再议")
    in_the_way(city, [project.key], at)
    word, pdf = files()
    length, printed = pdf_text(pdf)
    assert length == 1
    for said in ("示例光电产业园项目情况一页纸", "32,000.5万元", "用电增容", "退回", "未经签发"):
        assert said in word_text(word) and said in printed, said


def test_the_same_record_gives_the_same_bytes(files):
    assert files() == files()


def test_the_longest_words_and_most_problems_stay_on_a_page(city, at, opened, sign_in):
    said = {"name": "长" * 200, "investor": "投" * 200, "industry": "业" * 60}
    key = opened(**said, source="源" * 200).key
    for number in range(9):
        in_the_way(city, [key], at, f"{number}" + "很长的问题" * 30)
    pdf = sign_in("office").get(f"/projects/{key}/brief.pdf").content
    length, printed = pdf_text(pdf)
    assert length == 1 and "另有6个" in printed


def test_what_was_typed_is_never_code(opened, sign_in):
    key = opened(name='#panic("x") $a$ = 1 \\ *b* _c_ @d <e>').key
    pdf = sign_in("office").get(f"/projects/{key}/brief.pdf")
    assert pdf.status_code == 200 and '#panic("x")' in pdf_text(pdf.content)[1]


def test_each_figure_says_where_it_stands(city, at, project):
    viewer = viewer_of_person(city.people["office"])
    content = project_brief(project.key, viewer, Moment(at + timedelta(hours=1)))
    assert content is not None
    found = {figure.label: figure for figure in content_figures(content)}
    assert found["总投资"].source == f"project:{project.key}" and found["用地"].text == "60亩"


def content_figures(content):
    return [run for run in _runs(content) if run.kind == "figure"]


def _runs(content):
    for block in content.blocks:
        if block.kind == "table":
            yield from (run for row in block.rows for cell in row for run in cell)
        elif block.kind == "paragraph":
            yield from block.runs


def test_others_get_none_and_a_machine_without_fonts_says_so(files, sign_in, project, monkeypatch):
    address = f"/projects/{project.key}/brief."
    assert sign_in("other_clerk").get(f"{address}pdf").status_code == 404
    assert sign_in("office").get(f"{address}exe").status_code == 404
    monkeypatch.setattr(pages, "has_chinese", lambda: False)
    refused = sign_in("office").get(f"{address}pdf")
    assert refused.status_code == 422 and "没有中文字体" in refused.content.decode()


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_marks_that_no_file_can_hold_are_left_out(sign_in, opened, form):
    project = opened(name="示例\x0b\x07\u202e<script>{{ 7 }}项目", investor="甲\x1f\ufffe方")
    answer = sign_in("office").get(f"/projects/{project.key}/brief.{form}")
    assert answer.status_code == 200
    if form == "docx":
        found = Document(io.BytesIO(answer.content))
        assert found.core_properties.title == "示例<script>{{ 7 }}项目情况一页纸"
