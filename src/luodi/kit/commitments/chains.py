"""Industrial chains as plans print them: boxes of priorities, and directories of firms to invite.

Both are read by their form alone. Where a page stood upright or was stretched, a directory comes
as one sign to a line; blank lines part the cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

CHAIN_BOX = re.compile(
    r"^(.{2,40}?)(?:[“\"][^”\"]{1,12}[”\"])?(?:发展重点|重点方向|重点产品|重点领域)$"
)
LABEL = re.compile(
    r"^\s*(?:（[\d一二三四五六七八九十]+）|\(\d+\)|\d+[.．、]|[一二三四五六七八九十]是)\s*"
)
ITEM = re.compile(r"^\s*([^：:。；\n]{2,40})[：:]\s*(.+)$", re.DOTALL)
VERBS = re.compile(
    r"^(?:(?:重点|大力|积极|加快|补充|延伸|同时|主要|以及|并)*"
    r"(?:发展|研发|开发|攻克|突破|推广|布局|引进|开展|扩展|培育))"
)
AIM = re.compile(r"^(?:以[^，；。]{2,40}?为(?:材料|基础|主)的|应用于.{2,16}?的|适用于.{2,16}?的)")
NO_THING = re.compile(
    r"^(?:提升|降低|提高|最大|使|并|其|能够|进一步|满足|实现|扩大|以.{2,40}为(?:方向|目标|重点)$)"
)
TAIL = re.compile(r"(.)等(?!离子)(?:等)?([^、，；。]{0,24})$")
CLAUSES = re.compile(r"[，；。;,]|以及")
PARTS = re.compile(r"、|和(?=[^、，；。]{4,})")
TECHNIQUE = ("技术", "工艺")
LONGEST = 30
MOST = 60


@dataclass(frozen=True)
class ChainSegment:
    """A segment of a chain as a box prints it: what it should make, and which techniques."""

    name: str
    products: tuple[str, ...]
    techniques: tuple[str, ...]


def chain_of(title: str) -> str:
    """The chain a box of priorities is about; '' where the title isn't that of one."""
    found = CHAIN_BOX.match(title.strip())
    return found.group(1).strip() if found else ""


def read_segment(item: str) -> ChainSegment | None:
    """A segment from an item of a box (name, colon, what to develop); None where it isn't one."""
    found = ITEM.match(LABEL.sub("", item))
    if not found:
        return None
    products: list[str] = []
    techniques: list[str] = []
    for clause in CLAUSES.split(re.sub(r"\s+", "", found.group(2))):
        for name, technique in _named(clause):
            into = techniques if technique else products
            if name not in into:
                into.append(name)
    return ChainSegment(found.group(1).strip(), tuple(products[:MOST]), tuple(techniques[:MOST]))


def _named(clause: str) -> Iterator[tuple[str, bool]]:
    """The things a clause lists, and whether they are techniques.

    The verb before goes, and so does what sums them up behind (等…); where that is a technique,
    all before it are.
    """
    if NO_THING.match(clause):
        return
    bare = AIM.sub("", VERBS.sub("", clause))
    summed = TAIL.search(bare)
    all_techniques = bool(summed and summed.group(2).endswith(TECHNIQUE))
    for part in PARTS.split(TAIL.sub(r"\1", bare)):
        name = VERBS.sub("", part).removeprefix("以").strip("“”：: ")
        if 2 <= len(name) <= LONGEST and not NO_THING.match(name):
            yield name, all_techniques or name.endswith(TECHNIQUE)


FIRM = re.compile(r"(?:公司|集团|厂|处|所|院|中心|泵业|[^企产工]业|[）)])$")
WHOLE = re.compile(r"(?:公司|集团|厂|处|研究院|泵业|[）)])$")
DOUBLED = re.compile(r"^(.{2,8})\1$")
CELL = re.compile(r"[^\n]+(?:\n[^\n]+)*")
FRAGMENT = 3
"""A stretched line comes in pieces of up to so many signs."""
KIND = re.compile(r"(?:生产|制造)?企业$")


@dataclass(frozen=True)
class FirmGroup:
    """Firms under one head, with the place of head and firms in the text."""

    name: str
    firms: tuple[str, ...]
    start: int
    end: int

    @property
    def wanted(self) -> str:
        """What the firms make, as the head says it: 光学元件企业 → 光学元件."""
        return KIND.sub("", self.name) or self.name


@dataclass
class _Cell:
    text: str
    start: int
    end: int


def firm_groups(text: str, start: int = 0) -> tuple[FirmGroup, ...]:
    """The groups of a directory printed as cells: a head, a colon, firms; nothing where none is.

    `start` is the place of `text` in its document. A group needs two marks: its colon, and names
    that end as firms' do; words that are neither are left out.
    """
    cells = _cells(text, start)
    heads = [n for n, cell in enumerate(cells) if n and cell.text.startswith("：")]
    groups = []
    for place, n in enumerate(heads):
        stop = heads[place + 1] - 1 if place + 1 < len(heads) else len(cells)
        first = _Cell(cells[n].text[1:], cells[n].start, cells[n].end)
        firms = [one for one in _joined([first, *cells[n + 1 : stop]]) if FIRM.search(one.text)]
        names = tuple(dict.fromkeys(one.text for one in firms if _is_name(one.text)))
        if names:
            head = cells[n - 1]
            groups.append(FirmGroup(head.text, names, head.start, firms[-1].end))
    return tuple(groups)


def _is_name(text: str) -> bool:
    return 4 <= len(text) <= LONGEST and "。" not in text and "，" not in text


def _cells(text: str, start: int) -> list[_Cell]:
    found = []
    for match in CELL.finditer(text):
        bare = re.sub(r"\s+", "", match.group())
        if bare:
            found.append(_Cell(bare, start + match.start(), start + match.end()))
    return found


def _joined(cells: Sequence[_Cell]) -> Iterator[_Cell]:
    """Cells with the pieces of stretched lines put together; doubled column heads end them."""
    now: _Cell | None = None
    for n, cell in enumerate(cells):
        if n + 1 < len(cells) and cell.text == cells[n + 1].text:
            break
        if now is not None and _goes_on(now.text, cell.text):
            now = _Cell(now.text + cell.text, now.start, cell.end)
            continue
        if now is not None:
            yield now
        now = cell
    if now is not None:
        yield now


def _goes_on(before: str, after: str) -> bool:
    opened = before.count("（") > before.count("）")
    if opened:
        return True
    pieces = len(after) <= FRAGMENT or len(before) <= FRAGMENT
    return pieces and not WHOLE.search(before)
