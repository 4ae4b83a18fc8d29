"""The demo's bulletins and ratings: the last quarter but one issued, the last one being checked."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from luodi.common.moments import Moment
from luodi.kit.calendars import Period
from luodi.ledger.actions import (
    acknowledge,
    apply_for_close_out,
    give_feedback,
    open_item,
    verify_close_out,
)
from luodi.ledger.choices import Source
from luodi.papers.actions import check_paper, save_own_words, sign_paper
from luodi.papers.exports import render
from luodi.papers.models import PaperState
from luodi.supervision.actions import (
    begin_bulletin_paper,
    comment_on_bulletin,
    freeze_bulletin,
    open_due_bulletins,
    preview_bulletin,
    raise_contest,
    rate_department,
    sign_for_bulletin,
)
from luodi.supervision.models import Bulletin

from .calendar import Event, china
from .people import ZONES, Cast

CLOCK = "system:clock"
CALLS = ("协调园区增容用电", "协调地块征收扫尾", "协调企业用工")
"""What a zone called departments for."""

MARKS = ((5, "【演示】到场快，当天给了方案"), (4, ""), (5, "【演示】跟得紧"))


def bulletin_events(cast: Cast, now: datetime) -> list[Event]:
    """What happens to the demo's bulletins and ratings, with when."""
    turns = _turns(Moment(now).today)
    events: list[Event] = []
    for turn in turns[:-1]:
        events += _issued(cast, turn)
    if turns:
        events += _checking(cast, turns[-1], now)
    return events + _ratings(cast)


def _turns(today: date) -> list[Period]:
    """The last two quarters that are over for a fortnight, from the one the demo begins in."""
    last = Period.containing(today - timedelta(days=14), "quarter").previous()
    return [one for one in (last.previous(), last) if one.year >= 2026]


def _open(cast: Cast, turn: Period) -> str:
    return str(Bulletin.objects.get(city=cast.city, period=turn.key).key)


def _issued(cast: Cast, turn: Period) -> list[Event]:
    """Composed, checked by the zones, frozen, signed, signed for."""
    first = turn.next().start
    office, zone = cast.people["office"], cast.people["zone"]

    def preview(at: datetime) -> None:
        open_due_bulletins(by=CLOCK, at=at)
        preview_bulletin(bulletin=_open(cast, turn), by=office, at=at)
        words = "【演示】签约项目集中在下半年，年内可以补上。"
        comment_on_bulletin(bulletin=_open(cast, turn), words=words, by=zone, at=at)

    def freeze(at: datetime) -> None:
        key = _open(cast, turn)
        paper = begin_bulletin_paper(bulletin=key, by=office, at=at).key
        words = {
            "overview": "【演示】本期各开发区投资和签约总体平稳，区与区之间差距拉大。",
            "next": "【演示】居后的开发区要逐项列出追赶措施，下期通报前报专班办公室。",
        }
        save_own_words(paper=paper, paragraphs=words, version=0, by=office, at=at)
        freeze_bulletin(bulletin=key, by=office, at=at)
        checker, leader = cast.people["office-check"], cast.people["office-leader"]
        check_paper(paper=paper, seen=_seen(paper), by=checker, at=at + timedelta(hours=1))
        sign_paper(
            paper=paper, seen=_seen(paper), render=render, by=leader, at=at + timedelta(hours=2)
        )

    def receive(at: datetime) -> None:
        for person in (zone, cast.people["zone-two"]):
            sign_for_bulletin(bulletin=_open(cast, turn), by=person, at=at)

    return [
        Event(china(first + timedelta(days=8), 10), preview),
        Event(china(first + timedelta(days=19), 10), freeze),
        Event(china(first + timedelta(days=20), 11), receive),
    ]


def _seen(paper: str) -> int:
    return int(PaperState.objects.open().get(paper=paper).since_id)


def _checking(cast: Cast, turn: Period, now: datetime) -> list[Event]:
    """Composed a few hours ago; one zone contests a figure."""

    def preview(at: datetime) -> None:
        open_due_bulletins(by=CLOCK, at=at)
        preview_bulletin(bulletin=_open(cast, turn), by=cast.people["office"], at=at)

    def contest(at: datetime) -> None:
        month = turn.children("month")[-1].key
        raise_contest(
            bulletin=_open(cast, turn),
            subject=f"signed-investment:{month}",
            claimed="【演示】应多 12.5 亿元",
            reason="【演示】月底签约的一个项目合同已备案，调度数没有计入。",
            evidence=[("演示合同.txt", "【演示】合同".encode())],
            by=cast.people["zone-two"],
            at=at,
        )

    return [
        Event(now - timedelta(hours=5), preview),
        Event(now - timedelta(hours=3), contest),
    ]


def _ratings(cast: Cast) -> list[Event]:
    """Three call-outs of the zone, handled and closed, and rated."""
    events: list[Event] = []
    for number, title in enumerate(CALLS):
        made: list[str] = []
        day = date(2026, 5, 6) + timedelta(days=number)
        score, words = MARKS[number]
        events += [
            Event(
                china(day, 9, 5),
                lambda at, made=made, title=title: _call(cast, made, title, at),
            ),
            Event(
                china(day + timedelta(days=4), 10),
                lambda at, made=made, score=score, words=words: rate_department(
                    item=made[0], department=cast.units["市工信局"], score=score, words=words,
                    by=cast.people["zone"], at=at,
                ),
            ),
        ]  # fmt: skip
    return events


def _call(cast: Cast, made: list[str], title: str, at: datetime) -> None:
    office, clerk = cast.people["office"], cast.people["gongxin"]
    item = open_item(
        city=cast.city, source=Source.CALL, title=title, content="【演示】开发区吹哨，部门报到。",
        lead=cast.units["市工信局"], cooperating=[cast.units["开发区管委会"], cast.units[ZONES[0]]],
        due_on=Moment(at).today + timedelta(days=10), by=office, at=at,
    )  # fmt: skip
    made.append(item.key)
    acknowledge(item=item.key, by=clerk, at=at + timedelta(minutes=20))
    said = "【演示】已到现场对接，问题解决。"
    give_feedback(item=item.key, text=said, claimed=100, by=clerk, at=at + timedelta(hours=3))
    apply_for_close_out(item=item.key, outcome=said, by=clerk, at=at + timedelta(hours=4))
    verify_close_out(item=item.key, note="【演示】属实", by=office, at=at + timedelta(hours=5))
