"""Who is looking, and which rows they see: the one place where that is decided."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from luodi.audit.models import Scoped
from luodi.common.moments import Moment

from ..choices import Role
from ..models import Account, EnterprisePosting, EnterpriseState, Posting
from ..rules import BUSINESS, ENTERPRISES, NOBODY, UNIT_ROLES, Viewer
from .people import name_of

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
    if not postings:
        return _viewer_of_enterprise(person)
    first = postings[0].unit
    return Viewer(
        person=person,
        name=name_of(person),
        city=first.city,
        unit=first.key,
        roles=frozenset(p.role for p in postings),
        units=frozenset(p.unit_id for p in postings),
        cities=frozenset(p.unit.city for p in postings),
        unit_roles=frozenset((p.unit_id, p.role) for p in postings),
    )


def _viewer_of_enterprise(person: str) -> Viewer:
    """Somebody who speaks for an enterprise: in no unit, so that no unit's rows are theirs."""
    spoken = EnterprisePosting.objects.open().select_related("enterprise").filter(person=person)
    posting = spoken.first()
    return Viewer(
        person=person,
        name=name_of(person),
        city=posting.enterprise.city if posting else "",
        unit="",
        roles=ENTERPRISES if posting else frozenset(),
        cities=frozenset({posting.enterprise.city} if posting else ()),
        enterprise=posting.enterprise_id if posting else "",
    )


def visible(rows: QuerySet[Row], viewer: Viewer) -> QuerySet[Row]:
    """The rows of a scoped model that `viewer` may see: the only filter of its kind.

    Scope is always the viewer's present one, whatever moment is looked at.
    """
    model = rows.model
    assert issubclass(model, Scoped), f"{model.__name__} has no scope columns"
    inside = Q(city__in=viewer.cities)
    if viewer.enterprise:
        return rows.filter(inside & model.shown_to(viewer.enterprise))
    if not viewer.roles & BUSINESS:
        return rows.none()  # administration, security and audit see no business rows
    if not viewer.sees_whole_city:
        inside &= model.shared_with(viewer.units)
    return rows.filter(inside).distinct() if not viewer.sees_whole_city else rows.filter(inside)


def enterprises_served(viewer: Viewer, moment: Moment) -> QuerySet[EnterpriseState]:
    """Every enterprise of the viewer's cities, for people who enter something for one that they
    don't look after: what asks here shows its name and code, and no more of it.

    None for administrators, and none for enterprises, which don't see each other.
    """
    if viewer.enterprise or not viewer.has(Role.OFFICE, *UNIT_ROLES):
        return EnterpriseState.objects.none()
    return EnterpriseState.objects.at(moment).filter(city__in=viewer.cities)


def may_see(viewer: Viewer, scope: dict[str, str]) -> bool:
    """The same decision for one row's scope: its columns, and `units` (several, by spaces)."""
    if scope.get("city") not in viewer.cities:
        return False
    enterprise = scope.get("enterprise", "")
    if viewer.enterprise:
        return enterprise == viewer.enterprise
    if not viewer.roles & BUSINESS:
        return False
    units = {scope.get("unit", ""), scope.get("zone", ""), *scope.get("units", "").split()} - {""}
    of_the_city = not units and not enterprise
    return viewer.sees_whole_city or of_the_city or bool(units & viewer.units)
