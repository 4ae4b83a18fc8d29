"""A request as an action finds it: its open rows, and what the person may be in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from luodi.common.keys import subject_key
from luodi.common.refusals import Conflict, NotFound
from luodi.kit.calendars import Pause
from luodi.orgs.choices import Role
from luodi.orgs.queries import viewer_of_person, visible
from luodi.orgs.rules import UNIT_ROLES, Viewer

from ..flows import CALLED, DESK, FIRM
from ..models import (
    CallOut,
    FirmQuestion,
    Request,
    RequestClock,
    RequestState,
    Satisfaction,
    Timetable,
)
from ..rules import Story

WAITING_WORDS = "等待企业补充"


@dataclass(frozen=True)
class Holding:
    """One request with its open rows. `unit` is the one the person acts for ('' for the office)."""

    request: Request
    state: RequestState
    calls: tuple[CallOut, ...]
    roles: frozenset[str]
    unit: str

    @property
    def subject(self) -> str:
        return subject_key("request", self.request.key)

    @property
    def desk(self) -> str:
        """The zone or county whose desk handles it now."""
        return desk_of(self.request, self.state)

    @property
    def scope(self) -> dict[str, str]:
        """The scope of what is written about it and the firm may know of."""
        asked = self.request
        return {
            "city": asked.city,
            "zone": asked.zone,
            "unit": self.unit or self.state.lead,
            "enterprise": self.state.firm,
        }

    @property
    def inner_scope(self) -> dict[str, str]:
        """The scope of what offices write among themselves: no enterprise in it."""
        return {"city": self.request.city, "unit": self.unit or self.state.lead}

    @property
    def clocks(self) -> list[RequestClock]:
        """The limits of the present round."""
        rows = RequestClock.objects.open().filter(request=self.request, round=self.state.round)
        return list(rows.order_by("pk"))

    @property
    def question(self) -> FirmQuestion | None:
        """The question that waits for the firm."""
        rows = FirmQuestion.objects.open().filter(request=self.request, answered_at=None)
        return rows.first()


def desk_of(asked: Request, state: RequestState) -> str:
    """The zone or county whose desk handles a request: where it came to, or was handed over to."""
    return state.desk or asked.unit


def roles_in(
    viewer: Viewer, asked: Request, state: RequestState, calls: Sequence[CallOut]
) -> tuple[frozenset[str], str]:
    """What a viewer is to a request (desk, called, firm), and the unit acted for."""
    if viewer.enterprise:
        return frozenset({FIRM} if viewer.enterprise == state.firm else ()), ""
    roles, unit = set(), ""
    for desk in dict.fromkeys((state.lead, desk_of(asked, state))):
        if viewer.acts_for(desk, *UNIT_ROLES):
            roles.add(DESK)
            unit = unit or desk
    for call in calls:
        if viewer.acts_for(call.unit, *UNIT_ROLES):
            roles.add(CALLED)
            unit = unit or call.unit
    if viewer.has(Role.OFFICE) and asked.city in viewer.cities:
        roles.add(DESK)
    return frozenset(roles), unit


def hold(request: str, by: str, seen: int | None = None) -> Holding:
    """The request as `by` finds it; `NotFound` outside of the person's scope.

    `seen` is the position of the state a form was filled from: `Conflict` where it has changed.
    """
    viewer = viewer_of_person(by)
    row = visible(Request.objects.filter(key=request), viewer).first()
    if row is None:
        raise NotFound(_("没有这件诉求，或者它不在您的范围内。"))
    state = RequestState.objects.open().get(request=row)
    if seen is not None and seen != state.since_id:
        raise Conflict(_("这件诉求刚刚有了变化，请刷新后再看；您填的内容没有写入。"))
    calls = tuple(CallOut.objects.open().filter(request=row).order_by("pk"))
    roles, unit = roles_in(viewer, row, state, calls)
    return Holding(row, state, calls, roles, unit)


def story_of(request: str, started_at: datetime, round_: int) -> Story:
    """What the limits of a round count: questions since its beginning, its latest timetable."""
    questions = FirmQuestion.objects.open().filter(request=request).order_by("asked_at")
    pauses = [
        Pause(q.asked_at, q.answered_at, WAITING_WORDS)
        for q in questions
        if q.answered_at is None or q.answered_at > started_at
    ]
    tables = Timetable.objects.filter(request=request, round=round_).order_by("-act")
    agreed = tables.values_list("until_on", flat=True).first()
    return Story(started_at, tuple(pauses), agreed)


def noted_word(request: str, at: datetime) -> Satisfaction | None:
    """The last word that staff noted for the firm, while its own may still stand in its place."""
    words = list(Satisfaction.objects.filter(request=request).order_by("act"))
    own = {word.round for word in words if not word.noted}
    if not words or not words[-1].noted or words[-1].round in own:
        return None
    last = words[-1]
    return last if last.own_by is not None and at <= last.own_by else None


def next_serial(city: str, year: int) -> int:
    """The next number of a city's year; to be asked inside the deed that uses it."""
    last = Request.objects.filter(city=city, year=year).aggregate(last=Max("serial"))["last"]
    return (last or 0) + 1
