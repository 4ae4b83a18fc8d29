"""What a firm states of itself, and what an office verifies or records."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import enterprise_for, viewer_of_person
from luodi.orgs.rules import Viewer

from ..choices import FactStage
from ..models import FirmFact
from ..queries.catalogue import catalogue
from ..queries.facts import last_day
from ..rules import keeps_facts, read_fact, read_until


def state_fact(
    *,
    enterprise: str,
    fact: str,
    value: str,
    on: date,
    by: str,
    at: datetime,
    until: date | None = None,
) -> None:
    """A firm states a fact of itself as of a day: a claim until an office has verified it.

    `until` is the last day written on a certificate.
    """
    viewer, moment = viewer_of_person(by), Moment(at)
    if not viewer.enterprise or viewer.enterprise != enterprise:
        raise NotAllowed(_("自述由企业本身的账号填写；单位请用“登记”。"))
    firm = enterprise_for(viewer, enterprise, moment)
    known = catalogue(firm.city, moment)
    kind = known.facts.get(fact)
    if kind is None or not known.sources[fact].stated:
        raise NotFound(_("这一项不由企业自述，请从列表里选择。"))
    read = read_fact(value, kind, on, moment.today)
    last = read_until(until, kind, known.sources[fact].lasting, moment.today)
    old = FirmFact.objects.open().filter(of=enterprise, fact=fact, stage=FactStage.STATED).first()
    with perform("state_fact", by=by, at=at, **_about(firm, fact)) as deed:
        if old is not None:
            deed.close(old)
        row = _row(firm, fact, read, on, FactStage.STATED, by)
        row.holds_until = last
        deed.write(row)


def record_fact(
    *,
    enterprise: str,
    fact: str,
    value: str,
    on: date,
    why: str,
    by: str,
    at: datetime,
    until: date | None = None,
) -> None:
    """An office records a fact of a firm that it has seen for itself (`why` says in what).

    `until` is the last day written on a certificate.
    """
    viewer, moment = viewer_of_person(by), Moment(at)
    firm = _keeper(viewer, enterprise, moment)
    known = catalogue(firm.city, moment)
    kind = known.facts.get(fact)
    source = known.sources.get(fact)
    if kind is None or source is None or not (source.stated or source.recorded):
        raise NotFound(_("这一项不在这里登记，请从列表里选择。"))
    if not why.strip():
        raise Incomplete(_("请写明依据，例如证书编号或查询结果。"))
    read = read_fact(value, kind, on, moment.today)
    last = read_until(until, kind, source.lasting, moment.today)
    with perform("record_fact", by=by, at=at, why=why.strip(), **_about(firm, fact)) as deed:
        for old in _open(enterprise, fact, FactStage.VERIFIED):
            deed.close(old)
        row = _row(firm, fact, read, on, FactStage.VERIFIED, by)
        row.verified_by, row.why, row.holds_until = by, why.strip(), last
        deed.write(row)


def verify_fact(*, enterprise: str, fact: str, seen: int, by: str, at: datetime) -> None:
    """Confirm what a firm states: from now on it counts."""
    firm, row = _stated(enterprise, fact, seen, by, at)
    known = catalogue(firm.city, Moment(at))
    last = last_day(row, known) if fact in known.sources else None
    if last is not None and last < Moment(at).today:
        raise Closed(_("这项自述只到 %(day)s 有效，已经过期，请企业更新后再核实。") % {"day": last})
    with perform("verify_fact", by=by, at=at, **_about(firm, fact)) as deed:
        for old in _open(enterprise, fact, FactStage.VERIFIED):
            deed.close(old)
        deed.replace(row, stage=FactStage.VERIFIED, verified_by=by)


def refuse_fact(*, enterprise: str, fact: str, seen: int, why: str, by: str, at: datetime) -> None:
    """Say that what a firm states isn't so; what was verified before stays."""
    firm, row = _stated(enterprise, fact, seen, by, at)
    if not why.strip():
        raise Incomplete(_("请写明不符的原因，企业会看到。"))
    with perform("refuse_fact", by=by, at=at, why=why.strip(), **_about(firm, fact)) as deed:
        for old in _open(enterprise, fact, FactStage.REFUSED):
            deed.close(old)
        deed.replace(row, stage=FactStage.REFUSED, verified_by=by, why=why.strip())


def _row(firm: EnterpriseState, fact: str, value: Any, on: date, stage: str, by: str) -> FirmFact:
    scope = {name: getattr(firm, name) for name in ("city", "zone", "unit", "enterprise")}
    return FirmFact(
        of_id=firm.of_id, fact=fact, value=value, on=on, stage=stage, stated_by=by, **scope
    )


def _about(firm: EnterpriseState, fact: str) -> dict[str, Any]:
    scope = {name: getattr(firm, name) for name in ("city", "zone", "unit", "enterprise")}
    subjects = [subject_key("enterprise", firm.of_id)]
    return {"subjects": subjects, "scope": scope, "payload": {"fact": fact}}


def _open(enterprise: str, fact: str, stage: str) -> list[FirmFact]:
    return list(FirmFact.objects.open().filter(of=enterprise, fact=fact, stage=stage))


def _keeper(viewer: Viewer, enterprise: str, moment: Moment) -> EnterpriseState:
    firm = enterprise_for(viewer, enterprise, moment)
    if not keeps_facts(viewer, firm.city, firm.unit, firm.zone):
        raise NotAllowed(_("企业事实由企业所在区域或专班办公室核实。"))
    return firm


def _stated(
    enterprise: str, fact: str, seen: int, by: str, at: datetime
) -> tuple[EnterpriseState, FirmFact]:
    firm = _keeper(viewer_of_person(by), enterprise, Moment(at))
    rows = _open(enterprise, fact, FactStage.STATED)
    if not rows:
        raise Closed(_("这一项没有待核实的自述，可能已经有人办过。"))
    if rows[0].since_id != seen:
        raise Conflict(_("企业刚刚改了自述，请刷新后再核实。"))
    return firm, rows[0]
