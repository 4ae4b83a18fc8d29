"""The projects bench: the published instance is the one that was published, solved to the end."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from luodi.cli import bench_matching
from luodi.cli.sites_made import digest, instance
from luodi.kit.matching import fitting_pairs, judge

PUBLISHED = "42bc5e6b"
"""Digest of the pairs and points of the seed; docs/guide/matching.md prints it."""


def test_bench_projects_prints_its_figures() -> None:
    luodi = str(Path(sys.executable).with_name("luodi"))
    command = [luodi, "bench", "projects", "--quick"]
    result = subprocess.run([*command, "--format", "json"], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    figures = {one["name"]: one for one in json.loads(result.stdout)["figures"]}
    assert figures["assign_300x2000_seconds"]["goal"] == 10
    assert 0 < figures["assign_300x2000_seconds"]["value"] < 10
    assert (figures["assign_gap"]["value"], figures["assign_gap"]["goal"]) == (0, 0)
    assert figures["assign_dense_100x600_gap"]["value"] == 0
    assert f"2.73 % feasible, seed 20260401, pairs {PUBLISHED}" in figures["assign_gap"]["size"]
    assert "optimal" in figures["assign_gap"]["size"]
    board = figures["board_3000_vs_bare_view"]
    assert board["goal"] == 3 and board["value"] > 0 and "3000 generated" in board["size"]
    assert figures["list_3000_vs_bare_view"]["value"] > 0


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
