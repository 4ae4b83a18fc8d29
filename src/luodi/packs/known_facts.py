"""The facts that a city's packs declare, and where each comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from luodi.kit.eligibility import FactKind, Lasting
from luodi.packs import Stack
from luodi.packs.schemas import UNCONFIRMED, EnterpriseFactRule


@dataclass(frozen=True)
class Source:
    """Where a fact comes from: doors, an indicator with the purposes allowed, a statement.

    `held` are the options by the words that modules know them by; `lasting` says how long what an
    office verified counts, None for good.
    """

    doors: tuple[str, ...]
    held: Mapping[str, str]
    indicator: str
    purposes: tuple[str, ...]
    stated: bool
    recorded: bool
    confirmed: bool
    lasting: Lasting | None = None


@dataclass(frozen=True)
class Catalogue:
    """The declared facts by name, in the order of the packs, with their sources."""

    facts: Mapping[str, FactKind]
    sources: Mapping[str, Source]

    @property
    def stated(self) -> list[FactKind]:
        """What a firm may state itself."""
        return [fact for name, fact in self.facts.items() if self.sources[name].stated]

    @property
    def kept(self) -> list[FactKind]:
        """What an office may verify or record."""
        named = self.sources
        return [f for name, f in self.facts.items() if named[name].stated or named[name].recorded]


Place = tuple[str, str, tuple[str, ...]]
"""Key, name and other names of a zone or county."""


def catalogue_in(stack: Stack, day: date, places: Iterable[Place]) -> Catalogue:
    """The catalogue of a city on a day; `places` are its zones and counties."""
    options = {key: (name, name) for key, name, _ in places}
    also = {key: more for key, _, more in places}
    rules = sorted(stack.all("enterprise_facts", EnterpriseFactRule, day), key=_place)
    facts, sources = {}, {}
    for rule in rules:
        fact = rule.fact()
        facts[rule.key] = replace(fact, options=options, also=also) if rule.units else fact
        part = rule.indicator
        sources[rule.key] = Source(
            rule.doors,
            {word: one.key for one in rule.options for word in one.held}
            | dict.fromkeys(rule.held, rule.key),
            part.code if part else "",
            part.purposes if part else (),
            rule.stated,
            rule.recorded,
            rule.source != UNCONFIRMED,
            rule.holds.lasting() if rule.holds else None,
        )
    return Catalogue(facts, sources)


def _place(rule: EnterpriseFactRule) -> tuple[int, str]:
    return rule.order, rule.key
