"""Two records of one project: found, told apart, merged without loss, taken apart again."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from factories.projects import details
from luodi.audit.queries import moment_at, verify
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.queries import viewer_of_person
from luodi.projects import actions
from luodi.projects.models import (
    BatchEntry,
    Distinction,
    Merge,
    MergeState,
    ProjectState,
    StageMove,
)
from luodi.projects.queries import batch_page, cohort, pairs, project_page, projects

pytestmark = pytest.mark.django_db(databases="__all__")
PAPER = [("合同.txt", "示例合同".encode())]


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def office(city, at):
    return {"by": city.people["office"], "at": at}


@pytest.fixture
def twins(opened) -> tuple[str, str]:
    """A project, and the same registered once more under another name with other figures."""
    first = opened(investment="32000", output="", land="60")
    second = opened(
        name="示例光电产业园（建设）",
        investment="35000",
        output="50000",
        land="",
        source="商会推荐",
    )
    return first.key, second.key


def merged(city, at, twins, takes=(), why="同一家企业重复登记", who="office", **given):
    usual = {"into": twins[0], "project": twins[1], "takes": takes, "why": why}
    actions.merge_project(by=city.people[who], at=at, **(usual | given))


def shown(city, moment, who="office"):
    return [row.key for row in projects(viewer_of_person(city.people[who]), moment)]


def page_of(city, key, moment, who="office"):
    return project_page(key, viewer_of_person(city.people[who]), moment)


def test_the_person_chooses_for_each_fact_and_nothing_is_rewritten(city, at, twins):
    first, second = twins
    before = list(ProjectState.objects.order_by("pk").values())
    merged(city, at, twins, ["name", "output", "investment"])
    state = ProjectState.objects.open().get(project=first)
    assert (state.name, state.investment, state.output) == ("示例光电产业园（建设）", 35000, 50000)
    assert (state.land, state.source) == (60, "行业协会推荐")
    kept = list(
        ProjectState.objects.filter(pk__in=[r["id"] for r in before]).order_by("pk").values()
    )
    assert [{**r, "until_id": None} for r in kept] == before
    assert ProjectState.objects.open().get(project=second).land is None
    assert shown(city, Moment(at)) == [first]
    page = page_of(city, second, Moment(at))
    assert page.merge.key == first and page.merge.why == "同一家企业重复登记" and not page.roles
    assert verify().breaks == ()


def test_the_merged_ones_story_and_files_are_on_the_survivors_page(city, at, twins, sign_in):
    first, second = twins
    clerk = city.people["clerk"]
    actions.move_project(project=second, to="signed", evidence=PAPER, by=clerk, at=at)
    merged(city, at, twins, ["stage"])
    page = page_of(city, first, Moment(at))
    assert [e.sentence for e in page.timeline if e.source[0] == second] == [
        "登记项目。", "由“线索”进入“签约”。"
    ]  # fmt: skip
    assert page.row.stage == "signed" and page.row.answered == at
    both = "示例光电产业园（建设）”并入“示例光电产业园项目”。以并入项目为准的：环节与走过的路径。"
    assert page.timeline[-1].sentence == f"“{both}" and page.timeline[-1].source == ("", "")
    client = sign_in("office")
    html = text(client.get(f"/projects/{first}/"))
    assert "来自“示例光电产业园（建设）”" in html and "合同.txt" in html
    assert "已并入本项目的" in html and f"/projects/{second}/" in html
    html = text(client.get(f"/projects/{second}/"))
    assert "由“线索”进入“签约”" in html and "撤销合并" in html and "到那里办理" in html


def test_nobody_works_on_a_merged_project(city, at, twins, office):
    merged(city, at, twins)
    second = twins[1]
    with pytest.raises(Closed, match="已并入“示例光电产业园项目”"):
        actions.move_project(project=second, to="talks", **office)
    with pytest.raises(Closed):
        actions.revise_project(project=second, details=details(city, land="9"), **office)
    with pytest.raises(Closed):
        actions.merge_project(project=second, into=twins[0], takes=[], why="又", **office)
    batch = actions.make_batch(city=city.key, title="一", held_on=date(2026, 3, 1), **office)
    with pytest.raises(Closed, match="请列入后者"):
        actions.add_to_batch(batch=batch.key, part="signed", projects=[second], **office)


def test_who_may_merge(city, at, twins, opened):
    for who in ("zone_staff", "leading_group"):
        with pytest.raises(NotAllowed):
            merged(city, at, twins, who=who)
    with pytest.raises(NotFound):
        merged(city, at, twins, who="other_clerk")
    other = opened(name="别的单位牵头", lead=city.units["开发区管委会"]).key
    with pytest.raises(NotFound):
        merged(city, at, (twins[0], other), who="clerk")
    with pytest.raises(NotAllowed):
        merged(city, at, (twins[0], other), who="zone_staff")
    merged(city, at, twins, who="clerk")
    with pytest.raises(NotAllowed):
        actions.unmerge_project(project=twins[1], why="错", by=city.people["zone_staff"], at=at)
    actions.unmerge_project(project=twins[1], why="错", by=city.people["clerk"], at=at)


def test_what_can_not_be_is_refused(city, at, twins, opened):
    with pytest.raises(Incomplete, match="它自己"):
        merged(city, at, (twins[0], twins[0]))
    with pytest.raises(Incomplete, match="理由"):
        merged(city, at, twins, why=" ")
    with pytest.raises(NotFound):
        merged(city, at, twins, takes=["key"])
    with pytest.raises(NotFound):
        merged(city, at, ("0" * 16, twins[1]))
    odd = opened(name="日期不同", planned_start=date(2027, 12, 1), planned_production=None,
                 planned_capacity=None).key  # fmt: skip
    with pytest.raises(Incomplete, match="先后颠倒"):
        merged(city, at, (twins[0], odd), takes=["planned_start"])
    with pytest.raises(NotFound):
        actions.unmerge_project(project=twins[0], why="x", by=city.people["office"], at=at)
    assert not Merge.objects.exists()


def test_of_two_at_once_one_wins_and_the_other_is_told(city, at, twins, opened):
    third = opened(name="第三份登记").key
    seen = {key: ProjectState.objects.open().get(project=key).since_id for key in (*twins, third)}
    merged(city, at, twins, seen=seen[twins[1]], seen_into=seen[twins[0]])
    with pytest.raises(Conflict, match="刚刚有了变化"):
        merged(city, at, (twins[0], third), seen=seen[third], seen_into=seen[twins[0]])
    with pytest.raises((Closed, Conflict)):
        merged(city, at, (twins[1], twins[0]), seen=seen[twins[0]], seen_into=seen[twins[1]])


def test_moments_before_the_merge_show_both(city, at, twins):
    merged(city, at, twins, ["name"])
    before = moment_at(Merge.objects.get().act_id - 1)
    assert len(shown(city, before)) == 2 and len(shown(city, Moment(at))) == 1
    page = page_of(city, twins[1], before)
    assert page.merge is None and page.row.into == ""
    assert page_of(city, twins[0], before).row.name == "示例光电产业园项目"


def test_a_merge_is_taken_back_and_what_changed_since_stays(city, at, twins, office):
    first, second = twins
    merged(city, at, twins, ["name", "investment", "source"])
    said = details(city, name="示例光电产业园（建设）", investment="36000", output="", land="60",
                   source="商会推荐")  # fmt: skip
    actions.revise_project(project=first, details=said, **office)
    with pytest.raises(Incomplete, match="理由"):
        actions.unmerge_project(project=second, why="", **office)
    actions.unmerge_project(project=second, why="两期工程，不是一个项目", **office)
    state = ProjectState.objects.open().get(project=first)
    assert (state.name, state.source, state.investment) == (
        "示例光电产业园项目",
        "行业协会推荐",
        36000,
    )
    assert len(shown(city, Moment(at))) == 2
    event = page_of(city, second, Moment(at)).timeline[-1]
    assert "恢复原值的：项目名称、线索来源。" in event.sentence
    assert "保持现值的：总投资。" in event.sentence and event.why == "两期工程，不是一个项目"
    actions.move_project(project=second, to="talks", **office)
    assert verify().breaks == ()
    merged(city, at, twins)
    assert len(shown(city, Moment(at))) == 1


def test_a_stage_taken_over_goes_back_unless_the_project_moved_on(city, at, twins, office):
    first, second = twins
    actions.move_project(project=second, to="signed", evidence=PAPER, **office)
    merged(city, at, twins, ["stage"])
    actions.unmerge_project(project=second, why="误并", **office)
    assert ProjectState.objects.open().get(project=first).stage == "lead"
    merged(city, at, twins, ["stage"])
    actions.move_project(project=first, to="review", why="重评", **office)
    actions.unmerge_project(project=second, why="误并", **office)
    assert ProjectState.objects.open().get(project=first).stage == "review"
    assert ProjectState.objects.open().get(project=second).stage == "signed"


def test_three_records_follow_each_other_and_come_apart_in_turn(city, at, twins, opened, office):
    first, second = twins
    third = opened(name="第三份登记").key
    merged(city, at, (second, third))
    merged(city, at, twins)
    assert shown(city, Moment(at)) == [first]
    assert page_of(city, third, Moment(at)).row.into == first
    assert {one.key for one in page_of(city, first, Moment(at)).absorbed} == {second, third}
    with pytest.raises(Incomplete, match="先撤销后一次"):
        actions.unmerge_project(project=third, why="错", **office)
    actions.unmerge_project(project=second, why="错", **office)
    assert page_of(city, third, Moment(at)).row.into == second
    assert set(shown(city, Moment(at))) == {first, second}
    actions.unmerge_project(project=third, why="错", **office)
    assert len(shown(city, Moment(at))) == 3 and not MergeState.objects.open().exists()


def test_later_merges_with_the_same_facts_are_taken_back_first(city, at, twins, opened, office):
    third = opened(name="第三份登记").key
    merged(city, at, twins, ["name"])
    merged(city, at, (twins[0], third), ["name"])
    with pytest.raises(Incomplete, match="第三份登记"):
        actions.unmerge_project(project=twins[1], why="错", **office)
    actions.unmerge_project(project=third, why="错", **office)
    actions.unmerge_project(project=twins[1], why="错", **office)
    assert ProjectState.objects.open().get(project=twins[0]).name == "示例光电产业园项目"


def test_a_batch_counts_both_once_and_says_so(city, at, twins, office, sign_in):
    first, second = twins
    batch = actions.make_batch(
        city=city.key, title="一季度", held_on=date(2026, 3, 1), **office
    ).key
    actions.add_to_batch(batch=batch, part="signed", projects=list(twins), **office)
    actions.add_to_batch(batch=batch, part="started", projects=[second], **office)
    forced = {"override": True, "why": "先开工", "evidence": PAPER}
    actions.move_project(project=second, to="started", **forced, **office)
    viewer = viewer_of_person(city.people["office"])

    def rates(moment):
        found = cohort(viewer, moment, moment.today, batch)
        return {r.rule.key: (r.numerator, r.base) for r in found.rates(found.entries[batch])}

    assert rates(Moment(at))["start"] == (1, 2)
    before = moment_at(StageMove.objects.order_by("-act").first().act_id)
    merged(city, at, twins, ["stage"])
    assert rates(Moment(at))["start"] == (1, 1) and rates(before)["start"] == (1, 2)
    page = batch_page(batch, viewer, Moment(at), at.date())
    [signed], [started] = page.entries["signed"], page.entries["started"]
    assert "合计只计一次" in signed.also and "列入时是" in started.also
    assert signed.key == started.key == first and BatchEntry.objects.open().count() == 3
    with pytest.raises(Conflict, match="只计一次"):
        actions.add_to_batch(batch=batch, part="started", projects=[first], **office)
    chosen = {"batch": batch, "part": "signed", "projects": [first]}
    actions.exclude_entries(why="另计", **chosen, **office)
    assert rates(Moment(at))["start"] == (0, 0)
    with pytest.raises(Conflict):
        actions.exclude_entries(why="另计", **chosen, **office)
    actions.put_back_entries(**chosen, **office)
    assert rates(Moment(at))["start"] == (1, 1)
    actions.unmerge_project(project=second, why="误并", **office)
    assert rates(Moment(at))["start"] == (1, 2)
    assert "合计只计一次" not in text(sign_in("office").get(f"/projects/batches/{batch}/"))


def test_a_unit_of_either_side_sees_both_after_the_merge(city, at, opened, office):
    first = opened(zone="", lead=city.units["市工信局"]).key
    second = opened(name="开发区登记的", zone="", lead=city.units["开发区管委会"]).key
    assert shown(city, Moment(at), "clerk") == [first]
    merged(city, at, (first, second))
    assert page_of(city, second, Moment(at), "clerk") is not None
    assert shown(city, Moment(at), "zone_staff") == [first]
    assert not page_of(city, first, Moment(at), "zone_staff").roles
    actions.unmerge_project(project=second, why="错", **office)
    assert page_of(city, second, Moment(at), "clerk") is None


def test_pairs_are_found_and_a_decision_holds_until_a_name_changes(city, at, twins, opened, office):
    viewer = viewer_of_person(city.people["office"])
    opened(name="毫不相干的冷链", investor="另一家", code="")
    [pair] = pairs(viewer, Moment(at))
    assert pair.level == 3 and pair.why.startswith("国家项目代码相同") and "投资方相同" in pair.why
    with pytest.raises(Incomplete, match="理由"):
        actions.tell_apart(one=twins[0], other=twins[1], why=" ", **office)
    actions.tell_apart(one=twins[0], other=twins[1], why="一期与二期", **office)
    [pair] = pairs(viewer, Moment(at))
    assert pair.apart == "一期与二期" and pair.who != "—"
    with pytest.raises(Conflict):
        actions.tell_apart(one=twins[1], other=twins[0], why="一期与二期", **office)
    said = details(city, name="示例光电产业园二期", investment="35000", land="", source="商会推荐")
    actions.revise_project(project=twins[1], details=said, **office)
    [pair] = pairs(viewer, Moment(at))
    assert pair.apart == "" and pair.renamed
    past = moment_at(Distinction.objects.get().act_id)
    assert pairs(viewer, past)[0].apart == "一期与二期"


def test_the_office_compares_and_merges_on_the_pages(sign_in, city, twins):
    client = sign_in("office")
    page = text(client.get("/projects/alike/"))
    assert "很有把握" in page and "待看 1" in page
    address = page.split('href="/projects/')[1:]
    assert any("/merge/" in one[:60] for one in address)
    first, second = twins
    html = text(client.get(f"/projects/{first}/merge/{second}/"))
    assert "32,000 万元" in html and "35,000 万元" in html
    given = _chosen(html) | {"fact_investment": "project", "why": ""}
    bad = client.post(f"/projects/{first}/merge/{second}/", given)
    assert bad.status_code == 422 and MergeState.objects.count() == 0
    done = client.post(f"/projects/{first}/merge/{second}/", given | {"why": "重复"}, follow=True)
    assert "已合并" in text(done) and "35,000" in text(done)
    again = client.post(f"/projects/{first}/merge/{second}/", given | {"why": "重复"})
    assert again.status_code == 404
    form = text(client.get(f"/projects/{second}/unmerge/"))
    seen = form.split('name="seen" value="')[1].split('"')[0]
    bad = client.post(f"/projects/{second}/unmerge/", {"why": "错", "seen": "1"})
    assert bad.status_code == 409
    done = client.post(f"/projects/{second}/unmerge/", {"why": "错", "seen": seen}, follow=True)
    assert "重新分开" in text(done)
    gone = client.post(f"/projects/{first}/apart/{second}/", {"why": ""})
    assert gone.status_code == 422
    done = client.post(f"/projects/{first}/apart/{second}/", {"why": "两期"}, follow=True)
    assert "已判为不同 1" in text(done) and "待看 0" in text(done)
    assert "两期" in text(client.get("/projects/alike/?tab=apart"))
    sheet = client.get("/projects/alike/?tab=apart&export=xlsx")
    assert sheet.status_code == 200


def _chosen(html: str) -> dict[str, str]:
    """The hidden fields and the radio buttons that the page has checked."""
    found = dict(re.findall(r'name="(seen\w*)" value="(\d+)"', html))
    for name, value in re.findall(r'name="(fact_\w+)" value="(\w+)"[^>]*checked', html):
        found[name] = value
    return found


def test_any_other_project_can_be_chosen_by_its_name(sign_in, city, twins, opened):
    other = opened(name="毫不相干的冷链", investor="另一家", code="").key
    office, first = sign_in("office"), twins[0]
    assert f"/projects/{first}/compare/" in text(office.get(f"/projects/{first}/"))
    page = text(office.get(f"/projects/{first}/compare/"))
    assert f"/projects/{first}/merge/{twins[1]}/" in page and "很有把握" in page
    assert f"/merge/{other}/" not in page
    page = text(office.get(f"/projects/{first}/compare/?q=冷链"))
    assert f"/projects/{first}/merge/{other}/" in page
    assert "没有这样的项目" in text(office.get(f"/projects/{first}/compare/?q=<b>无"))
    html = text(office.get(f"/projects/{first}/merge/{other}/"))
    assert "由人挑选比对" in html
    given = _chosen(html) | {"why": "更名后重复登记"}
    office.post(f"/projects/{first}/merge/{other}/", given)
    assert office.get(f"/projects/{other}/compare/").status_code == 404
    assert sign_in("other_clerk").get(f"/projects/{first}/compare/").status_code == 404


def test_wrong_people_and_english(sign_in, city, twins):
    first, second = twins
    assert sign_in("other_clerk").get(f"/projects/{first}/merge/{second}/").status_code == 404
    zone = sign_in("zone_staff")
    assert "由专班办公室办理" in text(zone.get(f"/projects/{first}/merge/{second}/"))
    refused = zone.post(f"/projects/{first}/apart/{second}/", {"why": "不"})
    assert refused.status_code == 403
    assert sign_in("leading_group").get("/projects/alike/").status_code == 403
    english = {"headers": {"Accept-Language": "en"}}
    office = sign_in("office")
    page = text(office.get("/projects/alike/", **english))
    assert "Look-alikes" in page and "疑似重复" not in page
    page = text(office.get(f"/projects/{first}/merge/{second}/", **english))
    assert "Merge" in page and "保留" not in page


@pytest.mark.parametrize("n", [1, 4])
def test_the_pairs_take_the_same_queries(sign_in, opened, django_assert_max_num_queries, n):
    for number in range(n):
        opened(name=f"示例{'甲乙丙丁'[number]}园区工厂", investor=f"投资{number}", code="")
        opened(name=f"示例{'甲乙丙丁'[number]}园区工厂厂房", investor=f"投资{number}", code="")
    client = sign_in("office")
    client.get("/projects/alike/")
    with django_assert_max_num_queries(40) as seen:
        client.get("/projects/alike/")
    COUNTED.add(len(seen))
    assert len(COUNTED) == 1


COUNTED: set[int] = set()


def test_a_day_later_is_no_reason_to_forget(city, at, twins):
    merged(city, at + timedelta(days=1), twins)
    assert len(shown(city, Moment(at + timedelta(days=2)))) == 1
