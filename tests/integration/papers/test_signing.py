"""The way of a paper: frozen, checked by another person, signed, numbered, sent back."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections

from factories.papers import (
    HOME,
    report_at_check,
    report_in_draft,
    report_to_sign,
    seen,
    small_report,
    staff_office,
)
from luodi.audit.queries import verify
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, Refusal
from luodi.documents.queries import content_of
from luodi.kit.readers import read
from luodi.orgs.actions import renew_pack
from luodi.papers import actions, exports
from luodi.papers.choices import PaperKind, PaperStage
from luodi.papers.models import NumberTaken, Paper
from luodi.papers.queries import draft_of, open_state, timeline


@pytest.fixture
def office(city, at):
    return staff_office(city, at)


def sign(key, person, at):
    return actions.sign_paper(paper=key, seen=seen(key), render=exports.render, by=person, at=at)


def test_a_signed_paper_has_number_date_signer_and_both_files(office, at):
    key = report_to_sign(office, at)
    state = sign(key, office.people["office_leader"], at)
    assert (state.number, state.signed_on.isoformat()) == ("第1期", "2026-03-02")
    now = open_state(key)
    assert now.stage == PaperStage.SIGNED and now.signed_by == office.people["office_leader"]
    source, _problems = read("a.docx", content_of(now.word_file))
    assert "第1期" in source.text and "未签发" not in source.text
    assert now.sheet_file.name.endswith(".xlsx")
    assert not verify().breaks


def test_the_timeline_tells_who_did_what(office, at):
    key = report_to_sign(office, at)
    sign(key, office.people["office_leader"], at)
    said = [event.what for event in timeline(key, Moment(at))]
    assert said == ["开始拟稿", "定稿送审", "审核", "签发"]


@pytest.mark.parametrize("who", ["clerk", "leading_group", "leader_in_charge", "system_admin"])
def test_nobody_outside_the_office_drafts_checks_or_signs(office, at, who):
    person = office.people[who]
    with pytest.raises(NotAllowed):
        actions.open_paper(
            kind=PaperKind.NOTICE,
            title="x",
            city=office.key,
            unit=office.units[HOME],
            by=person,
            at=at,
        )
    key = report_at_check(office, at)
    with pytest.raises(Refusal):
        actions.check_paper(paper=key, seen=seen(key), by=person, at=at)
    actions.check_paper(paper=key, seen=seen(key), by=office.people["second_office"], at=at)
    with pytest.raises(Refusal):
        sign(key, person, at)
    assert not NumberTaken.objects.exists()


def test_the_drafter_does_not_check_where_there_is_another_person(office, at):
    key = report_at_check(office, at)
    with pytest.raises(Refusal):
        actions.check_paper(paper=key, seen=seen(key), by=office.people["office"], at=at)


def test_an_office_of_one_checks_its_own_draft_and_the_record_says_so(city, at):
    key = report_at_check(city, at)
    actions.check_paper(paper=key, seen=seen(key), by=city.people["office"], at=at)
    assert "自核" in timeline(key, Moment(at))[-1].detail


def test_an_unchecked_paper_is_not_signed(office, at):
    key = report_at_check(office, at)
    with pytest.raises(Closed, match="签发"):
        sign(key, office.people["office_leader"], at)


def test_the_pack_says_who_signs_and_how_numbers_look(office, at):
    owner = {"body": "task_force", "name": "示例市工作专班"}
    rule = {
        "key": "monthly", "owner": owner, "kind": "rule", "source": "示例文件第三条",
        "title": "专班工作月报", "title_en": "Monthly", "layout": "progress_report",
        "number_pattern": "{year}年第{number}期", "issuer": "office", "signers": ["office"],
        "stages": ["drafted", "checked", "signed"],
    }  # fmt: skip
    head = {"key": "shili", "level": "city", "name": "示例市", "name_en": "Sample"}
    pack = [{"head": head, "rules": {"papers": [rule]}, "loose": {}}]
    renew_pack(city=office.key, pack=pack, by="system:demo", at=at)
    key = report_to_sign(office, at)
    with pytest.raises(Refusal):
        sign(key, office.people["office_leader"], at)
    assert sign(key, office.people["office"], at).number == "2026年第1期"


def test_numbers_run_without_a_gap_and_start_again_in_a_new_year(office, at):
    leader = office.people["office_leader"]
    numbers = [sign(report_to_sign(office, at), leader, at).number for _ in range(3)]
    later = at + timedelta(days=365)
    numbers.append(sign(report_to_sign(office, later), leader, later).number)
    assert numbers == ["第1期", "第2期", "第3期", "第1期"]


def test_the_year_of_a_number_is_that_of_the_day_in_china(office, at):
    new_year = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)
    sign(report_to_sign(office, new_year), office.people["office_leader"], new_year)
    assert NumberTaken.objects.get().year == 2027


def test_a_paper_sent_back_is_drafted_again_with_the_reason(office, at):
    key = report_to_sign(office, at)
    leader = office.people["office_leader"]
    with pytest.raises(Incomplete, match="退回理由"):
        actions.send_back_paper(paper=key, seen=seen(key), why=" ", by=leader, at=at)
    actions.send_back_paper(paper=key, seen=seen(key), why="数据口径请再核", by=leader, at=at)
    state = open_state(key)
    assert (state.stage, state.snapshot, state.checked_by) == (PaperStage.DRAFTED, None, "")
    assert state.sent_back_because == "数据口径请再核"
    actions.freeze_paper(
        paper=key,
        content=small_report(said="已核。"),
        position=9,
        by=office.people["office"],
        at=at,
    )
    assert open_state(key).sent_back_because == ""


def test_a_signed_paper_is_not_sent_back_nor_frozen_again(office, at):
    key = report_to_sign(office, at)
    leader = office.people["office_leader"]
    sign(key, leader, at)
    with pytest.raises(Closed):
        actions.send_back_paper(paper=key, seen=seen(key), why="再改", by=leader, at=at)
    with pytest.raises(Closed):
        actions.freeze_paper(
            paper=key, content=small_report(), position=9, by=office.people["office"], at=at
        )


def test_what_was_signed_is_what_was_seen(office, at):
    key = report_to_sign(office, at)
    with pytest.raises(Conflict):
        actions.sign_paper(
            paper=key, seen=seen(key) - 1, render=exports.render,
            by=office.people["office_leader"], at=at,
        )  # fmt: skip


def test_a_subject_has_one_paper_of_a_kind(office, at):
    report_in_draft(office, at, about="round:1")
    with pytest.raises(Conflict):
        report_in_draft(office, at, about="round:1")
    assert Paper.objects.count() == 1


def test_own_words_are_kept_with_a_version_and_never_overwrite_a_colleague(office, at):
    key, person = report_in_draft(office, at), office.people["office"]

    def save(words, version):
        return actions.save_own_words(
            paper=key, paragraphs={"overview": words}, version=version, by=person, at=at
        )

    draft, removed = save("总体平稳\x07", 0)
    assert (draft.paragraphs, draft.version, removed) == ({"overview": "总体平稳"}, 1, 1)
    assert save("总体向好", 1)[0].version == 2
    for stale in (0, 1):
        with pytest.raises(Conflict):
            save("旧页面", stale)
    assert draft_of(Paper.objects.get()).paragraphs == {"overview": "总体向好"}


def test_words_of_a_frozen_paper_are_closed(office, at):
    key = report_at_check(office, at)
    with pytest.raises(Closed):
        actions.save_own_words(
            paper=key, paragraphs={}, version=0, by=office.people["office"], at=at
        )


@pytest.fixture
def own_connections(transactional_db):
    """Threads that write for real, each on its own connection."""
    yield
    connections.close_all()


def together(*works):
    """Run at once; what each gave or raised."""
    found, gate = [None] * len(works), threading.Barrier(len(works))

    def run(place, work):
        try:
            gate.wait(5)
            found[place] = work()
        except Refusal as refusal:
            found[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    [t.start() for t in threads]
    [t.join(30) for t in threads]
    return found


def file_database() -> bool:
    """Whether threads can share the database (one in memory is one thread's own)."""
    return connection.vendor != "sqlite" or "memory" not in str(connection.settings_dict["NAME"])


def test_two_leaders_signing_one_paper_at_once_give_it_one_number(own_connections, at):
    if not file_database():
        pytest.skip("the test database is in memory: one thread's own")
    from factories.city import make_city

    office = staff_office(make_city(at=at), at)
    key = report_to_sign(office, at)
    page = seen(key)
    leaders = [office.people["office_leader"], office.people["office_deputy"]]
    found = together(
        *(
            lambda by=by: actions.sign_paper(
                paper=key, seen=page, render=exports.render, by=by, at=at
            )
            for by in leaders
        )
    )
    assert sum(isinstance(f, Refusal) for f in found) == 1
    assert [n.number for n in NumberTaken.objects.all()] == [1]
    assert not verify().breaks


def test_a_number_taken_while_rendering_is_not_given_twice(office, at):
    first, second = report_to_sign(office, at), report_to_sign(office, at)
    leader, deputy = office.people["office_leader"], office.people["office_deputy"]
    rendered = []

    def slow(content, issued):
        """While the first paper is rendered, the other leader signs the second."""
        if not rendered:
            rendered.append(sign(second, deputy, at).number)
        return exports.render(content, issued)

    state = actions.sign_paper(paper=first, seen=seen(first), render=slow, by=leader, at=at)
    assert (rendered, state.number) == (["第1期"], "第2期")
    assert sorted(n.number for n in NumberTaken.objects.all()) == [1, 2]


def test_of_two_signatures_on_one_paper_the_second_is_told(office, at):
    key = report_to_sign(office, at)
    page = seen(key)
    leader, deputy = office.people["office_leader"], office.people["office_deputy"]

    def slow(content, issued):
        if open_state(key).since_id == page:
            sign(key, deputy, at)
        return exports.render(content, issued)

    with pytest.raises(Conflict):
        actions.sign_paper(paper=key, seen=page, render=slow, by=leader, at=at)
    assert open_state(key).signed_by == deputy
    assert [n.number for n in NumberTaken.objects.all()] == [1]
