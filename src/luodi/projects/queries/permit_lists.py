"""Permits over projects: the matrix of states, what is due at an office, how far is covered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from luodi.common.languages import titled
from luodi.common.moments import LOCAL, Moment
from luodi.orgs.queries import pack_of, rulebook, source_in_words, unit_names, units_by_name
from luodi.orgs.rules import Viewer
from luodi.packs import Stack, work_calendar
from luodi.packs.schemas import PermitRule

from ..choices import PermitStep
from ..models import PermitTrack, ProjectPermit
from ..rules.permits import Coverage, PermitKnown, coverages_in, permits_in, ready, types_in
from ..rules.rates import per_cent
from .merged import living
from .permit_forecast import known_of, start_of, started_at
from .permits import is_overdue, limit_in_words, office_names, state_of
from .rows import Row, projects


@dataclass(frozen=True)
class PermitCell:
    """How one permit of a project stands: a light, a word, and the day that goes with it."""

    light: str
    label: str
    day: date | None


@dataclass(frozen=True)
class MatrixRow:
    """A project with its permits; `cells` by the keys of the permits its type has."""

    key: str
    name: str
    zone: str
    lead: str
    stage: str
    type: str
    agent: str
    planned: date | None
    expected: date | None
    overdue: int
    cells: dict[str, PermitCell]

    @property
    def late(self) -> int | None:
        """Days the expected start lies behind the planned one."""
        return (self.expected - self.planned).days if self.expected and self.planned else None


@dataclass(frozen=True)
class CoverageShown:
    """A coverage rate with its working; the lists are key, name and, of those left out, why."""

    title: str
    percent: Decimal | None
    reason: str
    numerator: int
    denominator: int
    bare: tuple[tuple[str, str], ...]
    left_out: tuple[tuple[str, str, str], ...]
    definition: str


@dataclass(frozen=True)
class PermitsOverview:
    """The matrix over the projects before their start, and the coverage rates."""

    rows: list[MatrixRow]
    columns: list[tuple[str, str]]
    coverages: list[CoverageShown]
    untyped: int


@dataclass(frozen=True)
class DueRow:
    """A permit of a project that an office has to decide on, or that could be applied for now."""

    key: str
    name: str
    zone: str
    agent: str
    permit: str
    office: str
    light: str
    label: str
    taken_in_on: date | None
    due_at: datetime | None
    limit: str


@dataclass(frozen=True)
class _Field:
    """The viewer's projects with their tracks and permits, by key."""

    rows: dict[str, Row]
    tracks: dict[str, PermitTrack]
    permits: dict[str, dict[str, ProjectPermit]]
    rules: Callable[..., Mapping[str, tuple[PermitRule, ...]]]
    agents: dict[str, str]
    city: str

    def known(self, key: str) -> dict[str, PermitKnown]:
        """How far the permits of a project have come."""
        return {permit: known_of(row) for permit, row in self.permits.get(key, {}).items()}

    def asked(self, key: str) -> tuple[PermitRule, ...]:
        """The permits its type has; none where it has no type."""
        track = self.tracks.get(key)
        return self.rules(self.city, self.rows[key].zone_unit).get(track.type, ()) if track else ()


def _field(viewer: Viewer, moment: Moment) -> _Field:
    rows = {row.key: row for row in projects(viewer, moment)}
    mine = living(viewer, moment).values("key")
    found = PermitTrack.objects.at(moment).filter(project__in=mine)
    tracks = {track.project_id: track for track in found}
    permits: dict[str, dict[str, ProjectPermit]] = {}
    for row in ProjectPermit.objects.at(moment).filter(project__in=mine):
        permits.setdefault(row.project_id, {})[row.permit] = row
    rules = rulebook([viewer.city], moment).each(lambda stack: _by_type(stack, moment))
    agents = unit_names({track.agent for track in tracks.values() if track.agent}, moment)
    return _Field(rows, tracks, permits, rules, agents, viewer.city)


def _by_type(stack: Stack, moment: Moment) -> dict[str, tuple[PermitRule, ...]]:
    """The permits of each type of project by the rules of a place."""
    types = types_in(stack, moment.today)
    return {one.key: permits_in(stack, moment.today, one.key) for one in types}


def expected_starts(
    mine: QuerySet,
    city: str,
    moment: Moment,
    orders: Mapping[str, int],
    zones: Mapping[str, str],
) -> dict[str, date]:
    """When works may be expected to start, of those projects `mine` selects whose permits are
    tracked and that haven't started; `orders` are those of the stages they stand at, `zones`
    where they are."""
    tracks = PermitTrack.objects.at(moment).filter(project__in=mine)
    types = dict(tracks.values_list("project_id", "type"))
    known: dict[str, dict[str, PermitKnown]] = {}
    for row in ProjectPermit.objects.at(moment).filter(project__in=mine):
        known.setdefault(row.project_id, {})[row.permit] = known_of(row)
    started, book = started_at(city, moment), rulebook([city], moment)
    calendars, found = book.each(work_calendar), {}
    asked = {
        one: book.each(partial(permits_in, day=moment.today, of=one)) for one in types.values()
    }
    for key, type_ in types.items():
        zone, order = zones.get(key, ""), orders.get(key, 0)
        rules, calendar = asked[type_](city, zone), calendars(city, zone)
        day = start_of(order, started, rules, known.get(key, {}), calendar, moment.today)
        if day:
            found[key] = day
    return found


def permits_overview(viewer: Viewer, moment: Moment) -> PermitsOverview:
    """Projects whose permits are tracked and that haven't started, by name; and the coverage."""
    field, stack = _field(viewer, moment), pack_of(viewer.city, moment)
    started = started_at(viewer.city, moment)
    calendar = work_calendar(stack)
    types = {rule.key: titled(rule) for rule in types_in(stack, moment.today)}
    rows = []
    for key in field.tracks:
        row, rules, known = field.rows[key], field.asked(key), field.known(key)
        if started is not None and row.order >= started:
            continue
        states = field.permits.get(key, {})
        rows.append(
            MatrixRow(
                key=key,
                name=row.name,
                zone=row.zone,
                lead=row.lead,
                stage=row.stage_label,
                type=types.get(field.tracks[key].type, field.tracks[key].type),
                agent=field.agents.get(field.tracks[key].agent, ""),
                planned=row.planned_start,
                expected=start_of(row.order, started, rules, known, calendar, moment.today),
                overdue=sum(is_overdue(state, moment) for state in states.values()),
                cells={rule.key: _cell(states.get(rule.key), rule, moment) for rule in rules},
            )
        )
    used = {permit for row in rows for permit in row.cells}
    every = permits_in(stack, moment.today)
    return PermitsOverview(
        sorted(rows, key=lambda one: (-one.overdue, one.name, one.key)),
        [(rule.key, titled(rule)) for rule in every if rule.key in used],
        _coverages(field, viewer, moment),
        sum(
            _awaits_type(row, started) for row in field.rows.values() if row.key not in field.tracks
        ),
    )


def _awaits_type(row: Row, started: int | None) -> bool:
    """Whether a project with a contract, not yet started, should say of which type it is."""
    return (
        row.signing == "contract"
        and row.library in ("signing", "building")
        and (started is None or row.order < started)
    )


def _cell(state: ProjectPermit | None, rule: PermitRule, moment: Moment) -> PermitCell:
    light, label = state_of(state, rule, moment)
    day = None
    if state:
        due_on = state.due_at.astimezone(LOCAL).date() if state.due_at else None
        day = state.completed_on or state.committed_on or due_on or state.lodged_on
    return PermitCell(light, label, day)


def _coverages(field: _Field, viewer: Viewer, moment: Moment) -> list[CoverageShown]:
    started = started_at(viewer.city, moment)
    shown = []
    for rule in coverages_in(pack_of(viewer.city, moment), moment.today):
        covered, bare, left_out = [], [], []
        for key, row in sorted(field.rows.items(), key=lambda one: (one[1].name, one[0])):
            verdict, why = _covered(rule.takes, field, key)
            if key not in field.tracks:
                if _awaits_type(row, started):
                    left_out.append((key, _("还没有选项目类型。")))
            elif row.library == "none":
                left_out.append((key, _("已终止。")))
            elif verdict is None:
                left_out.append((key, why))
            else:
                (covered if verdict else bare).append(key)
        shown.append(_shown(Coverage(rule, tuple(covered), tuple(bare), tuple(left_out)), field))
    return shown


def _covered(takes: str, field: _Field, key: str) -> tuple[bool | None, str]:
    """Whether a project is covered; None, with why, where the rate can't apply to it."""
    track, known = field.tracks.get(key), field.known(key)
    if track is None:
        return None, ""
    needed = [r for r in field.asked(key) if r.key not in known or known[r.key].needed]
    if takes == "agency":
        return bool(track.agent), ""
    if takes == "commitment":
        can = any(rule.commitment for rule in needed)
        done = any(one.committed_on for one in known.values())
        return (done, "") if can else (None, _("没有可以承诺办理的手续。"))
    can = any(rule.combined for rule in needed)
    return (track.combined, "") if can else (None, _("没有一本制覆盖的手续。"))


def _shown(found: Coverage, field: _Field) -> CoverageShown:
    base = len(found.covered) + len(found.bare)
    percent, reason = per_cent(Fraction(len(found.covered)), Fraction(base))
    rule = found.rule
    words = {"version": rule.version}
    return CoverageShown(
        title=titled(rule),
        percent=percent,
        reason=reason,
        numerator=len(found.covered),
        denominator=base,
        bare=tuple((key, field.rows[key].name) for key in found.bare),
        left_out=tuple((key, field.rows[key].name, why) for key, why in found.left_out),
        definition=_("第 %(version)s 版") % words
        + f" · {rule.owner.name} · {source_in_words(rule.source)}",
    )


def permits_due(viewer: Viewer, moment: Moment, days: int) -> list[DueRow]:
    """What offices have to decide within so many days, overdue ones too, and what could be applied
    for now; the soonest first."""
    field = _field(viewer, moment)
    started = started_at(viewer.city, moment)
    units = units_by_name(viewer.city, moment)
    every = {rule.key: rule for key in field.tracks for rule in field.asked(key)}
    offices = office_names(list(every.values()), units)
    until = moment.at + timedelta(days=days)
    found: list[DueRow] = []
    for key in field.tracks:
        if started is None or field.rows[key].order < started:
            found += _due_of(field, key, offices, until, moment)
    return sorted(found, key=lambda one: (one.due_at is None, one.due_at or until, one.name))


def _due_of(
    field: _Field, key: str, offices: Mapping[str, str], until: datetime, moment: Moment
) -> Iterable[DueRow]:
    row, states = field.rows[key], field.permits.get(key, {})
    rules = field.asked(key)
    can = ready(rules, field.known(key))
    for rule in rules:
        state = states.get(rule.key)
        due_at = state.due_at if state and state.step == PermitStep.TAKEN_IN else None
        if rule.key not in can and (due_at is None or due_at > until):
            continue
        light, label = state_of(state, rule, moment)
        yield DueRow(
            key=key,
            name=row.name,
            zone=row.zone,
            agent=field.agents.get(field.tracks[key].agent, ""),
            permit=titled(rule),
            office=offices[rule.key],
            light=light,
            label=_("可以申报") if rule.key in can else label,
            taken_in_on=state.taken_in_on if state else None,
            due_at=due_at,
            limit=limit_in_words(rule.limit, rule.basis),
        )
