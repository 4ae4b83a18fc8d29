"""The correction note: drafted from what was accepted, checked, signed, numbered, downloaded."""

from __future__ import annotations

import io

import pytest
from docx import Document as Word

from factories.findings import accepted, dismissed, faulty, finding
from factories.papers import staff_office
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotFound
from luodi.orgs.queries import viewer_of
from luodi.papers.actions import check_paper, send_back_paper, sign_paper
from luodi.papers.exports import render
from luodi.papers.models import PaperState
from luodi.reading import actions
from luodi.reading.queries import check_of, note_draft, notes_about

SHARE, GROWTH, NUMBERING = "share.contradicts", "growth.average", "numbering."


@pytest.fixture
def document(city, at):
    """A document with one finding accepted, one dismissed."""
    document = faulty(city, at)
    accepted(city, document, at, SHARE, "42.9%")
    dismissed(city, document, at, GROWTH, "口径不同")
    return document


def begun(city, at, document):
    office = viewer_of(city.accounts["office"])
    named = {"document": document.key, "viewer": office, "by": office.person, "at": at}
    actions.open_correction_note(**named)
    return office, named


def words_of(data: bytes) -> str:
    return "\n".join(p.text for p in Word(io.BytesIO(data)).paragraphs)


def state_of(document) -> PaperState:
    return notes_about(document.key)[-1]


def signed(city, at, document) -> PaperState:
    """Frozen, checked by another, signed."""
    _office, named = begun(city, at, document)
    actions.freeze_correction_note(**named)
    people = staff_office(city, at).people
    state = state_of(document)
    check_paper(paper=state.paper_id, seen=state.since_id, by=people["second_office"], at=at)
    state = state_of(document)
    return sign_paper(
        paper=state.paper_id, seen=state.since_id, render=render, by=people["office_leader"], at=at
    )


def test_the_draft_holds_what_was_accepted_and_nothing_else(city, at, document, sign_in):
    office = sign_in("office")
    answer = office.post(f"/documents/{document.key}/correction/open/", follow=True)
    page = answer.content.decode()
    assert "关于《青河区特色产业提升方案》有关内容的更正建议函" in page
    assert "占比46.8%" in page and "12 ÷ 28 = 42.9%" in page and "42.9" in page
    assert "31 ÷ 20" not in page and 'value="青河区人民政府"' in page
    address = f"/documents/{document.key}/findings/"
    assert f"/documents/{document.key}/correction/" in office.get(address).content.decode()
    preview = office.get(f"/documents/{document.key}/correction/preview/")
    assert "未签发草稿" in words_of(preview.content)


def test_what_the_office_writes_stands_in_the_note(city, at, document, sign_in):
    begun(city, at, document)
    office, state = sign_in("office"), state_of(document)
    words = {"version": 0, "title": "更正建议函", "opening": "经研究。", "addressees": "区政府办"}
    assert office.post(f"/papers/{state.paper_id}/words/", words).status_code == 200
    page = office.get(f"/documents/{document.key}/correction/").content.decode()
    assert '<p class="addressees">区政府办：</p>' in page and "经研究。" in page
    frozen = office.post(f"/documents/{document.key}/correction/freeze/")
    assert frozen["Location"] == f"/papers/{state.paper_id}/"
    assert state_of(document).title == "更正建议函"
    again = office.get(f"/documents/{document.key}/correction/")
    assert again["Location"] == f"/papers/{state.paper_id}/"


def test_a_note_is_signed_numbered_and_read_as_word(city, at, document, sign_in):
    state = signed(city, at, document)
    assert state.number == "示范区专班函〔2026〕1号"
    word = sign_in("clerk").get(f"/papers/{state.paper_id}/word/")
    said = words_of(word.getvalue() if word.streaming else word.content)
    assert "青河区人民政府：" in said and "更正为“42.9%”" in said and state.number in said
    assert "未签发" not in said
    page = sign_in("office").get(f"/documents/{document.key}/findings/").content.decode()
    assert state.number in page and f"/papers/{state.paper_id}/word/" in page


def test_what_stands_in_a_frozen_note_is_not_reopened_until_it_is_sent_back(city, at, document):
    office, named = begun(city, at, document)
    actions.freeze_correction_note(**named)
    state = finding(document, SHARE)
    step = {"finding": state.finding_id, "seen": state.since_id, "by": office.person, "at": at}
    with pytest.raises(Closed, match="已写入更正建议函"):
        actions.reopen_finding(**step)
    with pytest.raises(Closed, match="已写入更正建议函"):
        actions.accept_finding(**step, correction="43%")
    people, note = staff_office(city, at).people, state_of(document)
    send_back_paper(
        paper=note.paper_id, seen=note.since_id, why="再核", by=people["second_office"], at=at
    )
    assert actions.reopen_finding(**step).stage == "undecided"
    with pytest.raises(Incomplete, match="至少一条"):
        actions.freeze_correction_note(**named)


def test_one_note_at_a_time_and_a_second_one_after_the_signature(city, at, document):
    state = signed(city, at, document)
    assert finding(document, SHARE).stage == "accepted"
    with pytest.raises(Incomplete):
        begun(city, at, document)
    accepted(city, document, at, NUMBERING)
    office, named = begun(city, at, document)
    with pytest.raises(Conflict, match="已经在办"):
        actions.open_correction_note(**named)
    draft = note_draft(office, document.key, Moment(at))
    assert draft.corrections == 1 and draft.state.paper_id != state.paper_id
    check = check_of(office, document.key, Moment(at))
    assert [row.note.title[-3:] for row in check.rows if row.note] == ["〕1号"]


def test_nothing_accepted_makes_no_note(city, at, sign_in):
    document = faulty(city, at)
    with pytest.raises(Incomplete, match="至少一条"):
        begun(city, at, document)
    office = sign_in("office")
    assert office.get(f"/documents/{document.key}/correction/")["Location"].endswith("/findings/")
    named = {"document": document.key, "viewer": viewer_of(city.accounts["office"])}
    with pytest.raises(NotFound):
        actions.freeze_correction_note(**named, by=city.people["office"], at=at)
    assert office.post(f"/documents/{document.key}/correction/freeze/").status_code == 404
    assert office.get(f"/documents/{document.key}/correction/preview/").status_code == 404
