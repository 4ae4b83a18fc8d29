"""Self-reports: what is asked and what isn't, the way through the unit, verification, returns."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories.appraisals import OTHERS, SMALL, ZONE, with_scheme
from factories.figures import defined, reported
from factories.procedures import (
    CELLS,
    filled,
    handed_in,
    prepared,
    report_of,
    report_seen,
    seen,
    staffed,
    who,
)
from luodi.assessment.actions import (
    accept_figures,
    attach_figure_evidence,
    begin_verification,
    freeze_scheme,
    open_appraisal,
    open_self_reports,
    pass_self_report,
    remind_of_appraisals,
    return_figures,
    return_self_report,
    run_appraisal,
    save_self_report,
    submit_self_report,
    take_first_result,
)
from luodi.assessment.models import AppraisalFigure, SelfReportState
from luodi.assessment.queries import appraisal_duties, sheet_of, verifying_page
from luodi.audit.queries import moment_at, verify
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.documents.queries import file_for

pytestmark = pytest.mark.django_db(databases="__all__")

DAY = timedelta(days=1)


@pytest.fixture
def asked(city, at):
    key = prepared(city, at).key
    open_self_reports(appraisal=key, seen=seen(key), **who(city, "office", at))
    return key


def zone(city, at):
    return who(city, "zone_staff", at)


def save(city, at, report, cells, version=0, notes=None, who_="zone_staff"):
    return save_self_report(
        self_report=report, version=version, cells=cells, notes=notes or {}, words="",
        **who(city, who_, at),
    )  # fmt: skip


def test_what_the_system_holds_is_shown_with_its_source_and_not_asked_twice(city, at):
    staffed(city, at)
    output = defined(city, at, "开发区产值", period_kind="year", code="zone-output")
    reported(city, at, ZONE, "2025", {output: "30"})
    rule = {**SMALL, "groups": [dict(g) for g in SMALL["groups"]]}
    first = dict(rule["groups"][0]["indicators"][0], code="zone-output")
    rule["groups"][0] = {
        **rule["groups"][0],
        "indicators": [first, SMALL["groups"][0]["indicators"][1]],
    }
    with_scheme(city, at, rule)
    office = who(city, "office", at)
    key = open_appraisal(scheme="small", year=2025, **office).key
    freeze_scheme(appraisal=key, **office)
    open_self_reports(appraisal=key, seen=seen(key), **office)
    sheet = sheet_of(report_of(city, key, ZONE), zone(city, at)["viewer"], Moment(at))
    [known] = [cell for cell in sheet.cells if cell.known]
    assert known.title == "产值" and known.known_text.startswith("30")
    assert known.source == f"/indicators/{output}/" and known.key not in sheet.asked
    save(city, at, sheet.key, {known.key: "99"})
    assert sheet_of(sheet.key, zone(city, at)["viewer"], Moment(at)).typed == {}


def test_a_draft_is_its_units_own_and_two_people_lose_nothing(city, at, asked):
    report = report_of(city, asked, ZONE)
    draft = save(city, at, report, {"output:actual": "30"})
    with pytest.raises(Conflict, match="同事刚刚保存"):
        save(city, at, report, {"output:actual": "31"})
    save(city, at, report, {"output:actual": "31"}, version=draft.version)
    with pytest.raises(Conflict):
        submit_self_report(self_report=report, version=draft.version, **zone(city, at))
    for username in ("office", "clerk", "east_staff"):
        with pytest.raises(NotFound):
            sheet_of(report, who(city, username, at)["viewer"], Moment(at))
    with pytest.raises(Incomplete, match="太长"):
        save(city, at, report, {"output:actual": "9" * 61}, version=draft.version + 1)


@pytest.mark.parametrize(
    ("cell", "text", "said"),
    [
        ("output:actual", "三十亿上下", "不是可以识别的数值"),
        ("output:actual", "1.234", "2 位小数"),
        ("tasks:actual", "", "没有填数"),
        ("prize:count", "1.5", "0 到 999"),
        ("prize:count", "-1", "0 到 999"),
        ("output:actual", "9" * 30, "数值过大"),
    ],
)
def test_a_sheet_that_can_t_be_read_isn_t_handed_in(city, at, asked, cell, text, said):
    report = report_of(city, asked, ZONE)
    draft = save(city, at, report, CELLS[ZONE] | {cell: text})
    with pytest.raises(Incomplete, match=said):
        submit_self_report(self_report=report, version=draft.version, **zone(city, at))
    assert not AppraisalFigure.objects.filter(appraisal=asked).exists()


def test_it_goes_from_clerk_to_head_to_leader_and_nobody_signs_twice(city, at, asked):
    report = filled(city, at, asked, ZONE, "zone_staff")
    state = SelfReportState.objects.open().get(self_report=report)
    assert state.stage == "at_section_head"
    with pytest.raises(Closed, match="撤回"):
        save(city, at, report, {})
    head, leader = who(city, "zone_head", at), who(city, "zone_leader", at)
    with pytest.raises(NotAllowed):
        pass_self_report(self_report=report, seen=state.since_id, **leader)
    with pytest.raises(NotAllowed, match="另一位同志"):
        pass_self_report(self_report=report, seen=state.since_id, **zone(city, at))
    with pytest.raises(Incomplete):
        return_self_report(self_report=report, seen=state.since_id, why="", **head)
    return_self_report(self_report=report, seen=state.since_id, why="产值再核", **head)
    sheet = sheet_of(report, zone(city, at)["viewer"], Moment(at))
    assert sheet.state.reason == "产值再核" and sheet.typed["output:actual"] == "30"
    submit_self_report(self_report=report, version=0, **zone(city, at))
    return_self_report(self_report=report, seen=report_seen(report), why="", **zone(city, at))
    submit_self_report(self_report=report, version=0, **zone(city, at))
    with pytest.raises(Conflict):
        pass_self_report(self_report=report, seen=1, **head)
    pass_self_report(self_report=report, seen=report_seen(report), **head)
    pass_self_report(self_report=report, seen=report_seen(report), **leader)
    state = SelfReportState.objects.open().get(self_report=report)
    assert (state.stage, state.late, state.skipped) == ("submitted", False, [])
    assert AppraisalFigure.objects.open().filter(unit=city.units[ZONE]).count() == 4
    assert verify().breaks == ()


def test_where_a_unit_has_nobody_for_a_step_it_is_passed_over_and_said(city, at, asked):
    report = filled(city, at, asked, OTHERS[0], "east_staff")
    state = SelfReportState.objects.open().get(self_report=report)
    assert state.stage == "submitted"
    assert [one["why"] for one in state.skipped] == ["nobody", "nobody"]


def test_what_comes_after_its_time_is_late_and_after_the_first_result_closed(city, at, asked):
    report = filled(city, at + 20 * DAY, asked, OTHERS[0], "east_staff")
    assert SelfReportState.objects.open().get(self_report=report).late
    office = who(city, "office", at + 21 * DAY)
    assert sheet_of(report, office["viewer"], Moment(office["at"])).state.late
    begin_verification(appraisal=asked, seen=seen(asked), **office)
    run_appraisal(appraisal=asked, **office)
    take_first_result(appraisal=asked, seen=seen(asked), why="逾期", **office)
    other = report_of(city, asked, OTHERS[1])
    with pytest.raises(Closed, match="初步结果"):
        save(city, at + 22 * DAY, other, CELLS[OTHERS[1]], who_="west_staff")


def test_each_office_sees_its_own_data_over_all_units_and_nothing_else(city, at):
    staffed(city, at)
    groups = [dict(g) for g in SMALL["groups"]]
    groups[1] = {**groups[1], "indicators": [dict(groups[1]["indicators"][0], answers="industry")]}
    with_scheme(city, at, {**SMALL, "groups": groups})
    office = who(city, "office", at)
    key = open_appraisal(scheme="small", year=2025, **office).key
    freeze_scheme(appraisal=key, **office)
    open_self_reports(appraisal=key, seen=seen(key), **office)
    handed_in(city, at, key)
    page = verifying_page(key, who(city, "clerk", at)["viewer"], Moment(at))
    rows = {(row.unit_name, row.title) for row in page.rows}
    assert rows == {(zone, "任务完成") for zone in (ZONE, *OTHERS)}
    other = verifying_page(key, who(city, "east_staff", at)["viewer"], Moment(at))
    assert other.rows == ()


def test_the_office_accepts_with_its_own_figure_beside_the_reported_one(city, at, asked):
    handed_in(city, at, asked)
    office = who(city, "office", at)
    page = verifying_page(asked, office["viewer"], Moment(at))
    row = next(r for r in page.rows if r.unit_name == ZONE and r.title == "产值")
    with pytest.raises(Incomplete, match="小数"):
        accept_figures(appraisal=asked, figures=[row.key], own={row.key: "29.999"}, **office)
    accept_figures(appraisal=asked, figures=[row.key], own={row.key: "28.5"}, **office)
    page = verifying_page(asked, office["viewer"], Moment(at))
    row = next(r for r in page.rows if r.key == row.key)
    assert (row.reported, row.own, row.apart) == ("30", "28.5", "\u22121.5")
    with pytest.raises(Conflict):
        accept_figures(appraisal=asked, figures=[row.key], own={}, **office)
    with pytest.raises(NotFound):
        accept_figures(appraisal=asked, figures=["x/y/z"], own={}, **office)
    with pytest.raises(Incomplete, match="勾选"):
        accept_figures(appraisal=asked, figures=[], own={}, **office)


def test_a_returned_figure_goes_back_to_its_unit_and_the_accepted_ones_stay_shut(city, at, asked):
    handed_in(city, at, asked)
    office = who(city, "office", at)
    page = verifying_page(asked, office["viewer"], Moment(at))
    mine = {r.title + r.part_label: r.key for r in page.rows if r.unit_name == OTHERS[0]}
    accept_figures(appraisal=asked, figures=[mine["任务完成实绩"]], own={}, **office)
    with pytest.raises(Incomplete, match="退回理由"):
        return_figures(appraisal=asked, figures=[mine["产值实绩"]], why="", **office)
    return_figures(appraisal=asked, figures=[mine["产值实绩"]], why="与统计不符", **office)
    report = report_of(city, asked, OTHERS[0])
    sheet = sheet_of(report, who(city, "east_staff", at)["viewer"], Moment(at))
    assert sheet.state.stage == "returned" and "tasks:actual" not in sheet.asked
    [back] = [cell for cell in sheet.cells if cell.is_returned]
    assert back.check.reason == "与统计不符"
    draft = save(
        city, at, report, sheet.typed | {"output:actual": "21", "tasks:actual": "99"},
        who_="east_staff",
    )  # fmt: skip
    submit_self_report(self_report=report, version=draft.version, **who(city, "east_staff", at))
    page = verifying_page(asked, office["viewer"], Moment(at))
    rows = {r.title + r.part_label: r for r in page.rows if r.unit_name == OTHERS[0]}
    assert rows["产值实绩"].waits and rows["产值实绩"].reported == "21"
    assert not rows["任务完成实绩"].waits and rows["任务完成实绩"].reported == "10"


def test_evidence_is_read_by_its_unit_and_the_office_of_the_datum(city, at, asked):
    report = report_of(city, asked, ZONE)
    attach_figure_evidence(
        self_report=report, indicator="output", files=[("产值.txt", b"30")], **zone(city, at)
    )
    sheet = sheet_of(report, zone(city, at)["viewer"], Moment(at))
    [(file, name)] = sheet.files_of("output")
    assert name == "产值.txt" and sheet.files_of("growth") == ()
    assert file_for(who(city, "office", at)["viewer"], file) is not None
    assert file_for(who(city, "east_staff", at)["viewer"], file) is None
    for indicator, files in (("nothing", [("a.txt", b"a")]), ("output", [])):
        with pytest.raises(Incomplete):
            attach_figure_evidence(
                self_report=report, indicator=indicator, files=files, **zone(city, at)
            )


def test_the_clock_reminds_each_person_once_before_and_once_after(city, at, asked):
    filled(city, at, asked, OTHERS[0], "east_staff")
    due = at + timedelta(days=14)
    assert remind_of_appraisals(by="system:clock", at=at) == 0
    told = remind_of_appraisals(by="system:clock", at=due)
    assert told == 2 and remind_of_appraisals(by="system:clock", at=due) == 0
    assert remind_of_appraisals(by="system:clock", at=due + DAY) == 2


def test_duties_say_what_waits_for_whom_with_a_light(city, at, asked):
    moment = Moment(at)
    [mine] = appraisal_duties(zone(city, at)["viewer"], moment)
    assert mine.light == "green" and "self-reports" in mine.address
    [late] = appraisal_duties(zone(city, at)["viewer"], Moment(at + 30 * DAY))
    assert late.light == "red"
    assert appraisal_duties(who(city, "zone_head", at)["viewer"], moment) == []
    handed_in(city, at, asked)
    [check] = appraisal_duties(who(city, "office", at)["viewer"], moment)
    assert "12 个数" in check.why


def test_the_pages_keep_what_was_typed(city, at, asked, sign_in):
    report = report_of(city, asked, ZONE)
    base = f"/assessment/self-reports/{report}/"
    client = sign_in("zone_staff")
    assert "产值" in client.get(base).content.decode()
    assert report in client.get("/assessment/self-reports/").content.decode()
    typed = {f"cell-{k}": v for k, v in CELLS[ZONE].items()} | {"version": "0", "words": "做法"}
    bad = client.post(base + "save/", typed | {"cell-output:actual": "很多", "submit": "1"})
    assert bad.status_code == 422 and "很多" in bad.content.decode()
    stale = client.post(base + "save/", typed)
    assert stale.status_code == 409 and 'value="105"' in stale.content.decode()
    good = client.post(base + "save/", typed | {"version": "1", "submit": "1"}, follow=True)
    assert "待科长审核" in good.content.decode()
    head = sign_in("zone_head")
    back = {"seen": report_seen(report), "why": ""}
    assert head.post(base + "return/", back).status_code == 422
    assert head.post(base + "pass/", {"seen": report_seen(report)}).status_code == 302
    assert client.post(base + "pass/", {"seen": report_seen(report)}).status_code == 403
    file = SimpleUploadedFile("a.txt", b"a")
    late = client.post(base + "evidence/", {"indicator": "output", "files": file})
    assert late.status_code == 409
    leader = sign_in("zone_leader")
    assert leader.post(base + "pass/", {"seen": report_seen(report)}).status_code == 302
    verify_page = f"/assessment/appraisals/{asked}/verify/"
    office = sign_in("office")
    assert "产值" in office.get(verify_page).content.decode()
    key = f"{report}/output/actual"
    gone = office.post(
        verify_page.replace("verify", "figures"),
        {"selected": key, f"own-{key}": "几十", "accept": "1"},
    )
    assert gone.status_code == 422 and "几十" in gone.content.decode()
    done = office.post(
        verify_page.replace("verify", "figures"),
        {"selected": key, f"own-{key}": "29", "accept": "1"}, follow=True,
    )  # fmt: skip
    assert "已核验 1 个数" in done.content.decode() and "\u22121" in done.content.decode()


def test_the_sheet_and_the_check_cost_the_same_queries_whatever_the_figures(city, at, asked):
    handed_in(city, at, asked)
    counts = []
    office = who(city, "office", at)["viewer"]
    report = report_of(city, asked, OTHERS[0])
    for _round in range(2):
        with CaptureQueriesContext(connection) as found:
            sheet_of(report, office, Moment(at))
            verifying_page(asked, office, Moment(at))
        counts.append(len(found))
        if not _round:
            attach = {"self_report": report, "indicator": "output"}
            page = verifying_page(asked, office, Moment(at))
            keys = [r.key for r in page.rows if r.unit_name == OTHERS[0]]
            return_figures(appraisal=asked, figures=keys, why="x", **who(city, "office", at))
            for n in range(5):
                attach_figure_evidence(
                    files=[(f"{n}.txt", b"%d" % n)], **attach, **who(city, "east_staff", at)
                )
    assert counts[0] == counts[1]


def test_the_past_shows_the_sheet_of_then(city, at, asked):
    report = filled(city, at, asked, OTHERS[0], "east_staff")
    state = SelfReportState.objects.filter(self_report=report).order_by("since")[0]
    then = sheet_of(report, who(city, "east_staff", at)["viewer"], moment_at(state.since_id))
    assert then.state.stage == "asked" and then.typed == {}
    begin_verification(appraisal=asked, seen=seen(asked), **who(city, "office", at))
