"""Reward and punishment follow the published result, by the rules of the city's pack."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete
from luodi.orgs.queries import pack_of
from luodi.orgs.rules import Viewer

from ..models import AppraisalReward, AppraisalScore
from ..queries.procedures import decision_of, hold_as_seen
from ..rules.procedures import Standing, due_rewards, rewards_in
from .procedures import step


def record_rewards(*, appraisal: str, seen: int, viewer: Viewer, by: str, at: datetime) -> int:
    """Record what follows for each unit from the run that was decided. Returns how many.

    An amount only where the rule gives one. Refused where the pack has no rule at all.
    """
    held = hold_as_seen(appraisal, seen, viewer, Moment(at))
    stack = pack_of(held.appraisal.city, held.moment)
    rules = rewards_in(stack, held.appraisal.scheme, held.moment.today)
    if not rules:
        raise Incomplete(_("本市的规则包没有奖惩规则（rewards.yaml），不能兑现。"))
    decision = decision_of(appraisal, held.moment)
    rows = AppraisalScore.objects.filter(run=decision.run_id) if decision else ()
    found = due_rewards(rules, [Standing(r.unit, r.tier, r.rank) for r in rows])
    with step(
        held=held, name="reward", viewer=viewer, by=by, at=at, payload={"rewards": len(found)}
    ) as deed:
        for one, rule in found:
            amount, scale = _amount(rule.amount)
            deed.write(
                AppraisalReward(
                    appraisal_id=appraisal,
                    city=held.appraisal.city,
                    zone=one.unit,
                    unit=one.unit,
                    rule=rule.key,
                    title=rule.title,
                    title_en=rule.title_en,
                    effect=rule.effect,
                    tier=one.tier,
                    place=one.place,
                    amount=amount,
                    scale=scale,
                    measured_in=rule.measured_in,
                    source=rule.source[:200],
                    confirmed=rule.confirmed and rule.kind != "example",
                )
            )
    return len(found)


def _amount(amount: Decimal | None) -> tuple[int | None, int]:
    """A decimal as an integer at its scale."""
    if amount is None:
        return None, 0
    scale = max(0, -int(amount.as_tuple().exponent))
    return int(amount.scaleb(scale)), scale
