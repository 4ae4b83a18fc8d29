"""A request as the firm that asked sees it: made from what was said to it, never from acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.tables import shown
from luodi.kit.flows import Move
from luodi.orgs.queries import unit_names, visible
from luodi.orgs.rules import Viewer

from ..choices import FilePurpose, ReplyKind, Satisfied, Stage, Told
from ..flows import FIRM, REQUEST
from ..models import FirmQuestion, Reply, Request, RequestState, Satisfaction, Timetable
from .files import Files, files_by_act
from .holding import noted_word
from .pages import question_of, steps_of
from .rows import Row, requests_of_firm, rows_of


@dataclass(frozen=True)
class FirmEvent:
    """Something the firm said or was told."""

    at: datetime
    sentence: str
    said: str = ""
    steps: tuple[tuple[str, str], ...] = ()
    files: Files = ()


@dataclass(frozen=True)
class FirmPage:
    """One of the firm's own requests, with what it may do now."""

    row: Row
    text: str
    question: str
    steps: tuple[tuple[str, str], ...]
    events: tuple[FirmEvent, ...]
    moves: tuple[Move, ...]
    noted: bool
    """Whether a word that staff noted waits for the firm's own."""
    seen: int


def my_requests(viewer: Viewer, moment: Moment) -> list[Row]:
    """The requests of the viewer's own firm, the newest first."""
    return requests_of_firm(viewer.enterprise, viewer, moment) if viewer.enterprise else []


def firm_page(key: str, viewer: Viewer, moment: Moment) -> FirmPage | None:
    """A request of the viewer's own firm as known at the moment; None for anything else."""
    if not viewer.enterprise:
        return None
    asked = visible(Request.objects.at(moment).filter(key=key), viewer).first()
    if asked is None:
        return None
    state = RequestState.objects.at(moment).get(request=asked)
    return FirmPage(
        row=rows_of(Request.objects.filter(key=key), moment)[0],
        text=asked.text,
        question=question_of(key, moment),
        steps=steps_of(key, state.round, moment),
        events=tuple(_events(asked, state, moment)),
        moves=() if moment.is_past else _moves(key, state, moment),
        noted=noted_word(key, moment.at) is not None and not moment.is_past,
        seen=state.since_id,
    )


def _moves(key: str, state: RequestState, moment: Moment) -> tuple[Move, ...]:
    """What the firm may do now; its own word in place of a noted one only where there is one."""
    found = REQUEST.available(state.stage, {FIRM})
    if noted_word(key, moment.at):
        return found
    return tuple(move for move in found if move.name not in OWN_WORD)


OWN_WORD = frozenset({"replace_word", "object_to_noted"})


def _events(asked: Request, state: RequestState, moment: Moment) -> list[FirmEvent]:
    """What the firm said and what was said to it, in order."""
    files = files_by_act(subject_key("request", asked.key), moment, [FilePurpose.SAID])
    own = files.get(asked.act_id, ())
    found = [FirmEvent(asked.received_at, _("提出诉求："), asked.text, (), own)]
    found += _replies(asked, moment, files) + _questions(asked, moment, files)
    found += _timetables(asked, moment, files) + _ratings(asked, moment)
    found += _handovers(asked, moment)
    found.sort(key=lambda event: event.at)
    if state.stage == Stage.WITHDRAWN and state.closed_at:
        found.append(FirmEvent(state.closed_at, _("已撤回。")))
    elif state.stage == Stage.CLOSED and state.closed_at:
        found.append(FirmEvent(state.closed_at, _("已办结。")))
    return found


def _replies(asked: Request, moment: Moment, files: dict[int, Files]) -> list[FirmEvent]:
    rows = Reply.objects.at(moment).filter(request=asked).select_related("act").order_by("act")
    words = {
        ReplyKind.RESPONSE: _("承办单位响应："),
        ReplyKind.NEWS: _("办理进展："),
        ReplyKind.ANSWER: _("答复："),
    }
    return [
        FirmEvent(row.act.at, words[ReplyKind(row.kind)], row.text, (), files.get(row.act_id, ()))
        for row in rows
    ]


def _questions(asked: Request, moment: Moment, files: dict[int, Files]) -> list[FirmEvent]:
    """A question is one row while it waits and another once it is answered."""
    found = []
    rows = FirmQuestion.objects.ever(moment).filter(request=asked).order_by("asked_at", "since")
    for row in rows:
        those = files.get(row.since_id, ())
        if row.answered_at is None:
            found.append(FirmEvent(row.asked_at, _("请企业补充："), row.text, (), those))
        else:
            said = _("补充回答（工作人员代记）：") if row.noted else _("补充回答：")
            found.append(FirmEvent(row.answered_at, said, row.answer, (), those))
    return found


def _timetables(asked: Request, moment: Moment, files: dict[int, Files]) -> list[FirmEvent]:
    rows = Timetable.objects.at(moment).filter(request=asked).select_related("act").order_by("act")
    said = _("一时办不完，办理时间表如下：")
    return [
        FirmEvent(
            row.act.at,
            said,
            row.reason,
            tuple((text, day) for text, day in row.steps),
            files.get(row.act_id, ()),
        )
        for row in rows
    ]


def _handovers(asked: Request, moment: Moment) -> list[FirmEvent]:
    """When another desk took it over, because the firm moved or was merged."""
    rows = RequestState.objects.ever(moment).filter(request=asked).exclude(desk="")
    steps, last = [], ""
    for row in rows.select_related("since").order_by("since"):
        if row.desk != last:
            steps.append(row)
        last = row.desk
    names = unit_names({row.desk for row in steps}, moment) if steps else {}
    return [
        FirmEvent(row.since.at, _("企业归%s服务，由其接办，时限不变。") % names.get(row.desk, "—"))
        for row in steps
    ]


def _ratings(asked: Request, moment: Moment) -> list[FirmEvent]:
    rows = Satisfaction.objects.at(moment).filter(request=asked).select_related("act")
    return [FirmEvent(row.act.at, _rating(row), row.words) for row in rows.order_by("act")]


def _rating(row: Satisfaction) -> str:
    """A word on an answer; where staff noted it, how and when it was said."""
    word = Satisfied(row.satisfied).label
    if not row.noted:
        return _("评价：%s。") % word
    if not row.how or row.said_at is None:
        return _("评价（工作人员代记）：%s。") % word
    return _("评价（工作人员代记，贵企业 %(when)s %(how)s 说的）：%(word)s。") % {
        "when": shown(row.said_at), "how": Told(row.how).label, "word": word,
    }  # fmt: skip
