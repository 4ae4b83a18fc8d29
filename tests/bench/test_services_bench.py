"""The services bench: policies over firms say their figures, and equal the plain engine's answers."""

from __future__ import annotations

import pytest

from luodi.cli import bench_policies, bench_services, requests_site
from luodi.cli.bench import BENCHES
from luodi.cli.page_timing import page
from luodi.cli.policies_made import facts, firms, policies
from luodi.common.moments import Moment
from luodi.kit.eligibility import check, match
from luodi.services.models import RequestState


def test_ten_thousand_pairs_equal_the_plain_engine() -> None:
    known = facts()
    rules, table = policies(300, known), firms(2000, known)
    matched = match(rules, table)
    bench_policies.agreed(matched, rules, table)
    said = [matched.verdict(key, n) for key in list(rules)[:60] for n in range(0, 2000, 40)]
    assert {"fits", "fails", "unknown"} == set(said)


def test_a_difference_between_the_engines_is_an_error() -> None:
    known = facts()
    rules, table = policies(20, known), firms(50, known)
    matched = match(rules, table)
    groups = {key: matched.groups[next(iter(rules))] for key in rules}
    wrong = type(matched)(rules, table, groups)
    with pytest.raises(ValueError, match="the engines differ"):
        bench_policies.agreed(wrong, rules, table)


def test_made_policies_are_rules_that_could_be_entered() -> None:
    known = facts()
    codes = {fault.refusal.code for rule in policies(200, known).values()
             for fault in check(rule, known)}  # fmt: skip
    assert codes <= {"eligibility.contradiction", "eligibility.no_value"}


def test_the_figures_of_policies(monkeypatch) -> None:
    assert BENCHES["services"] == "luodi.cli.bench_services:figures"
    assert bench_services.PARTS[0] == ("luodi.cli.bench_policies", "measure")
    monkeypatch.setattr(bench_policies, "MATCHED", {True: (50, 400), False: (50, 400)})
    monkeypatch.setattr(bench_policies, "PLAIN", {True: 500, False: 500})
    monkeypatch.setattr(bench_policies, "BITMAPS", (50, 3000))
    figures = {one["name"]: one for one in bench_policies.measure(False)}
    assert set(figures) == {
        "policy_match_seconds", "policy_match_vs_brute", "policy_bitmap_seconds",
    }  # fmt: skip
    assert figures["policy_match_vs_brute"]["value"] > 1
    assert "50 policies x 400 firms" in figures["policy_match_seconds"]["size"]
    assert figures["policy_bitmap_seconds"]["goal"] == 60
    assert [one["name"] for one in bench_policies.measure(True)] == list(figures)[:2]


@pytest.mark.django_db(databases="__all__")
def test_a_made_year_of_requests_is_read_by_the_real_pages_and_the_yardstick() -> None:
    assert ("luodi.cli.bench_requests", "figures") in bench_services.PARTS
    viewer = requests_site._filled(150)
    states = RequestState.objects.open()
    running = states.exclude(stage="closed")
    assert (states.count(), running.count()) == (150, 6)
    now = Moment(requests_site.NOW)
    desk = page(viewer, now, requests_site.desk, "/requests/").content.decode()
    bare = requests_site._bare(running).content.decode()
    for one in running:
        assert one.request_id in desk and one.request_id in bare
    month = page(viewer, now, requests_site.month, "/requests/month/?month=2025-06")
    assert month.content.decode().count("生成的") == 0 and bare.count("<tr>") == 6
