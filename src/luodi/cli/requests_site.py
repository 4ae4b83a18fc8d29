"""What the bench of requests measures, on a site of its own. Django must be started before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import F, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.template import engines

from luodi.audit.actions import perform
from luodi.cli.databases import bring_up
from luodi.cli.page_timing import medians, page
from luodi.common.moments import Moment
from luodi.orgs.actions import appoint, found_city
from luodi.orgs.choices import Role, UnitKind
from luodi.orgs.models import Enterprise, EnterpriseState, UnitState
from luodi.orgs.queries import viewer_of_person
from luodi.orgs.rules import Viewer
from luodi.packs import resolve
from luodi.services.choices import OVER
from luodi.services.models import Request, RequestClock, RequestState, Satisfaction
from luodi.services.queries import new_clocks
from luodi.services.rules import categories_of, number_of
from luodi.services.tables.requests import PORTION
from luodi.services.views import desk, month

if TYPE_CHECKING:
    from luodi.cli.bench import Figure

BEGIN = datetime(2025, 1, 1, 1, 0, tzinfo=UTC)
NOW = datetime(2026, 1, 1, 1, 0, tzinfo=UTC)
MONTH = "2025-06"
MAKER = "system:bench"
FIRMS, ZONES = 400, 8
MANY, FEW = 50_000, 2_000
RUNS = 25
"""One request in so many runs still, the latest ones."""

STAGES = ("received", "in_hand", "replied")
BARE_FIELDS = (
    "request", "number", "title", "category", "firm_name", "stage", "level", "unit_name",
    "received_at", "respond_due", "respond_met", "settle_due", "settle_met",
)  # fmt: skip
BARE = """<table>{% for r in rows %}<tr>
<td><a href="/requests/{{ r.request }}/">{{ r.number }}</a></td><td>{{ r.firm_name }}</td>
<td><a href="/requests/{{ r.request }}/">{{ r.title }}</a></td><td>{{ r.category }}</td>
<td>{{ r.respond_due|date:"Y-m-d H:i" }} {{ r.respond_met|date:"Y-m-d H:i" }}</td>
<td>{{ r.settle_met|date:"Y-m-d H:i" }}</td><td>{{ r.settle_due|date:"Y-m-d H:i" }}</td>
<td>{{ r.stage }}</td><td>{{ r.level }}</td><td>{{ r.unit_name }}</td>
<td>{{ r.received_at|date:"Y-m-d H:i" }}</td></tr>{% endfor %}</table>"""


def measure(quick: bool) -> list[Figure]:
    """Median times of the real pages over those of bare views of the same rows."""
    bring_up()
    count, times = (FEW, 3) if quick else (MANY, 5)
    viewer = _filled(count)
    open_now = RequestState.objects.open().exclude(stage__in=OVER)
    shown = open_now.count()
    of_month = RequestState.objects.open().filter(
        request__received_at__gte=datetime(2025, 5, 31, 16, tzinfo=UTC),
        request__received_at__lt=datetime(2025, 6, 30, 16, tzinfo=UTC),
    )

    def shown_by(view: Callable[..., HttpResponse], address: str) -> Callable[[], HttpResponse]:
        return partial(page, viewer, Moment(NOW), view, address)

    found = [
        _figure(
            "requests_desk_vs_bare_view",
            *medians(times, shown_by(desk, "/requests/"), lambda: _bare(open_now)),
            f"{shown} running of {count} requests, read, filtered and sorted, {min(shown, PORTION)}"
            " on the page; the yardstick writes all that run",
        ),
        _figure(
            "requests_month_vs_bare_view",
            *medians(
                times,
                shown_by(month, f"/requests/month/?month={MONTH}"),
                lambda: _bare(of_month),
            ),
            f"a month of {of_month.count()} among {count} requests",
        ),
    ]
    if not quick:
        found.append(
            _figure(
                "requests_all_vs_bare_view",
                *medians(
                    1,
                    shown_by(partial(desk, show="all"), "/requests/all/"),
                    lambda: _bare(RequestState.objects.open()),
                ),
                f"all of {count} requests, read, filtered and sorted, {PORTION} on the page; the "
                "yardstick writes them all",
                goal=None,
            )
        )
    return found


def _figure(
    name: str, real: float, bare: float, size: str, goal: float | None = 3.0
) -> dict[str, Any]:
    return {
        "name": name,
        "value": round(real / bare, 3),
        "unit": "ratio",
        "yardstick": "one query, the same rows and columns, a plain template loop",
        "goal": goal,
        "size": f"{size}; {real * 1000:.0f} ms against {bare * 1000:.0f} ms",
    }


def _filled(count: int) -> Viewer:
    """A city of zones with made firms and a year of made requests; the office's viewer."""
    units = [{"name": "示例市", "kind": UnitKind.CITY, "pack": "jincheng"}]
    units += [{"name": f"示例{n}区", "kind": UnitKind.ZONE} for n in range(1, ZONES + 1)]
    pack = resolve("jincheng")
    found_city(key="bench", pack=pack.content(), units=units, by=MAKER, at=BEGIN)
    zones = list(
        UnitState.objects.open().filter(kind=UnitKind.ZONE).order_by("name").values_list("of")
    )
    homes = [zone for (zone,) in zones]
    _firms(homes)
    categories = [word.key for word in categories_of(pack, BEGIN.date())]
    with perform("ask", by=MAKER, at=BEGIN, scope={"city": "bench"}) as deed:
        for row in _rows(count, homes, categories):
            deed.write(row)
    person = appoint(
        name="示例-01", unit="bench", role=Role.OFFICE, by=MAKER, at=BEGIN, generated=True
    )
    return viewer_of_person(person.key)


def _firms(homes: list[str]) -> None:
    with perform("import_enterprises", by=MAKER, at=BEGIN, scope={"city": "bench"}) as deed:
        for n in range(FIRMS):
            home = homes[n % ZONES]
            scope = {"city": "bench", "zone": home, "unit": home, "enterprise": f"firm{n:06}"}
            deed.write(Enterprise(key=f"firm{n:06}", **scope))
            deed.write(
                EnterpriseState(
                    of_id=f"firm{n:06}", name=f"生成的企业{n}号", credit_code=f"X{n:017}",
                    size_class="below_scale", generated=True, **scope,
                )
            )  # fmt: skip


def _rows(count: int, homes: list[str], categories: list[str]) -> Iterator[Any]:
    """Requests with state, limits and the firm's word, as a year brings them; kind by kind."""
    limits = new_clocks(
        asked=Request(city="bench", zone=homes[0], unit=homes[0]), started_at=BEGIN, round_=1,
        at=BEGIN,
    )  # fmt: skip
    every = (NOW - BEGIN) / count
    made = [
        _Made(n, BEGIN + every * n, homes[n % ZONES], n >= count - count // RUNS)
        for n in range(count)
    ]
    for one in made:
        yield one.request(categories[one.n % len(categories)])
    for one in made:
        yield one.state()
    for one in made:
        yield from (one.clock(row) for row in limits)
    for one in made:
        if not one.runs:
            word = "dissatisfied" if one.n % 11 == 0 else "satisfied"
            yield Satisfaction(request_id=one.key, round=1, satisfied=word)


@dataclass(frozen=True)
class _Made:
    """One made request: its number, when it came, whose it is, whether it runs still."""

    n: int
    at: datetime
    home: str
    runs: bool

    @property
    def key(self) -> str:
        return f"request{self.n:09}"

    @property
    def firm(self) -> str:
        return f"firm{self.n % FIRMS:06}"

    def request(self, category: str) -> Request:
        return Request(
            key=self.key, city="bench", zone=self.home, unit=self.home, enterprise=self.firm,
            year=self.at.year, serial=self.n + 1, number=number_of(self.at.year, self.n + 1),
            category=category, channel="phone", title=f"生成的诉求 {self.n}", text="生成的情况",
            received_at=self.at,
        )  # fmt: skip

    def state(self) -> RequestState:
        return RequestState(
            request_id=self.key, stage=STAGES[self.n % 3] if self.runs else "closed",
            firm=self.firm, lead=self.home,
            closed_at=None if self.runs else self.at + timedelta(days=2),
        )  # fmt: skip

    def clock(self, limit: RequestClock) -> RequestClock:
        """The limit from this request's beginning; some are met in time, some late."""
        lasts = (limit.due_at or BEGIN) - BEGIN
        met = None if self.runs else self.at + lasts * (self.n % 5) / 3
        return limit.copy(
            request_id=self.key, started_at=self.at, due_at=self.at + lasts,
            limit_at=self.at + lasts, met_at=met,
        )  # fmt: skip


def _bare(states: Any) -> HttpResponse:
    """The yardstick."""
    firms = EnterpriseState.objects.open().filter(of=OuterRef("firm")).values("name")
    units = UnitState.objects.open().filter(of=OuterRef("lead")).values("name")
    clocks = RequestClock.objects.open().filter(request=OuterRef("request"))
    respond, settle = clocks.filter(ends="responded"), clocks.filter(ends="settled")
    rows = (
        states.annotate(
            number=F("request__number"),
            title=F("request__title"),
            category=F("request__category"),
            received_at=F("request__received_at"),
            firm_name=Subquery(firms[:1]),
            unit_name=Subquery(units[:1]),
            respond_due=Subquery(respond.values("due_at")[:1]),
            respond_met=Subquery(respond.values("met_at")[:1]),
            settle_due=Subquery(settle.values("due_at")[:1]),
            settle_met=Subquery(settle.values("met_at")[:1]),
        )
        .order_by("settle_due")
        .values(*BARE_FIELDS)
    )
    template = engines["django"].from_string(BARE)
    return HttpResponse(template.render({"rows": rows}, HttpRequest()))
