"""The notice of a grading, the decision, the publication, each by its signed paper."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.audit.models import Act
from luodi.common.flows import moved
from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete, NotAllowed
from luodi.kit.calendars import Clock, due
from luodi.orgs.queries import pack_of, unit_names, viewer_of_person
from luodi.packs import work_calendar
from luodi.packs.schemas import GradingRule
from luodi.papers.actions import freeze_paper, open_paper
from luodi.papers.choices import ISSUED, PaperKind
from luodi.papers.models import Paper, PaperState
from luodi.papers.queries import office_of, paper_about

from ..flows import GRADING
from ..flows.gradings import OFFICE
from ..models import GradingObjectionState, GradingRun, GradingState
from ..queries.grading_papers import listed_grades
from ..queries.gradings import held_state, rule_of_run
from ..rules.grading_papers import bulletin, notice
from ..rules.gradings import parts_of


def draft_grading_notice(*, grading: str, by: str, at: datetime) -> Paper:
    """Draft the notice (公示) of the run that counts; it is then checked and signed as a paper."""
    state, run, rule = _with_run(grading, by)
    if state.stage != "gathering":
        raise Incomplete(_("已经公示过了，不用再拟。"))
    return _draft(state, run, rule, PaperKind.GRADING_NOTICE, by, at)


def draft_grading_bulletin(*, grading: str, by: str, at: datetime) -> Paper:
    """Draft the publication (公布) of a decided grading."""
    state, run, rule = _with_run(grading, by)
    if state.stage != "decided":
        raise Incomplete(_("审定以后才能拟公布文稿。"))
    return _draft(state, run, rule, PaperKind.GRADING_BULLETIN, by, at)


def _with_run(grading: str, by: str) -> tuple[GradingState, GradingRun, GradingRule]:
    state = held_state(grading)
    if OFFICE not in parts_of(viewer_of_person(by), state.grading.city):
        raise NotAllowed(_("亩均评价由专班办公室办理。"))
    if state.run is None:
        raise Incomplete(_("还没有计算结果，请先计算。"))
    return state, state.run, rule_of_run(state.run)


def _about(run: str) -> str:
    return subject_key("grading_run", run)


def _draft(
    state: GradingState, run: GradingRun, rule: GradingRule, kind: PaperKind, by: str, at: datetime
) -> Paper:
    one, moment = state.grading, Moment(at)
    unit = office_of(viewer_of_person(by))
    compose = notice if kind == PaperKind.GRADING_NOTICE else bulletin
    with transaction.atomic():
        rows = listed_grades(run, moment)
        content = compose(
            rule=rule,
            year=one.year,
            rows=rows,
            office=unit_names([unit], moment).get(unit, ""),
            source=subject_key("grading", one.key),
            run=run.number,
            today=moment.today,
            decided_on=state.decided_on,
        )
        found = paper_about(one.city, kind, _about(run.key))
        paper = found or open_paper(
            kind=kind,
            title=content.head.title,
            city=one.city,
            unit=unit,
            about=_about(run.key),
            by=by,
            at=at,
        )
        last = Act.objects.order_by("-position").values_list("position", flat=True)[0]
        freeze_paper(paper=paper.key, content=content, position=last, by=by, at=at)
    return paper


def _issued(city: str, kind: PaperKind, run: str | None) -> bool:
    """Whether the paper of a kind about a run is signed."""
    paper = paper_about(city, kind, _about(run or ""))
    if paper is None:
        return False
    return PaperState.objects.open().filter(paper=paper, stage__in=ISSUED).exists()


def begin_grading_notice(
    *, grading: str, by: str, at: datetime, seen: int | None = None
) -> datetime:
    """Put the signed notice up: the window of the rule's working days begins; returns its end."""
    state, run, rule = _with_run(grading, by)
    state = held_state(grading, seen)
    present = {
        "run": run.key,
        "notice": _issued(state.grading.city, PaperKind.GRADING_NOTICE, run.key),
    }
    target = _moved("begin_notice", state, by, present)
    calendar = work_calendar(pack_of(state.grading.city, Moment(at)))
    window = due(at, Clock("workday", rule.notice_days), calendar)
    if window.at is None:
        raise Incomplete(_("本市的工作日历算不出公示期，请先更新规则包。"))
    notes = [{"zh": note.says("zh"), "en": note.says("en")} for note in window.working]
    with _deed("begin_grading_notice", state, by, at, {"until": window.at.isoformat()}) as deed:
        deed.replace(
            state,
            stage=target,
            noticed_at=deed.at,
            due_at=window.at,
            window={"notes": notes, "days": rule.notice_days},
            why="",
        )
    return window.at


def recall_grading_notice(
    *, grading: str, why: str, by: str, at: datetime, seen: int | None = None
) -> None:
    """Take a notice back with a reason: figures are gathered again, another notice follows."""
    state = held_state(grading, seen)
    target = _moved("recall_notice", state, by, {"reason": why.strip()})
    with _deed("recall_grading_notice", state, by, at, {}, why.strip()) as deed:
        deed.replace(state, stage=target, noticed_at=None, due_at=None, window={}, why=why.strip())


def decide_grading(
    *, grading: str, decided_on: date | None, by: str, at: datetime, seen: int | None = None
) -> None:
    """The leading group decides: the window is over and every objection answered."""
    state = held_state(grading, seen)
    over = state.due_at is not None and at > state.due_at
    waiting = GradingObjectionState.objects.open().filter(
        objection__grading=grading, stage="raised"
    )
    target = _moved("decide", state, by, {"over": over, "answered": not waiting.exists()})
    day = decided_on or Moment(at).today
    if day > Moment(at).today or (state.due_at and day < Moment(state.due_at).today):
        raise Incomplete(_("审定日期应在公示期满之后，不能晚于今天。"))
    with _deed("decide_grading", state, by, at, {"decided_on": day.isoformat()}) as deed:
        deed.replace(state, stage=target, decided_on=day, why="")


def publish_grading(*, grading: str, by: str, at: datetime, seen: int | None = None) -> None:
    """Publish a decided grading by its signed bulletin."""
    state = held_state(grading, seen)
    issued = _issued(state.grading.city, PaperKind.GRADING_BULLETIN, state.run_id)
    target = _moved("publish", state, by, {"bulletin": issued})
    with _deed("publish_grading", state, by, at, {}) as deed:
        deed.replace(state, stage=target, why="")


def _moved(move: str, state: GradingState, by: str, present: dict[str, Any]) -> str:
    parts = parts_of(viewer_of_person(by), state.grading.city)
    return moved(GRADING, move, state.stage, parts, present)


def _deed(
    verb: str, state: GradingState, by: str, at: datetime, payload: dict[str, Any], why: str = ""
) -> Any:
    return perform(
        verb,
        by=by,
        at=at,
        subjects=[subject_key("grading", state.grading_id)],
        scope={"city": state.grading.city},
        payload={"run": state.run_id, **payload},
        why=why,
    )
