"""Checks on punctuation: doubled signs, half-width signs among Chinese words."""

from __future__ import annotations

import re

from luodi.kit.findings.kinds import finding
from luodi.kit.findings.reading import Reading
from luodi.kit.problems import Problem, Span

_DOUBLED = re.compile(r"[，。；、：]{2,}|[！？][，。；、：]|[，；、：][！？]|,,|，,|,，|。\.(?!\d)")
_HALF = re.compile(r"(?<=[\u4e00-\u9fff”）》])[,;:?!](?=[\u4e00-\u9fff“（《])")
_FULL = re.compile("[，；：？！]")


def doubled_signs(reading: Reading) -> list[Problem]:
    """`signs.doubled`: two stops side by side."""
    found = []
    for n in reading.text:
        para = reading.paragraphs[n]
        for match in _DOUBLED.finditer(para.text):
            around = para.text[max(0, match.start() - 6) : match.end() + 6]
            message = f"标点重复“{match.group()}”：……{around}……"
            span = para.hull(*match.span())
            found.append(finding("signs.doubled", message, (span,), {"signs": match.group()}))
    return found


def half_width_signs(reading: Reading) -> list[Problem]:
    """`signs.mixed_width`: one finding for all, in a text that mostly has the full-width ones."""
    spans: list[Span] = []
    full = 0
    first = ""
    for n in reading.text:
        para = reading.paragraphs[n]
        full += len(_FULL.findall(para.text))
        for match in _HALF.finditer(para.text):
            first = first or para.text[max(0, match.start() - 6) : match.end() + 6]
            spans.append(para.hull(*match.span()))
    if not spans or full < 3 * len(spans):
        return []
    message = f"汉字之间有 {len(spans)} 处半角标点，如“{first}”。"
    return [finding("signs.mixed_width", message, spans, {"count": len(spans)})]
