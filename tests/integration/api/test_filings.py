"""Filling in by program: the respondent's own filings, as drafts, and handed in once."""

from __future__ import annotations

import json

import pytest
from django.core.cache import cache

from factories import collection as made
from luodi.collection.models import Filing, Submission

from .test_tokens import caller, said, token_of


@pytest.fixture(autouse=True)
def a_morning_in_april(monkeypatch):
    cache.clear()
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.APRIL)


@pytest.fixture
def filing(city, at) -> Filing:
    form = made.defined(city, at)
    made.opened(city, form)
    return made.filing_of(city, form)


def writer(city, who: str = "clerk"):
    return caller(token_of(city, who, writes=True))


def send(client, method: str, address: str, body: dict, **headers: str):
    call = getattr(client, method)
    return call(address, json.dumps(body), content_type="application/json", headers=headers)


def test_a_program_reads_types_and_hands_in(city, filing):
    client = writer(city)
    mine = client.get("/api/v1/filings").json()
    assert [(row["key"], row["writable"]) for row in mine] == [(filing.key, True)]
    sheet = client.get(f"/api/v1/filings/{filing.key}").json()
    assert sheet["version"] == 0 and sheet["rows"][0]["key"] == "output"
    typed = {"version": 0, "cells": dict(made.GIVEN)}
    draft = send(client, "put", f"/api/v1/filings/{filing.key}/draft", typed).json()
    assert draft["version"] == 1 and draft["faults"] == []
    assert not Submission.objects.exists()
    body, key = {"version": draft["version"]}, {"Idempotency-Key": "once"}
    address = f"/api/v1/filings/{filing.key}/submit"
    first = send(client, "post", address, body, **key)
    assert first.status_code == 200, first.content
    assert first.json() == {"filing": filing.key, "edition": 1, "figures": 3}
    again = send(client, "post", address, body, **key)
    assert again.json() == first.json() and Submission.objects.count() == 1
    assert said(send(client, "post", address, {"version": 9}, **key)) == (409, "idempotency.reused")
    assert said(send(client, "post", address, body))[0] == 409
    assert made.stage_of(filing) == "submitted"


def test_what_the_checks_say_comes_back_in_words(city, filing):
    client = writer(city)
    wrong = {"version": 0, "cells": {"output:now": "很多"}}
    draft = send(client, "put", f"/api/v1/filings/{filing.key}/draft", wrong).json()
    assert draft["faults"] and draft["faults"][0]["text"]
    answer = send(client, "post", f"/api/v1/filings/{filing.key}/submit", {"version": 1})
    assert said(answer) == (422, "filing.faults")
    strange = {"version": 1, "cells": {"nothing:here": "1"}}
    assert said(send(client, "put", f"/api/v1/filings/{filing.key}/draft", strange))[0] == 422
    broken = client.put(f"/api/v1/filings/{filing.key}/draft", "{", content_type="application/json")
    assert said(broken) == (400, "request.not_json")


@pytest.mark.parametrize("who", ["other_clerk", "zone_staff", "enterprise"])
def test_a_filing_of_another_is_not_there(city, filing, who):
    client, address = writer(city, who), f"/api/v1/filings/{filing.key}"
    typed = {"version": 0, "cells": dict(made.GIVEN)}
    assert said(client.get(address))[0] == 404
    assert said(send(client, "put", f"{address}/draft", typed))[0] == 404
    assert said(send(client, "post", f"{address}/submit", {"version": 0}))[0] == 404
    assert filing.key not in {row["key"] for row in client.get("/api/v1/filings").json()}


def test_an_enterprise_fills_in_its_own(city, at):
    form = made.defined(city, at, respondents={"zones": [city.units["开发区管委会"]]})
    made.opened(city, form)
    client = writer(city, "enterprise")
    (row,) = client.get("/api/v1/filings").json()
    asked = {r["code"] for r in client.get("/api/v1/indicators").json()}
    assert asked == {"output", "sales", "staff"}
    typed = {"version": 0, "cells": dict(made.GIVEN)}
    draft = send(client, "put", f"/api/v1/filings/{row['key']}/draft", typed).json()
    handed = send(client, "post", f"/api/v1/filings/{row['key']}/submit", {"version": 1})
    assert draft["version"] == 1 and handed.status_code == 200
