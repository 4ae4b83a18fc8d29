"""What the board's bench measures, on a site of its own. Django must be started before."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.template import engines

from luodi.audit.actions import perform
from luodi.cli.databases import bring_up
from luodi.cli.page_timing import medians, page
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.orgs.actions import appoint, found_city
from luodi.orgs.choices import Role, UnitKind
from luodi.orgs.models import UnitState
from luodi.orgs.queries import viewer_of_person
from luodi.orgs.rules import Viewer
from luodi.packs import resolve
from luodi.projects.models import Project, ProjectState, StageMove
from luodi.projects.views import pipeline

if TYPE_CHECKING:
    from luodi.cli.bench import Figure

BEGIN = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
MAKER = "system:bench"
PROJECTS = 3000
ZONES = 8
CARDS = 30
"""So many cards a column of the board shows; the yardstick shows the same."""
STAGES = ("lead", "talks", "review", "signed", "permits", "started", "in_official_statistics",
          "in_production", "at_capacity", "at_promised_benefit")  # fmt: skip
FIELDS = (
    "project", "name", "stage", "zoned", "led", "investor", "industry", "mode", "signing",
    "investment", "investment_scale", "moved", "planned_start",
)  # fmt: skip
LIST = """<table>{% for r in rows %}<tr>
<td><a href="/projects/{{ r.project }}/">{{ r.name }}</a></td>
<td>{{ r.stage }}</td><td>{{ r.zoned }}</td><td>{{ r.led }}</td><td>{{ r.investor }}</td>
<td>{{ r.industry }}</td><td>{{ r.mode }}</td><td>{{ r.signing }}</td><td>{{ r.investment }}</td>
<td></td><td>{{ r.moved|date:"Y-m-d" }}</td><td>{{ r.planned_start|date:"Y-m-d" }}</td></tr>
{% endfor %}</table>"""
BOARD = """{% regroup rows by stage as columns %}{% for column in columns %}<section>
<h2>{{ column.grouper }} {{ column.list|length }}</h2>{% for r in column.list %}
<a href="/projects/{{ r.project }}/"><b>{{ r.name }}</b>{{ r.zoned }} {{ r.signing }}</a>
{% endfor %}</section>{% endfor %}"""
FIRST = BOARD.replace("in column.list %}", f'in column.list|slice:":{CARDS}" %}}')


def measure(quick: bool) -> list[Figure]:
    """Median times of the real pages over those of the yardsticks, asked in turns."""
    bring_up()
    viewer = _filled()
    times, now = 5 if quick else 15, Moment(BEGIN + timedelta(days=1))
    board, bare_board, first = medians(
        times,
        lambda: page(viewer, now, pipeline.board, "/projects/"),
        lambda: _bare(BOARD),
        lambda: _bare(FIRST),
    )
    listed, bare_list = medians(
        times, lambda: page(viewer, now, pipeline.projects, "/projects/"), lambda: _bare(LIST)
    )
    cards = len(STAGES) * CARDS
    return [
        _figure("board_3000_vs_bare_view", board, bare_board, f"{PROJECTS} cards"),
        _figure("board_3000_vs_bare_cards", board, first, f"the same {cards} cards", goal=None),
        _figure("list_3000_vs_bare_view", listed, bare_list, f"{PROJECTS} rows"),
    ]


def _figure(
    name: str, real: float, bare: float, shown: str, goal: float | None = 3.0
) -> dict[str, Any]:
    return {
        "name": name,
        "value": round(real / bare, 3),
        "unit": "ratio",
        "yardstick": f"one query over {PROJECTS} projects, a plain template loop, {shown}",
        "goal": goal,
        "size": f"{PROJECTS} generated projects in {ZONES} zones, three moves each, all roll-ups; "
        f"{real * 1000:.0f} ms against {bare * 1000:.0f} ms",
    }


def _filled() -> Viewer:
    """A city with its zones and generated projects over all stages; whom the office sends."""
    units = [{"name": "示例市", "kind": UnitKind.CITY, "pack": "jincheng"}]
    units += [{"name": f"示例{n}开发区", "kind": UnitKind.ZONE} for n in range(1, ZONES + 1)]
    found_city(key="bench", pack=resolve("jincheng").content(), units=units, by=MAKER, at=BEGIN)
    zones = list(
        UnitState.objects.open()
        .filter(kind=UnitKind.ZONE)
        .order_by("of")
        .values_list("of", flat=True)
    )
    dice, scope = random.Random(20260105), {"city": "bench"}
    subjects = [subject_key("unit", "bench")]
    with perform("import_projects", by=MAKER, at=BEGIN, subjects=subjects, scope=scope) as deed:
        for number in range(PROJECTS):
            project, state, moves = _project(dice, number, zones)
            for row in (project, state, *moves):
                deed.write(row)
    office = appoint(
        name="示例-01", unit="bench", role=Role.OFFICE, by=MAKER, at=BEGIN, generated=True
    )
    return viewer_of_person(office.key)


def _project(
    dice: random.Random, number: int, zones: list[str]
) -> tuple[Project, ProjectState, list[StageMove]]:
    """A generated project with its state and the moves that led there."""
    zone, stage = dice.choice(zones), dice.randrange(len(STAGES))
    scope = {"city": "bench", "zone": zone, "unit": zone}
    project = Project(key=new_key(), **scope)
    signing = "contract" if stage >= 4 else dice.choice(["none", "framework"])
    state = ProjectState(
        project_id=project.key,
        stage=STAGES[stage],
        name=f"生成的项目 {number}",
        investor=f"生成的投资方 {number % 700}",
        origin=dice.choice(["lead", "reserve", "special_bond"]),
        industry=dice.choice(["光机电", "装备制造", "新材料", "煤层气"]),
        mode=dice.choice(["chain", "fund", ""]),
        lead=zone,
        zone=zone,
        signing=signing,
        investment=dice.randrange(100_00, 90_000_00),
        investment_scale=2,
        planned_start=date(2026, 1, 1) + timedelta(days=dice.randrange(700)),
    )
    moves = [
        StageMove(
            project_id=project.key,
            from_stage=STAGES[max(place - 1, 0)],
            to_stage=STAGES[place],
            happened_on=date(2025, 1, 1) + timedelta(days=30 * place),
            signing=signing,
            **scope,
        )
        for place in range(max(stage - 2, 0), stage + 1)
    ]
    return project, state, moves


def _bare(page: str) -> HttpResponse:
    """A yardstick: one query over all projects, its rows written by a plain loop."""
    template = engines["django"].from_string(page)
    return HttpResponse(template.render({"rows": _bare_rows()}, HttpRequest()))


def _bare_rows() -> QuerySet[ProjectState, dict[str, Any]]:
    names = UnitState.objects.open()
    moves = StageMove.objects.filter(project=OuterRef("project")).order_by().values("project")
    return (
        ProjectState.objects.open()
        .annotate(
            zoned=Subquery(names.filter(of=OuterRef("zone")).values("name")[:1]),
            led=Subquery(names.filter(of=OuterRef("lead")).values("name")[:1]),
            moved=Subquery(moves.annotate(on=Max("happened_on")).values("on")),
        )
        .order_by("stage", "name")
        .values(*FIELDS)
    )
