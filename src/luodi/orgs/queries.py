"""Who is who, and which rows a viewer sees."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luodi.audit.models import Scoped
from luodi.common.doors import Found
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.kit.commitments.spellings import spellings
from luodi.packs import Stack
from luodi.packs.schemas import AliasRule, UnitRule

from .choices import UnitKind
from .models import Account, Membership, PackEdition, PersonDetails, Posting, Unit, UnitState
from .rules import BUSINESS, NOBODY, Viewer

Row = TypeVar("Row", bound=Model)


def viewer_of(account: Account | None) -> Viewer:
    """The viewer an account stands for, with the postings open now and those stood in for."""
    if account is None or not account.is_active:
        return NOBODY
    return viewer_of_person(account.person_id)


def viewer_of_person(person: str) -> Viewer:
    """The same for a person: what an action checks `by` against. Nobody known sees nothing."""
    own = Posting.objects.open().select_related("unit").filter(person=person)
    lent = Posting.objects.open().select_related("unit").filter(stand_in=person, away=True)
    postings = [*own, *lent]
    first = postings[0].unit if postings else None
    return Viewer(
        person=person,
        name=name_of(person),
        city=first.city if first else "",
        unit=first.key if first else "",
        roles=frozenset(p.role for p in postings),
        units=frozenset(p.unit_id for p in postings),
        cities=frozenset(p.unit.city for p in postings),
        unit_roles=frozenset((p.unit_id, p.role) for p in postings),
    )


def visible(rows: QuerySet[Row], viewer: Viewer) -> QuerySet[Row]:
    """The rows of a scoped model that `viewer` may see: the only filter of its kind.

    Scope is always the viewer's present one, whatever moment is looked at.
    """
    if not viewer.roles & BUSINESS:
        return rows.none()  # administration, security and audit see no business rows
    model = rows.model
    assert issubclass(model, Scoped), f"{model.__name__} has no scope columns"
    inside = Q(city__in=viewer.cities)
    if not viewer.sees_whole_city:
        inside &= model.shared_with(viewer.units)
    return rows.filter(inside).distinct() if not viewer.sees_whole_city else rows.filter(inside)


def may_see(viewer: Viewer, scope: dict[str, str]) -> bool:
    """The same decision for one row's scope: city, unit, and `units` (several, by spaces)."""
    if scope.get("city") not in viewer.cities or not viewer.roles & BUSINESS:
        return False
    units = {scope.get("unit", ""), *scope.get("units", "").split()} - {""}
    return viewer.sees_whole_city or not units or bool(units & viewer.units)


def units_of(city: str, moment: Moment) -> QuerySet[UnitState]:
    """The units of a city at a moment, by name."""
    return UnitState.objects.at(moment).filter(of__city=city).select_related("of").order_by("name")


def unit_names(keys: Iterable[str], moment: Moment) -> dict[str, str]:
    """Short names (or names) of units by key."""
    rows = UnitState.objects.at(moment).filter(of__in=set(keys))
    return {row.of_id: row.short_name or row.name for row in rows}


def place_and_unit(city: str, unit: str, moment: Moment) -> tuple[str, str]:
    """What the top bar says: the place a city's government is of (晋城市), and a unit's name."""
    rows = {row.of_id: row for row in UnitState.objects.at(moment).filter(of__in={city, unit})}
    place = rows[city].name.removesuffix("人民政府") if city in rows else ""
    return place, (rows[unit].short_name or rows[unit].name) if unit in rows else ""


def resolve_units(city: str, written: str, moment: Moment) -> list[UnitState]:
    """The units a written name may mean: one, none, or several where it is ambiguous."""
    return units_by_name(city, moment).get(written, [])


def units_by_name(city: str, moment: Moment) -> dict[str, list[UnitState]]:
    """The units of a city under every name a document may call them by, read once.

    A name as registered goes before a usual spelling of another (工信局 for 市工信局); what is a
    spelling of several units names them all, for a person to choose.
    """
    rows = list(units_of(city, moment))
    index: dict[str, list[UnitState]] = {}
    for row in rows:
        for name in _registered(row):
            index.setdefault(name, []).append(row)
    spelled: dict[str, list[UnitState]] = {}
    for row in rows:
        for form in {form for name in _registered(row) for form in spellings(name)} - index.keys():
            spelled.setdefault(form, []).append(row)
    return index | spelled


def _registered(row: UnitState) -> set[str]:
    return {row.name, row.short_name, *row.aliases} - {""}


@dataclass(frozen=True)
class LocalName:
    """A word that a pack gives a meaning in some documents only: what it means there, and where."""

    says: str
    unit: UnitState
    where: str


def local_names(city: str, moment: Moment) -> list[LocalName]:
    """The words of a city's packs that mean a unit only `where` they say (示范区)."""
    stack = pack_of(city, moment)
    names = {rule.key: rule.name for rule in stack.all("units", UnitRule, moment.today)}
    known = units_by_name(city, moment)
    return [
        LocalName(rule.says, known[names[rule.means]][0], rule.where)
        for rule in stack.all("aliases", AliasRule, moment.today)
        if rule.where and known.get(names.get(rule.means, ""))
    ]


def expand(unit: UnitState, moment: Moment) -> list[str]:
    """The keys of the units that really act: a collective body's members, or the unit itself."""
    return list(unit.members) if unit.kind == UnitKind.COLLECTIVE else [unit.of_id]


def name_of(person: str) -> str:
    """A person's name, or a dash where it has been erased."""
    details = PersonDetails.objects.filter(person=person).first()
    return details.name if details else "—"


def names_of(people: Iterable[str]) -> dict[str, str]:
    """Names by person key."""
    rows = PersonDetails.objects.filter(person__in=set(people))
    return dict(rows.values_list("person", "name"))


def people_with(unit: str, roles: Iterable[str]) -> list[str]:
    """The persons holding one of `roles` in `unit` now; stand-ins where the holder is away."""
    rows = Posting.objects.open().filter(unit=unit, role__in=set(roles))
    return [row.stand_in_id if row.away and row.stand_in_id else row.person_id for row in rows]


def people_of_city(city: str, roles: Iterable[str]) -> list[str]:
    """The persons holding one of `roles` anywhere in a city now; stand-ins for those away."""
    rows = Posting.objects.open().filter(unit__city=city, role__in=set(roles))
    return [row.stand_in_id if row.away and row.stand_in_id else row.person_id for row in rows]


def pack_of(city: str, moment: Moment) -> Stack:
    """The packs a city ran on at a moment, stacked; an empty stack where none was in force."""
    editions = PackEdition.objects.at(moment).filter(city=city)
    digest = editions.values_list("digest", flat=True).first()
    return _stack_of(digest) if digest else Stack(())


@lru_cache(maxsize=64)
def _stack_of(digest: str) -> Stack:
    """A stored edition, read back once: its digest is its content."""
    edition = PackEdition.objects.filter(digest=digest).first()
    return Stack.from_content(edition.content) if edition else Stack(())


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


def unit_for(viewer: Viewer, key: str, moment: Moment) -> UnitState:
    """A unit of the viewer's cities at a moment, or `NotFound`."""
    states = UnitState.objects.at(moment).filter(of=key, of__city__in=viewer.cities)
    state = states.select_related("of").first()
    if state is None:
        raise NotFound(_("没有这个单位，或者不在您的城市。"))
    return state


def city_unit(key: str) -> Unit:
    """The root unit of a city."""
    return Unit.objects.get(key=key)


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


@dataclass(frozen=True)
class UnitRow:
    """A unit in words."""

    key: str
    name: str
    kind: str
    parent: str
    aliases: str
    members: str
    term: str


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


def unit_rows(viewer: Viewer, moment: Moment) -> list[UnitRow]:
    """All units of the viewer's cities at a moment."""
    states = list(UnitState.objects.at(moment).filter(of__city__in=viewer.cities))
    names = {row.of_id: row.name for row in states}
    return [
        UnitRow(
            row.of_id,
            row.name,
            row.get_kind_display(),
            names.get(row.parent_id or "", ""),
            "、".join(row.aliases),
            "、".join(names.get(key, "") for key in row.members),
            f"{row.term_from}–{row.term_to}" if row.term_to else "",
        )
        for row in states
    ]


def account_of(viewer: Viewer, username: str) -> Account | None:
    """An account of the viewer's cities by its name."""
    return Account.objects.filter(username=username, person__city__in=viewer.cities).first()


def find_unit(key: str) -> Found | None:
    """A unit as a subject: its names are searched by everybody in the city."""
    state = UnitState.objects.open().filter(of=key).select_related("of").first()
    if state is None:
        return None
    body = " ".join([state.short_name, *state.aliases])
    address = reverse("unit", args=[key])
    return Found(state.name, address, _("单位"), body, {"city": state.of.city})
