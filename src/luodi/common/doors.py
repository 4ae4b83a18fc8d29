"""The declared doors through which a lower module is reached by a higher one.

A higher module registers at start-up (`apps.ready`); a lower one asks the registry and never
imports upward. Kinds: subjects, facts, cards, adopters, rooms. Signals live with their senders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

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
    searched: bool = True
    """False for what is found from its document only, never by search."""


Finder = Callable[[str], Found | None]
"""From a key to what it is now; None where it is gone or was never there."""


@dataclass(frozen=True)
class AdoptedDocument:
    """The document being adopted, as adopters need it. `issued_on` is YYYY-MM-DD, YYYY-MM or ''."""

    key: str
    title: str
    number: str
    issuer: str
    issued_on: str
    city: str
    sha256: str


@dataclass(frozen=True)
class AdoptedCard:
    """One commitment a person accepted, in its final form.

    `data` is the compiled item (DESIGN section 5) as corrected by people. A measure has label,
    title, path, text, deadline and units; each unit has `name` (as written), `role`
    (lead | responsible | cooperating), `unit` (the key in orgs, '' where none was found; a
    collective body is not yet expanded) and `confirmed_by` (the person who confirmed a lead that
    the text doesn't mark, else ''). `sentence_key` is sha256:start:end.
    """

    kind: str
    data: Mapping[str, Any]
    sentence_key: str
    start: int
    end: int
    order: int


class Adopter(Protocol):
    """Turns accepted commitments of one kind, in text order, into records inside `deed`.

    Every argument is handed over by name, so an adopter has the shape of an action. It is called
    even where `cards` is empty. The kinds run in the order of `ADOPTION_ORDER`, then the others
    by name; `context` is handed from one to the next:

    - `context["organ"]`: key of the first task force the document sets up, '' where none;
    - `context["bearers"]`: from a measure's sentence key to the unit that answers for its figures
      (the lead, or the only unit that isn't cooperating), where there is one;
    - `context["measures"]`: from a measure's sentence key to its key, once measures are adopted;
    - `context["stated"]`: the figures that the document states as facts, as compiled (indicators
      of kind actual or rank, DESIGN section 5);
    - `context["targets"]`: how many goals are among what was accepted;
    - `context["afterwards"]`: a list of functions without arguments, called once the act is
      sealed, in the same transaction: where working papers (names of people) may be written.

    An adopter names what it brought about with `deed.touch("kind:key")`: the reading room lists
    these subjects. A refusal raised here undoes the whole adoption.
    """

    def __call__(
        self,
        *,
        cards: Sequence[AdoptedCard],
        deed: Any,
        document: AdoptedDocument,
        context: dict[str, Any],
        by: str,
        at: datetime,
    ) -> None: ...


ADOPTION_ORDER = ("organ", "measure", "indicator")

FactSource = Callable[[Iterable[str], Any], Mapping[str, Any]]
"""`values(subjects, moment)`: the fact's value for each subject that has one."""


@dataclass(frozen=True)
class Card:
    """What a higher module shows on a lower one's page: a template, which finds its context in
    `card`, and its place among the others."""

    template: str
    context: Mapping[str, Any]
    order: int = 50


def table_card(
    title: Any,
    heads: Sequence[Any],
    rows: Iterable[Sequence[tuple[Any, str]]],
    empty: Any,
    order: int,
) -> Card:
    """A card that is a small table: under each head a text and the address it leads to, or ''."""
    shown = [
        [(head, text, address) for head, (text, address) in zip(heads, row, strict=True)]
        for row in rows
    ]
    context = {"title": title, "heads": heads, "rows": shown, "empty": empty}
    return Card("common/card.html", context, order)


CardMaker = Callable[[str, Any, Any], Card | None]
"""`make(key, viewer, moment)`: a card about the subject with this key, None where it has nothing
to say to this viewer. Registered as "kind:module", e.g. "enterprise:registers"."""


@dataclass(frozen=True)
class Room:
    """An entry of the left rail. Those whose `order` begins with the same hundred stand together:
    one's own day, what plans ask for, enterprises, figures, papers, administration."""

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


def cards_on(kind: str, key: str, viewer: Any, moment: Any) -> list[Card]:
    """The cards of every module about one subject, in order."""
    makers = [make for name, make in cards.items() if name.partition(":")[0] == kind]
    made = (make(key, viewer, moment) for make in makers)
    return sorted((card for card in made if card), key=lambda card: card.order)
