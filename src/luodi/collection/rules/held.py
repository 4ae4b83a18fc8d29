"""Which figures of a superior's table are taken in, and how they stand to what is known. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from luodi.indicators.choices import Counts
from luodi.indicators.rules import has_own_figure
from luodi.kit.calendars import Period
from luodi.kit.mapping import Mapped
from luodi.kit.refusals import Refusal

from ..choices import Held

BROUGHT = "table"
"""Kind of the origin of a figure that came in with a superior's table."""
SIGNS = dict.fromkeys(("—", "–", "-", "--", "/", "…", "...", "×", "无"), "")
"""What such tables write for no figure."""


class Meant(Protocol):
    """What taking a figure in needs of a definition."""

    indicator_id: str
    name: str
    scale: int
    purpose: str
    period_kind: str
    counts: str
    formula: str
    combined: bool
    valid_from: str


@dataclass(frozen=True)
class Read:
    """A figure that stands in a cell. `amount` is None where it isn't taken in: `why`."""

    cell: Mapped
    meant: Meant
    period: str
    amount: int | None
    why: str = ""

    @property
    def place(self) -> tuple[str, str, str, str]:
        """Indicator, unit, period, purpose: what the figure is one value of."""
        return self.meant.indicator_id, self.cell.subject, self.period, self.meant.purpose


def period_of(cell: Mapped, period: str, meant: Meant) -> str | Refusal:
    """The period a cell's figure is a value of, or why it isn't one.

    Only what is handed in is taken in: a computed figure is computed here, and a sum since
    January is a value only where the definition counts so.
    """
    if meant.formula:
        return Refusal(
            "held.computed", "由公式算出的数，不导入", "A formula gives it: it isn't taken in"
        )
    at = Period.parse(period)
    if at.kind != meant.period_kind:
        return Refusal(
            "held.other_period",
            "口径的报告期与这张表不同，不导入",
            "The definition is for another kind of period: it isn't taken in",
        )
    if not has_own_figure(meant, _shifted(at, cell.about)):
        return Refusal(
            "held.combined", "1—2月合并报，没有1月的单月数", "January has no figure of its own"
        )
    to_date = cell.about in ("to_date", "to_date_year_ago")
    if to_date != (meant.counts == Counts.YEAR_TO_DATE):
        return _counted_otherwise(to_date=to_date)
    return _shifted(at, cell.about) or Refusal(
        "held.no_such_week", "上年没有第53周", "Last year has no week 53"
    )


def _shifted(period: Period, about: str) -> str:
    """The period a cell is about, seen from the table's; '' where there is none."""
    if about == "prior":
        return period.previous().key
    if about in ("year_ago", "to_date_year_ago"):
        before = period.same_last_year()
        return before.key if before else ""
    return period.key


def _counted_otherwise(*, to_date: bool) -> Refusal:
    if to_date:
        return Refusal(
            "held.to_date",
            "累计数由各期的数相加，不导入",
            "The sum to date is added up from the periods: it isn't taken in",
        )
    return Refusal(
        "held.in_period",
        "口径是本年累计，这一格却是当期数；如果就是累计数，请把报告期改为“累计”",
        "The definition counts since January, the cell doesn't: say “to date” if it does",
    )


def standing_of(one: Read, known: tuple[int, int] | None, *, imported: bool) -> Held:
    """How a figure stands to the amount and scale that are known in its place.

    `imported`: what is known came in with such a table too; anything else is a respondent's own.
    """
    if one.amount is None:
        return Held.UNREAD
    if known is None:
        return Held.NEW
    amount, scale = known
    if Fraction(amount, 10**scale) == Fraction(one.amount, 10**one.meant.scale):
        return Held.EQUAL
    return Held.DIFFERENT if imported else Held.REPORTED
