"""Pages of gradings: who sees what and when, tables in and out, queries, past moments."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories.city import credit_code
from factories.graded import figured, filled, noticed, opened, plain_firm, registered, table
from factories.gradings import generated, rule_of
from luodi.assessment.actions import bring_grading_file, note_firm, run_grading, take_grading_file
from luodi.assessment.models import Grade, GradingFirm, GradingObjection
from luodi.assessment.queries import firm_page, grades_in, grading_head
from luodi.assessment.queries.grading_files import dry_run, file_for
from luodi.assessment.queries.grading_papers import spread
from luodi.assessment.queries.gradings import run_for
from luodi.audit.models import Act
from luodi.audit.queries import moment_at
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete
from luodi.indicators.models import Value
from luodi.orgs.queries import viewer_of_person

pytestmark = pytest.mark.django_db(databases="__all__")
HEAD = ["企业名称", "统一社会信用代码", "用地面积", "实缴税金（元）", "投产日期", "备注"]


def text(response) -> str:
    return response.content.decode()


def own_firm(city, at):
    """A grading with the firm that has an account among the graded, on notice."""
    grading = opened(city, at)
    firms = list(city.enterprises.values())
    figured(city, at, [plain_firm(n) for n in range(len(firms))], firms)
    until = noticed(city, at, grading.key)
    return grading.key, firms, until


def test_an_enterprise_sees_its_own_grade_and_never_anothers(city, at, sign_in):
    key, firms, _until = own_firm(city, at)
    client = sign_in("enterprise")
    shown = text(client.get("/my-grading/"))
    assert "亩均税收" in shown and "提出异议" in shown
    assert "示例光电二厂" not in shown
    for firm in firms:
        assert client.get(f"/assessment/gradings/{key}/firms/{firm}/").status_code == 403


def test_an_enterprise_sees_nothing_before_the_notice(city, at, sign_in):
    grading = opened(city, at)
    run_grading(grading=grading.key, by=city.people["office"], at=at)
    shown = text(sign_in("enterprise").get("/my-grading/"))
    assert "还没有公示过" in shown


def test_an_enterprise_objects_on_its_page_and_sees_the_answer(city, at, sign_in, monkeypatch):
    key, _firms, until = own_firm(city, at)
    at_the_desk(monkeypatch, at)
    client = sign_in("enterprise")
    bad = client.post(
        f"/my-grading/{key}/object/", {"about": "land", "claimed": "很多", "words": "多"}
    )
    assert bad.status_code == 422 and "很多" in text(bad)
    sent = {"about": "land", "claimed": "30", "words": "含代征绿地",
            "evidence": SimpleUploadedFile("证.txt", "示例".encode())}  # fmt: skip
    assert client.post(f"/my-grading/{key}/object/", sent).status_code == 302
    office = sign_in("office")
    page = text(office.get(f"/assessment/gradings/{key}/objections/"))
    assert "示例光电一厂" in page
    one = GradingObjection.objects.get()
    assert "含代征绿地" in text(office.get(f"/assessment/gradings/objections/{one.key}/"))
    stale = {"move": "reject", "reply": "不符", "seen": 1}
    assert (
        office.post(f"/assessment/gradings/objections/{one.key}/answer/", stale).status_code == 409
    )
    answer = {"move": "uphold", "corrected": "30", "reply": "已核"}
    done = office.post(f"/assessment/gradings/objections/{one.key}/answer/", answer, follow=True)
    assert "原结果保留" in text(done)
    assert "已核" in text(client.get("/my-grading/"))
    at_the_desk(monkeypatch, until + timedelta(seconds=1))
    late = sign_in("enterprise").post(f"/my-grading/{key}/object/", {"words": "再想想"})
    assert late.status_code == 409 and "届满" in text(late)


def at_the_desk(monkeypatch, when):
    """The clock at the edge stands at an instant."""
    monkeypatch.setattr("luodi.config.middleware.timezone.now", lambda: when)


def test_a_zone_sees_its_own_firms_from_the_notice_on(city, at, sign_in):
    grading, _firms, _keys = filled(city, at, 8)
    run_grading(grading=grading.key, by=city.people["office"], at=at)
    zone, page = sign_in("zone_staff"), f"/assessment/gradings/{grading.key}/"
    assert "结果还没有公示" in text(zone.get(page))
    row = Grade.objects.filter(rank=1).first()
    assert zone.get(f"{page}firms/{row.enterprise}/").status_code == 404
    noticed(city, at, grading.key)
    assert "示例企业" in text(zone.get(page))
    assert "示例企业" not in text(sign_in("clerk").get(page))


@pytest.mark.parametrize("side", ["", "spread/", "compare/", "objections/", "figures/"])
def test_pages_ask_the_same_queries_whatever_the_rows(city, at, sign_in, side):
    counts = []
    for number, year in ((4, 2024), (24, 2025)):
        firms = generated(number, number)
        keys = registered(city, at, firms, first=year * 100)
        grading = opened(city, at, year)
        figured(city, at, firms, keys, year)
        run_grading(grading=grading.key, by=city.people["office"], at=at)
        client = sign_in("office")
        address = f"/assessment/gradings/{grading.key}/{side}"
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as taken:
            assert client.get(address).status_code == 200
        counts.append(len(taken))
    assert counts[0] == counts[1]


def test_a_table_is_looked_at_in_a_dry_run_taken_once_and_its_faults_handed_back(city, at, sign_in):
    grading = opened(city, at)
    rows = [
        ["示例光电一厂", credit_code(1), "12.5", "900000", "2024-05-01", "甲"],
        ["别的名字", credit_code(2), "0", "80.5万", "", ""],
        ["不在名录", credit_code(77), "3", "1", "", ""],
        ["代码不对", "91999999X", "3", "1", "", ""],
        ["负数", credit_code(2)[:17] + "0", "-3", "1", "", ""],
    ]
    client, page = sign_in("office"), f"/assessment/gradings/{grading.key}/figures/"
    sent = client.post(page, {"file": SimpleUploadedFile("数据.xlsx", table(rows, HEAD))})
    assert sent.status_code == 302
    shown = text(client.get(sent.url))
    assert "写入 2 行" in shown and "名录里没有这家企业" in shown and "备注" in shown
    handed = client.get(f"{sent.url}faults/")
    assert handed.status_code == 200 and handed["Content-Disposition"].startswith("attachment")
    key = sent.url.strip("/").rpartition("/")[2]
    assert client.post(f"{sent.url}take/", {"token": "x"}).status_code == 409
    office = viewer_of_person(city.people["office"])
    one = file_for(key, office, Moment(at))
    token = dry_run(one, grading_head(grading.key, office, Moment(at)).rule, Moment(at)).token
    assert client.post(f"{sent.url}take/", {"token": token}).status_code == 302
    assert Value.objects.open().filter(origin=f"grading_file:{key}").count() == 4
    tax = Value.objects.open().get(origin=f"grading_file:{key}", amount=90_000_000)
    assert tax.scale == 6  # 900,000 元 is 90.00 万元
    assert str(GradingFirm.objects.open().get().started_on) == "2024-05-01"
    assert client.post(f"{sent.url}take/", {"token": token}).status_code == 409
    again = bring_grading_file(
        grading=grading.key, name="再来.xlsx", data=table(rows[:2], HEAD), by=office.person, at=at
    )
    dry = dry_run(again, grading_head(grading.key, office, Moment(at)).rule, Moment(at))
    assert dry.counts == {"equal": 2}
    with pytest.raises(Incomplete, match="没有要写的"):
        take_grading_file(brought=again.key, token=dry.token, by=office.person, at=at)


def test_a_code_on_two_lines_is_taken_from_neither(city, at):
    grading = opened(city, at)
    data = table([["甲", credit_code(1), "3", "1"], ["乙", credit_code(1), "4", "2"]])
    brought = bring_grading_file(
        grading=grading.key, name="二.xlsx", data=data, by=city.people["office"], at=at
    )
    office = viewer_of_person(city.people["office"])
    dry = dry_run(brought, grading_head(grading.key, office, Moment(at)).rule, Moment(at))
    assert dry.counts == {"faulty": 2} and "只留一行" in dry.lines[0].says[0]


def test_a_file_that_is_no_table_of_figures_is_refused(city, at, sign_in):
    grading = opened(city, at)
    page = f"/assessment/gradings/{grading.key}/figures/"
    data = table([["甲", "3"]], ["名称", "高度"])
    sent = sign_in("office").post(page, {"file": SimpleUploadedFile("别的.xlsx", data)})
    assert sent.status_code == 422 and "表头" in text(sent)


def test_a_firm_without_land_is_shown_with_the_reason_and_isnt_dropped(city, at, sign_in):
    grading = opened(city, at)
    run_grading(grading=grading.key, by=city.people["office"], at=at)
    shown = text(sign_in("office").get(f"/assessment/gradings/{grading.key}/"))
    assert "示例光电一厂" in shown and "缺用地面积，不能评价" in shown


def test_official_statistics_of_a_firm_are_never_read(city, at):
    grading = opened(city, at)
    firms = list(city.enterprises.values())
    figured(city, at, [plain_firm(n) for n in range(len(firms))], firms, purpose="statistics")
    run = run_grading(grading=grading.key, by=city.people["office"], at=at)
    assert run.counts.get("graded", 0) == 0


def test_a_firm_is_exempted_with_a_reason_and_a_new_one_protected(city, at, sign_in):
    key, firms, _until = own_firm(city, at)
    office = city.people["office"]
    with pytest.raises(Incomplete, match="原因"):
        note_firm(grading=key, enterprise=firms[0], exempt="public", started_on=None, why="",
                  by=office, at=at)  # fmt: skip
    page = f"/assessment/gradings/{key}/firms/{firms[0]}/"
    sent = {"exempt": "public", "why": "供水企业", "seen": 0}
    client = sign_in("office")
    assert client.post(f"{page}note/", sent).status_code == 302
    assert client.post(f"{page}note/", sent).status_code == 409
    note_firm(grading=key, enterprise=firms[1], exempt="", started_on=datetime(2024, 5, 1).date(),
              why="2024 年投产", by=office, at=at)  # fmt: skip
    run_grading(grading=key, by=office, at=at, why="记下参评情形")
    assert Grade.objects.get(run__number=2, enterprise=firms[0]).standing == "exempt"
    assert Grade.objects.get(run__number=2, enterprise=firms[1]).protected
    assert "供水企业" in text(client.get(page))


def test_grades_as_of_past_instants_equal_what_was_shown_then(city, at):
    key, firms, _until = own_firm(city, at)
    office, shown = viewer_of_person(city.people["office"]), []

    def look(moment):
        head = grading_head(key, office, moment)
        run = run_for(head, "", moment)
        pages = [firm_page(head, run, firm, office, moment) for firm in firms]
        return (
            head.state.stage,
            grades_in(run, office, moment),
            [(one.terms, one.inputs, one.total) for one in pages],
        )

    for step in range(3):
        note_firm(grading=key, enterprise=firms[0], exempt="public" if step % 2 == 0 else "",
                  started_on=None, why=f"第{step}次", by=office.person, at=at)  # fmt: skip
        run_grading(grading=key, by=office.person, at=at, why=f"第{step}次")
        last = Act.objects.order_by("-position").first().position
        shown.append((last, look(Moment(at))))
    for position, seen in shown:
        assert look(moment_at(position)) == seen


def test_a_past_day_is_read_only(city, at, sign_in):
    key, _firms, _until = own_firm(city, at)
    client = sign_in("office")
    client.post("/as-of/", {"day": "2026-03-02", "next": "/"})
    assert '<form method="post" action="/assessment/gradings' not in text(
        client.get(f"/assessment/gradings/{key}/")
    )


def test_small_cells_are_hidden_from_the_public_with_what_would_give_them_away():
    homes = {"甲": "AAAABBBBBBCD", "乙": "AAABBBBCCCCC"}
    rows = [SimpleNamespace(home=h, grade=g) for h, grades in homes.items() for g in grades]
    hidden = spread(rows, rule_of(), public=True)
    own = spread(rows, rule_of(), public=False)
    assert own.rows[1] == ("甲", (4, 6, 1, 1), 12)
    first = {row[0]: row[1] for row in hidden.rows}
    assert first["甲"][2] is None and first["甲"][3] is None
    assert first["乙"][2] is None or hidden.rows[0][2] is None


def test_the_zones_average_says_what_it_is_and_what_is_missing(city, at, sign_in):
    shown = text(sign_in("zone_staff").get("/assessment/output-per-mu/?year=2025"))
    assert "不是对企业的亩均效益评价" in shown and "没有规模以上工业总产值" in shown
