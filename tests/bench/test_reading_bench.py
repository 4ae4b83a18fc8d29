"""The reading bench runs, with every figure the project promises to print."""

from __future__ import annotations

import json
import time

from click.testing import CliRunner

from luodi.cli import main


def test_bench_reading_prints_its_figures() -> None:
    began = time.process_time()
    result = CliRunner().invoke(main, ["bench", "reading", "--quick", "--format", "json"])
    assert result.exit_code == 0
    assert time.process_time() - began < 50
    figures = json.loads(result.stdout)
    assert figures["bench"] == "reading" and figures["machine"]["cores"]
    by_name = {one["name"]: one for one in figures["figures"]}
    goals = {"compile_vs_jieba": 1.0, "pdf_vs_pypdfium2": 3.0, "bytes_per_char": 100}
    for name, goal in goals.items():
        assert by_name[name]["goal"] == goal and by_name[name]["value"] > 0
    assert {"seconds_per_million_made_10k", "growth_exponent_made", "folder_speedup"} <= set(
        by_name
    )
    assert all(one["size"] for one in figures["figures"])
