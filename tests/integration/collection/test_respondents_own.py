"""Nobody changes a respondent's figure: every person, every way, tried and refused."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.urls import reverse

from factories import collection as made
from factories.city import POSTS
from luodi.audit.actions import perform
from luodi.audit.queries import verify
from luodi.collection import actions
from luodi.collection.models import Draft
from luodi.collection.queries import sheet_of
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Refusal
from luodi.indicators.actions import Cell, submit_values, write_figures
from luodi.indicators.models import Value

OWN = ("clerk", "section_head")
STAGES = ("open", "submitted", "accepted", "returned", "correcting")
EVERYBODY = [*(name for name, *_rest in POSTS), "enterprise"]


def brought(city, stage):
    """The filing of the industry bureau, brought to a stage."""
    form = made.defined(city, made.APRIL, code=f"form_{stage}")
    made.opened(city, form)
    filing = made.filing_of(city, form)
    if stage == "open":
        made.drafted(city, filing)
        return filing
    made.submitted(city, filing)
    if stage in ("accepted", "correcting"):
        made.accepted(city, filing)
    if stage == "returned":
        made.returned(city, filing)
    if stage == "correcting":
        made.correcting(city, filing)
    return filing


def tries(city, filing, name) -> Iterator[str]:
    """Everything somebody might do to put another figure in; each gives how it ended."""
    who = made.viewer(city, name)
    common = {"viewer": who, "by": who.person, "at": made.APRIL}
    other = {"output:now": "9999", "sales:now": "9998", "staff:now": "9997"}
    draft = Draft.objects.filter(filing=filing).first()
    version = draft.version if draft else 0
    deeds = [
        lambda: actions.save_draft(filing=filing.key, version=version, cells=other, **common),
        lambda: actions.save_draft(filing=filing.key, version=99, cells=other, **common),
        lambda: actions.submit_filing(filing=filing.key, version=version, **common),
        lambda: actions.keep_accepted(filing=filing.key, **common),
    ]
    for deed in deeds:
        try:
            deed()
        except Refusal as refusal:
            yield type(refusal).__name__
        else:
            yield "done"


@pytest.mark.parametrize("stage", STAGES)
def test_at_no_stage_does_anybody_else_write_a_figure_or_a_draft(city, at, stage):
    filing = brought(city, stage)
    before = made.values_of(filing)
    typed = list(Draft.objects.filter(filing=filing).values("version", "cells"))
    for name in EVERYBODY:
        if name not in OWN:
            assert "done" not in list(tries(city, filing, name)), name
    assert made.values_of(filing) == before
    assert list(Draft.objects.filter(filing=filing).values("version", "cells")) == typed
    assert made.stage_of(filing) == stage


def test_accepted_figures_are_locked_for_the_respondent_too(city, at):
    filing = brought(city, "accepted")
    for name in OWN:
        ended = list(tries(city, filing, name))
        assert "done" not in ended
    assert made.values_of(filing)["output"] == 1250


def test_a_closed_period_takes_nothing(city, at):
    filing = brought(city, "open")
    who = made.viewer(city, "statistician")
    actions.close_turn(turn=filing.turn_id, why="到期", viewer=who, by=who.person, at=made.APRIL)
    assert set(tries(city, filing, "clerk")) <= {"Closed", "Incomplete"}
    assert made.values_of(filing) == {}


def test_what_came_with_a_filing_is_revised_by_no_report_and_no_import(city, at):
    filing = brought(city, "submitted")
    keys, unit = made.indicators(city, at), city.units["市工信局"]
    for origin in ("report:0000", "import:upload", "item:0000"):
        by = city.people["clerk"]
        with pytest.raises(Closed), perform("smuggle", by=by, at=made.APRIL) as deed:
            submit_values(
                deed=deed, city=city.key, unit=unit, period="2026-03",
                figures={keys["output"]: "9999"}, origin=origin, purpose="statistics",
            )  # fmt: skip
        cell = Cell(keys["output"], unit, "", "2026-03", 999_900, 2)
        with pytest.raises(Closed), perform("smuggle", by=by, at=made.APRIL) as deed:
            write_figures(
                deed=deed, city=city.key, cells=[cell], origin=origin, purpose="statistics"
            )
    assert made.values_of(filing)["output"] == 1250


def test_another_purpose_is_another_series(city, at):
    filing = brought(city, "accepted")
    keys, unit = made.indicators(city, at), city.units["市工信局"]
    with perform("report", by=city.people["clerk"], at=made.APRIL) as deed:
        submit_values(
            deed=deed, city=city.key, unit=unit, period="2026-03",
            figures={keys["output"]: "9999"}, origin="report:0000", purpose="dispatch",
        )  # fmt: skip
    assert made.values_of(filing)["output"] == 1250


def test_a_second_form_asks_for_nothing_known_and_overwrites_nothing(city, at):
    first = brought(city, "accepted")
    form = made.defined(city, at, code="second")
    made.opened(city, form)
    second = made.filing_of(city, form)
    sheet = sheet_of(made.viewer(city, "clerk"), second.key, Moment(made.APRIL))
    assert set(sheet.locked) == {"output:now", "sales:now", "staff:now"}
    assert sheet.locked["output:now"].typed == "12.50"
    assert "示例工业月报" in sheet.locked["output:now"].source
    made.submitted(city, second, {"output:now": "9999"})
    assert made.values_of(first)["output"] == 1250
    assert made.values_of(second) == {}
    handed = second.submissions.get()
    assert (handed.asked, handed.spared, handed.cells) == (0, 3, {})


def test_no_address_lets_anybody_else_in(city, at, sign_in, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.APRIL)
    filing = brought(city, "returned")
    body = json.dumps({"version": 0, "cells": {"output:now": "9999"}})
    for name in EVERYBODY:
        if name in OWN:
            continue
        client = sign_in(name)
        form = {"version": "0", "cell-output:now": "9999", "why": "改一改", "selected": filing.key}
        posts = [
            client.post(
                reverse("filing_draft", args=[filing.key]), body, content_type="application/json"
            )
        ]
        names = ("filing", "filing_submit", "filing_keep", "filing_correct")
        posts += [client.post(reverse(route, args=[filing.key]), form) for route in names]
        posts.append(client.post(reverse("filings_review"), form | {"do": "accept"}))
        assert {post.status_code for post in posts} <= {403, 404, 409, 422}, name
    assert made.values_of(filing) == {}
    assert not Draft.objects.filter(filing=filing).exists()
    assert made.stage_of(filing) == "returned"


def test_there_is_no_back_door_of_administration(city, at):
    assert not apps.is_installed("django.contrib.admin")


def test_a_figure_changed_in_the_database_shows_in_the_record(city, at):
    filing = brought(city, "accepted")
    Value.objects.filter(origin=f"filing:{filing.key}").update(amount=1)
    assert verify().breaks
