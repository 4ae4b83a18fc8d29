"""Texts that mean something to a browser, a spreadsheet, a header or a database mean nothing here."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from factories import plans
from factories.busy import busy_city
from factories.reading import PLAN, imported
from luodi.audit.queries import verify
from luodi.common.refusals import Refusal
from luodi.ledger.models import Item, ItemState
from luodi.orgs.models import PersonDetails, UnitState
from luodi.orgs.queries import find_unit
from luodi.reading.models import Compilation

from .router import ROUTES, addresses
from .sizes import people

READERS = ["office", "clerk", "auditor"]
TAG = "<img src=x onerror=alert(1)>\"'"
FORMULA = '=HYPERLINK("http://example.org","看")'


@pytest.mark.parametrize("who", people(READERS, READERS[:2]))
def test_no_page_runs_what_people_wrote(city, sign_in, at, monkeypatch, own_data, who):
    monkeypatch.setattr("django.utils.timezone.now", lambda: plans.MARCH)
    PersonDetails.objects.filter(person=city.people["clerk"]).update(name=TAG)
    busy = busy_city(city, at, TAG)
    client, faults, met = sign_in(who), [], 0
    for name in sorted(ROUTES):
        for address in addresses(name, busy, 2):
            page = client.get(address, headers={"HX-Request": "true"} if "card" in name else {})
            if page.headers.get("Content-Type", "").startswith("text/html"):
                text = page.content.decode()
                met += "&lt;img src=x" in text
                faults += [address] if "<img src=x" in text or "onerror=alert(1)>" in text else []
    assert not faults and met >= 2
    found = client.get("/search/", {"q": TAG}).content.decode()
    assert "<img src=x" not in found


@pytest.mark.parametrize("words", [FORMULA, "+1+1", "-1+1", "@SUM(1)", "\t=1+1"])
def test_no_sheet_holds_a_formula(city, sign_in, at, monkeypatch, words):
    monkeypatch.setattr("django.utils.timezone.now", lambda: plans.MARCH)
    client = sign_in("office")
    said = {"source": "call", "title": words, "lead": city.units["市工信局"]}
    assert client.post(reverse("new_item"), said).status_code == 302
    sheet = client.get(reverse("ledger"), {"export": "xlsx"}).content
    with zipfile.ZipFile(io.BytesIO(sheet)) as pack:
        assert b"<f>" not in pack.read("xl/worksheets/sheet1.xml")
        assert words.strip().split("(")[0].encode() in pack.read("xl/sharedStrings.xml")


def test_a_file_name_breaks_no_header_and_leaves_no_folder(city, sign_in, busy):
    key, office = busy.keys["item"][1], sign_in("clerk")
    names = [
        "../../a\r\nSet-Cookie: x=y.txt",
        "..\\..\\b.txt",
        "名\u202e字.txt",
        "/etc/passwd.txt",
        ".txt",
    ]
    for name in names:
        file = io.BytesIO(b"said")
        file.name = name
        answer = office.post(
            reverse("move_item", args=[key, "give_feedback"]), {"text": "有", "evidence": file}
        )
        assert answer.status_code in {302, 422}
    page = office.get(reverse("item", args=[key])).content.decode()
    for address in {
        part.split('"')[0] for part in page.split('href="') if part.startswith("/files/")
    }:
        head = office.get(address).headers
        assert "Set-Cookie" not in head["Content-Disposition"].replace("_Set-Cookie", "")
        said = head["Content-Disposition"]
        assert said.startswith("attachment") and "/" not in said and "\\" not in said
        assert "%0D" not in said and "%2F" not in said and "%E2%80%AE" not in said


LONG = "长" * 30_000


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "题" * 201), ("content", LONG), ("instructed_by", "人" * 61), ("due_on", "0000-00-00"),
        ("due_on", "2026-02-29"), ("due_on", "不是日期"), ("lead", "x" * 300), ("source", "nothing"),
        ("title", "a\x00b"), ("clock", "nothing"), ("cooperating", "x"),
    ],
)  # fmt: skip
def test_what_can_not_be_kept_is_refused_with_nothing_written(city, sign_in, field, value):
    said = {"source": "call", "title": "示例事项", "lead": city.units["市工信局"], field: value}
    answer = sign_in("office").post(reverse("new_item"), said)
    assert answer.status_code == 422
    assert not Item.objects.exists()


@pytest.mark.parametrize("due", ["9999-12-31", "0001-01-01", "2028-02-29"])
def test_odd_days_are_days(city, sign_in, due):
    said = {"source": "call", "title": "示例事项", "lead": city.units["市工信局"], "due_on": due}
    office = sign_in("office")
    assert office.post(reverse("new_item"), said).status_code == 302
    assert office.get(reverse("ledger")).status_code == 200
    assert office.get(reverse("item", args=[Item.objects.get().key])).status_code == 200
    assert sign_in("clerk").get("/").status_code == 200


def test_emoji_and_rare_characters_come_back_as_they_were(city, sign_in):
    title = "👩‍👩‍👧 𠮷野家 ﷽ 示例\u0301"
    said = {"source": "call", "title": title, "lead": city.units["市工信局"]}
    assert sign_in("office").post(reverse("new_item"), said).status_code == 302
    assert ItemState.objects.get().title == title
    assert not verify().breaks


def test_a_reason_of_a_book_s_length_is_refused(city, sign_in, busy):
    month = reverse("round_close", args=[busy.keys["round"][0]])
    answer = sign_in("office").post(month, {"why": LONG})
    assert answer.status_code == 422 and "太长" in answer.content.decode()


def test_a_unit_with_a_long_name_is_found_by_search(city):
    key = city.units["甲县"]
    UnitState.objects.filter(of=key).update(name="很" * 120)
    assert len(find_unit(key).address) <= 300


def test_a_document_with_a_nul_in_it_is_taken_whole_or_refused_in_words(city, at):
    try:
        document = imported(city, at, PLAN.replace("示例市", "示\x00例市", 1))
    except Refusal as refusal:
        assert refusal.sentence
    else:
        assert "\x00" in Compilation.objects.get(document=document).text


def test_every_post_wants_the_token_of_its_page(city, busy):
    client = Client(enforce_csrf_checks=True)
    client.force_login(city.accounts["office"], backend="luodi.config.backends.AccountBackend")
    for name in sorted(ROUTES):
        for address in addresses(name, busy, 1):
            answer = client.post(address, {"why": "x"})
            assert answer.status_code in {403, 405}, address
            if answer.status_code == 403 and name != "search":
                assert "页面停留太久" in answer.content.decode() or name in {"hand_over"}, address


def test_signing_in_gives_a_session_of_its_own(city):
    client = Client()
    client.get("/sign-in/")
    client.cookies["sessionid"] = "chosen-by-somebody-else-000000"
    client.post("/sign-in/", {"username": "shili-clerk", "password": "shili-mima-2026"})
    assert client.cookies["sessionid"].value not in {"", "chosen-by-somebody-else-000000"}


def test_wrong_addresses_and_huge_posts_are_answered_in_chinese(city, sign_in):
    office = sign_in("office")
    assert "没有这个地址" in office.get("/nowhere/").content.decode()
    answer = office.post("/ledger/new/", {"title": "x" * 13_000_000})
    assert answer.status_code == 400 and "太多" in answer.content.decode()
