"""What the compiler promises to read, shown on documents written for the purpose.

Each tests/corpus/NAME.txt is a small document in the official form, in a layout of its own;
NAME.json beside it holds, by hand, its measures, units and headings, and of the head matter and
the task force what the text gives.
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


def gold(name: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads((CORPUS / f"{name}.json").read_text(encoding="utf-8"))
    return value


def bare(text: str) -> str:
    return "".join(text.split())


def test_the_corpus_holds_at_least_twelve_documents() -> None:
    assert len(NAMES) >= 12


@pytest.mark.parametrize("name", NAMES)
def test_measures_are_read_whole(name: str) -> None:
    (document,) = compiled(name)["documents"]
    said = Counter(bare(one["title"]) for one in document["measures"])
    assert said == Counter(bare(one["title"]) for one in gold(name)["measures"])


@pytest.mark.parametrize("name", NAMES)
def test_units_and_their_roles_are_read_in_order(name: str) -> None:
    (document,) = compiled(name)["documents"]
    said = {bare(one["title"]): one["units"] for one in document["measures"]}
    assert said == {bare(one["title"]): one["units"] for one in gold(name)["measures"]}


@pytest.mark.parametrize("name", NAMES)
def test_headings_are_read_with_their_levels(name: str) -> None:
    (document,) = compiled(name)["documents"]
    said = [(one["level"], bare(one["title"])) for one in document["outline"]]
    assert said == [(one["level"], bare(one["title"])) for one in gold(name)["headings"]]


@pytest.mark.parametrize("name", NAMES)
def test_head_matter_and_task_force_are_as_the_text_gives_them(name: str) -> None:
    (document,) = compiled(name)["documents"]
    true = gold(name)
    for key in ("title", "number", "issuer", "date"):
        assert key not in true or document[key] == true[key]
    if "members" in true:
        (organ,) = document["organs"]
        assert (len(organ["members"]), organ["term"]["to"]) == (true["members"], true["until"])


@pytest.mark.parametrize("name", NAMES)
def test_every_span_shows_the_words_it_stands_for(name: str) -> None:
    source, _ = read(f"{name}.txt", (CORPUS / f"{name}.txt").read_bytes())
    assert source is not None
    (document,) = compiled(name)["documents"]
    for item in (*document["measures"], *document["outline"]):
        pieces = item.get("parts") or [item["span"]]
        words = bare("".join(source.text[start:end] for start, end in pieces))
        assert bare(item["title"]) in words
