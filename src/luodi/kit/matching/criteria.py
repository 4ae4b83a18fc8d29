"""Criteria as data: which fact of an offer is held against which need of a seeker, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal, get_args

from luodi.kit.quantities import Quantity
from luodi.kit.refusals import Lang

Operator = Literal["at_least", "at_most", "equals", "differs", "one_of", "includes", "excludes"]
OPERATORS: tuple[Operator, ...] = get_args(Operator)

Value = Quantity | int | Decimal | Fraction | bool | str | date | frozenset[str]
Facts = Mapping[str, Value | None]
"""Name to value; a name that is absent and one whose value is None are both missing."""


@dataclass(frozen=True)
class Fixed:
    """A need that is the same for every seeker."""

    value: Value


@dataclass(frozen=True)
class Criterion:
    """One thing a seeker asks of an offer: `fact` of the offer, `operator`, `need`.

    `need` names a fact of the seeker, or is `Fixed`. A seeker that doesn't state it leaves the
    criterion open (cannot tell), or with `optional` isn't asking it. `kinds`: the kinds of offer
    it is asked of; none means all (a plot has no floor load). `weight` None is a hard criterion;
    else it is soft and counts so much. `fade`: how far from the need the credit of a soft
    criterion falls to nothing, in a straight line (a quantity; a number of days for dates, of
    steps for ordered words); None is all or nothing. `order`: words from the least to the most,
    so that they can be compared with `at_least` and `at_most`.
    """

    name: str
    zh: str
    en: str
    fact: str
    operator: Operator
    need: str | Fixed
    weight: int | None = None
    optional: bool = False
    kinds: tuple[str, ...] = ()
    fade: Quantity | int | Decimal | Fraction | None = None
    order: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.operator not in OPERATORS:
            raise ValueError(f"criterion {self.name}: no operator {self.operator}")
        if self.weight is not None and self.weight < 1:
            raise ValueError(f"criterion {self.name}: a weight is at least 1")
        if self.fade is not None:
            self._check_fade()
        if len(set(self.order)) != len(self.order):
            raise ValueError(f"criterion {self.name}: a word of the order stands twice")

    def _check_fade(self) -> None:
        far = self.fade.value if isinstance(self.fade, Quantity) else self.fade
        if self.weight is None or self.operator not in ("at_least", "at_most", "equals"):
            raise ValueError(f"criterion {self.name}: only a soft comparison fades")
        if far is not None and far <= 0:
            raise ValueError(f"criterion {self.name}: a fade is above zero")

    @property
    def hard(self) -> bool:
        """Whether an offer that fails it is out."""
        return self.weight is None

    def label(self, lang: Lang = "zh") -> str:
        """What is asked, in words."""
        return self.en if lang == "en" else self.zh

    def asked_of(self, kind: str) -> bool:
        """Whether offers of the kind are asked it."""
        return not self.kinds or kind in self.kinds

    def needed(self, needs: Facts) -> Value | None:
        """What the seeker needs; None where it doesn't say."""
        return self.need.value if isinstance(self.need, Fixed) else needs.get(self.need)


@dataclass(frozen=True)
class Offer:
    """Something a seeker may get: its key, its facts, its kind (plot, floor, loan)."""

    key: str
    facts: Facts
    kind: str = ""
