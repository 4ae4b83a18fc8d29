"""The permits of one project as its page shows them, and when works may be expected to start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.audit.queries import acts_on
from luodi.common.keys import subject_key
from luodi.common.languages import language, listed
from luodi.common.moments import Moment
from luodi.common.tables import LIGHT_SHAPES
from luodi.documents.queries import attachments_of
from luodi.kit.calendars import WorkCalendar
from luodi.kit.networks import Network
from luodi.orgs.models import UnitState
from luodi.orgs.queries import pack_of, unit_names, units_by_name
from luodi.orgs.rules import Viewer
from luodi.packs import work_calendar
from luodi.packs.schemas import Limit, PermitRule, ProjectTypeRule

from ..choices import PermitStep
from ..models import PermitTrack, ProjectPermit
from ..rules.gates import year_list
from ..rules.permits import (
    NEXT,
    START,
    PermitKnown,
    expected_start,
    permits_in,
    ready,
    types_in,
    waits_for,
)
from .heads import ProjectHead, project_head
from .pipelines import pipeline_at, source_in_words, titled
from .timelines import Event, events_of

BASIS = {
    "actual": gettext_lazy("实际"),
    "promised": gettext_lazy("承诺时限"),
    "statutory": gettext_lazy("法定时限"),
}
LIGHTS = {
    "overdue": ("red", gettext_lazy("超期")),
    "": ("none", gettext_lazy("未申报")),
    PermitStep.LODGED: ("green", PermitStep.LODGED.label),
    PermitStep.TAKEN_IN: ("green", PermitStep.TAKEN_IN.label),
    PermitStep.ON_COMMITMENT: ("green", PermitStep.ON_COMMITMENT.label),
    PermitStep.COMPLETED: ("done", PermitStep.COMPLETED.label),
    PermitStep.NOT_NEEDED: ("none", PermitStep.NOT_NEEDED.label),
}
VERBS = frozenset({"track_permits", "record_permit", "withdraw_permit"})


@dataclass(frozen=True)
class PermitRow:
    """One permit of a project. `missing` names what it waits for and what is still open of it."""

    key: str
    title: str
    office: str
    limit: str
    step: str
    light: str
    label: str
    known: PermitKnown | None
    due_at: datetime | None
    overdue: bool
    after: str
    missing: str
    ready: bool
    commitment: bool
    combined: bool
    not_needed_if: str
    not_needed_source: str
    why: str
    working: tuple[str, ...]
    source: str

    @property
    def shape(self) -> str:
        """The shape of its light."""
        return LIGHT_SHAPES[self.light]


@dataclass(frozen=True)
class ForecastRow:
    """The days of one permit in the forecast; `basis` says what its length was taken from."""

    title: str
    start: date
    end: date
    length: str
    basis: str
    deciding: bool
    slack: str


@dataclass(frozen=True)
class StartForecast:
    """When works may be expected to start; None for `reason`.

    `chain`: the permits the day is made of, in order; `chains` is how many such chains there are.
    `late` is in days against the planned start, below zero where it is earlier.
    """

    expected: date | None
    reason: str = ""
    rows: tuple[ForecastRow, ...] = ()
    chain: tuple[str, ...] = ()
    chains: int = 0
    planned: date | None = None
    provisional: str = ""
    out_of_order: tuple[tuple[str, str], ...] = ()

    @property
    def late(self) -> int | None:
        """Days behind the planned start."""
        return (self.expected - self.planned).days if self.expected and self.planned else None

    @property
    def early(self) -> int:
        """Days before the planned start."""
        return -(self.late or 0)


@dataclass(frozen=True)
class PermitsPage:
    """The permits of a project. `seen` is the position of its track, 0 where it has none.

    `stray` are permits recorded that its type doesn't have: key, title, state.
    """

    head: ProjectHead
    track: PermitTrack | None
    seen: int
    type: str
    agent: str
    rows: tuple[PermitRow, ...]
    stray: tuple[tuple[str, str, str], ...]
    forecast: StartForecast
    events: tuple[Event, ...]
    readable: frozenset[str]

    @property
    def overdue(self) -> int:
        """How many permits are past their due instant."""
        return sum(row.overdue for row in self.rows)


def types_at(city: str, moment: Moment) -> tuple[ProjectTypeRule, ...]:
    """The types of project of a city at a moment."""
    return types_in(pack_of(city, moment), moment.today)


def permits_at(city: str, moment: Moment, of: str = "") -> tuple[PermitRule, ...]:
    """The permits of a city at a moment, of one type or of all."""
    return permits_in(pack_of(city, moment), moment.today, of)


def known_of(row: ProjectPermit) -> PermitKnown:
    """How far a permit has come, as rules take it."""
    return PermitKnown(row.step, row.lodged_on, row.taken_in_on, row.committed_on, row.completed_on)


def office_names(
    rules: Sequence[PermitRule], units: Mapping[str, Sequence[UnitState]]
) -> dict[str, str]:
    """The office of each permit: the city's own unit where it has one of the names, else words."""
    english = language() == "en"
    found = {}
    for rule in rules:
        own = next((units[n][0] for n in rule.unit_names if len(units.get(n, ())) == 1), None)
        said = rule.office_en if english else rule.office
        found[rule.key] = (own.short_name or own.name) if own else said
    return found


def limit_in_words(limit: Limit, basis: str) -> str:
    """A limit with what it is."""
    words = {"limit": limit.clock().says(language()), "basis": BASIS[basis]}
    return _("%(limit)s（%(basis)s）") % words


def started_at(city: str, moment: Moment) -> int | None:
    """The order of the stage from which works are under way; None where the pack doesn't say."""
    listed = year_list(pack_of(city, moment), "new", moment.today)
    rule = pipeline_at(city, moment).get(listed.started) if listed else None
    return rule.order if rule else None


def project_permits(key: str, viewer: Viewer, moment: Moment) -> PermitsPage | None:
    """The permits of a project within the viewer's scope as known at the moment; else None."""
    head = project_head(key, viewer, moment)
    if head is None:
        return None
    city = head.project.city
    track = PermitTrack.objects.at(moment).filter(project=key).first()
    rules = permits_at(city, moment, track.type) if track else ()
    states = {row.permit: row for row in ProjectPermit.objects.at(moment).filter(project=key)}
    subject = subject_key("project", key)
    acts = [act for act in acts_on(subject, moment) if act.verb in VERBS]
    every = {rule.key: rule for rule in permits_at(city, moment)}
    asked = {rule.key for rule in rules}
    return PermitsPage(
        head=head,
        track=track,
        seen=track.since_id if track else 0,
        type=next((titled(r) for r in types_at(city, moment) if track and r.key == track.type), ""),
        agent=unit_names({track.agent}, moment).get(track.agent, "") if track else "",
        rows=_rows(rules, states, city, moment),
        stray=tuple(
            (k, titled(every[k]) if k in every else k, str(PermitStep(row.step).label))
            for k, row in states.items()
            if k not in asked
        ),
        forecast=_forecast(head, rules, states, moment),
        events=tuple(events_of(acts, {})),
        readable=frozenset(
            attachments_of(subject, viewer, moment).values_list("file_id", flat=True)
        ),
    )


def _rows(
    rules: Sequence[PermitRule], states: Mapping[str, ProjectPermit], city: str, moment: Moment
) -> tuple[PermitRow, ...]:
    known = {key: known_of(row) for key, row in states.items()}
    offices = office_names(rules, units_by_name(city, moment)) if rules else {}
    before, can = waits_for(rules, known), ready(rules, known)
    titles = {rule.key: titled(rule) for rule in rules}
    return tuple(
        _row(
            rule,
            states.get(rule.key),
            offices[rule.key],
            [titles[key] for key in before.get(rule.key, ())],
            [
                titles[k]
                for k in before.get(rule.key, ())
                if k not in known or not known[k].ended_on
            ],
            rule.key in can,
            moment,
        )
        for rule in rules
    )


def _row(
    rule: PermitRule,
    state: ProjectPermit | None,
    office: str,
    after: list[str],
    missing: list[str],
    can: bool,
    moment: Moment,
) -> PermitRow:
    step = state.step if state else ""
    late = is_overdue(state, moment)
    light, label = LIGHTS["overdue" if late else step]
    english = language() == "en"
    working: dict[str, Any] = state.working if state else {}
    return PermitRow(
        key=rule.key,
        title=titled(rule),
        office=office,
        limit=limit_in_words(rule.limit, rule.basis),
        step=step,
        light=light,
        label=str(label),
        known=known_of(state) if state else None,
        due_at=state.due_at if state else None,
        overdue=late,
        after=listed(after),
        missing=listed(missing),
        ready=can,
        commitment=rule.commitment,
        combined=rule.combined,
        not_needed_if=rule.not_needed_if_en if english else rule.not_needed_if,
        not_needed_source=rule.not_needed_source,
        why=state.why if state else "",
        working=tuple(note[language()] for note in working.get("notes", [])),
        source=f"{rule.owner.name} · {source_in_words(rule.limit.source or rule.source)}",
    )


def is_overdue(state: ProjectPermit | None, moment: Moment) -> bool:
    """Whether a permit that was taken in is past its due instant."""
    return bool(
        state and state.step == PermitStep.TAKEN_IN and state.due_at and moment.at > state.due_at
    )


def steps_after(row: PermitRow) -> list[tuple[str, str]]:
    """What may be recorded next of a permit: value and label."""
    return [
        (step.value, str(step.label))
        for step in PermitStep
        if step in NEXT[row.step] and (step != PermitStep.ON_COMMITMENT or row.commitment)
    ]


def _forecast(
    head: ProjectHead,
    rules: Sequence[PermitRule],
    states: Mapping[str, ProjectPermit],
    moment: Moment,
) -> StartForecast:
    planned = head.state.planned_start
    started = started_at(head.project.city, moment)
    if started is not None and head.row.order >= started:
        why = _("已终止。") if head.row.library == "none" else _("已经开工，不再预计。")
        return StartForecast(None, why, planned=planned)
    if not rules:
        return StartForecast(None, _("还没有选项目类型，不知道要办哪些手续。"), planned=planned)
    known = {key: known_of(row) for key, row in states.items()}
    calendar = work_calendar(pack_of(head.project.city, moment))
    network = expected_start(rules, known, calendar, moment.today)
    if not isinstance(network, Network):
        return StartForecast(None, network.says(language()), planned=planned)
    return _told(network, rules, known, planned)


def _told(
    network: Network,
    rules: Sequence[PermitRule],
    known: Mapping[str, PermitKnown],
    planned: date | None,
) -> StartForecast:
    """A computed network in words."""
    titles = {rule.key: titled(rule) for rule in rules}
    still = {key for key, span in network.spans.items() if span.float is not None} - {START}
    chains = list(
        dict.fromkeys(tuple(key for key in path if key in still) for path in network.paths)
    )
    deciding = {key for chain in chains for key in chain}
    years = [str(year) for year in network.provisional]
    return StartForecast(
        expected=network.spans[START].end,
        rows=tuple(
            _forecast_row(rule, network, known.get(rule.key), rule.key in deciding)
            for rule in rules
            if rule.key in network.spans
        ),
        chain=tuple(titles[key] for key in (chains[0] if chains else ())),
        chains=sum(bool(chain) for chain in chains),
        planned=planned,
        provisional=listed(years),
        out_of_order=tuple(
            (titles[a], titles[b]) for a, b in network.out_of_order if b in titles and a in titles
        ),
    )


def _forecast_row(
    rule: PermitRule, network: Network, known: PermitKnown | None, deciding: bool
) -> ForecastRow:
    span = network.spans[rule.key]
    done = known is not None and known.ended_on is not None
    words = rule.limit.clock().says(language())
    slack = "" if span.float is None else str(span.float)
    length = _("%(n)s 天") % {"n": (span.end - span.start).days} if done else words
    basis = str(BASIS["actual" if done else rule.basis])
    return ForecastRow(titled(rule), span.start, span.end, length, basis, deciding, slack)


def start_of(
    order: int,
    started: int | None,
    rules: Sequence[PermitRule],
    known: Mapping[str, PermitKnown],
    calendar: WorkCalendar,
    today: date,
) -> date | None:
    """The expected start of a project for a list; None where it can't be told or has passed."""
    if not rules or (started is not None and order >= started):
        return None
    network = expected_start(rules, known, calendar, today)
    return network.spans[START].end if isinstance(network, Network) else None
