"""Word and Excel files: the same every time, in the official layout, without traps."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Length
from python_calamine import CalamineWorkbook

from factories.papers import ISSUED, frozen_report
from luodi.kit.readers import read
from luodi.papers.exports import render, write_sheet, write_word
from luodi.papers.rules.comparing import compare
from luodi.papers.rules.layout import lines_of
from luodi.papers.rules.notices import compose_notice

NOTICE = compose_notice(
    {
        "title": "关于报送工作进展的通知",
        "addressees": "各成员单位",
        "body": "现将有关事项通知如下。\n一、报送内容\n（一）工作进展。如实填报。\n二、时限\n4月5日前报送。",
        "attachments": "报送表\n名单",
        "copy_to": "市政府办公室",
    },
    "示例市商务局",
    2026,
)


@pytest.mark.parametrize("content", [frozen_report(), NOTICE], ids=["report", "notice"])
class TestBothKinds:
    def test_the_same_snapshot_makes_the_same_bytes(self, content):
        assert render(content, ISSUED) == render(content, ISSUED)

    def test_what_is_written_reads_back_without_a_difference(self, content):
        source, _problems = read("a.docx", write_word(content, ISSUED))
        found = compare(lines_of(content, ISSUED), source.text)
        assert (found.changes, found.lines) == ((), 0)

    def test_an_unsigned_one_says_so_on_top_and_on_every_page(self, content):
        document = Document(io.BytesIO(write_word(content, None)))
        section = document.sections[0]
        assert "未签发草稿" in document.paragraphs[0].text
        for header in (section.header, section.even_page_header):
            assert header.paragraphs[0].text == "未签发草稿"
        assert "未签发" not in "".join(line.text for line in lines_of(content, ISSUED))

    def test_every_run_names_its_east_asian_font(self, content):
        document = Document(io.BytesIO(write_word(content, ISSUED)))
        runs = list(document.element.body.iter(qn("w:r")))
        assert runs and all(r.find(f".//{qn('w:rFonts')}").get(qn("w:eastAsia")) for r in runs)

    def test_the_page_is_that_of_the_standard(self, content):
        section = Document(io.BytesIO(write_word(content, ISSUED))).sections[0]
        edges = (section.page_width, section.page_height, section.top_margin, section.left_margin)
        assert [round(e.mm) for e in edges] == [210, 297, 37, 28]
        width = section.page_width - section.left_margin - section.right_margin
        height = section.page_height - section.top_margin - section.bottom_margin
        assert [round(Length(side).mm) for side in (width, height)] == [156, 225]

    def test_nothing_tells_when_or_by_whom_it_was_made(self, content):
        with zipfile.ZipFile(io.BytesIO(write_word(content, ISSUED))) as archive:
            assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert b"python-docx" not in archive.read("docProps/core.xml")


def fonts(content, role_text: str) -> set[str]:
    document = Document(io.BytesIO(write_word(content, ISSUED)))
    paragraph = next(p for p in document.paragraphs if role_text in p.text)
    return {r._element.rPr.rFonts.get(qn("w:eastAsia")) for r in paragraph.runs}


def test_headings_and_body_of_a_notice_have_the_faces_of_the_standard():
    assert fonts(NOTICE, "关于报送工作进展的通知") == {"方正小标宋简体"}
    assert fonts(NOTICE, "一、报送内容") == {"黑体"}
    assert fonts(NOTICE, "（一）工作进展。") == {"楷体_GB2312", "仿宋_GB2312"}
    assert fonts(NOTICE, "现将有关事项") == {"仿宋_GB2312"}


def test_the_page_number_is_a_field_between_dashes():
    section = Document(io.BytesIO(write_word(NOTICE, ISSUED))).sections[0]
    for footer in (section.footer, section.even_page_footer):
        assert "PAGE" in footer._element.xml and footer.paragraphs[0].text.startswith("— ")


def test_a_formula_in_somebodys_words_stays_text():
    content = frozen_report(said='=HYPERLINK("x")')
    with zipfile.ZipFile(io.BytesIO(write_sheet(content, ISSUED))) as archive:
        sheets = [archive.read(n) for n in archive.namelist() if n.startswith("xl/worksheets")]
    assert sheets and not any(b"<f>" in sheet or b"hyperlink" in sheet for sheet in sheets)


def test_the_excel_file_has_text_tables_and_figures_with_their_sources():
    book = CalamineWorkbook.from_filelike(io.BytesIO(write_sheet(frozen_report(), ISSUED)))
    assert book.sheet_names == ["正文", "各单位报送情况", "数据来源"]
    figures = book.get_sheet_by_name("数据来源").to_python()
    assert figures[3][:5] == ["f3", "累计完成投资", 1234.5, "亿元", "round:0000000000000001"]
    assert book.get_sheet_by_name("各单位报送情况").to_python()[2] == ["市统计局", 2.0, 0.0]
