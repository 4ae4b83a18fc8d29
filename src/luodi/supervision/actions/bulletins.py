"""Bulletins: opened by the clock, shown to the zones, frozen into a paper, signed for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.flows import moved
from luodi.common.keys import new_key, subject_key
from luodi.common.languages import Spoken
from luodi.common.moments import LOCAL, Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed
from luodi.jobs.actions import tell
from luodi.kit.calendars import Period, Schedule, schedule
from luodi.orgs.choices import Role
from luodi.orgs.queries import (
    cities_in_force,
    due_in_city,
    handlers_of,
    pack_of,
    people_of_city,
    viewer_of_person,
)
from luodi.orgs.rules import Viewer
from luodi.packs import Stack, work_calendar
from luodi.packs.schemas import BulletinRule, CadenceRule
from luodi.papers.actions import freeze_paper, open_paper
from luodi.papers.choices import PaperKind, PaperStage
from luodi.papers.models import Paper, PaperState, Snapshot
from luodi.papers.queries import office_of

from ..flows import BULLETIN
from ..models import Bulletin, BulletinComment, BulletinLine, BulletinReceipt, BulletinState
from ..models.bulletins import SUBJECT
from ..queries.bulletins import (
    is_issued,
    papers_about,
    roles_in,
    state_of_bulletin,
    title_of,
    zone_for,
    zone_in_preview,
)
from ..queries.composing import bulletin_rules, zones_of
from ..queries.issues import compose_issue, needed_rule
from ..rules.bulletin_paper import default_title
from ..rules.bulletins import Line

WINDOW = "bulletin.previewed"
"""What starts the clock of a pack within which zones may contest."""

MOST_WORDS = 4000


def open_due_bulletins(*, by: str, at: datetime) -> int:
    """Open the turns that should be open by now in every city; returns how many were opened.

    Doing it twice, or by two workers at once, opens nothing twice. Turns missed since the last
    one are opened too; a city without any begins with the present one.
    """
    opened = 0
    for city in cities_in_force():
        stack = pack_of(city, Moment(at))
        for rule in bulletin_rules(stack, Moment(at).today):
            for turn in _turns(city, rule, stack, at):
                opened += _open(city, rule, turn, by, at)
    return opened


def _turns(city: str, rule: BulletinRule, stack: Stack, at: datetime) -> list[Schedule]:
    """The turns open by now that the city has no bulletin of yet, oldest first."""
    today = Moment(at).today
    found = stack.one("cadence", CadenceRule, rule.cadence, today)
    if found is None:
        return []
    cadence, calendar = found.cadence(), work_calendar(stack)
    known = set(Bulletin.objects.filter(city=city, rule=rule.key).values_list("period", flat=True))
    period = Period.containing(today, cadence.every)
    turns: list[Schedule] = []
    for _step in range(60):
        turn = schedule(cadence, period, calendar)
        if period.key in known:
            break
        if turn and turn.opens_on <= today:
            turns.append(turn)
            if not known:
                break
        period = period.previous()
    return turns[::-1]


def _open(city: str, rule: BulletinRule, turn: Schedule, by: str, at: datetime) -> bool:
    """Open one turn; False where it was open already."""
    key = new_key()
    fresh = Bulletin(key=key, city=city, rule=rule.key, period=turn.period.key)
    try:
        with perform(
            "open_bulletin", by=by, at=at, subjects=[subject_key(SUBJECT, key)],
            scope={"city": city}, payload={"rule": rule.key, "period": fresh.period},
        ) as deed:  # fmt: skip
            deed.write(fresh)
            deed.write(BulletinState(bulletin_id=key, stage=BULLETIN.start, due_on=turn.due_on))
    except Conflict:
        return False
    state = state_of_bulletin(key)

    def sentence() -> str:
        words = {"title": title_of(state, Moment(at)), "due": turn.due_on}
        return _("%(title)s可以汇总了，应于 %(due)s 前印发。") % words

    _tell(people_of_city(city, [Role.OFFICE]), key, sentence, f"bulletin:{key}", by, at)
    return True


def preview_bulletin(*, bulletin: str, by: str, at: datetime, seen: int | None = None) -> None:
    """Compose what the bulletin says of every zone and show each its own line.

    From now on zones may contest until the pack's clock runs out. `seen` is the act of the state
    the person looked at.
    """
    state = _seen(bulletin, seen)
    viewer, city = viewer_of_person(by), state.bulletin.city
    _must_be_office(state, viewer)
    zones = zones_of(city, Moment(at))
    stage = moved(BULLETIN, "preview", state.stage, roles_in(viewer, city, ()), {"zones": zones})
    composed = compose_issue(bulletin, viewer, Moment(at))
    until, working = due_in_city(city, WINDOW, at)
    with _deed("preview_bulletin", state, by, at) as deed:
        changes: dict[str, Any] = {
            "stage": stage,
            "run": state.run + 1,
            "position": composed.position,
            "composed_at": at,
            "contest_until": until,
            "working": working,
        }
        deed.payload |= {"position": composed.position, "run": state.run + 1}
        deed.replace(state, **changes)
        _write_lines(deed, state, state.run + 1, composed.lines, final=False)

    def sentence() -> str:
        day = until.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M") if until else _("定稿")
        words = {"title": title_of(state, Moment(at)), "until": day}
        return _("%(title)s的本区数据和位次可以核对了，有异议请在 %(until)s 前提出。") % words

    people = [person for zone in zones for person in handlers_of(zone.of_id)]
    _tell(people, bulletin, sentence, f"preview:{bulletin}:{state.run + 1}", by, at)


def comment_on_bulletin(*, bulletin: str, words: str, by: str, at: datetime, seen: int = 0) -> None:
    """Keep what a zone wants to have said beside its figures; a second time replaces the first.

    `seen` is the act of the words the person looked at, 0 for none. Empty words take them back.
    """
    state, unit = zone_in_preview(bulletin, by, at)
    said = words.strip()
    if len(said) > MOST_WORDS:
        raise Incomplete(_("说明超过 4000 字，没有写入。请改短后再提交。"))
    now = BulletinComment.objects.open().filter(bulletin=bulletin, unit=unit).first()
    if seen != (now.since_id if now else 0):
        raise Conflict(_("同事刚刚改了这段说明，请刷新后再看；您填的内容没有写入。"))
    if said == (now.words if now else ""):
        raise Incomplete(_("没有改动任何内容。"))
    with _deed("comment_on_bulletin", state, by, at, unit=unit) as deed:
        if now:
            deed.close(now)
        if said:
            row = BulletinComment(
                bulletin_id=bulletin, city=state.bulletin.city, unit=unit, words=said
            )
            deed.write(row)


def begin_bulletin_paper(*, bulletin: str, by: str, at: datetime) -> Paper:
    """Begin the paper of a bulletin: the office writes its own words beside the figures there."""
    viewer = viewer_of_person(by)
    state = state_of_bulletin(bulletin)
    _must_be_office(state, viewer)
    if papers_about([bulletin], Moment(at)):
        raise Conflict(_("这期通报已经开始拟稿，请在原稿上继续。"))
    composed = compose_issue(bulletin, viewer, Moment(at))
    return open_paper(
        kind=PaperKind.BULLETIN,
        title=default_title(composed.issue),
        city=state.bulletin.city,
        unit=office_of(viewer),
        about=subject_key(SUBJECT, bulletin),
        period=state.bulletin.period,
        series=f"{PaperKind.BULLETIN}:{state.bulletin.rule}",
        by=by,
        at=at,
    )


def freeze_bulletin(
    *, bulletin: str, by: str, at: datetime, seen: int | None = None
) -> tuple[Snapshot, int]:
    """Compose the bulletin at the last act, keep its lines, and hand its paper on to be checked.

    Not before the zones' window is over, nor while a contest waits for its answer. A paper that
    was sent back is composed and frozen anew.
    """
    with transaction.atomic():
        state = _seen(bulletin, seen)
        viewer = viewer_of_person(by)
        _must_be_office(state, viewer)
        stage = moved(BULLETIN, "freeze", state.stage, roles_in(viewer, state.bulletin.city, ()))
        paper = papers_about([bulletin], Moment(at)).get(bulletin)
        _must_be_ready(state, paper, at)
        composed = compose_issue(bulletin, viewer, Moment(at))
        needed_rule(composed.page)
        if composed.page.open_contests:
            said = _("还有 %(n)s 条异议没有答复，答复后才能定稿。")
            raise Incomplete(said % {"n": composed.page.open_contests})
        run = state.run + 1
        with _deed("freeze_bulletin", state, by, at) as deed:
            deed.payload |= {"position": composed.position, "run": run}
            deed.replace(state, stage=stage, run=run, position=composed.position, composed_at=at)
            _write_lines(deed, state, run, composed.lines, final=True)
        assert paper is not None
        return freeze_paper(
            paper=paper.paper_id,
            content=composed.content,
            position=composed.position,
            by=by,
            at=at,
        )


def _must_be_ready(state: BulletinState, paper: PaperState | None, at: datetime) -> None:
    """Refuse freezing before its time, in a sentence."""
    if state.contest_until and at < state.contest_until and state.stage == "previewed":
        until = state.contest_until.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M")
        raise Incomplete(_("开发区核对期到 %s 为止，期满后才能定稿。") % until)
    if paper is None:
        raise Incomplete(_("请先开始拟稿，写好总体情况和要求，再定稿送审。"))
    if paper.stage != PaperStage.DRAFTED:
        raise Closed(_("这期通报已经定稿送审，不能再定稿；需要修改请先退回重拟。"))


def sign_for_bulletin(*, bulletin: str, by: str, at: datetime) -> None:
    """A zone signs for an issued bulletin (签收), once."""
    state = state_of_bulletin(bulletin)
    unit = zone_for(by, state, at)
    if not is_issued(papers_about([bulletin], Moment(at)).get(bulletin)):
        raise Closed(_("这期通报还没有印发，不能签收。"))
    if BulletinReceipt.objects.filter(bulletin=bulletin, unit=unit).exists():
        raise Conflict(_("本单位已经签收过这期通报。"))
    with _deed("sign_for_bulletin", state, by, at, unit=unit) as deed:
        deed.write(BulletinReceipt(bulletin_id=bulletin, city=state.bulletin.city, unit=unit))


def tell_of_issue(*, bulletin: str, by: str, at: datetime) -> None:
    """Tell every zone that a bulletin has been issued and is to be signed for."""
    state = state_of_bulletin(bulletin)
    zones = zones_of(state.bulletin.city, Moment(at))
    people = [person for zone in zones for person in handlers_of(zone.of_id)]

    def sentence() -> str:
        return _("%(title)s已印发，请签收。") % {"title": title_of(state, Moment(at))}

    _tell(people, bulletin, sentence, f"issued:{bulletin}", by, at)


def _must_be_office(state: BulletinState, viewer: Viewer) -> None:
    if "office" not in roles_in(viewer, state.bulletin.city, ()):
        raise NotAllowed(_("通报由专班办公室办理。"))


def _seen(bulletin: str, seen: int | None) -> BulletinState:
    """The state now, which must be the one the person saw."""
    state = state_of_bulletin(bulletin)
    if seen is not None and state.since_id != seen:
        raise Conflict(_("别人刚刚办理了这期通报，请刷新后再看；您这一步没有写入。"))
    return state


def _deed(verb: str, state: BulletinState, by: str, at: datetime, unit: str = "") -> Any:
    return perform(
        verb,
        by=by,
        at=at,
        subjects=[subject_key(SUBJECT, state.bulletin_id)],
        scope={"city": state.bulletin.city, "unit": unit},
    )


def _write_lines(
    deed: Deed, state: BulletinState, run: int, lines: Iterable[Line], *, final: bool
) -> None:
    for line in lines:
        deed.write(
            BulletinLine(
                bulletin_id=state.bulletin_id,
                run=run,
                final=final,
                content=line.plain(),
                city=state.bulletin.city,
                unit=line.unit,
            )
        )


def _tell(
    people: Iterable[str],
    bulletin: str,
    sentence: Spoken,
    once: str,
    by: str,
    at: datetime,
) -> None:
    tell(
        people=[person for person in dict.fromkeys(people) if person != by],
        kind="bulletin",
        sentence=sentence,
        by=by,
        at=at,
        subject=subject_key(SUBJECT, bulletin),
        address=f"/supervision/bulletins/{bulletin}/",
        once=once,
    )
