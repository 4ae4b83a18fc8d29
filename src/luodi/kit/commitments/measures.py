"""Measures: the smallest labelled or titled items that carry a responsibility note."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from luodi.kit.commitments.deadlines import deadline_in
from luodi.kit.commitments.notes import Note, unique
from luodi.kit.commitments.segments import Segment
from luodi.kit.commitments.tree import Item, note_spans, path_of, stretches_of, walk
from luodi.kit.commitments.units import Unit
from luodi.kit.layout.blocks import Paragraph
from luodi.kit.outlines.items import title_of
from luodi.kit.problems import Span

_TO_ALL = re.compile(r"各(?:责任|牵头|有关|相关|级|地|县|区|部门|单位)[^。，]{0,16}(?:要|应|须|请)")
"""Closing words to all the units of a document; a date in them is of no one measure."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A promise of the plan. `path` holds the labels above it; `span` is its hull in the source."""

    label: str
    title: str
    path: tuple[str, ...]
    units: tuple[Unit, ...]
    deadline: str
    span: Span
    title_span: Span
    level: int
    start: tuple[int, int]


def measures_of(root: Item, paragraphs: Sequence[Paragraph]) -> list[Measure]:
    """The measures in the order of the text."""
    found = [_labelled(item, paragraphs) for item in walk(root) if item.chosen]
    for item in [root, *walk(root)]:
        found += [_loose(item, group, paragraphs) for group in item.loose]
    return sorted(found, key=lambda measure: measure.start)


def _title_place(para: Paragraph, start: int, end: int) -> Span:
    """Where a title stands; the whole paragraph where a note leaves no word for one."""
    return para.hull(start, max(end, start + 1)) if start < len(para.text) else para.span


def _labelled(item: Item, paragraphs: Sequence[Paragraph]) -> Measure:
    segment = item.segment
    assert segment is not None and segment.label is not None
    para = paragraphs[segment.para]
    start, end = title_of(para.text, segment.label.end, note_spans(segment.notes), segment.end)
    stretches = stretches_of(item)
    return Measure(
        segment.label.text,
        para.text[start:end],
        path_of(item.parent),
        item.named or unique(tuple(unit for note in item.notes for unit in note.units)),
        _deadline(item.notes, stretches, paragraphs),
        _hull(stretches, paragraphs),
        _title_place(para, start, end),
        item.level,
        (segment.para, segment.start),
    )


def _loose(item: Item, group: list[Segment], paragraphs: Sequence[Paragraph]) -> Measure:
    first = group[0]
    para = paragraphs[first.para]
    notes = [note for one in group for note in one.notes]
    start, end = title_of(para.text, first.start, note_spans(first.notes), first.end)
    return Measure(
        "",
        para.text[start:end],
        path_of(item),
        unique(tuple(unit for note in notes for unit in note.units)),
        _deadline(notes, group, paragraphs),
        _hull(group, paragraphs),
        _title_place(para, start, end),
        0,
        (first.para, first.start),
    )


def _deadline(
    notes: Sequence[Note], stretches: Sequence[Segment], paragraphs: Sequence[Paragraph]
) -> str:
    stated = next((note.deadline for note in notes if note.deadline), "")
    if stated:
        return stated
    texts = (paragraphs[one.para].text[one.start : one.end] for one in stretches)
    texts = (text for text in texts if not _TO_ALL.match(text))
    return next((late for late in map(deadline_in, texts) if late), "")


def _hull(stretches: Sequence[Segment], paragraphs: Sequence[Paragraph]) -> Span:
    spans = [paragraphs[one.para].hull(one.start, one.end) for one in stretches]
    return min(start for start, _ in spans), max(end for _, end in spans)
