"""`compile_source`: every pass over one source in its order, and the proof that nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Protocol

from luodi.kit.commitments import (
    Heading,
    Item,
    Measure,
    Organ,
    Policy,
    Project,
    System,
    choose,
    headings_of,
    lead_rule,
    measures_of,
    organs_of,
    policies_of,
    projects_of,
    segments_of,
    systems_of,
    table_measures,
    task_cells,
    tree_of,
)
from luodi.kit.findings import Reading, findings_of
from luodi.kit.findings.recognised import Recognised, recognised_items
from luodi.kit.layout import Layout, Paragraph, lay_out, lost
from luodi.kit.outlines import (
    Box,
    Head,
    Parts,
    Table,
    find_boxes,
    find_tables,
    headline_behind,
    label_at,
    read_head,
    shift_of,
    split_documents,
    split_parts,
)
from luodi.kit.problems import Problem, Span
from luodi.kit.targets import Figure, Indicator, indicators_of, period_marks, table_indicators


class Placed(Protocol):
    """Anything with a place in the text."""

    @property
    def span(self) -> Span: ...


class Drawn(Placed, Protocol):
    """A table the source itself draws."""

    @property
    def merged(self) -> Sequence[tuple[Span, frozenset[int]]]: ...


class Text(Protocol):
    """What the compiler needs of a reader's source."""

    @property
    def name(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def pages(self) -> tuple[Span, ...]: ...
    @property
    def tables(self) -> Sequence[Drawn]: ...
    @property
    def ocr(self) -> Sequence[Recognised]: ...


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a source, with everything read from it."""

    head: Head
    span: Span
    outline: tuple[Heading, ...]
    measures: tuple[Measure, ...]
    indicators: tuple[Indicator, ...]
    projects: tuple[Project, ...]
    organs: tuple[Organ, ...]
    systems: tuple[System, ...]
    policies: tuple[Policy, ...]
    boxes: tuple[Box, ...]
    tables: tuple[Table, ...]
    parts: Parts


@dataclass(frozen=True, slots=True)
class Compiled:
    """A compiled source: its layout, its documents, its findings."""

    name: str
    sha256: str
    size: int
    layout: Layout
    documents: tuple[Document, ...]
    findings: tuple[Problem, ...] = field(default=())
    ocr: tuple[Recognised, ...] = field(default=())


def compile_source(source: Text) -> Compiled:
    """Read everything there is in `source`. Pure, total, linear in its length."""
    tables = tuple(table.span for table in source.tables)
    layout = lay_out(source.text, source.pages, tables)
    paragraphs = layout.paragraphs
    wholes = [whole for whole in split_documents(paragraphs) if len(whole)]
    merged = [row for table in source.tables for row in table.merged]
    read = [_document(paragraphs, whole, merged) for whole in wholes]
    found = [finding for _, findings in read for finding in findings]
    items = [item.span for document, _ in read for item in _items(document)]
    return Compiled(
        source.name,
        source.sha256,
        len(source.text),
        layout,
        tuple(document for document, _ in read),
        (*found, *recognised_items(items, source.ocr)),
        tuple(source.ocr),
    )


def _items(one: Document) -> Iterator[Placed]:
    yield from one.measures
    yield from one.indicators
    yield from one.projects
    yield from one.organs
    yield from one.systems


def _document(
    paragraphs: Sequence[Paragraph],
    whole: range,
    merged: Sequence[tuple[Span, frozenset[int]]],
) -> tuple[Document, list[Problem]]:
    inside = [paragraphs[n] for n in whole]
    parts = split_parts(paragraphs, whole)
    boxes = find_boxes(paragraphs, parts.body)
    boxed = {n for box in boxes for n in box.at}
    body = [n for n in parts.body if n not in boxed]
    tree = _read_tree(paragraphs, [*parts.head], body, frozenset(parts.plans))
    beside = [n for part in parts.appendices for n in part]
    measures = tuple(measures_of(tree, paragraphs))
    tables = find_tables(paragraphs, range(whole.start, parts.tail.start))
    cells = task_cells(tables)
    if not any(measure.units for measure in measures):
        measures = tuple(table_measures(tables, paragraphs, merged)) or measures
    if not any(measure.units for measure in measures):
        measures = _appended(paragraphs, parts) or measures
    words = [n for n in whole if paragraphs[n].kind == "text"]
    projects = projects_of(paragraphs, words, boxes, tables)
    head = read_head(inside)
    headline = headline_behind(paragraphs, whole)
    if headline is not None:
        head = replace(head, title=headline)
    figures: dict[int, list[Figure]] = {}
    document = Document(
        head=head,
        span=(inside[0].span[0], inside[-1].span[1]),
        outline=tuple(headings_of(tree, paragraphs)),
        measures=measures,
        indicators=(
            *_indicators(
                paragraphs, [*parts.head, *_with_figures(parts, boxes, projects)], head, figures
            ),
            *table_indicators(tables),
            *_indicators(cells, range(len(cells)), head, {}, "任务"),
        ),
        projects=tuple(projects),
        organs=tuple(organs_of(paragraphs, [*parts.body, *beside], tables)),
        systems=tuple(systems_of(paragraphs, words)),
        policies=tuple(policies_of(paragraphs, words)),
        boxes=boxes,
        tables=tables,
        parts=parts,
    )
    reading = Reading(
        paragraphs,
        words,
        document.head,
        tree,
        measures,
        document.indicators,
        tables,
        document.organs,
        boxes,
        figures,
    )
    return document, findings_of(reading)


def _appended(paragraphs: Sequence[Paragraph], parts: Parts) -> tuple[Measure, ...]:
    """The measures of the first appendix that names units: the tasks of the text shared out."""
    for part in parts.appendices:
        tree = _read_tree(paragraphs, [*parts.head, *parts.body], [*part])
        measures = tuple(measures_of(tree, paragraphs))
        if any(measure.units for measure in measures):
            return measures
    return ()


def _with_figures(parts: Parts, boxes: Sequence[Box], projects: Sequence[Project]) -> Sequence[int]:
    """The body without its captions of boxes and without the boxes that list projects."""
    listing = {project.box for project in projects}
    apart = {n for box in boxes for n in (box.at if box.name in listing else box.at[:1])}
    return [n for n in parts.body if n not in apart]


def _indicators(
    paragraphs: Sequence[Paragraph],
    where: Sequence[int],
    head: Head,
    figures: dict[int, list[Figure]],
    heading: str = "",
) -> tuple[Indicator, ...]:
    words = [n for n in where if paragraphs[n].kind == "text"]
    years = {period for _, period in period_marks(head.title)}
    year = years.pop() if len(years) == 1 else ""
    return tuple(indicators_of(paragraphs, words, year, figures, heading))


def _read_tree(
    paragraphs: Sequence[Paragraph],
    head: list[int],
    body: list[int],
    plans: Set[int] = frozenset(),
) -> Item:
    labels = (label_at(paragraphs[n].text) for n in body)
    shift = shift_of(label.form for label in labels if label)
    rule = next((found for n in (*head, *body) if (found := lead_rule(paragraphs[n].text))), None)
    tree = tree_of(segments_of(paragraphs, body, shift, rule), plans)
    choose(tree, paragraphs, rule)
    return tree


def verify(compiled: Compiled, source: Text) -> tuple[Problem, ...]:
    """Problems where a character of the source is in no leaf or in two; empty: nothing lost."""
    return tuple(
        Problem(
            "reading.lost",
            "error",
            f"第 {start}–{end} 个字符没有归入版面或被重复计入。",
            ((start, end),),
            {"start": start, "end": end},
        )
        for start, end in lost(compiled.layout, source.text)
    )
