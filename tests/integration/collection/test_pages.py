"""The pages and the two doors of the grid, through HTTP."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from factories import collection as made

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def april(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.APRIL)


@pytest.fixture
def filing(city, at):
    form = made.defined(city, at)
    made.opened(city, form)
    return made.filing_of(city, form)


def posted(client, filing, **said):
    body = json.dumps({"version": 0, "cells": {}} | said)
    return client.post(
        reverse("filing_draft", args=[filing.key]), body, content_type="application/json"
    )


def test_the_clerk_finds_the_form_fills_it_in_and_hands_it_in(city, filing, sign_in):
    clerk = sign_in("clerk")
    assert "示例工业月报" in clerk.get(reverse("filings")).content.decode()
    page = clerk.get(reverse("filing", args=[filing.key])).content.decode()
    assert 'name="cell-output:now"' in page
    answer = clerk.post(
        reverse("filing_submit", args=[filing.key]),
        {"version": "0", "cell-output:now": "12.5", "cell-staff:now": "320"},
    )
    assert answer.status_code == 302
    assert made.values_of(filing) == {"output": 1250, "staff": 320}


def test_a_fault_stays_at_its_cell_and_nothing_is_lost(city, filing, sign_in):
    clerk = sign_in("clerk")
    data = {"version": "0", "cell-output:now": "十二点五左右", "cell-staff:now": "320"}
    answer = clerk.post(reverse("filing_submit", args=[filing.key]), data, follow=True)
    page = answer.content.decode()
    assert "十二点五左右" in page and 'aria-invalid="true"' in page
    assert made.stage_of(filing) == "open"


def test_the_grid_reads_and_saves_through_json(city, filing, sign_in):
    clerk = sign_in("clerk")
    sheet = clerk.get(reverse("filing_sheet", args=[filing.key])).json()
    assert [row["key"] for row in sheet["rows"]] == ["output", "sales", "staff"]
    assert sheet["version"] == 0 and sheet["writable"]
    saved = posted(clerk, filing, cells={"output:now": "1,25O"}).json()
    assert saved["version"] == 1
    assert saved["faults"][0]["cells"] == ["output:now"] and saved["faults"][0]["hard"]
    assert posted(clerk, filing, cells={"nowhere:now": "1"}).status_code == 422
    assert posted(clerk, filing, cells=["x"]).status_code == 422
    assert posted(clerk, filing, version="x").status_code == 422


def test_the_reviewer_sees_it_waiting_and_accepts(city, filing, sign_in):
    made.submitted(city, filing)
    reviewer = sign_in("statistician")
    page = reviewer.get(reverse("filings_review")).content.decode()
    assert "示例工业月报" in page and "市工信局" in page
    answer = reviewer.post(reverse("filings_review"), {"selected": [filing.key], "do": "accept"})
    assert answer.status_code == 302
    assert made.stage_of(filing) == "accepted"


@pytest.mark.parametrize("name", ["filings", "filings_review", "forms"])
def test_the_lists_open(city, filing, sign_in, name):
    assert sign_in("statistician").get(reverse(name)).status_code == 200
    assert sign_in("clerk").get(reverse(name), {"export": "xlsx"}).status_code == 200


def test_a_form_and_its_period_open(city, filing, sign_in):
    clerk = sign_in("clerk")
    assert "示B204-1表" in clerk.get(reverse("form", args=[filing.form_id])).content.decode()
    assert clerk.get(reverse("turn", args=[filing.turn_id])).status_code == 200


def test_two_people_in_one_form_lose_nothing(city, filing, sign_in):
    one, other = sign_in("clerk"), sign_in("section_head")
    first = posted(one, filing, cells={"output:now": "12", "staff:now": "3"}).json()
    second = posted(other, filing, cells={"output:now": "15", "sales:now": "11"}).json()
    assert second["version"] == first["version"] + 1
    assert second["merged"] == {"output:now": "12", "staff:now": "3"}
    assert second["conflicts"]["output:now"]["typed"] == "15"
    sheet = one.get(reverse("filing_sheet", args=[filing.key])).json()
    assert sheet["cells"] == {"output:now": "12", "staff:now": "3", "sales:now": "11"}
    assert "15" in one.get(reverse("filing", args=[filing.key]), {"plain": "1"}).content.decode()
    form = {"version": str(sheet["version"])}
    assert one.post(reverse("filing_submit", args=[filing.key]), form).status_code == 409
    posted(other, filing, version=2, cells={"output:now": "15"})
    one.post(reverse("filing_submit", args=[filing.key]), {"version": "3"})
    assert made.values_of(filing)["output"] == 1500


def test_the_reviewer_sees_what_changed_since_the_last_time(city, filing, sign_in):
    made.submitted(city, filing)
    made.returned(city, filing)
    made.submitted(city, filing, {"output:now": "13"})
    page = sign_in("statistician").get(reverse("filing", args=[filing.key])).content.decode()
    assert "历次报送" in page and "合计对不上" in page
    assert ">12.50</td>" in page and ">13</td>" in page


@pytest.mark.parametrize(
    "bad",
    ["1e308", "１２．５万亿亿", "=1+1", "十二点几", "12,34", "-", "99999999999999999999", "12.345"],
)
def test_bad_input_is_said_at_its_cell(city, filing, sign_in, bad):
    saved = posted(sign_in("clerk"), filing, cells={"output:now": bad}).json()
    assert [fault["cells"] for fault in saved["faults"]] == [["output:now"]]
    assert saved["faults"][0]["hard"] and saved["faults"][0]["text"]
