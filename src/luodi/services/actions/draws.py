"""Inspections of firms drawn at random; each is a planned inspection that counts (无事不扰)."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed
from luodi.orgs.choices import Role
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import enterprises_of, viewer_of_person
from luodi.orgs.rules import UNIT_ROLES, Viewer

from ..choices import VisitKind, VisitStage
from ..models import Draw, Visit, VisitState
from ..queries import check_near, pool_of, scope_of_firm
from ..rules import drawn_of


def draw_inspections(
    *, count: int | None, purpose: str, on: date | None, by: str, at: datetime
) -> Draw:
    """Draw firms at random and plan their inspection (随机抽查).

    Firms whose number of visits is used up rest. The seed is made after the pool is fixed and is
    kept with it: anybody can draw again.
    """
    viewer, moment = viewer_of_person(by), Moment(at)
    if not viewer.has(Role.OFFICE, *UNIT_ROLES):
        raise NotAllowed(_("随机抽查由开发区、县区和专班办公室办理。"))
    if not purpose.strip():
        raise Incomplete(_("请写明检查事项。"))
    if on is None or on < moment.today:
        raise Incomplete(_("检查日期不能早于今天。"))
    check_near(on, moment)
    scope = {"city": viewer.city, "unit": viewer.unit}
    draw = Draw(key=new_key(), purpose=purpose.strip(), on=on, seed=new_key(), **scope)
    with perform(
        "draw_inspections", by=by, at=at, scope=scope, subjects=[subject_key("draw", draw.key)]
    ) as deed:
        deed.lock()
        _draw(draw, count, viewer, moment)
        deed.payload |= {"seed": draw.seed, "pool": len(draw.pool), "drawn": draw.drawn}
        rows = enterprises_of(viewer, moment).filter(of__in=draw.drawn)
        states: dict[str, EnterpriseState] = {row.of_id: row for row in rows}
        deed.write(draw)
        for firm in draw.drawn:
            visit = deed.write(
                Visit(
                    key=new_key(), kind=VisitKind.INSPECTION, of_unit=viewer.unit,
                    **scope_of_firm(states[firm]),
                )
            )  # fmt: skip
            deed.write(
                VisitState(
                    visit_id=visit.key, stage=VisitStage.PLANNED, purpose=draw.purpose, on=on
                )
            )
            deed.touch(subject_key("visit", visit.key))
    return draw


def _draw(draw: Draw, count: int | None, viewer: Viewer, moment: Moment) -> None:
    """Fill in the pool, who rests and who is drawn; nobody draws twice until it suits."""
    again = Draw.objects.filter(city=draw.city, unit=draw.unit, purpose=draw.purpose, on=draw.on)
    if again.exists():
        raise Conflict(_("同一天的同一检查事项已经抽过，不能重抽挑选；结果在抽查列表里。"))
    pool = pool_of(viewer, draw.on, moment)
    if count is None or not 1 <= count <= len(pool.firms):
        raise Incomplete(
            _("可以抽的企业有 %(n)s 家（%(rest)s 家已到无事不扰上限），请填 1 到 %(n)s。")
            % {"n": len(pool.firms), "rest": len(pool.resting)}
        )
    draw.pool, draw.resting = list(pool.firms), list(pool.resting)
    draw.drawn = drawn_of(pool.firms, count, draw.seed)
