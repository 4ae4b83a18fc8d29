"""Policies a text names with the number of their articles: 《…若干措施》共24条, 8方面128条."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from luodi.kit.commitments.taken import Taken
from luodi.kit.layout.blocks import Paragraph
from luodi.kit.layout.labels import HAN_NUMBER
from luodi.kit.problems import Span
from luodi.kit.quantities import read_number
from luodi.kit.refusals import Refusal

_N = rf"(?:\d{{1,3}}|[{HAN_NUMBER}百]{{1,5}})"
_NOUN = (
    r"(?:政策(?:举措|措施|条款)?|若干(?:措施|政策|意见)"
    r"|(?:改革|创新|惠企|服务|具体|工作|支持|硬核|务实)*(?:举措|措施|条款)|意见|规定)"
)
_QUOTED = re.compile(
    rf"“(?P<name>[^“”，。；\d][^“”，。；]{{0,20}}?)(?<!\d) ?(?P<articles>{_N}) ?条”"
)
_TITLED = re.compile(
    rf"《(?P<name>[^《》]{{4,60}})》[（，,]?[^，。；《》（{HAN_NUMBER}百\d]{{0,6}}"
    rf"(?:(?P<aspects>{_N}) ?(?:个|大)?方面(?:、|，|共|的)*)?(?P<articles>{_N}) ?条(?!第)"
)
_COUNTED = re.compile(
    rf"(?:(?P<aspects>{_N}) ?(?:个|大)?方面(?:共|计|、|，|的)*)?(?P<articles>{_N}) ?条"
    rf"(?P<noun>{_NOUN})"
)
_ABOUT = re.compile(
    r"(?:出台|推出|制定|印发|发布|实施|落实|提出|形成|明确|推行)了?(?P<about>[^，。；：]{0,40})\Z"
)
_TRIM = re.compile(r"(?:涵盖|包括|包含|共计?|等|的|了|[、 ])+\Z")


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy by name; the number of its articles and of its aspects, 0 where not said."""

    name: str
    articles: int
    aspects: int
    span: Span


def policies_of(paragraphs: Sequence[Paragraph], where: Sequence[int]) -> list[Policy]:
    """Policies with a number of articles, in order; each name once."""
    found: dict[str, Policy] = {}
    for n in where:
        text = paragraphs[n].text
        if "条" not in text:
            continue
        for policy in sorted(_in(paragraphs[n]), key=lambda one: one.span):
            found.setdefault(policy.name, policy)
    return list(found.values())


def _in(para: Paragraph) -> list[Policy]:
    found: list[Policy] = []
    taken = Taken()
    for pattern in (_TITLED, _QUOTED, _COUNTED):
        for match in pattern.finditer(para.text):
            place = match.span()
            if taken.meets(place):
                continue
            taken.add(place)
            found.append(_policy(para, match))
    return found


def _policy(para: Paragraph, match: re.Match[str]) -> Policy:
    said = match.groupdict()
    start, name = match.start(), said.get("name") or ""
    if match.re is _QUOTED:
        name = f"{name.strip()}{said['articles']}条"
    elif match.re is _COUNTED:
        floor = max(0, start - 60)
        about = _ABOUT.search(para.text, floor, start)
        before = _TRIM.sub("", about["about"]) if about else ""
        start = about.start("about") if about and before else start
        name = f"{before}{said['noun']}"
    articles, aspects = _number(said["articles"]), _number(said.get("aspects"))
    return Policy("".join(name.split()), articles, aspects, para.hull(start, match.end()))


def _number(text: str | None) -> int:
    number = read_number(text or "")
    return 0 if isinstance(number, Refusal) else int(number[0])
