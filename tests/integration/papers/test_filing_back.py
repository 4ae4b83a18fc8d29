"""The signed Word file, edited outside, filed back: exactly the changed figures are listed."""

from __future__ import annotations

import io
import zipfile

import pytest

from factories.papers import edited, report_to_sign, seen, staff_office
from luodi.audit.queries import verify
from luodi.common.refusals import Conflict, Refusal
from luodi.documents.models import StoredFile
from luodi.documents.queries import content_of
from luodi.papers import actions, exports
from luodi.papers.choices import PaperStage
from luodi.papers.models import Difference
from luodi.papers.queries import differences_of, open_state


@pytest.fixture
def office(city, at):
    return staff_office(city, at)


@pytest.fixture
def signed(office, at):
    key = report_to_sign(office, at)
    actions.sign_paper(
        paper=key, seen=seen(key), render=exports.render, by=office.people["office_leader"], at=at
    )
    return key


@pytest.fixture
def file_back(office, signed, at):
    def back(data: bytes, name: str = "月报 改.docx", who: str = "office"):
        return actions.file_back(
            paper=signed, seen=seen(signed), name=name, data=data, by=office.people[who], at=at
        )

    return back


def word_of(key: str) -> bytes:
    return content_of(open_state(key).word_file)


def listed(key: str) -> list[tuple[str, str, str]]:
    return [(d.ours, d.theirs, d.label) for d in differences_of(open_state(key))]


def test_the_untouched_file_differs_nowhere(signed, file_back):
    found = file_back(word_of(signed))
    assert (found.changes, found.lines, listed(signed)) == ((), 0, [])
    assert open_state(signed).stage == PaperStage.FILED


def test_one_changed_figure_is_listed_with_its_source_and_nothing_else(signed, file_back):
    file_back(edited(word_of(signed), [("1,234.50", "1,243.50")]))
    assert listed(signed) == [("1,234.50亿元", "1,243.50亿元", "累计完成投资")]
    (row,) = differences_of(open_state(signed))
    assert (row.figure, row.source, row.place) == ("f3", "round:0000000000000001", "一、总体情况")
    assert open_state(signed).differing_lines == 1
    assert not verify().breaks


def test_a_figure_in_a_table_and_one_in_a_units_words_are_found(signed, file_back):
    file_back(edited(word_of(signed), [("8.5%", "9.5%"), ("15份", "16份")]))
    assert listed(signed) == [("15份", "16份", "已报送"), ("8.5", "9.5", "")]


def test_a_paragraph_taken_out_takes_its_numbers_with_it(signed, file_back):
    file_back(edited(word_of(signed), [], drop="市工信局：本月"))
    assert listed(signed) == [("3", "", ""), ("8.5", "", "")]


def test_a_second_copy_is_compared_afresh(signed, file_back):
    file_back(edited(word_of(signed), [("17项", "18项")]))
    file_back(word_of(signed))
    assert listed(signed) == [] and Difference.objects.count() == 1


def test_the_signed_file_stays_as_it_was(signed, file_back):
    before = word_of(signed)
    file_back(edited(before, [("17项", "18项")]))
    assert word_of(signed) == before


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * (80 * 1024 * 1024))
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("月报.docx", b"", "空的"),
        ("月报.docx", b"%PDF-1.7 this is none", "没有保存|无法读取|存入"),
        ("月报.docx", b"PK\x03\x04 broken", "损坏|存入"),
        ("月报.pdf", b"PK\x03\x04", "Word"),
        ("月报.txt", "第1期".encode(), "Word"),
        ("月报.docx", "第1期\n正文".encode(), "没有保存"),
        ("月报.docx", bomb(), "异常巨大"),
    ],
)
def test_what_is_no_word_file_is_refused_and_nothing_is_kept(
    signed, file_back, name, data, sentence
):
    files = StoredFile.objects.count()
    with pytest.raises(Refusal, match=sentence):
        file_back(data, name)
    assert StoredFile.objects.count() == files
    assert open_state(signed).stage == PaperStage.SIGNED


def test_another_document_is_refused(signed, file_back):
    from docx import Document

    other = Document()
    for number in range(12):
        other.add_paragraph(f"这是另一份材料的第{number}段，与月报毫不相干。")
    out = io.BytesIO()
    other.save(out)
    with pytest.raises(Refusal, match="选错了文件"):
        file_back(out.getvalue())


def test_a_hostile_name_is_made_safe(signed, file_back):
    file_back(word_of(signed), "../../etc/<月报>\u202e.docx")
    assert open_state(signed).filed_file.name == "_月报_.docx"


@pytest.mark.parametrize("who", ["clerk", "leading_group", "office_leader"])
def test_only_the_office_files_back(signed, file_back, who):
    with pytest.raises(Refusal):
        file_back(word_of(signed), who=who)


def test_an_unsigned_paper_takes_no_file(office, at):
    key = report_to_sign(office, at)
    with pytest.raises(Refusal, match="待签发"):
        actions.file_back(
            paper=key, seen=seen(key), name="a.docx", data=b"x", by=office.people["office"], at=at
        )


def test_a_stale_page_files_nothing(signed, office, at):
    with pytest.raises(Conflict):
        actions.file_back(
            paper=signed, seen=0, name="a.docx", data=b"x", by=office.people["office"], at=at
        )
