"""The financing funnel, and special funds and bonds, as dense tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from luodi.common.tables import Column, Table

from ..choices import FundingStep
from ..queries import FunnelSum, SpecialRow
from ..rules.funding import BANKS, RATES, SPECIAL


def _count(step: FundingStep) -> Callable[[FunnelSum], Any]:
    return lambda row: row.count(step)


def _amount(step: FundingStep) -> Callable[[FunnelSum], Any]:
    return lambda row: row.amount(step)


def _rate(place: int) -> Callable[[FunnelSum], Any]:
    return lambda row: row.rates[place].percent


def funnel_table(name: str, head: Any, rows: Iterable[FunnelSum]) -> Table:
    """Banks or zones: projects and amounts at each step, and the rates."""
    columns = [Column("label", head, lambda r: r.label, wide=True)]
    columns.append(
        Column("recommended", _("推介项目"), _count(FundingStep.RECOMMENDED), kind="number")
    )
    for step in BANKS[1:]:
        columns.append(Column(f"n-{step}", _Counted(step), _count(step), kind="number"))
        columns.append(Column(step, _Amounted(step), _amount(step), kind="number"))
    for place, (of, over) in enumerate(RATES):
        columns.append(Column(f"rate-{place}", _Rated(of, over), _rate(place), kind="number"))
    return Table(name, columns, rows)


class _Counted:
    """A head in the reader's language: projects at a step."""

    def __init__(self, step: FundingStep) -> None:
        self.step = step

    def __str__(self) -> str:
        return str(_("%(step)s项目")) % {"step": self.step.label}


class _Amounted(_Counted):
    """A head: the amount at a step."""

    def __str__(self) -> str:
        return str(_("%(step)s（万元）")) % {"step": self.step.label}


class _Rated:
    """A head: one step over another."""

    def __init__(self, of: FundingStep, over: FundingStep) -> None:
        self.of, self.over = of, over

    def __str__(self) -> str:
        return f"{self.of.label}/{self.over.label}（%）"


def _total(step: FundingStep) -> Callable[[SpecialRow], Any]:
    return lambda row: row.totals[step]


SPECIALS = (
    Column(
        "name",
        _("项目"),
        lambda r: r.row.name,
        filter="text",
        href=lambda r: f"/projects/{r.row.key}/funding/",
        wide=True,
    ),
    Column("zone", _("落地区域"), lambda r: r.row.zone, filter="choice", group=True),
    Column("kind", _("类别"), lambda r: r.kind, filter="choice", group=True),
    Column("giver", _("名称"), lambda r: r.giver, filter="text"),
    *(Column(step.value, _Amounted(step), _total(step), kind="number") for step in SPECIAL),
    Column("unused", _("未使用（万元）"), lambda r: r.unused, kind="number"),
    Column("granted", _("最早下达"), lambda r: r.granted_on, kind="date"),
    Column("aged", _("长期未用"), lambda r: _("是") if r.long_unused else "", filter="choice"),
    Column("unaudited", _("逾期未审计（万元）"), lambda r: r.unaudited, kind="number"),
)


def special_table(rows: Iterable[SpecialRow], params: Mapping[str, str], empty: Any) -> Table:
    """Special funds and bonds with what is unused and what waits for its audit."""
    return Table("special", SPECIALS, rows, params, empty)
