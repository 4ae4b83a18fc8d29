"""The language of the reader, for words that aren't in a catalogue."""

from __future__ import annotations

from django.utils.translation import get_language

from luodi.kit.refusals import Lang


def language() -> Lang:
    """zh or en."""
    return "en" if (get_language() or "").startswith("en") else "zh"
