"""Facts of enterprises: what the built-in packs name is there; how long one holds is sound."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from luodi.common.doors import facts as doors
from luodi.packs import resolve
from luodi.packs.builtin_packs import builtin_packs
from luodi.packs.known_facts import catalogue_in
from luodi.packs.schemas import EnterpriseFactRule, IndicatorRule, RegisterRule
from luodi.packs.schemas.enterprise_facts import HoldsPart

DAY = date(2026, 3, 2)
DOORS = {
    "enterprise.home", "enterprise.county", "enterprise.industry_code", "enterprise.size_class",
    "enterprise.industry_section", "enterprise.cluster", "enterprise.registers",
    "enterprise.register_levels", "enterprise.chain_honours",
}  # fmt: skip
"""What modules give of an enterprise; `test_the_doors_are_there` holds it against them."""


def facts(key: str) -> list[EnterpriseFactRule]:
    return list(resolve(key).all("enterprise_facts", EnterpriseFactRule, DAY))


@pytest.mark.parametrize("key", sorted(builtin_packs()))
def test_what_a_fact_names_is_there(key):
    stack = resolve(key)
    indicators = {rule.key: rule for rule in stack.all("indicators", IndicatorRule, DAY)}
    registers = {rule.key: rule for rule in stack.all("registers", RegisterRule, DAY)}
    for fact in facts(key):
        assert set(fact.doors) <= DOORS, fact.key
        if fact.indicator:
            named = indicators[fact.indicator.code]
            purpose = {"self_reported": "enterprise"}.get(named.purpose, named.purpose)
            assert purpose in fact.indicator.purposes, fact.key
            assert named.counts in ("year_to_date", "at_end") or named.period == "year", fact.key
        for held in (*fact.held, *(word for one in fact.options for word in one.held)):
            register, _, level = held.partition(":")
            if register != "chain":
                assert register in registers, held
                assert not level or level in {one.key for one in registers[register].levels}, held


def test_the_doors_are_there():
    assert all(doors.get(name) for name in DOORS)


def test_what_an_office_verifies_of_the_built_in_facts_runs_out():
    known = catalogue_in(resolve("jincheng"), DAY, [])
    lasting = {name: known.sources[name].lasting for name in known.facts}
    assert lasting["revenue"].last_day(date(2025, 12, 31)) == date(2026, 12, 31)
    assert lasting["certificates"].own and lasting["employees"].months == 12
    for_good = {fact.name for fact in known.kept if lasting[fact.name] is None}
    assert for_good == {"established", "bad_credit"}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({}, "其中之一"),
        ({"months": 6, "next_year": "06-30"}, "其中之一"),
        ({"months": 6, "of_last_year": True}, "of_last_year"),
        ({"next_year": "02-30"}, "没有“02-30”这一天"),
        ({"next_year": "6-30"}, "pattern"),
    ],
)
def test_what_says_no_time_is_refused(said, why):
    with pytest.raises(ValidationError, match=why):
        HoldsPart(**said)
