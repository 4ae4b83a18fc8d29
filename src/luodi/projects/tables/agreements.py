"""Standard-land agreements as a dense table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from luodi.common.languages import titled
from luodi.common.tables import Column, Table

from ..queries import AgreementRow


def _waiting(row: AgreementRow) -> str:
    return titled(row.waiting.rule) if row.waiting else ""


def _light(row: AgreementRow) -> tuple[str, str]:
    if row.waiting:
        return row.waiting.light, row.waiting.says
    last = row.milestones[-1] if row.milestones else None
    return (last.light, last.says) if last else ("none", "")


def _count(verdict: str) -> Callable[[AgreementRow], Any]:
    return lambda row: row.counts[verdict]


COLUMNS = (
    Column(
        "name",
        _("项目"),
        lambda r: r.row.name,
        filter="text",
        href=lambda r: f"/projects/{r.key}/agreement/",
        wide=True,
    ),
    Column("zone", _("落地区域"), lambda r: r.row.zone, filter="choice", group=True),
    Column("lead", _("牵头单位"), lambda r: r.row.lead, filter="choice", group=True),
    Column("next", _("下一个节点"), _waiting, filter="choice", group=True),
    Column("day", _("约定日期"), lambda r: r.waiting.day if r.waiting else None, kind="date"),
    Column("light", _("时限"), _light, kind="light", filter="choice"),
    Column("left", _("说明"), lambda r: _light(r)[1]),
    Column("kept", _("已兑现"), _count("kept"), kind="number"),
    Column("not_due", _("还没到期"), _count("not_due"), kind="number"),
    Column("short", _("未达到"), _count("short"), kind="number"),
    Column("unclear", _("无法判断"), _count("cannot_tell"), kind="number"),
    Column("stage", _("复核"), lambda r: r.stage_label, filter="choice", group=True),
    Column("by", _("整改期限"), lambda r: r.state.rectify_by, kind="date"),
)


def agreements_table(rows: Iterable[AgreementRow], params: Mapping[str, str], empty: Any) -> Table:
    """Agreements with the next milestone, promises by verdict, and the re-check."""
    return Table("agreements", COLUMNS, rows, params, empty)
