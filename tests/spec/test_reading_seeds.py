"""What must come out of the real documents, where they are beside the project."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from luodi.kit.compiled import compile_source, to_json, verify
from luodi.kit.readers import Source, read

pytestmark = pytest.mark.seeds


def source_of(path: Path) -> Source:
    source, _ = read(path.name, path.read_bytes())
    assert source is not None
    return source


@pytest.fixture
def plan(seeds: Path) -> dict[str, Any]:
    (document,) = to_json(compile_source(source_of(seeds / "work-plan-2025.txt")))["documents"]
    return dict(document)


def test_the_work_plan_is_read_without_a_fault(plan: dict[str, Any], seeds: Path) -> None:
    path = seeds.parent / "gold" / "work-plan-2025.measures.json"
    gold = json.loads(path.read_text(encoding="utf-8"))
    said = [(m["title"], [u["name"] for u in m["units"]]) for m in plan["measures"]]
    assert said == [(m["title"], m["units"]) for m in gold["measures"]]
    heads = [(h["level"], h["title"]) for h in plan["outline"]]
    assert heads == [(h["level"], h["title"]) for h in gold["headings"]]
    assert {u["role"] for m in plan["measures"] for u in m["units"]} == {"responsible"}
    assert {m["deadline"] for m in plan["measures"]} == {None}


def test_its_head_matter_and_task_force(plan: dict[str, Any]) -> None:
    assert plan["number"] == "晋市政办〔2025〕4号"
    assert plan["issuer"] == "晋城市人民政府办公室"
    assert plan["date"] == "2025-02-23"
    assert plan["title"] == "晋城市推动省级转型综改示范区建设工作方案"
    (organ,) = plan["organs"]
    assert organ["term"]["to"] == "2027-12"
    assert len(organ["members"]) == 25
    assert all(one["name"] and one["post"] and one["role"] for one in organ["members"])
    roles = [one["role"] for one in organ["members"]]
    assert roles == ["组长", "常务副组长", "副组长", "副组长", *["成员"] * 21]


def test_nothing_is_lost_in_any_of_them(seeds: Path) -> None:
    paths = sorted(seeds.glob("*.txt"))
    assert len(paths) == 6
    for path in paths:
        source = source_of(path)
        assert verify(compile_source(source), source) == ()


ERRORS = {
    "gazette-equipment-2022": ["decimal.misprint", "share.impossible"],
    "gazette-innovation-2022": [],
    "integration-plan-2022": ["text.against_table", "text.against_table", "unit.magnitude"],
    "news-page-2025": [],
    "work-plan-2025": [],
    "zone-reviews-2023": [],
}
WARNINGS = {
    "gazette-equipment-2022": {"measure.no_unit", "measure.no_deadline"},
    "integration-plan-2022": {"signs.unpaired", "table.row_missing", "text.against_table"},
    "news-page-2025": {"word.repeated"},
    "work-plan-2025": {"measure.no_deadline", "target.no_period"},
    "zone-reviews-2023": {"target.no_period", "unit.odd", "rate.impossible"},
}


@pytest.mark.parametrize("name", sorted(ERRORS))
def test_findings_on_them_are_the_ones_a_person_would_make(seeds: Path, name: str) -> None:
    found = compile_source(source_of(seeds / f"{name}.txt")).findings
    assert sorted(one.code for one in found if one.severity == "error") == ERRORS[name]
    assert {one.code for one in found} >= WARNINGS.get(name, set())
