"""Bulletins: opened by cadence, checked by each zone, contested, frozen, issued, signed for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories import bulletins as made
from factories import letters
from factories.bulletins import AFTER, EAST, HOME, WEST
from factories.papers import staff_office
from luodi.audit.queries import moment_at, verify
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed
from luodi.jobs.models import InboxMessage
from luodi.kit.calendars import Period
from luodi.papers.actions import send_back_paper
from luodi.papers.models import PaperState
from luodi.supervision.actions import (
    begin_bulletin_paper,
    comment_on_bulletin,
    decide_contest,
    freeze_bulletin,
    open_due_bulletins,
    preview_bulletin,
    sign_for_bulletin,
    withdraw_contest,
)
from luodi.supervision.models import Bulletin, BulletinLine, BulletinState
from luodi.supervision.queries import bulletin_duties, bulletin_page, bulletins, compose_lines

pytestmark = pytest.mark.django_db(databases="__all__")
JANUARY = datetime(2026, 1, 12, 1, 0, tzinfo=UTC)
"""The quarter before is over; its bulletin opens on the first working day."""


@pytest.fixture
def zoned(db):
    city = made.zoned_city(JANUARY - timedelta(days=20))
    made.figures(city, JANUARY - timedelta(days=3))
    return city


def page(city, key, who, at=JANUARY, position=None):
    return bulletin_page(key, made.viewer(city, who), Moment(at, position))


def test_the_tick_opens_a_turn_once_whoever_comes(zoned):
    assert open_due_bulletins(by="system:clock", at=JANUARY) == 1
    assert open_due_bulletins(by="system:clock", at=JANUARY) == 0
    [one] = Bulletin.objects.all()
    assert one.period == "2025Q4"
    [row] = bulletins(made.viewer(zoned, "office"), Moment(JANUARY))
    assert (row.stage, row.light) == ("opened", "green")
    assert InboxMessage.objects.filter(person=zoned.people["office"], kind="bulletin").count() == 1


def test_turns_missed_since_the_last_one_are_opened_too(zoned):
    made.opened(zoned, JANUARY)
    assert open_due_bulletins(by="system:clock", at=datetime(2026, 7, 10, tzinfo=UTC)) == 2
    assert set(Bulletin.objects.values_list("period", flat=True)) == {"2025Q4", "2026Q1", "2026Q2"}


def test_linfen_has_a_monthly_one_by_its_own_rules(db):
    city = made.zoned_city(JANUARY - timedelta(days=20), pack="linfen", key="linfen-like")
    key = made.previewed(city, JANUARY)
    one = Bulletin.objects.get(key=key)
    assert one.period == "2025-12"
    rule = page(city, key, "office").rule
    assert (rule.ties, rule.behind, rule.confirmed) == ("dense", 2, False)


def test_each_zone_sees_its_own_line_and_nobody_elses_before_issue(zoned):
    key = made.previewed(zoned, JANUARY)
    for who, name in (("zone_staff", HOME), ("zone_staff_1", EAST), ("zone_staff_2", WEST)):
        shown = page(zoned, key, who)
        assert [line.unit for line in shown.own] == [zoned.units[name]]
        assert shown.lines == () and shown.moved == ()
    assert page(zoned, key, "clerk").own == ()
    assert len(page(zoned, key, "office").lines) == 3
    mine = BulletinLine.shared_with(frozenset({zoned.units[EAST]}))
    assert BulletinLine.objects.filter(mine).count() == 1


def test_ranks_growth_and_what_cannot_be_computed(zoned):
    key = made.previewed(zoned, JANUARY)
    lines = {line.unit: line for line in page(zoned, key, "office").lines}
    home, east, west = (lines[zoned.units[name]] for name in (HOME, EAST, WEST))
    fixed = [line.cell("zone-fixed-investment") for line in (home, east, west)]
    assert [(c.rank, c.of, c.growth, c.text) for c in fixed] == [
        (2, 3, "11.1", "100.00"), (1, 3, "20.0", "60.00"), (3, 3, "0.0", "70.00"),
    ]  # fmt: skip
    assert [c.behind for c in fixed] == [False, False, True]
    zero = west.cell("zone-industrial-investment")
    assert (zero.rank, zero.growth) == (0, "") and zero.growth_why
    signed = [line.cell("signed-investment") for line in (home, east, west)]
    assert [(c.rank, c.tied) for c in signed] == [(1, True), (1, True), (0, False)]
    assert signed[2].text == "" and signed[2].why
    missing = west.inputs()["signed-investment:2025-12"]
    assert missing.text == "" and home.inputs()["zone-fixed-investment:2024-12"].text == "90.00"


def test_the_numbers_are_those_of_their_position_for_ever(zoned):
    key = made.previewed(zoned, JANUARY)
    state = BulletinState.objects.open().get(bulletin=key)
    kept = page(zoned, key, "office").lines
    made.write(zoned, JANUARY, "2025-12", "zone-fixed-investment", {WEST: 9999})
    rule = page(zoned, key, "office").rule
    then = Moment(state.composed_at, state.position)
    assert tuple(compose_lines(rule, zoned.key, Period.parse("2025Q4"), then)) == kept
    now = compose_lines(rule, zoned.key, Period.parse("2025Q4"), Moment(JANUARY))
    assert tuple(now) != kept
    before = moment_at(BulletinState.objects.open().get(bulletin=key).since_id - 1)
    assert page(zoned, key, "office", before.at, before.position).stage == "opened"


def test_an_upheld_contest_is_corrected_by_the_datums_own_office(zoned):
    key = made.previewed(zoned, JANUARY)
    contest = made.contested(zoned, JANUARY, key)
    [row] = page(zoned, key, "office").contests
    assert (row.shown, row.claimed, row.stage) == ("100.00亿元", "101", "raised")
    assert [name for _file, name in row.files] == ["佐证.txt"]
    assert page(zoned, key, "zone_staff_1").contests == ()
    answer = {"contest": contest, "answer": "材料齐全", "by": zoned.people["office"], "at": JANUARY}
    with pytest.raises(Incomplete):
        decide_contest(move="uphold", **{**answer, "answer": " "})
    decide_contest(move="uphold", **answer)
    with pytest.raises(Conflict):
        decide_contest(move="reject", **answer)
    told = InboxMessage.objects.filter(person=zoned.people["statistician"], kind="bulletin")
    assert told.filter(sentence__contains="按原报送渠道更正").exists()
    [row] = page(zoned, key, "office").contests
    assert row.awaits
    made.write(
        zoned, JANUARY + timedelta(hours=1), "2025-12", "zone-fixed-investment", {HOME: 10100}
    )
    [row] = page(zoned, key, "office").contests
    assert row.corrected and not row.awaits
    made.frozen(zoned, JANUARY + AFTER, key)
    shown = page(zoned, key, "zone_staff", JANUARY + AFTER)
    [change] = [c for c in shown.changes[zoned.units[HOME]] if "2025-12" in c.title]
    assert (change.before, change.after) == ("100.00", "101.00")


def test_contests_are_refused_in_a_sentence(zoned):
    key = made.opened(zoned, JANUARY)
    with pytest.raises(Closed, match="不在核对期"):
        made.contested(zoned, JANUARY, key)
    preview_bulletin(bulletin=key, by=zoned.people["office"], at=JANUARY)
    with pytest.raises(Incomplete, match="没有这一项"):
        made.contested(zoned, JANUARY, key, subject="zone-fixed-investment:1999-12")
    with pytest.raises(Incomplete, match="佐证"):
        made.contested(zoned, JANUARY, key, evidence=())
    for stranger in ("office", "clerk", "leading_group"):
        with pytest.raises(NotAllowed):
            made.contested(zoned, JANUARY, key, stranger)
    first = made.contested(zoned, JANUARY, key)
    with pytest.raises(Conflict, match="已经提过"):
        made.contested(zoned, JANUARY, key)
    withdraw_contest(contest=first, by=zoned.people["zone_staff"], at=JANUARY)
    assert made.contested(zoned, JANUARY, key, reason="再提") == first
    with pytest.raises(Closed, match="截止"):
        made.contested(zoned, JANUARY + AFTER, key, "zone_staff_1")


def test_nothing_is_frozen_before_the_window_or_over_an_open_contest(zoned):
    key = made.previewed(zoned, JANUARY)
    office = {"bulletin": key, "by": zoned.people["office"]}
    begin_bulletin_paper(at=JANUARY, **office)
    with pytest.raises(Conflict, match="已经开始拟稿"):
        begin_bulletin_paper(at=JANUARY, **office)
    with pytest.raises(Incomplete, match="核对期"):
        freeze_bulletin(at=JANUARY, **office)
    contest = made.contested(zoned, JANUARY, key)
    with pytest.raises(Incomplete, match="1 条异议"):
        freeze_bulletin(at=JANUARY + AFTER, **office)
    decide_contest(contest=contest, move="reject", answer="口径如此", by=office["by"], at=JANUARY)
    freeze_bulletin(at=JANUARY + AFTER, **office)
    with pytest.raises(Closed, match="已经定稿"):
        freeze_bulletin(at=JANUARY + AFTER, **office)
    with pytest.raises(NotAllowed):
        freeze_bulletin(bulletin=key, by=zoned.people["zone_staff"], at=JANUARY + AFTER)


def test_what_was_sent_back_is_composed_and_frozen_anew(zoned):
    key = made.previewed(zoned, JANUARY)
    paper = made.frozen(zoned, JANUARY + AFTER, key)
    seen = PaperState.objects.open().get(paper=paper).since_id
    send_back_paper(
        paper=paper, seen=seen, why="改", by=made.signer(zoned, JANUARY), at=JANUARY + AFTER
    )
    made.write(zoned, JANUARY + AFTER, "2025-12", "signed-investment", {WEST: 5000})
    freeze_bulletin(bulletin=key, by=zoned.people["office"], at=JANUARY + AFTER)
    state = BulletinState.objects.open().get(bulletin=key)
    assert state.run == 3
    west = page(zoned, key, "zone_staff_2", JANUARY + AFTER).own[0]
    assert west.cell("signed-investment").text == "50.00"
    assert verify().breaks == ()


def test_an_issued_bulletin_is_everybodys_and_is_signed_for_once(zoned):
    key = made.previewed(zoned, JANUARY)
    late = JANUARY + AFTER
    zone = {"bulletin": key, "by": zoned.people["zone_staff_1"]}
    with pytest.raises(Closed, match="还没有印发"):
        sign_for_bulletin(at=late, **zone)
    comment_on_bulletin(words="征地影响进度", seen=0, at=JANUARY, **zone)
    number = made.signed(zoned, late, made.frozen(zoned, late, key))
    assert number == "〔2026〕第1期"
    shown = page(zoned, key, "zone_staff_1", late)
    assert len(shown.lines) == 3 and shown.is_issued and shown.must_sign
    assert len(page(zoned, key, "clerk", late).lines) == 3
    content = str(PaperState.objects.open().get(paper=shown.paper.paper_id).snapshot.content)
    assert "征地影响进度" in content and "待确认" in content
    told = InboxMessage.objects.filter(person=zoned.people["zone_staff_2"], kind="bulletin")
    assert told.filter(sentence__contains="请签收").count() == 1
    [duty] = bulletin_duties(made.viewer(zoned, "zone_staff_1"), Moment(late))
    assert "请签收" in duty.why
    sign_for_bulletin(at=late, **zone)
    with pytest.raises(Conflict, match="已经签收"):
        sign_for_bulletin(at=late, **zone)
    assert bulletin_duties(made.viewer(zoned, "zone_staff_1"), Moment(late)) == []
    receipts = page(zoned, key, "office", late).receipts
    assert [name for _unit, name, at in receipts if at] == [EAST]


def test_the_issue_before_stands_beside_it_and_says_who_moved(zoned):
    made.issued(zoned, JANUARY)
    for code, amounts in (("zone-fixed-investment", {HOME: 900, EAST: 5000, WEST: 4000}),):
        made.write(zoned, JANUARY, "2025-03", code, {HOME: 1000, EAST: 5000, WEST: 3000})
        made.write(zoned, JANUARY, "2026-03", code, amounts)
    april = datetime(2026, 4, 10, 1, tzinfo=UTC)
    key = made.previewed(zoned, april)
    shown = page(zoned, key, "office", april)
    assert shown.previous.number == "〔2026〕第1期"
    moves = {row.unit: row.steps for row in shown.moved if row.code == "zone-fixed-investment"}
    assert moves == {zoned.units[HOME]: -1, zoned.units[EAST]: -1, zoned.units[WEST]: 2}
    number = made.signed(zoned, april + AFTER, made.frozen(zoned, april + AFTER, key))
    assert number == "〔2026〕第2期"


def test_a_page_asks_the_same_questions_for_any_number_of_zones(zoned, db):
    more = made.make_city(
        at=JANUARY - timedelta(days=20), key="duoqu", zones=[f"示例{n}区" for n in range(12)]
    )
    counts = []
    for city in (zoned, more):
        key = made.previewed(city, JANUARY) if city is zoned else _previewed(city)
        with CaptureQueriesContext(
            connection,
        ) as found:
            page(city, key, "office")
        counts.append(len(found))
    assert counts[0] == counts[1]


def _previewed(city):
    key = Bulletin.objects.get(city=city.key).key
    preview_bulletin(bulletin=key, by=city.people["office"], at=JANUARY)
    return key


def test_letters_and_talks_issued_within_the_turn_are_counted(zoned):
    from_now = datetime(2026, 2, 10, 1, tzinfo=UTC)
    staff_office(zoned, from_now)
    letters.issued(zoned, from_now, letters.red_item(zoned, from_now))
    letters.drafted(zoned, from_now, letters.red_item(zoned, from_now, unit=EAST), unit=EAST)
    april = datetime(2026, 4, 10, 1, tzinfo=UTC)
    key = made.previewed(zoned, april)
    lines = {line.name: line for line in page(zoned, key, "office", april).lines}
    assert [(lines[name].letters, lines[name].talks) for name in (HOME, EAST)] == [(1, 0), (0, 0)]
    assert lines[HOME].reds >= 1 and lines[HOME].worst[0].light == "red"
