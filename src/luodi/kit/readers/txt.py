"""Plain text: the decoded file exactly as it is; form feeds part the pages."""

from __future__ import annotations

from luodi.kit.problems import Problem, Span
from luodi.kit.readers.encodings import Decoded, decode
from luodi.kit.readers.sentences import check_chars, tell
from luodi.kit.readers.sources import Draft, Limits


def read_txt(data: bytes, limits: Limits) -> Draft:
    """Read a text file in UTF-8, GB18030 or UTF-16."""
    decoded = decode(data)
    check_chars(len(decoded.text), limits.chars)
    return Draft(
        text=decoded.text,
        pages=pages_of(decoded.text),
        encoding=decoded.encoding,
        problems=judged(decoded),
    )


def judged(decoded: Decoded) -> tuple[Problem, ...]:
    """The note that an encoding was judged, where it was."""
    if decoded.reason is None:
        return ()
    return (
        tell("source.encoding_judged", encoding=decoded.encoding.upper(), reason=decoded.reason),
    )


def pages_of(text: str) -> tuple[Span, ...]:
    """Spans of the pages of a text: each ends behind its form feed; they tile the text."""
    spans = []
    start = 0
    while (end := text.find("\f", start) + 1) > 0:
        spans.append((start, end))
        start = end
    if start < len(text) or not spans:
        spans.append((start, len(text)))
    return tuple(spans)
