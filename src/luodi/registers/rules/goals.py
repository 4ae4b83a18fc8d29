"""How far a register is on its way to a goal: a rate with its working."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Aim:
    """How many shall stand on a register by the end of `year`; `base` did at the end of
    `base_year`."""

    base_year: int
    base: int
    year: int
    target: int

    def expected(self, year: int) -> int | None:
        """How many a straight line asks for by a year's end, rounded up; None outside the span."""
        if not self.base_year <= year <= self.year:
            return None
        done, whole = year - self.base_year, self.year - self.base_year
        return self.base + -((self.base - self.target) * done // whole)


@dataclass(frozen=True)
class Progress:
    """Where a goal stands: `counted` of `target`. `lapsed` stand on the register, but their
    recognition has ended: they don't count."""

    aim: Aim
    counted: int
    lapsed: int
    year: int

    @property
    def rate(self) -> Decimal:
        """Counted over target in per cent, one decimal, half up."""
        exact = Decimal(self.counted) * 100 / Decimal(self.aim.target)
        return exact.quantize(TENTH, ROUND_HALF_UP)

    @property
    def line(self) -> int | None:
        """What the straight line asks for by the end of this year."""
        return self.aim.expected(self.year)

    @property
    def light(self) -> str:
        """Done, on the line, below it, or missed once the year is over."""
        if self.counted >= self.aim.target:
            return "done"
        if self.year > self.aim.year:
            return "red"
        line = self.line
        return "none" if line is None else "green" if self.counted >= line else "yellow"

    @property
    def verdict(self) -> tuple[str, str]:
        """Light and reason, as a page shows them."""
        why = {
            "done": _("已达到目标"),
            "red": _("目标年份已过，未达到"),
            "green": _("不低于按直线推算的本年数"),
            "yellow": _("低于按直线推算的本年数"),
            "none": _("今年不在目标期内"),
        }
        return self.light, why[self.light]

    @property
    def working(self) -> list[str]:
        """How the rate came about, line by line."""
        aim = self.aim
        said = [
            _("在册 %(all)d，其中有效期已届满、不计入 %(lapsed)d，计入 %(counted)d")
            % {"all": self.counted + self.lapsed, "lapsed": self.lapsed, "counted": self.counted},
            _("完成率 = 计入 ÷ 目标 = %(counted)d ÷ %(target)d = %(rate)s%%（四舍五入到一位小数）")
            % {"counted": self.counted, "target": aim.target, "rate": self.rate},
            _("比 %(year)d 年基数 %(base)d 净增 %(grown)d，目标要求净增 %(wanted)d")
            % {
                "year": aim.base_year, "base": aim.base, "grown": self.counted - aim.base,
                "wanted": aim.target - aim.base,
            },
        ]  # fmt: skip
        if self.line is not None:
            said.append(
                _("按直线推算，%(year)d 年末应达到 %(line)d")
                % {"year": self.year, "line": self.line}
            )
        return said
