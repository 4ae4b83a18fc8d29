"""The pages of the ledger: who sees what, what they can do, and what is refused."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import ngettext, override
from python_calamine import CalamineWorkbook

from factories.ledger import bulk_items
from luodi.common.doors import Found, find_subject, subjects
from luodi.documents.models import StoredFile
from luodi.jobs.models import InboxMessage
from luodi.ledger.models import Feedback, Item, ItemState

pytestmark = pytest.mark.django_db(databases="__all__")


def text(response) -> str:
    return response.content.decode()


def sheet_rows(response) -> list[list]:
    book = CalamineWorkbook.from_filelike(BytesIO(response.content))
    return book.get_sheet_by_index(0).to_python()


def do(client, item, move, **given):
    return client.post(f"/ledger/{item.key}/{move}/", given, follow=True)


def test_the_whole_life_can_be_walked_on_the_page(sign_in, item):
    clerk, office = sign_in("clerk"), sign_in("office")
    assert "等待市工信局签收" in text(clerk.get(f"/ledger/{item.key}/"))
    assert "已签收" in text(do(clerk, item, "acknowledge"))
    assert "反馈已记入" in text(do(clerk, item, "give_feedback", text="已会商", claimed="40"))
    assert "已申请销号" in text(do(clerk, item, "apply_for_close_out", outcome="已通电"))
    assert "已退回" in text(do(office, item, "refuse_close_out", reason="缺照片"))
    do(clerk, item, "apply_for_close_out", outcome="已通电，附照片")
    assert "已核实销号" in text(do(office, item, "verify_close_out", note="看过现场"))
    page = text(do(office, item, "reopen", reason="又停电"))
    assert "回头看后重新打开" in page and "又停电" in page


def test_words_that_were_refused_come_back(sign_in, item):
    clerk = sign_in("clerk")
    do(clerk, item, "acknowledge")
    hostile = SimpleUploadedFile("run.exe", b"MZ")
    answer = do(clerk, item, "give_feedback", text="写了很久的情况", evidence=hostile)
    assert answer.status_code == 422
    assert "不收这种文件" in text(answer) and "写了很久的情况" in text(answer)
    assert not Feedback.objects.exists() and not StoredFile.objects.exists()


def test_an_empty_evidence_file_is_refused_in_words(sign_in, item):
    clerk = sign_in("clerk")
    do(clerk, item, "acknowledge")
    empty = SimpleUploadedFile("空.pdf", b"")
    answer = do(clerk, item, "give_feedback", text="有附件", evidence=empty)
    assert "0 字节" in text(answer) and not Feedback.objects.exists()


def test_a_list_counts_its_rows_in_the_readers_language(sign_in, item):
    office = sign_in("office")
    assert '<span class="count">共 1 行</span>' in text(office.get("/ledger/"))
    english = text(office.get("/ledger/", headers={"Accept-Language": "en"}))
    assert '<span class="count">1 row</span>' in english
    with override("en"):
        assert ngettext("共 %(n)s 行", "共 %(n)s 行", 0) % {"n": 0} == "0 rows"


@pytest.fixture
def with_evidence(sign_in, item):
    """`with_evidence(name, data)`: the file as it was stored."""
    clerk = sign_in("clerk")
    do(clerk, item, "acknowledge")

    def give(name: str, data: bytes) -> StoredFile:
        file = SimpleUploadedFile("x", data)
        file._name = name
        answer = do(clerk, item, "give_feedback", text="附材料", evidence=file)
        assert answer.status_code == 200, text(answer)
        return StoredFile.objects.get()

    return give


def test_a_hostile_file_name_becomes_harmless(sign_in, with_evidence, item):
    file = with_evidence('..\\..\\"><script>\u202egnp.txt', b"evidence")
    assert not set(file.name) & set('/\\"<>|') and "\u202e" not in file.name
    page = text(sign_in("clerk").get(f"/ledger/{item.key}/"))
    assert "<script>" not in page.replace("<script src", "")


def test_html_evidence_is_saved_never_shown(sign_in, with_evidence):
    file = with_evidence("说明.html", b"<script>alert(1)</script>")
    answer = sign_in("clerk").get(f"/files/{file.key}/{file.name}")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"].startswith("text/plain")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.content == b"<script>alert(1)</script>"


def test_the_evidence_of_another_unit_is_not_there(sign_in, with_evidence):
    file = with_evidence("纪要.txt", b"evidence")
    address = f"/files/{file.key}/{file.name}"
    assert sign_in("office").get(address).status_code == 200
    assert sign_in("other_clerk").get(address).status_code == 404
    assert sign_in("system_admin").get(address).status_code == 403


def test_evidence_is_shared_with_the_parties_of_the_item(sign_in, with_evidence, item, city):
    file = with_evidence("纪要.txt", b"evidence")
    address = f"/files/{file.key}/{file.name}"
    assert sign_in("zone_staff").get(address).status_code == 200
    given = {"lead": city.units["市统计局"], "reason": "职责调整"}
    assert "已改派" in text(do(sign_in("office"), item, "reassign", **given))
    assert sign_in("other_clerk").get(address).status_code == 200


def test_a_file_marked_as_secret_is_refused_and_nothing_kept(sign_in, item):
    clerk = sign_in("clerk")
    do(clerk, item, "acknowledge")
    for name, data in (("机密★一年.png", b"x"), ("纪要.txt", "秘密★1年\n\n会议纪要".encode())):
        marked = SimpleUploadedFile(name, data)
        answer = do(clerk, item, "give_feedback", text="附后", evidence=marked)
        assert answer.status_code == 422 and "密级" in text(answer)
    assert not StoredFile.objects.exists() and not Feedback.objects.exists()


def test_the_item_of_another_unit_is_nowhere(sign_in, item, city):
    other = sign_in("other_clerk")
    assert other.get(f"/ledger/{item.key}/").status_code == 404
    assert do(other, item, "give_feedback", text="x").status_code == 404
    assert item.number not in text(other.get("/ledger/all/"))
    assert len(sheet_rows(other.get("/ledger/all/?export=xlsx"))) == 1


def test_what_is_on_the_screen_is_exported(sign_in, opened):
    opened(title="=1+1")
    opened(title="另一件")
    answer = sign_in("office").get("/ledger/?export=xlsx&f_title=1")
    rows = sheet_rows(answer)
    assert len(rows) == 2 and rows[1][2] == "=1+1"


def test_the_wrong_role_is_told_so(sign_in, item):
    assert sign_in("auditor").get("/ledger/").status_code == 403
    assert sign_in("clerk").get("/ledger/new/").status_code == 403
    assert sign_in("statistician").post(f"/ledger/{item.key}/acknowledge/").status_code == 403
    assert do(sign_in("zone_staff"), item, "acknowledge").status_code == 403
    assert sign_in("office").post(f"/ledger/{item.key}/no_such_step/").status_code == 404


def test_the_instruction_and_its_date_of_reply_lead_the_page(sign_in, opened):
    item = opened(
        source="instruction",
        instruction="请商务局牵头，抓紧协调。",
        instructed_by="分管副市长",
        reply_by=(item_day := opened().act.at.date() + timedelta(days=7)),
    )
    page = text(sign_in("clerk").get(f"/ledger/{item.key}/"))
    assert page.index("抓紧协调") < page.index("<h1>")
    assert item_day.isoformat() in page


def test_an_item_is_opened_from_a_subject_with_its_title(sign_in, city, at):
    subjects.register(
        "ledger-test",
        _found := (lambda key: Found("培育光机电企业", "/x/", "举措", scope={"city": city.key})),
    )
    office = sign_in("office")
    page = text(office.get("/ledger/new/?about=ledger-test:1"))
    assert page.count("培育光机电企业") >= 2
    given = {
        "about": "ledger-test:1",
        "source": "measure",
        "title": "培育光机电企业",
        "lead": city.units["市工信局"],
    }
    answer = office.post("/ledger/new/", given, follow=True)
    assert "督〔" in text(answer) and "培育光机电企业" in text(answer)
    assert Item.objects.get().about == "ledger-test:1"


def test_a_subject_outside_the_scope_cannot_be_made_an_item(sign_in):
    assert sign_in("office").get("/ledger/new/?about=nothing:1").status_code == 404


def test_an_incomplete_new_item_keeps_what_was_written(sign_in, city):
    given = {"source": "instruction", "title": "某事", "lead": city.units["市工信局"]}
    answer = sign_in("office").post("/ledger/new/", given)
    assert answer.status_code == 422
    assert "批示原文" in text(answer) and "某事" in text(answer)


def test_the_lead_is_told_and_reads_it_once(sign_in, city, item):
    [message] = InboxMessage.objects.filter(person=city.people["clerk"])
    assert "请签收" in message.sentence and message.address == f"/ledger/{item.key}/"
    assert InboxMessage.objects.filter(person=city.people["zone_staff"]).count() == 1
    assert not InboxMessage.objects.filter(person=city.people["office"]).exists()


def test_search_and_others_find_the_item_by_its_key(item):
    found = find_subject(f"item:{item.key}")
    assert found.address == f"/ledger/{item.key}/" and item.number in found.body
    assert len(found.scope["units"].split()) == 2


def test_an_empty_ledger_says_how_it_is_filled(sign_in):
    assert "立项交办" in text(sign_in("office").get("/ledger/"))
    assert "并发消息告诉您" in text(sign_in("clerk").get("/ledger/"))
    assert "移到这里" in text(sign_in("clerk").get("/ledger/closed/"))


@pytest.mark.parametrize("who", ["office", "clerk"])
def test_one_row_and_a_thousand_take_the_same_queries(
    sign_in, item, django_assert_max_num_queries, city, at, who
):
    client, day = sign_in(who), (at + timedelta(days=1)).date().isoformat()
    client.get("/ledger/")  # the pack's rules are read once and kept
    present, past = [], []
    for n in (0, 999):
        if n:
            bulk_items(city, n, at)
        client.post("/as-of/", {"day": ""})
        with django_assert_max_num_queries(40) as seen:
            page = text(client.get("/ledger/"))
        present.append(len(seen))
        client.post("/as-of/", {"day": day})
        with django_assert_max_num_queries(40) as seen:
            assert client.get("/ledger/").status_code == 200
        past.append(len(seen))
    assert page.count('class="light light-') >= 1000
    assert present[0] == present[1] and past[0] == past[1]


def test_two_people_verifying_at_once_write_one_act(sign_in, item):
    clerk, office = sign_in("clerk"), sign_in("office")
    do(clerk, item, "acknowledge")
    do(clerk, item, "give_feedback", text="好")
    do(clerk, item, "apply_for_close_out", outcome="好")
    seen = ItemState.objects.open().get(item=item).since_id
    assert do(office, item, "verify_close_out", seen=seen).status_code == 200
    answer = do(office, item, "refuse_close_out", reason="不行", seen=seen)
    assert answer.status_code == 409 and "刚刚有了变化" in text(answer)
    assert ItemState.objects.open().get(item=item).stage == "closed"
