"""Appraisals as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luodi.common.tables import Column, Table

from ..models import AppraisalState
from ..queries import ABOUT

APPRAISALS = (
    Column("year", _("年度"), lambda r: str(r.appraisal.year), filter="choice"),
    Column(
        "title", _("考核"), lambda r: r.title, filter="text", wide=True,
        href=lambda r: reverse("appraisal", args=[r.appraisal_id]),
    ),
    Column("about", _("考核对象"), lambda r: ABOUT[r.appraisal.about], filter="choice"),
    Column("stage", _("阶段"), lambda r: r.get_stage_display(), filter="choice", group=True),
)  # fmt: skip


def appraisals_table(rows: Iterable[AppraisalState], params: Mapping[str, str]) -> Table:
    """Appraisals, one line each."""
    empty = _("还没有考核。专班办公室按规则包里的方案开始一次年度考核后，列在这里。")
    return Table("appraisals", APPRAISALS, rows, params, empty)
