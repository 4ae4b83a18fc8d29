"""Permits of projects: recorded, late, withdrawn; their pages, scope, coverage, past moments."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from factories.projects import bulk_projects
from luodi.audit.queries import moment_at, verify
from luodi.common.doors import find_subject
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.queries import viewer_of_person
from luodi.projects.actions import permits as acting
from luodi.projects.actions import (
    record_permit,
    stop_or_start_clock,
    track_permits,
    withdraw_permit,
)
from luodi.projects.models import PermitTrack, Project, ProjectPermit
from luodi.projects.queries.permit_lists import permits_due, permits_overview
from luodi.projects.queries.permits import project_permits

pytestmark = pytest.mark.django_db(databases="__all__")


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def tracked(city, at, project, moves):
    """A project with a contract, of the type that leases a plant."""
    moves("office", "signed")
    say(city, project, at, agent=city.units["开发区管委会"])
    return project


def say(city, project, at, type="plant-lease", who="clerk", **given):
    track_permits(
        project=project.key, type=type, by=city.people[who], at=at + timedelta(days=1), **given
    )


def record(city, project, permit, step, at, who="clerk", **given):
    record_permit(
        project=project.key, permit=permit, step=step, by=city.people[who], at=at, **given
    )


def page_of(city, project, moment, who="office"):
    return project_permits(project.key, viewer_of_person(city.people[who]), moment)


def row_of(page, permit):
    return next(row for row in page.rows if row.key == permit)


def test_a_permit_goes_its_way_and_its_clock_runs_over_holidays(city, at, tracked):
    later = at + timedelta(days=30)  # 1 April; Qingming is off on the 4th to 6th
    record(city, tracked, "filing", "completed", later, day=date(2026, 3, 3))
    record(city, tracked, "environment", "lodged", later, day=date(2026, 3, 30))
    record(city, tracked, "environment", "taken_in", later, day=date(2026, 4, 1))
    row = row_of(page_of(city, tracked, Moment(later)), "environment")
    assert (row.step, row.overdue) == ("taken_in", False)
    assert any("清明" in note for note in row.working)
    late = Moment(row.due_at + timedelta(seconds=1))
    assert row_of(page_of(city, tracked, late), "environment").overdue
    record(city, tracked, "environment", "completed", late.at, evidence=[("批复.txt", b"ok")])
    page = page_of(city, tracked, late)
    assert not page.overdue and row_of(page, "environment").known.completed_on == late.today
    said = [event.sentence for event in page.events]
    assert said[-1] == "环境影响评价审批：已办结" and page.events[-1].files
    known = ProjectPermit.objects.open().get(permit="environment").since_id
    assert row_of(page_of(city, tracked, moment_at(known - 1)), "environment").step == "taken_in"
    assert verify().breaks == ()


def test_the_expected_start_follows_what_was_done(city, at, tracked):
    later = at + timedelta(days=2)
    before = page_of(city, tracked, Moment(later)).forecast
    assert before.chain[0] == "企业投资项目备案" and before.chain[-1] == "施工许可"
    assert before.planned == date(2026, 6, 1) and before.late < 0
    record(city, tracked, "filing", "completed", later)
    record(city, tracked, "environment", "not_needed", later, why="不在名录")
    record(city, tracked, "fire", "completed", later)
    after = page_of(city, tracked, Moment(later)).forecast
    assert after.expected == later.date() + timedelta(days=7) and after.chain == ("施工许可",)
    record(city, tracked, "construction", "completed", later)
    done = page_of(city, tracked, Moment(later)).forecast
    assert done.expected == later.date() and done.chain == ()
    weeks = Moment(later + timedelta(days=200))
    assert page_of(city, tracked, weeks).forecast.late > 0


def test_a_started_project_has_no_forecast(city, at, tracked, moves):
    moves("office", "started")
    forecast = page_of(city, tracked, Moment(at + timedelta(days=9))).forecast
    assert forecast.expected is None and "已经开工" in forecast.reason


def test_commitment_lets_others_go_on_and_is_completed_later(city, at, tracked):
    later = at + timedelta(days=2)
    for permit, step in (("filing", "completed"), ("environment", "on_commitment")):
        record(city, tracked, permit, step, later)
    page = page_of(city, tracked, Moment(later))
    assert row_of(page, "environment").light == "green" and row_of(page, "fire").ready
    record(city, tracked, "environment", "completed", later)
    with pytest.raises(Incomplete, match="不能用承诺制"):
        record(city, tracked, "construction", "on_commitment", later)


def test_what_can_not_be_is_refused(city, at, project, tracked, opened):
    later = at + timedelta(days=2)
    with pytest.raises(Incomplete, match="先选择项目类型"):
        record(city, opened(name="另一个"), "filing", "lodged", later)
    with pytest.raises(NotFound, match="没有这项手续"):
        record(city, tracked, "flood", "lodged", later)
    with pytest.raises(NotFound, match="没有这个项目类型"):
        say(city, tracked, at, type="palace")
    with pytest.raises(NotFound, match="没有这个单位"):
        say(city, tracked, at, agent="张三")
    with pytest.raises(Incomplete, match="没有改动"):
        say(city, tracked, at, agent=city.units["开发区管委会"])
    with pytest.raises(Conflict, match="刚刚有了变化"):
        say(city, tracked, at, combined=True, seen=0)
    record(city, tracked, "filing", "lodged", later)
    with pytest.raises(Incomplete, match="先后颠倒"):
        record(city, tracked, "filing", "completed", later, day=date(2026, 3, 1))
    with pytest.raises(Incomplete, match="晚于今天"):
        record(city, tracked, "filing", "completed", later, day=date(2027, 3, 1))


def test_a_wrong_record_is_withdrawn_with_a_reason_and_stays_in_the_history(city, at, tracked):
    later = at + timedelta(days=2)
    by = {"by": city.people["zone_staff"], "at": later}
    with pytest.raises(NotFound, match="还没有登记"):
        withdraw_permit(project=tracked.key, permit="filing", why="错", **by)
    record(city, tracked, "filing", "completed", later)
    with pytest.raises(Incomplete, match="写明原因"):
        withdraw_permit(project=tracked.key, permit="filing", why=" ", **by)
    withdraw_permit(project=tracked.key, permit="filing", why="录到别的项目了", **by)
    page = page_of(city, tracked, Moment(later))
    assert row_of(page, "filing").step == "" and page.events[-1].why == "录到别的项目了"
    record(city, tracked, "filing", "lodged", later)


def test_a_changed_type_keeps_what_was_recorded_in_sight(city, at, tracked):
    later = at + timedelta(days=2)
    record(city, tracked, "fire", "completed", later)
    say(city, tracked, at + timedelta(days=2), type="government")
    page = page_of(city, tracked, Moment(later + timedelta(days=2)))
    assert page.stray == (("fire", "消防设计审查", "已办结"),) and page.type == "政府投资项目"


def test_a_clock_is_stopped_with_a_reason_and_set_going(city, at, tracked):
    later = at + timedelta(days=30)
    clock = {"project": tracked.key, "permit": "environment", "by": city.people["clerk"]}
    with pytest.raises(Incomplete, match="才有计时"):
        stop_or_start_clock(at=later, why="补正", **clock)
    record(city, tracked, "environment", "taken_in", later, day=date(2026, 3, 4))
    due = ProjectPermit.objects.open().get().due_at
    assert row_of(page_of(city, tracked, Moment(later)), "environment").overdue
    with pytest.raises(Incomplete, match="写明原因"):
        stop_or_start_clock(at=later, **clock)
    with pytest.raises(Incomplete, match="先后颠倒"):
        stop_or_start_clock(at=later, day=date(2026, 3, 3), why="补正", **clock)
    with pytest.raises(Incomplete, match="晚于今天"):
        stop_or_start_clock(at=later, day=date(2026, 4, 3), why="补正", **clock)
    assert not stop_or_start_clock(at=later, day=date(2026, 3, 10), why="补正材料", **clock)
    row = row_of(page_of(city, tracked, Moment(later)), "environment")
    assert (row.light, row.label, row.due_at) == ("yellow", "暂停计时", None)
    assert row.known.paused == "补正材料" and any("补正材料" in note for note in row.working)
    with pytest.raises(Incomplete, match="先后颠倒"):
        stop_or_start_clock(at=later, day=date(2026, 3, 9), **clock)
    assert stop_or_start_clock(at=later, day=date(2026, 3, 31), **clock)
    state = ProjectPermit.objects.open().get()
    assert (due.date(), state.due_at.date()) == (date(2026, 3, 18), date(2026, 4, 9))
    page = page_of(city, tracked, Moment(later))
    assert page.events[-1].sentence == "“环境影响评价审批”恢复计时。"
    viewer = viewer_of_person(city.people["office"])
    assert len(permits_due(viewer, Moment(later), 60)) >= 1
    assert verify().breaks == ()


def test_only_lead_zone_and_office_write(city, at, tracked):
    later = at + timedelta(days=2)
    for who, refusal in (("other_clerk", NotFound), ("leading_group", NotAllowed)):
        with pytest.raises(refusal):
            record(city, tracked, "filing", "lodged", later, who=who)
        with pytest.raises(refusal):
            say(city, tracked, at, combined=True, who=who)
    for who, step in (("zone_staff", "lodged"), ("office", "taken_in"), ("clerk", "completed")):
        record(city, tracked, "filing", step, later, who=who)


def test_the_agent_does_the_paperwork_and_no_more(sign_in, city, at, tracked):
    later = at + timedelta(days=2)
    agent = city.units["市统计局"]
    assert page_of(city, tracked, Moment(later), "other_clerk") is None
    say(city, tracked, at, agent=agent)
    assert page_of(city, tracked, Moment(later), "other_clerk").may_record
    paper = [("回执.txt", b"ok")]
    record(city, tracked, "filing", "taken_in", later, who="other_clerk", evidence=paper)
    clock = {"project": tracked.key, "permit": "filing", "by": city.people["other_clerk"]}
    stop_or_start_clock(at=later, why="补正材料", **clock)
    withdraw_permit(at=later, **clock | {"why": "录错"})
    with pytest.raises(NotAllowed, match="由牵头单位"):
        say(city, tracked, at, who="other_clerk", combined=True)
    assert agent in find_subject(f"project:{tracked.key}").scope["units"].split()
    client, address = sign_in("other_clerk"), f"/projects/{tracked.key}/permits/"
    page = text(client.get(address))
    assert (
        "登记手续" in page
        and "用一本制" not in page
        and f"/projects/{tracked.key}/revise/" not in page
    )
    assert page.count("回执.txt") >= 1 and "download" in page
    say(city, tracked, at + timedelta(days=3), who="office")
    assert client.get(address).status_code == 404
    before = Moment(later, PermitTrack.objects.order_by("-since")[0].since_id - 1)
    assert page_of(city, tracked, before, "other_clerk") is None  # scope is always the present one


def test_two_at_once_leave_one_record(city, at, tracked, monkeypatch):
    later = at + timedelta(days=2)

    def with_another_before(*args, **kwargs):
        monkeypatch.undo()
        record(city, tracked, "filing", "lodged", later, who="zone_staff")
        return acting.perform(*args, **kwargs)

    monkeypatch.setattr(acting, "perform", with_another_before)
    with pytest.raises(Conflict, match="别人刚刚"):
        record(city, tracked, "filing", "completed", later)
    assert ProjectPermit.objects.get().step == "lodged"


def test_coverage_says_who_counts_and_who_does_not(city, at, tracked, opened):
    later = at + timedelta(days=2)
    bare = opened(name="没有代办")
    say(city, bare, at)
    record(city, tracked, "filing", "completed", later)
    record(city, tracked, "environment", "on_commitment", later)
    record(city, bare, "environment", "not_needed", later, why="不在名录")
    viewer = viewer_of_person(city.people["office"])
    page = permits_overview(viewer, Moment(later))
    shown = {one.title: one for one in page.coverages}
    agency, commitment = shown["全代办覆盖率"], shown["承诺制覆盖率"]
    assert (agency.numerator, agency.denominator) == (1, 2) and agency.percent == 50
    assert [name for _key, name in agency.bare] == ["没有代办"]
    assert (commitment.numerator, commitment.denominator) == (1, 1)
    assert commitment.left_out == ((bare.key, "没有代办", "没有可以承诺办理的手续。"),)
    assert shown["一本制覆盖率"].percent == 0 and "本地默认，待确认" in agency.definition
    empty = permits_overview(
        viewer, moment_at(PermitTrack.objects.order_by("since")[0].since_id - 1)
    )
    assert empty.rows == [] and empty.coverages[0].percent is None and empty.untyped == 1


def test_what_is_due_at_an_office_is_listed_with_what_is_overdue(city, at, tracked):
    later = at + timedelta(days=2)
    record(city, tracked, "filing", "completed", later)
    record(city, tracked, "environment", "taken_in", later)
    viewer = viewer_of_person(city.people["office"])
    names = {row.permit: row for row in permits_due(viewer, Moment(later), 3)}
    assert set(names) == {"消防设计审查"} and names["消防设计审查"].label == "可以申报"
    names = {row.permit: row for row in permits_due(viewer, Moment(later), 30)}
    assert names["环境影响评价审批"].office == "生态环境部门"
    weeks = Moment(later + timedelta(days=60))
    first = permits_due(viewer, weeks, 0)[0]
    assert first.permit == "环境影响评价审批" and first.light == "red"


def test_the_pages_are_worked_with(sign_in, city, project):
    address = f"/projects/{project.key}/permits/"
    client = sign_in("clerk")
    assert "还没有选项目类型" in text(client.get(address))
    given = {"type": "plant-lease", "agent": city.units["开发区管委会"], "seen": "0"}
    page = text(client.post(f"{address}type/", given, follow=True))
    assert (
        "项目类型和办理方式已保存" in page and "生态环境部门" in page and "本地默认，待确认" in page
    )
    paper = SimpleUploadedFile("备案证.txt", b"ok")
    given = {"permit": "filing", "step": "completed", "evidence": paper}
    page = text(client.post(f"{address}record/", given, follow=True))
    assert "手续已登记" in page and "备案证.txt" in page
    bad = client.post(f"{address}record/", {"permit": "fire", "step": "not_needed"})
    assert bad.status_code == 422 and "写明理由" in text(bad)
    assert client.post(f"{address}record/", {"permit": "x"}).status_code == 422
    client.post(f"{address}record/", {"permit": "environment", "step": "taken_in"})
    given = {"permit": "environment", "why": "专家评审"}
    page = text(client.post(f"{address}clock/", given, follow=True))
    assert "计时已更新" in page and "暂停计时：专家评审" in page
    page = client.post(f"{address}withdraw/", {"permit": "filing", "why": "录错"}, follow=True)
    assert "撤回“企业投资项目备案”的登记" in text(page)
    for who, status in (("leading_group", 403), ("other_clerk", 404)):
        for what in ("record", "clock", "type", "withdraw"):
            assert sign_in(who).post(f"{address}{what}/", given).status_code == status
    english = sign_in("office")
    english.post("/language/", {"language": "en"})
    answer = text(english.get(address))
    assert (
        "Environmental impact approval" in answer and "10 working days (promised limit)" in answer
    )
    assert "Decided by" in answer


def test_lists_are_exported_and_scoped(sign_in, city, at, tracked):
    later = at + timedelta(days=2)
    record(city, tracked, "filing", "completed", later, day=date(2026, 3, 3))
    for path in ("/projects/permits/", "/projects/permits/due/"):
        answer = sign_in("office").get(f"{path}?export=xlsx")
        book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
        rows = book.get_sheet_by_index(0).to_python()
        assert any("示例光电产业园项目" in map(str, row) for row in rows)
        assert "示例光电产业园项目" in text(sign_in("zone_staff").get(path))
        assert "示例光电产业园项目" not in text(sign_in("other_clerk").get(path))
    matrix = sign_in("office").get("/projects/permits/?export=xlsx")
    rows = CalamineWorkbook.from_filelike(BytesIO(matrix.content)).get_sheet_by_index(0).to_python()
    assert any("已办结 2026-03-03" in map(str, row) for row in rows)
    for days in ("９９９", "9" * 5000, "-1", "x", "99999999"):
        page = sign_in("office").get("/projects/permits/due/", {"days": days})
        assert page.status_code == 200


def test_queries_do_not_grow_with_projects(sign_in, city, at, django_assert_max_num_queries):
    client = sign_in("office")

    def more(count):
        bulk_projects(city, count, at)
        for project in Project.objects.exclude(permit_tracks__isnull=False):
            say(city, project, at, agent=city.units["开发区管委会"])
            record(city, project, "filing", "completed", at + timedelta(days=2))

    more(1)
    for path in ("/projects/permits/", "/projects/permits/due/"):
        with django_assert_max_num_queries(60) as first:
            client.get(path)
        more(3)
        with django_assert_max_num_queries(len(first)):
            client.get(path)
