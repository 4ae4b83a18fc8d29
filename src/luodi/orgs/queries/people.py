"""People, their postings, seats and accounts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from luodi.common.moments import Moment

from ..models import Account, Caller, Membership, PersonDetails, Posting
from ..rules import REPORTERS, UNIT_ROLES, Viewer
from .units import unit_names


def name_of(person: str) -> str:
    """A person's name, or a dash where it has been erased."""
    details = PersonDetails.objects.filter(person=person).first()
    return details.name if details else "—"


def caller_of(subject: str) -> tuple[str, str]:
    """Name and phone of who called about a subject; empty where nobody is kept."""
    row = Caller.objects.filter(subject=subject).first()
    return (row.name, row.phone) if row else ("", "")


def names_of(people: Iterable[str]) -> dict[str, str]:
    """Names by person key."""
    rows = PersonDetails.objects.filter(person__in=set(people))
    return dict(rows.values_list("person", "name"))


def people_with(unit: str, roles: Iterable[str]) -> list[str]:
    """The persons holding one of `roles` in `unit` now; stand-ins where the holder is away."""
    rows = Posting.objects.open().filter(unit=unit, role__in=set(roles))
    return [row.stand_in_id if row.away and row.stand_in_id else row.person_id for row in rows]


def handlers_of(unit: str) -> list[str]:
    """Who handles what comes to a unit: its clerks, or whoever works there where it has none."""
    return people_with(unit, REPORTERS) or people_with(unit, UNIT_ROLES)


def people_of_city(city: str, roles: Iterable[str]) -> list[str]:
    """The persons holding one of `roles` anywhere in a city now; stand-ins for those away."""
    rows = Posting.objects.open().filter(unit__city=city, role__in=set(roles))
    return [row.stand_in_id if row.away and row.stand_in_id else row.person_id for row in rows]


@dataclass(frozen=True)
class Seat:
    """A seat of a task force in words."""

    person: str
    seat: str
    name: str
    post: str
    unit: str


def members_of(organ: str, moment: Moment) -> list[Seat]:
    """The seats of a task force at a moment, in the document's order. Names are the present's."""
    rows = list(Membership.objects.at(moment).filter(organ=organ).order_by("order"))
    names = names_of(row.person_id for row in rows)
    units = unit_names((row.unit_id for row in rows if row.unit_id), moment)
    return [
        Seat(
            row.person_id,
            row.seat,
            names.get(row.person_id, "—"),
            row.post,
            units.get(row.unit_id or "", ""),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Holding:
    """A posting in words."""

    unit: str
    role: str
    title: str
    away: bool
    stand_in: str


def postings_of(person: str, moment: Moment) -> list[Holding]:
    """What a person holds at a moment."""
    rows = list(Posting.objects.at(moment).filter(person=person))
    units = unit_names({row.unit_id for row in rows}, moment)
    people = names_of(row.stand_in_id for row in rows if row.stand_in_id)
    return [
        Holding(
            units.get(row.unit_id, ""),
            row.get_role_display(),
            row.title,
            row.away,
            people.get(row.stand_in_id or "", ""),
        )
        for row in rows
    ]


def colleagues_in(units: Iterable[str], *, but: str) -> set[str]:
    """The persons posted in these units now, without one of them."""
    rows = Posting.objects.open().filter(unit__in=set(units)).exclude(person=but)
    return set(rows.values_list("person", flat=True))


def colleagues_of(viewer: Viewer, moment: Moment) -> list[tuple[str, str]]:
    """Key and name of the others in the viewer's units: who may stand in."""
    rows = Posting.objects.at(moment).filter(unit__in=viewer.units).exclude(person=viewer.person)
    return sorted(names_of(rows.values_list("person", flat=True)).items(), key=lambda p: p[1])


@dataclass(frozen=True)
class PersonRow:
    """One posting of one person, with the account if there is one."""

    key: str
    name: str
    unit: str
    role: str
    title: str
    away: bool
    username: str
    account_state: str


def people_rows(viewer: Viewer, moment: Moment) -> list[PersonRow]:
    """Everybody posted in the viewer's cities at a moment; names and accounts of the present."""
    postings = Posting.objects.at(moment).filter(person__city__in=viewer.cities)
    rows = list(postings.order_by("unit", "role"))
    names = names_of(row.person_id for row in rows)
    units = unit_names((row.unit_id for row in rows), moment)
    accounts = {a.person_id: a for a in Account.objects.filter(person__city__in=viewer.cities)}
    return [_person_row(row, names, units, accounts.get(row.person_id)) for row in rows]


def _person_row(
    row: Posting, names: dict[str, str], units: dict[str, str], account: Account | None
) -> PersonRow:
    state = "" if account is None else str(_("启用") if account.is_active else _("停用"))
    return PersonRow(
        row.person_id,
        names.get(row.person_id, "—"),
        units.get(row.unit_id, ""),
        row.get_role_display(),
        row.title,
        row.away,
        account.username if account else "",
        state,
    )


def account_of(viewer: Viewer, username: str) -> Account | None:
    """An account of the viewer's cities by its name."""
    return Account.objects.filter(username=username, person__city__in=viewer.cities).first()
