"""The benchmark kit: any command is run over the documents, and the scorer counts as it says."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
KIT = ROOT / "bench" / "reading"
LUODI = f"{sys.executable} -c 'from luodi.cli import main; main()' compile"
BASELINE = f"{sys.executable} {KIT / 'baseline.py'}"
sys.path.insert(0, str(KIT))

import run  # noqa: E402
import score  # noqa: E402


def documents(*stems: str) -> list[Path]:
    return [run.SETS["tuned"] / f"{stem}.txt" for stem in stems]


FEW = documents("notice-indented", "chapters", "targets")


def kinds(said: dict[str, Any]) -> dict[str, dict[str, Any]]:
    gold = {one.stem: json.loads(one.with_suffix(".json").read_text("utf-8")) for one in FEW}
    found: dict[str, dict[str, Any]] = score.score(gold, said)["kinds"]
    return found


def test_luodi_runs_a_file_at_a_time_and_all_at_once() -> None:
    each = run.answers(f"{LUODI} {{file}} --format json", FEW, 60)
    assert each == run.answers(f"{LUODI} {{files}} --format json", FEW, 60)
    assert {row["f1"] for row in kinds(each).values()} == {1.0}


def test_luodi_leads_the_baseline_in_measures_and_units() -> None:
    ours = kinds(run.answers(f"{LUODI} {{files}} --format json", FEW, 60))
    plain = kinds(run.answers(f"{BASELINE} {{files}}", FEW, 60))
    assert 0 < plain["headings"]["f1"] <= 1
    assert all(ours[kind]["f1"] > plain[kind]["f1"] for kind in ("measures", "units"))


@pytest.mark.parametrize(
    "reader", ["no-such-command {file}", f"{sys.executable} -c 1 {{file}}", "cat {file}"]
)
def test_a_reader_that_fails_has_answered_nothing(reader: str) -> None:
    assert run.answers(reader, FEW[:1], 10) == {}
    assert kinds({})["measures"]["f1"] == 0


def test_a_reader_that_takes_too_long_has_answered_nothing() -> None:
    assert (
        run.answers(f"{sys.executable} -c 'import time; time.sleep(9)' {{file}}", FEW[:1], 0.3)
        == {}
    )


def test_the_command_line_prints_both_sets_and_keeps_the_answers(tmp_path: Path) -> None:
    words = ["--reader", f"{BASELINE} {{files}}", "--keep", str(tmp_path)]
    said = subprocess.run(
        [sys.executable, str(KIT / "run.py"), *words], capture_output=True, text=True, check=True
    ).stdout
    assert "== tuned" in said and "== blind" in said and "95 % of F1" in said
    again = subprocess.run(
        [sys.executable, str(KIT / "score.py"), str(KIT / "blind"), str(tmp_path / "blind")],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert again.strip() in said


GOLD = {
    "measures": [
        {"title": "修路", "units": [{"name": "市交通局", "role": "lead"}], "deadline": "年底前"},
        {"title": "种树", "units": [{"name": "市林业局", "role": "responsible"}]},
    ],
    "headings": [{"level": 1, "title": "任务"}],
    "indicators": [
        {"name": "公路里程", "value": "120", "unit": "公里", "comparator": ">=", "period": "2025"},
        {"name": "森林覆盖率", "value": "40", "unit": "%", "comparator": "=", "period": "2025"},
    ],
    "tables": [{"title": "表", "header": ["名", "数"], "rows": [["甲", "1"], ["乙", "2"]]}],
    "projects": [{"name": "索道项目", "investment": {"value": "3.2", "unit": "亿元"}}],
    "whole": ["indicators"],
}
SAID = {
    "documents": [
        {
            "outline": [{"level": 2, "title": "任务"}],
            "measures": [
                {"title": "修路。", "units": [{"name": "市交通局", "role": "responsible"}], "deadline": None},
                {"title": "种树", "units": [], "deadline": "6月底前"},
            ],
            "indicators": [
                {"name": "公路总里程", "value": "120.0", "unit": "公里", "comparator": "=", "period": None},
                {"name": "森林覆盖率", "value": "40", "unit": "％", "comparator": "=", "period": "2020"},
                {"name": "其他", "value": "7", "unit": "个", "comparator": "=", "period": None},
            ],
            "tables": [{"title": "表", "header": ["名", "数"], "rows": [["甲", "1"], ["乙", "3"]]}],
            "projects": [
                {"name": "索道项目", "investment": {"value": "3.20", "unit": "亿元"}},
                {"name": "夜游项目", "investment": None},
            ],
        }
    ]
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "counts"),
    [
        ("measures", (2, 2, 2)),
        ("units", (1, 1, 2)),
        ("roles", (0, 1, 2)),
        ("deadlines", (0, 0, 1)),
        ("headings", (0, 1, 1)),
        ("indicators", (1, 3, 2)),
        ("comparators", (0, 1, 1)),
        ("tables", (3, 4, 4)),
        ("projects", (1, 1, 1)),
    ],
)
def test_each_kind_counts_as_the_readme_says(kind: str, counts: tuple[int, int, int]) -> None:
    assert score.score_one(GOLD, SAID)[kind] == counts


def test_rates_and_their_interval() -> None:
    assert score.rates([(1, 2, 4)]) == (0.5, 0.25, pytest.approx(1 / 3))
    assert score.rates([(0, 0, 0)]) == (1.0, 1.0, 1.0)
    assert score.rates([(0, 3, 0)]) == (0.0, 0.0, 0.0)
    counts = [(1, 1, 1), (0, 1, 1), (1, 1, 1), (1, 1, 1)]
    low, high = score.interval(counts)
    assert (low, high) == score.interval(counts) and 0 <= low < 0.75 < high <= 1


def test_every_document_of_both_sets_has_gold_and_the_sets_share_none() -> None:
    stems = {name: {one.stem for one in run.documents(folder)} for name, folder in run.SETS.items()}
    for name, folder in run.SETS.items():
        assert stems[name] == {one.stem for one in folder.glob("*.txt")}
    assert not stems["tuned"] & stems["blind"]
    assert len(stems["tuned"]) >= 60 and len(stems["blind"]) >= 12
