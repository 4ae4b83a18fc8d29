"""Verified facts that run out: what a firm is asked to renew, and what its home looks after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from luodi.common.languages import language
from luodi.common.moments import Moment
from luodi.kit.eligibility import comparisons
from luodi.orgs.choices import EnterpriseStanding
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import unit_names, visible
from luodi.orgs.rules import Viewer

from ..choices import FactStage
from ..models import FirmFact
from ..rules import Catalogue, keeps_facts, lasting_light
from .catalogue import catalogue
from .facts import dossiers, last_day, stored_value
from .library import article_rows


@dataclass(frozen=True)
class RenewalRow:
    """A verified fact that runs out soon or has run out, with how many articles ask for it.

    `waits`: the firm has stated a newer value already.
    """

    enterprise: str
    firm: str
    home: str
    unit: str
    fact: str
    label: str
    value: str
    on: date
    last_on: date
    light: tuple[str, str]
    articles: int
    may_state: bool
    waits: bool
    may_record: bool

    @property
    def is_over(self) -> bool:
        """Whether it counts no more."""
        return self.light[0] == "red"


def renewals(
    viewer: Viewer, moment: Moment, *, enterprise: str = "", soon: bool = False
) -> list[RenewalRow]:
    """The facts within the viewer's scope to be renewed, the first to run out first.

    With `soon` those alone that still count. Only facts that the articles in force ask for and
    nothing else states, of firms in business; in queries that don't grow with them.
    """
    known = catalogue(viewer.city, moment)
    asked = asked_facts(viewer, moment)
    wanted = [name for name in asked if name in known.sources and known.sources[name].lasting]
    if not wanted:
        return []
    rows = visible(FirmFact.objects.at(moment).filter(fact__in=wanted), viewer)
    rows = rows.filter(of=enterprise) if enterprise else rows
    verified = rows.filter(stage=FactStage.VERIFIED)
    found = list(_ending(verified, wanted, known, moment.today) if soon else verified)
    found = [row for row in found if _is_due(row, known, moment.today, soon)]
    stated = set(rows.filter(stage=FactStage.STATED).values_list("of", "fact")) if found else set()
    return _rows(found, asked, stated, known, viewer, moment)


def _rows(
    found: list[FirmFact],
    asked: dict[str, int],
    stated: set[tuple[str, str]],
    known: Catalogue,
    viewer: Viewer,
    moment: Moment,
) -> list[RenewalRow]:
    states = EnterpriseState.objects.at(moment).filter(
        of__in={row.of_id for row in found}, standing=EnterpriseStanding.IN_BUSINESS
    )
    firms = {state.of_id: state for state in states}
    homes = unit_names({state.unit for state in firms.values()}, moment)
    held = dossiers(firms, known, moment)
    lang = language()
    rows = []
    for row in found:
        firm = firms.get(row.of_id)
        last = last_day(row, known)
        lasting = known.sources[row.fact].lasting
        if firm is None or last is None or lasting is None:
            continue
        if held[row.of_id][row.fact].last_on != last:  # a register or a figure states it by now
            continue
        fact = known.facts[row.fact]
        keeper = keeps_facts(viewer, firm.city, firm.unit, firm.zone)
        rows.append(
            RenewalRow(
                enterprise=row.of_id,
                firm=firm.name,
                home=homes.get(firm.unit, ""),
                unit=firm.unit,
                fact=row.fact,
                label=fact.label(lang),
                value=fact.shown(stored_value(row.value, fact), lang),
                on=row.on,
                last_on=last,
                light=lasting_light(last, lasting.warn_days, moment.today),
                articles=asked[row.fact],
                may_state=known.sources[row.fact].stated,
                waits=(row.of_id, row.fact) in stated,
                may_record=keeper and not moment.is_past,
            )
        )
    return sorted(rows, key=lambda one: (one.last_on, one.firm, one.label))


def asked_facts(viewer: Viewer, moment: Moment) -> dict[str, int]:
    """How many articles in force ask for each fact."""
    count: dict[str, int] = {}
    for row in article_rows(viewer, moment):
        if row.in_force and row.condition is not None:
            for name in {one.fact for one in comparisons(row.condition)}:
                count[name] = count.get(name, 0) + 1
    return count


def _ending(
    rows: QuerySet[FirmFact], wanted: Iterable[str], known: Catalogue, today: date
) -> QuerySet[FirmFact]:
    """Those that may be running out about now: the store sorts out most of them."""
    near = Q()
    for name in wanted:
        lasting = known.sources[name].lasting
        if lasting is not None and lasting.own:
            end = today + timedelta(lasting.warn_days)
            near |= Q(fact=name, holds_until__gte=today, holds_until__lte=end)
        for first, last in lasting.ending(today) if lasting else ():
            near |= Q(fact=name, on__gte=first, on__lte=last)
    return rows.filter(near) if near else rows.none()


def _is_due(row: FirmFact, known: Catalogue, today: date, soon: bool) -> bool:
    lasting = known.sources[row.fact].lasting
    if lasting is None:
        return False
    if lasting.is_ending(row.on, today, row.holds_until):
        return True
    return not soon and lasting.has_run_out(row.on, today, row.holds_until)
