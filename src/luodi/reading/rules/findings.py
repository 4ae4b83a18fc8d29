"""What a finding is known by, what it quotes, where it stands, and what it proposes. Pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luodi.audit.rules import canonical, sha256
from luodi.kit.findings import KINDS

from .paragraphs import page_at

MOST_QUOTED = 240
MOST_AROUND = 80
MOST_PASSAGES = 6
MOST_CORRECTION = 300
ENDS = "。；;！？!?"
CLOSERS = "）)”’》"
WRAPPED = 18
"""A line of fewer characters isn't one that the page's width broke."""
BREAK = re.compile(r"\s*\n\s*")
PROPOSALS = ("meant", "computed")
SIGNS = r"[%％‰]|个百分点|万亿元|亿元|万元"
SEVERITIES = ("error", "warning", "info")
SHAPES = {"error": "●", "warning": "▲", "info": "○"}

GROUPS = {
    "算术": _("算术"),
    "一致": pgettext_lazy("finding", "一致"),
    "承诺": _("承诺"),
    "文字": _("文字"),
}


def kind_of(code: str) -> str:
    """What a finding is about in a few words; a kind unknown here shows its code."""
    known = KINDS.get(code)
    return known.title if known else code


def group_of(code: str) -> str:
    """The group of a kind, in the reader's language; '' for one unknown here."""
    known = KINDS.get(code)
    return str(GROUPS.get(known.group, known.group)) if known else ""


def plain(params: Mapping[str, Any]) -> dict[str, Any]:
    """Params as JSON keeps them: strings for what it has no form of."""
    return {str(key): _plain(value) for key, value in params.items()}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Mapping):
        return plain(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    return str(value)


def mark_of(code: str, spans: Sequence[Sequence[int]], params: Mapping[str, Any]) -> str:
    """What a finding is known by within its document."""
    return sha256(canonical([code, [list(span) for span in spans], params]))


def gist_of(code: str, params: Mapping[str, Any], quotes: Sequence[str]) -> str:
    """The same, whatever its place: the finding in another version of the document."""
    places = ("line", "start", "end", "at", "offset")
    bare = {key: value for key, value in params.items() if key not in (*places, "others")}
    return sha256(canonical([code, bare, [re.sub(r"\s+", "", quote) for quote in quotes]]))


def others_of(params: Mapping[str, Any]) -> frozenset[str]:
    """The keys of the other documents a finding speaks of."""
    return frozenset(key for key, _start, _end in params.get("others", ()))


def quotes_of(text: str, spans: Iterable[Sequence[int]]) -> list[str]:
    """The words at each place, long ones shortened in the middle."""
    return [shortened(joined(text[start:end])) for start, end in spans]


def joined(words: str) -> str:
    """Words without the line breaks of the page."""
    return BREAK.sub("", words).strip()


def shortened(words: str, most: int = MOST_QUOTED) -> str:
    """Words at most so long; the middle gives way."""
    if len(words) <= most:
        return words
    tail = most // 4
    return f"{words[: most - tail - 2]}……{words[-tail:]}"


@dataclass(frozen=True)
class Passage:
    """A place a finding speaks of, in its sentence. `page` is 0 where there are no pages."""

    before: str
    words: str
    after: str
    page: int
    heading: str
    start: int
    end: int

    @property
    def sentence(self) -> str:
        """The whole of it."""
        return f"{self.before}{self.words}{self.after}"


def passages_of(
    text: str,
    spans: Sequence[Sequence[int]],
    pages: Sequence[Sequence[int]],
    headings: Sequence[tuple[int, str]],
) -> list[Passage]:
    """The first places of a finding, each in the sentence it stands in."""
    found = []
    for start, end in spans[:MOST_PASSAGES]:
        found.append(
            Passage(
                before=BREAK.sub("", before_in(text, start)).lstrip(),
                words=shortened(joined(text[start:end])),
                after=BREAK.sub("", after_in(text, end)).rstrip(),
                page=page_at(pages, start),
                heading=heading_over(headings, start),
                start=start,
                end=end,
            )
        )
    return found


def before_in(text: str, offset: int) -> str:
    """What stands before an offset in its sentence, at most so much."""
    first = max(0, offset - MOST_AROUND)
    place = offset
    while place > first and text[place - 1] not in ENDS and not breaks_at(text, place - 1):
        place -= 1
    return text[place:offset].lstrip(CLOSERS)


def after_in(text: str, offset: int) -> str:
    """What stands behind an offset in its sentence, with its stop, at most so much."""
    if offset and text[offset - 1] in ENDS:
        return ""
    last = min(len(text), offset + MOST_AROUND)
    place = offset
    while place < last and not breaks_at(text, place):
        place += 1
        if text[place - 1] in ENDS:
            break
    return text[offset:place]


def breaks_at(text: str, place: int) -> bool:
    """Whether a line break parts sentences: a short line before it, or one that has ended."""
    if text[place] != "\n":
        return False
    line = text[max(0, place - MOST_AROUND) : place].rsplit("\n", 1)[-1].strip()
    return len(line) < WRAPPED or line[-1] in ENDS + CLOSERS + ":：" or is_row(line)


def is_row(line: str) -> bool:
    """Whether a line is a table's row: figures and gaps make up most of it."""
    return 2 * sum(c.isdigit() or c.isspace() or c == "." for c in line) > len(line)


def headings_of(content: Mapping[str, Any]) -> list[tuple[int, str]]:
    """From which offset on a text stands under which headings, the widest first."""
    found = sorted(
        (one["span"][0], one["level"], f"{one['label']}{one['title']}")
        for document in content["documents"]
        for one in document["outline"]
    )
    over: dict[int, str] = {}
    paths = []
    for start, level, words in found:
        over = {n: said for n, said in over.items() if n < level} | {level: words}
        paths.append((start, " › ".join(shortened(over[n], 40) for n in sorted(over))))
    return paths


def heading_over(headings: Sequence[tuple[int, str]], offset: int) -> str:
    """The headings over a place; '' before the first one."""
    place = bisect_right(headings, offset, key=lambda one: one[0])
    return headings[place - 1][1] if place else ""


def proposed(code: str, params: Mapping[str, Any], quotes: Sequence[str]) -> str:
    """What the source should say by the checker's own computation; '' where it can't tell: a
    unit that is wrong leaves the figure as it is.
    """
    if code.startswith("unit."):
        return ""
    for name in PROPOSALS if "said" in params else ():
        value = params.get(name)
        if isinstance(value, str | int) and str(value).strip():
            shown = str(value).strip()
            said = str(params.get("said", "")) if shown[-1].isdigit() else ""
            return f"{shown}{_sign_behind(said, quotes)}"[:MOST_CORRECTION]
    return ""


def _sign_behind(said: str, quotes: Sequence[str]) -> str:
    """The unit that stands right behind a figure as printed, where it is one of the usual."""
    if not said:
        return ""
    pattern = re.compile(rf"(?<![\d.]){re.escape(said)}({SIGNS})")
    return next((found[1] for quote in quotes if (found := pattern.search(quote))), "")


def in_order(severity: str, spans: Sequence[Sequence[int]]) -> tuple[int, int]:
    """Errors first, then by place."""
    rank = SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)
    return rank, spans[0][0] if spans else 0
