"""Project ledgers that were brought, and what would become of their lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from luodi.common.tables import Column, Table, shown

from ..queries import LedgerLine, LedgerRow
from .dry import changes_in_words


def _would(line: LedgerLine) -> str:
    """What a line would write: of a new project what it says, else each change."""
    if line.project:
        return changes_in_words(line.changes)
    return "　".join(f"{one.label} {shown(one.after)}" for one in line.changes)


def _project(line: LedgerLine) -> str:
    return f"/projects/{line.project}/" if line.project else ""


LINES = (
    Column("row", _("行"), lambda r: r.number, kind="number"),
    Column("name", _("台账上的名称"), lambda r: r.name, filter="text"),
    Column("project", _("本系统的项目"), lambda r: r.title, filter="text", href=_project),
    Column("outcome", _("结果"), lambda r: r.outcome_label, filter="choice", group=True),
    Column("changes", _("会写入"), _would, wide=True),
    Column("says", _("说明"), lambda r: " ".join(r.says), filter="text", wide=True),
)


def ledger_lines(rows: Iterable[LedgerLine], params: Mapping[str, str]) -> Table:
    """Every line of a ledger with what would become of it."""
    return Table("ledger-lines", LINES, rows, params)


LEDGERS = (
    Column(
        "file",
        _("文件"),
        lambda r: r.file_name,
        href=lambda r: f"/projects/ledgers/{r.key}/",
        wide=True,
    ),
    Column("at", _("带来的时间"), lambda r: r.at, kind="date"),
    Column("who", _("经手人"), lambda r: r.who),
    Column("opened", _("新登记"), lambda r: r.new, kind="number"),
    Column("changed", _("改动"), lambda r: r.changed, kind="number"),
)


def ledgers_table(rows: Iterable[LedgerRow], empty: Any = "") -> Table:
    """The ledgers that were brought."""
    return Table("ledgers", LEDGERS, rows, {}, empty)
