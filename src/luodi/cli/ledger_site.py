"""What the ledger bench measures, on a site of its own. Django must be started before."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import F, Max, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.template import engines

from luodi.audit.models import Act
from luodi.cli.databases import bring_up
from luodi.cli.page_timing import medians, page
from luodi.common.moments import Moment
from luodi.ledger.actions import acknowledge, give_feedback, open_item
from luodi.ledger.models import Feedback, ItemState, Party
from luodi.ledger.queries import items
from luodi.ledger.views import ledger
from luodi.orgs.actions import appoint, found_city
from luodi.orgs.choices import Role, UnitKind
from luodi.orgs.models import UnitState
from luodi.orgs.queries import viewer_of_person
from luodi.packs import resolve

if TYPE_CHECKING:
    from luodi.cli.bench import Figure

BEGIN = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
MAKER = "system:bench"
UNITS = 12
ITEMS = 1000
BARE_FIELDS = (
    "item", "title", "stage", "due_at", "closed_at", "number", "source", "serial", "lead",
    "partner", "said",
)  # fmt: skip
BARE = """<table>{% for r in rows %}<tr>
<td><a href="/ledger/{{ r.item }}/">{{ r.number }}</a></td><td>{{ r.closed_at }}</td>
<td><a href="/ledger/{{ r.item }}/">{{ r.title }}</a></td><td>{{ r.source }}</td>
<td>{{ r.lead }}</td><td>{{ r.partner }}</td><td>{{ r.due_at|date:"Y-m-d" }}</td>
<td>{{ r.serial }}</td><td>{{ r.stage }}</td><td>{{ r.said|date:"Y-m-d" }}</td></tr>
{% endfor %}</table>"""


def measure(quick: bool) -> list[Figure]:
    """The figures of the ledger bench. `quick` makes fewer acts; the list has 1,000 rows anyway."""
    bring_up()
    acts = 600 if quick else 6000
    office, clerks = _people()
    rate = _filled(office, clerks, acts)
    viewer = viewer_of_person(office)
    at = BEGIN + timedelta(days=60)
    real, bare = medians(9, lambda: page(viewer, Moment(at), ledger, "/ledger/"), _bare_page)
    middle = Act.objects.aggregate(last=Max("position"))["last"] // 2
    then = Moment(Act.objects.get(position=middle).at, middle)
    [replay] = medians(5, lambda: items(viewer, then))
    size = f"{ITEMS} items, {acts} acts on them, {UNITS} units"
    return [
        {
            "name": "list_1000_vs_bare_view",
            "value": round(real / bare, 3),
            "unit": "ratio",
            "yardstick": "one query, the same rows and columns, a plain template loop",
            "goal": 3.0,
            "size": f"{size}; {real * 1000:.0f} ms against {bare * 1000:.0f} ms",
        },
        {
            "name": "acts_per_second",
            "value": round(rate, 1),
            "unit": "acts/s",
            "yardstick": "one writer, SQLite with synchronous=FULL, inbox included",
            "goal": None,
            "size": size,
        },
        {
            "name": "replay",
            "value": round(replay * 1000, 1),
            "unit": "ms",
            "yardstick": "the whole ledger as of the middle of its history",
            "goal": None,
            "size": size,
        },
    ]


def _people() -> tuple[str, list[tuple[str, str]]]:
    """The office's person, and (unit, clerk) for each of the units; all generated."""
    units = [{"name": "示例市", "kind": UnitKind.CITY, "pack": "jincheng"}]
    units += [{"name": f"示例{n}局", "kind": UnitKind.BUREAU} for n in range(1, UNITS + 1)]
    pack = resolve("jincheng").content()
    found_city(key="bench", pack=pack, units=units, by=MAKER, at=BEGIN)
    bureaus = UnitState.objects.open().filter(kind=UnitKind.BUREAU).values_list("of", flat=True)

    def post(number: int, unit: str, role: Role) -> str:
        name = f"示例-{number:02}"
        return appoint(name=name, unit=unit, role=role, by=MAKER, at=BEGIN, generated=True).key

    clerks = [(unit, post(n, unit, Role.CLERK)) for n, unit in enumerate(bureaus, start=2)]
    return post(1, "bench", Role.OFFICE), clerks


def _filled(office: str, clerks: list[tuple[str, str]], acts: int) -> float:
    """Open the items and act on them; returns acts a second."""
    start = time.perf_counter()
    handled = []
    for n in range(ITEMS):
        unit, clerk = clerks[n % UNITS]
        item = open_item(
            city="bench",
            source="meeting",
            title=f"生成的督办事项 {n}",
            lead=unit,
            cooperating=[clerks[(n + 1) % UNITS][0]],
            due_on=date(2026, 2, 1) + timedelta(days=n % 90) if n % 5 else None,
            by=office,
            at=BEGIN + timedelta(minutes=n),
        )
        handled.append((item.key, clerk))
    for n in range(acts):
        key, clerk = handled[n // 2 % ITEMS]
        at = BEGIN + timedelta(days=2, minutes=n)
        if n % 2 == 0 and n // 2 < ITEMS:
            acknowledge(item=key, by=clerk, at=at)
        else:
            give_feedback(item=key, text="生成的反馈", by=clerk, at=at)
    return (ITEMS + acts) / (time.perf_counter() - start)


def _bare_page() -> HttpResponse:
    """The yardstick."""
    names = UnitState.objects.open().filter(of=OuterRef("unit")).values("name")
    party = Party.objects.open().filter(item=OuterRef("item")).annotate(said=Subquery(names[:1]))
    said = Feedback.objects.filter(item=OuterRef("item")).order_by("-act").values("act__at")
    rows = (
        ItemState.objects.open()
        .annotate(
            number=F("item__number"),
            source=F("item__source"),
            serial=F("item__serial"),
            lead=Subquery(party.filter(role="lead").values("said")[:1]),
            partner=Subquery(party.filter(role="cooperating").values("said")[:1]),
            said=Subquery(said[:1]),
        )
        .order_by("due_at")
        .values(*BARE_FIELDS)
    )
    template = engines["django"].from_string(BARE)
    return HttpResponse(template.render({"rows": rows}, HttpRequest()))
