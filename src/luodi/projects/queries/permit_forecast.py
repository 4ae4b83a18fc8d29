"""When works may be expected to start, by the permits that are still open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.common.languages import language, listed, titled
from luodi.common.moments import Moment
from luodi.kit.calendars import WorkCalendar
from luodi.kit.networks import Network
from luodi.orgs.queries import pack_of, rules_of_unit
from luodi.packs import work_calendar
from luodi.packs.schemas import PermitRule

from ..models import ProjectPermit
from ..rules.gates import year_list
from ..rules.permits import START, PermitKnown, expected_start
from .heads import ProjectHead
from .pipelines import pipeline_at

BASIS = {
    "actual": gettext_lazy("实际"),
    "promised": gettext_lazy("承诺时限"),
    "statutory": gettext_lazy("法定时限"),
}


@dataclass(frozen=True)
class ForecastRow:
    """The days of one permit in the forecast; `basis` says what its length was taken from."""

    title: str
    start: date
    end: date
    length: str
    basis: str
    deciding: bool
    slack: str


@dataclass(frozen=True)
class StartForecast:
    """When works may be expected to start; None for `reason`.

    `chain`: the permits the day is made of, in order; `chains` is how many such chains there are.
    `late` is in days against the planned start, below zero where it is earlier.
    """

    expected: date | None
    reason: str = ""
    rows: tuple[ForecastRow, ...] = ()
    chain: tuple[str, ...] = ()
    chains: int = 0
    planned: date | None = None
    provisional: str = ""
    out_of_order: tuple[tuple[str, str], ...] = ()

    @property
    def late(self) -> int | None:
        """Days behind the planned start."""
        return (self.expected - self.planned).days if self.expected and self.planned else None

    @property
    def early(self) -> int:
        """Days before the planned start."""
        return -(self.late or 0)


def known_of(row: ProjectPermit) -> PermitKnown:
    """How far a permit has come, as rules take it."""
    days = (row.lodged_on, row.taken_in_on, row.committed_on, row.completed_on)
    pauses = tuple(
        (date.fromisoformat(since), date.fromisoformat(until) if until else None, why)
        for since, until, why in row.pauses
    )
    return PermitKnown(row.step, *days, pauses)


def started_at(city: str, moment: Moment) -> int | None:
    """The order of the stage from which works are under way; None where the pack doesn't say."""
    listed = year_list(pack_of(city, moment), "new", moment.today)
    rule = pipeline_at(city, moment).get(listed.started) if listed else None
    return rule.order if rule else None


def forecast(
    head: ProjectHead,
    rules: Sequence[PermitRule],
    states: Mapping[str, ProjectPermit],
    moment: Moment,
) -> StartForecast:
    """When the works of a project may be expected to start, by its permits as they stand."""
    planned = head.state.planned_start
    started = started_at(head.project.city, moment)
    if started is not None and head.row.order >= started:
        why = _("已终止。") if head.row.library == "none" else _("已经开工，不再预计。")
        return StartForecast(None, why, planned=planned)
    if not rules:
        return StartForecast(None, _("还没有选项目类型，不知道要办哪些手续。"), planned=planned)
    known = {key: known_of(row) for key, row in states.items()}
    calendar = work_calendar(rules_of_unit(head.project.city, head.state.zone, moment))
    network = expected_start(rules, known, calendar, moment.today)
    if not isinstance(network, Network):
        return StartForecast(None, network.says(language()), planned=planned)
    return _told(network, rules, known, planned)


def _told(
    network: Network,
    rules: Sequence[PermitRule],
    known: Mapping[str, PermitKnown],
    planned: date | None,
) -> StartForecast:
    """A computed network in words."""
    titles = {rule.key: titled(rule) for rule in rules}
    still = {key for key, span in network.spans.items() if span.float is not None} - {START}
    chains = list(
        dict.fromkeys(tuple(key for key in path if key in still) for path in network.paths)
    )
    deciding = {key for chain in chains for key in chain}
    years = [str(year) for year in network.provisional]
    return StartForecast(
        expected=network.spans[START].end,
        rows=tuple(
            _forecast_row(rule, network, known.get(rule.key), rule.key in deciding)
            for rule in rules
            if rule.key in network.spans
        ),
        chain=tuple(titles[key] for key in (chains[0] if chains else ())),
        chains=sum(bool(chain) for chain in chains),
        planned=planned,
        provisional=listed(years),
        out_of_order=tuple(
            (titles[a], titles[b]) for a, b in network.out_of_order if b in titles and a in titles
        ),
    )


def _forecast_row(
    rule: PermitRule, network: Network, known: PermitKnown | None, deciding: bool
) -> ForecastRow:
    span = network.spans[rule.key]
    done = known is not None and known.ended_on is not None
    words = rule.limit.clock().says(language())
    slack = "" if span.float is None else str(span.float)
    length = _("%(n)s 天") % {"n": (span.end - span.start).days} if done else words
    basis = str(BASIS["actual" if done else rule.basis])
    return ForecastRow(titled(rule), span.start, span.end, length, basis, deciding, slack)


def start_of(
    order: int,
    started: int | None,
    rules: Sequence[PermitRule],
    known: Mapping[str, PermitKnown],
    calendar: WorkCalendar,
    today: date,
) -> date | None:
    """The expected start of a project for a list; None where it can't be told or has passed."""
    if not rules or (started is not None and order >= started):
        return None
    network = expected_start(rules, known, calendar, today)
    return network.spans[START].end if isinstance(network, Network) else None
