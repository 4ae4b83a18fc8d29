"""A newer edition of a known table: what its cells are by the last one, and what to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar

from luodi.kit.mapping import (
    Changes,
    Guess,
    Mapped,
    Proposal,
    Table,
    carry,
    changes,
    fixed_texts,
    place_of,
    places_in,
)
from luodi.kit.mapping.mapped import Mapping as Confirmed

from ..choices import Look

ALIKE = Fraction(1, 2)
"""A table is a newer edition of another where more than so much of it is found again."""
T = TypeVar("T")


@dataclass(frozen=True)
class Carried:
    """What is known of a newer edition's cells.

    `cells`: what each is, by address. `looks`: why a person has to look at one, by address;
    `before`: where it stood in the last edition. `gone`: what the new one has no cell for.
    """

    cells: dict[str, Mapped]
    looks: dict[str, Look]
    before: dict[str, str]
    gone: tuple[Mapped, ...]
    texts: Changes

    @property
    def settled(self) -> int:
        """How many cells stay what and where they were."""
        return sum(address not in self.looks for address in self.cells)

    def guesses(self, proposal: Proposal) -> Proposal:
        """The proposal with what is carried in the place of what was guessed."""
        blank = {"indicator": "", "subject": ""}
        return replace(
            proposal,
            guesses=tuple(
                replace(guess, cell=self.cells.get(guess.address, replace(guess.cell, **blank)))
                for guess in proposal.guesses
            ),
        )


def nearest(mappings: Mapping[T, Confirmed], table: Table) -> T | None:
    """Of the tables that were confirmed, the one this is a newer edition of; the later of two."""
    found, most = None, ALIKE
    for key, mapping in mappings.items():
        if not mapping.cells:
            continue
        kept, _gone, _free = carry(mapping, table)
        share = Fraction(len(kept.cells), len(mapping.cells))
        if share > most or (share == most and share > ALIKE):
            found, most = key, share
    return found


def carried_over(mapping: Confirmed, last: Proposal, new: Proposal) -> Carried | None:
    """What a mapping of the last edition says about the new one; None where they are two tables.

    Cells are found by their labels and heads. One that moved, one whose texts stand more or
    fewer times than before, one whose unit of measure changed and one that wasn't there are
    looked at by a person; a cell that was left out on purpose is left out again.
    """
    texts = changes(fixed_texts(last.table), fixed_texts(new.table))
    if texts.same <= ALIKE:
        return None
    kept, gone, free = carry(mapping, new.table)
    found = {guess.address: guess for guess in new.guesses}
    guessed = {guess.address: guess for guess in last.guesses}
    places, places_before = places_in(new.table), places_in(last.table)
    doubled = {p for p, at in places.items() if len(at) != len(places_before.get(p, at))}
    cells: dict[str, Mapped] = {}
    looks: dict[str, Look] = {}
    before: dict[str, str] = {}
    lost = list(gone)
    stayed = [entry for entry in mapping.cells if entry not in set(gone)]
    for old, entry in zip(stayed, kept.cells, strict=True):
        guess = found.get(entry.address)
        if guess is None:
            lost.append(old)
            continue
        measured = _measured(guessed.get(old.address), guess)
        cells[entry.address] = replace(
            entry,
            label=guess.cell.label,
            head=guess.cell.head,
            measured_in=entry.measured_in if measured is None else measured,
        )
        if look := _look(old, entry, measured, doubled):
            looks[entry.address], before[entry.address] = look, old.address
    for address in _come(free, places, places_before):
        if guess := found.get(address):
            cells[address], looks[address] = guess.cell, Look.NEW
    return Carried(cells, looks, before, tuple(lost), texts)


def _look(
    old: Mapped, entry: Mapped, measured: str | None, doubled: set[tuple[str, str]]
) -> Look | None:
    if place_of(old) in doubled:
        return Look.DOUBLED
    if measured is not None:
        return Look.MEASURE
    return Look.MOVED if old.address != entry.address else None


def _measured(last: Guess | None, new: Guess) -> str | None:
    """The unit of measure the new edition is in, where the last was in another."""
    if last is None or last.cell.measured_in == new.cell.measured_in:
        return None
    return new.cell.measured_in


def _come(
    free: Iterable[str],
    places: Mapping[tuple[str, str], tuple[str, ...]],
    places_before: Mapping[tuple[str, str], tuple[str, ...]],
) -> list[str]:
    """The unmapped addresses that the last edition had no cell for."""
    stood = Counter({place: len(at) for place, at in places_before.items()})
    named = {address: place for place, at in places.items() for address in at}
    return [a for a in free if len(places[named[a]]) > stood[named[a]]]
