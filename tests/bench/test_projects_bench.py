"""The projects bench: the published instance is the one that was published, solved to the end."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from luodi.cli import bench_matching, main
from luodi.cli.sites_made import digest, instance
from luodi.kit.matching import fitting_pairs, judge

PUBLISHED = "42bc5e6b"
"""Digest of the pairs and points of the seed; docs/guide/matching.md prints it."""


def test_bench_projects_prints_its_figures() -> None:
    result = CliRunner().invoke(main, ["bench", "projects", "--quick", "--format", "json"])
    assert result.exit_code == 0, result.output
    figures = {one["name"]: one for one in json.loads(result.stdout)["figures"]}
    assert figures["assign_300x2000_seconds"]["goal"] == 10
    assert 0 < figures["assign_300x2000_seconds"]["value"] < 10
    assert (figures["assign_gap"]["value"], figures["assign_gap"]["goal"]) == (0, 0)
    assert figures["assign_dense_100x600_gap"]["value"] == 0
    assert f"2.73 % feasible, seed 20260401, pairs {PUBLISHED}" in figures["assign_gap"]["size"]
    assert "optimal" in figures["assign_gap"]["size"]


def test_the_published_pairs_are_those_the_reasons_give() -> None:
    made = instance(projects=12, sites=60)
    pairs = fitting_pairs(made.criteria, made.projects, made.sites)
    slow = {
        (key, offer.key)
        for key, needs in made.projects.items()
        for offer in made.sites
        if judge(made.criteria, needs, offer).answer == "yes"
    }
    assert slow == set(pairs) and slow
    assert digest(pairs) == digest(dict(reversed(pairs.items())))


@pytest.mark.slow
def test_with_shared_power_the_bench_says_how_far_it_came() -> None:
    figures = {one["name"]: one for one in bench_matching.measure(False)}
    assert 0 <= figures["assign_limited_gap"]["value"] < 0.5
    assert figures["assign_dense_300x2000_seconds"]["value"] > 0
