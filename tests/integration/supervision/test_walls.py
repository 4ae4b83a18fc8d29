"""Wall charts: months, units, lights; A3 pages with their text; whose they are."""

from __future__ import annotations

from datetime import date, timedelta

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import plans
from factories.projects import details
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.papers.exports import NoFont
from luodi.projects.actions import open_lead
from luodi.supervision.exports import walls as files
from luodi.supervision.exports import write_wall
from luodi.supervision.queries import plan_wall, wall_choices, zone_wall
from luodi.supervision.rules.walls import Bar, Mark, Wall, WallRow

PER_POINT = 25.4 / 72
needs_font = pytest.mark.skipif(
    not files.has_chinese(), reason="LEFT OUT: no Chinese font on this machine"
)
WORDS = st.text("示例事项开工投产 abc()0123<>&#$\\\"'", min_size=1, max_size=70)
LIGHTS = st.sampled_from(["red", "yellow", "green", "done", "none"])


@st.composite
def wall_rows(draw):
    first = draw(st.integers(1, 12))
    bar = draw(st.none() | st.just(Bar(first, draw(st.integers(first, 12)))))
    marks = tuple(Mark(n, "任务") for n in draw(st.lists(st.integers(1, 12), max_size=5)))
    return WallRow(
        "1.", draw(WORDS), draw(WORDS), draw(LIGHTS), "", draw(st.sampled_from(["", "2026-06-30"])),
        bar, marks,
    )  # fmt: skip


def pages(data: bytes):
    """Width and height in millimetres and the text of each page."""
    document = pypdfium2.PdfDocument(data)
    return [
        (round(page.get_width() * PER_POINT), round(page.get_height() * PER_POINT),
         page.get_textpage().get_text_range())
        for page in document
    ]  # fmt: skip


@needs_font
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(wall_rows(), max_size=40))
def test_a_chart_of_anything_is_a3_with_all_its_rows(rows):
    wall = Wall("示例方案", 2026, date(2026, 3, 2), tuple(rows), "示例口径")
    found = pages(write_wall(wall))
    assert {(width, height) for width, height, _text in found} == {(420, 297)}
    text = "".join(said for _w, _h, said in found)
    assert "示例方案" in text and f"共 {len(found)} 页" in text
    assert "\ufffd" not in text and "□" not in text
    numbers = [line.split()[0] for line in text.splitlines() if line.strip()]
    assert all(any(str(n) in one for one in numbers) for n in range(1, len(rows) + 1))


@needs_font
def test_a_short_chart_is_one_page_and_the_same_bytes_twice():
    rows = tuple(WallRow(f"{n}.", f"事项{n}", "市工信局", "red", "", "") for n in range(12))
    wall = Wall("示例方案", 2026, date(2026, 3, 2), rows)
    made = write_wall(wall)
    assert len(pages(made)) == 1 and made == write_wall(wall)
    assert b"FontFile" in made


def test_without_a_chinese_font_it_is_refused_in_a_sentence(monkeypatch):
    monkeypatch.setattr(files, "has_chinese", lambda: False)
    with pytest.raises(NoFont, match="没有中文字体"):
        write_wall(Wall("示例", 2026, date(2026, 3, 2), ()))


@pytest.mark.django_db(databases="__all__")
def test_a_plan_shows_its_measures_with_units_and_lights(city, at):
    plan = plans.adopted_plan(city, at)
    viewer = plans.viewer(city, "office")
    wall = plan_wall(plan.key, None, viewer, Moment(at))
    assert wall.year == 2026 and wall.today == 3 and len(wall.rows) > 1
    assert all(row.title and row.light for row in wall.rows)
    assert any(row.units for row in wall.rows)
    assert plan_wall(plan.key, 1, viewer, Moment(at)).year == 2026
    assert [one.kind for one in wall_choices(viewer, Moment(at))] == ["plan", "zone"]
    with pytest.raises(NotFound):
        plan_wall("0" * 16, None, viewer, Moment(at))


@pytest.mark.django_db(databases="__all__")
def test_a_zones_projects_stand_over_their_planned_months(city, at):
    counts = []
    for more in (2, 6):
        for number in range(more):
            said = details(city, name=f"示例项目{more}{number}") | {
                "planned_start": date(2026, 4, 1), "planned_production": date(2026, 9, 1),
            }  # fmt: skip
            open_lead(city=city.key, details=said, by=city.people["office"], at=at)
        with CaptureQueriesContext(connection) as found:
            viewer = plans.viewer(city, "zone_staff")
            wall = zone_wall(city.units["开发区管委会"], None, viewer, Moment(at + timedelta(1)))
        counts.append(len(found))
    assert counts[0] == counts[1]
    assert {(row.bar.first, row.bar.last) for row in wall.rows} == {(4, 9)}
    for stranger in ("clerk",):
        with pytest.raises(NotFound):
            zone_wall(city.units["开发区管委会"], None, plans.viewer(city, stranger), Moment(at))


@pytest.mark.django_db(databases="__all__")
def test_the_pages_open_and_give_a_pdf(city, at, sign_in):
    plan = plans.adopted_plan(city, at)
    office = sign_in("office")
    assert plan.title in office.get("/supervision/wall/").content.decode()
    assert (
        "责任单位" in office.get(f"/supervision/wall/plan/{plan.key}/?year=2026").content.decode()
    )
    given = office.get(f"/supervision/wall/plan/{plan.key}/a3.pdf")
    assert given.status_code == 422 or given.content.startswith(b"%PDF")
    zone = city.units["开发区管委会"]
    assert office.get(f"/supervision/wall/zone/{zone}/").status_code == 200
    assert office.get("/supervision/wall/zone/none/").status_code == 404
