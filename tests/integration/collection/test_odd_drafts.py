"""Drafts and forms in the way of careless or hostile hands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from factories import collection as made
from factories.city import MAKER
from luodi.collection import actions
from luodi.collection.models import Draft, FormState, Turn
from luodi.collection.queries import sheet_of
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Incomplete, NotAllowed
from luodi.indicators.actions import revise_definition
from luodi.indicators.models import Definition, Value
from luodi.orgs.actions import appoint, close_enterprise
from luodi.orgs.choices import Role
from luodi.orgs.queries import viewer_of_person


@pytest.fixture
def form(city, at):
    return made.defined(city, at)


@pytest.fixture
def filing(city, form):
    made.opened(city, form)
    return made.filing_of(city, form)


BODIES = [
    "[" * 100_000,
    '{"version": 0, "cells": {"output:now": "\\ud800"}}',
    '{"version": 0, "cells": {"output:now": "\\u0000"}}',
    '{"version": 0, "cells": {}, "explanations": {"k": "\\udfff"}}',
]


@pytest.mark.parametrize("body", BODIES, ids=["deep", "half", "nul", "half-explained"])
def test_a_body_that_is_no_text_is_refused_in_a_sentence(city, filing, sign_in, body):
    client = sign_in("clerk")
    address = reverse("filing_draft", args=[filing.key])
    found = client.post(address, body, content_type="application/json")
    assert found.status_code == 422 and "读不懂" in found.json()["sentence"]
    assert client.get(reverse("filing", args=[filing.key])).status_code == 200


def test_explanations_of_no_check_are_not_kept(city, filing):
    made.drafted(city, filing, explanations={f"k{n}": "x" for n in range(50)})
    assert Draft.objects.get(filing=filing).explanations == {}


def test_a_page_from_before_the_return_overwrites_nothing_typed_since(city, filing):
    for figure in ("1", "2", "3"):
        stale = made.drafted(city, filing, made.GIVEN | {"output:now": figure}).version
    made.submitted(city, filing)
    made.returned(city, filing)
    made.drafted(city, filing, {"output:now": "15"}, username="section_head")
    saved = made.drafted(city, filing, {"output:now": "99"}, version=stale)
    assert saved.conflicts["output:now"]["held"] == "15"
    assert Draft.objects.get(filing=filing).cells["output:now"] == "15"


def rescaled(city, code: str, scale: int) -> None:
    row = Definition.objects.open().get(indicator__code=code, indicator__city=city.key)
    revise_definition(
        indicator=row.indicator_id, seen=row.pk, by=city.people["statistician"], at=made.APRIL,
        fields={"name": row.name, "measured_in": row.measured_in, "scale": scale}, why="口径修订",
    )  # fmt: skip


@pytest.mark.parametrize("scale", [0, 1, 3])
def test_a_scale_changed_since_loses_no_accepted_figure(city, filing, scale):
    made.submitted(city, filing, made.GIVEN | {"output:now": "12.55"})
    made.accepted(city, filing)
    made.correcting(city, filing)
    made.submitted(city, filing, {"output:now": "13"})
    rescaled(city, "output", scale)
    made.returned(city, filing)
    row = Value.objects.open().get(origin=f"filing:{filing.key}", indicator__code="output")
    assert (row.amount, row.scale) == (1255, 2)


def test_checks_compare_figures_of_two_scales(city, at):
    """March's 12.50 beside April's 12.5 under a definition that keeps one decimal: no jump."""
    check = {
        "key": "steady", "kind": "formula", "indicator": "output", "hard": True,
        "formula": "[output] <= 2 * prior([output])", "zh": "比上期翻了一番",
        "en": "Twice the last one",
    }  # fmt: skip
    form = made.defined(city, at, code="steady", checks=[check])
    made.opened(city, form)
    made.submitted(city, made.filing_of(city, form))
    rescaled(city, "output", 3)
    made.opened(city, form, "2026-04")
    later = made.filing_of(city, form, period="2026-04")
    assert made.drafted(city, later, {"output:now": "13"}).faults == []
    faults = made.drafted(city, later, {"output:now": "26"}).faults
    assert [fault.rule for fault in faults] == ["steady"]


def test_a_period_outside_the_form_s_validity_is_not_opened(city, at):
    form = made.defined(
        city, at, code="until", valid_from=date(2026, 1, 1), valid_to=date(2026, 6, 30)
    )
    for period in ("2025-12", "2026-07", "2031-01"):
        with pytest.raises(Closed, match="有效期"):
            made.opened(city, form, period)
    made.opened(city, form, "2026-03")


def test_the_clock_opens_the_last_period_of_a_form_after_its_validity_ended(city, at):
    """The form holds until March ends; March is asked about in April."""
    form = made.defined(
        city, at, code="until", valid_from=date(2026, 1, 1), valid_to=date(2026, 3, 31)
    )
    actions.open_due_turns(by="system:clock", at=made.APRIL)
    assert "2026-03" in set(Turn.objects.filter(form=form).values_list("period", flat=True))


@pytest.mark.parametrize("period", ["9999-12", "0002-01", "2026-W53", "2026-13", "x"])
def test_a_period_beyond_the_calendar_is_refused_in_a_sentence(city, form, period):
    with pytest.raises(Incomplete):
        made.opened(city, form, period)


def test_the_office_does_not_make_an_official_form_its_own(city, at, form):
    """Somebody of the office in the statisticians' own unit, with the purpose put to dispatch."""
    state = FormState.objects.open().get(form=form)
    unit = city.units["市统计局"]
    person = appoint(name="甲", unit=unit, role=Role.OFFICE, by=MAKER, at=at)
    who = viewer_of_person(person.key)
    fresh = replace(made.edition(city, made.indicators(city, at)), purpose="dispatch")
    with pytest.raises(NotAllowed):
        actions.revise_form(
            form=form.key, edition=fresh, seen=state.since_id, why="改用途", viewer=who,
            by=who.person, at=made.APRIL,
        )  # fmt: skip


def test_an_enterprise_that_closes_keeps_its_row_and_its_figures(city, at):
    """In a zone's table of enterprises, through a correction of another cell."""
    zone = city.units["开发区管委会"]
    keys = made.indicators(city, at)
    columns = [
        {"key": code, "label": code, "indicator": keys[code]} for code in ("output", "staff")
    ]
    layout = {"rows": {"kind": "enterprises"}, "columns": columns}
    form = made.defined(city, at, code="firms", layout=layout, respondents={"units": [zone]})
    made.opened(city, form)
    filing = made.filing_of(city, form, "开发区管委会")
    who = made.viewer(city, "zone_staff")
    (row,) = sheet_of(who, filing.key, Moment(made.APRIL)).layout.rows
    cells = {f"{row.key}:output": "5", f"{row.key}:staff": "9"}
    made.submitted(city, filing, cells, username="zone_staff")
    made.accepted(city, filing)
    close_enterprise(enterprise=row.key, why="注销", by=city.people["statistician"], at=made.APRIL)
    assert f"{row.key}:output" in sheet_of(who, filing.key, Moment(made.APRIL)).places
    made.correcting(city, filing, username="zone_staff")
    made.submitted(city, filing, {f"{row.key}:output": "6"}, username="zone_staff")
    assert made.values_of(filing) == {"output": 600, "staff": 9}
    made.returned(city, filing)
    assert made.values_of(filing) == {"output": 500, "staff": 9}
