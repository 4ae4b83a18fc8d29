"""Rungs: what a rule drafts and when it doesn't, the step to a talk, replaying, counts."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from factories import letters as given
from factories.city import make_city
from factories.papers import staff_office
from luodi.analysis.queries.releases import last_position
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.jobs.models import InboxMessage
from luodi.orgs.queries import viewer_of_person
from luodi.packs import resolve
from luodi.supervision import receivers
from luodi.supervision.actions import (
    arrange_talk,
    draft_by_rules,
    freeze_letter,
    record_talk,
    remind_of_letters,
)
from luodi.supervision.models import AdmonitoryTalk, Letter, LetterState
from luodi.supervision.queries import exempted as exempted_queries
from luodi.supervision.queries import (
    ladder_of,
    letter_counts,
    letter_page,
    letters,
    proposals,
    stated_counts,
)

pytestmark = pytest.mark.django_db(databases="__all__")
DAY = timedelta(days=1)
CLOCK = "system:clock"


@pytest.fixture
def red(city, at):
    """An item of the zone that is thirty days over."""
    staff_office(city, at)
    return given.red_item(city, at)


def viewer(city, who):
    return viewer_of_person(city.people[who])


def only() -> Letter:
    [letter] = Letter.objects.all()
    return letter


def arrange(city, at, letter: str, **changes) -> None:
    office, now = (
        viewer(city, "office"),
        AdmonitoryTalk.objects.open().filter(letter=letter).first(),
    )
    said = {"talker": city.people["leading_group"], "held_at": at + 3 * DAY, "place": "第一会议室",
            "seen": now.since_id if now else 0}  # fmt: skip
    arrange_talk(letter=letter, viewer=office, by=office.person, at=at, **(said | changes))


def test_a_rule_drafts_one_letter_to_a_unit_about_all_that_asks_for_it(city, at, red):
    more = given.red_item(city, at, "又一事项", days=12)
    given.red_item(city, at, "刚超期的事项", days=3)
    given.red_item(city, at, "别的单位的事项", unit="市工信局")
    assert draft_by_rules(by=CLOCK, at=at) == 2
    zone = Letter.objects.get(unit=city.units[given.ZONE])
    assert set(zone.causes.values_list("subject", flat=True)) == {f"item:{red}", f"item:{more}"}
    assert (zone.rule, zone.grounds["confirmed"], zone.grounds["zh"]) == (
        "warning-letter", False, "红灯超期满 10 天",
    )  # fmt: skip
    cause = zone.causes.get(subject=f"item:{red}")
    assert (cause.light, cause.days, cause.rule) == ("red", 30, "item-overdue")
    told = InboxMessage.objects.filter(person=city.people["office"], kind="letter")
    assert [one.sentence for one in told] == ["按规则起草了 2 份函件待核定"]


def test_a_second_tick_and_a_second_worker_draft_nothing(city, at, red):
    asked = proposals(city.key, Moment(at))
    assert draft_by_rules(by=CLOCK, at=at) == 1
    assert draft_by_rules(by=CLOCK, at=at) == 0
    from luodi.supervision.actions.drafting import _draft

    assert _draft(city.key, asked[0], CLOCK, at) == 0
    assert draft_by_rules(by=CLOCK, at=at + 30 * DAY) == 0
    only()


def test_the_minutes_tick_drafts_from_eight_on_once_a_day(city, at, red):
    receivers.letters._looked_on.clear()
    receivers.letters.keep_ladders(None, at - timedelta(hours=2))
    assert not Letter.objects.exists()
    receivers.letters.keep_ladders(None, at)
    receivers.letters.keep_ladders(None, at + timedelta(minutes=1))
    only()
    receivers.letters._looked_on.clear()


def test_a_withdrawn_draft_is_not_drafted_again_before_its_cooling_time_is_over(city, at, red):
    draft_by_rules(by=CLOCK, at=at)
    given.step(city, at, only().key, "office", "withdraw_letter", why="已当面提醒")
    assert draft_by_rules(by=CLOCK, at=at + 59 * DAY) == 0
    assert draft_by_rules(by=CLOCK, at=at + 60 * DAY) == 1


def test_while_a_draft_waits_new_lights_wait_too_and_come_in_the_next_letter(city, at, red):
    draft_by_rules(by=CLOCK, at=at)
    first = only().key
    late = given.red_item(city, at, "后来的事项", days=11)
    assert draft_by_rules(by=CLOCK, at=at + DAY) == 0
    given.signed(city, at + DAY, first)
    given.step(city, at + DAY, first, "office", "issue_letter")
    assert draft_by_rules(by=CLOCK, at=at + 2 * DAY) == 1
    second = Letter.objects.exclude(key=first).get()
    assert list(second.causes.values_list("subject", flat=True)) == [f"item:{late}"]


def test_a_letter_not_answered_in_time_drafts_a_talk_about_it(city, at, red):
    sent = given.issued(city, at, red)
    assert draft_by_rules(by=CLOCK, at=at + 13 * DAY) == 0
    assert draft_by_rules(by=CLOCK, at=at + 14 * DAY) == 1
    talk = Letter.objects.get(kind="talk_notice")
    cause = talk.causes.get()
    assert (cause.kind, cause.subject, cause.days) == ("letter", f"letter:{sent}", 7)
    assert "应于 2026-03-09 回告" in cause.reason
    page = letter_page(viewer(city, "office"), sent, Moment(at + 14 * DAY))
    assert [row.key for row in page.follows] == [talk.key]
    assert draft_by_rules(by=CLOCK, at=at + 15 * DAY) == 0


def test_no_lower_rung_is_drafted_while_a_higher_one_runs_about_the_same(city, at, red):
    talk = given.drafted(city, at, red, kind="talk_notice")
    fresh = given.red_item(city, at, "又一事项", days=12)
    assert draft_by_rules(by=CLOCK, at=at) == 1
    [letter] = Letter.objects.filter(kind="warning_letter")
    assert set(letter.causes.values_list("subject", flat=True)) == {f"item:{fresh}"}
    given.step(city, at, letter.key, "office", "withdraw_letter", why="已当面提醒")
    assert draft_by_rules(by=CLOCK, at=at + DAY) == 0
    given.step(city, at + DAY, talk, "office", "withdraw_letter", why="改为提醒")
    assert draft_by_rules(by=CLOCK, at=at + DAY) == 1
    causes = Letter.objects.order_by("-act").first().causes
    assert set(causes.values_list("subject", flat=True)) == {f"item:{red}"}


def test_a_talk_about_a_letter_covers_what_that_letter_was_about(city, at, red):
    sent = given.issued(city, at, red)
    late = at + 70 * DAY
    given.drafted(city, late, kind="talk_notice", subjects=[f"letter:{sent}"])
    given.step(city, late, sent, "office", "cancel_letter", why="并入约谈")
    assert draft_by_rules(by=CLOCK, at=late) == 0


def test_an_answered_letter_drafts_no_talk_until_its_rectification_is_late(city, at, red):
    sent = given.issued(city, at, red)
    given.answered(city, at + DAY, sent)
    assert draft_by_rules(by=CLOCK, at=at + 30 * DAY) == 0
    assert draft_by_rules(by=CLOCK, at=at + 38 * DAY) == 1
    assert "整改到位" in Letter.objects.get(kind="talk_notice").causes.get().reason


def test_a_talk_is_arranged_before_its_notice_is_frozen_and_recorded_before_it_is_closed(
    city, at, red
):
    talk = given.drafted(city, at, red, kind="talk_notice")
    office = viewer(city, "office")
    with pytest.raises(Incomplete, match="请先安排约谈"):
        freeze_letter(letter=talk, words={}, viewer=office, by=office.person, at=at)
    with pytest.raises(Incomplete, match="请选择约谈人"):
        arrange(city, at, talk, talker=city.people["clerk"])
    with pytest.raises(Incomplete, match="晚于现在"):
        arrange(city, at, talk, held_at=at - DAY)
    arrange(city, at, talk)
    given.signed(city, at, talk)
    with pytest.raises(Closed):
        arrange(city, at, talk)
    given.step(city, at, talk, "office", "issue_letter")
    page = letter_page(viewer(city, "zone_staff"), talk, Moment(at))
    assert page.row.number == "市开发区组约〔2026〕1号" and "第一会议室" in str(page.content)
    given.answered(city, at + 4 * DAY, talk)
    record = {"letter": talk, "held_at": at + 3 * DAY, "place": "第一会议室", "record": "已约谈",
              "commitments": "月底前整改", "viewer": office, "by": office.person,
              "at": at + 4 * DAY}  # fmt: skip
    seen = AdmonitoryTalk.objects.open().get(letter=talk).since_id
    with pytest.raises(Incomplete, match="不能晚于现在"):
        record_talk(**(record | {"seen": seen, "held_at": at + 5 * DAY}))
    with pytest.raises(Incomplete, match="约谈记录"):
        given.step(city, at + 4 * DAY, talk, "office", "pass_recheck", text="看过")
    record_talk(**record, seen=seen)
    page = letter_page(viewer(city, "zone_staff"), talk, Moment(at + 4 * DAY))
    assert (page.talk.state.held, page.talk.state.commitments) == (True, "月底前整改")
    assert letter_counts(office, Moment(at + 4 * DAY))[0].talks == 1


def test_an_exemption_keeps_a_light_from_the_rules_and_is_shown_on_the_letter(
    city, at, red, monkeypatch
):
    from luodi.supervision.queries import Exempt

    def granted(city_key, moment, **narrow):
        return [
            Exempt(
                "k", "容错〔2026〕1号", Moment(at).today, city.units[given.ZONE], f"item:{red}", 0
            )
        ]

    drafted = given.drafted(city, at, red)
    monkeypatch.setattr(exempted_queries, "exemptions_of", granted)
    assert draft_by_rules(by=CLOCK, at=at) == 0
    page = letter_page(viewer(city, "office"), drafted, Moment(at))
    assert "容错〔2026〕1号" in page.exempted[0][1]
    ladder = ladder_of(viewer(city, "office"), city.units[given.ZONE], Moment(at))
    assert len(ladder.spared) == 1 and "容错〔2026〕1号" in ladder.spared[0]


def test_units_are_reminded_before_and_after_the_answer_is_due_once_each(city, at, red):
    given.issued(city, at, red)

    def told(who):
        rows = InboxMessage.objects.filter(person=city.people[who], kind="letter")
        return [
            said for (said,) in rows.values_list("sentence") if "只剩" in said or "已超期" in said
        ]

    remind_of_letters(by=CLOCK, at=at + 2 * DAY)
    assert told("zone_staff") == []
    for _turn in range(2):
        remind_of_letters(by=CLOCK, at=at + 5 * DAY)
    assert len(told("zone_staff")) == 1 and told("office") == []
    for day in (8, 9):
        remind_of_letters(by=CLOCK, at=at + day * DAY)
    assert (
        len(told("zone_staff")) == 2 and len(told("office")) == 1 and len(told("zone_leader")) == 1
    )


def test_counts_by_unit_and_year_leave_out_what_is_cancelled(city, at, red):
    first = given.issued(city, at, red)
    second = given.issued(city, at, given.red_item(city, at, "另一事项"))
    given.step(city, at, second, "office", "cancel_letter", why="误发")
    given.answered(city, at + 10 * DAY, first)
    [row] = letter_counts(viewer(city, "office"), Moment(at + 10 * DAY))
    assert (row.year, row.letters, row.talks, row.late, row.cancelled) == (2026, 1, 0, 1, 1)
    assert (row.open, row.settled, row.unanswered) == (1, 0, 0)
    assert letter_counts(viewer(city, "clerk"), Moment(at + 10 * DAY)) == []


def test_linfen_states_how_many_letters_and_talks_there_were(db, at):
    city = make_city(at=at, pack=resolve("linfen").content(), key="linfen")
    stated = stated_counts(viewer(city, "office"), Moment(at))
    assert [(one.value, one.unit, one.period) for one in stated] == [
        ("28", "份", "2023"), ("3", "次", "2023"),
    ]  # fmt: skip
    item = given.red_item(city, at, days=8)
    assert draft_by_rules(by=CLOCK, at=at) == 1
    assert only().causes.get().subject == f"item:{item}"
    given.red_item(city, at, unit="市工信局", days=8)
    assert draft_by_rules(by=CLOCK, at=at) == 0


def test_the_ladder_page_is_for_office_and_leading_group(city, at, sign_in, red):
    address = f"/supervision/ladders/{city.units[given.ZONE]}/"
    page = sign_in("office").get(address).content.decode()
    assert "此刻规则要起草" in page and "示例超期事项" in page and "本地默认，未经确认" in page
    assert sign_in("leading_group").get(address).status_code == 200
    assert sign_in("zone_staff").get(address).status_code == 403
    assert sign_in("office").get("/supervision/ladders/nosuch/").status_code == 404
    with pytest.raises(NotFound):
        ladder_of(viewer(city, "office"), "nosuch", Moment(at))


def test_the_counts_page_and_its_sheet(city, at, sign_in, red):
    given.issued(city, at, red)
    office = sign_in("office")
    assert "开发区管委会" in office.get("/supervision/letters/counts/").content.decode()
    for address in ("/supervision/letters/", "/supervision/letters/counts/"):
        sheet = office.get(f"{address}?export=xlsx")
        assert sheet["Content-Type"].endswith("sheet")
    with pytest.raises(NotAllowed):
        given.step(city, at, LetterState.objects.open().get().letter_id, "clerk_of_nobody"
                   if "clerk_of_nobody" in city.people else "office", "sign_for_letter")  # fmt: skip


def shown(city, moment) -> tuple:
    """Letters, counts and what rules would draft at a moment."""
    office = viewer(city, "office")
    rows = [
        (row.key, row.title, row.number, row.stage_label, row.light, row.why, row.due_on, row.days)
        for row in letters(office, moment)
    ]
    counts = letter_counts(office, moment)
    return rows, counts, [one.shown for one in proposals(city.key, moment)]


def zone_ladder(city, moment) -> tuple:
    """What the ladder of the zone shows at a moment."""
    office = viewer(city, "office")
    return tuple(
        (rung.rule.key, rung.why, rung.proposal and rung.proposal.shown)
        for rung in ladder_of(office, city.units[given.ZONE], moment).rungs
    )


def test_ladders_of_a_hundred_past_instants_equal_what_was_shown_then(city, at, red):
    dice, now, known, ladders = random.Random(7), at, [], {}
    for turn in range(100):
        now += timedelta(hours=dice.randint(3, 40))
        if turn % 3 == 0:
            _happens(city, now, dice, turn)
        known.append((Moment(now, last_position()), shown(city, Moment(now))))
        if turn % 10 == 9:
            ladders[known[-1][0]] = zone_ladder(city, Moment(now))
    assert len({str(page) for _moment, page in known}) > 25
    for moment, page in dice.sample(known, 100):
        assert shown(city, moment) == page
    assert all(zone_ladder(city, moment) == page for moment, page in ladders.items())
    assert any(page[2] for _moment, page in known), "a rule would have drafted something"


def _happens(city, now, dice, turn: int) -> None:
    """Something about letters, whatever may happen now."""
    over = ("cancelled", "withdrawn", "closed")
    states = list(LetterState.objects.open().exclude(stage__in=over).order_by("since"))
    if turn % 9 == 0:
        unit = dice.choice([given.ZONE, "市工信局"])
        given.red_item(city, now, f"事项{turn}", unit=unit, days=dice.randint(1, 20))
    elif turn % 12 == 6:
        draft_by_rules(by=CLOCK, at=now)
    elif states:
        state = dice.choice(states)
        try:
            if state.stage == "drafted" and state.letter.kind == "warning_letter":
                given.signed(city, now, state.letter_id)
                given.step(city, now, state.letter_id, "office", "issue_letter")
            elif state.stage == "issued" and state.letter.unit == city.units[given.ZONE]:
                given.step(city, now, state.letter_id, "zone_staff", "sign_for_letter")
            elif state.stage == "signed_for":
                given.step(city, now, state.letter_id, "zone_staff", "write_answer", text="改")
                given.step(city, now, state.letter_id, "zone_leader", "sign_answer")
            elif state.stage == "answered":
                until = Moment(now).today + 4 * DAY
                given.step(
                    city, now, state.letter_id, "office", "fail_recheck", text="差", until=until
                )
            else:
                given.step(city, now, state.letter_id, "office", "cancel_letter", why="换发")
        except (Incomplete, Closed, Conflict):
            return
