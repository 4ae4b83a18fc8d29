"""Lists of the organisation register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from luodi.common.tables import Column, Table

from .queries import EnterpriseRow, PersonRow, Speaker, UnitRow


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


def speakers_table(rows: Iterable[Speaker], params: Mapping[str, str]) -> Table:
    """People who speak for enterprises, with their accounts."""
    columns = [
        Column("name", _("姓名"), lambda r: r.name, filter="text"),
        Column("enterprise", _("企业"), lambda r: r.enterprise, filter="text", wide=True),
        Column("title", _("职务"), lambda r: r.title),
        Column("username", _("账号"), lambda r: r.username, filter="text"),
        Column("state", _("账号状态"), lambda r: r.account_state, filter="choice"),
    ]
    return Table("speakers", columns, rows, params, _("还没有企业人员。系统管理员可在下方登记。"))


def enterprise_address(row: EnterpriseRow) -> str:
    """The page of an enterprise."""
    return f"/enterprises/{row.key}/"


def enterprises_table(rows: Iterable[EnterpriseRow], params: Mapping[str, str]) -> Table:
    """Enterprises with their codes, homes, trades and sizes."""
    columns = [
        Column("name", _("名称"), lambda r: r.name, "text", "text", enterprise_address, wide=True),
        Column("credit_code", _("统一社会信用代码"), lambda r: r.credit_code, filter="text"),
        Column("home", _("所在开发区、县区"), lambda r: r.home, filter="choice", group=True),
        Column("county", _("坐落县（市、区）"), lambda r: r.county, filter="choice", group=True),
        Column("industry_code", _("行业代码"), lambda r: r.industry_code, filter="text"),
        Column("industry", _("行业"), lambda r: r.industry, filter="choice", group=True),
        Column("size_class", _("规模"), lambda r: r.size_class, filter="choice", group=True),
        Column("cluster", _("产业集群"), lambda r: r.cluster, filter="choice", group=True),
        Column("standing", _("状态"), lambda r: r.standing, filter="choice"),
        Column(
            "generated",
            _("说明"),
            lambda r: _("生成的演示数据") if r.generated else "",
            filter="choice",
        ),
    ]
    empty = _("还没有企业。可以逐家登记，也可以导入名录。")
    return Table("enterprises", columns, rows, params, empty)


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
