"""Applying for a good-faith exemption, what is said and found, and who may read it.

Acts name keys only: what an application says stands in its own rows, which few may open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.documents.actions import attach, write_file
from luodi.documents.choices import Access
from luodi.jobs.actions import tell
from luodi.orgs.choices import Role
from luodi.orgs.queries import pack_of, people_of_city, viewer_of_person
from luodi.orgs.rules import BUSINESS, UNIT_ROLES
from luodi.packs.schemas.exemptions import ConditionRule

from ..choices import Finding
from ..flows.exemptions import APPLICANT, BODY, EXEMPTION
from ..models import (
    Exemption,
    ExemptionCondition,
    ExemptionCover,
    ExemptionReader,
    ExemptionState,
)
from ..queries.exempting import coverable, hold_exemption, people_of_unit
from ..queries.exemptions import body_of, body_roles, roles_for, rules_then
from ..rules.exemptions import conditions_in, number_of

Evidence = Mapping[str, Sequence[tuple[str, bytes]]]
"""Files by the key of the condition they speak for."""


def apply_for_exemption(
    *,
    unit: str,
    title: str,
    happened: str,
    statements: Mapping[str, str],
    subjects: Sequence[str],
    by: str,
    at: datetime,
    person: str = "",
    year: int = 0,
    evidence: Evidence | None = None,
) -> Exemption:
    """Apply for an exemption of a unit, or of one person of it, for the `subjects` named.

    `statements` are what is said of each condition of the city's rules; `year` bounds indicators.
    """
    viewer, moment = viewer_of_person(by), Moment(at)
    if not viewer.acts_for(unit, *UNIT_ROLES):
        raise NotAllowed(_("容错由本单位的人员申请。"))
    rules = conditions_in(pack_of(viewer.city, moment), moment.today)
    if not rules or body_of(viewer.city, moment)[0] is None:
        raise NotFound(_("本市的规则包没有容错的规则，请先更新规则包。"))
    if not title.strip() or not happened.strip():
        raise Incomplete(_("请写明事由和经过。"))
    if person and person not in people_of_unit(unit):
        raise NotFound(_("没有这个人员，请从列表里选择。"))
    said = coverable(unit, viewer, moment)
    if unknown := [subject for subject in subjects if subject not in said]:
        raise NotFound(_("有 %(n)s 项不在可选范围内，请从列表里选择。") % {"n": len(unknown)})
    one = Exemption(
        key=new_key(), person=person, year=moment.today.year, city=viewer.city, unit=unit
    )
    subject, scope = subject_key("exemption", one.key), {"city": viewer.city, "unit": unit}
    _check_new(unit, title.strip(), happened.strip())
    with perform("apply_for_exemption", by=by, at=at, subjects=[subject], scope=scope) as deed:
        deed.lock()
        taken = Exemption.objects.filter(city=one.city, year=one.year).aggregate(n=Max("serial"))
        one.serial = (taken["n"] or 0) + 1
        one.number = number_of(one.year, one.serial)
        deed.write(one)
        deed.write(
            ExemptionState(
                exemption_id=one.key,
                stage=EXEMPTION.start,
                title=title.strip(),
                happened=happened.strip(),
            )
        )
        _write_parts(deed, one, rules, statements)
        for covered in dict.fromkeys(subjects):
            bound = year if covered.startswith("indicator:") else 0
            cover = {"subject": covered, "says": said[covered], "year": bound}
            deed.write(ExemptionCover(exemption_id=one.key, **cover))
        _keep(deed, one, evidence or {}, {rule.key for rule in rules})
        deed.payload["number"] = one.number
    _tell_body(one, by, at)
    return one


def _write_parts(
    deed: Deed, one: Exemption, rules: Sequence[ConditionRule], statements: Mapping[str, str]
) -> None:
    """The conditions of the city's rules with what the applicant says of each."""
    for rule in rules:
        statement = statements.get(rule.key, "").strip()
        deed.write(
            ExemptionCondition(exemption_id=one.key, condition=rule.key, statement=statement)
        )


def _check_new(unit: str, title: str, happened: str) -> None:
    """Refuse what waits already in the same words: a form sent twice is one application."""
    same = ExemptionState.objects.open().filter(
        exemption__unit=unit, title=title, happened=happened, stage=EXEMPTION.start
    )
    if same.exists():
        raise Conflict(_("同样的申请已经提交，还在等待受理；没有重复写入。"))


def _keep(deed: Deed, one: Exemption, evidence: Evidence, known: set[str]) -> None:
    """Keep files as restricted ones: they open from the application's page alone."""
    scope = {"city": one.city, "unit": one.unit}
    subject = subject_key("exemption", one.key)
    for condition, files in evidence.items():
        for name, data in files if condition in known else ():
            file = write_file(
                deed=deed, name=name, data=data, scope=scope, access=Access.RESTRICTED
            )
            attach(deed=deed, file=file, subject=subject, purpose=condition)


def _tell_body(one: Exemption, by: str, at: datetime) -> None:
    """Tell the people of the body, without a word of what is applied for."""
    people = [
        person
        for person in people_of_city(one.city, BUSINESS)
        if roles_for(v := viewer_of_person(person), one, body_roles(v, one.city, Moment(at))) & BODY
    ]
    tell(
        people=people,
        kind="exemption",
        sentence=lambda: _("%(number)s容错申请待受理。") % {"number": one.number},
        subject=subject_key("exemption", one.key),
        address=f"/supervision/exemptions/{one.key}/",
        by=by,
        at=at,
    )


def amend_exemption(
    *,
    exemption: str,
    happened: str,
    statements: Mapping[str, str],
    by: str,
    at: datetime,
    seen: int,
    evidence: Evidence | None = None,
) -> None:
    """Complete what the application says, while it isn't taken up or was sent back."""
    one = hold_exemption(exemption, by, Moment(at), seen)
    if APPLICANT not in one.roles:
        raise NotAllowed(_("申请由申请单位的人员补充。"))
    if one.state.stage != EXEMPTION.start:
        raise Closed(_("申请已经受理，要补充请先由审核方退回补正。"))
    if not happened.strip():
        raise Incomplete(_("请写明事由和经过。"))
    rows = {
        row.condition: row
        for row in ExemptionCondition.objects.open().filter(exemption=one.exemption)
    }
    with perform("amend_exemption", by=by, at=at, subjects=[one.subject], scope=one.scope) as deed:
        deed.replace(one.state, happened=happened.strip())
        for key, row in rows.items():
            said = statements.get(key, "").strip()
            if said != row.statement:
                deed.replace(row, statement=said, finding="", found="", found_by="")
        _keep(deed, one.exemption, evidence or {}, set(rows))


def find_condition(
    *, exemption: str, condition: str, finding: str, found: str, by: str, at: datetime, seen: int
) -> None:
    """Say what was found of one condition, with the ground for it (by the body's people)."""
    one = hold_exemption(exemption, by, Moment(at), seen)
    if not one.roles & BODY:
        raise NotAllowed(_("审核意见由审核方填写，本单位、本人的申请应当回避。"))
    if one.state.stage != "reviewing":
        raise Closed(_("申请还没有受理，或者已经作出决定，不能填写审核意见。"))
    row = (
        ExemptionCondition.objects.open()
        .filter(exemption=one.exemption, condition=condition)
        .first()
    )
    if row is None or condition not in {rule.key for rule in rules_then(one.exemption)}:
        raise NotFound(_("没有这项条件，请从列表里选择。"))
    if finding not in Finding.values or not found.strip():
        raise Incomplete(_("请选择是否符合，并写明依据。"))
    with perform(
        "find_condition",
        by=by,
        at=at,
        subjects=[one.subject],
        scope=one.scope,
        payload={"condition": condition},
    ) as deed:
        deed.replace(row, finding=finding, found=found.strip(), found_by=by)
        deed.replace(one.state)


def name_reader(*, exemption: str, person: str, by: str, at: datetime) -> None:
    """Let somebody of the city read one application (by the body's people)."""
    one = hold_exemption(exemption, by, Moment(at))
    if not one.roles & BODY:
        raise NotAllowed(_("查阅人由审核方指定。"))
    people = people_of_city(one.exemption.city, (*BUSINESS, Role.AUDITOR))
    viewer = viewer_of_person(person)
    if person not in people or not viewer.roles & BUSINESS:
        raise NotFound(_("没有这个人员，请从列表里选择。"))
    fresh = ExemptionReader(exemption_id=one.exemption.key, person=person, unit=viewer.unit)
    with perform(
        "name_reader",
        by=by,
        at=at,
        subjects=[one.subject],
        scope=one.scope,
        payload={"person": person},
    ) as deed:
        deed.write(fresh)
    tell(
        people=[person],
        kind="exemption",
        sentence=lambda: _("请查阅%(number)s容错申请。") % {"number": one.exemption.number},
        subject=one.subject,
        address=one.address,
        by=by,
        at=at,
    )


def unname_reader(*, exemption: str, person: str, by: str, at: datetime) -> None:
    """Take the reading right of a named reader back (by the body's people)."""
    one = hold_exemption(exemption, by, Moment(at))
    if not one.roles & BODY:
        raise NotAllowed(_("查阅人由审核方指定。"))
    row = ExemptionReader.objects.open().filter(exemption=one.exemption, person=person).first()
    if row is None:
        raise NotFound(_("这个人员不是查阅人。"))
    with perform(
        "unname_reader",
        by=by,
        at=at,
        subjects=[one.subject],
        scope=one.scope,
        payload={"person": person},
    ) as deed:
        deed.close(row)
