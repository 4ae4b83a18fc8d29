"""Real documents, broken: the compiler never raises, loses nothing, says the same twice."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories.mangling import CHANGES, DOCUMENTS, broken, mangled
from luodi.kit.compiled import compile_source, finding_json, to_json, verify
from luodi.kit.readers import Source, read

LARGE = os.environ.get("LUODI_TEST_SIZE") == "full"
EXAMPLES = 3000 if LARGE else 60
KINDS = ("outline", "measures", "indicators", "projects", "organs", "systems", "boxes", "tables")
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be")
patient = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def places(value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Everything in a compiled document that has a span."""
    for document in value["documents"]:
        yield document
        if document["notice"]:
            yield document["notice"]
        for kind in KINDS:
            yield from document[kind]


def survives(source: Source) -> None:
    """All that holds for whatever is compiled."""
    text, size = source.text, len(source.text)
    compiled = compile_source(source)
    assert verify(compiled, source) == ()
    assert "".join(text[leaf.start : leaf.end] for leaf in compiled.layout.leaves()) == text
    value = to_json(compiled)
    assert json.dumps(to_json(compile_source(source))) == json.dumps(value)
    for place in places(value):
        start, end = place["span"]
        assert 0 <= start < end <= size
        assert text[start:end].strip()
        parts = place.get("parts", [[start, end]])
        assert (parts[0][0], parts[-1][1]) == (start, end)
        assert all(a < b for a, b in parts)
        assert all(a[1] <= b[0] for a, b in pairwise(parts))
    for document in value["documents"]:
        for kind in ("outline", "measures"):
            starts = [one["span"][0] for one in document[kind]]
            assert starts == sorted(starts)
    for found in compiled.findings:
        assert found.message and finding_json(found)["spans"] is not None
        assert all(0 <= start <= end <= size for start, end in found.spans)


def as_source(text: str) -> Source:
    return Source("text.txt", "", "txt", text, ((0, len(text)),))


@patient
@given(broken())
def test_a_broken_document_loses_nothing(text: str) -> None:
    survives(as_source(text))


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_every_change_alone_loses_nothing(name: str) -> None:
    for seed in range(40 if LARGE else 3):
        for document in list(DOCUMENTS)[seed % 7 :: 7]:
            survives(as_source(mangled(document, [(name, seed)])[:6000]))


def test_a_tab_between_two_lines_cut_from_one_belongs_to_neither() -> None:
    one = mangled("collective-bodies", [("one long line", 424), ("tabs", 0)])
    survives(as_source(one))


def test_a_table_row_printed_twice_is_a_row_and_no_bold_heading() -> None:
    survives(
        as_source(
            "２２..培培育育企企业业。。〔〔市市商商务务局局\t\t财财政政局局\t\t税税务务局局〕〕"
        )
    )


@patient
@given(broken(), st.sampled_from(ENCODINGS), st.integers(0, 3))
def test_a_broken_document_as_a_file_is_read_or_refused(text: str, encoding: str, cut: int) -> None:
    data = text.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace")
    data = data[: len(data) - cut]
    source, problems = read("方案.txt", data)
    assert read("方案.txt", data) == (source, problems)
    if source is None:
        assert problems[0].severity == "error" and problems[0].message
    else:
        survives(source)


@settings(max_examples=EXAMPLES // 3, deadline=None)
@given(st.lists(broken(), min_size=2, max_size=3), st.sampled_from(["\n", "", "\f"]))
def test_broken_documents_in_one_file_lose_nothing(texts: list[str], between: str) -> None:
    survives(as_source(between.join(text[:8000] for text in texts)))
