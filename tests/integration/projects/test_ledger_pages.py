"""The pages of project ledgers: from the file to the projects, sheet by sheet, and refusals."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories.ledgers import Desk
from factories.projects import GOOD, HEADS, ledger_csv
from luodi.audit.queries import verify
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete, Refusal
from luodi.orgs.queries import viewer_of_person
from luodi.projects.actions import bring_ledger, bring_sheet
from luodi.projects.models import ProjectLedger, ProjectState
from luodi.projects.queries import ledger_page, project_page

pytestmark = pytest.mark.django_db(databases="__all__")


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def office(city, at) -> Desk:
    return Desk(city, at)


def test_a_ledger_that_says_it_is_secret_is_refused(office):
    data = "机密★5年\n".encode() + ledger_csv({})
    with pytest.raises(Refusal, match="密级"):
        bring_ledger(name="台账.csv", data=data, city=office.city.key, **office.now)
    assert not ProjectLedger.objects.exists()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "空"),
        (b"a,b\n1,2\n", "没有找到表头"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04x", "文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧版"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
    ],
)
def test_files_that_are_no_ledger_are_refused_in_words(office, data, says):
    with pytest.raises(Incomplete, match=says):
        bring_ledger(name="x.csv", data=data, city=office.city.key, **office.now)
    assert not ProjectLedger.objects.exists()


def test_the_pages_go_from_the_file_to_the_projects_and_back_with_the_mended_rows(sign_in, city):
    office = sign_in("office")
    data = ledger_csv({}, {"项目名称": "坏代码项目", "项目代码": "26-1"})
    sent = {"file": SimpleUploadedFile("台账.csv", data)}
    page = text(office.post("/projects/ledgers/", sent, follow=True))
    assert "先指定各列是什么" in page and "预演" in page and "按预演写入" not in page
    address = f"/projects/ledgers/{ProjectLedger.objects.get().key}/"
    guessed = {g.field: str(g.column) for g in _guesses(city) if g.column}
    page = text(office.post(f"{address}columns/", guessed, follow=True))
    assert "新项目 1" in page and "有错 1" in page and "总投资（万元） 32,000" in page
    assert office.post(f"{address}take/", {"token": "x"}).status_code == 409
    token = page.split('name="token" value="')[1].split('"')[0]
    page = text(office.post(f"{address}take/", {"token": token}, follow=True))
    assert "已登记 1 个新项目" in page and "没有要写的" in page
    english = text(office.get(address, headers={"Accept-Language": "en"}))
    assert "Dry run" in english and "预演" not in english
    mended = office.get(f"{address}faults/").content
    sent = {"file": SimpleUploadedFile("台账-待改.xlsx", mended)}
    page = text(office.post("/projects/ledgers/", sent, follow=True))
    assert "各列是什么（已记住）" in page and "有错 1" in page and "相同 0" in page


def _guesses(city):
    viewer = viewer_of_person(city.people["office"])
    ledger = ProjectLedger.objects.get()
    return ledger_page(ledger.key, viewer, Moment(ledger.act.at)).guesses


def test_the_number_of_queries_does_not_grow_with_the_lines(office):
    def counted(n: int) -> int:
        lines = [{"项目名称": f"第{n}份{i}号项目", "投资方": f"某{n}{i}"} for i in range(n)]
        key = office.bring(*lines, name=f"{n}.csv")
        office.page(key)
        with CaptureQueriesContext(connection) as seen:
            office.page(key)
        return len(seen)

    assert counted(1) == counted(30)


def test_good_is_what_the_heads_say():
    assert set(GOOD) <= set(ledger_csv({}).decode().splitlines()[1].split(","))


def of_two_sheets() -> bytes:
    """A workbook that keeps each county's projects on a sheet of its own, and notes on a third."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for zone in ("甲县", "乙县"):
            sheet = book.add_worksheet(zone)
            sheet.write_row(0, 0, HEADS)
            said = GOOD | {"项目名称": f"{zone}项目", "所在县区": zone}
            sheet.write_row(1, 0, [said.get(head, "") for head in HEADS])
        book.add_worksheet("说明").write(0, 0, "示例")
    return out.getvalue()


def test_each_sheet_of_a_file_is_read_once_as_a_ledger_of_its_own(office, sign_in):
    key = office.bring(data=of_two_sheets(), name="分县台账.xlsx")
    assert office.page(key).others == ("乙县", "说明") and office.lines(key)[0].name == "甲县项目"
    client = sign_in("office")
    address = f"/projects/ledgers/{key}/"
    page = text(client.post(f"{address}sheet/", {"sheet": "乙县"}, follow=True))
    assert "分县台账.xlsx（乙县）" in page and "乙县项目" in page and "各列是什么（已记住）" in page
    client.post(f"{address}sheet/", {"sheet": "乙县"})
    assert ProjectLedger.objects.count() == 2
    other = ProjectLedger.objects.exclude(key=key).get()
    assert bring_sheet(ledger=other.key, sheet="甲县", **office.now).key == key
    assert "没有找到表头" in text(client.post(f"{address}sheet/", {"sheet": "说明"}))
    assert client.post(f"{address}sheet/", {"sheet": "没有"}).status_code == 404
    assert office.take(key)["opened"] == office.take(other.key)["opened"] == 1
    state = ProjectState.objects.open().get(name="乙县项目")
    page = project_page(state.project_id, viewer_of_person(office.by), Moment(office.at))
    assert "分县台账.xlsx（乙县）”第 2 行登记" in page.timeline[-1].sentence
    assert not verify().breaks
