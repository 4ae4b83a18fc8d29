"""Checks on what a text points at: annexes, tables and boxes that aren't there, late titles."""

from __future__ import annotations

import re
from collections.abc import Mapping

from luodi.kit.findings.kinds import finding
from luodi.kit.findings.reading import Reading
from luodi.kit.problems import Problem, Span
from luodi.kit.quantities import read_number
from luodi.kit.refusals import Refusal

_NUMBER = r"(?P<n>\d{1,2}|[一二三四五六七八九十]{1,2})"
_CAPTION = re.compile(rf"(?P<kind>表|专栏|附表|图)[ \u3000]?{_NUMBER}(?![\d年月日%.、，。])")
_ANNEX = re.compile(rf"附[ \u3000]?件[ \u3000]?{_NUMBER}?(?:[：: \u3000]|\Z)")
_LISTED = re.compile(r"附[ \u3000]?件[ \u3000]?[：:][ \u3000]*(?P<first>\d{1,2})?")
_NEXT = re.compile(r"(?P<n>\d{1,2})[.．、](?!\d)")
_MENTION = re.compile(
    r"(?:(?:详?见|参见|参照|如|按照|根据|依据|对照)(?:本[方规计要])?(?P<kind>附件|附表|表|专栏|图)"
    rf"[ \u3000]?{_NUMBER}"
    r"|[（(](?:详?见)?(?P<kind2>附件|附表|表|专栏)[ \u3000]?(?P<n2>\d{1,2})[）)])"
    r"(?!\d|[年月日%个家项])"
)
_TITLE = re.compile(r"表[ \u3000]?(?P<n>\d{1,2})(?![\d年月%.、，。])[^。；，]{0,50}\Z")


def _value(text: str) -> int:
    read = read_number(text)
    return 0 if isinstance(read, Refusal) else int(read[0])


def missing_references(reading: Reading) -> list[Problem]:
    """`reference.missing`: 见附件3 where there are two, 如表6所示 where there are five."""
    mentions = [
        (para.hull(*match.span()), match)
        for n in reading.text
        if "附" in (para := reading.paragraphs[n]).text or "表" in para.text or "专栏" in para.text
        for match in _MENTION.finditer(para.text)
    ]
    if not mentions:
        return []
    known = _known(reading)
    found = []
    for span, match in mentions:
        kind = match["kind"] or match["kind2"]
        number = _value(match["n"] or match["n2"])
        if number and number not in known[kind] and (known[kind] or kind != "图"):
            found.append(_missing(span, kind, number, known))
    return found


def _missing(span: Span, kind: str, number: int, known: Mapping[str, set[int]]) -> Problem:
    have = "、".join(f"{kind}{n}" for n in sorted(known[kind])[:8])
    what = f"本文只有{have}" if have else f"本文没有{kind}"
    message = f"文中提到{kind}{number}，{what}。"
    return finding("reference.missing", message, (span,), {"kind": kind, "number": number})


def _known(reading: Reading) -> dict[str, set[int]]:
    """The numbers of captions by kind, and of annexes that the text lists or holds."""
    known: dict[str, set[int]] = {kind: set() for kind in ("附件", "附表", "表", "专栏", "图")}
    listing = False
    for para in reading.paragraphs:
        text = para.text.lstrip()
        if match := _CAPTION.match(text):
            known[match["kind"]].add(_value(match["n"]))
        listed = _LISTED.match(text)
        following = _NEXT.match(text) if listing else None
        if listed:
            known["附件"].add(int(listed["first"] or 1))
            known["附件"].update(int(one["n"]) for one in _NEXT.finditer(text))
        elif following:
            known["附件"].add(int(following["n"]))
        elif match := _ANNEX.match(text):
            known["附件"].add(_value(match["n"]) if match["n"] else 1)
        listing = bool(listed or following)
    for table in reading.tables:
        if match := _TITLE.match(table.label):
            known["表"].add(int(match["n"]))
    return known


def late_titles(reading: Reading) -> list[Problem]:
    """`table.title_after`: a caption right below its rows, and no rows below it."""
    found = []
    paragraphs = reading.paragraphs
    for table in reading.tables:
        after, before = table.at[-1] + 1, table.at[0] - 1
        if after >= len(paragraphs) or (before >= 0 and _TITLE.match(paragraphs[before].text)):
            continue
        goes_on = after + 1 < len(paragraphs) and paragraphs[after + 1].kind == "row"
        text = paragraphs[after].text
        if not goes_on and paragraphs[after].kind == "text" and _TITLE.match(text):
            message = f"表题“{text[:30]}”在表的下方，应当在上方。"
            span = paragraphs[after].span
            found.append(finding("table.title_after", message, (span,), {"title": text[:60]}))
    return found
