"""Supply graphs: what the generated tests don't say in words."""

from __future__ import annotations

from decimal import Decimal

from luodi.kit.networks.reach import MOST_WAYS, impact, ways
from luodi.kit.networks.supply import LeftOut, Supply, SupplyGraph, gaps, matching_rate
from luodi.kit.refusals import Refusal

HERE = {"厂": True, "店": True, "外": False}


def graph(*supplies: Supply, makes: tuple[tuple[str, str], ...] = ()) -> SupplyGraph:
    return SupplyGraph(HERE, ("镜", "壳"), makes, supplies)


def test_a_rate_says_what_it_left_out():
    one = graph(
        Supply("店", "镜", "厂", 200), Supply("店", "壳", "外", 100), Supply("店", "镜", "外"),
        Supply("店", "壳"), Supply("外", "壳", "厂", 900),
    )  # fmt: skip
    by_value, by_items = matching_rate(one, "value"), matching_rate(one, "items")
    assert (by_value.numerator, by_value.denominator) == (200, 300)
    assert by_value.percent == Decimal("66.67")
    assert by_value.left_out == (LeftOut("no_supplier", 1), LeftOut("no_value", 1))
    assert (by_items.numerator, by_items.denominator, by_items.left_out) == (1, 2, ())


def test_shares_past_the_whole_are_left_out_and_a_rest_is_said():
    one = graph(
        Supply("店", "镜", "厂", share=6000), Supply("店", "镜", "外", share=3000),
        Supply("厂", "镜", "店", share=7000), Supply("厂", "镜", "外", share=7000),
        Supply("厂", "壳", "店", share=10_000), Supply("店", "壳", "外"), Supply("店", "壳"),
    )  # fmt: skip
    rate = matching_rate(one, "shares")
    assert (rate.numerator, rate.denominator, rate.percent) == (16_000, 19_000, Decimal("84.21"))
    assert rate.left_out == (
        LeftOut("no_supplier", 1), LeftOut("no_share", 1), LeftOut("over_full", 1),
        LeftOut("rest_unknown", 1),
    )  # fmt: skip


def test_nothing_bought_is_a_refusal_and_no_nought():
    for by in ("value", "items", "shares"):
        rate = matching_rate(graph(Supply("外", "镜", "厂", 5)), by)
        assert rate.percent is None and rate.refusal is not None
        assert rate.refusal.code == "supply.nothing_bought"


def test_a_needed_product_is_a_gap_until_somebody_here_makes_it():
    assert [gap.product for gap in gaps(graph(), ["壳"])] == ["壳"]
    assert gaps(graph(makes=(("厂", "壳"),)), ["壳"]) == ()
    (gap,) = gaps(graph(makes=(("外", "壳"),)), ["壳"])
    assert gap.elsewhere == ("外",) and gap.buyers == ()


def test_unknown_firms_and_many_ways():
    assert isinstance(ways(graph(), "厂", "无"), Refusal)
    middle = {f"m{n}": False for n in range(30)}
    many = [Supply(m, "镜", "厂") for m in middle] + [Supply("店", "镜", m) for m in middle]
    found = ways(SupplyGraph(HERE | middle, ("镜",), (), many), "厂", "店")
    assert len(found) == MOST_WAYS and all(len(way) == 2 for way in found)


def test_impact_goes_no_deeper_than_asked_and_ends_in_circles():
    ring = graph(Supply("店", "镜", "厂"), Supply("厂", "壳", "店"), Supply("外", "壳", "店"))
    assert [one.depth for one in impact(ring, "厂", 1)] == [1]
    assert sorted(one.depth for one in impact(ring, "厂", 99)) == [1, 2, 2]
    assert impact(ring, "厂", 0) == ()
