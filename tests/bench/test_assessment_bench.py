"""The assessment bench: scores of a large generated city, and a thousand weightings."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from luodi.cli import bench_schemes
from luodi.kit.scoring.schemes import score


def test_bench_assessment_prints_its_figures() -> None:
    luodi = str(Path(sys.executable).with_name("luodi"))
    command = [luodi, "bench", "assessment", "--quick", "--format", "json"]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    figures = {one["name"]: one for one in json.loads(result.stdout)["figures"]}
    assert figures["score_300x60_seconds"]["goal"] == 1
    assert figures["score_300x60_seconds"]["value"] > 0
    assert "300 zones × 60 indicators" in figures["score_300x60_seconds"]["size"]
    assert figures["sensitivity_1000_seconds"]["value"] > 0


def test_the_generated_city_holds_every_method_and_rule() -> None:
    scheme, entrants = bench_schemes._made()
    assert {one.method for one in scheme.indicators} == set(bench_schemes.METHODS)
    assert {one.missing for one in scheme.indicators} == set(bench_schemes.MISSING)
    found = score(scheme, entrants)
    assert len(found.outcomes) == 300 and all(one.total is not None for one in found.outcomes)
