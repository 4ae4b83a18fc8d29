"""What a person's calendar programme reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.orgs.models import Account
from luodi.orgs.queries import rules_changed_at, viewer_of_person
from luodi.orgs.rules import BUSINESS, Viewer

from ..choices import MeetingStage
from ..models import CalendarFeed
from ..rules.feeds import Entry, digest_of
from .calendars import Turn, turns_of
from .meetings import MeetingRow, meetings

AHEAD = timedelta(days=370)
STATUS = {
    MeetingStage.PLANNED: "TENTATIVE",
    MeetingStage.POSTPONED: "TENTATIVE",
    MeetingStage.CANCELLED: "CANCELLED",
}


@dataclass(frozen=True)
class FeedRow:
    """A person's calendar address, without its secret."""

    made_at: datetime


def feed_of(person: str) -> FeedRow | None:
    """The calendar address somebody has now; None where there is none."""
    row = CalendarFeed.objects.open().select_related("since").filter(person=person).first()
    return FeedRow(row.since.at) if row else None


def reader_of(token: str) -> Viewer:
    """Who reads a calendar address now. `NotFound` for a secret that isn't known or was revoked,
    and where the account is closed or the person has no post any more."""
    row = CalendarFeed.objects.open().filter(digest=digest_of(token)).first()
    account = Account.objects.filter(person=row.person_id, is_active=True) if row else None
    viewer = viewer_of_person(row.person_id) if row and account and account.exists() else None
    if viewer is None or not viewer.roles & BUSINESS:
        raise NotFound(_("没有这个日历地址，或者它已经撤销。"))
    return viewer


def entries_of(viewer: Viewer, moment: Moment, site: str) -> list[Entry]:
    """The meetings the viewer may see, and the turns of the coming year. `site` is the address
    of this site, without a slash at the end."""
    found = meetings(viewer, moment)
    entries = [entry for row in found for entry in _meeting(viewer.city, row, site)]
    known_at = rules_changed_at(viewer.city, moment)
    if known_at is not None:
        for turn in turns_of(viewer, moment, moment.today, moment.today + AHEAD, found):
            if turn.meeting is None:
                entries.append(_turn(viewer.city, turn, known_at, site))
    return sorted(entries, key=lambda entry: entry.uid)


def _meeting(city: str, row: MeetingRow, site: str) -> Iterator[Entry]:
    """A meeting on its day; before it is called on the last day of its turn."""
    timed = row.starts_at and row.ends_at
    begins: datetime | date | None = row.starts_at if timed else row.due_on
    ends: datetime | date | None = row.ends_at if timed else row.due_on
    if begins is None or ends is None:
        return
    words = [row.organ, row.stage_label, row.why]
    yield Entry(
        uid=_uid(row.zone or city, row.cadence, row.period) if row.cadence else f"{row.key}@luodi",
        summary=row.title,
        begins=begins,
        ends=ends,
        changed_at=row.changed_at,
        sequence=row.changes,
        status=STATUS.get(MeetingStage(row.stage), "CONFIRMED"),
        place=row.place,
        words="\n".join(word for word in words if word),
        address=f"{site}{row.address}",
        busy=bool(timed) and row.stage != MeetingStage.CANCELLED,
    )


def _turn(city: str, turn: Turn, known_at: datetime, site: str) -> Entry:
    words = _("按规则推算，尚未开启；%(opens)s 起，应于 %(due)s 前完成。") % {
        "opens": turn.opens_on,
        "due": turn.due_on,
    }
    return Entry(
        uid=_uid(turn.zone or city, turn.rule, turn.period),
        summary=f"{turn.organ} · {turn.title}",
        begins=turn.due_on,
        ends=turn.due_on,
        changed_at=known_at,
        status="TENTATIVE",
        words=words,
        busy=False,
    )


def _uid(place: str, rule: str, period: str) -> str:
    """The same for a turn while it is only computed, and for the meeting it becomes."""
    return f"{place}-{rule}-{period}@luodi"
