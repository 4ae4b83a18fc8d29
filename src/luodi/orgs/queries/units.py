"""Cities and units, what documents call them, and the pack a city runs on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luodi.common.doors import Found
from luodi.common.languages import listed
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.kit.commitments.spellings import spellings
from luodi.packs.schemas import AliasRule, UnitRule

from ..choices import UnitKind
from ..models import Unit, UnitState
from ..rules import Viewer
from .packs import pack_of


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
class UnitRow:
    """A unit in words."""

    key: str
    name: str
    kind: str
    parent: str
    aliases: str
    members: str
    term: str


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
            listed(row.aliases),
            listed(names.get(key, "") for key in row.members),
            f"{row.term_from}–{row.term_to}" if row.term_to else "",
        )
        for row in states
    ]


def find_unit(key: str) -> Found | None:
    """A unit as a subject: its names are searched by everybody in the city."""
    state = UnitState.objects.open().filter(of=key).select_related("of").first()
    if state is None:
        return None
    body = " ".join([state.short_name, *state.aliases])
    address = reverse("unit", args=[key])
    return Found(state.name, address, _("单位"), body, {"city": state.of.city})
