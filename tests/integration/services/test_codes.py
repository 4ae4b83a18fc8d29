"""Asking with a code on the phone: no oracle, few tries, one firm, nothing else."""

from __future__ import annotations

import json
from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection
from django.test import Client

from factories.city import FIRMS, credit_code
from factories.requests import asked, noted
from luodi.audit.models import Act
from luodi.common.refusals import Closed, Incomplete
from luodi.jobs import tasks as sending
from luodi.orgs.actions import (
    change_phone,
    close_enterprise,
    erase_person,
    merge_enterprise,
    post_in_enterprise,
    set_account_active,
)
from luodi.orgs.models import PersonDetails
from luodi.services import actions
from luodi.services.models import EntryCode, Request

pytestmark = pytest.mark.django_db(databases="__all__", transaction=False)

PHONE, OTHER = "10000000001", "10000000009"
MINUTE = timedelta(minutes=1)


def text(response) -> str:
    return response.content.decode()


class Kept:
    """A way that keeps what it is handed."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []

    def send(self, phone, said, at) -> None:
        self.sent.append((phone, said))

    @property
    def code(self) -> str:
        return next(word for word in self.sent[-1][1].replace("，", " ").split() if word.isdigit())


@pytest.fixture
def contact(city, at) -> str:
    """The registered contact of the second firm, which has no account."""
    firm = city.enterprises[FIRMS[1][0]]
    return post_in_enterprise(
        enterprise=firm, name="示例-联系人", phone="+86 100-0000-0001", by="system:demo", at=at,
        generated=True,
    ).key  # fmt: skip


@pytest.fixture
def phones(settings, monkeypatch, django_capture_on_commit_callbacks) -> Kept:
    """A site with a way to send text messages, and what went out."""
    kept = Kept()
    settings.SMS_WAY = "file"
    monkeypatch.setattr("luodi.services.tasks.text_messages", lambda: kept)
    monkeypatch.setattr(
        "luodi.services.actions.entering.async_task",
        lambda _name, key: actions.send_code(
            key=key, way=kept, by="system:worker", at=EntryCode.objects.get(key=key).asked_at
        ),
    )
    return kept


def come_in(client, phones, capture, phone=PHONE, number=2):
    said = {"credit_code": credit_code(number), "phone": phone}
    with capture(execute=True):
        asked_for = client.post("/ask/", said)
    assert asked_for.status_code == 302, text(asked_for)
    return client.post("/ask/code/", {"code": phones.code})


@pytest.fixture
def visitor(contact, phones, django_capture_on_commit_callbacks) -> Client:
    """A browser in which the contact came in."""
    client = Client()
    assert come_in(client, phones, django_capture_on_commit_callbacks)["Location"] == "/ask/mine/"
    return client


def test_the_contact_asks_and_follows_and_does_nothing_else(city, at, visitor, sign_in):
    other = asked(city, at)
    asking = {"category": "power", "title": "停电", "text": "上月停电三次。"}
    page = text(visitor.post("/ask/mine/new/", asking, follow=True))
    one = Request.objects.get(title="停电")
    assert one.number in page and one.channel == "code"
    assert one.enterprise == city.enterprises[FIRMS[1][0]]
    actions.respond(request=one.key, text="已派人", by=city.people["office"], at=at)
    actions.write_note(request=one.key, text="先压一压", by=city.people["office"], at=at)
    page = text(visitor.get(f"/ask/mine/{one.key}/"))
    assert "已派人" in page and "先压一压" not in page
    assert "三十分钟后自动退出" in page and one.number in text(visitor.get("/ask/mine/"))
    assert visitor.get(f"/ask/mine/{other.key}/").status_code == 404
    assert visitor.post(f"/ask/mine/{other.key}/withdraw/", {"why": "x"}).status_code == 404
    for closed in ("/", "/my-requests/", "/my-enterprise/", "/my-visits/", "/my-complaints/",
                   "/requests/", f"/my-requests/{one.key}/", "/tokens/", "/inbox/"):  # fmt: skip
        assert visitor.get(closed).status_code == 302, closed
    visitor.post(f"/ask/mine/{one.key}/withdraw/", {"why": "自己解决了"})
    assert "已撤回" in text(visitor.get(f"/ask/mine/{one.key}/"))
    visitor.post("/ask/leave/")
    assert visitor.get("/ask/mine/").status_code == 302


def test_a_visit_ends_by_itself(visitor, at):
    session = visitor.session
    held = dict(session["asking.visit"], until=1)
    session["asking.visit"] = held
    session.save()
    assert visitor.get("/ask/mine/").status_code == 302
    assert "asking.visit" not in visitor.session


@pytest.mark.parametrize(
    ("number", "phone"), [(2, OTHER), (1, PHONE), (77, PHONE), (2, "10000000001 ")]
)
def test_the_answer_tells_nobody_what_is_registered(
    contact, phones, number, phone, django_capture_on_commit_callbacks
):
    client, said = Client(), {"credit_code": credit_code(number), "phone": phone}
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/ask/", said, follow=True)
    shown = text(answer)
    assert answer.redirect_chain == [("/ask/code/", 302)] and "如果这个手机号" in shown
    known = phone.strip() == PHONE and number == 2
    assert len(phones.sent) == known and EntryCode.objects.count() == 1
    wrong = client.post("/ask/code/", {"code": "0000000"})
    assert wrong.status_code == 422 and "验证码不对，或者已经过期、用过" in text(wrong)


def test_known_and_unknown_cost_the_same_queries(
    contact, phones, django_assert_num_queries, at, monkeypatch
):
    monkeypatch.setattr("luodi.services.actions.entering.async_task", lambda *_args: None)
    counts = []
    for number, phone in ((2, PHONE), (2, OTHER), (88, "10000000003")):
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as made:
            row = ask(number, phone, at)
        with CaptureQueriesContext(connection) as tried, pytest.raises(Incomplete):
            actions.enter_by_code(key=row.key, code="x", by="stranger", at=at)
        counts.append((len(made), len(tried)))
    assert len(set(counts)) == 1


def ask(number, phone, at, address="10.0.0.1"):
    return actions.ask_for_code(
        credit_code=credit_code(number), phone=phone, address=address, by="stranger", at=at
    )


def test_a_code_is_kept_as_a_digest_used_once_and_for_ten_minutes(contact, phones, at):
    row = ask(2, PHONE, at)
    actions.send_code(key=row.key, way=phones, by="system:worker", at=at)
    kept = EntryCode.objects.get()
    plain = json.dumps([str(v) for v in vars(kept).values()])
    assert phones.code not in plain and PHONE not in plain and "10.0.0.1" not in plain
    assert not Act.objects.filter(payload__icontains=phones.code).exists()
    late = at + 10 * MINUTE
    with pytest.raises(Incomplete):
        actions.enter_by_code(key=row.key, code=phones.code, by="stranger", at=late)
    assert actions.enter_by_code(key=row.key, code=phones.code, by="stranger", at=at) == contact
    with pytest.raises(Incomplete):
        actions.enter_by_code(key=row.key, code=phones.code, by="stranger", at=at)
    kept.refresh_from_db()
    assert (kept.mark, kept.person) == ("", "")
    verbs = list(Act.objects.order_by("-position").values_list("verb", "by")[:2])
    assert verbs == [("enter_by_code", contact), ("send_code", "system:worker")]


def test_five_tries_and_the_right_code_is_no_good_any_more(contact, phones, at):
    row = ask(2, PHONE, at)
    actions.send_code(key=row.key, way=phones, by="system:worker", at=at)
    for _ in range(5):
        with pytest.raises(Incomplete):
            actions.enter_by_code(key=row.key, code="12345x", by="stranger", at=at)
    with pytest.raises(Incomplete):
        actions.enter_by_code(key=row.key, code=phones.code, by="stranger", at=at)


def test_codes_are_rationed_by_phone_and_by_address_known_or_not(contact, phones, at):
    for phone in (PHONE, OTHER):
        ask(2, phone, at)
        with pytest.raises(Closed, match="一分钟后"):
            ask(2, phone, at)
        for minute in range(1, 5):
            ask(2, phone, at + minute * MINUTE)
        with pytest.raises(Closed, match="次数太多"):
            ask(2, phone, at + 6 * MINUTE, "10.0.0.2")
    for number in range(10):
        ask(2, f"1000000010{number}", at + 7 * MINUTE)
    with pytest.raises(Closed, match="次数太多"):
        ask(2, "10000000200", at + 7 * MINUTE)
    ask(2, "10000000200", at + 7 * MINUTE, "10.0.0.2")
    ask(2, PHONE, at + 66 * MINUTE)


def test_old_codes_are_erased(contact, phones, at):
    row = ask(2, PHONE, at)
    actions.send_code(key=row.key, way=phones, by="system:worker", at=at)
    actions.forget_codes(by="system:services", at=at + 11 * MINUTE)
    row.refresh_from_db()
    assert (row.mark, row.person) == ("", "")
    actions.forget_codes(by="system:services", at=at + timedelta(days=2))
    assert not EntryCode.objects.exists()


def test_nothing_goes_to_whom_it_must_not(city, contact, phones, at):
    """Erased, without a number, with a closed account: nobody there."""
    erase_person(person=contact, by=city.people["system_admin"], at=at, why="依申请")
    row = ask(2, PHONE, at)
    assert not actions.send_code(key=row.key, way=phones, by="system:worker", at=at)
    speaker = city.people["enterprise"]
    change_phone(person=speaker, phone=OTHER, why="登记", by=city.people["system_admin"], at=at)
    account = city.accounts["enterprise"]
    set_account_active(
        account=account, active=False, why="停用", by=city.people["security_admin"], at=at
    )
    row = ask(1, OTHER, at)
    assert not actions.send_code(key=row.key, way=phones, by="system:worker", at=at)
    assert phones.sent == []
    with pytest.raises(Incomplete, match="11 位"):
        change_phone(person=speaker, phone="123", why="x", by=city.people["system_admin"], at=at)


def test_a_closed_firm_follows_what_runs_and_asks_nothing_new(city, at, visitor):
    firm = city.enterprises[FIRMS[1][0]]
    one = noted(city, at, firm=firm, by=city.people["office"])
    close_enterprise(enterprise=firm, why="注销", by=city.people["office"], at=at)
    assert one.number in text(visitor.get("/ask/mine/"))
    asking = {"category": "power", "title": "停电", "text": "上月停电三次。"}
    refused = visitor.post("/ask/mine/new/", asking)
    assert refused.status_code == 422 and "已登记注销" in text(refused)


def test_a_merged_firm_reads_where_its_matters_went(city, at, visitor):
    asked(city, at, firm=city.enterprises[FIRMS[1][0]], by=city.people["office"])
    merge_enterprise(
        enterprise=city.enterprises[FIRMS[1][0]], into=city.enterprises[FIRMS[0][0]],
        why="吸收合并", by=city.people["office"], at=at,
    )  # fmt: skip
    said, new = f"已并入“{FIRMS[0][0]}”，名下的事已经转过去", "/ask/mine/new/"
    page = text(visitor.get("/ask/mine/"))
    assert said in page and new not in page and "注销" not in page and "点“提出诉求”" not in page
    page = text(visitor.get(new))
    assert said in page and "<textarea" not in page
    answer = visitor.post(new, {"category": "financing", "title": "示例", "text": "示例"})
    assert answer.status_code == 422 and said in text(answer)


def test_without_a_way_the_page_says_to_call(city, settings, at):
    settings.SMS_WAY = ""
    page = text(Client().get("/ask/"))
    assert "没有接通短信" in page and "<form" not in page
    said = {"credit_code": credit_code(2), "phone": PHONE}
    Client().post("/ask/", said)
    assert not EntryCode.objects.exists()


def test_odd_words_are_answered_in_a_sentence(city, phones):
    client = Client()
    for said in ({"credit_code": "1", "phone": PHONE}, {"credit_code": credit_code(2), "phone": "x"},
                 {}, {"credit_code": "１" * 40, "phone": "１" * 30}):  # fmt: skip
        assert client.post("/ask/", said).status_code == 422
    assert client.post("/ask/code/", {"code": "123456"}).status_code == 422
    assert client.get("/ask/code/").status_code == 200


def test_the_number_stands_in_no_act(city, at, sign_in, contact):
    admin = sign_in("system_admin")
    said = {"person": contact, "phone": OTHER, "why": "换号"}
    assert "手机号已登记" in text(admin.post("/people/enterprise/phone/", said, follow=True))
    assert PersonDetails.objects.get(person=contact).phone == OTHER
    rows = Act.objects.values_list("payload", "why")
    assert not any(OTHER in json.dumps(one) or PHONE in json.dumps(one) for one in rows)


def test_the_ways_out(settings, tmp_path, at):
    settings.DATA_DIR, settings.SMS_WAY = tmp_path, "file"
    sending.text_messages().send(PHONE, "验证码", at)
    path = tmp_path / "outgoing" / "sms" / "2026-03-02.jsonl"
    assert json.loads(path.read_text())["to"] == PHONE and path.stat().st_mode & 0o077 == 0
    out = tmp_path / "got"
    settings.SMS_WAY = "command"
    settings.SMS_COMMAND = ["tee", str(out)]
    sending.text_messages().send(PHONE, "验证码; rm -rf", at)
    assert json.loads(out.read_text()) == {"to": PHONE, "text": "验证码; rm -rf"}
    for broken in (["false"], [str(tmp_path / "nothing")]):
        settings.SMS_COMMAND = broken
        with pytest.raises(OSError):
            sending.text_messages().send(PHONE, "验证码", at)
    settings.SMS_COMMAND = []
    assert sending.text_messages() is None
    settings.SMS_WAY, settings.SMS_URL = "http", "file:///etc/hostname"
    assert sending.text_messages() is None


def test_a_gateway_is_handed_the_message(settings, at):
    from http.server import BaseHTTPRequestHandler, HTTPServer

    got: list[tuple[str | None, bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append((self.headers["Authorization"], body))
            self.send_response(200 if len(got) == 1 else 503)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.SMS_WAY, settings.SMS_TOKEN = "http", "t"
    settings.SMS_URL = f"http://127.0.0.1:{server.server_port}/"
    try:
        sending.text_messages().send(PHONE, "验证码", at)
        assert got[0][0] == "Bearer t" and json.loads(got[0][1])["to"] == PHONE
        with pytest.raises(OSError):
            sending.text_messages().send(PHONE, "验证码", at)
    finally:
        server.shutdown()
        server.server_close()
