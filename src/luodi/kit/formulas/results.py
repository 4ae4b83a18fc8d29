"""What a formula gives: a number at a scale, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass, replace

from luodi.kit.quantities import Quantity, Unit, show
from luodi.kit.refusals import Lang


@dataclass(frozen=True)
class Computed:
    """`number` ÷ 10**`scale` of `unit`, rounded once. A check gives 1 (holds) or 0 of 是否."""

    number: int
    scale: int
    unit: Unit

    @property
    def holds(self) -> bool:
        """For a check: whether it holds."""
        return self.number != 0

    @property
    def quantity(self) -> Quantity:
        """The same as a quantity."""
        return Quantity(self.number, self.scale, self.unit)

    def text(self, grouping: bool = False, with_unit: bool = True) -> str:
        """As written in a paper: `78.9%`."""
        return show(self.number, self.scale, grouping) + (self.unit.name if with_unit else "")


@dataclass(frozen=True)
class NotComputable:
    """Why there is no number; a value that travels through formulas, falsy.

    Codes: `missing` (no figure was given), `base_missing`, `base_zero`, `base_negative`,
    `zero_denominator`, `whole_not_positive`, `whole_fell`, `not_larger` (root of a negative),
    `definition_changed`, `combined_months` (1–2月), `finer_period`, `not_over_time`,
    `larger_period`, `no_such_week`, `no_unit_above`, `overflow`. `indicator`, `unit` and
    `period` (a key) say where it comes from.
    """

    code: str
    zh: str
    en: str
    indicator: str = ""
    unit: str = ""
    period: str = ""

    def says(self, lang: Lang = "zh") -> str:
        """The reason in words."""
        return self.en if lang == "en" else self.zh

    def as_base(self) -> NotComputable:
        """A missing figure, said of the base of a comparison."""
        if self.code != "missing":
            return self
        return replace(
            self,
            code="base_missing",
            zh=f"缺少对比基数：{self.zh}",
            en=f"The base of the comparison is missing: {self.en}",
        )

    def __bool__(self) -> bool:
        return False


Outcome = Computed | NotComputable
