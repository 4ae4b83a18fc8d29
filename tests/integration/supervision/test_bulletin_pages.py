"""Pages of bulletins: what is typed is kept, stale pages and wrong people are refused in words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from factories import bulletins as made
from luodi.supervision.models import BulletinComment, ContestState

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def key(city):
    """A bulletin the zone is checking now: pages read the real clock."""
    return made.opened(city, datetime.now(UTC))


def test_a_bulletin_goes_its_way_by_its_pages(city, key, sign_in):
    office, zone, clerk = (sign_in(who) for who in ("office", "zone_staff", "clerk"))
    page = f"/supervision/bulletins/{key}/"
    assert "待汇总" in office.get("/supervision/bulletins/").content.decode()
    assert "还没有汇总" in zone.get(page).content.decode()
    assert office.post(page + "preview/", {"seen": made.seen(key) - 1}).status_code == 409
    assert office.post(page + "preview/", {}).status_code == 422
    assert office.post(page + "preview/", {"seen": made.seen(key)}).status_code == 302
    mine = zone.get(page).content.decode()
    assert "以下只有本区的数据" in mine and "提出异议" in mine
    assert "正在由各开发区核对" in clerk.get(page).content.decode()
    assert clerk.get(page + "?export=xlsx").status_code == 200
    refused = zone.post(page + "contest/", {"subject": "lights", "reason": "红灯已办结"})
    assert refused.status_code == 422 and "红灯已办结" in refused.content.decode()
    body = {
        "subject": "lights",
        "reason": "红灯已办结",
        "evidence": SimpleUploadedFile("佐证.txt", "示例".encode()),
    }
    assert zone.post(page + "contest/", body).status_code == 302
    assert zone.post(page + "comment/", {"words": "正在整改", "seen": 0}).status_code == 302
    stale = zone.post(page + "comment/", {"words": "又改", "seen": 0})
    assert stale.status_code == 409 and "又改" in stale.content.decode()
    assert BulletinComment.objects.open().get().words == "正在整改"
    contest = ContestState.objects.open().get()
    answer = f"/supervision/contests/{contest.contest_id}/answer/"
    said = {"move": "uphold", "answer": "属实", "seen": contest.since_id}
    assert office.post(answer, {**said, "answer": ""}).status_code == 422
    assert clerk.post(answer, said).status_code == 403
    stale = office.post(answer, {**said, "seen": 1, "answer": "已核对，属实"})
    assert stale.status_code == 409 and ">已核对，属实</textarea>" in stale.content.decode()
    assert office.post(answer, said).status_code == 302
    late = office.post(answer, {**said, "answer": "又写一遍"})
    assert late.status_code == 409 and "没有写入）：又写一遍" in late.content.decode()
    assert office.post(page + "begin/").status_code == 302
    draft = office.get(page + "draft/").content.decode()
    assert "办公室的话" in draft and "正在整改" in draft
    assert office.get(page + "word/").content[:2] == b"PK"
    early = office.post(page + "freeze/", {"seen": made.seen(key)})
    assert early.status_code == 422 and "核对期" in early.content.decode()
    assert zone.post(page + "sign-for/").status_code == 409


def test_a_stranger_to_the_city_finds_nothing(city, key, sign_in):
    assert sign_in("zone_staff").get("/supervision/bulletins/" + "0" * 16 + "/").status_code == 404
    assert sign_in("auditor").get("/supervision/bulletins/").status_code == 403
