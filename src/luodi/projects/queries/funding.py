"""The funnel of banks' money, and special funds and bonds, as of any day and as known at any."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from luodi.common.moments import Moment
from luodi.common.tables import shown
from luodi.orgs.queries import names_of, owned, pack_of
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import FundingRule, InstitutionRule

from ..choices import FundingKind, FundingStep
from ..models import Funding, FundingEntry
from ..rules.funding import (
    BANKS,
    RATES,
    Amount,
    excesses,
    funding_rule,
    institutions_of,
    steps_of,
    total,
    unaudited,
    unused,
)
from ..rules.money import decimal_of, exact, share
from .heads import ProjectHead
from .merged import living
from .rows import Row, projects


def institutions_at(city: str, moment: Moment) -> tuple[InstitutionRule, ...]:
    """The institutions of a city's pack at a moment."""
    return institutions_of(pack_of(city, moment), moment.today)


def entries_now(funding: str) -> list[Amount]:
    """What counts of one bank, fund or bond now."""
    rows = FundingEntry.objects.open().filter(funding=funding, void=False)
    return [amount_in(row) for row in rows]


def amount_in(row: FundingEntry) -> Amount:
    """The exact amount of an entry, with its step and day."""
    return Amount(row.step, exact(row.amount, row.amount_scale), row.happened_on)


@dataclass(frozen=True)
class EntryShown:
    """One version of an entry; amounts in 万元."""

    entry: str
    step: str
    label: str
    amount: Decimal | None
    happened_on: date
    void: bool
    why: str
    who: str
    at: datetime
    since: int
    before: tuple[EntryShown, ...] = ()


@dataclass(frozen=True)
class FundingShown:
    """One bank, fund or bond of a project: totals by step (its label, the sum if any amount was
    told, whether it was reached), entries, excesses in words."""

    key: str
    kind: str
    kind_label: str
    giver: str
    totals: tuple[tuple[str, Decimal | None, bool], ...]
    rates: tuple[FunnelRate, ...]
    entries: tuple[EntryShown, ...]
    over: tuple[str, ...]


@dataclass(frozen=True)
class FunnelRate:
    """A rate of the funnel in per cent with its working, or why there is none."""

    label: str
    percent: Decimal | None
    reason: str
    working: str


def rates_over(totals: Mapping[str, Fraction]) -> tuple[FunnelRate, ...]:
    """The rates of the funnel over totals by step (授信/意向, 投放/授信, 投放/意向)."""
    found = []
    for of, over in RATES:
        percent, reason = share(totals[of], totals[over], str(over.label))
        words = {
            "of": of.label,
            "part": shown(decimal_of(totals[of])),
            "over": over.label,
            "whole": shown(decimal_of(totals[over])),
        }
        found.append(
            FunnelRate(
                _("%(of)s/%(over)s") % words,
                percent,
                reason,
                _("%(of)s %(part)s ÷ %(over)s %(whole)s（万元）") % words,
            )
        )
    return tuple(found)


def fundings_of(head: ProjectHead, moment: Moment) -> list[FundingShown]:
    """The banks, funds and bonds of a project as known at the moment, versions included."""
    rows = list(
        FundingEntry.objects.ever(moment)
        .filter(funding__project=head.project)
        .select_related("funding", "since")
        .order_by("-since", "-id")
    )
    people = names_of({row.since.by for row in rows})
    by_funding: dict[str, list[FundingEntry]] = defaultdict(list)
    for row in rows:
        by_funding[row.funding_id].append(row)
    found = [_shown(some, people, moment) for some in by_funding.values()]
    order = list(FundingKind.values)
    return sorted(found, key=lambda one: (order.index(one.kind), one.giver))


def _shown(rows: list[FundingEntry], people: Mapping[str, str], moment: Moment) -> FundingShown:
    funding, by_entry = rows[0].funding, defaultdict(list)
    for row in rows:
        by_entry[row.entry].append(row)
    counted = [amount_in(some[0]) for some in by_entry.values() if not some[0].void]
    totals = {step: total(counted, step, date.max) for step in steps_of(funding.kind)}
    reached = {one.step for one in counted}
    summed = {one.step for one in counted if one.amount is not None}
    entries = [_version(some, people) for some in by_entry.values()]
    return FundingShown(
        key=funding.key,
        kind=funding.kind,
        kind_label=str(FundingKind(funding.kind).label),
        giver=funding.giver,
        totals=tuple(
            (str(step.label), decimal_of(amount) if step in summed else None, step in reached)
            for step, amount in totals.items()
        ),
        rates=rates_over(totals) if funding.kind == FundingKind.LOAN else (),
        entries=tuple(sorted(entries, key=lambda one: (one.happened_on, one.since), reverse=True)),
        over=tuple(
            dict.fromkeys(
                _("%(step)s超过前一步") % {"step": FundingStep(one.step).label}
                for one in excesses(funding.kind, counted)
            )
        ),
    )


def _version(some: list[FundingEntry], people: Mapping[str, str]) -> EntryShown:
    first, *before = [
        EntryShown(
            entry=row.entry,
            step=row.step,
            label=str(FundingStep(row.step).label),
            amount=_decimal(exact(row.amount, row.amount_scale)),
            happened_on=row.happened_on,
            void=row.void,
            why=row.why,
            who=people.get(row.since.by, "—"),
            at=row.since.at,
            since=row.since_id,
        )
        for row in some
    ]
    return EntryShown(**{**vars(first), "before": tuple(before)})


def _decimal(amount: Fraction | None) -> Decimal | None:
    return None if amount is None else decimal_of(amount)


@dataclass
class FunnelSum:
    """The funnel of a bank, a zone or the city: projects and 万元 by step."""

    label: str
    projects: dict[str, set[str]] = field(default_factory=lambda: {s: set() for s in BANKS})
    totals: dict[str, Fraction] = field(default_factory=lambda: dict.fromkeys(BANKS, Fraction(0)))

    def add(self, project: str, entries: Iterable[Amount], day: date) -> None:
        """Count what one bank did for one project up to a day."""
        for one in entries:
            if one.day <= day:
                self.projects[one.step].add(project)
                self.totals[one.step] += one.amount or 0

    def count(self, step: str) -> int:
        """How many projects reached a step."""
        return len(self.projects[step])

    def amount(self, step: str) -> Decimal:
        """What reached a step, in 万元."""
        return decimal_of(self.totals[step])

    @property
    def steps(self) -> list[tuple[str, int, Decimal]]:
        """Each step in words, with its projects and its amount."""
        return [(str(step.label), self.count(step), self.amount(step)) for step in BANKS]

    @property
    def rates(self) -> tuple[FunnelRate, ...]:
        """The rates of the funnel."""
        return rates_over(self.totals)


@dataclass(frozen=True)
class SpecialRow:
    """A special fund or bond of a project up to a day; amounts in 万元."""

    row: Row
    kind: str
    giver: str
    totals: dict[str, Decimal]
    unused: Decimal
    granted_on: date | None
    long_unused: bool
    unaudited: Decimal


@dataclass(frozen=True)
class FundingPage:
    """The funnel by bank, zone and city; special funds and bonds with what is asked about."""

    day: date
    total: FunnelSum
    banks: list[FunnelSum]
    zones: list[FunnelSum]
    special: list[SpecialRow]
    rule: FundingRule | None
    source: str


def funnel(viewer: Viewer, moment: Moment, day: date) -> FundingPage:
    """All money of banks, funds and bonds the viewer may see, up to a day, in a few queries.

    A project with any of it can't be merged into another: nothing is left out.
    """
    rows = {row.key: row for row in projects(viewer, moment)}
    mine = living(viewer, moment).values("key")
    entries = FundingEntry.objects.at(moment).filter(void=False, funding__project__in=mine)
    by_funding: dict[str, list[Amount]] = defaultdict(list)
    fundings: dict[str, Funding] = {}
    for entry in entries.select_related("funding"):
        fundings[entry.funding_id] = entry.funding
        by_funding[entry.funding_id].append(amount_in(entry))
    city = FunnelSum(_("合计"))
    banks: dict[str, FunnelSum] = {}
    zones: dict[str, FunnelSum] = {}
    special = []
    rule = funding_rule(pack_of(viewer.city, moment), moment.today)
    for key, funding in fundings.items():
        row = rows[funding.project_id]
        if funding.kind != FundingKind.LOAN:
            special.append(_special(row, funding, by_funding[key], day, rule))
            continue
        bank = banks.setdefault(funding.giver, FunnelSum(funding.giver))
        zone = zones.setdefault(row.zone_unit, FunnelSum(row.zone))
        for one in (city, bank, zone):
            one.add(row.key, by_funding[key], day)
    return FundingPage(
        day=day,
        total=city,
        banks=sorted(
            banks.values(), key=lambda one: (-one.amount(FundingStep.DISBURSED), one.label)
        ),
        zones=sorted(zones.values(), key=lambda one: (not one.label, one.label)),
        special=sorted(special, key=lambda one: (-one.unaudited, -one.unused, one.row.name)),
        rule=rule,
        source=owned(rule) if rule else "",
    )


def _special(
    row: Row, funding: Funding, entries: list[Amount], day: date, rule: FundingRule | None
) -> SpecialRow:
    waiting, oldest = unused(entries, day)
    aged = oldest is not None and rule is not None and (day - oldest).days > rule.unused_days
    return SpecialRow(
        row=row,
        kind=str(FundingKind(funding.kind).label),
        giver=funding.giver,
        totals={step: decimal_of(total(entries, step, day)) for step in steps_of(funding.kind)},
        unused=decimal_of(waiting),
        granted_on=oldest,
        long_unused=aged,
        unaudited=decimal_of(unaudited(entries, day, rule.audit_days)) if rule else Decimal(0),
    )
