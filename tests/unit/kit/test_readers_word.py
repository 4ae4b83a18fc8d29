"""Word files: what is visible is read, in order, and what is not is counted."""

import io

import docx as python_docx
import pytest

from factories.words import STRICT, WORD, cell, docx, p, part, r, row, table
from luodi.kit.readers import read

BOX = "<w:txbxContent>{}</w:txbxContent>"
DRAWN = (
    "<w:r><mc:AlternateContent><mc:Choice><w:drawing>" + BOX + "</w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><v:textbox>" + BOX + "</v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)


def text_of(body, parts=None):
    source, _ = read("a.docx", docx(body, parts))
    return source.text


def codes(body, parts=None):
    return [problem.code for problem in read("a.docx", docx(body, parts))[1]]


def test_a_file_written_by_python_docx_is_read_with_its_table():
    document = python_docx.Document()
    document.add_heading("示例工作方案", 0)
    document.add_paragraph("第一段。")
    grid = document.add_table(rows=2, cols=2)
    for index, text in enumerate(["指标", "目标", "产值", "500亿元"]):
        grid.cell(index // 2, index % 2).text = text
    out = io.BytesIO()
    document.save(out)
    source, problems = read("a.docx", out.getvalue())
    assert source.text == "示例工作方案\n第一段。\n指标\t目标\n产值\t500亿元\n"
    assert problems == ()
    (found,) = source.tables
    assert found.rows == (("指标", "目标"), ("产值", "500亿元"))
    assert source.text[slice(*found.span)] == "指标\t目标\n产值\t500亿元\n"
    assert source.pages == ((0, source.chars),)


@pytest.mark.parametrize(
    ("inline", "text"),
    [
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>", "甲\t乙"),
        ('<w:r><w:t>甲</w:t><w:br w:type="page"/><w:t>乙</w:t><w:cr/></w:r>', "甲\n乙\n"),
        ("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>b</w:t></w:r>", "a-b"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>选', "☑"),
        ('<w:r><w:sym w:char="A8"/></w:r>', "□"),
        ('<w:r><w:sym w:char="zz"/><w:sym w:char="D800"/><w:t>x</w:t></w:r>', "x"),
        ("<w:hyperlink>" + r("链接") + "</w:hyperlink>", "链接"),
        ("<w:ins>" + r("新") + "</w:ins>", "新"),
        ("<w:moveTo>" + r("移来") + "</w:moveTo>", "移来"),
        ("<w:sdt><w:sdtPr><w:t>no</w:t></w:sdtPr><w:sdtContent>" + r("控件") + "</w:sdtContent></w:sdt>", "控件"),
        ('<w:fldSimple w:instr="DATE">' + r("2025年") + "</w:fldSimple>", "2025年"),
        ("<w:r><w:instrText>PAGE</w:instrText><w:t>1</w:t></w:r>", "1"),
        ("<w:r><w:ruby><w:rt>" + r("zi") + "</w:rt><w:rubyBase>" + r("字") + "</w:rubyBase></w:ruby></w:r>", "字"),
        ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "x=1"),
        ("<w:r><w:t/></w:r>" + r("x"), "x"),
    ],
)  # fmt: skip
def test_what_stands_on_a_line(inline, text):
    assert text_of(f"<w:p>{inline}</w:p>") == text + "\n"


def test_deleted_text_is_left_out_and_counted():
    body = (
        "<w:p>" + r("保留") + "<w:del><w:r><w:delText>删去</w:delText></w:r></w:del></w:p>"
        "<w:p><w:moveFrom>" + r("移走") + "</w:moveFrom>" + r("后") + "</w:p>"
        "<w:del>" + p("块") + "</w:del>"
    )
    assert text_of(body) == "保留\n后\n"
    _, (note,) = read("a.docx", docx(body))
    assert (note.code, note.params["count"]) == ("source.revisions", 5)


def test_a_deleted_paragraph_mark_joins_the_paragraphs():
    assert text_of(p("前半", "<w:rPr><w:del/></w:rPr>") + p("后半")) == "前半后半\n"


def test_hidden_text_is_left_out_and_counted():
    styles = part(
        "styles",
        '<w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>',
    )
    body = (
        "<w:p>" + r("藏", "<w:vanish/>") + r("显", '<w:vanish w:val="0"/>')
        + r("隐隐", '<w:rStyle w:val="H"/>') + "</w:p>"
    )  # fmt: skip
    parts = {"word/styles.xml": styles}
    assert text_of(body, parts) == "显\n"
    _, (note,) = read("a.docx", docx(body, parts))
    assert (note.code, note.params["count"]) == ("source.hidden_text", 3)


def test_a_box_stands_once_behind_its_paragraph():
    body = "<w:p>" + DRAWN.format(p("框内"), p("框内")) + r("正文") + "</w:p>"
    assert text_of(body) == "正文\n框内\n"


def test_a_box_in_a_paragraph_whose_mark_is_deleted_begins_a_line():
    pict = "<w:r><w:pict>" + BOX.format(p("框")) + "</w:pict></w:r>"
    body = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + r("文") + pict + "</w:p>"
    assert text_of(body) == "文\n框\n"


def test_an_empty_choice_of_drawings_holds_nothing():
    assert text_of("<w:p><w:r><mc:AlternateContent/></w:r>" + r("x") + "</w:p>") == "x\n"


def test_table_cells_keep_their_paragraphs_and_merged_cells_are_empty():
    body = p("前") + table(
        row(cell(p("一") + p("二")), cell(p("宽"), span=2)),
        row(cell(p("x"), extra="<w:vMerge/>"), cell(p("")), cell(p("y\tz")),
            properties='<w:gridBefore w:val="1"/>'),
    )  # fmt: skip
    source, _ = read("a.docx", docx(body))
    assert source.tables[0].rows == (("一\n二", "宽", ""), ("", "x", "", "y\tz"))
    assert source.text == "前\n一 二\t宽\t\n\tx\t\ty z\n"
    flat = [c.replace("\n", " ").replace("\t", " ") for c in source.tables[0].rows[0]]
    assert source.text[slice(*source.tables[0].span)].split("\n")[0] == "\t".join(flat)


def test_a_deleted_row_is_left_out():
    body = table(row(cell(p("留"))), row(cell(p("删")), properties="<w:del/>"))
    assert text_of(body) == "留\n"
    assert codes(body) == ["source.revisions"]


def test_rows_inside_content_controls_are_read():
    assert (
        text_of(f"<w:tbl><w:sdt><w:sdtContent>{row(cell(p('x')))}</w:sdtContent></w:sdt></w:tbl>")
        == "x\n"
    )


def test_a_table_inside_a_cell_becomes_lines_of_the_cell():
    inner = table(row(cell(p("内一")), cell(p("内二"))))
    source, _ = read("a.docx", docx(table(row(cell(p("外") + inner), cell(p("右"))))))
    assert [t.rows for t in source.tables] == [(("外\n内一\n内二", "右"),)]


def test_a_table_without_rows_is_no_table():
    source, _ = read("a.docx", docx(p("x") + table()))
    assert source.tables == ()


def test_endless_nesting_is_refused():
    inner = p("x")
    for _ in range(60):
        inner = table(row(cell(inner)))
    source, (problem,) = read("a.docx", docx(inner))
    assert source is None
    assert problem.code == "source.damaged"


def test_notes_follow_the_body():
    notes = part(
        "footnotes",
        f'<w:footnote w:type="separator">{p("---")}</w:footnote>'
        f'<w:footnote w:id="2">{p("注释")}</w:footnote>',
    )
    assert text_of(p("正文"), {"word/footnotes.xml": notes}) == "正文\n注释\n"


def test_a_broken_part_beside_the_body_is_told():
    parts = {"word/styles.xml": "<broken", "word/header1.xml": "<broken"}
    assert text_of(p("正文"), parts) == "正文\n"
    _, notes = read("a.docx", docx(p("正文"), parts))
    assert [n.code for n in notes] == ["source.part_unread"] * 2
    assert "样式" in notes[0].message


def test_paragraphs_inside_content_controls_are_read():
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('控件内')}</w:sdtContent></w:sdt>"
    assert text_of(control + p("后")) == "控件内\n后\n"


def test_the_strict_flavour_is_read():
    document = part("document", f"<w:body>{p('严格')}</w:body>").replace(WORD, STRICT)
    assert text_of("", {"word/document.xml": document}) == "严格\n"


def test_a_file_that_does_not_name_its_document_is_read_from_the_usual_place():
    assert text_of(p("x"), {"_rels/.rels": "<Relationships/>"}) == "x\n"


@pytest.mark.parametrize("document", [part("document", ""), None])
def test_a_file_without_a_body_is_damaged(document):
    parts = {"word/document.xml": document} if document else {"_rels/.rels": RELATED_ELSEWHERE}
    source, (problem,) = read("a.docx", docx(p("x"), parts))
    assert source is None
    assert problem.code == "source.damaged"


RELATED_ELSEWHERE = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Type="x/officeDocument" Target="word/other.xml"/></Relationships>'
)


def test_macros_are_neither_run_nor_read():
    assert text_of(p("正文"), {"word/vbaProject.bin": b"Sub AutoOpen()"}) == "正文\n"
