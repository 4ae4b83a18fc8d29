"""Deciding an application for exemption, and its other steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.flows import moved
from luodi.common.languages import language, listed, titled
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete, NotFound
from luodi.jobs.actions import tell
from luodi.orgs.queries import people_with
from luodi.orgs.rules import UNIT_ROLES

from ..flows.exemptions import EXEMPTION
from ..models import ExemptionCondition, ExemptionCover
from ..queries.exempting import Held, hold_exemption
from ..queries.exemptions import rules_then
from ..rules.exemptions import missing_findings

STEPS = ("take_up", "send_back", "refuse", "drop", "revoke")
"""Moves that need no more than a reason."""


def move_exemption(
    *, exemption: str, move: str, by: str, at: datetime, seen: int, why: str = ""
) -> None:
    """Take an application up, send it back, refuse it, withdraw it, or revoke what was granted."""
    if move not in STEPS:
        raise NotFound(_("没有这一步，请从页面上选择。"))
    one = hold_exemption(exemption, by, Moment(at), seen)
    stage = moved(EXEMPTION, move, one.state.stage, one.roles, {"reason": why.strip()})
    changes = {"stage": stage, "why": why.strip()}
    if move == "refuse":
        changes["decided_on"] = Moment(at).today
    with perform(
        f"{move}_exemption", by=by, at=at, subjects=[one.subject], scope=one.scope
    ) as deed:
        deed.replace(one.state, **changes)
        if move == "revoke":
            for cover in ExemptionCover.objects.open().filter(exemption=one.exemption):
                deed.touch(cover.subject)
    _tell_unit(one, stage, by, at)


def grant_exemption(
    *,
    exemption: str,
    covers: Sequence[str],
    why: str,
    decided_on: date,
    by: str,
    at: datetime,
    seen: int,
) -> None:
    """Grant it for those of the things asked for that are named in `covers` (keys of the rows).

    Every condition must have been looked at and found to hold.
    """
    one = hold_exemption(exemption, by, Moment(at), seen)
    rows = {
        str(row.pk): row for row in ExemptionCover.objects.open().filter(exemption=one.exemption)
    }
    if set(covers) - set(rows):
        raise NotFound(_("所选事项不在申请范围内，请从列表里选择。"))
    if rows and not covers:
        raise Incomplete(_("请至少选择一项容错适用的事项。"))
    if decided_on > Moment(at).today or decided_on < Moment(one.exemption.act.at).today:
        raise Incomplete(_("决定日期应在申请当天或以后，不晚于今天。"))
    stage = moved(EXEMPTION, "grant", one.state.stage, one.roles, _present(one, why))
    with perform("grant_exemption", by=by, at=at, subjects=[one.subject], scope=one.scope) as deed:
        deed.replace(one.state, stage=stage, why=why.strip(), decided_on=decided_on)
        for key, row in rows.items():
            if key in covers:
                deed.replace(row, granted=True)
                deed.touch(row.subject)
            else:
                deed.close(row)
    _tell_unit(one, stage, by, at)


def _present(one: Held, why: str) -> dict[str, str]:
    """What is there for granting; raises `Incomplete` naming what stands against it."""
    findings = dict(
        ExemptionCondition.objects.open()
        .filter(exemption=one.exemption)
        .values_list("condition", "finding")
    )
    unseen, failing = missing_findings(rules_then(one.exemption), findings)
    if one.state.stage == "reviewing" and unseen:
        names = listed(titled(rule) for rule in unseen)
        raise Incomplete(_("还没有填写审核意见的条件：%(names)s。") % {"names": names})
    if one.state.stage == "reviewing" and failing:
        names = listed(titled(rule) for rule in failing)
        raise Incomplete(_("审核认为不符合的条件：%(names)s；不能予以容错。") % {"names": names})
    return {"reason": why.strip(), "findings": "yes", "all_hold": "yes"}


def _tell_unit(one: Held, stage: str, by: str, at: datetime) -> None:
    """Tell the unit that applied, without a word of what is applied for."""

    def sentence() -> str:
        words = {"number": one.exemption.number, "stage": EXEMPTION.state(stage).label(language())}
        return _("%(number)s容错申请：%(stage)s。") % words

    tell(
        people=[p for p in people_with(one.exemption.unit, UNIT_ROLES) if p != by],
        kind="exemption",
        sentence=sentence,
        subject=one.subject,
        address=one.address,
        by=by,
        at=at,
    )
