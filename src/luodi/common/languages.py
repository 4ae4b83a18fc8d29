"""The language of the reader, for words that aren't in a catalogue."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language

from luodi.kit.refusals import Lang


def language() -> Lang:
    """zh or en."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def in_one_line(sentences: Iterable[str]) -> str:
    """Several remarks in one line."""
    return ("; " if language() == "en" else "；").join(one.rstrip("。.") for one in sentences)
