"""Whatever is sent to any address by anybody is answered in words: never a 500, never a hole.

The addresses come from the router and the forms from the pages themselves, so that no new one is
forgotten. The choice is random but repeatable; `make proof` sends many times as much.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luodi.audit.queries import verify

from .router import ROUTES, Form, Forms, addresses
from .sizes import LARGE, people

ROUNDS = 40 if LARGE else 1
FORMS = 100_000 if LARGE else 300
"""Forms one person spoils in a round; at small size each person draws others."""
PEOPLE = ["office", "clerk", "section_head", "leader_in_charge", "zone_staff", "statistician",
          "leading_group", "system_admin", "security_admin", "auditor"]  # fmt: skip
PEOPLE = people(PEOPLE, ["office", "clerk"])

GARBAGE = [
    "", " ", "\x00", "a\x00b", "示例" * 9000, "x" * 3000, "<script>alert(1)</script>",
    "'\"><img src=x onerror=alert(1)>", "{{ 7*7 }}{% now %}", "=HYPERLINK(\"http://x\")",
    "../../../etc/passwd", "\r\nSet-Cookie: a=b", "-1", "0", "NaN", "inf", "1e400", "9" * 5000,
    "１２３", "²", "٣", "99999999999999999999", "0000-00-00", "9999-12-31", "0001-01-01",
    "2026-02-29", "2026-02-30", "2028-02-29", "不是日期", "😀👩‍👩‍👧‍👦", "\u202e反", "\ufffe\uffff",
    "today", "//example.org/", "https://example.org/", "\\\\example.org", "javascript:alert(1)",
    "true", "null", "[]", "zone", "lead", "1", "示例-01", "%s %(x)s %d", "measure:", ":::",
    "measure:0000", "person:x", "2026年2月30日前", "到9999年底前", "0年底前", "13月底前",
]  # fmt: skip
"""What people and machines type into fields that expect something else."""

FIELDS = {
    "selected", "only", "row", "do", "why", "reason", "unit", "written", "role", "due_on", "due",
    "done_on", "text", "seen", "version", "next", "back", "stand_in", "away", "username", "active",
    "name", "person", "password", "day", "language", "subject", "about", "offset", "first",
    "second", "unit_name", "unit_role", "accept", "title", "body", "file", "evidence", "lead",
    "cooperating", "until", "granted", "decision", "outcome", "note", "all", "figure", "clock",
    "export", "sort", "group", "q", "at", "order", "tab", "plan", "show", "verify", "view",
    "indicator", "replace", "period", "from", "to", "kind", "purpose", "of", "by", "on", "across", "draw", "part", "held_on", "actual_output", "series", "fund", "month", "to_date", "since_start", "year", "amount", "looked_at", "token", "code", "told", "what", "giver", "happened_on", "entry", "void", "zone", "site", "holder", "tenure", "from_on", "wanted", "land",
    "begins", "ends", "place", "chair", "despite", "units", "presenter", "topic", "how", "said", "joint", "leader", "given_on", "opening", "closing",
    "signed_on", "firm", "level", "until_on", "tutor", "stage", "item", "promise-tax", "day-start", "move",
}  # fmt: skip
"""Names that some view reads; sent to all of them."""


def pages(client: Client, busy) -> Iterator[tuple[str, str]]:
    """Every page that this person can open."""
    for name in sorted(ROUTES):
        for address in addresses(name, busy):
            answer = client.get(address)
            assert answer.status_code != 500, address
            if answer.status_code == 200 and "html" in answer["Content-Type"]:
                yield address, answer.content.decode()


def forms_of(client: Client, busy) -> list[Form]:
    found = [form for address, page in pages(client, busy) for form in Forms(page, address).found]
    return [form for form in found if form.method == "post"]


def spoiled(form: Form, dice: random.Random) -> dict[str, list]:
    """What a form would send, with one to three of its fields spoilt."""
    said: dict[str, list] = {}
    for name, values in form.fields.items():
        if name != "csrfmiddlewaretoken":
            said[name] = list(values) if name in {"row", "selected"} else values[:1]
            if not said[name] or not said[name][0]:
                said[name] = ["2026-03-20" if "on" in name else "3月"]
    said |= {"why": ["原因"], "reason": ["原因"]} if dice.random() < 0.5 else {}
    for name in dice.sample(sorted(said), min(len(said), dice.randint(0, 2))):
        what = dice.random()
        if what < 0.2:
            del said[name]
        elif what < 0.3:
            said[name] = [SimpleUploadedFile("a\x00/../b.docx", b"PK\x03\x04 broken")]
        else:
            said[name] = [dice.choice(GARBAGE)]
    extra = dice.choice(sorted(form.fields) + sorted(FIELDS))
    if dice.random() < 0.2:
        said[extra] = [dice.choice(GARBAGE)]
    return said


def invented(dice: random.Random, busy) -> dict[str, list]:
    """A post that no page would send."""
    keys = [key for keys in busy.keys.values() for key in keys]
    keys += list(busy.city.units.values()) + list(busy.city.people.values())
    pool = GARBAGE + dice.sample(keys, 20)
    return {
        name: [dice.choice(pool) for _ in range(dice.randint(1, 2))]
        for name in dice.sample(sorted(FIELDS), dice.randint(0, 12))
    }


def quiet(client: Client) -> Client:
    client.raise_request_exception = False
    return client


def back_to_today(client: Client, address: str) -> None:
    """While a past date is set nothing can be written: the garbage would meet one closed door."""
    if address.startswith("/as-of"):
        client.post("/as-of/", {"day": ""})


def sound(client: Client, answer, address: str, sent: object, faults: list[str]) -> None:
    """Notes an answer that broke; a redirect may only lead inside."""
    if answer.status_code >= 500:
        kind, error, _trace = getattr(answer, "exc_info", None) or ("", "", "")
        faults.append(f"{address}: {kind} {str(error)[:200]} with {repr(sent)[:300]}")
    where = answer.headers.get("Location", "/")
    if not where.startswith(("/", "?")) or where.startswith("//"):
        faults.append(f"{address}: leads out to {where}")
    back_to_today(client, address)


@pytest.mark.parametrize("who", PEOPLE)
def test_spoilt_forms_are_answered_in_words(sign_in, busy, who):
    client, dice, faults = quiet(sign_in(who)), random.Random(f"forms {who}"), []
    forms = forms_of(client, busy)
    assert forms, "there is always a way to sign out"
    for form in dice.sample(forms, min(len(forms), FORMS)) * ROUNDS:
        if form.action.startswith("/sign-out"):
            continue
        said = spoiled(form, dice)
        headers = {"HX-Request": "true"} if dice.random() < 0.3 else {}
        sound(client, client.post(form.action, said, headers=headers), form.action, said, faults)
    assert not faults, "\n".join(dict.fromkeys(faults))
    assert not verify().breaks


@pytest.mark.parametrize("who", PEOPLE)
def test_invented_posts_are_answered_in_words(sign_in, busy, who):
    client, dice, faults = quiet(sign_in(who)), random.Random(f"posts {who}"), []
    for name in sorted(set(ROUTES) - {"sign_out"}):
        for address in addresses(name, busy, 2 if LARGE else 1) * ROUNDS:
            said = invented(dice, busy)
            sound(client, client.post(address, said), address, said, faults)
            for method in ("put", "delete", "head", "options"):
                if dice.random() < 0.1:
                    answer = getattr(client, method)(address)
                    sound(client, answer, address, method, faults)
    assert not faults, "\n".join(dict.fromkeys(faults))
    assert not verify().breaks


QUERIES = [
    "sort=-", "sort=x&group=y", "sort=light&group=lead", "f_title=%00", "f_x=%ff%fe", "q=%00",
    "q=%26%20%7C%20!%20:*%20'%20%22%20(", "at=9-1", "at=999999999-999999999", "export=xlsx&sort=-due",
    "year=9999", "unit=%00", "unit=" + "x" * 300, "plan=%00", "about=%00", "about=item:x", "tab=%00",
    "show=%3Cscript%3E", "next=today", "next=//example.org", "order=left&at=1-2", "verify=1",
    "subject=" + quote("<b>"), "view=list&group=lead&sort=-light", "all=%00", "lang=xx", "&&&=&=",
    "indicator=%00&unit=industry:%00&of=enterprises&by=industry&from=2025-W53&to=9999-12&on=0001-01-01",
    "kind=week&from=0001-W01&to=2026-13&on=2026-02-29&show=rank&show=share&across=unit&draw=map&period=2021-W53",
]  # fmt: skip


@pytest.mark.parametrize("who", PEOPLE)
def test_garbage_in_the_address_is_answered_in_words(sign_in, busy, who):
    client, dice, faults = quiet(sign_in(who)), random.Random(f"gets {who}"), []
    for name in sorted(ROUTES):
        for address in addresses(name, busy, 1):
            for query in QUERIES if LARGE else dice.sample(QUERIES, 2):
                answer = client.get(f"{address}?{query}")
                sound(client, answer, f"{address}?{query}", "GET", faults)
    assert not faults, "\n".join(dict.fromkeys(faults))


PATHS = [
    "/plan/%00/", "/plan/x%0a/", "/sentence/%00/0/1/", "/sentence/x/999999999999999999999/1/",
    "/sentence/x/5/1/", "/documents/x/cards/99999999999999999999/", "/inbox/99999999999999999999/read/",
    "/files/x/%2e%2e%2f%2e%2e%2fetc", "/files/x/a%0d%0ab", "/plan/{plan}/year/0/", "/%ff%fe/",
    "/plan/{plan}/year/99999/", "/plan/{plan}/year/" + "9" * 4400 + "/", "//example.org/",
    "/papers/{paper}/figures/x/", "/reports/progress/x/", "/sign-in/?next=//example.org",
]  # fmt: skip


def test_odd_addresses_are_answered_in_words(sign_in, busy):
    keys = {kind: keys[0] for kind, keys in busy.keys.items() if keys}
    client, stranger, faults = quiet(sign_in("office")), quiet(Client()), []
    for path in PATHS:
        address = path.format(**keys)
        sound(client, client.get(address), address, "GET", faults)
        sound(client, client.post(address), address, "POST", faults)
        sound(client, stranger.get(address), address, "stranger", faults)
    assert not faults, "\n".join(faults)
