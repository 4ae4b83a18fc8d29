"""The demo's letters: one answered and closed, one that waits, one talk. All said is generated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from luodi.common.moments import Moment
from luodi.ledger.actions import open_item
from luodi.ledger.choices import Source
from luodi.orgs.choices import Role
from luodi.orgs.queries import people_with, viewer_of_person
from luodi.papers.actions import check_paper, sign_paper
from luodi.papers.exports import render
from luodi.papers.queries import open_state
from luodi.supervision.actions import (
    arrange_talk,
    draft_letter,
    freeze_letter,
    move_letter,
    move_rectification,
    plan_rectification,
    record_talk,
)
from luodi.supervision.models import AdmonitoryTalk, LetterState, RectificationState
from luodi.supervision.queries import letter_row

from .calendar import Event, china
from .people import ZONES, Cast

PROOF = [("演示佐证.txt", "【演示】示例佐证材料".encode())]
DAY = timedelta(days=1)


@dataclass
class _Told:
    """One letter of the demo: to which unit, about what; its key once it is drafted."""

    cast: Cast
    unit: str
    what: str
    kind: str = "warning_letter"
    keys: dict[str, str] = field(default_factory=dict)

    @property
    def letter(self) -> str:
        return self.keys["letter"]

    def item(self, at: datetime) -> None:
        """A supervised item whose day passes."""
        one = open_item(
            city=self.cast.city, source=Source.MEETING, title=self.what,
            content="【演示】演示事项。", lead=self.cast.units[self.unit],
            due_on=Moment(at).today + 10 * DAY,
            by=self.cast.people["office"], at=at,
        )  # fmt: skip
        self.keys["item"] = one.key

    def draft(self, at: datetime) -> None:
        """The office drafts a letter about the item."""
        self.keys["letter"] = draft_letter(
            kind=self.kind, unit=self.cast.units[self.unit],
            subjects=[f"item:{self.keys['item']}"], by=self.cast.people["office"], at=at,
        ).key  # fmt: skip

    def sign(self, at: datetime) -> None:
        """Frozen, checked, signed, issued within a morning."""
        people = self.cast.people
        office = viewer_of_person(people["office"])
        freeze_letter(letter=self.letter, words={}, viewer=office, by=office.person, at=at)
        row = letter_row(office, self.letter, Moment(at))
        paper = row.paper.paper_id if row.paper else ""
        seen = open_state(paper).since_id
        check_paper(paper=paper, seen=seen, by=people["office-check"], at=at)
        seen = open_state(paper).since_id
        sign_paper(paper=paper, seen=seen, render=render, by=people["office-leader"], at=at)
        self.move(at, "issue_letter", Role.OFFICE)

    def move(self, at: datetime, move: str, *roles: Role, **given: Any) -> None:
        """One step by somebody of the unit, or of the office."""
        by = self.somebody(*roles)
        state = LetterState.objects.open().get(letter=self.letter)
        move_letter(
            letter=self.letter, move=move, seen=state.since_id, viewer=viewer_of_person(by), by=by,
            at=at, **given,
        )  # fmt: skip

    def somebody(self, *roles: Role) -> str:
        """The key of a person of the unit, or of the office."""
        if Role.OFFICE in roles:
            return self.cast.people["office"]
        return people_with(self.cast.units[self.unit], roles)[0]

    def receive(self, at: datetime) -> None:
        """Signed for, with the first measure."""
        self.move(at, "sign_for_letter", Role.CLERK, Role.ZONE_STAFF)
        by = self.somebody(Role.CLERK, Role.ZONE_STAFF)
        self.keys["measure"] = plan_rectification(
            letter=self.letter, measure="【演示】倒排工期，每周报进度",
            due_on=Moment(at).today + 12 * DAY, viewer=viewer_of_person(by), by=by, at=at,
        ).key  # fmt: skip

    def answer(self, at: datetime) -> None:
        """Answered with evidence, signed by the unit's leader."""
        said = {"text": "【演示】已查明原因，逐项明确措施、时限和责任人。", "files": PROOF}
        self.move(at, "write_answer", Role.CLERK, Role.ZONE_STAFF, **said)
        self.move(at, "sign_answer", Role.LEADER_IN_CHARGE)

    def report(self, at: datetime) -> None:
        """The measure is reported done."""
        by = self.somebody(Role.CLERK, Role.ZONE_STAFF)
        self._measure(at, "report_rectification", by, text="【演示】已完成", files=PROOF)

    def close(self, at: datetime) -> None:
        """The measure verified, looked at, closed."""
        self._measure(at, "verify_rectification", self.cast.people["office"])
        self.move(at, "pass_recheck", Role.OFFICE, text="【演示】现场看过，已整改到位。")
        self.move(at, "close_letter", Role.OFFICE)

    def _measure(self, at: datetime, move: str, by: str, **given: Any) -> None:
        seen = RectificationState.objects.open().get(rectification=self.keys["measure"]).since_id
        move_rectification(
            letter=self.letter, rectification=self.keys["measure"], move=move, seen=seen,
            viewer=viewer_of_person(by), by=by, at=at, **given,
        )  # fmt: skip

    def arrange(self, at: datetime) -> None:
        """Who talks, when and where."""
        office = viewer_of_person(self.cast.people["office"])
        arrange_talk(
            letter=self.letter, talker=self.cast.people["leader"], held_at=at + 5 * DAY,
            place="【演示】市政府第二会议室", seen=0, viewer=office, by=office.person, at=at,
        )  # fmt: skip

    def talk(self, at: datetime) -> None:
        """The talk takes place."""
        office = viewer_of_person(self.cast.people["office"])
        now = AdmonitoryTalk.objects.open().get(letter=self.letter)
        record_talk(
            letter=self.letter, held_at=at, place=now.place, seen=now.since_id,
            record="【演示】指出进度滞后的问题，要求限期整改。",
            commitments="【演示】表态月底前补齐进度。", viewer=office, by=office.person, at=at,
        )  # fmt: skip


def letter_events(cast: Cast) -> list[Event]:
    """What happens to three letters, with when."""
    done = _Told(cast, ZONES[0], "示例园区道路竣工验收")
    waits = _Told(cast, ZONES[1], "示例污水管网接通")
    talk = _Told(cast, ZONES[2], "示例供地手续办结", "talk_notice")

    def on(day: date, do: Callable[[datetime], None], hour: int = 9) -> Event:
        return Event(china(day, hour), do)

    return [
        on(date(2026, 3, 2), done.item),
        on(date(2026, 3, 30), done.draft),
        on(date(2026, 3, 31), done.sign),
        on(date(2026, 4, 1), done.receive),
        on(date(2026, 4, 2), done.answer),
        on(date(2026, 4, 10), done.report),
        on(date(2026, 4, 15), done.close),
        on(date(2026, 8, 3), talk.item),
        on(date(2026, 9, 21), talk.draft),
        on(date(2026, 9, 21), talk.arrange, 10),
        on(date(2026, 9, 22), talk.sign),
        on(date(2026, 9, 26), talk.talk, 10),
        on(date(2026, 9, 27), talk.receive),
        on(date(2026, 9, 28), talk.answer),
        on(date(2026, 10, 12), waits.item),
        on(date(2026, 11, 25), waits.draft),
        on(date(2026, 11, 26), waits.sign),
    ]
