"""The list of indicators, what packs propose, and the values of one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from luodi.common.tables import Column
from luodi.common.templatetags.luodi import sentence_address

from .choices import Purpose

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
    Column("period", _("时期"), lambda r: r.period),
    Column("unit", _("报数单位"), lambda r: r.unit, filter="choice", group=True),
]

VALUES = [
    Column("period", _("时期"), lambda r: r.period, filter="choice", group=True),
    Column("unit", _("报数单位"), lambda r: r.unit, filter="choice", group=True),
    Column("figure", _("数值"), lambda r: r.figure, kind="number"),
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
