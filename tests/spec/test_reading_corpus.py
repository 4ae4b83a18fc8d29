"""What the compiler promises to read, shown on documents written for the purpose.

Each tests/corpus/NAME.txt is a small document in the official form, in a layout of its own;
NAME.json beside it holds, by hand, its measures, units and headings, and of the head matter, the
deadlines, the figures and the task force what the text gives. Where a file holds several documents
the lists run through all of them.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from luodi.kit.compiled import compile_source, to_json, verify
from luodi.kit.readers import read

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
NAMES = sorted(path.stem for path in CORPUS.glob("*.json"))


def compiled(name: str) -> dict[str, Any]:
    source, _ = read(f"{name}.txt", (CORPUS / f"{name}.txt").read_bytes())
    assert source is not None
    result = compile_source(source)
    assert verify(result, source) == ()
    return to_json(result)


def items(name: str, kind: str) -> list[dict[str, Any]]:
    return [item for document in compiled(name)["documents"] for item in document[kind]]


def gold(name: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads((CORPUS / f"{name}.json").read_text(encoding="utf-8"))
    return value


def bare(text: str) -> str:
    return "".join(text.split())


def test_the_corpus_holds_at_least_fifty_documents() -> None:
    assert len(NAMES) >= 50


@pytest.mark.parametrize("name", NAMES)
def test_measures_are_read_whole(name: str) -> None:
    said = Counter(bare(one["title"]) for one in items(name, "measures"))
    assert said == Counter(bare(one["title"]) for one in gold(name)["measures"])


@pytest.mark.parametrize("name", NAMES)
def test_units_and_their_roles_are_read_in_order(name: str) -> None:
    said = {bare(one["title"]): one["units"] for one in items(name, "measures")}
    assert said == {bare(one["title"]): one["units"] for one in gold(name)["measures"]}


@pytest.mark.parametrize("name", NAMES)
def test_deadlines_are_read_as_written(name: str) -> None:
    true = {
        bare(one["title"]): bare(one["deadline"] or "")
        for one in gold(name)["measures"]
        if "deadline" in one
    }
    said = {bare(one["title"]): bare(one["deadline"] or "") for one in items(name, "measures")}
    assert {title: said[title] for title in true} == true


@pytest.mark.parametrize("name", [name for name in NAMES if "indicators" in gold(name)])
def test_figures_are_read_with_comparator_and_period(name: str) -> None:
    keys = ("name", "value", "unit", "comparator", "period")
    said = [tuple(one[key] for key in keys) for one in items(name, "indicators")]
    for one in gold(name)["indicators"]:
        assert tuple(one[key] for key in keys) in said


@pytest.mark.parametrize("name", NAMES)
def test_headings_are_read_with_their_levels(name: str) -> None:
    said = [(one["level"], bare(one["title"])) for one in items(name, "outline")]
    assert said == [(one["level"], bare(one["title"])) for one in gold(name)["headings"]]


@pytest.mark.parametrize("name", NAMES)
def test_head_matter_and_task_force_are_as_the_text_gives_them(name: str) -> None:
    true = gold(name)
    document, *others = compiled(name)["documents"]
    assert len(others) + 1 == true.get("documents", 1)
    titles = [document["title"], *(one["title"] for one in others)]
    assert true.get("titles", titles) == titles
    for key in ("title", "number", "issuer", "date"):
        assert key not in true or document[key] == true[key]
    if "members" in true:
        (organ,) = document["organs"]
        assert organ["name"] == true.get("organ", organ["name"])
        assert (len(organ["members"]), organ["term"]["to"]) == (true["members"], true["until"])


@pytest.mark.parametrize("name", NAMES)
def test_every_span_shows_the_words_it_stands_for(name: str) -> None:
    source, _ = read(f"{name}.txt", (CORPUS / f"{name}.txt").read_bytes())
    assert source is not None
    for item in (*items(name, "measures"), *items(name, "outline")):
        pieces = item.get("parts") or [item["span"]]
        words = bare("".join(source.text[start:end] for start, end in pieces))
        assert bare(item["title"]) in words


def with_key(key: str) -> list[str]:
    return [name for name in NAMES if key in gold(name)]


@pytest.mark.parametrize("name", with_key("tables"))
def test_tables_are_read_with_caption_header_and_every_cell(name: str) -> None:
    keys = ("label", "title", "header", "rows")
    said = [{key: one[key] for key in keys} for one in items(name, "tables")]
    assert said == [{key: one[key] for key in keys} for one in gold(name)["tables"]]


@pytest.mark.parametrize("name", with_key("tables"))
def test_what_a_table_leaves_open_is_said(name: str) -> None:
    said = [len(one["problems"]) for one in items(name, "tables")]
    assert said == [one["problems"] for one in gold(name)["tables"]]


@pytest.mark.parametrize("name", with_key("boxes"))
def test_boxes_are_read_with_title_and_items(name: str) -> None:
    keys = ("label", "title", "items")
    said = [{key: one[key] for key in keys} for one in items(name, "boxes")]
    assert said == gold(name)["boxes"]


@pytest.mark.parametrize("name", with_key("projects"))
def test_projects_are_read_with_investment_and_box(name: str) -> None:
    keys = ("name", "investment", "box")
    said = [{key: one[key] for key in keys} for one in items(name, "projects")]
    assert said == gold(name)["projects"]


@pytest.mark.parametrize("name", with_key("policies"))
def test_policies_are_read_with_the_number_of_their_articles(name: str) -> None:
    keys = ("name", "articles", "aspects")
    said = [{key: one[key] for key in keys} for one in items(name, "policies")]
    assert said == gold(name)["policies"]


@pytest.mark.parametrize("name", with_key("systems"))
def test_systems_are_read_with_their_status(name: str) -> None:
    said = [{key: one[key] for key in ("name", "status")} for one in items(name, "systems")]
    assert said == gold(name)["systems"]


@pytest.mark.parametrize("name", with_key("organs"))
def test_organs_are_read_with_roles_names_and_posts(name: str) -> None:
    said = [{key: one[key] for key in ("name", "members")} for one in items(name, "organs")]
    assert said == gold(name)["organs"]


@pytest.mark.parametrize("name", with_key("sentences"))
def test_a_sentence_that_a_box_cuts_is_whole(name: str) -> None:
    source, _ = read(f"{name}.txt", (CORPUS / f"{name}.txt").read_bytes())
    assert source is not None
    whole = [one.text for one in compile_source(source).layout.paragraphs]
    for sentence in gold(name)["sentences"]:
        assert any(sentence in text for text in whole)
