"""Measures: the smallest labelled or titled items that carry a responsibility note."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from luodi.kit.commitments.deadlines import deadline_in
from luodi.kit.commitments.notes import Note, unique
from luodi.kit.commitments.segments import Segment
from luodi.kit.commitments.units import Unit
from luodi.kit.layout.blocks import Paragraph
from luodi.kit.outlines.items import title_of
from luodi.kit.problems import Span

_TASKS = re.compile(
    r"任务|举措|措施|重点|工作内容|行动|路径|抓手|工程|工作安排|主要工作|建设内容|实施内容"
)
_NOT_TASKS = re.compile(
    r"保障|总体|目标|指导思想|要求|原则|基础|形势|背景|附则|现状|意义|思路|回顾|组织|环境|步骤|进度|时间安排|监督|考核|机遇|定位|范围|依据|领导|组成人员|人员组成|职责|工作机构|办事机构|工作规则"
)
_CONTAINER = re.compile(
    r"(?:主要|重点|工作|具体|实施|建设|改造|整治|目标|推进|攻坚|行动)*(?:任务|举措|措施|工作|内容|行动|路径|工程)\Z"
)
_NO_TASK_SECTION = re.compile(r"(?:回顾|态势|思路|目标|现状|形势|原则|问题|思想|要求|意义)\Z")


_ABOVE = re.compile(r"(?:以上|上述)(?:各项|所有|全部|\S{0,6}?[项条])?(?:任务|工作|事项|措施|项目)")
_TO_ALL = re.compile(r"各(?:责任|牵头|有关|相关|级|地|县|区|部门|单位)[^。，]{0,16}(?:要|应|须|请)")
"""Closing words to all the units of a document; a date in them is of no one measure."""


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

    @property
    def level(self) -> int:
        """Level of the item's label, 0 for the body itself."""
        return self.segment.level if self.segment else 0


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


def tree_of(segments: Sequence[Segment]) -> Item:
    """The body as a tree by level; a stretch that is only a note goes to the item before it."""
    root = Item(None)
    here = root
    for segment in segments:
        if segment.label:
            while here.level >= segment.level and here.parent:
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


def choose(root: Item, paragraphs: Sequence[Paragraph]) -> list[Item]:
    """Mark the items that are measures; returns all labelled items."""
    items = walk(root)
    everyone = [root, *items]
    for item in everyone:
        item.loose = _groups(item)
    unnumbered = any(_stands_by_itself(item, paragraphs) for item in everyone)
    for item in everyone:
        _settle(item, unnumbered, paragraphs)
    _lift_shared_notes(everyone)
    _spread_backwards(everyone, paragraphs)
    if any(item.chosen or item.loose for item in everyone):
        _drop_outer(items)
    else:
        _choose_without_notes(root, paragraphs)
    return items


def _groups(item: Item) -> list[list[Segment]]:
    """Plain stretches under an item, each group closed by its note; an open rest is left out."""
    groups: list[list[Segment]] = []
    waiting: list[Segment] = []
    for segment in item.plain:
        waiting.append(segment)
        if segment.notes:
            only_note = all(one.bare for one in waiting)
            if only_note and groups:
                groups[-1] += waiting
            else:
                groups.append(waiting)
            waiting = []
    return groups


def _stands_by_itself(item: Item, paragraphs: Sequence[Paragraph]) -> bool:
    return len(item.loose) > 1 and not item.notes and not item.children


def _settle(item: Item, unnumbered: bool, paragraphs: Sequence[Paragraph]) -> None:
    """Decide whether notes in plain paragraphs belong to the item or to the paragraphs."""
    groups = item.loose
    if not groups:
        item.chosen = _carries(item.notes)
        return
    if item.segment is None:
        return
    several = len(groups) > 1 and not item.notes
    phrase = unnumbered and _has_phrase(groups[0], paragraphs)
    if several or (phrase and not item.notes):
        return
    item.notes += [note for group in groups for one in group for note in one.notes]
    item.loose = []
    item.chosen = _carries(item.notes)


def _carries(notes: Sequence[Note]) -> bool:
    """Whether any of the notes names a unit or a time; a line that names people carries none."""
    return any(note.units or note.deadline for note in notes)


def _has_phrase(group: list[Segment], paragraphs: Sequence[Paragraph]) -> bool:
    text = paragraphs[group[0].para].text[group[0].start : group[0].end]
    stop = text.find("。")
    return 0 < stop <= 24 and len(text) > stop + 8


def _lift_shared_notes(everyone: list[Item]) -> None:
    """A note behind the last of several sub-items that have none belongs to the item above."""
    parents = [one for one in everyone if one.segment and len(one.children) > 1]
    noted = [one for one in parents if any(child.chosen for child in walk(one))]
    shared = [one for one in noted if _only_last(one)]
    most = len(shared) > 1 and 2 * len(shared) > len(noted)
    for one in shared:
        last = one.children[-1]
        if last.segment and (
            (last.segment.label and last.segment.label.form in ("four", "circle", "is")) or most
        ):
            one.notes += last.notes
            one.chosen, last.chosen, last.notes = True, False, []


def _spread_backwards(everyone: list[Item], paragraphs: Sequence[Paragraph]) -> None:
    """以上任务由…牵头 below the last of several items is said of all of them without a note."""
    for item in everyone:
        said = [one for one in item.plain if _ABOVE.match(paragraphs[one.para].text, one.start)]
        notes = [note for one in said for note in one.notes if note.units]
        if not notes or not item.parent or item.notes != notes:
            continue
        siblings = item.parent.children
        for before in reversed(siblings[: siblings.index(item)]):
            if before.chosen or before.loose or before.children:
                break
            before.notes, before.chosen = list(notes), True


def _only_last(item: Item) -> bool:
    if item.chosen or any(child.children for child in item.children):
        return False
    rest = item.children[:-1]
    return item.children[-1].chosen and not any(one.chosen or one.loose for one in rest)


def _drop_outer(items: list[Item]) -> None:
    """The smallest item that carries a note counts: an item above chosen ones doesn't."""
    for item in items:
        if item.chosen and any(below.chosen or below.loose for below in walk(item)):
            item.chosen = False


def _choose_without_notes(root: Item, paragraphs: Sequence[Paragraph]) -> None:
    """Without notes the numbered items of the task chapters are the measures."""
    chapters = [one for one in root.children if one.segment]
    titles = [title(one, paragraphs) for one in chapters]
    named = [
        one
        for one, name in zip(chapters, titles, strict=True)
        if _TASKS.search(name) and not is_apart(name)
    ]
    other = [one for one, name in zip(chapters, titles, strict=True) if not is_apart(name)]
    whole = [one for one, name in zip(chapters, titles, strict=True) if _CONTAINER.match(name)]
    for chapter in (named if whole else other) or other:
        for item in [chapter, *walk(chapter)] if not chapter.children else walk(chapter):
            if item.children and not _only_sentences(item):
                continue
            item.chosen = not _below_chosen(item) and not _under_apart(item, chapter, paragraphs)


def _under_apart(item: Item, chapter: Item, paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a heading between the chapter and the item says it is no task (回顾, 目标, 思路)."""
    above: Item | None = item if item.level <= chapter.level + 1 else item.parent
    while above and above is not chapter:
        if _NO_TASK_SECTION.search(title(above, paragraphs)):
            return True
        above = above.parent
    return False


def is_apart(title: str) -> bool:
    """Whether a chapter's title says it holds no tasks (总体要求, 组织实施, 附则)."""
    hit = _NOT_TASKS.search(title)
    return bool(hit) and not re.search(r"任务|举措", title)


def _only_sentences(item: Item) -> bool:
    """Sub-items below 1. that are plain sentences don't make measures of their own."""
    forms = {
        child.segment.label.form for child in item.children if child.segment and child.segment.label
    }
    return bool(forms) and forms <= {"four", "circle", "is"}


def _below_chosen(item: Item) -> bool:
    above = item.parent
    while above:
        if above.chosen:
            return True
        above = above.parent
    return False


def title(item: Item, paragraphs: Sequence[Paragraph]) -> str:
    """The title of an item, empty for the body itself."""
    segment = item.segment
    if not segment or not segment.label:
        return ""
    text = paragraphs[segment.para].text
    start, end = title_of(text, segment.label.end, _spans(segment.notes), segment.end)
    return text[start:end]


def _spans(notes: Sequence[Note]) -> list[Span]:
    return [(note.start, note.end) for note in notes]


def measures_of(root: Item, paragraphs: Sequence[Paragraph]) -> list[Measure]:
    """The measures in the order of the text."""
    found = [_labelled(item, paragraphs) for item in walk(root) if item.chosen]
    for item in [root, *walk(root)]:
        found += [_loose(item, group, paragraphs) for group in item.loose]
    return sorted(found, key=lambda measure: measure.start)


def path_of(item: Item | None) -> tuple[str, ...]:
    """Labels of the items above and including `item`, outermost first."""
    labels: list[str] = []
    while item and item.segment and item.segment.label:
        labels.append(item.segment.label.text)
        item = item.parent
    return tuple(reversed(labels))


def _labelled(item: Item, paragraphs: Sequence[Paragraph]) -> Measure:
    segment = item.segment
    assert segment is not None and segment.label is not None
    para = paragraphs[segment.para]
    start, end = title_of(para.text, segment.label.end, _spans(segment.notes), segment.end)
    stretches = [segment, *item.plain, *(one for below in walk(item) for one in _own(below))]
    return Measure(
        segment.label.text,
        para.text[start:end],
        path_of(item.parent),
        unique(tuple(unit for note in item.notes for unit in note.units)),
        _deadline(item.notes, stretches, paragraphs),
        _hull(stretches, paragraphs),
        para.hull(start, max(end, start + 1)) if start < len(para.text) else para.span,
        item.level,
        (segment.para, segment.start),
    )


def _own(item: Item) -> list[Segment]:
    return ([item.segment] if item.segment else []) + item.plain


def _loose(item: Item, group: list[Segment], paragraphs: Sequence[Paragraph]) -> Measure:
    first = group[0]
    para = paragraphs[first.para]
    notes = [note for one in group for note in one.notes]
    start, end = title_of(para.text, first.start, _spans(first.notes), first.end)
    return Measure(
        "",
        para.text[start:end],
        path_of(item),
        unique(tuple(unit for note in notes for unit in note.units)),
        _deadline(notes, group, paragraphs),
        _hull(group, paragraphs),
        para.hull(start, max(end, start + 1)),
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
