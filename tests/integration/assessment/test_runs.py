"""An appraisal is computed; every run stays, explains itself, and can be computed again."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories.appraisals import OTHERS, ZONE, as_office, figures, frozen, more_zones, staged
from factories.figures import defined, reported
from luodi.analysis.queries.releases import last_position
from luodi.assessment.actions import freeze_scheme, open_appraisal, run_appraisal
from luodi.assessment.models import AppraisalRun, AppraisalScore
from luodi.assessment.queries import (
    appraisal_runs,
    compared,
    computed,
    hold_appraisal,
    inputs_at,
    replayed,
    scores_of,
)
from luodi.audit.queries import moment_at, verify
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed
from luodi.orgs.queries import viewer_of_person

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def appraisal(city, at):
    return frozen(city, at)


@pytest.fixture
def office(city, at):
    return as_office(city, at + timedelta(days=1))


def run(appraisal, office, **given):
    return run_appraisal(appraisal=appraisal.key, **office, **given)


def rows_of(appraisal, office, number=-1):
    held = hold_appraisal(appraisal.key, office["viewer"], Moment(office["at"]))
    runs = sorted(
        appraisal_runs(held, office["viewer"], Moment(office["at"])), key=lambda one: one.number
    )
    return {row.name: row for row in scores_of(runs[number], held, office["viewer"])}


def test_a_run_gives_total_rank_tier_and_every_contribution(appraisal, office):
    run(appraisal, office, note="第一次")
    rows = rows_of(appraisal, office)
    assert {n: (r.total, r.rank, r.tier) for n, r in rows.items()} == {
        ZONE: ("82.00", 1, "第一档"), OTHERS[0]: ("80.00", 2, "第一档"), OTHERS[1]: ("0.00", 3, "其他"),
    }  # fmt: skip
    groups = {title: (points, lines) for title, lines, points in rows[ZONE].groups}
    assert {title: points for title, (points, _l) in groups.items()} == {
        "经济": "50", "改革": "32", "加分": "0", "扣分": "0",
    }  # fmt: skip
    growth = groups["经济"][1][1]
    assert growth.formula == (
        "增幅 =（105 − 100）÷ 100 = 5%；得分率 = 增幅 ÷ 满分增幅 = 5% ÷ 10% = 50%；得分 = 50% × 20 = 10"
    )
    assert [(f.part, f.text, f.origin) for f in growth.figures] == [
        ("实绩", "105", "核实数"), ("上年数", "100", "核实数"),
    ]  # fmt: skip
    left_out = rows[OTHERS[1]].groups[1][1][0]
    assert (left_out.points, left_out.figures[0].why) == ("—", "没有报")
    assert "权重分给其他项" in left_out.formula
    assert verify().breaks == ()


def test_each_run_is_kept_beside_the_one_before_and_says_who_moved(city, at, appraisal, office):
    first = run(appraisal, office)
    figures(city, office["at"], appraisal.key, {OTHERS[0]: {"output": 28}})
    second = run(appraisal, office)
    assert (first.number, second.number) == (1, 2)
    assert rows_of(appraisal, office, 0)[OTHERS[0]].total == "80.00"
    assert rows_of(appraisal, office)[OTHERS[0]].total == "96.00"
    held = hold_appraisal(appraisal.key, office["viewer"], Moment(office["at"]))
    moved = {one.name: one for one in compared(held, first, second, office["viewer"])}
    east = moved[OTHERS[0]]
    assert (east.change, east.rank_before, east.rank_after, east.up) == ("+16", 2, 1, 1)
    [why] = east.why
    assert (why.title, why.before, why.after, why.own) == ("产值", "20", "36", True)
    assert (why.figure_before, why.figure_after) == ("20", "28")
    assert (moved[ZONE].change, moved[ZONE].up, moved[ZONE].why) == ("0", -1, ())


def test_a_corrected_figure_wins_over_a_value_and_a_value_over_a_verified_one(city, at, office):
    more_zones(city, at)
    for code in ("zone-transition-investment", "signed-investment"):
        key = defined(city, at, code, code=code)
        for zone, amount in zip((ZONE, *OTHERS), ("3", "2", "1"), strict=True):
            reported(city, at, zone, "2025-12", {key: amount})
            reported(city, at, zone, "2024-12", {key: "1"}, origin="earlier")
    appraisal = open_appraisal(scheme="three-chain-cluster", year=2025, **office)
    freeze_scheme(appraisal=appraisal.key, **office)
    figures(city, at, appraisal.key, {ZONE: {"transition": 99}}, origin="verified")
    figures(city, at, appraisal.key, {ZONE: {"ai-scenes": 4}}, origin="self_report")

    def known(key, part="actual"):
        held = hold_appraisal(appraisal.key, office["viewer"], Moment(office["at"]))
        return inputs_at(held, Moment(office["at"])).known[city.units[ZONE], key, part]

    assert (known("transition").value, known("transition").origin) == (3, "value")
    assert known("transition").period == "2025-12"
    assert known("transition-growth", "base").value == 1
    assert (known("ai-scenes").value, known("ai-scenes").origin) == (4, "self_report")
    figures(city, at, appraisal.key, {ZONE: {"ai-scenes": 3}}, origin="verified")
    assert known("ai-scenes").value == 3
    figures(city, at, appraisal.key, {ZONE: {"transition": 7}}, origin="corrected")
    assert (known("transition").value, known("transition").origin) == (7, "corrected")


def test_a_value_in_another_unit_converts_or_says_that_it_does_not(city, at, office):
    appraisal = open_appraisal(scheme="three-chain-cluster", year=2025, **office)
    freeze_scheme(appraisal=appraisal.key, **office)
    for code, unit in (("zone-transition-investment", "万元"), ("signed-investment", "家")):
        key = defined(city, at, code, measured_in=unit, code=code)
        reported(city, at, ZONE, "2025-12", {key: "12500"})
    held = hold_appraisal(appraisal.key, office["viewer"], Moment(office["at"]))
    known = inputs_at(held, Moment(office["at"])).known
    assert float(known[city.units[ZONE], "transition", "actual"].value) == 1.25
    assert known[city.units[ZONE], "signed", "actual"].value is None
    run(appraisal, office)
    lines = rows_of(appraisal, office)[ZONE].lines
    [said] = next(line for line in lines if line.key == "signed").figures
    assert said.why == "指标库用“家”，方案用“亿元”，不能换算"


def test_what_cant_be_computed_is_not_zero_and_says_why(city, at, appraisal, office):
    figures(city, at, appraisal.key, {ZONE: {"output": None}})
    run(appraisal, office)
    row = rows_of(appraisal, office)[ZONE]
    assert (row.total, row.rank, row.why) == ("—", None, "没有实绩数")


def test_a_veto_takes_the_place_and_letters_take_points(city, at, appraisal, office):
    figures(city, at, appraisal.key, {ZONE: {"fraud:count": 1}, OTHERS[0]: {"letters:count": 3}})
    run(appraisal, office)
    rows = rows_of(appraisal, office)
    assert (rows[ZONE].rank, rows[ZONE].why) == (None, "有一票否决事项，不参加排名")
    assert (rows[OTHERS[0]].rank, rows[OTHERS[0]].total) == (1, "78.50")


def test_nothing_is_computed_without_a_frozen_scheme_or_once_it_is_decided(city, at, office):
    appraisal = open_appraisal(scheme="three-chain-cluster", year=2025, **office)
    with pytest.raises(Incomplete, match="先把方案定稿"):
        run(appraisal, office)
    freeze_scheme(appraisal=appraisal.key, **office)
    zone = viewer_of_person(city.people["zone_staff"])
    staged(city, at, appraisal.key, "verifying")
    with pytest.raises(NotAllowed):
        run_appraisal(appraisal=appraisal.key, viewer=zone, by=zone.person, at=office["at"])
    staged(city, at, appraisal.key, "decided")
    with pytest.raises(Closed, match="已经审定"):
        run(appraisal, office)


def test_a_zone_sees_nothing_then_its_own_then_everybodys_total(city, at, appraisal, office):
    made = run(appraisal, office)
    zone = viewer_of_person(city.people["zone_staff"])

    def seen(stage):
        staged(city, at, appraisal.key, stage)
        held = hold_appraisal(appraisal.key, zone, Moment(office["at"]))
        if not appraisal_runs(held, zone, Moment(office["at"])):
            return None
        return {row.name: row.lines is not None for row in scores_of(made, held, zone)}

    assert seen("first_result") is None
    assert seen("shown") == {ZONE: True}
    assert seen("reviewing") == {ZONE: True}
    assert seen("published") == {ZONE: True, OTHERS[0]: False, OTHERS[1]: False}


CHANGES = (
    "output",
    "growth",
    "growth:base",
    "tasks",
    "prize:count",
    "letters:count",
    "fraud:count",
)
ORIGINS = ("self_report", "verified", "verified", "corrected")


def test_a_hundred_past_positions_show_what_was_shown_then(city, at, appraisal, office):
    """A random history of figures of every part and origin, with a run now and then."""
    chance, viewer, shown = random.Random(4), office["viewer"], {}

    def seen(moment):
        held = hold_appraisal(appraisal.key, viewer, moment)
        runs = appraisal_runs(held, viewer, moment)
        return computed(held, moment).digest, runs[0].digest if runs else "", len(runs)

    for step in range(100):
        who = {**office, "at": at + timedelta(hours=step)}
        if step % 14 == 13:
            run(appraisal, who)
        else:
            cell, zone = chance.choice(CHANGES), chance.choice([ZONE, *OTHERS])
            most = 2 if cell.endswith(":count") else 120
            amount = None if most > 2 and chance.random() < 0.1 else chance.randint(0, most)
            figures(city, who["at"], appraisal.key, {zone: {cell: amount}}, chance.choice(ORIGINS))
        shown[last_position()] = seen(Moment(who["at"]))
    assert len(shown) == 100 and len(set(shown.values())) > 50
    for position in chance.sample(list(shown), len(shown)):
        assert seen(moment_at(position)) == shown[position]
    runs = AppraisalRun.objects.filter(appraisal=appraisal.key)
    assert len(runs) == 7
    for one in runs:
        again = replayed(one)
        assert again.digest == one.digest
        kept = AppraisalScore.objects.filter(run=one).values_list("unit", "total", "rank")
        assert set(kept) == {(o.unit, o.total, o.rank) for o in again.result.outcomes}


def test_inputs_take_the_same_queries_for_more_units(city, at, appraisal, office):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as found:
            held = hold_appraisal(appraisal.key, office["viewer"], Moment(office["at"]))
            computed(held, Moment(office["at"]))
        return len(found)

    few = queries()
    names = tuple(f"示例{n}区" for n in range(9))
    more_zones(city, at, names)
    figures(city, at, appraisal.key, {name: {"output": 5, "tasks": 3} for name in names})
    assert queries() == few


def test_a_run_pressed_twice_is_kept_once(appraisal, office, sign_in):
    run(appraisal, office, seen=0)
    with pytest.raises(Conflict, match="没有重复计算"):
        run(appraisal, office, seen=0)
    page, client = f"/assessment/appraisals/{appraisal.key}/", sign_in("office")
    assert 'name="seen" value="1"' in client.get(page).content.decode()
    for _press in range(2):
        said = client.post(f"{page}run/", {"note": "复核", "seen": 1}, follow=True)
    assert "没有重复计算" in said.content.decode() and AppraisalRun.objects.count() == 2
