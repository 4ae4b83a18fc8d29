"""Bulletins as a list: where each stands, and what a viewer is to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from luodi.common.doors import Found
from luodi.common.keys import subject_key
from luodi.common.languages import language, titled
from luodi.common.moments import LOCAL, Moment
from luodi.common.periods import period_label
from luodi.common.refusals import Closed, NotAllowed, NotFound
from luodi.orgs.choices import Role
from luodi.orgs.queries import viewer_of_person, visible
from luodi.orgs.rules import UNIT_ROLES, Viewer
from luodi.papers.choices import ISSUED, PaperKind
from luodi.papers.models import Paper, PaperState

from ..flows import BULLETIN
from ..models import Bulletin, BulletinReceipt, BulletinState, Contest, ContestState
from ..models.bulletins import SUBJECT
from .composing import rule_of, zones_of


@dataclass(frozen=True)
class BulletinRow:
    """A bulletin in the list. `number` and `issued_on` once it is issued."""

    key: str
    title: str
    period: str
    stage: str
    stage_label: str
    due_on: date | None
    contest_until: datetime | None
    number: str
    issued_on: date | None
    open_contests: int
    signed_for: int
    mine_to_sign: bool
    mine: bool
    light: str
    why: str


def zone_of(viewer: Viewer, zones: Iterable[str]) -> str:
    """The zone a viewer acts for; '' for none."""
    return next((zone for zone in zones if viewer.acts_for(zone, *UNIT_ROLES)), "")


def roles_in(viewer: Viewer, city: str, zones: Iterable[str]) -> frozenset[str]:
    """What a viewer is to a city's bulletins: office, zone."""
    found = set()
    if city in viewer.cities and viewer.has(Role.OFFICE):
        found.add("office")
    if zone_of(viewer, zones):
        found.add("zone")
    return frozenset(found)


def papers_about(keys: Iterable[str], moment: Moment) -> dict[str, PaperState]:
    """The papers of bulletins at a moment, by bulletin."""
    subjects = {subject_key(SUBJECT, key): key for key in keys}
    papers = Paper.objects.filter(kind=PaperKind.BULLETIN, about__in=subjects)
    states = PaperState.objects.at(moment).filter(paper__in=papers).select_related("paper")
    return {subjects[state.paper.about]: state for state in states}


def is_issued(paper: PaperState | None) -> bool:
    """Whether a bulletin with this paper has been issued."""
    return paper is not None and paper.stage in ISSUED


def state_of_bulletin(key: str) -> BulletinState:
    """How a bulletin stands now; `NotFound` where there is none."""
    rows = BulletinState.objects.open().filter(bulletin=key).select_related("bulletin")
    state = rows.first()
    if state is None:
        raise NotFound(_("没有这期通报，或者它不在您的范围内。"))
    return state


def bulletins(viewer: Viewer, moment: Moment) -> list[BulletinRow]:
    """The bulletins of the viewer's cities at a moment, the latest turn first."""
    mine = visible(Bulletin.objects.at(moment), viewer)
    rows = BulletinState.objects.at(moment).filter(bulletin__in=mine)
    states = list(rows.select_related("bulletin").order_by("-due_on", "-bulletin__act"))
    return _rows(states, viewer, moment)


def _rows(states: list[BulletinState], viewer: Viewer, moment: Moment) -> list[BulletinRow]:
    keys = [state.bulletin_id for state in states]
    papers = papers_about(keys, moment)
    contests = visible(Contest.objects.at(moment).filter(bulletin__in=keys), viewer)
    waiting: dict[str, int] = {}
    raised = ContestState.objects.at(moment).filter(contest__in=contests, stage="raised")
    for key in raised.values_list("contest__bulletin", flat=True):
        waiting[key] = waiting.get(key, 0) + 1
    receipts = visible(BulletinReceipt.objects.at(moment).filter(bulletin__in=keys), viewer)
    signed: dict[str, set[str]] = {}
    for key, unit in receipts.values_list("bulletin", "unit"):
        signed.setdefault(key, set()).add(unit)
    zones = [zone.of_id for zone in zones_of(viewer.city, moment)]
    zone = zone_of(viewer, zones)
    return [
        row_of(state, papers.get(state.bulletin_id), waiting, signed, zone, moment)
        for state in states
    ]


def row_of(
    state: BulletinState,
    paper: PaperState | None,
    waiting: Mapping[str, int],
    signed: Mapping[str, set[str]],
    zone: str,
    moment: Moment,
) -> BulletinRow:
    """One bulletin as the list shows it, from what was read of all."""
    key, issued = state.bulletin_id, is_issued(paper)
    light, why = _light(state, issued, moment)
    return BulletinRow(
        key=key,
        title=title_of(state, moment),
        period=state.bulletin.period,
        stage="issued" if issued else state.stage,
        stage_label=stage_label(state.stage, issued=issued),
        due_on=state.due_on,
        contest_until=state.contest_until,
        number=paper.number if paper and issued else "",
        issued_on=paper.signed_on if paper and issued else None,
        open_contests=waiting.get(key, 0),
        signed_for=len(signed.get(key, ())),
        mine_to_sign=bool(issued and zone and zone not in signed.get(key, set())),
        mine=bool(zone),
        light=light,
        why=why,
    )


def _light(state: BulletinState, issued: bool, moment: Moment) -> tuple[str, str]:
    """Whether a bulletin is late: red after its due day, yellow on the last three."""
    if issued:
        return "done", _("已印发")
    if state.due_on is None:
        return "none", _("没有印发期限")
    left = (state.due_on - moment.today).days
    words = {"due": state.due_on}
    if left < 0:
        return "red", _("应于 %(due)s 前印发") % words
    return ("yellow" if left <= 3 else "green"), _("%(due)s 前印发") % words


def stage_label(stage: str, *, issued: bool) -> str:
    """A stage in words."""
    return _("已印发") if issued else BULLETIN.state(stage).label(language())


def title_of(state: BulletinState, moment: Moment) -> str:
    """The bulletin's title with its period."""
    rule = rule_of(state.bulletin.city, state.bulletin.rule, moment)
    title = titled(rule) if rule else _("通报")
    return f"{title} · {period_label(state.bulletin.period)}"


def zone_for(by: str, state: BulletinState, at: datetime) -> str:
    """The zone a person acts for; `NotAllowed` for everybody else."""
    viewer = viewer_of_person(by)
    zones = [zone.of_id for zone in zones_of(state.bulletin.city, Moment(at))]
    if "zone" not in roles_in(viewer, state.bulletin.city, zones):
        raise NotAllowed(_("这一步由开发区的人员办理。"))
    return next(zone for zone in zones if zone in viewer.units)


def zone_in_preview(bulletin: str, by: str, at: datetime) -> tuple[BulletinState, str]:
    """The state and the person's zone while zones check their lines; refuses after the window."""
    state = state_of_bulletin(bulletin)
    unit = zone_for(by, state, at)
    if state.stage != "previewed":
        raise Closed(_("这期通报现在不在核对期，您填的内容没有写入。"))
    if state.contest_until and at > state.contest_until:
        until = state.contest_until.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M")
        raise Closed(
            _("核对期已于 %s 截止，不能再提；您填的内容没有写入，可以先复制下来。") % until
        )
    return state, unit


def composed_moments(viewer: Viewer, moment: Moment) -> list[tuple[str, int, int]]:
    """Title, position and minute of what the latest bulletins were composed at."""
    mine = visible(Bulletin.objects.at(moment), viewer)
    states = BulletinState.objects.at(moment).filter(bulletin__in=mine, position__isnull=False)
    return [
        (title_of(state, moment), state.position or 0, int(state.composed_at.timestamp()) // 60)
        for state in states.select_related("bulletin").order_by("-due_on")[:4]
        if state.composed_at
    ]


def find_bulletin(key: str) -> Found | None:
    """A bulletin as others may show it."""
    state = BulletinState.objects.open().filter(bulletin=key).select_related("bulletin").first()
    if state is None:
        return None
    at = Moment(state.since.at)
    return Found(
        title=title_of(state, at),
        address=f"/supervision/bulletins/{key}/",
        kind_label=_("通报"),
        scope={"city": state.bulletin.city},
    )
