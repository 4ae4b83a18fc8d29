"""The words of a city's pack for requests: categories, channels, levels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from luodi.packs import Stack
from luodi.packs.schemas import (
    ConductRule,
    GatheringKindRule,
    RequestCategoryRule,
    RequestChannelRule,
)

from .clocks import policy_of


@dataclass(frozen=True)
class Word:
    """A word of the pack in both languages."""

    key: str
    zh: str
    en: str

    def says(self, lang: str) -> str:
        """The word in a language."""
        return self.en if lang == "en" else self.zh


def categories_of(stack: Stack, day: date) -> tuple[Word, ...]:
    """What a request may be about on a day, in order."""
    rules = stack.all("request_categories", RequestCategoryRule, day)
    ordered = sorted(rules, key=lambda rule: (rule.order, rule.key))
    return tuple(Word(rule.key, rule.title, rule.title_en) for rule in ordered)


def channels_of(stack: Stack, day: date, by: str = "") -> tuple[Word, ...]:
    """How a request may come in on a day, in order; those entered by `firm` or `staff`, or all."""
    rules = stack.all("request_channels", RequestChannelRule, day)
    ordered = sorted(rules, key=lambda rule: (rule.order, rule.key))
    return tuple(Word(r.key, r.title, r.title_en) for r in ordered if by in ("", r.by))


def gathering_kinds_of(stack: Stack, day: date) -> tuple[Word, ...]:
    """The kinds of meetings with firms on a day, in order."""
    rules = stack.all("gathering_kinds", GatheringKindRule, day)
    ordered = sorted(rules, key=lambda rule: (rule.order, rule.key))
    return tuple(Word(rule.key, rule.title, rule.title_en) for rule in ordered)


def conduct_of(stack: Stack, day: date, side: str) -> tuple[ConductRule, ...]:
    """What officials do for firms, or never do, on a day, in order."""
    rules = [r for r in stack.all("conduct_items", ConductRule, day) if r.side == side]
    return tuple(sorted(rules, key=lambda rule: (rule.order, rule.key)))


def levels_of(stack: Stack, day: date) -> tuple[Word, ...]:
    """The levels at which requests are handled, the lowest first."""
    policy = policy_of(stack, day)
    levels = policy.levels if policy else ()
    return tuple(Word(level.key, level.title, level.title_en) for level in levels)


def words_by_key(words: Iterable[Word], lang: str) -> dict[str, str]:
    """Words of one language by their keys."""
    return {word.key: word.says(lang) for word in words}


def number_of(year: int, serial: int) -> str:
    """The number of a request: gapless within a city and a year."""
    return f"诉〔{year}〕{serial}号"
