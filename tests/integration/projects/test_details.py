"""What is said of a project: read exactly, refused in one sentence, look-alikes shown."""

from __future__ import annotations

from datetime import date

import pytest

from factories.projects import details
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete, NotAllowed, NotFound
from luodi.orgs.queries import viewer_of_person
from luodi.projects.actions import open_lead, revise_project
from luodi.projects.models import Project, ProjectState
from luodi.projects.queries import warnings_about
from luodi.projects.rules import check_details, likeness, plain_name

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"name": " "}, "请填写项目名称"),
        ({"lead": ""}, "请选择牵头单位"),
        ({"investment": "-5"}, "总投资不能是负数"),
        ({"output": "−0.5亿元"}, "承诺年产值不能是负数"),
        ({"investment": "很多"}, "总投资："),
        ({"investment": "5亩"}, "总投资："),
        ({"land": "五万元"}, "用地面积："),
        ({"planned_start": date(2028, 1, 1)}, "先后颠倒"),
        ({"code": "2613-140500-04-01-123456"}, "国家项目代码写法不对"),
        ({"code": "140500"}, "国家项目代码写法不对"),
        ({"signing": "handshake"}, "不在列表里"),
        ({"mode": "luck"}, "没有这种招商模式"),
    ],
)
def test_bad_input_is_refused_in_one_sentence(city, at, given, says):
    said = details(city, **given)
    with pytest.raises(Incomplete, match=says) as refused:
        open_lead(city=city.key, details=said, by=city.people["office"], at=at)
    assert refused.value.sentence.count("。") == 1 and not Project.objects.exists()


@pytest.mark.parametrize(
    ("written", "stored"),
    [("3.2亿元", (32000, 0)), ("32,000.50", (3200050, 2)), ("1.23456亿元", (123456, 1))],
)
def test_amounts_are_exact_and_units_converted(city, written, stored):
    found = check_details(details(city, investment=written))
    assert (found["investment"], found["investment_scale"]) == stored


def test_a_unit_registers_its_own_only(city, at):
    for who, lead, zone in (
        ("clerk", "市工信局", "甲县"),
        ("zone_staff", "开发区管委会", "开发区管委会"),
        ("zone_staff", "市商务局", "开发区管委会"),
    ):
        said = details(city, lead=city.units[lead], zone=city.units[zone])
        open_lead(city=city.key, details=said, by=city.people[who], at=at)
    for who in ("other_clerk", "leading_group", "statistician", "auditor", "enterprise"):
        with pytest.raises(NotAllowed):
            open_lead(city=city.key, details=details(city), by=city.people[who], at=at)
    with pytest.raises(NotFound):
        said = details(city, zone="nowhere")
        open_lead(city=city.key, details=said, by=city.people["office"], at=at)


def test_a_unit_cannot_hand_its_project_to_another(city, at, project):
    away = details(city, lead=city.units["市统计局"], zone=city.units["乙县"])
    given = {"project": project.key, "details": away, "at": at}
    with pytest.raises(NotAllowed):
        revise_project(by=city.people["clerk"], **given)
    revise_project(by=city.people["office"], **given)
    with pytest.raises(NotFound):
        revise_project(by=city.people["clerk"], **given)
    with pytest.raises(Incomplete, match="没有改动"):
        revise_project(by=city.people["other_clerk"], **given)
    assert ProjectState.objects.filter(project=project).count() == 2


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("晋城市示例光电股份有限公司", "示例光电（山西）有限责任公司"),
        ("示例市示例光电产业园建设项目", "示例光电产业园"),
        ("开发区管委会示例光电产业园（一期）项目", "示例光电产业园项目"),
    ],
)
def test_the_same_thing_under_two_names(a, b):
    places = ["示例市", "开发区管委会"]
    assert likeness(plain_name(a, places), plain_name(b, places)) >= 0.9


@pytest.mark.parametrize(
    ("a", "b"), [("煤层气发电项目", "光学镜片项目"), ("项目", "工程"), ("", ""), ("公司", "集团")]
)
def test_different_things_stay_apart(a, b):
    assert likeness(plain_name(a), plain_name(b)) < 0.7


def warned(city, who, at, **given):
    viewer = viewer_of_person(city.people[who])
    found = warnings_about(viewer, check_details(details(city, **given)), Moment(at))
    return [one.sentence for one in found]


def test_look_alikes_are_shown_within_ones_scope(city, at, opened):
    opened(code="")
    same = {"name": "示例光电产业园（二期）", "investor": "晋城示例光电有限公司", "code": ""}
    assert warned(city, "office", at, **same)[0].startswith("名称相近")
    assert warned(city, "other_clerk", at, **same) == []
    other = {"name": "煤层气发电", "investor": "另一投资集团", "code": ""}
    assert warned(city, "office", at, **other) == []
    by_investor = other | {"investor": "示例光电（集团）有限公司"}
    assert warned(city, "office", at, **by_investor) == ["投资方相同"]
    opened(name="无关项目", investor="无关", code="2603-140500-04-01-000001")
    assert "项目代码相同" in warned(
        city, "office", at, **other | {"code": "2603-140500-04-01-000001"}
    )


def test_a_mistaken_unit_is_found_by_magnitude(city, at, opened):
    for number in range(3):
        opened(name=f"{'甲乙丙'[number] * 4}", investor=f"{'丁戊己'[number] * 3}", code="")
    other = {"name": "煤层气发电", "investor": "另一投资集团", "code": ""}
    [less] = warned(city, "office", at, investment="3.2", **other)
    assert "亿元填成了万元" in less and "1/10,000" in less
    [more] = warned(city, "office", at, investment="320000000", **other)
    assert "9,999 倍" in more
    assert warned(city, "office", at, investment="320000", **other) == []
