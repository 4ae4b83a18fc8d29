"""The demo's sites: generated and marked so, drawn, some taken, one reserved for now."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from luodi.cli.demo.calendar import china, play
from luodi.cli.demo.people import found
from luodi.cli.demo.pipeline import project_events
from luodi.cli.demo.sites import site_events
from luodi.common.moments import Moment
from luodi.orgs.queries import viewer_of_person
from luodi.projects.models import SiteNeed
from luodi.sites.queries import plan_page, plants


@pytest.mark.django_db(databases="__all__")
def test_the_plots_are_drawn_and_the_plants_in_use(own_data):
    cast, now = found(china(date(2026, 1, 5))), datetime(2026, 12, 1, tzinfo=UTC)
    play([*project_events(cast), *site_events(cast, now)], now, lambda done: None)
    viewer = viewer_of_person(cast.people["office"])
    page = plan_page(viewer, Moment(now))
    assert len(page.drawn) == 11 and all("演示" in one.row.name for one in page.drawn)
    assert {state: n for state, _label, n in page.counts} == {"free": 8, "reserved": 1, "taken": 2}
    floors = plants(viewer, Moment(now))
    assert [row.standing.state for row in floors].count("taken") == 2 and len(floors) == 6
    assert all("演示" in row.building for row in floors)
    assert SiteNeed.objects.open().count() == 8
