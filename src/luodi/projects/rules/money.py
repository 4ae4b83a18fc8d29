"""Figures of money: read exactly, held against each other; nothing here knows a database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.common.refusals import Incomplete
from luodi.common.tables import shown
from luodi.kit.calendars import Period
from luodi.kit.quantities import ratio
from luodi.packs import Stack
from luodi.packs.schemas import FundRule, PaceRule

from .details import odd_magnitude, read_quantity

COLUMNS = {
    "month": gettext_lazy("当月"),
    "to_date": gettext_lazy("本年累计"),
    "since_start": gettext_lazy("自开工累计"),
}
"""The amounts of one month, in words."""

YEARS = range(2000, 2101)
PLACES = 2
"""Decimal places of a completion rate in per cent."""

OVER_TOTAL = Fraction(3, 2)
"""So many times its total investment a project seldom takes."""

Scaled = tuple[int | None, int]


@dataclass(frozen=True)
class Amounts:
    """The three amounts of one month in 万元; None where one was not told."""

    month: Fraction | None = None
    to_date: Fraction | None = None
    since_start: Fraction | None = None

    @property
    def largest(self) -> Fraction | None:
        """The largest of them."""
        given = [one for one in (self.month, self.to_date, self.since_start) if one is not None]
        return max(given, default=None)


def read_money(label: str, written: str) -> tuple[int | None, int]:
    """An amount of money in 万元 at its scale; raises `Incomplete`."""
    return read_quantity(label, written, "万元")


def read_amounts(written: Mapping[str, str]) -> dict[str, int | None]:
    """Amounts as columns with their scales. Raises `Incomplete` for what can't be read."""
    found: dict[str, int | None] = {}
    for name, label in COLUMNS.items():
        number, scale = read_money(str(label), str(written.get(name) or ""))
        found |= {name: number, f"{name}_scale": scale}
    if all(found[name] is None for name in COLUMNS):
        raise Incomplete(_("请至少填写一个数：当月、本年累计或自开工累计。"))
    return found


def amounts_in(columns: Mapping[str, int | None]) -> Amounts:
    """The exact amounts that columns with their scales hold."""
    return Amounts(**{name: exact(columns[name], columns[f"{name}_scale"]) for name in COLUMNS})


def exact(number: int | None, scale: int | None) -> Fraction | None:
    """An amount stored as an integer at a scale."""
    return None if number is None else Fraction(number, 10 ** (scale or 0))


def read_month(written: str, today: date) -> Period:
    """A month that has begun; raises `Incomplete` for anything else."""
    try:
        period = Period.parse(written)
    except ValueError as error:
        raise Incomplete(_("月份写得不对，例如 2026-03。")) from error
    if period.kind != "month" or period.year not in YEARS:
        raise Incomplete(_("月份写得不对，例如 2026-03。"))
    if period.start > today:
        raise Incomplete(_("这个月还没有到，不能填报。"))
    return period


def clashes(said: Amounts, before: Amounts | None, period: Period) -> list[str]:
    """Where month and cumulative don't agree, each in a sentence.

    `before` is what was told of the month before, in the same year or the last one. What was not
    told can't clash.
    """
    found = []
    if _more(said.month, said.to_date):
        found.append(_("当月数大于本年累计数。"))
    if _more(said.to_date, said.since_start):
        found.append(_("本年累计数大于自开工累计数。"))
    if period.number == 1:
        before_to_date = Fraction(0)
        if said.month is not None and said.to_date is not None and said.month < said.to_date:
            found.append(_("一月的当月数与本年累计数应当相同。"))
    else:
        before_to_date = before.to_date if before and before.to_date is not None else None
        found += _grows(said.month, said.to_date, before_to_date, str(COLUMNS["to_date"]))
    known = before.since_start if before else None
    found += _grows(said.month, said.since_start, known, str(COLUMNS["since_start"]))
    return list(dict.fromkeys(found))


def _more(part: Fraction | None, whole: Fraction | None) -> bool:
    return part is not None and whole is not None and part > whole


def _grows(
    month: Fraction | None, now: Fraction | None, before: Fraction | None, label: str
) -> list[str]:
    """Whether a cumulative amount is the one before plus the month."""
    if now is None or before is None:
        return []
    words = {"what": label, "before": worded(before), "now": worded(now)}
    if now < before:
        return [_("%(what)s比上月少了：上月 %(before)s，本月 %(now)s。") % words]
    if month is not None and before + month != now:
        words |= {"month": worded(month), "sum": worded(before + month)}
        said = _(
            "%(what)s与当月对不上：上月 %(before)s + 当月 %(month)s = %(sum)s，填的是 %(now)s。"
        )
        return [said % words]
    return []


def doubts(
    said: Amounts,
    plan: Fraction | None,
    total: Fraction | None,
    earlier: Sequence[Fraction],
    most_times: int,
) -> list[str]:
    """What should be looked at before it is kept: amounts out of all proportion.

    `earlier` are the months' own amounts that were told before.
    """
    found = []
    for name, value in (("month", said.month), ("to_date", said.to_date)):
        if plan and value is not None and value > most_times * plan:
            words = {"what": COLUMNS[name], "n": most_times, "plan": worded(plan)}
            found.append(
                _("%(what)s超过年度计划（%(plan)s 万元）的 %(n)s 倍，请核对单位。") % words
            )
    most = said.largest
    if total and most is not None:
        words = {"total": worded(total), "most": worded(most)}
        if most > OVER_TOTAL * total:
            found.append(_("填的 %(most)s 万元超过总投资 %(total)s 万元，请核对单位。") % words)
        elif 0 < most <= total / 1000:
            found.append(
                _("填的 %(most)s 万元不到总投资 %(total)s 万元的千分之一，是否把亿元填成了万元？")
                % words
            )
    if said.month:
        times = odd_magnitude(
            said.month.numerator, 0, [one * said.month.denominator for one in earlier]
        )
        if times:
            words = {"times": shown(abs(times))}
            more = _("当月数约为前几个月的 %(times)s 倍，单位是万元，请核对。")
            less = _("当月数只有前几个月的约 1/%(times)s，是否把亿元填成了万元？")
            found.append((more if times > 0 else less) % words)
    return found


def worded(amount: Fraction) -> str:
    """An amount in words: exact, its denominator is a power of ten."""
    return shown(decimal_of(amount))


def decimal_of(amount: Fraction) -> Decimal:
    """A sum of amounts as a decimal, exact: their denominators are powers of ten."""
    value = Decimal(amount.numerator) / Decimal(amount.denominator)
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def share(
    part: Fraction | None, whole: Fraction | None, missing: str
) -> tuple[Decimal | None, str]:
    """A part of a whole in per cent, rounded once, or why there is none.

    `missing` says what the whole is called where it wasn't told.
    """
    if not whole:
        return None, _("没有%(what)s，不计算。") % {"what": missing}
    if part is None:
        return None, _("没有报数，不计算。")
    read = ratio(100 * part, whole, PLACES)
    if not isinstance(read, int):
        return None, _("数值过大，不计算。")
    return Decimal(read).scaleb(-PLACES), ""


def expected(month: int) -> Fraction:
    """What should be done by the end of a month, in per cent of the year's plan."""
    return Fraction(100 * month, 12)


def funds_of(stack: Stack, day: date) -> tuple[FundRule, ...]:
    """The sources of funds on a day, in order."""
    return tuple(sorted(stack.all("funds", FundRule, day), key=lambda rule: rule.order))


def pace_of(stack: Stack, day: date) -> PaceRule | None:
    """How far investment may be behind, on a day; None where the pack says nothing."""
    return stack.one("paces", PaceRule, "investment", day)
