"""The permits of one project as its page shows them, and when works may be expected to start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy

from luodi.audit.queries import acts_on
from luodi.common.keys import subject_key
from luodi.common.languages import language, listed, titled
from luodi.common.moments import Moment
from luodi.common.tables import LIGHT_SHAPES
from luodi.documents.queries import attachments_of
from luodi.orgs.models import UnitState
from luodi.orgs.queries import rules_of_unit, source_in_words, unit_names, units_by_name
from luodi.orgs.rules import Viewer
from luodi.packs import Stack
from luodi.packs.schemas import Limit, PermitRule, ProjectTypeRule

from ..choices import PermitStep
from ..models import PermitTrack, ProjectPermit
from ..rules.permits import (
    NEXT,
    PermitKnown,
    permits_in,
    ready,
    types_in,
    waits_for,
)
from .heads import ProjectHead, project_head
from .holding import does_paperwork
from .permit_events import PERMITS
from .permit_forecast import BASIS, StartForecast, forecast, known_of
from .timelines import Event, events_of

LIGHTS = {
    "overdue": ("red", gettext_lazy("超期")),
    "near": ("yellow", gettext_lazy("临期")),
    "paused": ("yellow", gettext_lazy("暂停计时")),
    "": ("none", gettext_lazy("未申报")),
    PermitStep.LODGED: ("green", PermitStep.LODGED.label),
    PermitStep.TAKEN_IN: ("green", PermitStep.TAKEN_IN.label),
    PermitStep.ON_COMMITMENT: ("green", PermitStep.ON_COMMITMENT.label),
    PermitStep.COMPLETED: ("done", PermitStep.COMPLETED.label),
    PermitStep.NOT_NEEDED: ("none", PermitStep.NOT_NEEDED.label),
}
VERBS = frozenset(PERMITS) - {"record_resumption"}


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
    may_record: bool

    @property
    def overdue(self) -> int:
        """How many permits are past their due instant."""
        return sum(row.overdue for row in self.rows)


def types_at(stack: Stack, moment: Moment) -> tuple[ProjectTypeRule, ...]:
    """The types of project by the rules of a place at a moment."""
    return types_in(stack, moment.today)


def permits_at(stack: Stack, moment: Moment, of: str = "") -> tuple[PermitRule, ...]:
    """The permits by the rules of a place at a moment, of one type or of all."""
    return permits_in(stack, moment.today, of)


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
    said = limit.clock().says(language())
    return f"{said} ({BASIS[basis]})" if language() == "en" else f"{said}（{BASIS[basis]}）"


def project_permits(key: str, viewer: Viewer, moment: Moment) -> PermitsPage | None:
    """The permits of a project within the viewer's scope as known at the moment; else None."""
    head = project_head(key, viewer, moment)
    if head is None:
        return None
    city = head.project.city
    stack = rules_of_unit(city, head.state.zone, moment)
    track = PermitTrack.objects.at(moment).filter(project=key).first()
    rules = permits_at(stack, moment, track.type) if track else ()
    states = {row.permit: row for row in ProjectPermit.objects.at(moment).filter(project=key)}
    subject = subject_key("project", key)
    acts = [act for act in acts_on(subject, moment) if act.verb in VERBS]
    every = {rule.key: rule for rule in permits_at(stack, moment)}
    asked = {rule.key for rule in rules}
    return PermitsPage(
        head=head,
        track=track,
        seen=track.since_id if track else 0,
        type=next(
            (titled(r) for r in types_at(stack, moment) if track and r.key == track.type), ""
        ),
        agent=unit_names({track.agent}, moment).get(track.agent, "") if track else "",
        rows=_rows(rules, states, city, moment),
        stray=tuple(
            (k, titled(every[k]) if k in every else k, str(PermitStep(row.step).label))
            for k, row in states.items()
            if k not in asked
        ),
        forecast=forecast(head, rules, states, moment),
        events=tuple(events_of(acts, {})),
        may_record=bool(head.roles)
        or (
            not moment.is_past
            and not head.row.into
            and does_paperwork(viewer, track.agent if track else "")
        ),
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
    light, label = state_of(state, rule, moment)
    english = language() == "en"
    working: dict[str, Any] = state.working if state else {}
    return PermitRow(
        key=rule.key,
        title=titled(rule),
        office=office,
        limit=limit_in_words(rule.limit, rule.basis),
        step=step,
        light=light,
        label=label,
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


def state_of(
    state: ProjectPermit | None, rule: PermitRule | None, moment: Moment
) -> tuple[str, str]:
    """How a permit stands: its light, and the word beside it."""
    step = state.step if state else ""
    if is_overdue(state, moment):
        step = "overdue"
    elif state and known_of(state).paused:
        step = "paused"
    elif state and rule and comes_near(state, rule, moment):
        step = "near"
    light, label = LIGHTS[step]
    return light, str(label)


def comes_near(state: ProjectPermit, rule: PermitRule, moment: Moment) -> bool:
    """Whether a permit that was taken in is due within the days its rule warns ahead."""
    if state.step != PermitStep.TAKEN_IN or state.due_at is None or moment.at > state.due_at:
        return False
    return state.due_at - moment.at <= timedelta(days=rule.warn)


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
