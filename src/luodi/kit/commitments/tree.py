"""The body of a document as a tree of labelled items."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from luodi.kit.commitments.notes import Note
from luodi.kit.commitments.segments import Segment
from luodi.kit.commitments.units import Unit
from luodi.kit.layout.blocks import Paragraph
from luodi.kit.outlines.items import RANKS, title_of
from luodi.kit.problems import Span


@dataclass(slots=True)
class Item:
    """A node of the body: its own stretch, the plain ones under it, the items below it."""

    segment: Segment | None
    parent: Item | None = None
    plain: list[Segment] = field(default_factory=list)
    children: list[Item] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    last: Segment | None = None
    chosen: bool = False
    loose: list[list[Segment]] = field(default_factory=list)
    named: tuple[Unit, ...] = ()
    """Units that the words themselves name (由市水利局负责), where the document has no notes."""

    @property
    def level(self) -> int:
        """Level of the item's label, 0 for the body itself."""
        return self.segment.level if self.segment else 0

    @property
    def rank(self) -> int:
        """Rank of the item's form of label, 0 for the body itself."""
        label = self.segment.label if self.segment else None
        return RANKS[label.form] if label else 0


def tree_of(segments: Sequence[Segment], starts: Set[int] = frozenset()) -> Item:
    """The body as a tree by form of label; a stretch that is only a note goes to the item before.

    `starts` are the paragraphs where another plan begins: what follows hangs under none above.
    """
    root = Item(None)
    here = root
    for segment in segments:
        if segment.para in starts:
            here = root
        if segment.label:
            rank = RANKS[segment.label.form]
            while here.rank >= rank and here.parent:
                here = here.parent
            item = Item(segment, here, notes=list(segment.notes), last=segment)
            here.children.append(item)
            here = item
        else:
            here.plain.append(segment)
        _extend(here, segment)
    return root


def _extend(item: Item | None, segment: Segment) -> None:
    while item:
        item.last = segment
        item = item.parent


def walk(item: Item) -> list[Item]:
    """All items under `item` in the order of the text."""
    found: list[Item] = []
    stack = list(reversed(item.children))
    while stack:
        node = stack.pop()
        found.append(node)
        stack.extend(reversed(node.children))
    return found


def title(item: Item, paragraphs: Sequence[Paragraph]) -> str:
    """The title of an item, empty for the body itself."""
    segment = item.segment
    if not segment or not segment.label:
        return ""
    text = paragraphs[segment.para].text
    start, end = title_of(text, segment.label.end, note_spans(segment.notes), segment.end)
    return text[start:end]


def note_spans(notes: Sequence[Note]) -> list[Span]:
    """Where the notes stand in their paragraph."""
    return [(note.start, note.end) for note in notes]


def path_of(item: Item | None) -> tuple[str, ...]:
    """Labels of the items above and including `item`, outermost first."""
    labels: list[str] = []
    while item and item.segment and item.segment.label:
        labels.append(item.segment.label.text)
        item = item.parent
    return tuple(reversed(labels))


def stretches_of(item: Item) -> list[Segment]:
    """The stretches of an item and of all below it, in order."""
    return [one for each in (item, *walk(item)) for one in _own(each)]


def _own(item: Item) -> list[Segment]:
    return ([item.segment] if item.segment else []) + item.plain
