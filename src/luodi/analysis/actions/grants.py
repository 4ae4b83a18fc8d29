"""Sharing series with a department, taking that back, and recording who read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Incomplete, NotAllowed, NotFound
from luodi.indicators.choices import Purpose
from luodi.indicators.models import Definition
from luodi.orgs.choices import Role
from luodi.orgs.models import UnitState
from luodi.orgs.queries import viewer_of_person, visible

from ..choices import Basis, GrantStage, GrantUse
from ..models import Grant, GrantState
from ..queries.grants import READ, read_today

LONGEST = timedelta(days=366 * 2)
ROWS = "rows"


def grant_series(
    *,
    city: str,
    unit: str,
    indicators: Sequence[str],
    units: Sequence[str],
    purpose: str,
    basis: str,
    use: str,
    until_on: date | None,
    detail: str = "totals",
    why: str = "",
    by: str,
    at: datetime,
) -> Grant:
    """Let a department read some series for one use until a day.

    Only totals are granted. Single rows of enterprises (`detail` "rows") are refused: what was
    collected for statistics serves no other purpose (统计法, articles 9 and 25), and the rest is
    read where it was reported.
    """
    _may_grant(by, city, purpose)
    if detail == ROWS:
        _refuse_rows(purpose, use)
    today = Moment(at).today
    if use not in GrantUse.values or purpose not in Purpose.values:
        raise Incomplete(_("请选定用途。"))
    if until_on is None or not today <= until_on <= today + LONGEST:
        raise Incomplete(_("请写明有效期：从今天起两年以内。"))
    _check(city, unit, units, indicators, purpose, Moment(at))
    key = new_key()
    subjects = [subject_key("grant", key), subject_key("unit", unit)]
    subjects += [subject_key("indicator", one) for one in indicators]
    scope = {"city": city, "unit": unit}
    with perform("grant_series", by=by, at=at, subjects=subjects, scope=scope, why=why) as deed:
        grant = deed.write(
            Grant(
                key=key,
                city=city,
                unit=unit,
                purpose=purpose,
                basis=basis if basis in Basis.values else Basis.UNITS,
                use=use,
                indicators=list(dict.fromkeys(indicators)),
                units=sorted(set(units)),
            )
        )
        deed.write(GrantState(grant_id=key, stage=GrantStage.GRANTED, until_on=until_on))
    return grant


def _may_grant(by: str, city: str, purpose: str) -> None:
    viewer = viewer_of_person(by)
    if city not in viewer.cities or not viewer.has(Role.OFFICE, Role.STATISTICIAN):
        raise NotAllowed(_("授权由统计人员或专班办公室办理。"))
    if purpose == Purpose.STATISTICS and not viewer.has(Role.STATISTICIAN):
        raise NotAllowed(_("统计数据由统计人员授权。"))


def _refuse_rows(purpose: str, use: str) -> None:
    if purpose == Purpose.STATISTICS and use != GrantUse.STATISTICS:
        raise NotAllowed(
            _("统计调查取得的单个企业资料，不得用于统计以外的目的，不能授权。"), "grant.other_use"
        )
    raise NotAllowed(_("授权只给合计，不给单个企业的数。"), "grant.rows")


def _check(
    city: str,
    unit: str,
    units: Sequence[str],
    indicators: Sequence[str],
    purpose: str,
    moment: Moment,
) -> None:
    known = set(UnitState.objects.open().filter(of__city=city).values_list("of", flat=True))
    if unit not in known or not set(units) <= known:
        raise NotFound(_("没有这个单位，或者不在您的城市。"))
    rows = Definition.objects.at(moment).filter(
        indicator__in=set(indicators), indicator__city=city, purpose=purpose
    )
    if not indicators:
        raise Incomplete(_("请选定要授权的指标。"))
    if rows.count() != len(set(indicators)):
        raise NotFound(_("有的指标不在本市，或者不是这种用途。"))


def revoke_grant(*, grant: str, why: str, by: str, at: datetime) -> None:
    """Take a grant back at once."""
    if not why.strip():
        raise Incomplete(_("收回授权要写明原因。"))
    inside = visible(Grant.objects.all(), viewer_of_person(by))
    state = GrantState.objects.open().filter(grant=grant, grant__in=inside).first()
    if state is None:
        raise NotFound(_("没有这项授权。"))
    _may_grant(by, state.grant.city, state.grant.purpose)
    if state.stage == GrantStage.REVOKED:
        raise Closed(_("这项授权已经收回。"))
    scope = {"city": state.grant.city, "unit": state.grant.unit}
    subjects = [subject_key("grant", grant), subject_key("unit", state.grant.unit)]
    with perform("revoke_grant", by=by, at=at, subjects=subjects, scope=scope, why=why) as deed:
        deed.replace(state, stage=GrantStage.REVOKED)


def record_reading(*, grants: tuple[str, ...], by: str, at: datetime) -> None:
    """Leave a trace that somebody read through grants: once a person, grant and day."""
    if not grants:
        return
    begins = Moment(at).local.replace(hour=0, minute=0, second=0, microsecond=0)
    fresh = sorted(set(grants) - read_today(grants, by, begins))
    for grant in Grant.objects.filter(key__in=fresh):
        scope = {"city": grant.city, "unit": grant.unit}
        subjects = [subject_key("grant", grant.key)]
        with perform(READ, by=by, at=at, subjects=subjects, scope=scope):
            pass
