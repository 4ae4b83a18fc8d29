"""Evaluations of plans, what is due, and what was judged, as dense tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from luodi.common.languages import in_one_line
from luodi.common.tables import Column, Table
from luodi.common.templatetags.luodi import sentence_address

from ..choices import PlanVerdict
from ..queries import DueEvaluation, EvaluationRow, JudgedRow
from ..queries.evaluations import verdict_words

CHANGES = {"better": _("好转"), "worse": _("变差"), "same": _("持平"), "": ""}

EVALUATIONS = (
    Column(
        "plan",
        _("规划"),
        lambda r: r.plan_title,
        filter="text",
        href=lambda r: r.address,
        wide=True,
    ),
    Column("kind", _("评估类别"), lambda r: r.kind_label, filter="choice", group=True),
    Column("period", _("评估期"), lambda r: r.period, kind="period", filter="choice"),
    Column("stage", _("办理情况"), lambda r: r.stage_label, filter="choice", group=True),
    *(
        Column(
            verdict.value,
            verdict.label,
            lambda r, n=n: r.counts[n] if r.counts else None,
            kind="number",
        )
        for n, verdict in enumerate(PlanVerdict)
    ),
)

DUE = (
    Column("plan", _("规划"), lambda r: r.plan_title, wide=True),
    Column("kind", _("评估类别"), lambda r: r.title),
    Column("period", _("评估期"), lambda r: r.period, kind="period"),
    Column("due", _("应完成"), lambda r: r.due_on, kind="date"),
    Column(
        "state",
        _("情况"),
        lambda r: r.stage_label or (_("已过时间，还没有开展") if r.late else _("还没有开展")),
        href=lambda r: f"/assessment/evaluations/{r.key}/" if r.key else "",
    ),
)


def _said(row: JudgedRow) -> str:
    return in_one_line(f"{one.who} {one.label}" for one in row.selves)


def _opined(row: JudgedRow) -> str:
    return in_one_line(f"{one.who} {one.label}".strip() for one in row.opinions)


JUDGED = (
    Column(
        "title",
        _("目标或举措"),
        lambda r: r.title,
        filter="text",
        href=lambda r: r.address,
    ),
    Column(
        "what",
        _("类别"),
        lambda r: _("目标") if r.is_target else _("举措"),
        filter="choice",
        group=True,
    ),
    Column("verdict", _("评判"), lambda r: r.label, filter="choice", group=True),
    Column("why", _("为什么"), lambda r: r.why, wide=True),
    Column(
        "sentence",
        _("原句"),
        lambda r: _("看原句") if r.sentence else "",
        href=lambda r: sentence_address(r.sentence),
    ),
    Column("units", _("责任单位"), lambda r: r.unit_names, filter="text", group=True),
    Column("self", _("自评"), _said),
    Column("outside", _("第三方"), _opined),
    Column("differs", _("是否一致"), lambda r: _("不一致") if r.differs else "", filter="choice"),
    Column("before", _("上次评判"), lambda r: verdict_words(r.before)),
    Column("change", _("变化"), lambda r: CHANGES[r.change], filter="choice"),
)


def evaluations_table(
    rows: Iterable[EvaluationRow], params: Mapping[str, str], empty: Any
) -> Table:
    """Evaluations with their stage and, where they may be seen, how many of each verdict."""
    return Table("evaluations", EVALUATIONS, rows, params, empty)


def due_table(rows: Iterable[DueEvaluation]) -> Table:
    """What the rules ask for."""
    return Table("due", DUE, rows, {}, _("没有规划写明年度，推不出应评估的时间。"))


def judged_table(rows: Iterable[JudgedRow], params: Mapping[str, str], empty: Any) -> Table:
    """Targets and measures with the computed verdict, and what others say beside it."""
    return Table("judged", JUDGED, rows, params, empty)
