"""Enterprises answer themselves; the unit that looks after them reads and returns."""

from __future__ import annotations

import pytest
from django.urls import reverse

from factories import collection as made
from luodi.collection import actions
from luodi.collection.models import Filing
from luodi.collection.queries import my_filings, sheet_of, standing_of
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete, NotAllowed, NotFound
from luodi.indicators.models import Value

NOW = Moment(made.APRIL)


@pytest.fixture
def filing(city, at):
    zone = city.units["开发区管委会"]
    form = made.defined(city, at, respondents={"zones": [zone]}, review_levels=2)
    made.opened(city, form)
    return Filing.objects.get(form=form)


def test_each_enterprise_of_the_zone_is_asked_under_its_home(city, filing):
    assert filing.enterprise and filing.unit == filing.zone == city.units["开发区管委会"]
    assert [row.key for row in my_filings(made.viewer(city, "enterprise"), NOW)] == [filing.key]
    assert my_filings(made.viewer(city, "zone_staff"), NOW) == []


def test_its_figures_are_known_under_the_enterprise(city, filing):
    made.submitted(city, filing, username="enterprise")
    row = Value.objects.open().get(indicator__code="output")
    assert (row.enterprise, row.unit, row.zone) == (filing.enterprise, filing.unit, filing.zone)


def test_two_levels_the_home_checks_and_the_owner_accepts(city, filing):
    made.submitted(city, filing, username="enterprise")
    with pytest.raises(Incomplete):
        made.accepted(city, filing)
    who = made.viewer(city, "zone_staff")
    actions.check_filings(filings=[filing.key], viewer=who, by=who.person, at=made.APRIL)
    made.accepted(city, filing)
    assert made.stage_of(filing) == "accepted"


@pytest.mark.parametrize("name", ["zone_staff", "zone_head", "statistician"])
def test_who_reads_it_cannot_type_in_it(city, filing, name):
    with pytest.raises(NotAllowed):
        made.drafted(city, filing, username=name)


@pytest.mark.parametrize("name", ["office", "clerk", "leading_group", "auditor", "system_admin"])
def test_no_other_office_sees_microdata(city, filing, name):
    with pytest.raises(NotFound):
        standing_of(made.viewer(city, name), filing.key, NOW)


def test_the_enterprise_fills_in_its_page(city, filing, sign_in, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.APRIL)
    firm = sign_in("enterprise")
    assert "示例工业月报" in firm.get(reverse("filings")).content.decode()
    page = firm.get(reverse("filing", args=[filing.key]))
    assert page.status_code == 200
    data = {"version": "0", "cell-output:now": "3", "cell-staff:now": "2"}
    firm.post(reverse("filing_submit", args=[filing.key]), data)
    assert made.stage_of(filing) == "submitted"


def test_a_zone_fills_in_one_table_with_a_row_for_each_enterprise(city, at):
    keys = made.indicators(city, at)
    columns = [
        {"key": code, "label": code, "indicator": keys[code]} for code in ("output", "staff")
    ]
    form = made.defined(
        city,
        at,
        layout={"rows": {"kind": "enterprises"}, "columns": columns},
        respondents={"units": [city.units["开发区管委会"]]},
    )
    made.opened(city, form)
    filing = made.filing_of(city, form, "开发区管委会")
    sheet = sheet_of(made.viewer(city, "zone_staff"), filing.key, NOW)
    (row,) = sheet.layout.rows
    made.submitted(city, filing, {f"{row.key}:output": "5"}, username="zone_staff")
    value = Value.objects.open().get(indicator__code="output")
    assert (value.enterprise, value.amount) == (row.key, 500)


@pytest.fixture
def zones_table(city, at, filing):
    """The zone's own form, with a row for each enterprise, over figures the enterprise is asked."""
    asked = filing.edition.layout["rows"]["items"]
    columns = [
        {"key": one["key"], "label": one["label"], "indicator": one["indicator"]} for one in asked
    ]
    form = made.defined(
        city,
        at,
        "zones_table",
        layout={"rows": {"kind": "enterprises"}, "columns": columns},
        respondents={"units": [city.units["开发区管委会"]]},
    )
    made.opened(city, form)
    return made.filing_of(city, form, "开发区管委会")


def output_of(filing) -> Value:
    return Value.objects.open().get(indicator__code="output", enterprise=filing.enterprise)


def test_what_the_zone_says_of_an_enterprise_does_not_lock_the_enterprises_own(
    city, filing, zones_table
):
    cell = f"{filing.enterprise}:output"
    made.submitted(city, zones_table, {cell: "5"}, username="zone_staff")
    assert output_of(filing).origin == f"filing:{zones_table.key}"
    firm = made.viewer(city, "enterprise")
    assert sheet_of(firm, filing.key, NOW).locked == {}
    made.submitted(city, filing, {"output:now": "7", "staff:now": "2"}, username="enterprise")
    value = output_of(filing)
    assert (value.amount, value.origin) == (700, f"filing:{filing.key}")
    zone = sheet_of(made.viewer(city, "zone_staff"), zones_table.key, NOW)
    assert zone.locked[cell].typed.startswith("7")


def test_an_enterprise_that_says_the_same_makes_it_its_own(city, filing, zones_table):
    made.submitted(city, zones_table, {f"{filing.enterprise}:output": "7"}, username="zone_staff")
    made.submitted(city, filing, {"output:now": "7", "staff:now": "2"}, username="enterprise")
    value = output_of(filing)
    assert (value.amount, value.origin) == (700, f"filing:{filing.key}")
    assert Value.objects.filter(indicator__code="output").count() == 2


def test_what_an_enterprise_said_first_is_locked_in_the_zones_table_and_in_its_own_other_form(
    city, at, filing, zones_table
):
    made.submitted(city, filing, {"output:now": "7", "staff:now": "2"}, username="enterprise")
    zone = sheet_of(made.viewer(city, "zone_staff"), zones_table.key, NOW)
    assert f"{filing.enterprise}:output" in zone.locked
    other = made.defined(
        city, at, "other", respondents={"zones": [city.units["开发区管委会"]]}, review_levels=2
    )
    made.opened(city, other)
    second = Filing.objects.get(form=other)
    assert "output:now" in sheet_of(made.viewer(city, "enterprise"), second.key, NOW).locked
