"""Appointing people, handing over, accounts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import new_key, subject_key
from luodi.common.refusals import Incomplete, NotAllowed, NotFound

from ..choices import Role
from ..models import Account, Caller, EnterprisePosting, Person, PersonDetails, Posting, Unit
from ..queries import colleagues_in


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
    if role == Role.ENTERPRISE or EnterprisePosting.objects.open().filter(person=person).exists():
        raise NotAllowed(_("企业人员只代表本企业，不能同时在单位任职。"))
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
    scope = {"city": holder.city, "unit": holder.unit, "enterprise": holder.enterprise}
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
    scope = {"city": holder.city, "unit": holder.unit, "enterprise": holder.enterprise}
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


def note_caller(*, subject: str, name: str, phone: str, by: str, at: datetime) -> None:
    """Keep who called about a subject, where a name or a phone was told; in no act."""
    said = {"name": name.strip()[:60], "phone": phone.strip()[:30]}
    if any(said.values()):
        Caller.objects.update_or_create(subject=subject, defaults=said)


def erase_caller(
    *, subject: str, scope: Mapping[str, str], by: str, at: datetime, why: str
) -> None:
    """Erase who called about a subject; the reason stands in the record."""
    if not why.strip():
        raise Incomplete(_("请写明原因。"))
    rows = Caller.objects.filter(subject=subject)
    if not rows.exists():
        raise NotFound(_("没有登记联系人，或者已经删去。"))
    with perform("erase_caller", by=by, at=at, subjects=[subject], scope=scope, why=why.strip()):
        rows.delete()


def erase_person(*, person: str, by: str, at: datetime, why: str) -> None:
    """Erase name, phone and mail of a person; the acts keep the key and nothing else."""
    holder = Person.objects.get(key=person)
    subjects = [subject_key("person", person)]
    scope = {"city": holder.city, "unit": holder.unit, "enterprise": holder.enterprise}
    with perform("erase_person", by=by, at=at, subjects=subjects, scope=scope, why=why):
        PersonDetails.objects.filter(person=person).delete()
