"""Letters to test with: a red light of the zone, and a letter brought to a stage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from luodi.common.moments import Moment
from luodi.ledger.actions import open_item
from luodi.orgs.queries import viewer_of_person
from luodi.papers.actions import check_paper, sign_paper
from luodi.papers.exports import render
from luodi.supervision.actions import draft_letter, freeze_letter, move_letter
from luodi.supervision.choices import LetterKind
from luodi.supervision.models import LetterState
from luodi.supervision.queries import letter_row

from .city import City
from .papers import seen as paper_seen

ZONE = "开发区管委会"
PROOF = [("佐证.txt", "示例佐证".encode())]


def red_item(
    city: City, at: datetime, title: str = "示例超期事项", unit: str = ZONE, days: int = 30
) -> str:
    """The key of an item of the unit whose time was over `days` ago on the day of `at`."""
    due = Moment(at).today - timedelta(days=days)
    return open_item(
        city=city.key, source="meeting", title=title, lead=city.units[unit], due_on=due,
        by=city.people["office"], at=at,
    ).key  # fmt: skip


def drafted(
    city: City,
    at: datetime,
    *items: str,
    kind: str = LetterKind.WARNING_LETTER,
    unit: str = ZONE,
    subjects: Sequence[str] = (),
) -> str:
    """A letter drafted by hand about items and other subjects."""
    return draft_letter(
        kind=kind, unit=city.units[unit], subjects=[*(f"item:{key}" for key in items), *subjects],
        by=city.people["office"], at=at,
    ).key  # fmt: skip


def signed(city: City, at: datetime, letter: str) -> str:
    """Freeze, check and sign the text of a letter; `staff_office` came first."""
    office = viewer_of_person(city.people["office"])
    freeze_letter(letter=letter, words={}, viewer=office, by=office.person, at=at)
    paper = letter_row(office, letter, Moment(at)).paper.paper_id
    check_paper(paper=paper, seen=paper_seen(paper), by=city.people["second_office"], at=at)
    sign_paper(
        paper=paper, seen=paper_seen(paper), render=render, by=city.people["office_leader"], at=at
    )
    return letter


def step(city: City, at: datetime, letter: str, who: str, move: str, **given) -> str:
    """One step of a letter by somebody."""
    viewer = viewer_of_person(city.people[who])
    return move_letter(
        letter=letter, move=move, seen=seen(letter), viewer=viewer, by=viewer.person, at=at, **given
    )


def issued(city: City, at: datetime, *items: str, **given) -> str:
    """A letter that its unit has to sign for."""
    letter = signed(city, at, drafted(city, at, *items, **given))
    step(city, at, letter, "office", "issue_letter")
    return letter


def answered(city: City, at: datetime, letter: str) -> str:
    """Signed for, answered and signed by the zone's leader."""
    step(city, at, letter, "zone_staff", "sign_for_letter")
    step(city, at, letter, "zone_staff", "write_answer", text="已逐项整改", files=PROOF)
    step(city, at, letter, "zone_leader", "sign_answer")
    return letter


def seen(letter: str) -> int:
    """The state as it is now: what a page carries."""
    return LetterState.objects.open().get(letter=letter).since_id


def far(day: date, days: int) -> date:
    """So many days after."""
    return day + timedelta(days=days)
