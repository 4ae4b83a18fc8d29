"""Assignments: what is refused, what blocks a seeker, what the clock leaves open."""

from __future__ import annotations

import random
import subprocess
import sys
from fractions import Fraction

import pytest

from luodi.kit.matching.assignment import Limit, Move, Task, assign
from luodi.kit.matching.assignment.moves import is_optimal, moves

POINTS = {
    ("甲", "一号"): 90,
    ("乙", "一号"): 80,
    ("乙", "二号"): 30,
    ("丙", "二号"): 70,
    ("丁", "三号"): 50,
}
TASK = Task(("甲", "乙", "丙", "丁", "戊"), {"一号": 1, "二号": 1, "三号": 0}, POINTS)


def task(**changes) -> Task:
    fields = {"seekers": TASK.seekers, "offers": TASK.offers, "points": POINTS, **changes}
    return Task(**fields)


def by_seeker(answer):
    return {one.seeker: one for one in answer.unassigned}


def test_each_seeker_without_a_place_is_told_what_blocks():
    answer = assign(TASK)
    assert answer.pairs == {"甲": "一号", "丙": "二号"} and answer.total == 160
    assert answer.says() == "已匹配2个，未匹配3个，总得分160；已证明最优"
    assert answer.says("en") == "2 assigned, 3 not, 160 points; proven optimal"
    without = by_seeker(answer)
    assert {key: one.why for key, one in without.items()} == {
        "乙": "taken",
        "丁": "no_room",
        "戊": "nothing_fits",
    }
    assert without["乙"].cost == 10
    assert without["乙"].moves == (Move("乙", None, "一号"), Move("甲", "一号", None))
    assert without["乙"].says() == (
        "乙：满足条件的对象都已被占用（一号：甲；二号：丙）；"
        "如仍要安排：乙改到一号，甲落空，总得分减少10"
    )
    assert without["乙"].says("en") == (
        "乙: all that would fit is taken (一号: 甲; 二号: 丙); "
        "to place it all the same: 乙 → 一号, 甲 goes without, 10 points less"
    )
    assert without["丁"].says() == "丁：满足条件的对象都没有容量"
    assert without["戊"].cost is None and without["戊"].says("en").endswith("hard criteria")


def test_fixed_and_forbidden_pairs_stand_in_the_explanation():
    answer = assign(task(fixed=(("乙", "一号"),), forbidden=frozenset({("丙", "二号")})))
    assert answer.pairs == {"乙": "一号"} and answer.total == 80
    without = by_seeker(answer)
    assert without["甲"].why == "kept_by_fixed" and without["甲"].taken[0].fixed == ("乙",)
    assert without["丙"].why == "all_forbidden" and without["甲"].cost is None
    assert without["丙"].says("en") == "丙: all that would fit is forbidden"


def test_many_holders_are_shown_by_the_best_five():
    offers = {f"o{n}": 1 for n in range(7)}
    points = {(f"s{n}", f"o{n}"): 9 for n in range(7)} | {("x", o): 1 for o in offers}
    (one,) = assign(Task((*(f"s{n}" for n in range(7)), "x"), offers, points)).unassigned
    assert one.says().count("：s") == 5 and "等7个" in one.says() and len(one.taken) == 7


def test_the_goal_says_whether_places_or_points_come_first():
    points = {("甲", "一号"): 90, ("甲", "二号"): 1, ("乙", "一号"): 2}
    offers = {"一号": 1, "二号": 1}
    assert assign(Task(("甲", "乙"), offers, points)).pairs == {"甲": "二号", "乙": "一号"}
    alone = assign(Task(("甲", "乙"), offers, points, goal="points"))
    assert (alone.pairs, alone.total, alone.most) == ({"甲": "一号"}, 90, None)
    assert alone.unassigned[0].cost == 87


@pytest.mark.parametrize(
    ("changes", "code", "zh"),
    [
        (
            {"fixed": (("丁", "一号"),)},
            "fixed_infeasible",
            "指定的丁与一号不满足硬性条件",
        ),
        (
            {"fixed": (("甲", "一号"),), "forbidden": frozenset({("甲", "一号")})},
            "fixed_forbidden",
            "甲与一号既被指定又被禁止",
        ),
        (
            {"fixed": (("乙", "一号"), ("乙", "二号"))},
            "fixed_twice",
            "乙被同时指定给一号、二号",
        ),
        (
            {"fixed": (("乙", "一号"), ("甲", "一号"))},
            "fixed_over_capacity",
            "一号只能容纳1个，却指定了2个：乙、甲",
        ),
        (
            {
                "fixed": (("甲", "一号"),),
                "limits": (Limit("园区供电", 5, frozenset({"一号"}), {"甲": 6}),),
            },
            "fixed_over_limit",
            "指定的甲共用园区供电6，超过5",
        ),
        ({"points": {("己", "一号"): 1}}, "unknown", "未列入匹配范围：己"),
        ({"forbidden": frozenset({("甲", "九号")})}, "unknown", "未列入匹配范围：九号"),
        ({"seekers": (*TASK.seekers, "甲")}, "twice", "甲重复"),
        ({"points": {("甲", "一号"): -1}}, "negative", "得分、容量和用量不能为负"),
        (
            {"limits": (Limit("电", 1, frozenset(), {"甲": -1}),)},
            "negative",
            "得分、容量和用量不能为负",
        ),
        ({"points": {("甲", "一号"): 2**52}}, "too_large", "得分过大，无法精确求解"),
    ],
)
def test_a_task_that_contradicts_itself_is_refused(changes, code, zh):
    refusal = assign(task(**changes))
    assert (refusal.code, refusal.says()) == (f"assignment.{code}", zh) and refusal.says("en")


def test_nothing_to_assign_is_an_answer():
    answer = assign(Task((), {}, {}))
    assert (answer.pairs, answer.total, answer.status, answer.gap) == ({}, 0, "optimal", 0)


def test_a_placement_that_could_be_better_is_seen_without_the_solver():
    worse = moves(TASK, {"乙": "一号", "丙": "二号"})
    assert not is_optimal(worse) and is_optimal(moves(TASK, {"甲": "一号", "丙": "二号"}))
    assert not is_optimal(moves(TASK, {"甲": "一号"}))


def test_a_shared_limit_that_binds_is_named():
    power = Limit("园区供电", 900, frozenset({"一号", "二号"}), {"甲": 500, "乙": 400, "丙": 600})
    answer = assign(task(limits=(power,)))
    assert answer.pairs == {"甲": "一号", "乙": "二号"} and answer.status == "optimal"
    third = by_seeker(answer)["丙"]
    assert third.why == "limits" and third.taken[0].full == ("园区供电",) and third.cost is None
    assert third.says() == "丙：满足条件的对象已被占用或超出共用上限（二号：乙、园区供电）"
    assert "园区供电" in third.says("en")


def crowded(goal: str) -> Task:
    """Weights of many sizes under one shared limit: slow to prove."""
    made = random.Random(7)
    seekers = tuple(f"s{n:03}" for n in range(120))
    offers = {f"o{n:03}": 1 for n in range(150)}
    uses = {s: made.randint(1000, 9999) for s in seekers}
    points = {
        (s, o): uses[s] + made.randint(0, 9) for s in seekers for o in offers if made.random() < 0.3
    }
    half = sum(uses.values()) // 2
    parks = [frozenset(o for o in offers if int(o[1:]) % 3 == n) for n in range(3)]
    limits = tuple(Limit(f"园区{n}", half // 3, park, uses) for n, park in enumerate(parks))
    return Task(seekers, offers, points, limits=limits, goal=goal)


@pytest.mark.parametrize("goal", ["most", "points"])
def test_when_time_runs_out_the_bound_and_the_gap_are_given(goal):
    made = crowded(goal)
    answer = assign(made, seconds=0.05)
    assert answer.status == "bounded" and 0 < answer.gap < 1
    assert answer.bound >= answer.total or answer.most > len(answer.pairs)
    assert "距最优至多" in answer.says() and "from best" in answer.says("en")
    for limit in made.limits:
        used = sum(limit.uses[s] for s, o in answer.pairs.items() if o in limit.offers)
        assert used <= limit.amount
    longer = assign(made, seconds=2)
    share = (Fraction(longer.total), Fraction(len(longer.pairs)))
    assert share[goal == "most"] >= (answer.total, len(answer.pairs))[goal == "most"]
    if goal == "points":
        assert longer.total <= answer.bound
    else:
        assert len(longer.pairs) <= answer.most


def test_the_solver_is_loaded_only_when_something_is_assigned():
    code = (
        "import sys, luodi.cli, luodi.kit.matching, luodi.kit.matching.assignment;"
        "print([name for name in ('ortools', 'numpy', 'pandas') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
