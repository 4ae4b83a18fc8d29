"""The money of one project: plans, the three series with their versions, what clashes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from luodi.common.languages import titled
from luodi.common.moments import Moment
from luodi.kit.calendars import Period
from luodi.orgs.choices import Role
from luodi.orgs.queries import names_of, pack_of
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import FundRule, PaceRule

from ..choices import Series, Teller
from ..models import MoneyFigure, YearPlan
from ..rules.money import (
    COLUMNS,
    Amounts,
    clashes,
    decimal_of,
    doubts,
    exact,
    funds_of,
    pace_of,
    share,
)
from .heads import ProjectHead


@dataclass(frozen=True)
class Told:
    """One version of a month or a plan, in 万元; `until` is when the next version came."""

    key: str
    period: str
    series: str
    fund: str
    amounts: dict[str, Decimal | None]
    why: str
    who: str
    at: datetime
    since: int
    wrong: tuple[str, ...] = ()
    before: tuple[Told, ...] = ()


@dataclass(frozen=True)
class SeriesShown:
    """One series of one teller (and fund), newest month first."""

    series: str
    label: str
    teller: str
    teller_label: str
    rows: tuple[Told, ...]


@dataclass(frozen=True)
class MoneyPage:
    """The money of a project. `rate` is this year's completion with its working, or why not."""

    total: Decimal | None
    intended: Decimal | None
    plans: tuple[Told, ...]
    platform_plans: tuple[Told, ...]
    series: tuple[SeriesShown, ...]
    year: int
    plan: Decimal | None
    done: Decimal | None
    done_period: str
    percent: Decimal | None
    reason: str
    sees_statistics: bool


def may_tell(viewer: Viewer, roles: Iterable[str], series: str) -> bool:
    """Whether a viewer may tell figures of a series: statistics are the statisticians'."""
    if series == Series.STATISTICS:
        return viewer.has(Role.STATISTICIAN)
    return bool(frozenset(roles))


def sees_statistics(viewer: Viewer, head: ProjectHead) -> bool:
    """Whether a viewer sees one project's official statistics: its own units, statisticians.

    What is collected as statistics about one respondent serves no other purpose.
    """
    mine = {head.state.lead, head.state.zone} & viewer.units
    return viewer.has(Role.STATISTICIAN) or bool(mine)


def funds_at(city: str, moment: Moment) -> tuple[FundRule, ...]:
    """The sources of funds of a city at a moment."""
    return funds_of(pack_of(city, moment), moment.today)


def pace_at(city: str, moment: Moment) -> PaceRule | None:
    """How far investment may be behind its plan, by the pack of a moment."""
    return pace_of(pack_of(city, moment), moment.today)


def amounts_of(figure: MoneyFigure) -> Amounts:
    """The exact amounts of a figure."""
    return Amounts(
        **{name: exact(getattr(figure, name), getattr(figure, f"{name}_scale")) for name in COLUMNS}
    )


def before_of(project: str, key: Mapping[str, str], period: Period) -> Amounts | None:
    """What is known now of the month before, in the same series; None where nothing was told."""
    rows = MoneyFigure.objects.open().filter(project=project, **key)
    found = rows.filter(period=period.previous().key).first()
    return amounts_of(found) if found else None


def doubts_about(
    head: ProjectHead, series: str, fund: str, period: Period, said: Amounts, moment: Moment
) -> list[str]:
    """What should be looked at before a month is kept: amounts out of proportion."""
    plan = YearPlan.objects.at(moment).filter(
        project=head.project, told_by=Teller.UNIT, year=period.year
    ).first()  # fmt: skip
    rows = MoneyFigure.objects.at(moment).filter(
        project=head.project, series=series, fund=fund, told_by=Teller.UNIT
    )
    earlier = [amounts_of(row).month for row in rows.exclude(period=period.key)]
    pace = pace_at(head.project.city, moment)
    return doubts(
        said,
        exact(plan.amount, plan.amount_scale) if plan else None,
        exact(head.state.investment, head.state.investment_scale),
        [one for one in earlier if one],
        pace.most_times if pace else 2,
    )


def money_page(head: ProjectHead, viewer: Viewer, moment: Moment) -> MoneyPage:
    """All that is told of a project's money as known at the moment, versions included."""
    year = moment.today.year
    sees = sees_statistics(viewer, head)
    figures = MoneyFigure.objects.ever(moment).filter(project=head.project)
    if not sees:
        figures = figures.exclude(series=Series.STATISTICS)
    rows = list(figures.select_related("since").order_by("-period", "-since"))
    plans = list(
        YearPlan.objects.ever(moment)
        .filter(project=head.project)
        .select_related("since")
        .order_by("-year", "-since")
    )
    people = names_of({row.since.by for row in (*rows, *plans)})
    titles = {rule.key: titled(rule) for rule in funds_at(head.project.city, moment)}
    plan = _open([p for p in plans if p.year == year and p.told_by == Teller.UNIT], moment)
    done = _latest(rows, year, moment)
    done_amount = amounts_of(done).to_date if done else None
    plan_amount = exact(plan.amount, plan.amount_scale) if plan else None
    percent, reason = share(done_amount, plan_amount, _("年度计划"))
    return MoneyPage(
        total=head.row.investment,
        intended=head.row.intended,
        plans=_plans(plans, Teller.UNIT, moment, people),
        platform_plans=_plans(plans, Teller.PLATFORM, moment, people),
        series=tuple(_series(rows, titles, moment, people)),
        year=year,
        plan=None if plan_amount is None else decimal_of(plan_amount),
        done=None if done_amount is None else decimal_of(done_amount),
        done_period=done.period if done else "",
        percent=percent,
        reason=reason,
        sees_statistics=sees,
    )


def _is_open(row: Any, moment: Moment) -> bool:
    return row.until_id is None or (moment.position is not None and row.until_id > moment.position)


def _open(rows: Iterable[Any], moment: Moment) -> Any:
    return next((row for row in rows if _is_open(row, moment)), None)


def _latest(rows: Iterable[MoneyFigure], year: int, moment: Moment) -> MoneyFigure | None:
    """The last month of the year for which the unit told dispatch's cumulative investment."""
    return next(
        (
            row
            for row in rows
            if row.series == Series.DISPATCH
            and row.told_by == Teller.UNIT
            and row.period.startswith(f"{year}-")
            and row.to_date is not None
            and _is_open(row, moment)
        ),
        None,
    )


def _shown(amount: Fraction | None) -> Decimal | None:
    return None if amount is None else decimal_of(amount)


def _plans(
    plans: list[YearPlan], teller: str, moment: Moment, people: Mapping[str, str]
) -> tuple[Told, ...]:
    """The plan of each year in one teller's words, the latest version first."""
    by_year: dict[int, list[Told]] = defaultdict(list)
    for row in plans:
        if row.told_by == teller:
            amounts = {
                "amount": _shown(exact(row.amount, row.amount_scale)),
                "total": _shown(exact(row.total, row.total_scale)),
            }
            by_year[row.year].append(
                Told("", str(row.year), "", "", amounts, row.why, people.get(row.since.by, "—"),
                     row.since.at, row.since_id)
            )  # fmt: skip
    return tuple(_versions(some) for some in by_year.values())


def _versions(some: list[Told]) -> Told:
    """The first of several versions, with the others behind it."""
    first, *before = some
    return Told(**{**vars(first), "before": tuple(before)})


def _series(
    rows: list[MoneyFigure], titles: Mapping[str, str], moment: Moment, people: Mapping[str, str]
) -> Iterable[SeriesShown]:
    """Each series and teller apart, its months with their versions and what clashes."""
    open_ones = {
        (row.series, row.told_by, row.fund, row.period): amounts_of(row)
        for row in rows
        if _is_open(row, moment)
    }
    by_month: dict[tuple[str, str], dict[tuple[str, str], list[Told]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for row in rows:
        period = Period.parse(row.period)
        before = open_ones.get((row.series, row.told_by, row.fund, period.previous().key))
        said = amounts_of(row)
        told = Told(
            key=f"{row.series}.{row.fund}.{row.period}",
            period=row.period,
            series=row.series,
            fund=titles.get(row.fund, row.fund),
            amounts={name: _shown(getattr(said, name)) for name in COLUMNS},
            why=row.why,
            who=people.get(row.since.by, "—"),
            at=row.since.at,
            since=row.since_id,
            wrong=tuple(clashes(said, before, period)) if _is_open(row, moment) else (),
        )
        by_month[row.series, row.told_by][row.period, row.fund].append(told)
    for series in Series:
        for teller in Teller:
            months = by_month.get((series.value, teller.value))
            if months:
                told = tuple(_versions(some) for some in months.values())
                yield SeriesShown(
                    series.value, str(series.label), teller.value, str(teller.label), told
                )
