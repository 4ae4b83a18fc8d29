"""The list of months and their reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.tables import Column, Table

from .queries import RoundLine


def round_table(rows: Iterable[RoundLine], params: Mapping[str, str]) -> Table:
    """Months with the stage of their paper."""
    columns = [
        Column(
            "period",
            _("报告期"),
            lambda row: row.period,
            filter="choice",
            href=lambda row: reverse("progress_report", args=[row.key]),
        ),
        Column("plan", _("规划"), lambda row: row.plan_title, filter="choice", wide=True),
        Column("stage", _("填报"), lambda row: row.stage, filter="choice"),
        Column("paper", _("月报"), lambda row: row.paper_stage, filter="choice"),
        Column("number", _("期号"), lambda row: row.number),
    ]
    empty = _("还没有报告期。规划采用后，系统按月自动开期；开期后在这里起草当月月报。")
    return Table("rounds", columns, rows, params, empty)
