"""Promise against result: judged with its working, warned of in time, re-checked, its breach."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luodi.audit.queries import moment_at, verify
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.jobs.models import InboxMessage
from luodi.orgs.queries import viewer_of_person
from luodi.projects.actions import (
    move_agreement,
    move_project,
    remind_of_milestones,
    report_money,
    report_result,
    set_agreement,
)
from luodi.projects.models import AgreementState, PromiseResult
from luodi.projects.queries import agreement_page, agreements, project_head

pytestmark = pytest.mark.django_db(databases="__all__")
PAPER = [("证明.txt", "示例".encode())]
DAYS = {
    "start": date(2026, 6, 1), "production": date(2027, 6, 1), "capacity": date(2028, 6, 1),
    "recheck": date(2028, 12, 1),
}  # fmt: skip
PROMISES = {"intensity": "500", "output": "800", "tax": "30", "energy": "0.4"}
LATER = datetime(2029, 1, 8, 1, 0, tzinfo=UTC)


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def agree(city, at, project):
    def agreed(who="zone_staff", when=at, **given):
        usual = {"title": "示例协议", "signed_on": date(2026, 1, 5), "land": "60",
                 "promises": PROMISES, "days": DAYS, "project": project.key}  # fmt: skip
        set_agreement(by=city.people[who], at=when, **(usual | given))

    return agreed


@pytest.fixture
def report(city, at, project):
    def reported(item, amount, year=2026, who="zone_staff", when=at, **given):
        usual = {"evidence": PAPER, "project": project.key}
        report_result(
            item=item, amount=amount, year=year, by=city.people[who], at=when, **(usual | given)
        )

    return reported


@pytest.fixture
def step(city, project):
    def stepped(move, who="office", when=LATER, **given):
        usual = {"evidence": PAPER, "project": project.key}
        move_agreement(move=move, by=city.people[who], at=when, **(usual | given))

    return stepped


@pytest.fixture
def page_of(city, project):
    def page(moment, who="office"):
        head = project_head(project.key, viewer_of_person(city.people[who]), moment)
        return agreement_page(head, moment)

    return page


def verdicts(page):
    return {one.rule.key: one.verdict for one in page.agreement.promised}


def test_each_promise_is_judged_with_its_working(city, at, project, agree, report, page_of):
    agree()
    assert verdicts(page_of(Moment(at))) == dict.fromkeys(PROMISES, "not_due")
    report_money(project=project.key, series="dispatch", period="2026-02",
                 amounts={"since_start": "31200"}, by=city.people["clerk"], at=at)  # fmt: skip
    [intensity, *_others] = page_of(Moment(at)).agreement.promised
    assert intensity.verdict == "kept"
    assert intensity.working == (
        "固定资产投资（自开工累计） 31,200 ÷ 60 亩 = 520 万元/亩（调度完成投资，2026年2月）"
    )
    report("output", "46000", 2028, when=LATER)
    report("energy", "0.45", 2028, when=LATER)
    page = page_of(Moment(LATER))
    assert verdicts(page) == {
        "intensity": "kept", "output": "short", "tax": "cannot_tell", "energy": "short"
    }  # fmt: skip
    output = page.agreement.promised[1]
    assert output.says == "差 33.33 万元/亩。" and output.gap * 3 == 100
    assert "超出 0.05 吨标准煤/万元" in page.agreement.promised[3].says
    assert "还没有填报年税收" in page.agreement.promised[2].says
    assert page_of(Moment(at)).agreement.promised[1].verdict == "not_due"


def test_output_of_the_record_counts_until_something_is_reported(
    city, at, project, agree, report, page_of
):
    from factories.projects import details
    from luodi.projects.actions import revise_project

    revise_project(project=project.key, details=details(city, actual_output="60000"),
                   by=city.people["clerk"], at=at)  # fmt: skip
    agree()
    output = page_of(Moment(at)).agreement.promised[1]
    assert output.verdict == "kept" and "项目登记的实际年产值" in output.working
    report("output", "30000")
    assert page_of(Moment(at)).agreement.promised[1].verdict == "not_due"


def test_without_land_nothing_is_judged_per_mu(at, agree, report, page_of):
    agree(land="")
    report("tax", "100")
    report("energy", "0.3")
    found = verdicts(page_of(Moment(at)))
    assert found["tax"] == "cannot_tell" and found["energy"] == "kept"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"promises": {}}, "至少填写一项"),
        ({"promises": {"tax": "-3"}}, "不能是负数"),
        ({"promises": {"tax": "3亩"}}, "亩均税收"),
        ({"land": "-1"}, "协议用地面积不能是负数"),
        ({"days": DAYS | {"start": date(2027, 9, 1)}}, "先后颠倒"),
        ({"days": DAYS | {"start": date(2025, 9, 1)}}, "先后颠倒"),
        ({"signed_on": date(2026, 5, 1)}, "不能晚于今天"),
    ],
)
def test_an_agreement_that_makes_no_sense_is_refused(agree, given, says):
    with pytest.raises(Incomplete, match=says):
        agree(**given)
    assert not AgreementState.objects.exists()


def test_terms_change_with_a_reason_and_the_past_stays(at, agree, page_of):
    agree()
    first = AgreementState.objects.get()
    with pytest.raises(Incomplete, match="写明原因"):
        agree(land="50", seen=first.since_id, when=at + timedelta(days=1))
    agree(land="50", why="补充协议", seen=first.since_id, when=at + timedelta(days=1))
    with pytest.raises(Conflict, match="刚刚有了变化"):
        agree(land="40", why="再改", seen=first.since_id, who="clerk")
    assert page_of(moment_at(first.since_id)).agreement.land == 60
    assert page_of(Moment(at + timedelta(days=2))).agreement.land == 50


def test_results_come_with_evidence_and_corrections_with_a_reason(at, agree, report, page_of):
    with pytest.raises(NotFound):
        report("tax", "100")
    agree()
    for wrong in ({"evidence": []}, {"year": 2027}, {"item": "luck"}, {"amount": ""}):
        with pytest.raises(Incomplete):
            report(**({"item": "tax", "amount": "100"} | wrong))
    report("tax", "1800")
    with pytest.raises(Incomplete, match="更正"):
        report("tax", "1900")
    report("tax", "1900", why="税务核定", when=at + timedelta(days=1))
    [result] = page_of(Moment(at + timedelta(days=2))).results
    assert result.amount == 1900 and result.before[0].amount == 1800
    assert PromiseResult.objects.count() == 2 and not verify().breaks


def test_milestones_are_met_by_the_pipeline(city, at, project, agree, moves, page_of):
    agree()
    for to in ("talks", "review", "signed"):
        moves("clerk", to)
    moves("zone_staff", "permits")
    late = datetime(2026, 6, 11, 1, 0, tzinfo=UTC)
    move_project(project=project.key, to="started", by=city.people["zone_staff"],
                 evidence=PAPER, at=late)  # fmt: skip
    start, production, *_rest = page_of(Moment(late)).agreement.milestones
    assert (start.light, start.done_on) == ("done", date(2026, 6, 11)) and "晚 10 天" in start.says
    assert production.light == "green"
    assert (
        page_of(Moment(datetime(2027, 4, 1, tzinfo=UTC))).agreement.milestones[1].light == "yellow"
    )
    assert page_of(Moment(datetime(2027, 7, 1, tzinfo=UTC))).agreement.milestones[1].light == "red"


def test_a_milestone_is_told_of_once_before_and_once_after(city, agree):
    agree()
    tellings = [
        remind_of_milestones(by="system:clock", at=datetime(2026, *day, 1, tzinfo=UTC))
        for day in ((3, 10), (4, 10), (4, 11), (5, 20), (5, 21), (6, 2), (6, 3))
    ]
    assert [bool(n) for n in tellings] == [False, True, False, True, False, True, False]
    message = InboxMessage.objects.filter(person=city.people["clerk"]).first()
    assert "协议约定 2026-06-01 开工" in message.sentence and message.address.endswith(
        "/agreement/"
    )
    told = set(InboxMessage.objects.filter(kind="milestone").values_list("person", flat=True))
    assert {city.people[who] for who in ("clerk", "zone_staff", "office")} == told


def test_the_re_check_waits_for_capacity_and_names_what_is_short(at, agree, report, step):
    agree()
    with pytest.raises(Incomplete, match="还没有达产"):
        step("find_kept", when=at)
    with pytest.raises(Incomplete, match="佐证材料"):
        step("find_kept", evidence=[])
    with pytest.raises(Incomplete, match="投资强度、亩均产值"):
        step("find_kept")
    for who in ("clerk", "zone_staff"):
        with pytest.raises(NotAllowed):
            step("find_kept", who=who, why="都好")
    step("find_kept", why="因灾顺延，专题会同意")
    assert AgreementState.objects.open().get().stage == "kept"
    with pytest.raises(Conflict):
        step("find_short", why="又查")
    with pytest.raises(Conflict, match="办结"):
        agree(land="1", why="改", when=LATER)


def test_a_breach_goes_from_found_short_to_kept(at, agree, step, page_of):
    agree()
    with pytest.raises(Incomplete, match="原因"):
        step("find_short")
    step("find_short", why="亩均产值不足")
    with pytest.raises(Conflict):
        step("order_rectification", why="限期", until=date(2029, 6, 1))
    step("notify_breach")
    for wrong in (None, date(2028, 1, 1)):
        with pytest.raises(Incomplete):
            step("order_rectification", why="限期整改", until=wrong)
    step("order_rectification", why="限期整改", until=date(2029, 6, 1))
    with pytest.raises(NotAllowed):
        step("report_rectification", why="扩产")
    step("report_rectification", who="zone_staff", why="新增两条产线")
    step("refuse_rectification", why="产线未投用", until=date(2029, 9, 1))
    step("report_rectification", who="clerk", why="已投用")
    step("find_rectified")
    page = page_of(Moment(LATER + timedelta(days=1)))
    assert page.agreement.state.stage == "kept" and not page.moves and not verify().breaks


def test_a_breach_may_end_in_liability_and_two_cannot_decide(agree, step):
    agree()
    step("find_short", why="不足")
    step("notify_breach")
    seen = AgreementState.objects.open().get().since_id
    step("order_rectification", why="限期", until=date(2029, 6, 1), seen=seen)
    with pytest.raises(Conflict, match="刚刚有了变化"):
        step("order_rectification", why="限期", until=date(2029, 7, 1), seen=seen)
    step("find_liable", why="逾期未整改")
    assert AgreementState.objects.open().get().stage == "liable"


def test_the_pages_show_report_and_decide(sign_in, city, project):
    zone = sign_in("zone_staff")
    address = f"/projects/{project.key}/agreement/"
    assert "登记协议" in text(zone.get(address))
    page = text(zone.get(f"{address}terms/"))
    assert 'value="60"' in page and "投资强度（万元/亩）" in page and "本地默认，待确认" in page
    given = {"title": "示例", "signed_on": "2026-01-05", "land": "60", "seen": "0",
             "promise-tax": "30", "day-start": "2026-04-01", "day-production": "2027-01-01"}  # fmt: skip
    page = text(zone.post(f"{address}terms/", given, follow=True))
    assert "协议已保存" in page and "还没到期" in page and "临期" in page
    said = {"item": "tax", "year": "2026", "amount": "1800",
            "evidence": SimpleUploadedFile("税单.txt", b"ok")}  # fmt: skip
    page = text(zone.post(f"{address}result/", said, follow=True))
    assert "1,800 ÷ 60 亩 = 30 万元/亩" in page and "已兑现" in page
    office = sign_in("office")
    refused = office.post(f"{address}move/", {"move": "find_kept", "why": ""})
    assert refused.status_code == 422 and "佐证材料" in text(refused)
    assert zone.post(f"{address}move/", {"move": "find_kept"}).status_code == 422
    page = text(office.get("/projects/agreements/"))
    assert "节点临近或已过" in page and "示例光电" in page
    other = sign_in("other_clerk")
    assert other.get(address).status_code == 404
    assert "示例光电" not in text(other.get("/projects/agreements/"))
    assert "您的岗位不办理" in text(sign_in("leading_group").get(address))
    english = {"headers": {"Accept-Language": "en"}}
    for one in (address, "/projects/agreements/", f"{address}terms/"):
        page = text(office.get(one, **english))
        assert "Tax per mu" in page or "Not due" in page
        assert "承诺" not in page and "亩均" not in page
    assert "填报 2026 年协议兑现情况" in text(office.get(f"/projects/{project.key}/"))


def test_the_overview_takes_the_same_queries_for_many(
    sign_in, city, at, opened, agree, django_assert_max_num_queries
):
    agree()
    office = sign_in("office")
    office.get("/projects/agreements/")
    counts = []
    for n in (0, 5):
        for number in range(n):
            agree(project=opened(name=f"另一个{number}", code="").key)
        with django_assert_max_num_queries(50) as seen:
            assert office.get("/projects/agreements/").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert len(agreements(viewer_of_person(city.people["office"]), Moment(at)).rows) == 6
    assert office.get("/projects/agreements/?export=xlsx").status_code == 200


def test_those_who_come_next_are_told(city, agree, step):
    agree()
    step("find_short", why="不足")
    step("notify_breach")
    step("order_rectification", why="限期", until=date(2029, 6, 1))
    mine = InboxMessage.objects.filter(person=city.people["zone_staff"], kind="project")
    assert "责令限期整改，期限 2029-06-01" in mine.order_by("-pk").first().sentence
    step("report_rectification", who="zone_staff", why="已扩产")
    office = InboxMessage.objects.filter(person=city.people["office"], kind="project")
    assert "报整改情况" in office.order_by("-pk").first().sentence


def test_a_late_rectification_is_told_once(city, agree, step, sign_in):
    agree()
    step("find_short", why="不足")
    step("notify_breach")
    step("order_rectification", why="限期", until=date(2029, 3, 1))
    days = (datetime(2029, 2, 1, 1, tzinfo=UTC), datetime(2029, 3, 5, 1, tzinfo=UTC),
            datetime(2029, 3, 6, 1, tzinfo=UTC))  # fmt: skip
    for day in days:
        remind_of_milestones(by="system:clock", at=day)
    said = InboxMessage.objects.filter(
        person=city.people["zone_staff"], sentence__contains="整改期限 2029-03-01 已过"
    )
    assert said.count() == 1
    page = agreements(viewer_of_person(city.people["office"]), Moment(days[-1]))
    assert page.rows[0].overdue == 5
