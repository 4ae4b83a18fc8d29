"""The door: size, form, refusals and what every form shares."""

import hashlib
import zipfile

import pytest

from factories.pdfs import locked_pdf, pdf
from factories.words import docx, p, zipped
from luodi.kit.readers import Limits, read

PLAN = "关于推进示例开发区建设的工作方案\n一、总体要求\n"


def refusal(name, data, limits=None):
    source, problems = read(name, data, limits or Limits())
    assert source is None
    (problem,) = problems
    assert problem.severity == "error"
    assert problem.message.endswith("您的原文件没有改动。")
    assert "{" not in problem.message
    return problem.code


def ole(stream):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le")


def test_a_source_names_its_bytes_and_counts_its_characters():
    data = PLAN.encode()
    source, problems = read("方案.txt", data)
    assert problems == ()
    assert source.sha256 == hashlib.sha256(data).hexdigest()
    assert (source.name, source.form, source.text) == ("方案.txt", "txt", PLAN)
    assert source.chars == len(PLAN)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.txt", b"", "source.empty"),
        ("a.txt", b" \n\n", "source.empty"),
        ("a.docx", docx(p()), "source.empty"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(20), "source.image"),
        ("a.webp", b"RIFF\0\0\0\0WEBPVP8 ", "source.image_kind"),
        ("a.bmp", b"BM\x10\0\0\0\0\0\0\0", "source.image_kind"),
        ("a.rtf", b"{\\rtf1 x}", "source.rtf"),
        ("a.rar", b"Rar!\x1a\x07\x00", "source.archive"),
        ("a.ceb", b"Founder CEB 3.0\0", "source.unknown_form"),
        ("a.exe", b"\x7fELF\x02", "source.binary"),
        ("a.bin", bytes(range(256)), "source.binary"),
        ("a.bin", b"\x01\x02\x03\x04\x05abc", "source.binary"),
        ("a.txt", "文\0字".encode(), "source.binary"),
        ("a.txt", "文\0字".encode("utf-16"), "source.binary"),
        ("a.doc", ole("WordDocument"), "source.old_word"),
        ("a.wps", ole("WordDocument"), "source.old_word"),
        ("a.xls", ole("Workbook"), "source.spreadsheet"),
        ("a.ppt", ole("PowerPoint Document"), "source.slides"),
        ("a.docx", ole("EncryptedPackage"), "source.encrypted"),
        ("a.msg", ole("Other"), "source.unknown_form"),
        ("a.xml", b'<?mso-application progid="Word.Document"?><x/>', "source.old_word"),
        ("a.mht", b"MIME-Version: 1.0\nContent-Type: multipart/related", "source.unknown_form"),
        ("a.xlsb", zipped({"[Content_Types].xml": "", "xl/workbook.bin": ""}), "source.spreadsheet"),
        ("a.xlsx", zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "source.damaged"),
        ("a.pptx", zipped({"[Content_Types].xml": "", "ppt/x.xml": ""}), "source.slides"),
        ("a.ofd", zipped({"OFD.xml": ""}), "source.damaged"),
        ("a.odt", zipped({"mimetype": "", "content.xml": ""}), "source.unknown_form"),
        ("a.zip", zipped({"a.txt": ""}), "source.archive"),
        ("a.zip", zipped({}), "source.archive"),
        ("a.docx", docx(p("x"))[:-30], "source.damaged"),
        ("a.docx", docx("<w:p>"), "source.damaged"),
        ("a.pdf", locked_pdf(), "source.encrypted"),
        ("a.pdf", b"%PDF-1.7\nnothing", "source.damaged"),
        ("a.txt", "中文的计划和方案".encode("big5", "ignore") + b"\xff", "source.unknown_encoding"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_own_sentence(name, data, code):
    assert refusal(name, data) == code


def test_a_file_over_the_limit_is_refused_without_being_looked_at():
    class Huge(bytes):
        def __len__(self):
            return 200 * 1024 * 1024

        def startswith(self, *_):
            raise AssertionError("looked at")

    assert refusal("a.txt", Huge()) == "source.too_large"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", ("字" * 11).encode()),
        ("a.html", ("<p>" + "字" * 11).encode()),
        ("a.html", b"<td colspan=12>x</table>"),
        ("a.docx", docx(p("字" * 11))),
        ("a.pdf", pdf(["字" * 11])),
        ("a.pdf", pdf(["a", "b", "c"])),
    ],
)
def test_a_text_over_the_limit_is_refused(name, data):
    assert refusal(name, data, Limits(chars=10, pages=2)) == "source.too_large"


def test_the_form_goes_by_the_content_and_a_wrong_ending_is_told():
    source, (note,) = read("方案.txt", docx(p("正文")))
    assert source.form == "docx"
    assert (note.code, note.severity) == ("source.form_differs", "info")
    assert ".txt" in note.message and "Word" in note.message


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("粘贴", b"plain", "txt"),
        ("a.md", b"# plain", "txt"),
        ("a.pdf", b"junk before\n" + pdf(["text"]), "pdf"),
        ("a", b"\xef\xbb\xbf%PDF-1.7 is how it starts"[:3] + pdf(["text"]), "pdf"),
        ("a.txt", b"%PDF"[:3] + b"- is not enough", "txt"),
        ("a", b"<!-- x --> <!DOCTYPE html><p>text", "html"),
        ("a", b'<?xml version="1.0"?><html><body>text', "html"),
        ("a.htm", b"text <b>bold</b>", "html"),
        ("a.htm", b"no tags", "txt"),
        ("a", "<html><p>文".encode("utf-16"), "html"),
        ("a.xml", b"<plan>x</plan>", "txt"),
    ],
)
def test_forms_are_told_apart(name, data, form):
    source, _ = read(name, data)
    assert source is not None
    assert source.form == form


def test_many_comments_before_a_page_cost_no_time():
    source, _ = read("a", b"<!---->" * 580 + b"<p>x")
    assert source.form == "txt"


class TestBombs:
    def test_one_part_that_swells(self):
        data = docx(p("x"), {"word/media/a.xml": bytes(9_000_000)})
        assert refusal("a.docx", data) == "source.bomb"

    def test_parts_that_are_large_together(self):
        data = docx(p("x"), {"word/a.xml": b"ab" * 600, "word/b.xml": b"ab" * 600})
        assert refusal("a.docx", data, Limits(unpacked_bytes=2000)) == "source.bomb"

    def test_the_parts_that_are_read(self):
        assert refusal("a.docx", docx(p("字" * 500)), Limits(part_bytes=1000)) == "source.bomb"

    def test_very_many_entries(self):
        data = docx(p("x"), {f"word/{n}.xml": "" for n in range(20)})
        assert refusal("a.docx", data, Limits(entries=20)) == "source.bomb"

    def test_a_size_declared_smaller_than_it_is(self):
        data = bytearray(docx(p("字" * 500)))
        with zipfile.ZipFile(__import__("io").BytesIO(bytes(data))) as archive:
            info = archive.getinfo("word/document.xml")
        size = info.file_size.to_bytes(4, "little")
        assert data.count(size) >= 2
        lied = bytes(data).replace(size, (40).to_bytes(4, "little"))
        assert refusal("a.docx", lied) == "source.damaged"

    def test_entities_are_not_expanded(self):
        body = p("x").replace("x", "&b;")
        document = docx(body)
        source, _ = read("a.docx", document)
        assert source is None

    def test_a_zip_with_a_password(self):
        data = docx(p("x"))
        at = data.index(b"PK\x01\x02")
        locked = data[: at + 8] + b"\x01" + data[at + 9 :]
        assert refusal("a.docx", locked) == "source.encrypted"
