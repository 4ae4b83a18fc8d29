"""The language of the reader, for words that aren't in a catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from django.conf import settings
from django.utils.translation import get_language, override

from luodi.kit.refusals import Lang

Read = TypeVar("Read")

Spoken = Callable[[], str]
"""A sentence not yet in a language: called, it is in the one active then."""


def language() -> Lang:
    """zh or en."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def by_language(read: Callable[[], Read]) -> dict[Lang, Read]:
    """What `read` gives in each language of the site: for words that are made along with rows and
    told to people who read different ones."""
    found: dict[Lang, Read] = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found[language()] = read()
    return found


class Titled(Protocol):
    """Something with a title in both languages, as the rules of a pack have it."""

    @property
    def title(self) -> str: ...

    @property
    def title_en(self) -> str: ...


def titled(thing: Titled) -> str:
    """The title of a rule in the reader's language."""
    return thing.title_en if language() == "en" else thing.title


def in_one_line(sentences: Iterable[str]) -> str:
    """Several remarks in one line."""
    return ("; " if language() == "en" else "；").join(one.rstrip("。.") for one in sentences)


def listed(parts: Iterable[str]) -> str:
    """Names one after the other: 甲县、乙县 or A, B."""
    return (", " if language() == "en" else "、").join(parts)


def in_clauses(parts: Iterable[str]) -> str:
    """Clauses of one sentence, with commas."""
    return (", " if language() == "en" else "，").join(parts)


def aside(said: str, note: str) -> str:
    """Words with a note in brackets behind them, where there is one."""
    if not note:
        return said
    return f"{said} ({note})" if language() == "en" else f"{said}（{note}）"


def headed(head: str, said: str) -> str:
    """A head and what is said under it, with a colon between."""
    return f"{head}: {said}" if language() == "en" else f"{head}：{said}"
