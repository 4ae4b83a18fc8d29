"""A project ledger: looked at before it is written, taken in once, told by every project."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override

from factories.ledgers import Desk
from factories.projects import ledger_csv
from luodi.audit.models import Act
from luodi.audit.queries import verify
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.queries import viewer_of_person
from luodi.projects.actions import (
    explain_words,
    merge_project,
    revise_project,
)
from luodi.projects.models import LedgerTaking, Project, ProjectState, StageMove
from luodi.projects.queries import ledger_page, project_page

pytestmark = pytest.mark.django_db(databases="__all__")


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def office(city, at) -> Desk:
    return Desk(city, at)


def test_a_ledger_with_three_bad_rows_goes_in_without_them(office):
    key = office.bring(
        {},
        {"项目名称": "坏代码项目", "项目代码": "26-1405"},
        {"项目名称": "负数项目", "总投资（亿元）": "-3"},
        {"项目名称": "不认得单位的项目", "责任单位": "市太空局"},
    )
    good, *bad = office.lines(key)
    assert good.outcome == "new" and {one.outcome for one in bad} == {"faulty"}
    says = [" ".join(one.says) for one in bad]
    assert "写法不对" in says[0] and "不能是负数" in says[1] and "“市太空局”没有登记" in says[2]
    assert [s.why for s in office.page(key).run.skipped] == ["合计行"]
    assert not Project.objects.exists()
    assert office.take(key)["opened"] == 1 and not verify().breaks
    state = ProjectState.objects.open().get()
    assert (state.investment, state.investment_scale, state.land) == (32000, 0, 60)
    assert state.planned_start == date(2026, 6, 30) and state.lead == office.city.units["市工信局"]
    move = StageMove.objects.get()
    assert (move.from_stage, move.to_stage, move.override, move.unmet) == (
        "lead", "signed", False, []
    )  # fmt: skip
    assert "mode" in move.told and "evidence" in move.told and "第 3 行" in move.why
    page = project_page(state.project_id, viewer_of_person(office.by), Moment(office.at))
    assert "台账.csv”第 3 行登记，环节为“签约”" in page.timeline[-1].sentence
    assert "招商模式" in page.timeline[-1].told


def test_the_day_a_project_entered_its_stage_is_told_or_said_to_be_unknown(office):
    rows = ledger_csv(
        {}, {"项目名称": "没写日期的", "投资方": ""}, {"项目名称": "以后的", "投资方": "丙"}
    ).decode()
    title, heads, *lines = rows.splitlines()
    days = ("2025年9月", "", "2027-01-01")
    told = [f"{line},{day}" for line, day in zip(lines, days, strict=False)]
    data = "\n".join([title, f"{heads},进入该环节的日期", *told]).encode()
    key = office.bring(data=data)
    dated, undated, later = office.lines(key)
    assert dated.stage_on == date(2025, 9, 30) and not dated.undated
    assert undated.undated and "按导入当日记" in " ".join(undated.says)
    assert later.outcome == "faulty" and "不能晚于今天" in " ".join(later.says)
    office.take(key)
    moves = StageMove.objects.order_by("happened_on")
    assert [move.happened_on for move in moves] == [date(2025, 9, 30), date(2026, 3, 2)]
    assert ["没有写日期" in move.why for move in moves] == [False, True]


def test_taking_it_in_twice_writes_nothing(office):
    lines = {}, {"项目名称": "另一个", "投资方": ""}
    key = office.bring(*lines)
    office.take(key)
    before = ProjectState.objects.count(), StageMove.objects.count()
    for again in (key, office.bring(*lines, name="再来.csv")):
        assert {line.outcome for line in office.lines(again)} == {"equal"}
        with pytest.raises(Incomplete, match="没有要写的"):
            office.take(again)
    assert before == (ProjectState.objects.count(), StageMove.objects.count())
    assert LedgerTaking.objects.count() == 1


def test_what_is_there_changes_field_by_field_and_nothing_is_erased(office):
    office.take(office.bring({}))
    later = {"总投资（亿元）": "3.5", "占地面积（亩）": "", "项目阶段": "开工", "所属行业": "—"}
    key = office.bring(later, name="新.csv")
    [line] = office.lines(key)
    assert line.outcome == "different" and "不移动已有的项目" in " ".join(line.says)
    assert [(c.label, c.before, c.after) for c in line.changes] == [
        ("总投资（万元）", 32000, 35000)
    ]
    office.take(key)
    state = ProjectState.objects.open().get()
    assert (state.investment, state.land, state.industry, state.stage) == (
        35000, 60, "光机电", "signed"
    )  # fmt: skip
    page = project_page(state.project_id, viewer_of_person(office.by), Moment(office.at))
    assert "新.csv”第 3 行修改：总投资" in page.timeline[0].sentence + page.timeline[-1].sentence


def test_the_code_finds_a_project_whatever_its_name(office):
    code = "2603-140500-04-01-123456"
    office.take(office.bring({"项目代码": code}))
    key = office.bring({"项目代码": code, "项目名称": "示例镜头二期项目"})
    [line] = office.lines(key)
    assert line.outcome == "different" and line.changes[0].after == "示例镜头二期项目"
    key = office.bring({"项目代码": code, "项目名称": "完全不同的养牛场"})
    [line] = office.lines(key)
    assert line.outcome == "odd" and "名称很不一样" in " ".join(line.says)


def test_a_look_alike_waits_for_a_person(office):
    office.take(office.bring({}))
    project = Project.objects.get().key
    key = office.bring({"项目名称": "示例镜头制造项目", "总投资（亿元）": "4"})
    [line] = office.lines(key)
    assert line.outcome == "alike" and [c.project for c in line.candidates] == [project]
    assert [c.label for c in line.candidates[0].changes] == ["项目名称", "总投资（万元）"]
    with pytest.raises(Incomplete, match="没有要写的"):
        office.take(key)
    assert office.take(key, decided={3: project})["changed"] == 1
    assert ProjectState.objects.open().get().investment == 40000
    other = office.bring({"项目名称": "示例镜头制造厂房项目", "投资方": "别人"})
    assert office.lines(other)[0].outcome == "alike"
    assert office.take(other, decided={3: "new"})["opened"] == 1
    assert office.lines(other)[0].outcome == "equal"


def test_two_phases_in_brackets_are_two_projects(office):
    first, second = ({"项目名称": f"示例光电产业园项目（{n}期）"} for n in "一二")
    both = office.bring(first, second)
    assert [line.outcome for line in office.lines(both)] == ["new", "new"]
    office.take(office.bring(first))
    [line] = office.lines(office.bring(second))
    assert line.outcome == "alike" and "只差期次" in line.candidates[0].why


def test_two_counties_build_the_same_plant(office):
    lines = [
        {"项目名称": f"{zone}标准化厂房项目", "投资方": "", "所在县区": zone}
        for zone in ("甲县", "乙县")
    ]
    both = office.bring(*lines)
    assert [line.outcome for line in office.lines(both)] == ["new", "new"]
    office.take(office.bring(lines[0]))
    [line] = office.lines(office.bring(lines[1]))
    assert line.outcome == "alike", "another county's: a person looks"


def test_a_project_that_is_in_two_places_is_looked_at(office):
    office.take(office.bring({}))
    [line] = office.lines(office.bring({"所在县区": "甲县"}))
    assert line.outcome == "alike" and "落地区域不同" in line.candidates[0].why
    assert [one.after for one in line.candidates[0].changes] == ["甲县"]
    lines = [{"项目名称": "厂房", "投资方": "", "所在县区": zone} for zone in ("甲县", "乙县")]
    assert [one.outcome for one in office.lines(office.bring(*lines))] == ["new", "new"]


def test_two_lines_may_not_be_the_same_project(office):
    office.take(office.bring({}))
    project = Project.objects.get().key
    key = office.bring({"项目名称": "示例镜头制造项目"}, {"项目名称": "示例镜头生产项目"})
    with pytest.raises(Incomplete, match="只能有一行"):
        office.take(key, decided={3: project, 4: project})
    twice = office.bring({}, {"总投资（亿元）": "5"}, {"项目名称": "其他"})
    assert [one.outcome for one in office.lines(twice)][:2] == ["faulty", "faulty"]
    assert "与第 4 行是同一个项目" in " ".join(office.lines(twice)[0].says)


def test_a_word_is_explained_once(office):
    lines = {"责任单位": "工信口"}, {"项目名称": "其他", "责任单位": "工信口", "所在县区": "待定"}
    key = office.bring(*lines)
    page = office.page(key)
    assert [(w.field, w.word, w.count) for w in page.unknown] == [
        ("lead", "工信口", 2), ("zone", "待定", 1)
    ]  # fmt: skip
    with pytest.raises(NotFound):
        explain_words(ledger=key, meanings={("lead", "工信口"): "nobody"}, **office.now)
    means = {("lead", "工信口"): office.city.units["市工信局"], ("zone", "待定"): ""}
    assert explain_words(ledger=key, meanings=means, **office.now) == 2
    assert [line.outcome for line in office.lines(key)] == ["new", "new"]
    assert not office.page(office.bring(*lines, name="下月.csv")).unknown
    assert office.take(key)["opened"] == 2


def test_words_are_known_in_both_languages_whoever_looks(office):
    key = office.bring(
        {}, {"项目名称": "其他", "签约形式": "Contract", "项目阶段": "Signed", "所属行业": ""}
    )
    token = office.page(key).run.token
    with override("en"):
        page = office.page(key)
        assert not page.unknown and page.run.token == token
        assert page.run.lines[1].outcome == "new"


def test_a_word_that_was_explained_wrongly_is_explained_anew(office, sign_in):
    units = office.city.units
    key = office.bring({"责任单位": "工信口"})
    explain_words(ledger=key, meanings={("lead", "工信口"): units["市统计局"]}, **office.now)
    [said] = office.page(key).explained
    assert said.means == units["市统计局"] and not office.page(key).unknown
    address = f"/projects/ledgers/{key}/"
    client = sign_in("office")
    assert "已经说过意思的 1 个词" in text(client.get(address))
    client.post(f"{address}words/", {"said-word-0": units["市工信局"]})
    assert (
        office.lines(key)[0].writes and ("lead", units["市工信局"]) in office.lines(key)[0].writes
    )
    assert client.post(f"{address}words/", {"said-word-0": "nobody"}).status_code == 422
    assert client.post(f"{address}words/", {}).status_code == 422


def test_a_project_that_was_merged_into_another_is_not_registered_anew(office):
    lines = {}, {"项目名称": "示例镜头制造项目"}
    key = office.bring(*lines)
    office.take(key, decided={4: "new"})
    one, other = (ProjectState.objects.open().get(name__contains=n) for n in ("镜头项目", "制造"))
    merge_project(
        project=other.project_id, into=one.project_id, takes=(), why="登记了两次", **office.now
    )  # fmt: skip
    assert [line.outcome for line in office.lines(key)] == ["equal", "equal"]
    assert "已并入“示例镜头项目”" in " ".join(office.lines(key)[1].says)


def test_the_page_of_a_past_day_shows_the_run_of_then_and_takes_nothing(office, sign_in):
    key = office.bring({})
    then = Act.objects.order_by("-position").first().position
    office.take(key)
    past = ledger_page(key, viewer_of_person(office.by), Moment(office.at, then))
    assert [line.outcome for line in past.run.lines] == ["new"] and not past.taken
    assert [line.outcome for line in office.lines(key)] == ["equal"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ({"项目名称": ""}, "没有项目名称"),
        ({"责任单位": ""}, "没有牵头单位"),
        ({"计划投产时间": "2025年"}, "先后颠倒"),
        ({"计划开工时间": "尽快"}, "读不出日期"),
        ({"总投资（亿元）": "99999999"}, "大得不可能"),
        ({"总投资（亿元）": "=A1*2"}, "没有结果的公式"),
        ({"总投资（亿元）": "三个亿左右"}, "总投资"),
        ({"签约形式": "框架协议", "项目阶段": "开工"}, "框架协议不是正式合同"),
        ({"占地面积（亩）": "5万元"}, "用地面积"),
    ],
)
def test_a_fault_says_what_is_wrong(office, line, says):
    [found] = office.lines(office.bring(line))
    assert found.outcome == "faulty" and says in " ".join(found.says)


def test_an_amount_out_of_proportion_waits_for_a_tick(office):
    others = [{"项目名称": f"某{n}项目", "投资方": f"某{n}"} for n in "甲乙丙"]
    key = office.bring(*others, {"项目名称": "错单位项目", "总投资（亿元）": "3200"})
    odd = office.lines(key)[-1]
    assert odd.outcome == "odd" and "倍" in " ".join(odd.says)
    assert office.take(key)["opened"] == 3
    assert office.take(key, odd={odd.number})["opened"] == 1


def test_a_framework_has_no_contract_amount(office):
    data = ledger_csv({"签约形式": "框架协议"}).replace("总投资".encode(), "合同金额".encode())
    [line] = office.lines(office.bring(data=data))
    assert line.outcome == "faulty" and "金额只是意向" in " ".join(line.says)


def test_a_dry_run_that_has_changed_is_looked_at_again(office):
    key = office.bring({}, {"项目名称": "另一个"})
    office.take(key)
    state = ProjectState.objects.open().first()
    key = office.bring({"总投资（亿元）": "3.6"}, {"项目名称": "另一个"}, name="新.csv")
    token = office.page(key).run.token
    said = {name: getattr(state, name) for name in ("name", "investor", "lead", "zone", "signing")}
    revise_project(
        project=state.project_id, details=said | {"investment": "9"}, **office.now
    )  # fmt: skip
    with pytest.raises(Conflict, match="预演之后"):
        office.take(key, token=token)


def test_a_zone_takes_in_its_own_projects_only(city, at, office):
    zone = Desk(city, at, "zone_staff")
    key = zone.bring({"所在县区": ""}, {"项目名称": "别处的", "所在县区": "甲县"})
    mine, other = zone.lines(key)
    assert mine.outcome == "new" and other.outcome == "faulty"
    assert "不是落地在您区域" in " ".join(other.says)
    zone.take(key)
    state = ProjectState.objects.open().get()
    assert state.zone == city.units["开发区管委会"]
    with pytest.raises(NotFound):
        zone.page(office.bring({}, name="办公室.csv"))
    with pytest.raises(NotAllowed):
        Desk(city, at, "clerk").bring({})


def test_a_code_outside_of_the_scope_is_told_without_its_project(city, at, office):
    code = "2603-140500-04-01-123456"
    office.take(office.bring({"项目代码": code, "所在县区": "甲县"}))
    [line] = Desk(city, at, "zone_staff").lines(
        Desk(city, at, "zone_staff").bring({"项目代码": code, "项目名称": "开发区的"})
    )
    assert line.outcome == "faulty" and "已登记在别的项目上" in " ".join(line.says)
