"""An item as an action finds it: its open states, and what the person may be in it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Max
from django.utils.translation import gettext as _

from luodi.common.keys import subject_key
from luodi.common.refusals import Conflict, NotFound
from luodi.orgs.choices import Role
from luodi.orgs.queries import viewer_of_person, visible
from luodi.orgs.rules import UNIT_ROLES, Viewer

from ..choices import PartyRole
from ..flows import COOPERATING, LEAD, OFFICE
from ..models import Extension, Feedback, Item, ItemState, Party


@dataclass(frozen=True)
class Holding:
    """One item with its open rows. `unit` is the party the person acts for ('' for the office)."""

    item: Item
    state: ItemState
    parties: tuple[Party, ...]
    roles: frozenset[str]
    unit: str

    @property
    def subject(self) -> str:
        return subject_key("item", self.item.key)

    @property
    def lead(self) -> Party:
        return next(p for p in self.parties if p.role == PartyRole.LEAD)

    @property
    def cooperating(self) -> tuple[Party, ...]:
        return tuple(p for p in self.parties if p.role == PartyRole.COOPERATING)

    @property
    def scope(self) -> dict[str, str]:
        """The scope columns of what is written about it: the acting unit, else the lead."""
        return {"city": self.item.city, "unit": self.unit or self.lead.unit}

    @property
    def open_request(self) -> Extension | None:
        """The request for more time that waits for the office."""
        return Extension.objects.open().filter(item=self.item, granted=None).first()

    def feedback_since_reopening(self) -> int:
        """How many feedbacks there are, counted from the last reopening where there was one."""
        reopened = ItemState.objects.filter(item=self.item, stage="reopened")
        last = reopened.aggregate(last=Max("since"))["last"] or 0
        first = reopened.filter(since=last).first()
        mark = _run_start(self.item, first) if first else 0
        return Feedback.objects.filter(item=self.item, act__gt=mark).count()


def _run_start(item: Item, state: ItemState) -> int:
    """The position at which an item got into the stage of `state`, unbroken until `state`."""
    start = state.since_id
    while before := ItemState.objects.filter(item=item, until=start, stage=state.stage).first():
        start = before.since_id
    return start


def roles_in(viewer: Viewer, city: str, parties: tuple[Party, ...]) -> tuple[frozenset[str], str]:
    """What a viewer is to an item (lead, cooperating, office), and the party acted for."""
    roles, unit = set(), ""
    for party in sorted(parties, key=lambda p: p.role != PartyRole.LEAD):
        if viewer.acts_for(party.unit, *UNIT_ROLES):
            roles.add(LEAD if party.role == PartyRole.LEAD else COOPERATING)
            unit = unit or party.unit
    if viewer.has(Role.OFFICE) and city in viewer.cities:
        roles.add(OFFICE)
    return frozenset(roles), unit


def hold(item: str, by: str, seen: int | None = None) -> Holding:
    """The item as `by` finds it; `NotFound` outside of the person's scope.

    `seen` is the position of the state a form was filled from: `Conflict` where it has changed.
    """
    viewer = viewer_of_person(by)
    row = visible(Item.objects.filter(key=item), viewer).first()
    if row is None:
        raise NotFound(_("没有这件督办事项，或者它不在您的范围内。"))
    state = ItemState.objects.open().get(item=row)
    if seen is not None and seen != state.since_id:
        raise Conflict(_("这件事项刚刚有了变化，请刷新后再看；您填的内容没有写入。"))
    parties = tuple(Party.objects.open().filter(item=row).order_by("since", "pk"))
    roles, unit = roles_in(viewer, row.city, parties)
    return Holding(row, state, parties, roles, unit)


def next_serial(city: str, year: int) -> int:
    """The next number of a city's year; to be asked inside the deed that uses it."""
    last = Item.objects.filter(city=city, year=year).aggregate(last=Max("serial"))["last"]
    return (last or 0) + 1
