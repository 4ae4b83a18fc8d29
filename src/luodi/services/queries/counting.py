"""The limits of a request as rows to be written: begun, counted anew, met."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from luodi.common.moments import LOCAL, Moment
from luodi.kit.calendars import Pause, due
from luodi.orgs.queries import rules_for
from luodi.packs import clock, work_calendar

from ..choices import OVER
from ..models import Request, RequestClock, RequestState
from ..rules import Story, counted, limits_of, policy_of, rule_of, working_of
from .holding import Holding, story_of


def new_clocks(
    *, asked: Request, started_at: datetime, round_: int, at: datetime
) -> list[RequestClock]:
    """The unsaved limits of a round that begins, by the rules of the request's place on that day.

    They are kept with the request: rules that change later don't touch a round that runs.
    """
    stack, day = rules_for(asked, Moment(at)), started_at.astimezone(LOCAL).date()
    policy = policy_of(stack, day)
    calendar = work_calendar(stack)
    rows = []
    for limit, rule in limits_of(stack, policy, day) if policy else ():
        done = counted(rule, Story(started_at), calendar, pauses=False, extends=False)
        rows.append(
            RequestClock(
                request_id=asked.key,
                limit=limit.key,
                round=round_,
                ends=limit.ends,
                pauses=limit.pauses,
                extends=limit.extends,
                rule=rule.model_dump(mode="json"),
                started_at=started_at,
                due_at=done.due.at,
                limit_at=done.limit.at,
                working=working_of(done.due, rule),
            )
        )
    return rows


def recounted(
    held: Holding,
    at: datetime,
    *,
    paused_from: datetime | None = None,
    resumed_at: datetime | None = None,
    agreed_on: date | None = None,
) -> list[tuple[RequestClock, dict[str, Any]]]:
    """The running limits of the present round that change, with what changes in each.

    `paused_from`: a question is being asked; `resumed_at`: it is being answered; `agreed_on`: a
    timetable is being given. What is written already is read from the record.
    """
    calendar = work_calendar(rules_for(held.request, Moment(at)))
    found = []
    for row in held.clocks:
        if row.met_at is not None:
            continue
        story = _with(
            story_of(held.request.key, row.started_at, held.state.round),
            paused_from,
            resumed_at,
            agreed_on,
        )
        rule = rule_of(row.rule)
        done = counted(rule, story, calendar, pauses=row.pauses, extends=row.extends)
        changes = {"due_at": done.due.at, "limit_at": done.limit.at}
        if any(getattr(row, name) != value for name, value in changes.items()):
            found.append((row, changes | {"working": working_of(done.due, rule)}))
    return found


def _with(
    story: Story, paused_from: datetime | None, resumed_at: datetime | None, agreed: date | None
) -> Story:
    pauses = list(story.pauses)
    if resumed_at is not None:
        pauses = [p if p.until else replace(p, until=resumed_at) for p in pauses]
    if paused_from is not None:
        pauses.append(Pause(paused_from, None, "等待企业补充"))
    return Story(story.started_at, tuple(pauses), agreed or story.agreed_on)


def met_by(held: Holding, ends: Iterable[str]) -> list[RequestClock]:
    """The running limits of the present round that a step ends."""
    wanted = set(ends)
    return [row for row in held.clocks if row.met_at is None and row.ends in wanted]


def named_clock(asked: Request, which: str, at: datetime) -> tuple[datetime | None, dict[str, Any]]:
    """When the clock that the policy names (`arrival` or `rating`) runs out, with its working."""
    stack, day = rules_for(asked, Moment(at)), Moment(at).today
    policy = policy_of(stack, day)
    found = clock(stack, str(getattr(policy, which)), day) if policy else None
    if found is None:
        return None, {}
    rule, limit = found
    done = due(at, limit, work_calendar(stack))
    return done.at, working_of(done, rule)


def due_clocks(at: datetime) -> list[RequestClock]:
    """The limits that are over and have not raised their request's level, the oldest first."""
    rows = RequestClock.objects.open().filter(due_at__lt=at, met_at=None, raised=False)
    over = RequestState.objects.open().filter(stage__in=OVER).values("request")
    return list(rows.exclude(request__in=over).order_by("due_at", "pk"))
