"""A whole document in one line: cut where labels count on and where the head has its parts."""

from __future__ import annotations

import itertools
import re

from luodi.kit.layout.labels import LABEL, number_of
from luodi.kit.layout.lines import WHITE, Line, columns

_HAN = "\u4e00-\u9fff"
_STOPS = "。；！？;）〕］】)]：:”" + WHITE
_FORMS = ("chapter", "section", "article", "one", "task", "two", "three", "four")
_BLANKS = re.compile(
    rf"(?<=[{_HAN}）”》〕日号：:。])[\s\u3000]+(?=[{_HAN}“《（])|(?<=[日号])[\s\u3000]+|[\s\u3000]+(?=\d{{4}}年)"
)
_HEAD = re.compile(
    rf"(?<=文件)(?=[{_HAN}]{{2,12}}[〔\[［])|(?<=号)(?=[{_HAN}]{{2,40}}关于)|(?<=的通知)(?=[{_HAN}各])"
    r"|(?<=：)(?=[现为按根经《])|(?<=。)(?=[\u4e00-\u9fff]{2,24}\d{4}年\d{1,2}月\d{1,2}日)"
    r"|(?<=[府局委室会])(?=\d{4}年\d{1,2}月\d{1,2}日)"
    r"|(?<=月\d日)(?=[^印，。])|(?<=月\d\d日)(?=[^印，。])|(?<=（此件公开发布）)"
)
_TAIL = re.compile(
    r"(?=抄送[：:])|(?=附件[：:\d])|(?=附件\s)|(?<=附件)\s+|(?<=组)\s+(?=组长)|(?<=日)\s+(?=[（(])|(?<![副务常一])(?=(?:常务|第一)?副?组长[：:])|(?=成员[：:])|(?<=[长任记员席师])\s*(?=(?:工作)?(?:专班|领导小组)办公室设)"
)
_BEFORE_ONE = re.compile(r"(?:[统之第唯同如专万合归逐其]|(?<![计规])划|(?<![清名])单)\Z")
"""统一、 and 单一、 are words and no labels; behind 计划 or 清单 a label stands."""
_PARTED = re.compile(rf"(?<=[。；）〕］】])[{re.escape(WHITE)}]+(?=[{_HAN}“《（\d])")
LONG = 300
_FEW, _LONG_OF_FEW = 5, 100
"""In a text of hardly any lines, a line need not be so long to hold a whole document."""


def unfold(lines: list[Line]) -> list[Line]:
    """The lines, each very long one that holds a numbered document cut into its own lines."""
    most = LONG if len(lines) > _FEW else _LONG_OF_FEW
    if not any(len(line.text) > most for line in lines):
        return lines
    result: list[Line] = []
    for line in lines:
        cuts = _cuts(line.text) if len(line.text) > most else []
        result.extend(_pieces(line, cuts) if cuts else [line])
    return result


def _pieces(line: Line, cuts: list[int]) -> list[Line]:
    edges = [0, *cuts, len(line.text)]
    pieces = []
    for left, right in itertools.pairwise(edges):
        raw = line.text[left:right]
        bare = raw.strip(WHITE)
        if bare:
            start = line.start + left + raw.index(bare[0])
            gap = line.gap if left == 0 else 1
            new = Line(start, start + len(bare), bare, 0, gap, False, columns(bare), True)
            pieces.append(new)
    return pieces


def _cuts(text: str) -> list[int]:
    """Offsets to cut at; none unless labels count up, or blanks behind stops part sentences."""
    labels = _labels(text, _FORMS)
    if len(labels) < 3:
        labels = _labels(text, ("is",))
    if len(labels) < 3:
        blanks = [match.end() for match in _PARTED.finditer(text)]
        return blanks if len(blanks) >= 3 else []
    cuts = {start for start, _ in labels}
    cuts |= {match.end() for match in _TAIL.finditer(text)}
    cuts |= {match.end() for match in _BLANKS.finditer(text, 0, labels[0][0])}
    cuts |= {match.start() for match in _HEAD.finditer(text, 0, labels[0][0])}
    cuts |= _title_ends(text, labels)
    return sorted(cuts - {0})


def _title_ends(text: str, labels: list[tuple[int, int]]) -> set[int]:
    """A blank soon after a label, before any stop, ends the heading's own line."""
    ends = set()
    edges = [start for start, _ in labels[1:]] + [len(text)]
    for (_, after), edge in zip(labels, edges, strict=True):
        title = re.compile(
            rf"[\s\u3000]*[^。；：\s]{{2,30}}(?<=[{_HAN}”）》])[\s\u3000]+(?=[{_HAN}“《（\d—])"
        )
        match = title.match(text, after, edge)
        if match:
            ends.add(match.end())
    return ends


def _labels(text: str, forms: tuple[str, ...]) -> list[tuple[int, int]]:
    """Labels that count on within their form: (start, end) of each.

    A form may begin anew below a higher label, or count on through the whole text; a text that
    begins in the middle has a first label that isn't 1.
    """
    last: dict[str, int] = {}
    ever: dict[str, int] = {}
    found: list[tuple[int, int]] = []
    for match in LABEL.finditer(text):
        form = match.lastgroup or ""
        if form not in forms:
            continue
        number = number_of(match.group())
        before = text[max(0, match.start() - 1) : match.start()]
        if form == "one" and _BEFORE_ONE.search(text, max(0, match.start() - 2), match.start()):
            continue
        after_stop = not before or before in _STOPS or not found
        counts = number - 1 in (last.get(form, 0), ever.get(form, 0))
        begins = number == 1 or (form in ("two", "three") and form not in ever)
        if (counts or begins) and (after_stop or _after_title(text, found, match.start())):
            rank = forms.index(form)
            last = {key: n for key, n in last.items() if forms.index(key) < rank or key == "three"}
            last[form] = ever[form] = number
            found.append(match.span())
    return found


def _after_title(text: str, found: list[tuple[int, int]], start: int) -> bool:
    """Whether what stands since the last label is short enough for a heading without a stop."""
    if not found:
        return False
    if not 2 <= start - found[-1][1] <= 30:
        return False
    since = text[found[-1][1] : start]
    return "。" not in since and "，" not in since[-8:]
