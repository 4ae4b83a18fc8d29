"""Task forces and leading groups with their seats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete, NotFound

from ..choices import UnitKind
from ..models import Membership, Person, PersonDetails, Unit, UnitState
from ..queries import units_by_name


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
