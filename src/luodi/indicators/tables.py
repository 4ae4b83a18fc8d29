"""The list of indicators, what packs propose, and the values of one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from luodi.common.tables import Column
from luodi.common.templatetags.luodi import sentence_address

from .choices import Purpose
from .queries.pages import working_address
from .queries.targets import Goal, GoalRow, PacePoint

COLUMNS = [
    Column("name", _("指标"), lambda r: r.name, filter="text", href=lambda r: r.address, wide=True),
    Column("measured_in", _("计量单位"), lambda r: r.measured_in, filter="choice", group=True),
    Column("purpose", _("用途"), lambda r: r.purpose, filter="choice", group=True),
    Column(
        "goal",
        _("目标"),
        lambda r: r.goal,
        href=lambda r: sentence_address(r.sentence) or r.address,
    ),
    Column("answers", _("数据责任单位"), lambda r: r.answers, filter="choice", group=True),
    Column("counts", _("统计方式"), lambda r: r.counts, filter="choice"),
    Column("targets", _("目标数"), lambda r: r.targets, kind="number"),
    Column("latest", _("最新值"), lambda r: r.latest, kind="number"),
    Column("period", _("时期"), lambda r: r.period, kind="period"),
    Column("unit", _("报数单位"), lambda r: r.unit, filter="choice", group=True),
]

VALUES = [
    Column("period", _("时期"), lambda r: r.period, kind="period", filter="choice", group=True),
    Column("unit", _("报数单位"), lambda r: r.unit, filter="choice", group=True),
    Column("figure", _("数值"), lambda r: r.figure, kind="number", href=lambda r: r.address),
    Column("known_at", _("何时所知"), lambda r: r.known_at, kind="date"),
    Column("by", _("经手人"), lambda r: r.by),
    Column("purpose", _("用途"), lambda r: r.purpose, filter="choice"),
    Column("revised", _("说明"), lambda r: _("已被后来的数替代") if r.revised else ""),
]

STATES = {
    "new": _("尚未采用"),
    "changed": _("与现行定义不同"),
    "same": _("已采用"),
    "parted": _("计量单位或用途不同，须另建指标"),
}

PROPOSALS = [
    Column("name", _("指标"), lambda r: r.name, filter="text", wide=True),
    Column("measured_in", _("计量单位"), lambda r: r.last["measured_in"], filter="choice"),
    Column("purpose", _("用途"), lambda r: Purpose(r.last["purpose"]).label, filter="choice"),
    Column("meaning", _("定义"), lambda r: r.last["meaning"], wide=True),
    Column("source", _("来源"), lambda r: r.last["source"]),
    Column("state", _("状态"), lambda r: str(STATES[r.state]), filter="choice", group=True),
]

FACTS = [
    Column("name", _("指标"), lambda r: r.name, filter="text", href=lambda r: r.address, wide=True),
    Column("owner", _("城市"), lambda r: r.owner, filter="choice", group=True),
    Column("subject", _("谁的数"), lambda r: r.subject, filter="choice", group=True),
    Column("period", _("时期"), lambda r: r.period, kind="period", filter="choice", group=True),
    Column("figure", _("类别"), lambda r: r.figure, filter="choice", group=True),
    Column("stated", _("数值"), lambda r: r.stated, kind="number"),
    Column("unit", _("计量单位"), lambda r: r.unit, filter="choice"),
    Column("over", _("怎么算的"), lambda r: r.over, wide=True),
    Column("meaning", _("定义"), lambda r: r.meaning, wide=True),
    Column("scope", _("口径范围"), lambda r: r.scope, wide=True),
    Column("document", _("文件"), lambda r: r.document, filter="choice", group=True, wide=True),
    Column("number", _("文号"), lambda r: r.number),
    Column("issued", _("成文日期"), lambda r: r.issued or _("文件没有写明")),
    Column("source", _("来源"), lambda r: r.source, wide=True),
    Column("open_point", _("没有写明的"), lambda r: r.open_point, filter="text", wide=True),
    Column("code", _("代码"), lambda r: r.code, filter="text"),
    Column("adopted", _("目录"), lambda r: _("已采用") if r.adopted else _("尚未采用"),
           filter="choice", group=True),
]  # fmt: skip


def _pace(row: GoalRow) -> str:
    if row.standing.ahead is None:
        return ""
    return str(_("达到进度") if row.standing.ahead else _("落后进度"))


GOALS = [
    Column("name", _("指标"), lambda r: r.name, filter="text", href=lambda r: r.address, wide=True),
    Column("goal", _("目标"), lambda r: r.standing.goal),
    Column("entity", _("谁的目标"), lambda r: r.entity, filter="choice", group=True),
    Column("period", _("最新时期"), lambda r: r.standing.period, kind="period"),
    Column("actual", _("实际"), lambda r: r.standing.actual, kind="number"),
    Column("done", _("完成目标的%"), lambda r: r.standing.done, kind="number"),
    Column("gap", _("与进度之差"), lambda r: r.standing.gap, kind="number"),
    Column("outlook", _("推算全年"), lambda r: r.outlook, kind="number"),
    Column("interval", _("推算区间"), lambda r: r.interval, kind="number"),
    Column("pace", _("进度"), _pace, filter="choice", group=True),
    Column("why", _("说明"), lambda r: r.why, wide=True),
]

COURSE = [
    Column("period", _("时期"), lambda r: r[1].period.key, kind="period"),
    Column("expected", _("进度要求"), lambda r: r[0].text(r[1].expected), kind="number"),
    Column("actual", _("实际"), lambda r: r[0].text(r[1].actual), kind="number"),
    Column("gap", _("与进度之差"), lambda r: _gap(*r), kind="number"),
]


def course_columns(unit: str) -> list[Column]:
    """The columns of a course; with the working of each figure where it is one unit's."""
    if not unit:
        return COURSE

    def address(row: tuple[Goal, PacePoint]) -> str:
        goal, point = row
        show = "cumulative" if goal.cumulates else "value"
        key, purpose = goal.definition.indicator_id, goal.definition.purpose
        return working_address(key, unit, point.period.key, purpose, show)

    return [*COURSE, Column("working", _("来由"), lambda r: _("打开"), href=address)]


def _gap(goal: Goal, point: PacePoint) -> str:
    if point.expected is None or point.actual is None:
        return ""
    return goal.text(point.actual - point.expected)
