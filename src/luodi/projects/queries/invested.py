"""Investment of all projects against the plans of a year: rows, zones, laggards, as of any day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from luodi.common.moments import Moment
from luodi.common.tables import shown
from luodi.kit.calendars import Period
from luodi.orgs.queries import owned
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import PaceRule

from ..choices import Series, Teller
from ..models import MoneyFigure, YearPlan
from ..rules.money import decimal_of, exact, expected, share
from .merged import living
from .money import pace_at
from .rows import Row, projects

FEWEST = 3
"""Sums of official statistics over fewer projects would give single ones away."""


@dataclass(frozen=True)
class Invested:
    """One project's year in 万元, up to a month. `behind` says how far below its pace it is."""

    row: Row
    plan: Fraction | None
    month: Fraction | None
    done: Fraction | None
    last: str
    in_place: Fraction | None
    percent: Decimal | None
    reason: str
    behind: str

    @property
    def key(self) -> str:
        """The key of the project."""
        return self.row.key


@dataclass
class InvestedSum:
    """Sums over projects. Those with a plan count; what has none stands apart, with its reason.

    A planned project that told nothing counts as nothing done, and `silent` says how many do.
    """

    key: str
    label: str
    count: int = 0
    silent: int = 0
    unplanned: int = 0
    plan: Fraction = Fraction(0)
    done: Fraction = Fraction(0)
    outside: Fraction = Fraction(0)
    in_place: Fraction = Fraction(0)
    statistics: Fraction = Fraction(0)
    statistic_count: int = 0
    covered: bool = False
    """Whether its official sum is kept back to cover those of few projects."""

    def add(self, one: Invested, statistics: Fraction | None) -> None:
        """Count one project in."""
        self.in_place += one.in_place or 0
        if statistics is not None:
            self.statistics += statistics
            self.statistic_count += 1
        if one.plan is None:
            self.unplanned += one.done is not None
            self.outside += one.done or 0
            return
        self.count += 1
        self.silent += one.done is None
        self.plan += one.plan
        self.done += one.done or 0

    @property
    def percent(self) -> Decimal | None:
        """Completion of the year's plans in per cent."""
        return self._rate[0]

    @property
    def reason(self) -> str:
        """Why there is no rate."""
        return self._rate[1]

    @property
    def _rate(self) -> tuple[Decimal | None, str]:
        return share(self.done, self.plan, _("年度计划"))

    @property
    def working(self) -> str:
        """How the rate comes about, in words."""
        words = {
            "done": shown(decimal_of(self.done)),
            "plan": shown(decimal_of(self.plan)),
            "count": self.count,
        }
        said = _("%(done)s ÷ %(plan)s（万元，%(count)s 个有年度计划的项目）") % words
        if self.silent:
            said += _("；其中 %(n)s 个还没有报数，按未完成计") % {"n": self.silent}
        if self.unplanned:
            words = {"n": self.unplanned, "amount": shown(decimal_of(self.outside))}
            said += _("；没有年度计划的 %(n)s 个不计入，另完成 %(amount)s 万元") % words
        return said

    @property
    def official(self) -> Decimal | None:
        """Investment in official statistics; None where the sum would give single projects away."""
        told = self.statistic_count >= FEWEST and not self.covered
        return decimal_of(self.statistics) if told else None


@dataclass(frozen=True)
class InvestedPage:
    """All projects of a viewer in a year up to a month, in one teller's words."""

    period: Period
    teller: str
    rows: list[Invested]
    total: InvestedSum
    zones: list[InvestedSum]
    laggards: list[Invested]
    pace: PaceRule | None
    pace_source: str
    expected: Decimal
    differing: list[Differing] = field(default_factory=list)


@dataclass(frozen=True)
class Differing:
    """A project of which unit and platform tell different cumulative amounts of one month."""

    row: Row
    period: str
    unit: Decimal
    platform: Decimal

    @property
    def gap(self) -> Decimal:
        """What the platform says more, in 万元."""
        return self.platform - self.unit


def invested(viewer: Viewer, moment: Moment, period: Period, teller: str) -> InvestedPage:
    """Plans and figures up to a month as known at the moment, in a fixed number of queries."""
    rows = projects(viewer, moment)
    mine = living(viewer, moment).values("key")
    plans = _plans(YearPlan.objects.at(moment).filter(project__in=mine, year=period.year))
    figures = MoneyFigure.objects.at(moment).filter(
        project__in=mine, period__gte=f"{period.year}-01", period__lte=period.key
    )
    known = _Known(figures)
    pace = pace_at(viewer.city, moment)
    lines = [_line(row, plans, known, period, teller, pace) for row in rows]
    total, zones = InvestedSum("", _("合计")), {}
    for line in lines:
        statistics = known.cumulative(Series.STATISTICS, line.key, Teller.UNIT)
        zone = zones.setdefault(line.row.zone_unit, InvestedSum(line.row.zone_unit, line.row.zone))
        for one in (total, zone):
            one.add(line, statistics)
    _cover(zones.values())
    behind = [line for line in lines if line.behind]
    told = [line for line in lines if line.plan is not None or line.last or line.in_place]
    return InvestedPage(
        period=period,
        teller=teller,
        rows=told,
        total=total,
        zones=sorted(
            (z for z in zones.values() if z.count or z.outside or z.in_place),
            key=lambda one: (not one.label, one.label),
        ),
        laggards=sorted(behind, key=lambda one: (one.percent or 0, one.row.name)),
        pace=pace,
        pace_source=owned(pace) if pace else "",
        expected=share(Fraction(period.number), Fraction(12), "")[0] or Decimal(0),
        differing=_differing(rows, known),
    )


def _cover(zones: Iterable[InvestedSum]) -> None:
    """Keep one more zone's official sum back where the total less the others would be that of
    too few projects."""
    told = [zone for zone in zones if zone.statistic_count]
    few = sum(zone.statistic_count for zone in told if zone.statistic_count < FEWEST)
    enough = [zone for zone in told if zone.statistic_count >= FEWEST]
    if 0 < few < FEWEST and enough:
        min(enough, key=lambda zone: (zone.statistic_count, zone.key)).covered = True


TOLD = (
    "series", "told_by", "project_id", "fund", "period",
    "month", "month_scale", "to_date", "to_date_scale",
)  # fmt: skip
"""What is read of a figure: no objects are made of thousands, no amounts but those shown."""

Raw = tuple[int | None, int, int, int]
"""The month's own amount and the cumulative one, each with its scale."""


class _Known:
    """Figures by series, teller and project: by fund, the months told with a cumulative amount."""

    def __init__(self, figures: QuerySet[MoneyFigure]) -> None:
        self._told: dict[tuple[str, str, str], dict[str, dict[str, Raw]]] = {}
        rows = figures.exclude(to_date=None).order_by("period").values_list(*TOLD)
        for series, told_by, project, fund, period, *raw in rows.iterator():
            place = self._told.setdefault((series, told_by, project), {})
            place.setdefault(fund, {})[period] = tuple(raw)

    def months(self, series: str, project: str, teller: str) -> Mapping[str, Raw]:
        """The months told in a series without funds, the earliest first."""
        return self._told.get((series, teller, project), {}).get("", {})

    def last(
        self, series: str, project: str, teller: str
    ) -> tuple[str, Fraction | None, Fraction | None]:
        """The last month told in a series without funds, its own and its cumulative amount."""
        months = self.months(series, project, teller)
        if not months:
            return "", None, None
        period, raw = next(reversed(months.items()))
        return period, exact(raw[0], raw[1]), _to_date(raw)

    def cumulative(self, series: str, project: str, teller: str) -> Fraction | None:
        """The year's cumulative amount, over all funds; None where nothing was told."""
        found = self._told.get((series, teller, project), {})
        if not found:
            return None
        return sum((_to_date(next(reversed(m.values()))) for m in found.values()), Fraction(0))


def _to_date(raw: Raw) -> Fraction:
    """The cumulative amount of a figure."""
    return Fraction(raw[2], 10 ** raw[3])


def _plans(plans: Iterable[YearPlan]) -> Mapping[tuple[str, str], Fraction | None]:
    return {(p.project_id, p.told_by): exact(p.amount, p.amount_scale) for p in plans}


def _line(
    row: Row,
    plans: Mapping[tuple[str, str], Fraction | None],
    known: _Known,
    period: Period,
    teller: str,
    pace: PaceRule | None,
) -> Invested:
    plan = plans.get((row.key, teller))
    last, month, done = known.last(Series.DISPATCH, row.key, teller)
    percent, reason = share(done, plan, _("年度计划"))
    return Invested(
        row=row,
        plan=plan,
        month=month if last == period.key else None,
        done=done,
        last=last,
        in_place=known.cumulative(Series.IN_PLACE, row.key, teller),
        percent=percent,
        reason=reason,
        behind=_behind(plan, done, period, pace),
    )


def _behind(
    plan: Fraction | None, done: Fraction | None, period: Period, pace: PaceRule | None
) -> str:
    """How far a project is below an even pace, in words; '' where it isn't, or nobody can tell."""
    if not plan or pace is None:
        return ""
    gap = expected(period.number) - 100 * (done or Fraction(0)) / plan
    if gap <= pace.behind:
        return ""
    points, _why = share(gap, Fraction(100), "")
    words = {"points": shown(points)}
    if done is None:
        return _("还没有报数，落后 %(points)s 个百分点") % words
    return _("落后 %(points)s 个百分点") % words


def _differing(rows: Iterable[Row], known: _Known) -> list[Differing]:
    """Projects of which unit and platform tell a month otherwise, the largest gap first.

    The last month that both have told is compared; without one nothing is.
    """
    found = []
    for row in rows:
        unit, platform = (
            known.months(Series.DISPATCH, row.key, teller)
            for teller in (Teller.UNIT, Teller.PLATFORM)
        )
        period = max(unit.keys() & platform.keys(), default="")
        if not period:
            continue
        mine, theirs = _to_date(unit[period]), _to_date(platform[period])
        if mine != theirs:
            found.append(Differing(row, period, decimal_of(mine), decimal_of(theirs)))
    return sorted(found, key=lambda one: (-abs(one.gap), one.row.name))
