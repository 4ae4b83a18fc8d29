"""A filing down to Excel and up again: what comes back is compared, checked and merged."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from factories import collection as made
from factories.books import workbook
from luodi.collection import actions
from luodi.collection.models import Draft
from luodi.collection.queries.workbooks import marked_file, workbook_of
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Incomplete, NotAllowed

pytestmark = pytest.mark.django_db(databases="__all__")
NOW = Moment(made.APRIL)


@pytest.fixture(autouse=True)
def april(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.APRIL)


@pytest.fixture
def filing(city, at):
    form = made.defined(
        city, at, checks=[{"key": "c1", "kind": "formula", "formula": "[output] >= [sales]"}]
    )
    made.opened(city, form)
    return made.filing_of(city, form)


def down(city, filing, username="clerk") -> bytes:
    return workbook_of(made.viewer(city, username), filing.key, NOW)[1]


def filled(data: bytes, **cells) -> bytes:
    """The workbook with cells typed into it, saved as Excel would."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for at, value in cells.items():
        book.worksheets[0][at] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def place_of(data: bytes, name: str) -> str:
    """The address the hidden sheet names for a cell."""
    rows = openpyxl.load_workbook(io.BytesIO(data))["_luodi"].iter_rows(values_only=True)
    return next(row[0] for row in rows if row[1] == name)


def up(city, filing, data, *, name="a.xlsx", username="clerk"):
    who = made.viewer(city, username)
    return actions.take_workbook(
        filing=filing.key, name=name, data=data, viewer=who, by=who.person, at=made.APRIL
    )


def typed(filing) -> dict[str, str]:
    return Draft.objects.get(filing=filing).cells


def test_the_workbook_shows_the_form_and_locks_all_but_its_cells(city, filing):
    made.drafted(city, filing, {"output:now": "12.50"})
    data = down(city, filing)
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet, at = book.worksheets[0], place_of(data, "output:now")
    words = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value}
    assert {
        "示例工业月报",
        "表号：示B204-1表",
        "制定机关：示例市统计局",
        "批准文号：示统制〔2026〕1号",
    } <= words
    assert (
        sheet[at].value == 12.5
        and not sheet[at].protection.locked
        and sheet["A1"].protection.locked
    )
    assert sheet.protection.sheet and book["_luodi"].sheet_state == "veryHidden"


def test_what_is_typed_in_excel_comes_into_the_draft(city, filing):
    data = down(city, filing)
    cells = {place_of(data, "output:now"): 12.3, place_of(data, "staff:now"): "３２０"}
    taken = up(city, filing, filled(data, **cells))
    assert typed(filing) == {"output:now": "12.3", "staff:now": "３２０"}
    assert taken.changed == 2 and taken.saved.faults == []
    who = made.viewer(city, "clerk")
    actions.submit_filing(
        filing=filing.key, version=taken.saved.version, viewer=who, by=who.person, at=made.APRIL
    )
    assert made.values_of(filing) == {"output": 1230, "staff": 320}


def test_the_same_file_twice_changes_nothing(city, filing):
    data = down(city, filing)
    once = filled(data, **{place_of(data, "output:now"): 12.3})
    up(city, filing, once)
    version = Draft.objects.get(filing=filing).version
    again = up(city, filing, once)
    assert again.saved is None and again.changed == 0
    assert Draft.objects.get(filing=filing).version == version


def test_what_somebody_typed_meanwhile_is_not_overwritten(city, filing):
    made.drafted(city, filing, {"output:now": "10"})
    data = down(city, filing)
    made.drafted(city, filing, {"output:now": "11", "sales:now": "5"}, username="section_head")
    taken = up(city, filing, filled(data, **{place_of(data, "output:now"): 12}))
    assert typed(filing)["output:now"] == "11" and typed(filing)["sales:now"] == "5"
    assert taken.saved.conflicts["output:now"]["typed"] == "12"


def test_an_emptied_cell_is_emptied_and_a_formula_gives_its_result_only(city, filing):
    made.drafted(city, filing, {"output:now": "10", "sales:now": "9"})
    data = down(city, filing)
    emptied = filled(
        data, **{place_of(data, "output:now"): None, place_of(data, "sales:now"): "=1+1"}
    )
    taken = up(city, filing, emptied)
    assert typed(filing)["output:now"] == "" or "output:now" not in typed(filing)
    assert taken.formulas == 1 and taken.saved.faults[0].cells == ("sales:now",)


@pytest.mark.parametrize("name", ["表.xlsx", "表.csv"])
def test_a_sheet_of_ones_own_is_read_by_its_labels(city, filing, name):
    rows = [
        ["我的台账"],
        ["指标", "备注", "本 月"],
        ["工业总产值", "", "12.5"],
        ["期末从业人员", "x", 8],
    ]
    data = workbook(("表", rows))
    if name.endswith("csv"):
        data = "\n".join(",".join(map(str, row)) for row in rows).encode("gb18030")
    up(city, filing, data, name=name)
    assert typed(filing) == {"output:now": "12.5", "staff:now": "8"}


def test_files_of_other_forms_and_strange_files_are_refused(city, filing, at):
    other = made.filing_of(city, filing.form, "开发区管委会")
    data = down(city, other, "zone_staff")
    for given, code in (
        (data, "workbook.other"), (workbook(("表", [["无", "关"]])), "workbook.unknown"),
        (b"%PDF-1.4", "grid.form"),
    ):  # fmt: skip
        with pytest.raises(Incomplete) as refused:
            up(city, filing, given)
        assert refused.value.code == code
    assert not Draft.objects.exists()


def without_key(data: bytes) -> bytes:
    """The workbook as it comes back from a program that lost the hidden sheet."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    del book["_luodi"]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_file_without_its_key_is_taken_for_the_period_printed_in_it(city, filing, at):
    data = down(city, filing)
    given = without_key(filled(data, **{place_of(data, "output:now"): 3}))
    up(city, filing, given)
    assert typed(filing) == {"output:now": "3"}
    made.opened(city, filing.form, period="2026-04")
    later = made.filing_of(city, filing.form, period="2026-04")
    with pytest.raises(Incomplete, match="写的是2026年3月，而这里报的是2026年4月") as refused:
        up(city, later, given)
    assert refused.value.code == "workbook.period"
    assert not Draft.objects.filter(filing=later).exists()


def test_only_the_respondent_uploads_and_only_while_it_is_open(city, filing):
    data = down(city, filing)
    with pytest.raises(NotAllowed):
        up(city, filing, data, username="statistician")
    made.submitted(city, filing)
    with pytest.raises(Closed):
        up(city, filing, data)


def test_the_respondents_own_file_comes_back_with_its_faults(city, filing):
    data = down(city, filing)
    where = place_of(data, "output:now")
    given = filled(data, **{where: "很多", place_of(data, "sales:now"): 5})
    marked, faults = marked_file(made.viewer(city, "clerk"), filing.key, "a.xlsx", given, NOW)
    book = openpyxl.load_workbook(io.BytesIO(marked))
    assert "不是可以识别的数值" in book.worksheets[0][where].comment.text and faults
    assert not Draft.objects.exists(), "nothing is stored"
    with pytest.raises(Incomplete, match="xlsx"):
        marked_file(
            made.viewer(city, "clerk"), filing.key, "a.csv", "指标,本月\n工业总产值,1".encode(), NOW
        )


def test_down_and_up_through_the_pages(city, filing, sign_in):
    clerk = sign_in("clerk")
    answer = clerk.get(reverse("filing_workbook", args=[filing.key]))
    data = answer.content
    assert "attachment" in answer["Content-Disposition"]
    given = filled(data, **{place_of(data, "output:now"): 3, place_of(data, "sales:now"): 5})
    address = reverse("filing_take_workbook", args=[filing.key])
    page = clerk.post(address, {"file": SimpleUploadedFile("a.xlsx", given)}, follow=True)
    assert "已存入草稿 2 格，其中 1 处有问题" in page.content.decode()
    back = clerk.post(address, {"file": SimpleUploadedFile("a.xlsx", given), "do": "mark"})
    assert (
        back.content.startswith(b"PK")
        and "%E5%B7%B2%E6%A0%87%E6%B3%A8" in back["Content-Disposition"]
    )
    assert clerk.post(address).status_code == 422
    huge = SimpleUploadedFile("a.xlsx", bytes(21 * 1024 * 1024))
    refused = clerk.post(address, {"file": huge})
    assert refused.status_code == 422 and "上限是 20.0 MB" in refused.content.decode()
