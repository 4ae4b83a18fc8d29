"""The declared doors through which a lower module is reached by a higher one.

A higher module registers at start-up (`apps.ready`); a lower one asks the registry and never
imports upward. Kinds: subjects, facts, cards, adopters, rooms. Signals live with their senders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """Names to things, each name once."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._things: dict[str, T] = {}

    def register(self, name: str, thing: T) -> T:
        """Add `thing` under `name`; a second, different one under that name is a mistake."""
        if self._things.setdefault(name, thing) is not thing:
            raise ValueError(f"{self.what} {name!r} is registered twice")
        return thing

    def get(self, name: str) -> T | None:
        """What stands under `name`, or None."""
        return self._things.get(name)

    def items(self) -> list[tuple[str, T]]:
        """All of them by name."""
        return sorted(self._things.items())


@dataclass(frozen=True)
class Found:
    """A subject as others may show it: title, address, and the words search should know."""

    title: str
    address: str
    kind_label: str
    body: str = ""
    scope: Mapping[str, str] = field(default_factory=dict)
    """city, zone, unit, enterprise keys; `units` may hold several, joined by spaces."""


Finder = Callable[[str], Found | None]
"""From a key to what it is now; None where it is gone or was never there."""

Adopter = Callable[..., None]
"""`adopt(cards, *, deed, document, by, at)`: turns accepted commitments of one kind into
records, inside the given deed."""

FactSource = Callable[[Iterable[str], Any], Mapping[str, Any]]
"""`values(subjects, moment)`: the fact's value for each subject that has one."""

CardMaker = Callable[..., Mapping[str, Any] | None]
"""`card(subject, viewer, moment)`: a template and its context, shown on a lower page."""


@dataclass(frozen=True)
class Room:
    """An entry of the left rail."""

    label: Any
    url_name: str
    roles: frozenset[str]
    order: int


subjects: Registry[Finder] = Registry("subject")
facts: Registry[FactSource] = Registry("fact")
cards: Registry[CardMaker] = Registry("card")
adopters: Registry[Adopter] = Registry("adopter")
rooms: Registry[Room] = Registry("room")


def find_subject(subject: str) -> Found | None:
    """What a subject key stands for, asked of the module that owns its kind."""
    kind, _, key = subject.partition(":")
    finder = subjects.get(kind)
    return finder(key) if finder else None
