"""Firms with what is done for them: requests, visits, who looks after them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from luodi.common.doors import Card
from luodi.common.languages import listed
from luodi.common.moments import Moment
from luodi.common.periods import period_label
from luodi.orgs.choices import EnterpriseStanding, Role
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import (
    enterprise_for,
    enterprises_of,
    names_of,
    people_of_city,
    unit_names,
)
from luodi.orgs.rules import UNIT_ROLES, Viewer

from ..choices import OVER, VisitKind, VisitStage
from ..models import RequestState, Sponsorship, VisitState
from ..rules import Quiet
from .rows import Row, count_open, requests_of_firm
from .visits import (
    UNANNOUNCED,
    SiteCall,
    VisitRow,
    owner_of,
    quiet_of_firms,
    quiet_title,
    site_calls,
    visits,
)

SPONSORS = (Role.LEADER_IN_CHARGE, Role.LEADING_GROUP)


@dataclass(frozen=True)
class QuietRow:
    """A firm's count against a limit, in words."""

    title: str
    period: str
    counted: int
    most: int
    wished: int
    over: int
    owner: str
    sites: int


def quiet_row(quiet: Quiet) -> QuietRow:
    """A count in words."""
    return QuietRow(
        quiet_title(quiet),
        period_label(quiet.period),
        quiet.counted,
        quiet.rule.most,
        quiet.wished,
        quiet.over,
        owner_of(quiet),
        quiet.sites,
    )


@dataclass(frozen=True, slots=True)
class FirmRow:
    """A firm with its counts: open requests, all requests, visits of the period against the
    limit, what is still allowed, who looks after it."""

    key: str
    name: str
    home: str
    open: int
    requests: int
    visits: int | None
    most: int | None
    over: int
    sponsors: str


def firms_served(viewer: Viewer, moment: Moment) -> list[FirmRow]:
    """The firms in the viewer's scope with what is done for them; a fixed number of queries."""
    states = list(enterprises_of(viewer, moment))
    keys = [state.of_id for state in states]
    units = unit_names({state.unit for state in states}, moment)
    asked = RequestState.objects.at(moment).filter(firm__in=keys).values_list("firm", "stage")
    every, running = Counter[str](), Counter[str]()
    for firm, stage in asked:
        every[firm] += 1
        running[firm] += stage not in OVER
    sponsors = _sponsors(keys, moment)
    quiet = quiet_of_firms(keys, viewer.city, moment.today, moment)
    return [
        _firm_row(state, units, running, every, quiet[state.of_id], sponsors) for state in states
    ]


def _firm_row(
    state: EnterpriseState,
    units: dict[str, str],
    running: Counter[str],
    every: Counter[str],
    quiet: list[Quiet],
    sponsors: dict[str, list[tuple[str, str]]],
) -> FirmRow:
    key, first = state.of_id, quiet[0] if quiet else None
    return FirmRow(
        key,
        state.name,
        units.get(state.unit, ""),
        running[key],
        every[key],
        first.counted if first else None,
        first.rule.most if first else None,
        first.over if first else 0,
        listed(name for _, name in sponsors.get(key, [])),
    )


def _sponsors(firms: Iterable[str], moment: Moment) -> dict[str, list[tuple[str, str]]]:
    """Key and name of who looks after each firm."""
    rows = Sponsorship.objects.at(moment).filter(enterprise__in=list(firms)).order_by("since")
    pairs = list(rows.values_list("enterprise", "person"))
    names = names_of({person for _, person in pairs})
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for firm, person in pairs:
        found[firm].append((person, names.get(person, "—")))
    return found


@dataclass(frozen=True)
class FirmService:
    """One firm for the offices: what it asked, who came, who looks after it."""

    key: str
    name: str
    running: bool
    requests: tuple[Row, ...]
    visits: tuple[VisitRow, ...]
    quiet: tuple[QuietRow, ...]
    sponsors: tuple[tuple[str, str], ...]
    may_name: bool


def firm_service(viewer: Viewer, key: str, moment: Moment) -> FirmService:
    """A firm in the viewer's scope with what is done for it, or `NotFound`."""
    state = enterprise_for(viewer, key, moment)
    home = viewer.has(Role.OFFICE) or viewer.acts_for(state.unit, *UNIT_ROLES)
    return FirmService(
        key,
        state.name,
        state.standing == EnterpriseStanding.IN_BUSINESS,
        tuple(requests_of_firm(key, viewer, moment)),
        tuple(visits(viewer, moment, key)),
        tuple(quiet_row(q) for q in quiet_of_firms([key], state.city, moment.today, moment)[key]),
        tuple(_sponsors([key], moment).get(key, [])),
        home and not moment.is_past,
    )


def sponsors_to_choose(viewer: Viewer, moment: Moment) -> list[tuple[str, str]]:
    """Key and name of the leaders who may look after a firm."""
    names = names_of(people_of_city(viewer.city, SPONSORS))
    return sorted(names.items(), key=lambda pair: (pair[1], pair[0]))


@dataclass(frozen=True)
class OwnVisit:
    """A visit as the firm itself sees it: what for, when, who; nothing of what was written."""

    on: date
    kind: str
    purpose: str
    unit: str
    stage: str
    wished: bool


def own_visits(viewer: Viewer, moment: Moment) -> tuple[list[OwnVisit], list[QuietRow]]:
    """The visits to the viewer's own firm, and its count against the pack's number.

    An inspection is neither shown nor counted before it has happened.
    """
    if not viewer.enterprise:
        return [], []
    states = VisitState.objects.at(moment).filter(VisitState.of_firms([viewer.enterprise]))
    states = states.exclude(UNANNOUNCED)
    rows = list(states.exclude(stage=VisitStage.CANCELLED).select_related("visit").order_by("-on"))
    calls = site_calls([viewer.enterprise], moment).get(viewer.enterprise, [])
    known = {(row.on, row.visit.of_unit) for row in rows}
    sites = [one for one in calls if (one.on, one.unit) not in known]
    named = {row.visit.of_unit for row in rows} | {one.unit for one in sites}
    units = unit_names(named, moment)
    found = [
        OwnVisit(
            row.on,
            str(VisitKind(row.visit.kind).label),
            row.purpose,
            units.get(row.visit.of_unit, "—"),
            str(VisitStage(row.stage).label),
            bool(row.wish),
        )
        for row in rows
    ]
    found += [_own_site(one, units.get(one.unit, "—")) for one in sites]
    found.sort(key=lambda one: one.on, reverse=True)
    quiet = quiet_of_firms([viewer.enterprise], viewer.city, moment.today, moment, own=True)
    return found, [quiet_row(q) for q in quiet[viewer.enterprise]]


def _own_site(call: SiteCall, unit: str) -> OwnVisit:
    stage = str(VisitStage.VISITED.label)
    purpose = _("到项目现场：%s") % call.project
    return OwnVisit(call.on, str(VisitKind.VISIT.label), purpose, unit, stage, False)


def service_card(key: str, viewer: Viewer, moment: Moment) -> Card | None:
    """On an enterprise's page: open requests, the count of visits, who looks after it."""
    own = viewer.enterprise == key
    rows = requests_of_firm(key, viewer, moment)
    quiet = quiet_of_firms([key], viewer.city, moment.today, moment, own=own)[key]
    context = {
        "key": key,
        "own": own,
        "open": count_open(rows),
        "every": len(rows),
        "quiet": [quiet_row(q) for q in quiet],
        "sponsors": listed(name for _, name in _sponsors([key], moment).get(key, [])),
    }
    return Card("services/card.html", context, 20)
