"""Which edition holds for a row, against a slow walk; and a city whose zones have none."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from luodi.orgs.queries import Rulebook
from luodi.orgs.queries import packs as module
from luodi.packs import Stack, builtin, own_packs, resolve, stacked_over
from luodi.packs.schemas import RuleBase

UNITS = [f"u{n}" for n in range(8)]
CITY = "c"


@dataclass(frozen=True)
class Row:
    city: str
    zone: str
    unit: str


trees = st.fixed_dictionaries(
    {unit: st.sampled_from([CITY, *UNITS[:n]]) for n, unit in enumerate(UNITS)}
)
names = st.sampled_from(["", *UNITS])
rows = st.builds(Row, st.just(CITY), names, names)
zones = st.sets(st.sampled_from(UNITS))


def slow_place(row: Row, parents: dict[str, str], editions: set[str]) -> tuple[str, str]:
    """The zone's way up first, then the unit's: the first edition met."""
    for start in (row.zone, row.unit):
        here = start
        while here in parents:
            if here in editions:
                return CITY, here
            here = parents[here]
    return CITY, ""


@given(rows, trees, zones)
def test_the_edition_of_a_row_is_the_first_on_its_way_up(row, parents, editions):
    digests = {(CITY, ""): "city"} | {(CITY, zone): zone for zone in editions}
    book = Rulebook(digests, module.nearest(parents, editions))
    assert book.place_of(row.city, row.zone, row.unit) == slow_place(row, parents, editions)


@given(rows, trees)
def test_without_editions_of_zones_every_row_goes_by_the_citys(row, parents):
    book = Rulebook({(CITY, ""): "city"}, module.nearest(parents, set()))
    assert book.place_of(row.city, row.zone, row.unit) == (CITY, "")
    assert Rulebook({}).of(row) == Stack(())


@settings(max_examples=8, deadline=None)
@given(st.sets(st.sampled_from(["jincheng-zone", "huozhou"])))
def test_a_zones_stack_says_the_citys_rule_wherever_it_has_none_of_its_own(own):
    """Recomposing twice is recomposing once; every kind is the city's but for the zone's keys."""
    wide = resolve("jincheng")
    packs = [builtin(key).content() for key in sorted(own)]
    content = stacked_over(wide.content(), packs)
    assert stacked_over(wide.content(), own_packs(content, wide.content())) == content
    both = Stack.from_content(content)
    theirs = {(kind, r.identity()) for p in packs for kind, rs in _rules(p).items() for r in rs}
    for kind in {kind for pack in wide.packs for kind in pack.rules}:
        now = {r.identity(): r for r in _every(both, kind)}
        for rule in _every(wide, kind):
            if (kind, rule.identity()) not in theirs:
                assert now[rule.identity()] in _every(wide, kind)


def _rules(content):
    return Stack.from_content([content]).packs[0].rules


def _every(stack, kind):
    return stack.all(kind, RuleBase)
