"""Keeping the register of enterprises, and naming who speaks for one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound

from ..choices import EnterpriseStanding, SizeClass, UnitKind
from ..models import (
    Enterprise,
    EnterprisePosting,
    EnterpriseState,
    Person,
    PersonDetails,
    UnitState,
)
from ..queries import code_sentence, enterprise_by_code, viewer_of_person
from ..rules import code_fault, keeps_enterprises, plain_code, plain_phone

SYSTEM = "system:"
WORDS = ("name", "industry_code", "industry", "cluster")
DETAILS = frozenset({*WORDS, "credit_code", "unit", "county", "size_class"})


def register_enterprise(
    *, city: str, details: Mapping[str, str], by: str, at: datetime, generated: bool = False
) -> Enterprise:
    """Enter an enterprise into a city's register.

    `details` are `name`, `credit_code`, `unit` (the key of the zone or county that looks after
    it), `size_class` and, where known, `county` (a key), `industry_code`, `industry`, `cluster`.
    Refuses a wrong or known code, and a home whose register isn't kept by `by`.
    """
    said = checked_details(city=city, details=details, by=by, at=at)
    known = enterprise_by_code(city, said["credit_code"], Moment(at))
    if known:
        raise Conflict(
            _("统一社会信用代码 %(code)s 已经登记为“%(name)s”。")
            % {"code": known.credit_code, "name": known.name}
        )
    key = new_key()
    scope = {"city": city, "zone": said["zone"], "unit": said["unit"], "enterprise": key}
    with perform(
        "register_enterprise",
        by=by,
        at=at,
        subjects=[subject_key("enterprise", key)],
        scope=scope,
        payload={"credit_code": said["credit_code"]},
    ) as deed:
        firm = deed.write(Enterprise(key=key, **scope))
        state = EnterpriseState(of_id=key, city=city, enterprise=key, generated=generated, **said)
        deed.write(state)
    return firm


def change_enterprise(
    *, enterprise: str, details: Mapping[str, str], seen: int, why: str, by: str, at: datetime
) -> bool:
    """Change what the register says of an enterprise; False where nothing is different.

    `details` as for `register_enterprise`; what is left out stays. `seen` is the position of the
    act since which the state shown to the person holds: a newer one is a `Conflict`.
    """
    state = _running(enterprise, by)
    if state.since_id != seen:
        raise Conflict(_("别人刚刚改了这家企业的信息，请刷新后再改；您填的内容没有写入。"))
    now = {name: getattr(state, name) for name in DETAILS}
    said = checked_details(city=state.city, details=now | dict(details), by=by, at=at)
    changes = {name: value for name, value in said.items() if getattr(state, name) != value}
    if not changes:
        return False
    other = enterprise_by_code(state.city, said["credit_code"], Moment(at))
    if other and other.of_id != enterprise:
        raise Conflict(
            _("统一社会信用代码 %(code)s 已经登记为“%(name)s”。")
            % {"code": other.credit_code, "name": other.name}
        )
    if not why.strip():
        raise Incomplete(_("请写明变更原因。"))
    with perform(
        "change_enterprise",
        by=by,
        at=at,
        subjects=[subject_key("enterprise", enterprise)],
        scope=_scope(state) | {"zone": said["zone"], "unit": said["unit"]},
        payload={"changed": sorted(changes)},
        why=why,
    ) as deed:
        deed.replace(state, **changes)
    return True


def close_enterprise(*, enterprise: str, why: str, by: str, at: datetime) -> None:
    """Say that an enterprise is deregistered (注销); it stays in the register and its history."""
    state = _running(enterprise, by)
    _move(state, EnterpriseStanding.DEREGISTERED, "close_enterprise", why, by, at)


def reopen_enterprise(*, enterprise: str, why: str, by: str, at: datetime) -> None:
    """Take a deregistration back that was entered by mistake."""
    state = _state(enterprise, by)
    if state.standing == EnterpriseStanding.IN_BUSINESS:
        raise Conflict(_("这家企业现在是在营状态，不需要恢复。"))
    if state.merged_into:
        raise Conflict(_("这家企业已并入别的企业，名下的事已经转过去，不能恢复。"))
    _move(state, EnterpriseStanding.IN_BUSINESS, "reopen_enterprise", why, by, at)


def _move(
    state: EnterpriseState, to: EnterpriseStanding, verb: str, why: str, by: str, at: datetime
) -> None:
    if not why.strip():
        raise Incomplete(_("请写明原因。"))
    subjects = [subject_key("enterprise", state.of_id)]
    with perform(verb, by=by, at=at, subjects=subjects, scope=_scope(state), why=why) as deed:
        deed.replace(state, standing=to)


def _scope(state: EnterpriseState) -> dict[str, str]:
    return {name: getattr(state, name) for name in ("city", "zone", "unit", "enterprise")}


def _state(enterprise: str, by: str) -> EnterpriseState:
    """An enterprise that `by` keeps the register of, as it is now."""
    state = EnterpriseState.objects.open().filter(of=enterprise).first()
    if state is None:
        raise NotFound(_("没有这家企业，或者不归您管。"))
    _check_keeper(state.city, state.unit, by)
    return state


def _running(enterprise: str, by: str) -> EnterpriseState:
    state = _state(enterprise, by)
    if state.merged_into:
        raise Conflict(_("这家企业已并入别的企业，不再变更。"))
    if state.standing != EnterpriseStanding.IN_BUSINESS:
        raise Conflict(_("这家企业已注销；确属误办的，请先恢复。"))
    return state


def _check_keeper(city: str, unit: str, by: str) -> None:
    if by.startswith(SYSTEM):
        return
    viewer = viewer_of_person(by)
    if city not in viewer.cities or not keeps_enterprises(viewer, unit):
        raise NotAllowed(_("企业名录由专班办公室、统计人员，或企业所在开发区、县区的经办人登记。"))


def checked_details(
    *, city: str, details: Mapping[str, str], by: str, at: datetime
) -> dict[str, Any]:
    """The columns of a state from typed details; all faults in one `Incomplete`."""
    said, faults = _read_details(details, _kinds(city))
    if faults:
        raise Incomplete("".join(faults), "enterprise.details")
    _check_keeper(city, said["unit"], by)
    return said


def _kinds(city: str) -> dict[str, str]:
    """The kinds of a city's units by key."""
    return dict(UnitState.objects.open().filter(of__city=city).values_list("of", "kind"))


def _read_details(
    details: Mapping[str, str], kinds: Mapping[str, str]
) -> tuple[dict[str, Any], list[str]]:
    """(columns, faults in words) of typed details."""
    said: dict[str, Any] = {name: details.get(name, "").strip() for name in WORDS}
    said["credit_code"] = plain_code(details.get("credit_code", ""))
    said["size_class"] = details.get("size_class", "")
    home, county = details.get("unit", ""), details.get("county", "")
    faults = [] if said["name"] else [_("请填写企业名称。")]
    faults += [code_sentence(fault)] if (fault := code_fault(said["credit_code"])) else []
    if said["size_class"] not in SizeClass.values:
        faults.append(_("请选择规上或规下。"))
    if kinds.get(home) not in {UnitKind.ZONE, UnitKind.COUNTY}:
        faults.append(_("请选择企业所在的开发区或县（市、区）。"))
    if county and kinds.get(county) != UnitKind.COUNTY:
        faults.append(_("请从列表里选择企业坐落的县（市、区）。"))
    zone = home if kinds.get(home) == UnitKind.ZONE else ""
    said |= {"unit": home, "zone": zone, "county": county or ("" if zone else home)}
    return said, faults


@transaction.atomic
def post_in_enterprise(
    *,
    enterprise: str,
    name: str,
    by: str,
    at: datetime,
    title: str = "",
    email: str = "",
    phone: str = "",
    generated: bool = False,
) -> Person:
    """Enter a person who speaks for an enterprise: the only posting such a person holds."""
    state = EnterpriseState.objects.open().filter(of=enterprise).first()
    if state is None:
        raise NotFound(_("没有这家企业，请核对统一社会信用代码。"))
    if not name.strip():
        raise Incomplete(_("请填写姓名。"))
    number = _checked_phone(phone)
    key = new_key()
    subjects = [subject_key("person", key), subject_key("enterprise", enterprise)]
    with perform(
        "post_in_enterprise",
        by=by,
        at=at,
        subjects=subjects,
        scope=_scope(state),
        payload={"title": title},
    ) as deed:
        person = deed.write(Person(key=key, city=state.city, enterprise=enterprise))
        deed.write(EnterprisePosting(person_id=key, enterprise_id=enterprise, title=title))
    PersonDetails.objects.create(
        person_id=key, name=name, email=email, phone=number, generated=generated
    )
    return person


def _checked_phone(phone: str) -> str:
    """A mobile number as it is kept, '' for none; refuses what is no number."""
    number = plain_phone(phone)
    if phone.strip() and not number:
        raise Incomplete(_("手机号应为 11 位数字。"))
    return number


@transaction.atomic
def change_phone(*, person: str, phone: str, why: str, by: str, at: datetime) -> None:
    """Enter or change the mobile number of a firm's contact; the number stands in no act."""
    posting = EnterprisePosting.objects.open().filter(person=person).first()
    if posting is None:
        raise NotFound(_("没有这位企业人员，请从列表里选择。"))
    if not why.strip():
        raise Incomplete(_("请写明原因。"))
    number = _checked_phone(phone)
    state = EnterpriseState.objects.open().get(of=posting.enterprise_id)
    subjects = [subject_key("person", person), subject_key("enterprise", state.of_id)]
    with perform(
        "change_phone", by=by, at=at, subjects=subjects, scope=_scope(state), why=why.strip()
    ):
        PersonDetails.objects.filter(person=person).update(phone=number)
