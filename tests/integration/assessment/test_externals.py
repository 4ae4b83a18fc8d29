"""Results from above: dry run, import, correction, the list, a zone's page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luodi.assessment.actions import import_externals
from luodi.assessment.models import ExternalAppraisalState
from luodi.assessment.queries import external_plan, external_rows, zone_page
from luodi.audit.queries import verify
from luodi.common.doors import find_subject
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.common.sheets import workbook
from luodi.orgs.queries import viewer_of_person

pytestmark = pytest.mark.django_db(databases="__all__")

HEAD = "开发区\t年度\t级别\t位次\t参评数\t档次\t得分\t依据文件"
GOOD = f"{HEAD}\n开发区管委会\t2024\t省级\t12\t78\t第一方阵\t86.5\t示例文件一\n"
URL = "/assessment/external/import/"


def take(city, at, text=GOOD, who="office", why="", days=1):
    when = at + timedelta(days=days)
    token = external_plan(city.key, text, Moment(when)).token
    return import_externals(
        city=city.key, text=text, looked_at=token, why=why, by=city.people[who], at=when
    )


def viewer(city, who="office"):
    return viewer_of_person(city.people[who])


def test_a_table_is_taken_once_and_a_change_needs_a_reason(city, at):
    assert take(city, at).new == 1
    with pytest.raises(Incomplete, match="没有变化"):
        take(city, at)
    other = GOOD.replace("\t12\t", "\t11\t")
    with pytest.raises(Incomplete, match="更改原因"):
        take(city, at, other)
    assert take(city, at, other, why="原文印错", days=2).changed == 1
    now = Moment(at + timedelta(days=9))
    [row] = external_rows(viewer(city), now)
    assert (row.rank, row.of, row.score, row.level_label) == (11, 78, "86.5", "省级考核")
    before = Moment(
        at + timedelta(days=1), ExternalAppraisalState.objects.earliest("since").since_id
    )
    assert external_rows(viewer(city), before)[0].rank == 12
    assert "2024" in find_subject(f"external_appraisal:{row.key}").title
    assert verify().breaks == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "没有找到表头"),
        (HEAD, "没有内容"),
        (HEAD + "\n无此区\t2024\t省级\t1\t2\t\t\t文", "有的行不能导入"),
        (GOOD + GOOD.splitlines()[1], "有的行不能导入"),
        (HEAD + "\n开发区管委会\t2026\t省级\t1\t2\t\t\t文", "有的行不能导入"),
    ],
)
def test_a_table_at_fault_writes_nothing(city, at, text, said):
    with pytest.raises(Incomplete, match=said):
        take(city, at, text)
    assert not ExternalAppraisalState.objects.exists()


def test_only_the_office_imports_and_only_what_it_looked_at(city, at):
    with pytest.raises(NotAllowed):
        take(city, at, who="zone_staff")
    with pytest.raises(Conflict, match="预演"):
        import_externals(city=city.key, text=GOOD, looked_at="x", by=city.people["office"], at=at)


def test_the_page_shows_the_dry_run_first_and_keeps_what_was_pasted(city, sign_in):
    office = sign_in("office")
    dry = office.post(URL, {"text": GOOD})
    assert dry.status_code == 200 and "可以写入 1 条" in dry.content.decode()
    token = dry.context["plan"].token
    done = office.post(URL, {"text": GOOD, "looked_at": token}, follow=True)
    assert "新增 1 条" in done.content.decode() and "第一方阵" in done.content.decode()
    stale = office.post(URL, {"text": GOOD, "looked_at": token})
    assert stale.status_code == 409 and "示例文件一" in stale.content.decode()
    empty = office.post(URL, {"text": "没有表头"})
    assert empty.status_code == 422 and "没有找到表头" in empty.content.decode()


def test_an_excel_file_and_a_csv_file_are_read(city, sign_in):
    rows = [line.split("\t") for line in GOOD.strip().splitlines()]
    book = SimpleUploadedFile("结果.xlsx", workbook("结果", rows[0], rows[1:]))
    assert "可以写入 1 条" in sign_in("office").post(URL, {"file": book}).content.decode()
    plain = GOOD.replace("\t", ",").encode("gb18030")
    csv = SimpleUploadedFile("结果.csv", plain)
    assert "可以写入 1 条" in sign_in("office").post(URL, {"file": csv}).content.decode()
    bad = SimpleUploadedFile("结果.xlsx", b"PK\x03\x04 not a book")
    assert sign_in("office").post(URL, {"file": bad}).status_code == 422


def test_the_list_and_a_zones_page_are_read_by_all_of_the_city(city, at, sign_in):
    take(city, at)
    zone = city.units["开发区管委会"]
    assert "第一方阵" in sign_in("zone_staff").get("/assessment/external/").content.decode()
    page = sign_in("clerk").get(f"/assessment/external/{zone}/").content.decode()
    assert "示例文件一" in page and "不能推算" in page
    assert sign_in("clerk").get("/assessment/external/nothing/").status_code == 404
    assert sign_in("enterprise").get("/assessment/external/").status_code == 403
    book = sign_in("office").get("/assessment/external/?export=xlsx")
    assert book["Content-Type"].endswith("sheet")
    with pytest.raises(NotFound):
        zone_page(viewer(city), city.units["甲县"], Moment(at))


def test_a_forecast_stands_on_three_years(city, at):
    lines = [f"开发区管委会\t{y}\t省级\t{r}\t100\t\t\t文{y}" for y, r in
             ((2021, 50), (2022, 60), (2023, 20))]  # fmt: skip
    take(city, at, "\n".join([HEAD, *lines]))
    own = {2021: (2, 4), 2022: (2, 4), 2023: (1, 4), 2024: (1, 5)}
    page = zone_page(viewer(city), city.units["开发区管委会"], Moment(at + timedelta(days=3)), own)
    told = {one.label: one for one in page.forecasts}
    assert told["省级考核"].found.rank == 20 and "0年" in told["国家级考核"].why


def test_the_list_costs_the_same_queries_whatever_its_rows(city, at):
    counts = []
    for years in (2, 12):
        lines = [f"开发区管委会\t{2010 + n}\t省级\t3\t9\t\t\t文{n}" for n in range(years)]
        take(city, at, "\n".join([HEAD, *lines]))
        with CaptureQueriesContext(connection) as found:
            rows = external_rows(viewer(city), Moment(at + timedelta(days=9)))
        assert len(rows) == years
        counts.append(len(found))
    assert counts[0] == counts[1]
