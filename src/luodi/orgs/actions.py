"""Founding a city from its pack, appointing people, handing over, accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.audit.rules import canonical, sha256
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete, NotFound
from luodi.packs import Stack

from .choices import Role, UnitKind
from .models import (
    Account,
    Membership,
    PackEdition,
    Person,
    PersonDetails,
    Posting,
    Unit,
    UnitState,
)
from .queries import colleagues_in, units_by_name
from .rules import units_in


def found_city(
    *, key: str, pack: Sequence[Any], units: Sequence[Mapping[str, Any]], by: str, at: datetime
) -> Unit:
    """Enter a city, the pack it runs on, and its units.

    `pack` is the content of a pack stack (`packs.Stack.content`). `units` are mappings with
    name, short_name, kind, aliases, parent (a name) and members (names, for collective bodies);
    the first one is the city itself.
    """
    with perform(
        "found_city", by=by, at=at, subjects=[subject_key("unit", key)], scope={"city": key}
    ) as deed:
        keys = {row["name"]: key if n == 0 else new_key() for n, row in enumerate(units)}
        cities = [deed.write(Unit(key=k, city=key)) for k in keys.values()]
        for row in units:
            deed.write(_unit_state(row, keys, key))
        _put_pack_in_force(deed, city=key, content=pack)
    return cities[0]


def _unit_state(row: Mapping[str, Any], keys: Mapping[str, str], city: str) -> UnitState:
    parent = keys.get(row.get("parent", ""), city)
    return UnitState(
        of_id=keys[row["name"]],
        kind=row["kind"],
        name=row["name"],
        short_name=row.get("short_name", ""),
        aliases=list(row.get("aliases", [])),
        members=[keys[name] for name in row.get("members", []) if name in keys],
        parent_id=None if keys[row["name"]] == city else parent,
        pack=row.get("pack", ""),
    )


def _put_pack_in_force(deed: Deed, *, city: str, content: Sequence[Any]) -> None:
    digest = sha256(canonical(content))
    running = PackEdition.objects.open().filter(city=city).first()
    if running and running.digest == digest:
        return
    if running:
        deed.close(running)
    deed.write(PackEdition(city_id=city, digest=digest, content=list(content)))


def renew_pack(*, city: str, pack: Sequence[Any], by: str, at: datetime) -> None:
    """Put a changed pack into force from now on; an unchanged one writes no act."""
    running = PackEdition.objects.open().filter(city=city).first()
    if running and running.digest == sha256(canonical(pack)):
        return
    subjects = [subject_key("unit", city)]
    with perform("renew_pack", by=by, at=at, subjects=subjects, scope={"city": city}) as deed:
        _put_pack_in_force(deed, city=city, content=pack)


@transaction.atomic
def appoint(
    *,
    name: str,
    unit: str,
    role: Role,
    by: str,
    at: datetime,
    title: str = "",
    contact: bool = False,
    generated: bool = False,
    person: str = "",
    email: str = "",
) -> Person:
    """Give a person (a new one unless `person` names one) a role in a unit."""
    home = Unit.objects.filter(key=unit).first()
    if home is None:
        raise NotFound(_("没有这个单位，请从列表里选择。"))
    if not name.strip() and not person:
        raise Incomplete(_("请填写姓名。"))
    key = person or new_key()
    scope = {"city": home.city, "unit": unit}
    subjects = [subject_key("person", key), subject_key("unit", unit)]
    payload = {"role": role, "title": title}
    with perform("appoint", by=by, at=at, subjects=subjects, scope=scope, payload=payload) as deed:
        somebody = Person(key=key, city=home.city, unit=unit)
        if not person:
            deed.write(somebody)
        deed.write(Posting(person_id=key, unit_id=unit, role=role, title=title, contact=contact))
    if not person:
        PersonDetails.objects.create(person_id=key, name=name, email=email, generated=generated)
    return somebody


def hand_over(
    *, person: str, stand_in: str | None, away: bool, by: str, at: datetime, why: str = ""
) -> None:
    """Say that a person is away (or back) and who stands in (AB角), for all their postings."""
    held = list(Posting.objects.open().filter(person=person).select_related("unit"))
    if not held:
        raise NotFound(_("此人目前没有任职，不能交接。"))
    if away and not (stand_in or all(p.stand_in_id for p in held)):
        raise Incomplete(_("请先指定 AB 角替岗人员。"))
    if stand_in and stand_in not in colleagues_in({p.unit_id for p in held}, but=person):
        raise NotFound(_("替岗人员须是本单位的其他人员，请从列表里选择。"))
    scope = {"city": held[0].unit.city, "unit": held[0].unit_id}
    subjects = [subject_key("person", person)]
    with perform(
        "hand_over", by=by, at=at, subjects=subjects, scope=scope, payload={"away": away}, why=why
    ) as deed:
        for posting in held:
            deputy = stand_in or posting.stand_in_id
            deed.replace(posting, away=away, stand_in_id=deputy)


@transaction.atomic
def open_account(*, username: str, password: str, person: str, by: str, at: datetime) -> Account:
    """Let a person sign in. The password is kept as an argon2 hash, in no act."""
    holder = Person.objects.get(key=person)
    scope = {"city": holder.city, "unit": holder.unit}
    subjects = [subject_key("person", person)]
    payload = {"username": username}
    with perform(
        "open_account", by=by, at=at, subjects=subjects, scope=scope, payload=payload
    ) as _deed:
        account = Account.objects.create_user(username, password, person_id=person)
    return account


def set_account_active(*, account: Account, active: bool, by: str, at: datetime, why: str) -> None:
    """Close an account or open it again; the reason stands in the record."""
    if not why.strip():
        raise Incomplete(_("请写明原因。"))
    holder = account.person
    scope = {"city": holder.city, "unit": holder.unit}
    subjects = [subject_key("person", holder.key)]
    payload = {"username": account.username, "active": active}
    with perform(
        "set_account_active",
        by=by,
        at=at,
        subjects=subjects,
        scope=scope,
        payload=payload,
        why=why,
    ):
        Account.objects.filter(pk=account.pk).update(is_active=active)


def erase_person(*, person: str, by: str, at: datetime, why: str) -> None:
    """Erase name, phone and mail of a person; the acts keep the key and nothing else."""
    holder = Person.objects.get(key=person)
    subjects = [subject_key("person", person)]
    scope = {"city": holder.city, "unit": holder.unit}
    with perform("erase_person", by=by, at=at, subjects=subjects, scope=scope, why=why):
        PersonDetails.objects.filter(person=person).delete()


def enter_organ(
    *,
    deed: Deed,
    city: str,
    name: str,
    kind: UnitKind,
    term: tuple[str, str],
    members: Sequence[Mapping[str, str]],
    sentence: str,
    at: datetime,
) -> tuple[str, list[tuple[str, str]]]:
    """Write a new task force or leading group with its seats into `deed`.

    `members` have role, name and post. Returns the organ's key and (person key, name) pairs:
    the caller stores the names with `name_people` in the same transaction.
    """
    organ = deed.write(Unit(key=new_key(), city=city))
    deed.write(
        UnitState(
            of_id=organ.key,
            kind=kind,
            name=name,
            parent_id=city,
            term_from=term[0],
            term_to=term[1],
            sentence=sentence,
        )
    )
    return organ.key, seat(deed=deed, city=city, organ=organ.key, members=members, at=at)


def staff_organ(
    *,
    deed: Deed,
    state: UnitState,
    term: tuple[str, str],
    members: Sequence[Mapping[str, str]],
    sentence: str,
    at: datetime,
) -> list[tuple[str, str]]:
    """Give an organ that the city has already its term and seats, where it has none yet.

    Returns (person key, name) pairs, as `enter_organ` does.
    """
    if any(term) and not (state.term_from or state.term_to):
        deed.replace(state, term_from=term[0], term_to=term[1], sentence=sentence)
    if Membership.objects.open().filter(organ=state.of_id).exists():
        return []
    return seat(deed=deed, city=state.of.city, organ=state.of_id, members=members, at=at)


def seat(
    *, deed: Deed, city: str, organ: str, members: Sequence[Mapping[str, str]], at: datetime
) -> list[tuple[str, str]]:
    """Write the seats of an organ into `deed`, in order; returns (person key, name) pairs."""
    names, known = [], units_by_name(city, Moment(at))
    held = Membership.objects.open().filter(organ=organ).count()
    for order, row in enumerate(members, start=held + 1):
        person = deed.write(Person(key=new_key(), city=city))
        deed.write(
            Membership(
                organ_id=organ,
                person_id=person.key,
                seat=row["role"],
                post=row["post"],
                unit_id=_home_of(row["post"], known),
                order=order,
            )
        )
        names.append((person.key, row["name"]))
    return names


@transaction.atomic
def take_seat(
    *, organ: str, name: str, post: str, role: str, by: str, at: datetime, why: str = ""
) -> None:
    """Add a member to a task force or leading group (人员变动由办公室动态调整)."""
    state = _organ(organ)
    if not (name.strip() and post.strip() and role.strip()):
        raise Incomplete(_("请填写姓名、职务和在专班中的身份。"))
    subjects, scope = [subject_key("unit", organ)], {"city": state.of.city}
    payload = {"role": role, "post": post}
    row = {"role": role.strip()[:30], "post": post.strip()[:120], "name": name.strip()[:60]}
    with perform(
        "take_seat", by=by, at=at, subjects=subjects, scope=scope, payload=payload, why=why
    ) as deed:
        names = seat(deed=deed, city=state.of.city, organ=organ, members=[row], at=at)
        deed.touch(*(subject_key("person", key) for key, _name in names))
    name_people(names=names, by=by, at=at)


def leave_seat(*, organ: str, person: str, why: str, by: str, at: datetime) -> None:
    """End a membership, for a reason; the seat stays in the history."""
    state = _organ(organ)
    held = Membership.objects.open().filter(organ=organ, person=person).first()
    if held is None:
        raise NotFound(_("此人现在不是这个专班的成员，请刷新后再看。"))
    if not why.strip():
        raise Incomplete(_("请写明变动原因。"))
    subjects = [subject_key("unit", organ), subject_key("person", person)]
    scope = {"city": state.of.city}
    with perform("leave_seat", by=by, at=at, subjects=subjects, scope=scope, why=why) as deed:
        deed.close(held)


def _organ(key: str) -> UnitState:
    """A task force or leading group as it is now."""
    kinds = (UnitKind.TASK_FORCE, UnitKind.LEADING_GROUP)
    state = UnitState.objects.open().filter(of=key, kind__in=kinds).select_related("of").first()
    if state is None:
        raise NotFound(_("没有这个专班或领导小组。"))
    return state


def _home_of(post: str, known: Mapping[str, Sequence[UnitState]]) -> str | None:
    """The unit a post belongs to: the longest unit name that the post begins with."""
    for length in range(len(post), 2, -1):
        found = known.get(post[:length], ())
        if len(found) == 1:
            return found[0].of_id
    return None


def name_people(*, names: Sequence[tuple[str, str]], by: str, at: datetime) -> None:
    """Store the erasable names of people just entered by an act of `by` at `at`."""
    PersonDetails.objects.bulk_create(
        PersonDetails(person_id=key, name=name) for key, name in names
    )


def enter_city(*, stack: Stack, by: str, at: datetime) -> Unit:
    """Found the city that a pack stack describes, with the units, aliases and members it lists."""
    return found_city(
        key=stack.key,
        pack=stack.content(),
        units=units_in(stack, Moment(at).today),
        by=by,
        at=at,
    )
