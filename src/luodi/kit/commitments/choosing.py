"""Which items of a document are its measures (DESIGN.md 5)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luodi.kit.commitments.apart import is_apart, is_container, is_task_chapter, is_task_free
from luodi.kit.commitments.clauses import named_units
from luodi.kit.commitments.notes import Note, unique
from luodi.kit.commitments.rules import LeadRule
from luodi.kit.commitments.segments import Segment
from luodi.kit.commitments.tree import Item, stretches_of, title, walk
from luodi.kit.commitments.units import Unit
from luodi.kit.layout.blocks import Paragraph

_ABOVE = re.compile(r"(?:以上|上述)(?:各项|所有|全部|\S{0,6}?[项条])?(?:任务|工作|事项|措施|项目)")


def choose(root: Item, paragraphs: Sequence[Paragraph], rule: LeadRule | None = None) -> list[Item]:
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
        _name_units(root, paragraphs, rule)
    return items


def _name_units(root: Item, paragraphs: Sequence[Paragraph], rule: LeadRule | None) -> None:
    """Units that the words of the measures name; where no item is one, of plain paragraphs."""
    chosen = [item for item in walk(root) if item.chosen]
    for item in chosen:
        item.named = unique(
            tuple(unit for one in stretches_of(item) for unit in _named(one, paragraphs, rule))
        )
    if not chosen:
        root.loose = [[one] for one in root.plain if _named(one, paragraphs, rule)]


def _named(
    one: Segment, paragraphs: Sequence[Paragraph], rule: LeadRule | None
) -> tuple[Unit, ...]:
    start = one.label.end if one.label else one.start
    return named_units(paragraphs[one.para].text[start : one.end], rule)


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
    return _alone(groups)


def _alone(groups: list[list[Segment]]) -> list[list[Segment]]:
    """Where half the stretches carry their own note, so do the others: what is above is apart."""
    own = [group for group in groups if not group[-1].bare]
    if 2 * sum(1 for group in own if len(group) == 1) < max(1, len(own)):
        return groups
    return [group if group[-1].bare else group[-1:] for group in groups]


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
    other = [one for one, name in zip(chapters, titles, strict=True) if not is_apart(name)]
    if any(map(is_container, titles)):
        tasks = [one for one, name in zip(chapters, titles, strict=True) if is_task_chapter(name)]
    else:
        tasks = []
    for chapter in tasks or other:
        for item in [chapter, *walk(chapter)] if not chapter.children else walk(chapter):
            if item.children and not _only_sentences(item):
                continue
            item.chosen = not _below_chosen(item) and not _under_apart(item, chapter, paragraphs)


def _under_apart(item: Item, chapter: Item, paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a heading between the chapter and the item says it is no task (回顾, 目标, 思路)."""
    above: Item | None = item if item.level <= chapter.level + 1 else item.parent
    while above and above is not chapter:
        if is_task_free(title(above, paragraphs)):
            return True
        above = above.parent
    return False


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
