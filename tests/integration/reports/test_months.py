"""The monthly report of a real round: written, frozen, signed, downloaded, filed back."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from factories.papers import edited, seen, staff_office
from factories.plans import MARCH, accepted, adopted_plan, opened, passed, report_of, submitted
from luodi.papers.models import Difference, Paper, PaperDraft
from luodi.papers.queries import open_state
from luodi.plans.models import Round


@pytest.fixture
def office(city, at):
    return staff_office(city, at)


@pytest.fixture
def month(office, at):
    """March of a small plan with one accepted report; its round's key."""
    adopted_plan(office, at)
    opened()
    report = report_of(office, "1.", "市工信局")
    submitted(office, "clerk", report, "完成投资12.5亿元，选址已定。", problem="用地指标还差30亩")
    for username in ("section_head", "leader_in_charge"):
        passed(office, username, report)
    accepted(office, report)
    return Round.objects.get(period="2026-03").key


@pytest.fixture
def clients(sign_in, office):
    return {name: sign_in(name) for name in office.accounts}


def begun(clients, month) -> str:
    clients["office"].post(f"/reports/progress/{month}/open/")
    return Paper.objects.get().key


def to_sign(clients, month) -> str:
    key = begun(clients, month)
    clients["office"].post(f"/reports/progress/{month}/freeze/")
    clients["second_office"].post(f"/papers/{key}/check/", {"seen": seen(key)})
    return key


def downloaded(response) -> bytes:
    assert response.status_code == 200
    return response.content


def said(word: bytes) -> str:
    return "\n".join(p.text for p in Document(io.BytesIO(word)).paragraphs)


def test_the_draft_page_shows_the_units_words_and_takes_the_offices(clients, month):
    page = clients["office"].get(f"/reports/progress/{month}/").content.decode()
    assert "选址已定" in page and "用地指标还差30亩" in page and "data-own-words" not in page
    key = begun(clients, month)
    form = {"version": "0", "overview": "全市总体平稳。"}
    answer = clients["office"].post(f"/papers/{key}/words/", form)
    assert answer.json()["version"] == 1
    page = clients["office"].get(f"/reports/progress/{month}/").content.decode()
    assert page.count("全市总体平稳。") == 2 and "data-own-words" in page


def test_from_draft_to_a_filed_copy_with_one_changed_figure(clients, month):
    key = to_sign(clients, month)
    office = clients["office"]
    clients["office_leader"].post(f"/papers/{key}/sign/", {"seen": seen(key)})
    page = office.get(f"/papers/{key}/").content.decode()
    assert "第1期" in page and f'data-source="/papers/{key}/figures/f1/"' in page
    word = downloaded(office.get(f"/papers/{key}/word/"))
    assert "第1期" in said(word) and "选址已定" in said(word) and "未签发" not in said(word)
    file = SimpleUploadedFile("月报.docx", edited(word, [("3项", "4项")]))
    answer = office.post(f"/papers/{key}/file-back/", {"seen": seen(key), "file": file})
    assert answer.status_code == 302
    assert [(d.ours, d.theirs, d.label) for d in Difference.objects.all()] == [
        ("3项", "4项", "工作举措总数")
    ]
    page = office.get(f"/papers/{key}/").content.decode()
    assert "回存稿与签发稿不一致的数字" in page and "4项" in page


def test_the_source_of_a_figure_is_one_step_away(clients, month):
    key = to_sign(clients, month)
    drawer = clients["office"].get(f"/papers/{key}/figures/f1/", headers={"HX-Request": "true"})
    text = drawer.content.decode()
    assert "工作举措总数" in text and "示例工作方案" in text and "/plan/" in text
    assert clients["office"].get(f"/papers/{key}/figures/f999/").status_code == 404


@pytest.mark.parametrize("who", ["clerk", "leading_group", "statistician", "zone_leader"])
def test_an_unsigned_report_is_nobody_elses(clients, month, who):
    key = to_sign(clients, month)
    addresses = [
        f"/papers/{key}/{part}" for part in ("", "preview/", "word/", "sheet/", "figures/f1/")
    ]
    assert [clients[who].get(a).status_code for a in addresses] == [404] * 5
    assert key not in clients[who].get("/papers/").content.decode()
    steps = [
        clients[who].post(f"/papers/{key}/{s}/", {"seen": seen(key)}) for s in ("sign", "send-back")
    ]
    assert {a.status_code for a in steps} == {404}


def test_a_signed_report_is_the_citys(clients, month):
    key = to_sign(clients, month)
    clients["office_leader"].post(f"/papers/{key}/sign/", {"seen": seen(key)})
    for who in ("clerk", "leading_group", "statistician", "zone_staff"):
        assert key in clients[who].get("/papers/").content.decode()
        assert clients[who].get(f"/papers/{key}/word/").status_code == 200
        assert clients[who].get(f"/papers/{key}/filed/").status_code == 404


def test_the_office_sees_a_preview_that_says_it_is_unsigned(clients, month):
    key = begun(clients, month)
    for address in (f"/reports/progress/{month}/preview/", f"/papers/{key}/preview/"):
        if address.startswith("/papers"):
            clients["office"].post(f"/reports/progress/{month}/freeze/")
        assert "未签发草稿" in said(downloaded(clients["office"].get(address)))
    assert clients["office"].get(f"/papers/{key}/word/").status_code == 404


def test_what_is_frozen_stands_while_reports_go_on(clients, office, month):
    key = to_sign(clients, month)
    before = open_state(key).snapshot.content
    late = report_of(office, "2.", "市工信局")
    submitted(office, "clerk", late, "迟到的进展。", at=MARCH)
    page = clients["office_leader"].get(f"/papers/{key}/").content.decode()
    assert "迟到的进展" not in page and open_state(key).snapshot.content == before


def test_sending_back_opens_the_draft_again_with_the_words_kept(clients, month):
    key = begun(clients, month)
    clients["office"].post(f"/papers/{key}/words/", {"version": "0", "next": "加快推进。"})
    clients["office"].post(f"/reports/progress/{month}/freeze/")
    clients["second_office"].post(
        f"/papers/{key}/send-back/", {"seen": seen(key), "why": "数据再核一遍"}
    )
    page = clients["office"].get(f"/reports/progress/{month}/").content.decode()
    assert "数据再核一遍" in page and "加快推进。" in page
    assert PaperDraft.objects.get().paragraphs == {"next": "加快推进。"}


def test_the_paper_is_chinese_whatever_language_its_writer_reads(clients, month):
    clients["office"].post(f"/reports/progress/{month}/open/", headers={"Accept-Language": "en"})
    key = Paper.objects.get().key
    page = clients["office"].get(f"/reports/progress/{month}/", headers={"Accept-Language": "en"})
    assert "2026年3月工作月报" in open_state(key).title and "Freeze" in page.content.decode()
    assert "未签发草稿" in page.content.decode()


def test_begin_twice_is_one_paper(clients, month):
    assert clients["office"].post(f"/reports/progress/{month}/open/").status_code == 302
    assert clients["second_office"].post(f"/reports/progress/{month}/open/").status_code == 409
    assert Paper.objects.count() == 1


def test_a_notice_goes_the_same_way(clients, office):
    form = {
        "title": "关于报送4月进展的通知", "addressees": "各成员单位",
        "body": "一、内容\n（一）进展。如实填报。", "attachments": "报送表", "copy_to": "市政府办公室",
    }  # fmt: skip
    clients["office"].post("/papers/notice/new/", form)
    key = Paper.objects.get().key
    assert "一、内容" in clients["office"].get(f"/papers/{key}/draft/").content.decode()
    assert clients["clerk"].get(f"/papers/{key}/").status_code == 404
    clients["office"].post(f"/papers/{key}/submit/")
    clients["second_office"].post(f"/papers/{key}/check/", {"seen": seen(key)})
    clients["office_leader"].post(f"/papers/{key}/sign/", {"seen": seen(key)})
    word = downloaded(clients["clerk"].get(f"/papers/{key}/word/"))
    assert "〔2026〕1号" in said(word) and "附件：报送表" in said(word)


def test_an_empty_notice_is_not_submitted(clients, office):
    clients["office"].post("/papers/notice/new/", {"title": "空", "body": "先写一句。"})
    key = Paper.objects.get().key
    clients["office"].post(f"/papers/{key}/words/", {"version": "1", "title": "空", "body": " "})
    assert clients["office"].post(f"/papers/{key}/submit/").status_code == 422


def test_the_list_takes_as_many_queries_for_five_papers_as_for_one(
    clients, office, at, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from factories.papers import report_in_draft

    report_in_draft(office, at)
    clients["office"].get("/papers/")
    with CaptureQueriesContext(
        connection,
    ) as one:
        clients["office"].get("/papers/")
    for _ in range(4):
        report_in_draft(office, at)
    with django_assert_num_queries(len(one)):
        clients["office"].get("/papers/")


def test_the_same_moment_composes_the_same_report(clients, office, month):
    from factories.plans import viewer
    from luodi.common.moments import Moment
    from luodi.reports.queries import compose_progress_report

    who = viewer(office, "office")
    then = compose_progress_report(month, who, Moment(MARCH))
    submitted(office, "clerk", report_of(office, "2.", "市工信局"), "后来的话。")
    again = compose_progress_report(month, who, Moment(MARCH, then.position))
    assert again.content == then.content
    assert compose_progress_report(month, who, Moment(MARCH)).position > then.position
