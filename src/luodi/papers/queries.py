"""Finding papers, what stands in them, and who may do what with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from luodi.audit.models import Act
from luodi.audit.queries import acts_on
from luodi.common.doors import Found, find_subject
from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.orgs.choices import Role
from luodi.orgs.queries import may_see, names_of, people_with, rules_of_unit, unit_names, visible
from luodi.orgs.rules import Viewer

from .choices import DEEDS, DELIVERED, ISSUED, PaperKind, PaperStage
from .flows import PAPER, is_issued
from .models import (
    Delivery,
    Difference,
    NumberTaken,
    Paper,
    PaperDraft,
    PaperReader,
    PaperState,
)
from .rules.series import PaperPolicy, policy
from .rules.snapshot import Content, Figure, figures_of, read
from .rules.wording import Issued

DRAFTERS = (Role.OFFICE,)
CHECKERS = (Role.OFFICE, Role.SECTION_HEAD)


@dataclass(frozen=True)
class PaperRow:
    """A paper as the list shows it."""

    key: str
    kind: str
    title: str
    number: str
    period: str
    stage: str
    unit: str
    drafted_by: str
    signed_by: str
    signed_on: date | None
    differences: int | None


@dataclass(frozen=True)
class Event:
    """A line of a paper's timeline."""

    at: datetime
    who: str
    what: str
    why: str
    detail: str


@dataclass(frozen=True)
class Source:
    """Where a figure of a paper comes from."""

    figure: Figure
    title: str
    kind: str
    address: str
    position: int
    frozen_at: datetime


def policy_for(city: str, kind: str, moment: Moment, unit: str = "") -> PaperPolicy:
    """How papers of a kind are numbered and signed at a moment: by the rules of the place of the
    unit that issues them, else by the city's."""
    return policy(rules_of_unit(city, unit, moment), kind, moment.today)


def office_of(viewer: Viewer) -> str:
    """The unit in which the viewer is the office; empty where they aren't."""
    return next((unit for unit, role in sorted(viewer.unit_roles) if role == Role.OFFICE), "")


def office_units(viewer: Viewer, moment: Moment) -> frozenset[str]:
    """Units whose unsigned papers the viewer may see: as writer, checker or signer there."""
    roles = {str(role) for role in CHECKERS}
    for city in viewer.cities:
        for kind in PaperKind.values:
            roles |= policy_for(city, kind, moment, viewer.unit).signers
    candidates = {unit for unit, role in viewer.unit_roles if role in roles}
    return frozenset(unit for unit in candidates if people_with(unit, DRAFTERS))


def parts_of(paper: Paper, drafted_by: str, person: str, moment: Moment) -> frozenset[str]:
    """What a person is to a paper: drafter, checker, signer.

    The checker is another person than the drafter, wherever the office has another one.
    """
    parts = set()
    if person in people_with(paper.unit, DRAFTERS):
        parts.add("drafter")
    checkers = set(people_with(paper.unit, CHECKERS))
    if person in checkers and (person != drafted_by or checkers == {drafted_by}):
        parts.add("checker")
    signers = policy_for(paper.city, paper.kind, moment, paper.unit).signers
    if person in people_with(paper.unit, signers):
        parts.add("signer")
    return frozenset(parts)


def moves_for(state: PaperState, person: str, moment: Moment) -> frozenset[str]:
    """The steps a person may take with a paper now; none while looking at the past."""
    if moment.is_past:
        return frozenset()
    parts = parts_of(state.paper, state.drafted_by, person, moment)
    return frozenset(move.name for move in PAPER.available(state.stage, parts))


def open_state(paper: str) -> PaperState:
    """How a paper stands now. Raises `NotFound`."""
    rows = PaperState.objects.open().select_related("paper", "snapshot", "word_file")
    state = rows.filter(paper=paper).first()
    if state is None:
        raise NotFound(_("没有这份文稿，或不在您的范围内。"))
    return state


def states_for(viewer: Viewer, moment: Moment) -> QuerySet[PaperState]:
    """The papers a viewer may see as they stood at a moment: signed ones, and the office's own."""
    mine = office_units(viewer, moment)
    papers = visible(Paper.objects.at(moment), viewer)
    rows = PaperState.objects.at(moment).filter(paper__in=papers)
    return rows.filter(Q(stage__in=ISSUED) | Q(paper__unit__in=mine)).select_related("paper")


def state_for(viewer: Viewer, key: str, moment: Moment) -> PaperState:
    """One paper the viewer may see. Raises `NotFound`, also for another office's draft."""
    rows = states_for(viewer, moment).select_related("paper", "snapshot", "word_file", "sheet_file")
    state = rows.filter(paper=key).first()
    if state is None:
        raise NotFound(_("没有这份文稿，或不在您的范围内。"))
    return state


def papers_of(viewer: Viewer, moment: Moment) -> list[PaperRow]:
    """The list of papers, newest first."""
    states = list(states_for(viewer, moment).order_by("-paper__act"))
    people = names_of(p for s in states for p in (s.drafted_by, s.signed_by) if p)
    units = unit_names({s.paper.unit for s in states}, moment)
    differing = _difference_counts(states)
    return [
        PaperRow(
            key=state.paper_id,
            kind=state.paper.get_kind_display(),
            title=state.title,
            number=state.number,
            period=state.paper.period,
            stage=state.get_stage_display(),
            unit=units.get(state.paper.unit, ""),
            drafted_by=people.get(state.drafted_by, ""),
            signed_by=people.get(state.signed_by, ""),
            signed_on=state.signed_on,
            differences=differing.get(state.since_id, 0) if state.filed_file_id else None,
        )
        for state in states
    ]


def _difference_counts(states: Iterable[PaperState]) -> dict[int, int]:
    """Differences by the act that filed the copy back."""
    acts = [state.since_id for state in states if state.filed_file_id]
    counts: dict[int, int] = {}
    for act in Difference.objects.filter(act__in=acts).values_list("act", flat=True):
        counts[act] = counts.get(act, 0) + 1
    return counts


def paper_about(city: str, kind: str, about: str) -> Paper | None:
    """The paper of a kind composed for a subject, if there is one."""
    return Paper.objects.filter(city=city, kind=kind, about=about).first()


def draft_of(paper: Paper) -> PaperDraft:
    """The office's own words; an unsaved, empty one where nothing was typed yet."""
    found = PaperDraft.objects.filter(paper=paper).first()
    return found or PaperDraft(paper=paper, city=paper.city, unit=paper.unit, version=0)


def content_of(state: PaperState) -> Content | None:
    """What is frozen in a paper, or None while it is being drafted."""
    return read(state.snapshot.content) if state.snapshot else None


def issued_of(state: PaperState) -> Issued | None:
    """Number and date of a signed paper."""
    return Issued(state.number, state.signed_on) if state.signed_on else None


def next_number(city: str, series: str, year: int) -> int:
    """The number that follows the last one taken."""
    taken = NumberTaken.objects.filter(city=city, series=series, year=year)
    return (taken.aggregate(last=Max("number"))["last"] or 0) + 1


def differences_of(state: PaperState) -> list[Difference]:
    """What the copy filed back last says differently, in the order of the paper."""
    if not state.filed_file_id:
        return []
    return list(Difference.objects.filter(paper=state.paper_id, act=state.since_id).order_by("pk"))


def timeline(paper: str, moment: Moment) -> list[Event]:
    """What happened to a paper, oldest first."""
    acts = list(acts_on(subject_key("paper", paper), moment).filter(verb__in=DEEDS))
    people = names_of(act.by for act in acts)
    return [
        Event(act.at, people.get(act.by, "—"), str(DEEDS[act.verb]), act.why, _detail(act))
        for act in acts
    ]


def _detail(act: Act) -> str:
    said: dict[str, Any] = act.payload
    if act.verb == "sign_paper":
        return _("编号 %s") % said["number"]
    if act.verb == "file_back":
        return _("数字不一致 %(figures)s 处，文字不同 %(lines)s 行") % said
    if act.verb == "check_paper" and said.get("own_draft"):
        return _("本单位没有第二人，由拟稿人自核")
    return ""


def source_of(state: PaperState, figure: str) -> Source:
    """The source of one figure of a frozen paper. Raises `NotFound`."""
    content = content_of(state)
    found = figures_of(content).get(figure) if content else None
    if found is None or state.snapshot is None:
        raise NotFound(_("这份文稿里没有这个数据。"))
    subject = address_of(found.source)
    return Source(
        figure=found,
        title=subject.title,
        kind=subject.kind_label,
        address=subject.address,
        position=state.snapshot.position,
        frozen_at=state.snapshot.act.at,
    )


def address_of(source: str) -> Found:
    """A source as title and address; one that is an address stands for itself."""
    if source.startswith("/"):
        return Found(title=source, address=source, kind_label="")
    return find_subject(source) or Found(title=source, address="", kind_label="")


def about_of(state: PaperState, viewer: Viewer) -> Found | None:
    """What a paper is about, with its address where the viewer may follow it."""
    if not state.paper.about:
        return None
    found = address_of(state.paper.about)
    hidden = bool(found.scope) and not may_see(viewer, dict(found.scope))
    return replace(found, address="") if hidden else found


def find_paper(key: str) -> Found | None:
    """A paper as others may show it; None until it is signed."""
    state = PaperState.objects.open().select_related("paper", "snapshot").filter(paper=key).first()
    if state is None or not is_issued(state.stage):
        return None
    reader = state.paper.addressee
    if state.paper.kind in DELIVERED and not Delivery.objects.filter(paper=key).exists():
        reader = state.paper.unit
    return Found(
        title=f"{state.title} {state.number}".strip(),
        address=f"/papers/{key}/",
        kind_label=state.paper.get_kind_display(),
        scope={
            "city": state.paper.city,
            "unit": reader,
            "units": " ".join(readers_of(key)),
        },
    )


def readers_of(paper: str) -> list[str]:
    """The units a paper goes to, where it goes to several; empty where it goes to everybody."""
    rows = PaperReader.objects.open().filter(paper=paper).order_by("pk")
    return list(rows.values_list("unit", flat=True))


def is_frozen(state: PaperState) -> bool:
    """True once the text can't be typed on any more."""
    return state.stage != PaperStage.DRAFTED
