"""The approval platform's export: looked at before it is written, taken in once, its own source."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from factories.projects import COLUMNS, EXPORT, brought, exported
from luodi.audit.queries import verify
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.kit.calendars import Period
from luodi.orgs.queries import viewer_of_person
from luodi.projects.actions import bring_export, name_columns, report_money, take_export
from luodi.projects.models import ExportTaking, MoneyFigure, PlatformExport, YearPlan
from luodi.projects.queries import export_page, invested

pytestmark = pytest.mark.django_db(databases="__all__")
GOOD = "2603-140500-04-01-123456,示例光电,32000,12000,1200,2000,0.2,3000"


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def page_of(city, at):
    def page(key, days=0):
        viewer = viewer_of_person(city.people["office"])
        return export_page(key, viewer, Moment(at + timedelta(days=days)))

    return page


@pytest.fixture
def take(city, at, page_of):
    def taken(key, days=0, odd=(), who="office", token=None):
        now = at + timedelta(days=days)
        said = token or page_of(key, days).dry.token
        return take_export(export=key, token=said, odd=odd, by=city.people[who], at=now)

    return taken


def test_columns_are_guessed_named_once_and_known_again(city, at, project, page_of):
    office = {"by": city.people["office"], "at": at}
    data = exported(GOOD)
    export = bring_export(name="二月.csv", data=data, period="", city=city.key, **office)
    page = page_of(export.key)
    assert export.period == "2026-02" and not page.confirmed and page.dry is None
    assert {g.field: g.column for g in page.guesses} == COLUMNS
    with pytest.raises(Incomplete, match="至少要指定"):
        name_columns(export=export.key, columns={"name": 2}, **office)
    with pytest.raises(Incomplete, match="同一列"):
        name_columns(export=export.key, columns={"code": 1, "plan": 4, "total": 4}, **office)
    name_columns(export=export.key, columns=COLUMNS, **office)
    january = bring_export(
        name="一月.csv", data=data.replace("2月".encode("gb18030"), "1月".encode("gb18030")),
        period="", city=city.key, **office,
    )  # fmt: skip
    assert january.period == "2026-01" and page_of(january.key).confirmed


def test_a_dry_run_shows_every_change_and_three_bad_rows(city, at, opened, project, page_of, take):
    opened(name="甲", code="2603-140500-04-01-000001")
    opened(name="乙", code="2603-140500-04-01-000002")
    lines = [
        GOOD,
        "26-1405,写坏代码,1,1,1,1,1,1",
        "2603-140500-04-01-000001,负数,32000,900,-5,100,0.1,9",
        "2603-140500-04-01-999999,没登记,9,9,9,9,0.9,9",
        "2603-140500-04-01-000002,第一次,3000,900,50,100,0.01,9",
        "2603-140500-04-01-000002,第二次,3000,900,60,100,0.01,9",
    ]
    key = brought(city, exported(*lines), at)
    dry = page_of(key).dry
    assert [line.outcome for line in dry.lines] == [
        "new", "faulty", "faulty", "unknown", "faulty", "faulty"
    ]  # fmt: skip
    assert [(c.label, c.before, c.after) for c in dry.lines[0].changes][-2:] == [
        ("自开工累计完成投资", None, 2000), ("本年累计到位资金", None, 3000)
    ]  # fmt: skip
    assert "写法不对" in dry.lines[1].says[0] and "不能是负数" in dry.lines[2].says[0]
    assert "第 8 行的代码相同" in dry.lines[4].says[0]
    assert not MoneyFigure.objects.exists() and not YearPlan.objects.exists()
    assert take(key)["written"] == 1 and not verify().breaks
    assert YearPlan.objects.get().amount == 12000 and MoneyFigure.objects.count() == 2


def test_taking_it_in_twice_writes_nothing(city, at, project, page_of, take):
    key = brought(city, exported(GOOD), at)
    take(key)
    rows = MoneyFigure.objects.count(), YearPlan.objects.count()
    assert [line.outcome for line in page_of(key, 1).dry.lines] == ["equal"]
    with pytest.raises(Incomplete, match="没有要写的"):
        take(key, days=1)
    again = bring_export(name="再来.csv", data=exported(GOOD), period="", city=city.key,
                         by=city.people["office"], at=at + timedelta(days=1))  # fmt: skip
    with pytest.raises(Incomplete, match="没有要写的"):
        take(again.key, days=1)
    assert rows == (MoneyFigure.objects.count(), YearPlan.objects.count())
    assert ExportTaking.objects.count() == 1


def test_the_units_figures_stay_and_the_difference_is_shown(city, at, project, page_of, take):
    said = {"month": "800", "to_date": "1800"}
    report_money(project=project.key, series="dispatch", period="2026-02", amounts=said,
                 by=city.people["clerk"], at=at)  # fmt: skip
    take(brought(city, exported(GOOD), at))
    unit = MoneyFigure.objects.open().get(told_by="unit")
    assert (unit.month, unit.to_date) == (800, 1800)
    viewer = viewer_of_person(city.people["office"])
    page = invested(viewer, Moment(at), Period.parse("2026-02"), "unit")
    assert page.rows[0].done == 1800 and page.differing[0].gap == 200
    assert page.differing[0].period == "2026-02"
    report_money(project=project.key, series="dispatch", period="2026-03", by=city.people["clerk"],
                 amounts={"month": "100", "to_date": "1900"}, at=at)  # fmt: skip
    march = invested(viewer, Moment(at), Period.parse("2026-03"), "unit")
    assert march.rows[0].done == 1900 and march.differing[0].period == "2026-02"
    assert invested(viewer, Moment(at), Period.parse("2026-02"), "platform").rows[0].done == 2000


def test_a_newer_edition_is_a_new_version(city, at, project, page_of, take):
    take(brought(city, exported(GOOD), at))
    later = GOOD.replace("1200,2000,0.2", "1300,2100,0.21")
    newer = bring_export(name="更正.csv", data=exported(later), period="", city=city.key,
                         by=city.people["office"], at=at + timedelta(days=1))  # fmt: skip
    [line] = page_of(newer.key, 1).dry.lines
    assert line.outcome == "different" and (line.changes[0].before, line.changes[0].after) == (
        1200, 1300
    )  # fmt: skip
    take(newer.key, days=1)
    figure = MoneyFigure.objects.open().get(series="dispatch")
    assert figure.month == 1300 and "更正.csv" in figure.why
    assert MoneyFigure.objects.filter(series="dispatch").count() == 2


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (GOOD.replace("1200,2000,0.2", "12000000,20000000,2000"), "超过年度计划"),
        (GOOD.replace("32000,12000,1200,2000,0.2", "3.2,1.2,0.12,0.2,0.00002"), "相差千倍"),
        (GOOD.replace("1200,2000", "2200,2000"), "当月数大于本年累计"),
    ],
)
def test_odd_amounts_wait_for_a_tick(city, at, project, page_of, take, line, says):
    key = brought(city, exported(line), at)
    [odd] = page_of(key).dry.lines
    assert odd.outcome == "odd" and says in "".join(odd.says)
    with pytest.raises(Incomplete):
        take(key)
    assert take(key, odd=[odd.number])["written"] == 1


def test_a_dry_run_that_has_changed_is_looked_at_again(city, at, project, page_of, take):
    key = brought(city, exported(GOOD), at)
    token = page_of(key).dry.token
    take(key)
    with pytest.raises(Conflict, match="预演之后"):
        take(key, days=1, token=token)


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"", "空"), (b"a,b\n1,2\n", "没有找到表头"), (b"%PDF-1.7", "PDF"), (b"PK\x03\x04x", "文件")],
)
def test_files_that_are_no_export_are_refused_in_words(city, at, data, says):
    with pytest.raises(Incomplete, match=says):
        bring_export(name="x.csv", data=data, period="2026-01", city=city.key,
                     by=city.people["office"], at=at)  # fmt: skip
    assert not PlatformExport.objects.exists()


def test_only_the_office_takes_exports_in(city, at, project, sign_in, take):
    key = brought(city, exported(GOOD), at)
    for who in ("clerk", "zone_staff", "statistician", "leading_group"):
        with pytest.raises((NotAllowed, NotFound)):
            take(key, who=who)
        assert sign_in(who).get(f"/projects/money/import/{key}/").status_code == 403


def test_the_pages_go_from_the_file_to_the_figures(sign_in, city, at, project):
    office = sign_in("office")
    file = SimpleUploadedFile("平台.csv", (EXPORT + GOOD + "\n26-1,坏,1,1,1,1,1,1\n").encode())
    page = text(office.post("/projects/money/import/", {"file": file, "period": ""}, follow=True))
    assert "先指定各列是什么" in page and "按表头猜的" in page
    key = PlatformExport.objects.get().key
    address = f"/projects/money/import/{key}/"
    given = {name: str(at_) for name, at_ in COLUMNS.items()}
    page = text(office.post(f"{address}columns/", given, follow=True))
    assert "各列已记住" in page and "新增 1" in page and "有错 1" in page and "— → 12,000" in page
    token = page.split('name="token" value="')[1].split('"')[0]
    page = text(office.post(f"{address}take/", {"token": token}, follow=True))
    assert "已写入 1 行" in page and "没有要写的" in page
    assert "在线审批监管平台" in text(office.get(f"/projects/{project.key}/money/"))
    assert "导入在线审批监管平台2026年2月的数" in text(office.get(f"/projects/{project.key}/"))
    english = text(office.get(address, headers={"Accept-Language": "en"}))
    assert "Dry run" in english and "预演" not in english
    assert office.post(f"{address}take/", {"token": "x"}).status_code == 409
