"""What the checks say: faults, and what could not be checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from luodi.kit.checking.known import Place
from luodi.kit.refusals import Lang

Kind = Literal["type", "required", "range", "formula", "members", "outlier"]


class Fault(NamedTuple):
    """What is wrong with some cells.

    A hard one keeps the form from being handed in, a soft one asks for an explanation. `rule` is
    the key of the check, or the code of a refused figure.
    """

    cells: tuple[Place, ...]
    kind: Kind
    hard: bool
    zh: str
    en: str
    rule: str

    def says(self, lang: Lang = "zh") -> str:
        """The sentence in the language asked for."""
        return self.en if lang == "en" else self.zh


class Skipped(NamedTuple):
    """A check that couldn't be made: the figure it misses, and why. Not a fault, not a pass."""

    rule: str
    subject: str
    missing: tuple[Place, ...]
    zh: str
    en: str


@dataclass(frozen=True)
class Checked:
    """The outcome of all checks of a batch, in the order of the rules."""

    faults: Sequence[Fault]
    skipped: Sequence[Skipped]

    @property
    def hard(self) -> bool:
        """Whether anything keeps the batch from being handed in."""
        return any(fault.hard for fault in self.faults)
