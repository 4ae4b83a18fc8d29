"""What the firm does with its request, itself or noted by staff; what silence and lateness do."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete
from luodi.orgs.queries import rules_for

from ..choices import OVER, Satisfied
from ..flows import CLOCK, FIRM, check
from ..models import RequestClock, RequestState, Satisfaction
from ..queries import Holding, due_clocks, hold, new_clocks, recounted
from ..rules import Word, levels_of, rule_of


def answer_question(
    *, request: str, text: str, by: str, at: datetime, seen: int | None = None
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


def accept_answer(
    *,
    request: str,
    satisfied: str,
    by: str,
    at: datetime,
    words: str = "",
    seen: int | None = None,
) -> None:
    """Say that the answer is good, or fairly good (评价): the request is closed."""
    held = hold(request, by, seen)
    if satisfied not in (Satisfied.SATISFIED, Satisfied.FAIRLY):
        raise Incomplete(_("请选择满意或基本满意；不满意的，请写明原因后重办。"))
    stage = check("accept_answer", held.state.stage, held.roles)
    noted = FIRM not in held.roles
    with perform(
        "accept_answer", by=by, at=at, subjects=[held.subject], scope=held.scope,
        payload={"satisfied": satisfied, "text": words.strip(), "noted": noted},
    ) as deed:  # fmt: skip
        deed.write(_word(held, satisfied, words, noted))
        deed.replace(held.state, stage=stage, closed_at=deed.at)


def object_to_answer(
    *, request: str, words: str, by: str, at: datetime, seen: int | None = None
) -> None:
    """Say that the answer isn't good, and why (不满意): reopened, one level higher, new limits."""
    held = hold(request, by, seen)
    stage = check("object_to_answer", held.state.stage, held.roles, {"words": words})
    noted, moment = FIRM not in held.roles, Moment(at)
    highest = max(len(levels_of(rules_for(held.request, moment), moment.today)), 1)
    round_ = held.state.round + 1
    with perform(
        "object_to_answer", by=by, at=at, subjects=[held.subject], scope=held.scope,
        payload={"satisfied": Satisfied.DISSATISFIED, "text": words.strip(), "noted": noted},
    ) as deed:  # fmt: skip
        deed.write(_word(held, Satisfied.DISSATISFIED, words, noted))
        deed.replace(
            held.state,
            stage=stage,
            round=round_,
            level=min(held.state.level + 1, highest),
            rate_by=None,
        )
        for row in new_clocks(asked=held.request, started_at=at, round_=round_, at=at):
            deed.write(row)


def _word(held: Holding, satisfied: str, words: str, noted: bool) -> Satisfaction:
    return Satisfaction(
        request_id=held.request.key,
        round=held.state.round,
        satisfied=satisfied,
        words=words.strip(),
        noted=noted,
    )


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
