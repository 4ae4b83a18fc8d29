"""Nothing of another city or unit shows, answers or moves: by page, sheet, search, or post.

A second city stands in the same instance, with its own people and the same pack. Everything in it
carries a mark; the first city's people try every address and every form with its keys.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache

import pytest
from django.core import serializers
from django.test import Client
from python_calamine import CalamineWorkbook

from factories import plans
from factories.busy import Busy, busy_city, kind_of
from factories.city import City, make_city
from luodi.audit.models import Act
from luodi.documents.models import Attachment
from luodi.indicators.models import Indicator
from luodi.jobs.models import InboxMessage, Job
from luodi.orgs.models import Account, Posting
from luodi.papers.models import PaperDraft
from luodi.plans.models import ReportDraft
from luodi.reading.models import ReviewCard

from .router import ROUTES, Form, Forms, addresses
from .sizes import LARGE, people

MARK = "乙城"
PEOPLE = ["office", "clerk", "section_head", "zone_staff", "statistician", "leading_group",
          "system_admin", "security_admin", "auditor", "enterprise"]  # fmt: skip
PEOPLE = people(PEOPLE, ["clerk", "enterprise"])
REFUSED = {403, 404, 405}
DOOR = "/ask/"
"""Where those who came in without a code are sent."""
WORKING = [PaperDraft, ReportDraft, ReviewCard, InboxMessage, Job, Account, Posting]


@pytest.fixture
def elsewhere(busy, at) -> Busy:
    """The second city, as busy as the first."""
    return busy_city(make_city(at=at, key="yicheng"), at, MARK)


def keys_of(busy: Busy) -> dict[str, str]:
    """Every key of a city with what it is; units and people by name."""
    found = {key: f"{kind}:{n}" for kind, keys in busy.keys.items() for n, key in enumerate(keys)}
    found |= {key: f"unit:{name}" for name, key in busy.city.units.items()}
    found |= {key: f"person:{name}" for name, key in busy.city.people.items()}
    found |= {a.username: f"account:{name}" for name, a in busy.city.accounts.items()}
    return {key: what for key, what in found.items() if not key.isdigit()}


def text_of(answer) -> str:
    """A page, or the cells of a sheet, as text."""
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if "spreadsheetml" not in answer.headers.get("Content-Type", ""):
        return data.decode(errors="replace")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    return "\n".join(str(cell) for row in rows for cell in row)


TOKEN = re.compile(r"[0-9a-z]{16,64}")
"""What most keys look like; a page is searched for the few others one by one."""


def leaks(text: str, foreign: dict[str, str]) -> list[str]:
    found = {token for token in TOKEN.findall(text) if token in foreign}
    found |= {key for key in odd(frozenset(foreign)) if key in text}
    return [foreign[key] for key in sorted(found)] + ([MARK] if MARK in text else [])


@cache
def odd(keys: frozenset[str]) -> list[str]:
    """The keys that aren't plain tokens."""
    return sorted(key for key in keys if not TOKEN.fullmatch(key))


def found_by(client: Client, words: str) -> str:
    """What the search page shows, without the words looked for as it repeats them."""
    page = client.get("/search/", {"q": words}).content.decode()
    return page.replace(f'value="{words}"', "").replace(f"<h1>搜索：{words}</h1>", "")


@pytest.mark.parametrize("who", PEOPLE)
def test_no_page_sheet_or_search_of_one_city_shows_anything_of_the_other(
    sign_in, busy, elsewhere, who
):
    client, foreign, faults = sign_in(who), keys_of(elsewhere), []
    for name in sorted(ROUTES):
        for address in addresses(name, busy, 2):
            page = text_of(client.get(address))
            sheet = LARGE or "export=xlsx" in page
            query = "?export=xlsx"
            shown = [(address, page)]
            shown += [(address + query, text_of(client.get(address + query)))] if sheet else []
            for where, text in shown:
                if found := leaks(text, foreign):
                    faults.append(f"{where}: {found[:4]}")
    assert who == "enterprise" or "没有找到" in found_by(client, MARK)  # who may not search at all
    for word in ("小微园区", "示例事项", "照片"):
        if found := leaks(found_by(client, word), foreign):
            faults.append(f"search {word}: {found[:4]}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("who", PEOPLE)
def test_no_address_of_the_other_city_answers(sign_in, busy, elsewhere, who):
    client, faults = sign_in(who), []
    for name in sorted(ROUTES):
        if set(ROUTES[name].pattern.converters) <= {"year", "month", "register"}:
            continue  # it names nothing of a city
        for address in addresses(name, elsewhere, 2):
            answer = client.get(address)
            sent = client.post(address, {"seen": "1", "why": "x", "version": "1"})
            for got in (answer, sent):
                shut = got.status_code in REFUSED or got.headers.get("Location") == DOOR
                if not shut or MARK in text_of(got):
                    faults.append(f"{address}: {got.status_code}")
    assert not faults, "\n".join(faults)


def forms_of(client: Client, busy: Busy) -> Iterator[Form]:
    for name in sorted(ROUTES):
        for address in addresses(name, busy, 2):
            answer = client.get(address)
            if answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
                yield from Forms(answer.content.decode(), address).found


def in_place_of(own: dict[str, str], foreign: dict[str, str]) -> dict[str, str]:
    """The other city's key for each of this city's, thing for thing."""
    by_what = {what: key for key, what in foreign.items()}
    return {key: by_what[what] for key, what in own.items() if what in by_what}


def swapped(form: Form, swap: dict[str, str], extra: dict[str, str]) -> dict[str, list[str]]:
    """What the form would send with the other city's keys in every field, names too."""

    def other(text: str) -> str:
        for mine in odd(frozenset(swap)):
            text = text.replace(mine, swap[mine])
        return TOKEN.sub(lambda token: swap.get(token[0], token[0]), text)

    said: dict[str, list[str]] = {}
    for name, values in form.fields.items():
        usual = "2026-03-20" if name.endswith(("on", "until")) else "五月底前"
        said[other(name)] = [other(value) or usual for value in values[:3]] or [usual]
    return said | {name: [value] for name, value in extra.items() if name not in said}


def working_of(city: City) -> str:
    """All working papers of a city, as text."""
    people = set(city.people.values())
    rows = []
    for model in WORKING:
        names = {f.name for f in model._meta.get_fields()}
        where = {"city": city.key} if "city" in names else {"person__in": people}
        rows += list(model.objects.filter(**where).order_by("pk"))
    return serializers.serialize("json", rows)


@pytest.mark.parametrize("who", PEOPLE)
def test_no_form_moves_anything_of_the_other_city(sign_in, busy, elsewhere, who):
    client, own, foreign = sign_in(who), keys_of(busy), keys_of(elsewhere)
    swap, faults = in_place_of(own, foreign), []
    before, last = working_of(elsewhere.city), Act.objects.order_by("-position")[0].position
    extra = {
        "why": "原因", "reason": "原因", "unit": elsewhere.city.units["市工信局"],
        "subject": f"measure:{elsewhere.keys['measure'][0]}", "text": "文字",
        "about": f"item:{elsewhere.keys['item'][0]}", "only": elsewhere.keys["report"][0],
        "selected": elsewhere.keys["report"][0], "stand_in": elsewhere.city.people["office"],
    }  # fmt: skip
    for form in [f for f in forms_of(client, busy) if f.method == "post"]:
        if form.action.startswith(("/sign-out", "/language")):
            continue
        answer = client.post(form.action, swapped(form, swap, extra))
        shown = text_of(answer).replace(f"{MARK}照片.txt", "")
        if MARK in shown:
            faults.append(f"{form.action} shows the other city")
        client.post("/as-of/", {"day": ""})
    for act in Act.objects.filter(position__gt=last):
        touched = [s for s in act.subjects if s.partition(":")[2] in foreign]
        held = [key for key in foreign if key in str(act.payload)]
        if act.city != "shili" or touched or held:
            faults.append(f"{act.verb} by {who} touched {touched or held or act.city}")
    assert working_of(elsewhere.city) == before, "working papers of the other city changed"
    assert not faults, "\n".join(faults)


def not_theirs(busy: Busy) -> dict[str, list[str]]:
    """Keys of things that the statistics bureau has no part in."""
    theirs = busy.city.units["市统计局"]
    reports = plans.Report.objects.exclude(unit=theirs).exclude(measure__label="4.")
    opened = Attachment.objects.filter(purpose="original", unit="").values_list("file", flat=True)
    return {
        "item": busy.keys["item"],
        "paper": busy.keys["paper"],
        "job": busy.keys["job"],
        "file": [key for key in busy.keys["file"] if key not in set(opened)],
        "report": list(reports.filter(city="shili").values_list("key", flat=True)),
        "document": busy.keys["document"][:1],
    }


def test_a_clerk_of_another_unit_meets_nothing_that_is_not_theirs(sign_in, busy):
    client, faults, keys = sign_in("other_clerk"), [], not_theirs(busy)
    for name in sorted(ROUTES):
        if "key" not in ROUTES[name].pattern.converters or kind_of(name) not in keys:
            continue
        for address in addresses(name, Busy(busy.city, busy.keys | keys), 4):
            for got in (client.get(address), client.post(address, {"seen": "1", "why": "x"})):
                if got.status_code not in REFUSED:
                    faults.append(f"{address}: {got.status_code}")
    for address in (
        "/ledger/",
        "/ledger/all/",
        "/my-reports/",
        "/papers/",
        "/",
        "/inbox/?show=all",
    ):
        text = text_of(client.get(address)) + text_of(client.get(f"{address}?export=xlsx"))
        faults += [f"{address}: {kind}" for kind in keys for key in keys[kind] if key in text]
        faults += [f"{address}: 示例事项"] if "示例事项" in text else []
    for word in ("示例事项", "已经对接", "完成选址", "设备未到", "照片", "产业园区", "报送的通知"):
        text = found_by(client, word)
        faults += [f"search {word}: {kind}" for kind in keys for key in keys[kind] if key in text]
    assert not faults, "\n".join(faults)


def test_a_report_inside_its_unit_is_read_by_nobody_outside(sign_in, busy):
    key, month = busy.keys["report"][0], busy.keys["round"][0]
    for who in ("office", "statistician", "leading_group", "zone_staff", "other_clerk"):
        client = sign_in(who)
        assert "没有找到" in found_by(client, "完成选址"), who
        for address in (f"/report/{key}/", "/", f"/round/{month}/", f"/round/{month}/review/"):
            assert "完成选址" not in text_of(client.get(address)), (who, address)


def test_search_finds_no_document_that_is_under_review(sign_in, busy):
    for who in ("clerk", "zone_staff", "section_head", "statistician", "leading_group"):
        assert "没有找到" in found_by(sign_in(who), "产业园区"), who


def test_a_figure_is_not_asked_because_of_a_thing_of_the_other_city(sign_in, busy, elsewhere):
    own = Indicator.objects.filter(city="shili")[0]
    asked = {
        "unit": busy.city.units["市工信局"],
        "subject": f"measure:{elsewhere.keys['measure'][0]}",
    }
    answer = sign_in("office").post(f"/indicators/{own.key}/ask/", asked)
    assert answer.status_code == 404


def test_a_stand_in_comes_from_the_own_unit(sign_in, busy, elsewhere):
    people = [elsewhere.city.people["office"], busy.city.people["office"], "nobody"]
    for stranger in [*people, busy.city.people["clerk"]]:
        answer = sign_in("clerk").post("/hand-over/", {"stand_in": stranger, "away": "1"})
        assert answer.status_code == 404, stranger
