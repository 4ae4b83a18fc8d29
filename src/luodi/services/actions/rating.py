"""What the firm does with its request, itself or noted by staff; what silence and lateness do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete
from luodi.orgs.queries import rules_for

from ..choices import OVER, FilePurpose, ReplyKind, Satisfied, Stage, Told
from ..flows import CLOCK, FIRM, check
from ..models import Reply, RequestClock, RequestState, Satisfaction
from ..queries import (
    Holding,
    due_clocks,
    hold,
    named_clock,
    new_clocks,
    noted_word,
    recounted,
)
from ..rules import Word, levels_of, rule_of
from .files import Upload, keep_files

MINUTE = timedelta(minutes=1)
"""A browser's time has no seconds."""


def answer_question(
    *,
    request: str,
    text: str,
    by: str,
    at: datetime,
    seen: int | None = None,
    evidence: Sequence[Upload] = (),
) -> None:
    """Answer what the offices asked (补充回答): the clocks go on. Staff may note it."""
    held = hold(request, by, seen)
    stage = check("answer_question", held.state.stage, held.roles, {"words": text})
    question, noted = held.question, FIRM not in held.roles
    changed = recounted(held, at, resumed_at=at)
    with perform(
        "answer_question", by=by, at=at, subjects=[held.subject], scope=held.scope,
        payload={"text": text.strip(), "noted": noted},
    ) as deed:  # fmt: skip
        if question is not None:
            deed.replace(question, answered_at=at, answer=text.strip(), noted=noted)
        deed.replace(held.state, stage=stage)
        for row, changes in changed:
            deed.replace(row, **changes)
        keep_files(
            deed=deed,
            subject=held.subject,
            scope=held.scope,
            evidence=evidence,
            purpose=FilePurpose.SAID,
        )


def accept_answer(
    *,
    request: str,
    satisfied: str,
    by: str,
    at: datetime,
    words: str = "",
    how: str = "",
    said_at: datetime | None = None,
    seen: int | None = None,
) -> None:
    """Say that the answer is good, or fairly good (评价): the request is closed.

    Staff note it for the firm only with `how` and `said_at`: how and when the firm said it.
    """
    held = hold(request, by, seen)
    if satisfied not in (Satisfied.SATISFIED, Satisfied.FAIRLY):
        raise Incomplete(_("请选择满意或基本满意；不满意的，请写明原因后重办。"))
    stage = check("accept_answer", held.state.stage, held.roles)
    word = _word(held, satisfied, words, _noted(held, how, said_at, at))
    with perform(
        "accept_answer", by=by, at=at, subjects=[held.subject], scope=held.scope,
        payload=_said(word),
    ) as deed:  # fmt: skip
        deed.write(word)
        deed.replace(held.state, stage=stage, closed_at=deed.at)


def object_to_answer(
    *,
    request: str,
    words: str,
    by: str,
    at: datetime,
    how: str = "",
    said_at: datetime | None = None,
    seen: int | None = None,
) -> None:
    """Say that the answer isn't good, and why (不满意): reopened, one level higher, new limits.

    Staff note it for the firm only with `how` and `said_at`.
    """
    held = hold(request, by, seen)
    stage = check("object_to_answer", held.state.stage, held.roles, {"words": words})
    word = _word(held, Satisfied.DISSATISFIED, words, _noted(held, how, said_at, at))
    with perform(
        "object_to_answer", by=by, at=at, subjects=[held.subject], scope=held.scope,
        payload=_said(word),
    ) as deed:  # fmt: skip
        deed.write(word)
        _reopen(deed, held, stage)


def replace_word(
    *, request: str, satisfied: str, by: str, at: datetime, words: str = "", seen: int | None = None
) -> None:
    """Say oneself what staff had noted (更正代记的评价): the firm's own word stands.

    Where the request was closed on the noted word and the firm isn't satisfied, it is reopened as
    by any objection. Where it was reopened and the firm is satisfied after all, the work goes on:
    the firm may take the request back.
    """
    held = hold(request, by, seen)
    noted = noted_word(request, at)
    if satisfied not in Satisfied.values:
        raise Incomplete(_("请选择对答复是否满意。"))
    bad = satisfied == Satisfied.DISSATISFIED
    verb = "object_to_noted" if bad and held.state.stage == Stage.CLOSED else "replace_word"
    given = {"noted": noted is not None, "words": words}
    stage = check(verb, held.state.stage, held.roles, given)
    assert noted is not None
    if bad and not words.strip():
        raise Incomplete(_("不满意的，请写明原因。"))
    word = _word(held, satisfied, words, None)
    word.round = noted.round
    with perform(
        verb, by=by, at=at, subjects=[held.subject], scope=held.scope,
        payload=_said(word) | {"replaces": noted.satisfied},
    ) as deed:  # fmt: skip
        deed.lock()
        if noted_word(request, at) is None:
            raise Conflict(_("贵企业已经自己评价过了。"))
        deed.write(word)
        if stage != held.state.stage:
            _reopen(deed, held, stage)


def _reopen(deed: Deed, held: Holding, stage: str) -> None:
    """The request begins again, one level higher, with new limits."""
    asked, moment = held.request, Moment(deed.at)
    highest = max(len(levels_of(rules_for(asked, moment), moment.today)), 1)
    round_ = held.state.round + 1
    level = min(held.state.level + 1, highest)
    deed.replace(held.state, stage=stage, round=round_, level=level, rate_by=None, closed_at=None)
    for row in new_clocks(asked=asked, started_at=deed.at, round_=round_, at=deed.at):
        deed.write(row)


@dataclass(frozen=True)
class _Noted:
    """How and when the firm said what staff note, and until when its own word replaces it."""

    how: str
    said_at: datetime
    own_by: datetime | None


def _noted(held: Holding, how: str, said_at: datetime | None, at: datetime) -> _Noted | None:
    """None where the firm itself speaks; refuses a note that doesn't say how and when."""
    if FIRM in held.roles:
        return None
    if how not in Told.values or said_at is None:
        raise Incomplete(_("代企业记录评价，请写明企业是怎样、什么时候说的。"))
    if said_at > at:
        raise Incomplete(_("企业说话的时间不能晚于现在。"))
    answers = Reply.objects.filter(
        request=held.request, round=held.state.round, kind=ReplyKind.ANSWER
    )
    answered = answers.order_by("-act").values_list("act__at", flat=True).first()
    if answered and said_at < answered - MINUTE:
        raise Incomplete(_("企业说话的时间早于答复，请核对。"))
    own_by, _working = named_clock(held.request, "rating", at)
    return _Noted(how, said_at, own_by)


def _word(held: Holding, satisfied: str, words: str, noted: _Noted | None) -> Satisfaction:
    return Satisfaction(
        request_id=held.request.key,
        round=held.state.round,
        satisfied=satisfied,
        words=words.strip(),
        noted=noted is not None,
        how=noted.how if noted else "",
        said_at=noted.said_at if noted else None,
        own_by=noted.own_by if noted else None,
    )


def _said(word: Satisfaction) -> dict[str, Any]:
    """What an act holds of a word."""
    return {
        "satisfied": word.satisfied,
        "text": word.words,
        "noted": word.noted,
        "how": word.how,
        "said_at": word.said_at.isoformat() if word.said_at else "",
    }


def close_unrated(*, request: str, by: str, at: datetime, seen: int | None = None) -> None:
    """Close an answered request whose firm said nothing in time (未评价办结)."""
    held = hold(request, by, seen)
    over = held.state.rate_by is None or at > held.state.rate_by
    stage = check("close_unrated", held.state.stage, held.roles, {"silence": over})
    with perform("close_unrated", by=by, at=at, subjects=[held.subject], scope=held.scope) as deed:
        deed.replace(held.state, stage=stage, closed_at=deed.at)


def withdraw(*, request: str, why: str, by: str, at: datetime, seen: int | None = None) -> None:
    """Take a request back, with the reason (撤回); by the firm alone."""
    held = hold(request, by, seen)
    stage = check("withdraw", held.state.stage, held.roles, {"reason": why})
    question = held.question
    with perform(
        "withdraw", by=by, at=at, subjects=[held.subject], scope=held.scope, why=why.strip()
    ) as deed:
        if question is not None:
            deed.close(question)
        deed.replace(held.state, stage=stage, closed_at=deed.at)


def raise_late_requests(*, by: str, at: datetime) -> int:
    """Raise the level of every request whose limit is over, once for each limit; how many.

    Two schedulers at once raise each but once: the second finds the limit marked. What somebody
    is changing at that instant waits for the next minute.
    """
    raised = 0
    for row in due_clocks(at):
        try:
            raised += _raise(row, by, at)
        except Conflict:
            continue
    return raised


def _raise(row: RequestClock, by: str, at: datetime) -> bool:
    state = RequestState.objects.open().select_related("request").get(request=row.request_id)
    if state.stage in OVER or state.round != row.round:
        return False
    asked, moment = state.request, Moment(at)
    check("raise_level", state.stage, {CLOCK})
    levels = levels_of(rules_for(asked, moment), moment.today)
    level = max(state.level, min(state.level + 1, len(levels)))
    word = levels[level - 1] if level <= len(levels) else Word("", str(level), str(level))
    rule = rule_of(row.rule)
    scope = {"city": asked.city, "unit": state.lead}
    with perform(
        "raise_level", by=by, at=at, subjects=[f"request:{asked.key}"], scope=scope,
        payload={
            "limit": rule.title, "limit_en": rule.title_en, "from": state.level, "to": level,
            "level": word.zh, "level_en": word.en,
        },
    ) as deed:  # fmt: skip
        deed.replace(row, raised=True)
        if level != state.level:
            deed.replace(state, level=level)
    return True
