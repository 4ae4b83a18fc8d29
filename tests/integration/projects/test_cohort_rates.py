"""Rates over made histories of five years equal a slow recomputation from the plain records."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest

from factories.histories import ORDER, Tale, tale, written
from luodi.audit.queries import moment_at
from luodi.common.moments import Moment
from luodi.orgs.queries import viewer_of_person
from luodi.packs import resolve
from luodi.packs.schemas import PipelineRule, RateRule
from luodi.projects.queries import cohort
from luodi.projects.rules import Entry, Known, Step, distinct, rate, standing

DEFINED = {
    "start": ("signed", "started"),
    "in-statistics": ("started", "in_official_statistics"),
    "production": ("started", "in_production"),
    "benefit": ("produced", "at_promised_benefit"),
    "benefit-by-value": ("produced", "in_production"),
    "admission": ("produced", "admitted"),
}


@dataclass
class Facts:
    """What the records say, each by its key."""

    counts: dict[tuple[str, str, str], bool] = field(default_factory=dict)
    signing: dict[str, str] = field(default_factory=dict)
    promised: dict[str, int | None] = field(default_factory=dict)
    actual: dict[str, int] = field(default_factory=dict)
    firms: dict[str, tuple[str, date | None]] = field(default_factory=dict)
    moves: dict[str, list[tuple[str, date]]] = field(default_factory=dict)
    into: dict[str, str] = field(default_factory=dict)

    def last(self, key: str) -> str:
        """The project it goes on as."""
        while key in self.into:
            key = self.into[key]
        return key

    def firm(self, key: str) -> tuple[str, date | None] | None:
        """Its firm, or that of the first that went into it and has one."""
        below = (self.firm(one) for one, into in self.into.items() if into == key)
        return self.firms.get(key) or next(filter(None, below), None)

    def path(self, key: str, day: date) -> list[str]:
        """The stages a project stands on, from the first to the present; [] where it has ended."""
        path, ended = ["lead"], False
        for to, happened in self.moves.get(key, []):
            if happened <= day:
                ended = to == "ended"
            if happened <= day and not ended:
                path = [past for past in path if ORDER.index(past) < ORDER.index(to)] + [to]
        return [] if ended else path


def lasting(acts: list[list[tuple]]) -> set[tuple[int, str]]:
    """The merges that nobody took back, by the number of their act."""
    found: dict[str, int] = {}
    for number, act in enumerate(acts):
        for kind, key, *_said in act:
            if kind == "merge":
                found[key] = number
            elif kind == "unmerge":
                del found[key]
    return {(number, key) for key, number in found.items()}


def facts_of(acts: list[list[tuple]]) -> Facts:
    """One record after the other, as they were written down; merges taken back never were."""
    facts, kept = Facts(), lasting(acts)
    told = ((n, record) for n, act in enumerate(acts) for record in act)
    for number, (kind, *said) in told:
        if kind == "merge" and (number, said[0]) in kept:
            facts.into[said[0]] = said[1]
            if said[2]:
                facts.moves[said[1]] = list(facts.moves.get(said[0], []))
        elif kind == "enter":
            facts.counts[tuple(said)] = True
        elif kind == "mark":
            facts.counts[tuple(said[:3])] = not said[3]
        elif kind == "open":
            facts.signing[said[0]], facts.promised[said[0]] = said[1:]
        elif kind == "sign":
            facts.signing[said[0]] = said[1]
        elif kind == "actual":
            facts.actual[said[0]] = said[1]
        elif kind == "firm":
            facts.firms[said[0]] = (said[1], said[2])
        elif kind == "move":
            facts.moves.setdefault(said[0], []).append((said[2], said[3]))
    return facts


def slow(facts: Facts, day: date, name: str, batch: str = "") -> Decimal | None:
    """One rate from the records alone; projects are sets, so that none can count twice."""
    part, target = DEFINED[name]
    base = {facts.last(key) for (of, where, key), counts in facts.counts.items()
            if counts and where == part and (not batch or of == batch)}  # fmt: skip
    if part == "signed":
        base = {key for key in base if facts.signing[key] == "contract"}
    if name == "admission":
        firms = {firm for firm in map(facts.firm, base) if firm}
        came = {firm for firm, on in firms if on and on <= day}
        all_of_them = {firm for firm, _on in firms}
        return rounded(len(came), len(all_of_them)) if firms else None
    paths = {key: facts.path(key, day) for key in base}
    there = {
        k for k, path in paths.items() if path and ORDER.index(path[-1]) >= ORDER.index(target)
    }
    if name == "in-statistics":
        there = {key for key in there if target in paths[key]}
    over, under = len(there), len(base)
    if name == "benefit-by-value":
        base = {key for key in base if facts.promised[key]}
        over = sum(facts.actual.get(key, 0) for key in base & there)
        under = sum(facts.promised[key] for key in base)
    return rounded(over, under) if under else None


def rounded(over: int, under: int) -> Decimal:
    with localcontext(prec=60):
        return (Decimal(100 * over) / under).quantize(Decimal("0.01"), ROUND_HALF_UP)


def samples(
    told: Tale, positions: list[int], n: int, seed: int
) -> Iterator[tuple[list, int, date]]:
    """Random moments with the records known then, and a random day up to the moment."""
    dice = random.Random(seed)
    for _ in range(n):
        number = dice.randrange(len(positions))
        day = told.ends[number] - timedelta(days=dice.randint(0, 400))
        yield facts_of(told.acts[: number + 1]), positions[number], max(day, date(2022, 1, 1))


def check(city, projects: int, dates: int, seed: int) -> None:
    told = tale(projects, seed)
    positions = written(city, told)
    viewer, met = viewer_of_person(city.people["office"]), set()
    for known, position, day in samples(told, positions, dates, seed):
        found = cohort(viewer, moment_at(position), day)
        for one in found.rates(distinct(found.all)):
            assert one.percent == slow(known, day, one.rule.key), (position, day, one.rule.key)
            met.add((one.rule.key, one.percent))
        batch = min(found.entries, default="")
        for one in found.rates(found.entries.get(batch, [])) if batch else []:
            assert one.percent == slow(known, day, one.rule.key, batch)
    assert {name for name, percent in met if percent} == set(DEFINED)


def test_rates_of_120_projects_equal_a_slow_recomputation(city):
    check(city, 120, 25, 4)


@pytest.mark.slow
def test_rates_of_3000_projects_equal_a_slow_recomputation_on_1000_dates(city):
    check(city, 3000, 1000, 5)


def stages() -> dict[str, PipelineRule]:
    return {r.key: r for r in resolve("china").all("pipeline", PipelineRule)}


def rule(name: str) -> RateRule:
    found = resolve("china").one("rates", RateRule, name, date(2026, 3, 1))
    assert found is not None
    return found


def computed(name: str, entries: list[Entry], stood: dict[str, str], **known: Known):
    plain = {e.project: Known("lead", True, Fraction(100), None) for e in entries} | known
    standings = {
        key: standing(stage, (), date(2026, 3, 1), stages()) for key, stage in stood.items()
    }
    return rate(rule(name), entries, standings, plain, stages())


def test_half_is_rounded_up_once_and_the_published_example_comes_out():
    entries = [Entry(f"p{n}", "signed") for n in range(11)]
    stood = {f"p{n}": "started" if n < 6 else "permits" for n in range(11)}
    assert computed("start", entries, stood).percent == Decimal("54.55")
    entries = [Entry(f"p{n}", "signed") for n in range(800)]
    stood = {f"p{n}": "started" if n < 1 else "lead" for n in range(800)}
    assert computed("start", entries, stood).percent == Decimal("0.13")


def test_an_empty_base_is_said_and_not_divided_by():
    found = computed("production", [Entry("p", "signed")], {"p": "in_production"})
    assert found.percent is None and found.reason == "名单里没有可计的项目，不计算。"
    all_out = computed("start", [Entry("p", "signed", True, "并入")], {"p": "started"})
    assert all_out.percent is None and all_out.left_out == (("p", "并入"),)


def test_by_value_may_pass_a_hundred_and_leaves_out_who_promised_nothing():
    entries = [Entry(key, "produced") for key in "abc"]
    found = computed(
        "benefit-by-value",
        entries,
        dict.fromkeys("abc", "in_production"),
        a=Known("in_production", True, Fraction(100), Fraction(301, 2)),
        b=Known("in_production", True, Fraction(50), Fraction(40)),
        c=Known("in_production", True, None, Fraction(70)),
    )
    assert found.percent == Decimal("127.00") and found.behind == ("b",)
    assert [key for key, _why in found.left_out] == ["c"]


def test_who_stands_where_follows_the_day():
    steps = [
        Step("lead", "started", date(2026, 1, 5)),
        Step("started", "signed", date(2026, 2, 1)),
        Step("signed", "ended", date(2026, 3, 1)),
    ]
    stood = [standing("ended", steps, date(2026, m, 15), stages()).stage for m in (1, 2, 3)]
    assert stood == ["started", "signed", "ended"]
    assert standing("ended", steps, date(2025, 12, 31), stages()).stage == "lead"


def test_a_stage_that_rules_do_not_have_is_no_rate():
    odd = rule("start").model_copy(update={"reached": "opened"})
    plain = {"p": Known("lead", True, None, None)}
    stood = {"p": standing("lead", (), date(2026, 3, 1), stages())}
    found = rate(odd, [Entry("p", "signed")], stood, plain, stages())
    assert found.percent is None and "没有“opened”这个环节" in found.reason


def test_a_moment_is_not_a_day(city):
    told = tale(30, 8)
    positions = written(city, told)
    viewer = viewer_of_person(city.people["office"])
    last = moment_at(positions[-1])
    early = cohort(viewer, last, date(2022, 2, 1))
    assert {s.stage for s in early.standings.values()} >= {"lead"}
    assert cohort(viewer, last, date(2021, 1, 1)).rules == ()
    assert len(cohort(viewer, Moment(last.at), last.today).all) == len(early.all)
