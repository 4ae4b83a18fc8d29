"""Permits as rules: steps and their days, clocks over holidays, waiting, the expected start."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.common.moments import LOCAL
from luodi.common.refusals import Incomplete
from luodi.kit.networks import Network
from luodi.packs import load, resolve, work_calendar
from luodi.projects.choices import PermitStep
from luodi.projects.rules.permits import (
    NEXT,
    START,
    PermitKnown,
    check_step,
    due_of,
    expected_start,
    permits_in,
    ready,
    waits_for,
)

STACK = resolve("jincheng")
TODAY = date(2026, 3, 2)
CALENDAR = work_calendar(STACK)
LAND = permits_in(STACK, TODAY, "standard-land")
LEASE = permits_in(STACK, TODAY, "plant-lease")
RULES = {rule.key: rule for rule in permits_in(STACK, TODAY)}


def completed(day: date = TODAY) -> PermitKnown:
    return PermitKnown("completed", completed_on=day)


def test_types_differ_in_their_permits():
    assert "land-planning" in {r.key for r in LAND} and "fire" not in {r.key for r in LAND}
    assert {r.key for r in LEASE} == {"filing", "environment", "fire", "construction"}
    assert all(rule.source == "local default, unconfirmed" for rule in RULES.values())


def test_a_predecessor_that_is_not_needed_passes_its_own_on():
    before = waits_for(LEASE, {})
    assert before["construction"] == ("environment", "fire")
    none = {"environment": PermitKnown("not_needed"), "fire": PermitKnown("not_needed")}
    assert waits_for(LEASE, none) == {"filing": (), "construction": ("filing",)}


def test_ready_is_what_is_not_begun_and_waits_for_nothing_open():
    assert ready(LEASE, {}) == {"filing"}
    assert ready(LEASE, {"filing": completed()}) == {"environment", "fire"}
    on_commitment = PermitKnown("on_commitment", committed_on=TODAY)
    known = {"filing": completed(), "environment": on_commitment, "fire": completed()}
    assert ready(LEASE, known) == {"construction"}


@pytest.mark.parametrize(
    ("known", "step", "day", "why", "words"),
    [
        (None, "taken_in", date(2026, 3, 3), "", "晚于今天"),
        (PermitKnown("lodged", lodged_on=TODAY), "taken_in", date(2026, 3, 1), "", "先后颠倒"),
        (completed(), "taken_in", TODAY, "", "先撤回"),
        (PermitKnown("taken_in", taken_in_on=TODAY), "lodged", TODAY, "", "先撤回"),
        (None, "not_needed", TODAY, " ", "写明理由"),
        (None, "won", TODAY, "", "请选择"),
    ],
)
def test_a_step_that_can_not_follow_is_refused(known, step, day, why, words):
    with pytest.raises(Incomplete, match=words):
        check_step(RULES["environment"], known, step, day, TODAY, why)


def test_commitment_only_where_the_rule_lets_it():
    check_step(RULES["environment"], None, "on_commitment", TODAY, TODAY, "")
    with pytest.raises(Incomplete, match="承诺制"):
        check_step(RULES["construction"], None, "on_commitment", TODAY, TODAY, "")


def local(instant):
    return instant.astimezone(LOCAL).date()


def test_working_days_skip_the_spring_festival_and_natural_days_do_not():
    """2026: off from 15 to 23 February; 14 and 28 February are worked."""
    at, working = due_of(RULES["environment"], date(2026, 2, 13), CALENDAR)
    assert local(at) == date(2026, 3, 5) and working["basis"] == "promised"
    assert any("春节" in note["zh"] for note in working["notes"])
    at, working = due_of(RULES["construction"], date(2026, 2, 13), CALENDAR)
    assert local(at) == date(2026, 2, 20) and working["basis"] == "statutory"
    assert working["source"] == "中华人民共和国建筑法第八条"


def test_a_pause_does_not_count_and_an_open_one_leaves_no_due_day():
    rule, begin = RULES["environment"], date(2026, 3, 2)
    plain, _ = due_of(rule, begin, CALENDAR)
    stopped = (date(2026, 3, 4), date(2026, 3, 9), "补正材料")
    later, working = due_of(rule, begin, CALENDAR, [stopped])
    assert (local(plain), local(later)) == (date(2026, 3, 16), date(2026, 3, 19))
    assert any("补正材料" in note["zh"] for note in working["notes"])
    nothing, _ = due_of(rule, begin, CALENDAR, [(date(2026, 3, 4), None, "补正材料")])
    assert nothing is None


def test_a_pause_moves_the_expected_start():
    taken = {"filing": completed(), "fire": completed()}
    running = PermitKnown("taken_in", taken_in_on=TODAY)
    paused = PermitKnown("taken_in", taken_in_on=TODAY, pauses=((TODAY, None, "评审"),))
    later = date(2026, 3, 12)
    ends = [start(LEASE, taken | {"environment": e}, later).end for e in (running, paused)]
    assert ends == [date(2026, 3, 23), date(2026, 4, 1)]


def test_a_year_without_published_holidays_is_said():
    _at, working = due_of(RULES["environment"], date(2031, 1, 6), CALENDAR)
    assert any("尚未公布" in note["zh"] for note in working["notes"])


def start(rules, known, today=TODAY) -> Network:
    network = expected_start(rules, known, CALENDAR, today)
    assert isinstance(network, Network)
    return network


def test_the_expected_start_is_made_of_the_longest_chain():
    network = start(LEASE, {})
    assert network.paths[0][0] == "filing" and network.paths[0][-2:] == ("construction", START)
    assert network.end == date(2026, 3, 24)
    taken = {"filing": completed(), "fire": completed(), "environment": completed()}
    assert start(LEASE, taken).end == date(2026, 3, 9)
    everything = {rule.key: completed() for rule in LEASE}
    assert start(LEASE, everything).end == TODAY


def test_what_is_overdue_pushes_the_start_from_today():
    known = {"filing": completed(date(2026, 1, 5)), "fire": completed(date(2026, 1, 20)),
             "environment": PermitKnown("taken_in", taken_in_on=date(2026, 1, 6))}  # fmt: skip
    network = start(LEASE, known)
    assert network.spans["environment"].end == TODAY and network.end == date(2026, 3, 9)


STEPS = st.sampled_from(["", *PermitStep.values])


@given(st.lists(STEPS, min_size=len(LAND), max_size=len(LAND)), st.dates(TODAY, date(2026, 12, 1)))
def test_more_done_never_means_a_later_start(steps, today):
    known = {
        rule.key: PermitKnown(step, **_days(step))
        for rule, step in zip(LAND, steps, strict=True)
        if step
    }
    network = start(LAND, known, today)
    assert network.end >= today
    opened = [
        rule.key
        for rule in LAND
        if rule.key in network.spans and network.spans[rule.key].float is not None
    ]
    for key in opened[:2]:
        assert start(LAND, known | {key: completed()}, today).end <= network.end
    assert all(known[k].needed for k in known if k in network.spans)


def _days(step: str) -> dict[str, date]:
    day = date(2026, 1, 5)
    return {
        "lodged": {"lodged_on": day},
        "taken_in": {"lodged_on": day, "taken_in_on": day},
        "on_commitment": {"committed_on": day},
        "completed": {"completed_on": day},
        "not_needed": {},
    }[step]


def test_every_step_but_the_last_leads_somewhere():
    assert {step for step, after in NEXT.items() if not after} == {"completed", "not_needed"}


HEAD = "key: demo\nlevel: city\nname: 示例市\nname_en: Demo\n"
TYPES = "rules:\n  - {key: t, owner: {body: city, name: 市}, kind: rule, source: 文, title: 型, title_en: Type, order: 1}\n"


def permit(
    key: str, after: str = "", types: str = "t", limit: str = "promised: {count: day, amount: 1}"
) -> str:
    return (
        f"  - {{key: {key}, owner: {{body: city, name: 市}}, kind: rule, source: 文, title: {key}, "
        f"title_en: {key}, order: 1, types: [{types}], office: 局, office_en: Office, "
        f"after: [{after}]{', ' + limit if limit else ''}}}\n"
    )


def faults(where, text):
    for name, said in {"pack": HEAD, "project_types": TYPES, "permits": "rules:\n" + text}.items():
        (where / f"{name}.yaml").write_text(said, encoding="utf-8")
    _pack, problems = load(where, {})
    return [(p.file, p.line, p.code, p.message) for p in problems]


def test_permits_that_wait_for_each_other_are_told_with_file_and_line(tmp_path):
    text = permit("a") + permit("b", "a, d") + permit("c", "b") + permit("d", "c")
    [(file, line, code, message)] = faults(tmp_path, text)
    assert (file, line, code) == ("permits.yaml", 3, "pack.permit_circle")
    assert message == "手续的前置关系成环：b → d → c → b"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (permit("a", "a"), "pack.permit_circle"),
        (permit("a", "nowhere"), "pack.unknown_permit"),
        (permit("a", types="other"), "pack.unknown_type"),
        (permit("a", limit=""), "schema.value_error"),
        (permit("a", limit="promised: {count: week, amount: 1}"), "schema.literal_error"),
        (permit("a", limit="promised: {count: day, amount: -1}"), "schema.greater_than_equal"),
    ],
)
def test_other_faults_of_permits_are_told_too(tmp_path, text, code):
    assert [(f[0], f[1], f[2]) for f in faults(tmp_path, text)] == [("permits.yaml", 2, code)]


def test_a_city_closing_a_circle_over_the_pack_below_is_told(tmp_path):
    china = resolve("linfen").packs[0]
    (tmp_path / "pack.yaml").write_text(HEAD + "stacks_over: [china]\n", encoding="utf-8")
    own = permit("filing", "construction", types="plant-lease")
    (tmp_path / "permits.yaml").write_text("rules:\n" + own, encoding="utf-8")
    _pack, problems = load(tmp_path, {"china": china})
    assert [(p.line, p.code) for p in problems] == [(2, "pack.permit_circle")]
