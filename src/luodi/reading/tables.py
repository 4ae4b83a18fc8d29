"""The list of documents, and the findings of one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from luodi.common.tables import Column

COLUMNS = [
    Column(
        "title", _("标题"), lambda r: r.title, filter="text", href=lambda r: r.address, wide=True
    ),
    Column("number", _("文号"), lambda r: r.number, filter="text"),
    Column("issuer", _("发文机关"), lambda r: r.issuer, filter="choice", group=True),
    Column("issued_on", _("日期"), lambda r: r.issued_on, kind="date"),
    Column("stage", _("阶段"), lambda r: r.stage_label, filter="choice", group=True),
    Column("measures", _("举措"), lambda r: r.measures, kind="number"),
    Column("targets", _("目标"), lambda r: r.targets, kind="number"),
    Column("left", _("待核对"), lambda r: r.left, kind="number"),
    Column(
        "findings",
        _("检查待处理"),
        lambda r: r.findings,
        kind="number",
        href=lambda r: r.findings_address,
    ),
]

FINDING_COLUMNS = [
    Column("severity", _("程度"), lambda r: r.severity_label),
    Column("kind", _("类别"), lambda r: r.kind),
    Column("message", _("问题与核算"), lambda r: r.message, wide=True),
    Column("place", _("位置"), lambda r: r.place),
    Column("quote", _("原文"), lambda r: "\n".join(r.quotes), wide=True),
    Column("stage", _("处理"), lambda r: r.stage_label),
    Column("correction", _("应改为"), lambda r: r.correction or r.proposed),
    Column("reason", _("不采纳原因"), lambda r: r.reason),
    Column("item", _("督办事项"), lambda r: "\n".join(item.title for item in r.items)),
    Column("note", _("更正建议函"), lambda r: r.note.title if r.note else ""),
    Column("decided_by", _("处理人"), lambda r: r.decided_by),
    Column("decided_at", _("处理时间"), lambda r: r.decided_at, kind="date"),
    Column("standing", _("最近一次检查"), lambda r: _("仍有") if r.standing else _("已不再出现")),
    Column("code", _("代码"), lambda r: r.code),
]
