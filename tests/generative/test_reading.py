"""The compiler on broken, mixed and random texts: never raises, never loses a character."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from luodi.kit.compiled import compile_source, to_json, verify
from luodi.kit.readers import Source

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
TEXTS = [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*.txt"))]
SIGNS = st.text(
    st.one_of(
        st.sampled_from(
            "一二三十、（）().。；：，\n\n \u3000\t\f\r“”《》〔〕［］①②第章节是年月日号0123456789%市局委办责任单位牵头附件抄送"
        ),
        st.characters(),
    ),
    max_size=400,
)


def survives(text: str) -> None:
    source = Source("text.txt", "", "txt", text, ((0, len(text)),))
    compiled = compile_source(source)
    assert verify(compiled, source) == ()
    assert "".join(text[leaf.start : leaf.end] for leaf in compiled.layout.leaves()) == text
    value = to_json(compiled)
    json.dumps(value)
    for document in value["documents"]:
        for item in (*document["measures"], *document["outline"], *document["indicators"]):
            start, end = item["span"]
            assert 0 <= start < end <= len(text)
    assert to_json(compile_source(source)) == value


@given(SIGNS)
@settings(max_examples=150, deadline=None)
def test_any_text_compiles_and_keeps_its_characters(text: str) -> None:
    survives(text)


@st.composite
def mangled(draw: st.DrawFn) -> str:
    """A document of the corpus cut, joined, with lines doubled and page heads pushed in."""
    lines = draw(st.sampled_from(TEXTS)).splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, len(lines)))
        lines[place:place] = draw(
            st.sampled_from(
                [
                    ["\f— 3 —\n"],
                    ["示例市人民政府公报\n"],
                    lines[place : place + 1],
                    [],
                    ["（（一一））总体总体\n"],
                ]
            )
        )
        if draw(st.booleans()):
            del lines[place : place + draw(st.integers(0, 3))]
    joined = draw(st.sampled_from(["", "\n", None]))
    text = "".join(lines) if joined is None else joined.join(line.rstrip("\n") for line in lines)
    start = draw(st.integers(0, min(40, len(text))))
    return text[start : draw(st.integers(start, len(text)))] if draw(st.booleans()) else text


@given(mangled())
@settings(max_examples=80, deadline=None)
def test_broken_documents_compile_and_keep_their_characters(text: str) -> None:
    survives(text)


@given(st.lists(st.sampled_from(TEXTS), min_size=2, max_size=3))
@settings(max_examples=15, deadline=None)
def test_several_documents_in_one_file_compile(texts: list[str]) -> None:
    survives("\n".join(texts))
