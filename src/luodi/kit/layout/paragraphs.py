"""Lines joined to paragraphs: where does a sentence go on, where does a new piece begin."""

from __future__ import annotations

import re
from dataclasses import dataclass

from luodi.kit.layout.labels import DATELINE, KEY_END, LABEL, NOTE_LINE, ROLE_LINE
from luodi.kit.layout.lines import Line, full_lines, wrap_width

_STOP = "。！？；"
_CLOSED = re.compile(
    r"[。！？；：:][”’）)】〕］\]」]*\Z|(?:单位|负责|牵头|配合|落实|等|部门|[局委府会办厅部院行司团心站队区县市镇处室街道乡村社联协])[）)〕］\]】][。；]?\Z"
    r"|——[^。；]{2,80}(?:负责|牵头|配合|落实|[局委府会办厅部院行司团心站队区县市镇处室街道乡村社联协])\Z"
)
_UNITS_END = re.compile(
    r"(?:单位|部门|负责|牵头|配合|落实|等|[局委府会办厅部院行司团心站队区县市镇处室校所街道乡村社联协])\Z"
)
_UNITS_KEY = re.compile(r"(?:单位|部门)[：:][^。；]{2,}\Z")
_NOTE = re.compile(r"[（(〔［【][^（）()〔〕［］【】]{4,}[）)〕］】]")
_OPEN_ENDED = re.compile(r"[，、,（(《“〔［—]\Z")
_MEMBER = re.compile(
    r"(?:[\u4e00-\u9fff][\u4e00-\u9fff\s\u3000]{1,5}|示例-\d+)[\s\u3000]+\S+(?:长|主任|员|书记|经理|主席|组长|处|县长|区长)\Z"
)
_TITLE = re.compile(
    r"[^。；]*(?:通知|方案|规划|计划|意见|办法|要点|措施|清单|名单|工作专班|领导小组|公告|通告|决定|批复|函)\Z"
)
_APPENDIX = re.compile(
    r"附[\s\u3000]*[件表][\s\u3000]*[\d一二三四五六七八九十]*[：:]?(?:\Z|[\s\u3000]+)|附[\s\u3000]*件[\d一二三四五六七八九十]*[：:]"
)
_TAIL = re.compile(
    r"抄[\s\u3000]*[送报][：:]|（此件.{2,8}）|(?:\d{4}|[二〇○零一三四五六七八九]{4})[\s\u3000]*年.{1,8}月.{1,8}日\Z|【[^】]{2,30}】\Z|[\u4e00-\u9fff]{2,14}[〔\[［（(]\d{4}[〕\]］）)][\s\u3000]*第?\d{1,4}[\s\u3000]*号\Z|专栏[\s\u3000]*\d"
)
_NOTICE_END = re.compile(r"关于[^。]*的通知\Z")
_ROOM = 5
"""Columns left on a line that ends in a stop: two more characters would have found place."""
_SPREAD = re.compile(r"\s{2}|[长任员记席]\Z")
_HEADING_FORMS = frozenset(("chapter", "section", "one", "two"))
_ENDS = "。；：！？，、）)】〕］:"
_PAIRS = tuple(zip("（“《〔［【(", "）”》〕］】)", strict=True))


@dataclass(frozen=True, slots=True)
class Habits:
    """How a text is set: its wrap width in columns (0: none), whether indents and gaps speak.

    `full` holds the starts of lines that fill a column narrower than most, `headed` the forms of
    label of which some line is plainly a heading: short, and without a stop.
    """

    width: int
    indents: bool
    gaps: bool
    full: frozenset[int] = frozenset()
    headed: frozenset[str] = frozenset()


def habits_of(lines: list[Line]) -> Habits:
    """Read the habits of a text off its lines."""
    many = max(1, len(lines))
    indented = sum(1 for line in lines if 2 <= line.indent <= 12)
    gapped = sum(1 for line in lines if line.gap >= 2)
    speaks = 0.02 * many < indented
    width = wrap_width(lines)
    full = full_lines(lines, width)
    gaps = 0 < gapped < 0.5 * many
    return Habits(width, speaks and indented < 0.9 * many, gaps, full, _headed(lines, width))


def _headed(lines: list[Line], width: int) -> frozenset[str]:
    if not width:
        return frozenset()
    short = (line for line in lines if line.width + line.indent < width - _ROOM)
    bare = (line.text for line in short if line.text[-1] not in _ENDS and "。" not in line.text)
    return frozenset(match.lastgroup or "" for text in bare if (match := LABEL.match(text)))


def group(lines: list[Line], habits: Habits, fixed: set[int]) -> list[list[int]]:
    """Indexes of lines by paragraph; lines in `fixed` stand alone."""
    groups: list[list[int]] = []
    tail = ""
    for n, line in enumerate(lines):
        alone = not groups or n in fixed or groups[-1][-1] in fixed
        if not alone and _joins(lines[groups[-1][-1]], line, tail, habits, groups[-1], lines):
            groups[-1].append(n)
            tail = (tail + line.text)[-240:]
        else:
            groups.append([n])
            tail = line.text[-240:]
    return groups


def _joins(
    above: Line, line: Line, tail: str, habits: Habits, so_far: list[int], lines: list[Line]
) -> bool:
    if line.cut or above.cut:
        return False
    if not _is_item(line) and (_is_open(tail) or _awaits(above, line)):
        return True
    if _starts_anew(above, line, habits):
        return False
    if _starts_item(above, line, habits) or _stands_alone(above):
        return False
    if habits.width:
        return _goes_on_wrapped(above, line, habits, so_far, lines)
    return _hangs(above, line, habits) or _goes_on_plain(above)


def _hangs(above: Line, line: Line, habits: Habits) -> bool:
    """Where paragraphs are indented, a flush line goes on with an open one above it."""
    if not habits.indents or above.indent < 2 or line.indent or above.width < 24:
        return False
    return not _CLOSED.search(above.text) and not _SPREAD.search(above.text)


def _starts_anew(above: Line, line: Line, habits: Habits) -> bool:
    """Signs that hold whatever the line above looks like."""
    text = line.text
    if "\t" in text and text.count("\t") >= 2:
        return True
    if NOTE_LINE.match(text) and not _OPEN_ENDED.search(above.text):
        return True
    if ROLE_LINE.match(text) or _TAIL.match(text) or _APPENDIX.match(text):
        return True
    if "讯" in text[:12] and DATELINE.match(text):
        return True
    return habits.indents and line.indent >= 2 and above.indent < line.indent + 4


def _is_open(tail: str) -> bool:
    """A bracket or quotation opened near the end and not yet closed holds the lines together."""
    since = tail[tail.rfind("。") + 1 :]
    return any(since.count(left) > since.count(right) for left, right in _PAIRS if left in since)


def _awaits(above: Line, line: Line) -> bool:
    """A line that ends in 责任单位： waits for the names, unless a note of its own follows."""
    return bool(KEY_END.search(above.text)) and not NOTE_LINE.match(line.text)


def _is_item(line: Line) -> bool:
    match = LABEL.match(line.text)
    return bool(match) and bool(match and match.lastgroup not in ("is", "dotted"))


def _starts_item(above: Line, line: Line, habits: Habits) -> bool:
    match = LABEL.match(line.text)
    if not match:
        return False
    if match.lastgroup in ("is", "circle", "four", "dotted"):
        return not habits.width or bool(_CLOSED.search(above.text)) or _is_short(above, habits)
    if match.lastgroup == "three" and _OPEN_ENDED.search(above.text) and len(above.text) > 12:
        return not habits.width or not above.text.endswith(("，", "、"))
    return True


def _is_short(line: Line, habits: Habits) -> bool:
    narrow = bool(habits.width) and line.width + line.indent < habits.width - 9
    return narrow and line.start not in habits.full


def _stands_alone(line: Line) -> bool:
    """Lines that are never the first half of a paragraph."""
    text = line.text
    return bool(_MEMBER.match(text) or _TAIL.match(text) or _NOTICE_END.search(text))


def _goes_on_wrapped(
    above: Line, line: Line, habits: Habits, so_far: list[int], lines: list[Line]
) -> bool:
    short = _is_short(above, habits)
    closed = bool(_CLOSED.search(above.text))
    if above.width + above.indent > habits.width + 8:
        return _goes_on_plain(above)
    if short:
        return not closed and bool(_OPEN_ENDED.search(above.text))
    if len(so_far) == 1 and _heads(above, line, habits):
        return False
    if closed:
        return not _ends_here(above, line, habits)
    return True


def _ends_here(above: Line, line: Line, habits: Habits) -> bool:
    """A full line that ends in a stop: the paragraph ends unless the page says it goes on."""
    if above.text[-1] in "）)〕］】：:" or (habits.gaps and line.gap >= 2):
        return True
    if habits.width - above.width - above.indent > _ROOM:
        return True
    return habits.width > 90 and not habits.indents


def _heads(above: Line, line: Line, habits: Habits) -> bool:
    """A heading that fills its line: what follows is its body, unless it is the heading's rest."""
    match = LABEL.match(above.text)
    if not match or match.lastgroup not in _HEADING_FORMS & habits.headed:
        return False
    if any(stop in above.text for stop in "。；："):
        return False
    rest = line.text.find("。")
    whole = len(_NOTE.sub("", above.text)) + (rest if rest >= 0 else len(line.text))
    room = habits.width - above.width - above.indent
    return whole > (45 if room >= _ROOM else 60) or (rest < 0 and not _is_short(line, habits))


def _goes_on_plain(above: Line) -> bool:
    """One line, one paragraph: only a sentence or a list of units cut by a page goes on."""
    text = above.text
    if _CLOSED.search(text):
        return False
    if _UNITS_KEY.search(text):
        return not _UNITS_END.search(text)
    if LABEL.match(text) and len(text) < 45:
        return False
    if _OPEN_ENDED.search(text) and len(text) > 8:
        return True
    return len(text) > 15 and ("。" in text or "，" in text) and not _TITLE.match(text)
