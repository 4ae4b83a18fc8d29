"""Claims as rows and pages, and what came of an article: the effect."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.common.doors import Found
from luodi.common.languages import language
from luodi.common.moments import LOCAL, Moment
from luodi.common.refusals import NotFound
from luodi.common.verdicts import WORDS
from luodi.orgs.queries import enterprise_names, enterprises_of, names_of, unit_names, visible
from luodi.orgs.rules import Viewer

from ..choices import ObjectionStage
from ..flows import ENDED, FLOWS, OFFICE, PROXY, TAKES_PAPERS
from ..models import (
    ArticleState,
    ClaimNote,
    ClaimObjection,
    ClaimObjectionState,
    PolicyClaim,
    PolicyClaimState,
)
from ..rules import money
from .catalogue import catalogue
from .claiming import is_in_business
from .events import Event, events_on
from .facts import dossiers
from .holding import claim_roles
from .library import ArticleRow, article_rows
from .matching import told_of
from .papers import PaperShown, papers_of


@dataclass(frozen=True)
class ClaimRow:
    """A claim in words; amounts in 分."""

    key: str
    number: str
    article: str
    title: str
    enterprise: str
    firm: str
    office: str
    office_name: str
    mode_label: str
    stage: str
    stage_label: str
    thing: str
    asked: int | None
    amount: int | None
    notice_until: datetime | None
    paid_on: date | None
    since: int
    why: str
    light: tuple[str, str]

    @property
    def asked_words(self) -> str:
        """What was asked for, in words."""
        return money(self.asked)

    @property
    def amount_words(self) -> str:
        """What was settled, in words."""
        return money(self.amount)

    @property
    def address(self) -> str:
        """Its page; plain, because a thousand rows ask."""
        return f"/policies/claims/{self.key}/"


def claims(
    viewer: Viewer, moment: Moment, *, enterprise: str = "", **chosen: Any
) -> list[ClaimRow]:
    """The claims within the viewer's scope, the latest first; of one `enterprise` those that are
    its own now."""
    mine = visible(PolicyClaim.objects.at(moment).filter(**chosen), viewer)
    if enterprise:
        states = PolicyClaimState.objects.at(moment).filter(PolicyClaimState.held_by([enterprise]))
        mine = mine.filter(key__in=states.values("claim"))
    return claim_rows(mine, moment)


def claim_rows(mine: QuerySet[PolicyClaim], moment: Moment) -> list[ClaimRow]:
    """Rows of the given claims, which the caller has scoped, in four queries."""
    states = PolicyClaimState.objects.at(moment).filter(claim__in=mine).select_related("claim")
    found = list(states.order_by("-claim__year", "-claim__serial"))
    firms = enterprise_names({one.holder for one in found}, moment)
    units = unit_names({one.claim.unit for one in found if one.claim.unit}, moment)
    articles = {one.claim.article_id for one in found}
    titles = ArticleState.objects.at(moment).filter(article__in=articles)
    named = dict(titles.values_list("article", "title"))
    return [_row(one, firms, units, named, moment) for one in found]


def _row(
    state: PolicyClaimState,
    firms: dict[str, str],
    units: dict[str, str],
    titles: dict[str, str],
    moment: Moment,
) -> ClaimRow:
    claim = state.claim
    flow = FLOWS[claim.mode]
    return ClaimRow(
        key=claim.key,
        number=claim.number,
        article=claim.article_id,
        title=titles.get(claim.article_id, ""),
        enterprise=state.holder,
        firm=firms.get(state.holder, ""),
        office=claim.unit,
        office_name=units.get(claim.unit, ""),
        mode_label=flow.en if language() == "en" else flow.zh,
        stage=state.stage,
        stage_label=flow.state(state.stage).label(language()),
        thing=claim.thing,
        asked=state.asked,
        amount=state.amount,
        notice_until=state.notice_until,
        paid_on=state.paid_on,
        since=state.since_id,
        why=state.why,
        light=_light(state, moment),
    )


def _light(state: PolicyClaimState, moment: Moment) -> tuple[str, str]:
    """How a claim stands: done, ended, in notice, waiting."""
    if state.stage == "disbursed":
        paid = state.paid_on
        return "done", _("%(day)s 拨付") % {"day": paid} if paid else _("已拨付")
    if state.stage in ENDED:
        return "none", _("已结束，没有兑现")
    if state.stage == "noticed" and state.notice_until is not None:
        if moment.at > state.notice_until:
            return "yellow", _("公示期满，待拨付")
        return "green", _("公示至 %(day)s") % {"day": state.notice_until.astimezone(LOCAL).date()}
    return "green", _("办理中")


@dataclass(frozen=True)
class MoveShown:
    """A move the viewer may make, with what it asks for."""

    name: str
    label: str
    asks_reason: bool
    asks_amount: bool
    asks_payment: bool
    asks_papers: bool
    for_firm: bool
    """Whether the reason is when and how the firm said it."""


@dataclass(frozen=True)
class ObjectionShown:
    """An objection with what became of it."""

    key: str
    who: str
    text: str
    stage: str
    stage_label: str
    answer: str


@dataclass(frozen=True)
class ClaimPage:
    """A claim as its page shows it; `notes` and `objections` are the office's alone."""

    row: ClaimRow
    claim: PolicyClaim
    state: PolicyClaimState
    roles: frozenset[str]
    moves: tuple[MoveShown, ...]
    reasons: tuple[str, ...]
    verdict: str
    notice: tuple[str, ...]
    notice_source: str
    papers: tuple[PaperShown, ...]
    notes: tuple[tuple[datetime, str, str], ...]
    objections: tuple[ObjectionShown, ...]
    events: tuple[Event, ...]
    changed: str
    """The answer by the facts of today where it has become another; for the office."""
    firm_gone: bool
    """Whether its firm is no longer in business: another may go on with it."""
    firm_seen: bool
    """Whether the firm's own pages are within the viewer's scope."""

    @property
    def takes_papers(self) -> bool:
        """Whether the viewer may put papers with it now."""
        return bool(self.moves) and any(
            self.row.stage in TAKES_PAPERS[role] for role in self.roles & TAKES_PAPERS.keys()
        )

    @property
    def is_office(self) -> bool:
        """Whether the viewer handles it."""
        return OFFICE in self.roles


def claim_page(key: str, viewer: Viewer, moment: Moment) -> ClaimPage:
    """A claim within the viewer's scope, or `NotFound`."""
    mine = visible(PolicyClaim.objects.at(moment).filter(key=key), viewer)
    rows = claim_rows(mine, moment)
    if not rows:
        raise NotFound(_("没有这笔兑现，或者它不归您办理。"))
    claim = PolicyClaim.objects.get(key=key)
    state = PolicyClaimState.objects.at(moment).select_related("claim").get(claim=key)
    roles = claim_roles(viewer, state)
    inside = not viewer.enterprise
    articles = article_rows(viewer, moment, keys=[claim.article_id])
    asked = [name for row in articles for name in row.materials]
    lang = language()
    working = state.notice_working
    return ClaimPage(
        row=rows[0],
        claim=claim,
        state=state,
        roles=roles,
        moves=() if moment.is_past else tuple(moves_of(claim, state, roles)),
        reasons=tuple(reason[lang] for reason in claim.working.get("reasons", ())),
        verdict=claim.working.get("verdict", ""),
        notice=tuple(note[lang] for note in working.get("notes", ())),
        notice_source=working.get("source", ""),
        papers=papers_of(key, asked, state.materials, moment),
        notes=tuple(_notes(key, viewer, moment)) if inside else (),
        objections=tuple(_objections(key, viewer, moment)) if inside else (),
        events=tuple(events_on("policy_claim", key, moment)) if inside else (),
        changed=_changed(claim, state, articles, moment) if OFFICE in roles else "",
        firm_gone=inside and not is_in_business(state.holder, moment),
        firm_seen=inside and enterprises_of(viewer, moment).filter(of=state.holder).exists(),
    )


def _changed(
    claim: PolicyClaim, state: PolicyClaimState, articles: list[ArticleRow], moment: Moment
) -> str:
    """The answer by the facts and the rule of the day, while the claim is open."""
    before = claim.working.get("verdict", "unruled")
    if not articles or before == "unruled" or FLOWS[claim.mode].state(state.stage).final:
        return ""
    known = catalogue(claim.city, moment)
    dossier = dossiers([state.holder], known, moment)[state.holder]
    told = told_of(articles[0].condition, dossier, known)
    if told.answer is None or told.answer.verdict == before:
        return ""
    return f"{WORDS[told.answer.verdict]} {told.lacking}".strip()


def moves_of(
    claim: PolicyClaim, state: PolicyClaimState, roles: frozenset[str]
) -> Iterable[MoveShown]:
    """The moves that lead on from where a claim stands, for these roles."""
    lang = language()
    for move in FLOWS[claim.mode].moves:
        if state.stage in move.sources and set(move.roles) & roles:
            needs = {need.key for need in move.needs}
            yield MoveShown(
                move.name,
                move.label(lang),
                "reason" in needs,
                "amount" in needs,
                "voucher" in needs,
                move.name == "hand_in",
                PROXY in move.roles,
            )


def _notes(claim: str, viewer: Viewer, moment: Moment) -> Iterable[tuple[datetime, str, str]]:
    mine = visible(ClaimNote.objects.at(moment).filter(claim=claim), viewer)
    rows = list(mine.select_related("act"))
    people = names_of(row.act.by for row in rows)
    for row in sorted(rows, key=lambda one: one.act_id):
        yield row.act.at, people.get(row.act.by, "—"), row.text


def _objections(claim: str, viewer: Viewer, moment: Moment) -> Iterable[ObjectionShown]:
    mine = visible(ClaimObjection.objects.at(moment).filter(claim=claim), viewer)
    rows = list(mine.order_by("act"))
    states = ClaimObjectionState.objects.at(moment).filter(objection__claim=claim)
    known = {state.objection_id: state for state in states}
    for row in rows:
        state = known[row.key]
        label = str(ObjectionStage(state.stage).label)
        yield ObjectionShown(row.key, row.who, row.text, state.stage, label, state.answer)


def find_claim(key: str) -> Found | None:
    """A claim as a subject: its firm's and its office's."""
    claim = PolicyClaim.objects.filter(key=key).first()
    if claim is None:
        return None
    scope = {name: getattr(claim, name) for name in ("city", "zone", "unit", "enterprise")}
    address = reverse("policy_claim", args=[key])
    kind = gettext_lazy("政策兑现")
    return Found(claim.number, address, str(kind), claim.thing, scope)
