"""Rounds: the months of reporting on a plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from luodi.common.moments import Moment
from luodi.common.periods import period_label
from luodi.common.refusals import NotFound
from luodi.orgs.queries import visible
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import UNCONFIRMED

from ..choices import RoundStage
from ..models import Plan, Round, RoundState


@dataclass(frozen=True)
class RoundRow:
    """A round at a moment, with the rule it was opened by."""

    key: str
    plan: str
    plan_title: str
    city: str
    period: str
    stage: str
    stage_label: str
    due_at: datetime
    closes_at: datetime | None
    rule: dict[str, Any]

    @property
    def period_label(self) -> str:
        return period_label(self.period)

    @property
    def is_open(self) -> bool:
        return self.stage == RoundStage.OPEN

    @property
    def rule_words(self) -> str:
        """Whose rule opened it, and whether any text gives it."""
        words = self.rule.get("rule", {})
        owner = words.get("owner", {}).get("name", "")
        source = words.get("source", "")
        if source == UNCONFIRMED:
            source = _("本地默认，未经确认")
        return " · ".join(part for part in (words.get("title", ""), owner, source) if part)


def rounds_of(plan: Plan, viewer: Viewer, moment: Moment) -> list[RoundRow]:
    """The rounds of a plan, newest first."""
    return _rows(visible(Round.objects.filter(plan=plan), viewer), moment)


def open_rounds(viewer: Viewer, moment: Moment) -> list[RoundRow]:
    """The rounds open at a moment, oldest first."""
    rows = _rows(visible(Round.objects.all(), viewer), moment)
    return [row for row in reversed(rows) if row.is_open]


def round_for(viewer: Viewer, key: str, moment: Moment) -> RoundRow:
    """One round, or `NotFound`."""
    rows = _rows(visible(Round.objects.filter(key=key), viewer), moment)
    if not rows:
        raise NotFound(_("没有这一期月报，或者不在您的查看范围内。"))
    return rows[0]


def _rows(wanted: QuerySet[Round], moment: Moment) -> list[RoundRow]:
    states = (
        RoundState.objects.at(moment)
        .filter(round__in=wanted.values("key"))
        .select_related("round__plan")
        .order_by("-round__period", "round__plan")
    )
    return [
        RoundRow(
            key=state.round_id,
            plan=state.round.plan_id,
            plan_title=state.round.plan.title,
            city=state.round.city,
            period=state.round.period,
            stage=state.stage,
            stage_label=str(RoundStage(state.stage).label),
            due_at=state.due_at,
            closes_at=state.closes_at,
            rule=state.round.rule,
        )
        for state in states
    ]


def state_of(round: str) -> RoundState:
    """How a month stands now. Raises `NotFound`."""
    state = RoundState.objects.open().select_related("round").filter(round=round).first()
    if state is None:
        raise NotFound(_("没有这一期月报。"))
    return state
