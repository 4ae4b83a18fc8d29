"""A month of requests in the viewer's scope: counts and shares with their working."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils.translation import gettext as _

from luodi.common.languages import language
from luodi.common.moments import LOCAL, Moment
from luodi.kit.calendars import Period
from luodi.orgs.queries import rules_in_sight, unit_names, visible
from luodi.orgs.rules import Viewer

from ..choices import Stage
from ..models import Request, RequestClock, RequestState, Satisfaction
from ..rules import (
    Met,
    Share,
    rule_of,
    satisfaction_of,
    share_within,
)
from .asking import categories_for


@dataclass(frozen=True)
class MonthLine:
    """One category or office of a month: counts and shares, limits in the order of the heads."""

    name: str
    received: int
    closed: int
    reopened: int
    shares: tuple[Share, ...]
    satisfaction: Share


@dataclass(frozen=True)
class Month:
    """A month: the heads of its limits, the whole, by category, by office."""

    period: Period
    heads: tuple[str, ...]
    whole: MonthLine
    by_category: tuple[MonthLine, ...]
    by_office: tuple[MonthLine, ...]


@dataclass(frozen=True)
class _One:
    """A request as a month counts it; the limits are those of its first round."""

    category: str
    office: str
    stage: str
    round: int
    limits: dict[str, Met]
    word: str


def month_of_requests(viewer: Viewer, period: Period, moment: Moment) -> Month:
    """The requests received in a month, as known at the moment; a fixed number of queries."""
    ones, heads = _read(viewer, period, moment)
    categories = dict(categories_for(rules_in_sight(viewer, moment), moment))
    offices = unit_names({one.office for one in ones}, moment)
    keys = list(heads)
    return Month(
        period,
        tuple(heads.values()),
        _line(_("合计"), ones, keys, moment.at),
        _by(ones, lambda one: categories.get(one.category, one.category), keys, moment.at),
        _by(ones, lambda one: offices.get(one.office, "—"), keys, moment.at),
    )


def _read(viewer: Viewer, period: Period, moment: Moment) -> tuple[list[_One], dict[str, str]]:
    first = datetime.combine(period.start, time(), LOCAL)
    after = datetime.combine(period.end + timedelta(days=1), time(), LOCAL)
    mine = visible(Request.objects.at(moment), viewer)
    keys = mine.filter(received_at__gte=first, received_at__lt=after).values("key")
    states = RequestState.objects.at(moment).filter(request__in=keys).select_related("request")
    limits, heads = _limits(keys, moment)
    words = dict(
        Satisfaction.objects.at(moment)
        .filter(request__in=keys, round=1)
        .order_by("-noted", "act")
        .values_list("request", "satisfied")
    )  # the firm's own word comes last and replaces one that staff noted
    return [_one(state, limits[state.request_id], words) for state in states], heads


def _limits(keys: object, moment: Moment) -> tuple[dict[str, list[RequestClock]], dict[str, str]]:
    """The first round's limits by request, and the titles of all limits that occur."""
    rows = RequestClock.objects.at(moment).filter(request__in=keys, round=1)
    found: dict[str, list[RequestClock]] = defaultdict(list)
    heads: dict[str, str] = {}
    for row in rows.order_by("started_at", "limit_at", "limit"):
        found[row.request_id].append(row)
        if row.limit not in heads:
            rule = rule_of(row.rule)
            heads[row.limit] = rule.title_en if language() == "en" else rule.title
    return found, heads


def _one(state: RequestState, clocks: list[RequestClock], words: dict[str, str]) -> _One:
    withdrawn = state.stage == Stage.WITHDRAWN
    paused = state.stage == Stage.WAITING
    limits = {
        row.limit: Met(row.limit_at, row.due_at, row.met_at, withdrawn, paused and row.pauses)
        for row in clocks
    }
    other = "unrated" if state.stage == Stage.CLOSED else "awaited"
    word = words.get(state.request_id, "withdrawn" if withdrawn else other)
    asked = state.request
    return _One(asked.category, state.lead, state.stage, state.round, limits, word)


def _by(
    ones: list[_One], name: Callable[[_One], str], keys: list[str], at: datetime
) -> tuple[MonthLine, ...]:
    groups: dict[str, list[_One]] = defaultdict(list)
    for one in ones:
        groups[name(one)].append(one)
    lines = [_line(head, group, keys, at) for head, group in groups.items()]
    return tuple(sorted(lines, key=lambda line: (-line.received, line.name)))


def _line(name: str, ones: list[_One], keys: list[str], at: datetime) -> MonthLine:
    shares = [share_within((o.limits[k] for o in ones if k in o.limits), at) for k in keys]
    return MonthLine(
        name,
        len(ones),
        sum(one.stage == Stage.CLOSED for one in ones),
        sum(one.round > 1 for one in ones),
        tuple(shares),
        satisfaction_of(one.word for one in ones),
    )


EXCLUDED = {
    "running": lambda: _("时限内尚未完成"),
    "paused": lambda: _("等待企业补充"),
    "withdrawn": lambda: _("企业撤回"),
    "unrated": lambda: _("未评价办结"),
    "awaited": lambda: _("尚未评价"),
}


def working_of_share(share: Share) -> str:
    """The working of a share in one sentence: numerator, denominator, the rest, who is left out."""
    said = _("%(n)s ÷ %(d)s") % {"n": share.numerator, "d": share.denominator}
    rest = []
    if share.by_timetable:
        rest.append(_("按时间表 %s 件") % share.by_timetable)
    if share.late:
        rest.append(_("超时 %s 件") % share.late)
    rest += [f"{EXCLUDED[name]()} {number}" for name, number in share.excluded]
    return said + (f"（{'、'.join(rest)}）" if rest else "")
