"""Lists of the organisation register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from luodi.common.tables import Column, Table

from .queries import PersonRow, UnitRow


def unit_address(row: UnitRow) -> str:
    """The page of a unit."""
    return f"/units/{row.key}/"


def people_table(rows: Iterable[PersonRow], params: Mapping[str, str]) -> Table:
    """People with their postings and accounts."""
    columns = [
        Column("name", _("姓名"), lambda r: r.name, filter="text"),
        Column("unit", _("单位"), lambda r: r.unit, filter="choice", group=True),
        Column("role", _("岗位"), lambda r: r.role, filter="choice", group=True),
        Column("title", _("职务"), lambda r: r.title),
        Column("away", _("在岗"), lambda r: _("不在岗") if r.away else _("在岗"), filter="choice"),
        Column("username", _("账号"), lambda r: r.username, href=None, filter="text"),
        Column("state", _("账号状态"), lambda r: r.account_state, filter="choice"),
    ]
    empty = _("还没有人员。系统管理员可在下方登记。")
    return Table("people", columns, rows, params, empty, select=lambda r: r.key)


def units_table(rows: Iterable[UnitRow], params: Mapping[str, str]) -> Table:
    """Units with their kinds, parents and other names."""
    columns = [
        Column("name", _("名称"), lambda r: r.name, "text", "text", unit_address, wide=True),
        Column("kind", _("类别"), lambda r: r.kind, filter="choice", group=True),
        Column("parent", _("上级"), lambda r: r.parent, filter="choice"),
        Column("aliases", _("别称"), lambda r: r.aliases, filter="text"),
        Column("members", _("所含单位"), lambda r: r.members),
        Column("term", _("任期"), lambda r: r.term),
    ]
    return Table("units", columns, rows, params, _("还没有单位。"))
