"""Tokens: shown once, kept as a digest, within the person's scope, ended by time or by hand."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core import serializers
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from factories.city import make_city
from luodi.api import actions
from luodi.api.actions import answer_once, make_token, revoke_token
from luodi.api.models import Token
from luodi.audit.models import Act
from luodi.audit.queries import verify
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.actions import set_account_active


@pytest.fixture(autouse=True)
def fresh_throttle():
    cache.clear()


def token_of(city, who: str, **changes) -> str:
    said = {"name": "报数程序", "days": 30, "writes": False} | changes
    return make_token(**said, by=city.people[who], at=changes.pop("at", timezone.now()))


def caller(token: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {token}"})


def said(answer) -> tuple[int, str]:
    body = answer.json()
    assert body["sentence"].strip(), body
    return answer.status_code, body["code"]


def test_a_token_is_shown_once_and_kept_nowhere(sign_in, city):
    client = sign_in("clerk")
    made = client.post("/tokens/", {"name": "月报", "days": "30"})
    token = made.content.decode().split("<code>")[1].split("</code>")[0]
    assert token.startswith("luodi_") and made.headers["Cache-Control"].count("no-store")
    assert token not in client.get("/tokens/").content.decode()
    kept = serializers.serialize("json", [*Token.objects.all(), *Act.objects.all()])
    assert token not in kept and token.removeprefix("luodi_") not in kept
    assert caller(token).get("/api/v1/me").json()["writes"] is False
    assert verify().breaks == ()


def test_what_is_wrong_with_a_token_is_said(city, at):
    assert said(Client().get("/api/v1/me")) == (401, "token.missing")
    assert said(caller("luodi_nonsense").get("/api/v1/me")) == (401, "token.unknown")
    basic = Client(headers={"Authorization": "Basic eDp5"})
    assert said(basic.get("/api/v1/me")) == (401, "token.missing")
    old = make_token(
        name="旧", days=1, writes=False, by=city.people["clerk"],
        at=timezone.now() - timedelta(days=2),
    )  # fmt: skip
    assert said(caller(old).get("/api/v1/me")) == (401, "token.expired")
    revoked = token_of(city, "clerk")
    key = Token.objects.open().get(digest=actions.digest_of(revoked)).key
    revoke_token(token=key, by=city.people["clerk"], at=timezone.now())
    assert said(caller(revoked).get("/api/v1/me")) == (401, "token.revoked")


def test_a_closed_account_closes_its_tokens(city, at):
    token = token_of(city, "clerk")
    set_account_active(
        account=city.accounts["clerk"], active=False, by=city.people["security_admin"], at=at,
        why="调离",
    )  # fmt: skip
    assert said(caller(token).get("/api/v1/me")) == (401, "token.account_closed")


def test_a_reading_token_hands_nothing_in(city):
    client = caller(token_of(city, "clerk"))
    body = json.dumps({"version": 0, "cells": {}})
    answer = client.put("/api/v1/filings/x/draft", body, content_type="application/json")
    assert said(answer) == (403, "token.read_only")
    answer = client.post("/api/v1/filings/x/submit", "{}", content_type="application/json")
    assert said(answer) == (403, "token.read_only")


def test_only_ones_own_tokens_are_seen_and_revoked(sign_in, city):
    token_of(city, "clerk")
    key = Token.objects.open().get().key
    other = sign_in("other_clerk")
    assert "报数程序" not in other.get("/tokens/").content.decode()
    assert other.post(f"/tokens/{key}/revoke/").status_code == 404
    with pytest.raises(NotFound):
        revoke_token(token=key, by=city.people["office"], at=timezone.now())
    own = sign_in("clerk")
    assert own.post(f"/tokens/{key}/revoke/").status_code == 302
    assert "已撤销" in own.get("/tokens/").content.decode()


def test_administrators_hold_no_tokens_and_nonsense_is_refused(city):
    for who in ("system_admin", "security_admin", "auditor"):
        with pytest.raises(NotAllowed):
            token_of(city, who)
    for wrong in ({"name": " "}, {"days": 0}, {"days": 400}):
        with pytest.raises(Incomplete):
            token_of(city, "clerk", **wrong)
    for _ in range(20):
        token_of(city, "clerk")
    with pytest.raises(Incomplete, match="20"):
        token_of(city, "clerk")


def test_too_many_requests_are_slowed_each_token_by_itself(city):
    client = caller(token_of(city, "clerk"))
    for _ in range(120):
        assert client.get("/api/v1/me").status_code == 200
    slowed = client.get("/api/v1/me")
    assert said(slowed) == (429, "throttled") and int(slowed.headers["Retry-After"]) > 0
    assert caller(token_of(city, "office")).get("/api/v1/me").status_code == 200


def test_an_idempotency_key_does_a_write_once(city, at):
    done = []

    def write() -> dict[str, int]:
        done.append(1)
        return {"edition": len(done)}

    who = {"token": "t", "idempotency_key": "k", "by": city.people["clerk"], "at": at}
    assert answer_once(**who, asked="a", do=write) == {"edition": 1}
    assert answer_once(**who, asked="a", do=write) == {"edition": 1}
    with pytest.raises(Conflict):
        answer_once(**who, asked="b", do=write)
    assert len(done) == 1


def test_a_token_of_one_city_reads_nothing_of_another(city, at):
    other = make_city(at=at, key="yicheng")
    me = caller(token_of(other, "office")).get("/api/v1/me").json()
    assert me["city"] == "yicheng" and set(me["units"]) <= set(other.units.values())


def test_the_description_and_the_manual_need_nothing_from_elsewhere(sign_in):
    schema = Client().get("/api/v1/openapi.json").json()
    assert set(schema["paths"]) >= {"/api/v1/values", "/api/v1/filings/{key}/submit"}
    for said_of in (m for path in schema["paths"].values() for m in path.values()):
        assert {"401", "403", "422", "429"} <= set(said_of["responses"])
    page = sign_in("clerk").get("/api/").content.decode()
    assert "/api/v1/values" in page and "https://" not in page and "cdn" not in page.lower()
