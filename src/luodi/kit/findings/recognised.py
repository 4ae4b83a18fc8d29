"""What was recognised on a scan and not read: every figure in it waits for a person."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Protocol

from luodi.kit.problems import Problem, Span


class Recognised(Protocol):
    """A recognised line: its place in the text, how sure (0 to 1), its page and box there."""

    @property
    def span(self) -> Span: ...
    @property
    def confidence(self) -> float: ...
    @property
    def page(self) -> int: ...
    @property
    def box(self) -> tuple[float, float, float, float]: ...


def recognised_items(spans: Iterable[Span], lines: Sequence[Recognised]) -> list[Problem]:
    """One notice that names all items with recognised words in them, none where there are none."""
    starts = [line.span[0] for line in lines]
    touched = sorted({span for span in spans if _touches(span, starts, lines)})
    if not touched:
        return []
    message = (
        f"有 {len(touched)} 项内容的文字由扫描页识别得来，识别会出错，"
        "请逐项对照原件核对数字、单位和时限。"
    )
    return [Problem("source.ocr", "info", message, tuple(touched), {"count": len(touched)})]


def _touches(span: Span, starts: Sequence[int], lines: Sequence[Recognised]) -> bool:
    """Whether the last line that begins before the span's end reaches into it."""
    place = bisect_left(starts, span[1]) - 1
    return place >= 0 and lines[place].span[1] > span[0]
