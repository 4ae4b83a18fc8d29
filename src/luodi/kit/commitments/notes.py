"""Responsibility notes: where they stand in a paragraph, whom and which time they name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from luodi.kit.commitments.rules import LeadRule, Role
from luodi.kit.commitments.units import Unit, looks_like_organ, read_list, restored, split_list
from luodi.kit.layout.labels import LABEL, TIME_KEY, UNIT_KEY

_UNIT_KEY = (
    rf"{UNIT_KEY}|责任主体|责任分工|(?:总?牵头|配合|责任|主责|主办|协办|承办|负责|落实)(?=[：:])"
)
_SKIP_KEY = (
    r"(?:责任|牵头|分管|包联|挂钩|包保|主管)(?:领导|人)|[市县区州]级?领导|联系人|联系电话"
    r"|成果形式|完成标志"
)
_PEOPLE = re.compile(rf"(?:{_SKIP_KEY}) ?[：:]")
_KEY = re.compile(
    rf"(?:(?P<unit>{_UNIT_KEY})|(?P<time>{TIME_KEY})|(?P<skip>{_SKIP_KEY}))"
    r"(?:】 ?[：:]?| ?[：:]) ?"
)
_PARTS = re.compile(rf"(?P<member>成员(?:单位|部门) ?[：:])|{_KEY.pattern}")
"""What parts a note: a list of members is one beside a lead, by itself it is of a roster."""
_WIDE = str.maketrans(",;:", "，；：")
"""Half-width signs part clauses as full-width ones do; brackets of names stay as written."""
_HINT = re.compile(
    r"——|单 ?位|部门|主体|负责|牵头|配合|责任|落实|时限|时间|期限|[）)\]］〕】][。；;]?\Z"
)
_BRACKET = re.compile(r"[（(〔［\[【）)〕］\]】]")
_OPENERS = "（(〔［[【"
_ENDS_HERE = re.compile(r"[ 。；;]*\Z|[。；]")
_ROLE_END = re.compile(
    r"(?:(?:牵头|负责|配合|落实|参与|参加|协助|承担|组织实施|协办|主办)(?:落实|实施|推进)?"
    r"|按照?(?:各自)?职责(?:分工)?)[；;。]?\Z"
)
_LAST_SENTENCE = re.compile(
    r"(?:(?<=[。；：])|(?<![—–])[—–]|\A)[—– ]{0,4}((?:由)?[^。；]{3,120}?(?:牵头|负责|配合)"
    r"(?:落实|实施)?(?:[，；][^。]{3,120}(?:配合|负责|参与|协助|协同|落实|按照?(?:各自)?职责(?:分工)?))?)[。；]?\Z"
)
_LAST = 260
"""Characters at the end of a paragraph in which a note without brackets begins."""
_DASHED = re.compile(r"(?:——|—|–|--) ?(?=[^。—]{3,160}[。；]?\Z)")
_FOOTNOTE = re.compile(
    r"[。，；,;](?=[^。，；]*(?:不再列出|不再一一列出|下同|以下均|排名|列第一|排第一|排在第一|排首位|首位))[^。]*。?\Z"
)
"""What a first note says of the notes below it."""
_REMARK = re.compile(r"(?:以下|以上)(?:均|各项|任务|事项)")
"""（以下均需各县区落实，不再列出）: said of other items than the one it stands in."""
_SEAT = re.compile(r"(?:办公室|指挥部|专班办|组办)\Z")
"""…领导小组办公室（市经信局） says where an office sits."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note in a paragraph's clean text: start, end and the units and deadline it holds."""

    start: int
    end: int
    units: tuple[Unit, ...]
    deadline: str


def find_notes(text: str, rule: LeadRule | None = None) -> list[Note]:
    """The notes of one paragraph in order; notes that touch are one."""
    if not _HINT.search(text):
        return []
    text = text.translate(_WIDE)
    found = _bracketed(text, rule)
    found += _open_notes(text, found, rule)
    found.sort(key=lambda note: note.start)
    merged: list[Note] = []
    for note in found:
        if merged and not text[merged[-1].end : note.start].strip(" 。；;，、"):
            merged[-1] = _merge(merged[-1], note)
        else:
            merged.append(note)
    return merged


def _merge(one: Note, two: Note) -> Note:
    return Note(one.start, two.end, unique(one.units + two.units), one.deadline or two.deadline)


def unique(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Units in order, each name once, with the role it has first."""
    seen: dict[str, Unit] = {}
    for unit in units:
        seen.setdefault(unit.name, unit)
    return tuple(seen.values())


def _bracketed(text: str, rule: LeadRule | None) -> list[Note]:
    notes = []
    for start, end in _groups(text):
        content = _FOOTNOTE.sub("", text[start + 1 : end - 1])
        closes = bool(_ENDS_HERE.match(text, end) or LABEL.match(text, end))
        if _is_note(content, closes, text[start], text[max(0, start - 8) : start]):
            units, deadline = read_note(content, rule)
            if units or deadline or (closes and _PEOPLE.match(content)):
                notes.append(Note(start, min(end, len(text)), units, deadline))
    return notes


def _groups(text: str) -> list[tuple[int, int]]:
    """Outermost bracket pairs; a bracket left open before a note's key closes at the end."""
    groups: list[tuple[int, int]] = []
    depth, start = 0, 0
    for match in _BRACKET.finditer(text):
        if match.group() in _OPENERS:
            if depth == 0 or _KEY.match(text, match.end()):
                depth, start = 0, match.start()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                groups.append((start, match.end()))
    if depth and _KEY.match(text, start + 1):
        groups.append((start, len(text) + 1))
    return groups


def _is_note(content: str, closes: bool, opener: str, before: str) -> bool:
    """Whether a bracket's words are a note: `closes` the item, `before` are the words before."""
    stopped = before[-1:] in ("。", "；")
    key = _KEY.search(content)
    if key and key.start() < 40:
        return True
    if len(content) < 3 or "以下简称" in content or _REMARK.match(content):
        return False
    content = _without_time(content)[0].strip(" ，；;、。")
    if not content or "。" in content:
        return False
    names = restored(split_list(content))
    if _ROLE_END.search(content):
        stems = [unit.name for unit in read_list(content, "responsible")]
        return bool(stems) and looks_like_organ(stems[0])
    if _SEAT.search(before) and len(names) == 1:
        return False
    organs = [looks_like_organ(name.removesuffix("等")) for name in names]
    if not (closes or opener in "［[〔【") or not (organs and organs[0] and organs[-1]):
        return False
    if not all(organs):
        return stopped and _is_local(names[0]) and 5 * sum(organs) >= 3 * len(organs)
    return len(names) > 1 or stopped or _is_local(names[0])


def _is_local(name: str) -> bool:
    return bool(re.match(r"[市县区省州各]|国家|本级", name)) and len(name) >= 4


def _open_notes(text: str, taken: list[Note], rule: LeadRule | None) -> list[Note]:
    """Notes without brackets: after a key, after a dash, or as the last sentence."""
    here = max((note.end for note in taken if note.units or note.deadline), default=0)
    for match in _KEY.finditer(text, here):
        boxed = text[max(0, match.start() - 1) : match.start()] == "【"
        if match.start() == 0 or text[match.start() - 1] in "。；：， —–-【":
            return _one(text, match.start() - boxed, text[match.start() :], rule)
    dashed = _DASHED.search(text, here)
    if dashed and _is_list(text[dashed.end() :]):
        return _one(text, dashed.start(), text[dashed.end() :], rule)
    last = _LAST_SENTENCE.search(text, max(here, len(text) - _LAST))
    if last and _is_list_with_role(last.group(1)):
        return _one(text, last.start(), last.group(1), rule)
    return []


def _one(text: str, start: int, content: str, rule: LeadRule | None) -> list[Note]:
    """A note to the end of the paragraph; a line of its own that names only people is empty."""
    units, deadline = read_note(content, rule)
    whole = start == 0 and bool(_KEY.match(content))
    return [Note(start, len(text), units, deadline)] if units or deadline or whole else []


def _is_list(content: str) -> bool:
    """Whether the words are nothing but names of organs, the first of this place or with a role."""
    names = [unit.name for unit in read_list(content.strip(" 。；;"), "responsible")]
    whole = bool(names) and all(looks_like_organ(name) for name in names)
    return whole and (_is_local(names[0]) or _is_list_with_role(content))


def _is_list_with_role(content: str) -> bool:
    bare = content.strip(" 。；;")
    if not _ROLE_END.search(bare):
        return False
    names = [unit.name for unit in read_list(bare, "responsible")]
    return bool(names) and all(looks_like_organ(name) for name in names)


def read_note(content: str, rule: LeadRule | None = None) -> tuple[tuple[Unit, ...], str]:
    """Units and deadline of a note's words, brackets left out."""
    units: list[Unit] = []
    deadline = ""
    for kind, key, body in _segments(content):
        if kind == "time":
            deadline = deadline or body.strip(" 。；;，、,（）()")
        elif kind == "unit":
            clauses, late = _without_time(body)
            deadline = deadline or late
            units += read_list(clauses, role_of_key(key), rule)
    return unique(tuple(units)), deadline


def _segments(content: str) -> list[tuple[str, str, str]]:
    """(kind, key, body) of each keyed stretch; what stands before the first key has no key."""
    matches = list(_PARTS.finditer(content))
    result = []
    first = content[: matches[0].start()] if matches else content
    if first.strip(" 。；;，、"):
        result.append(("unit", "", first))
    edges = [*(match.start() for match in matches[1:]), len(content)]
    for match, edge in zip(matches, edges, strict=False):
        kind = match.lastgroup if match.lastgroup in ("time", "skip") else "unit"
        result.append((kind, match.group(), content[match.end() : edge]))
    return result


def role_of_key(key: str) -> Role:
    """The role that a key such as 牵头单位 or 配合单位 gives to the units behind it."""
    if "牵头" in key:
        return "lead"
    return (
        "cooperating"
        if re.match(r"配合|协办|协同|协助|参与|参加|支持|成员", key)
        else "responsible"
    )


_TIME_CLAUSE = re.compile(
    r"(?:\A|[，；;。、 ])((?:[^，；;。、：]{0,6}\d{1,4}年[^，；;。、]{0,16}?(?:前|底|末|完成"
    r"|日|月|内|上半年|下半年|季度|全年)|\d{1,2}月(?:\d{1,2}日|底|末)?前?|年底前|年内|全年"
    r"|(?:\d{4}年)?(?:长期|持续|常态化)(?:任务|坚持|推进|实施|开展)|长期|常年)"
    r"(?P<done>(?:完成|建成|落实|办结|基本|取得|投入|投用|见效|出台|实现)[^，；;。、]{0,10})?)(?=[，；;。、]|\Z)"
)


def _without_time(body: str) -> tuple[str, str]:
    match = _TIME_CLAUSE.search(body)
    if not match:
        return body, ""
    late = match.group(1)[: len(match.group(1)) - len(match["done"] or "")].strip()
    return body[: match.start()] + body[match.end() :], late
