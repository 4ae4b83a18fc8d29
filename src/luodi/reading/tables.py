"""The list of documents."""

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
]
