"""Goals of a register: who enters one, what is refused, the rate with its working, who sees it."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from factories.city import MAKER
from factories.registers import aimed, entered, moved
from factories.zones import zone_rules
from luodi.audit.models import Act
from luodi.audit.queries import verify
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.actions import adopt_zone_pack
from luodi.orgs.queries import viewer_of_person
from luodi.registers.actions import revise_goal, set_goal, withdraw_goal
from luodi.registers.models import RegisterGoalState
from luodi.registers.queries import entries_of, goals_of, overviews, rules_at

SAID = {"base_year": 2025, "base": 1, "target": 3, "source": "示例文件"}
REGISTER = "specialised"


def text(response) -> str:
    return response.content.decode()


def goals(city, moment, who="office"):
    viewer = viewer_of_person(city.people[who])
    states = list(entries_of(viewer, moment).filter(register=REGISTER))
    return goals_of(rules_at(city.key, moment)[REGISTER], viewer, moment, states)


def recognised(city, at, n=0, **more):
    key = entered(city, at, REGISTER, n)
    given = {"level": "innovative", "from_on": date(2025, 1, 1)} | more
    moved(city, at, key, "recognise", **given)
    return key


def test_a_rate_counts_who_stands_and_says_how(city, at):
    aimed(city, at, details=SAID)
    recognised(city, at, until_on=date(2026, 1, 31))
    recognised(city, at, 1)
    (row,) = goals(city, Moment(at))
    progress = row.progress
    assert (progress.counted, progress.lapsed, progress.rate) == (1, 1, Decimal("33.3"))
    assert progress.line == 2 and progress.light == "yellow"
    words = "".join(progress.working)
    assert "1 ÷ 3 = 33.3%" in words and "不计入 1" in words and "净增 0，目标要求净增 2" in words


def test_the_overview_takes_the_goal_entered(city, at):
    aimed(city, at, details=SAID)
    viewer = viewer_of_person(city.people["office"])
    (one,) = [o for o in overviews(viewer, Moment(at)) if o.rule.key == REGISTER]
    assert (one.wanted, one.goal_met) == (2, False)
    recognised(city, at)
    recognised(city, at, 1)
    (one,) = [o for o in overviews(viewer, Moment(at)) if o.rule.key == REGISTER]
    assert one.goal_met
    zone = viewer_of_person(city.people["zone_staff"])
    assert all(o.wanted is None for o in overviews(zone, Moment(at)) if o.rule.key == REGISTER)


def test_a_zone_enters_its_own_and_is_not_told_the_citys_count(city, at):
    aimed(city, at, details=SAID)
    zone = city.units["开发区管委会"]
    aimed(city, at, unit=zone, details=SAID | {"target": 2}, by=city.people["zone_staff"])
    recognised(city, at)
    recognised(city, at, 1)
    whole, own = goals(city, Moment(at), "zone_staff")
    assert whole.progress is None and not whole.may_revise
    assert own.progress.rate == Decimal("50.0") and own.may_revise
    assert [row.progress.counted for row in goals(city, Moment(at))] == [2, 1]
    assert len(goals(city, Moment(at), "clerk")) == 1
    for who, unit in [("zone_staff", ""), ("zone_staff", "甲县"), ("clerk", "开发区管委会")]:
        with pytest.raises(NotAllowed):
            aimed(
                city, at, unit=city.units.get(unit, unit), year=2031, by=city.people[who],
                details=SAID,
            )  # fmt: skip


@pytest.mark.parametrize(
    ("more", "kind", "words"),
    [
        ({"year": 2025}, Incomplete, "早于目标年份"), ({"year": 3000}, Incomplete, "1990"),
        ({"details": SAID | {"target": 0}}, Incomplete, "不小于 1"),
        ({"details": SAID | {"base": None}}, Incomplete, "请填写"),
        ({"details": SAID | {"source": " "}}, Incomplete, "出处"),
        ({"register": "nothing"}, NotFound, "没有这个名录"),
    ],
)  # fmt: skip
def test_what_can_not_be_a_goal_is_refused(city, at, more, kind, words):
    with pytest.raises(kind, match=words):
        aimed(city, at, **({"details": SAID} | more))
    assert not RegisterGoalState.objects.exists()


def test_a_goal_is_corrected_and_withdrawn_with_reasons_and_the_past_stays(city, at):
    key = aimed(city, at, details=SAID)
    with pytest.raises(Conflict, match="已有目标"):
        aimed(city, at, details=SAID)
    then = Moment(at, Act.objects.count())
    seen = RegisterGoalState.objects.open().get(goal=key).since_id
    held = {"goal": key, "seen": seen, "by": city.people["office"], "at": at}
    with pytest.raises(Incomplete, match="没有改动"):
        revise_goal(details=SAID, why="示例", **held)
    with pytest.raises(Incomplete, match="原因"):
        revise_goal(details=SAID | {"target": 4}, why=" ", **held)
    revise_goal(details=SAID | {"target": 4}, why="示例", **held)
    with pytest.raises(Conflict, match="别人刚刚"):
        withdraw_goal(why="示例", **held)
    withdraw_goal(why="示例", **(held | {"seen": None}))
    assert goals(city, Moment(at)) == []
    assert [row.aim.target for row in goals(city, then)] == [3]
    with pytest.raises(Conflict):
        withdraw_goal(why="示例", **(held | {"seen": None}))
    with pytest.raises(NotFound):
        withdraw_goal(why="示例", **(held | {"by": city.people["enterprise"]}))
    set_goal(
        city=city.key, register=REGISTER, unit="", year=2030, details=SAID,
        by=city.people["office"], at=at,
    )  # fmt: skip
    assert not verify().breaks


def test_the_pages_enter_correct_and_withdraw(city, at, sign_in):
    office, new = sign_in("office"), f"/registers/of/{REGISTER}/goal/"
    said = {name: str(value) for name, value in SAID.items()} | {"unit": "", "year": "2030"}
    refused = office.post(new, said | {"base_year": "2031"})
    assert refused.status_code == 422 and "示例文件" in text(refused)
    page = text(office.post(new, said, follow=True))
    assert "目标已登记。" in page and "0 ÷ 3 = 0.0%" in page
    key = RegisterGoalState.objects.open().get().goal_id
    address = f"/registers/goals/{key}/"
    assert address in page
    seen = RegisterGoalState.objects.open().get().since_id
    done = office.post(address, said | {"target": "5", "why": "示例", "seen": seen}, follow=True)
    assert "目标已更正。" in text(done)
    late = office.post(address, said | {"target": "6", "why": "迟到", "seen": seen})
    assert late.status_code == 422 and "别人刚刚" in text(late) and "迟到" in text(late)
    for other in ("clerk", "zone_staff"):
        assert sign_in(other).get(address).status_code == 403
    assert sign_in("clerk").get(new).status_code == 403
    office.post("/language/", {"language": "en", "next": "/"})
    for page in (new, address, f"/registers/of/{REGISTER}/"):
        assert not re.search("目标|完成率", text(office.get(page))), page
    office.post("/language/", {"language": "zh-hans", "next": "/"})
    office.post(address, {**said, "why": "示例", "withdraw": "1"})
    assert "完成率" not in text(office.get(f"/registers/of/{REGISTER}/"))
    assert office.get(address).status_code == 404


def test_a_zone_sets_goals_for_a_register_of_its_own_rules(city, at):
    zone = city.units["开发区管委会"]
    content = zone_rules("own", 30, 2)
    shown = rules_at(city.key, Moment(at))["small-to-large"].model_dump(mode="json")
    owner = {"body": "zone", "name": content["head"]["name"]}
    content["rules"]["registers"] = [shown | {"key": "own-pool", "owner": owner}]
    adopt_zone_pack(zone=zone, pack=[content], by=MAKER, at=at)
    given = {"register": "own-pool", "details": SAID}
    key = aimed(city, at, unit=zone, by=city.people["zone_staff"], **given)
    revise_goal(
        goal=key, details=SAID | {"target": 9}, why="示例", seen=None,
        by=city.people["zone_staff"], at=at,
    )  # fmt: skip
    with pytest.raises(NotFound):
        aimed(city, at, **given)
