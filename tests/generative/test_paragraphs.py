"""The source in the reading room: no character is lost, every mark covers exactly its span."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from luodi.reading.rules.commitments import cut, pieces_of
from luodi.reading.rules.paragraphs import Mark, around, page_at, paragraphs_of

TEXTS = st.text(alphabet="一二三。；\n\r <&", max_size=60)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(TEXTS)
    spans = draw(st.lists(st.tuples(*[st.integers(0, len(text))] * 2), max_size=6))
    marks = [Mark(min(s), max(s), f"c{n}") for n, s in enumerate(spans) if s[0] != s[1]]
    return text, marks


@given(marked())
def test_pieces_and_line_breaks_give_the_text_back(case):
    text, marks = case
    lines = ["".join(p.text for p in line.pieces) for line in paragraphs_of(text, marks)]
    assert "\n".join(lines) == text


@given(marked())
def test_every_mark_covers_exactly_its_span(case):
    text, marks = case
    lines = paragraphs_of(text, marks)
    for mark in marks:
        covered = [p.text for line in lines for p in line.pieces if mark.token in p.tokens.split()]
        assert "".join(covered) == text[mark.start : mark.end].replace("\n", "")


@given(TEXTS, st.data())
def test_a_sentence_and_its_surroundings_are_a_stretch_of_the_text(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    before, after = around(text, start, end)
    assert before + text[start:end] + after in text


@given(st.integers(0, 50), st.integers(1, 50), st.data())
def test_a_cut_keeps_every_offset_once(start, length, data):
    end = start + length
    offset = data.draw(st.integers(start, end))
    before, after = cut(pieces_of(start, end, None), offset)
    offsets = [n for s, e in [*before, *after] for n in range(s, e)]
    assert offsets == list(range(start, end))


def test_pages_are_numbered_where_they_begin():
    lines = paragraphs_of("一\n二\n三", [], [(0, 2), (2, 5)])
    assert [line.page for line in lines] == [1, 2, 0]
    assert [page_at([(0, 2), (2, 5)], n) for n in (0, 2, 4)] == [1, 2, 2]
    assert page_at([(0, 5)], 3) == 0


def test_nothing_stands_before_the_first_sentence_of_a_paragraph():
    assert around("甲。\n\n乙。丙。", 4, 6) == ("", "丙。")
    assert around("甲。乙。丙。", 2, 4) == ("甲。", "丙。")
