"""Self-reports and terms as dense tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from luodi.common.tables import Column, Table

from ..queries.duties import SelfReportRow
from ..queries.terms import TermPage, YearShown

SELF_REPORTS = (
    Column(
        "title",
        _("考核"),
        lambda r: r.title,
        filter="text",
        href=lambda r: f"/assessment/self-reports/{r.key}/",
        wide=True,
    ),
    Column("unit", _("单位"), lambda r: r.unit, filter="choice"),
    Column("stage", _("环节"), lambda r: r.stage_label, filter="choice", group=True),
    Column("due", _("截止"), lambda r: r.due_at, kind="date"),
    Column("light", _("时限"), lambda r: r.light, kind="light", filter="choice"),
    Column("late", _("逾期"), lambda r: r.late_label),
)


def self_reports_table(
    rows: Iterable[SelfReportRow], params: Mapping[str, str], empty: Any
) -> Table:
    """One's own self-reports."""
    return Table("self_reports", SELF_REPORTS, rows, params, empty)


def _year(year: YearShown) -> str:
    if not year.score:
        return f"{year.year} —"
    place = f" ({year.rank}/{year.of})" if year.rank else ""
    return f"{year.year} {year.score}{place}"


TERMS = (
    Column(
        "title",
        _("任期"),
        lambda p: p.state.title,
        filter="text",
        href=lambda p: f"/assessment/terms/{p.state.term_id}/",
        wide=True,
    ),
    Column("unit", _("开发区"), lambda p: p.unit_name, filter="choice", group=True),
    Column("from", _("任期开始"), lambda p: p.state.term_from, kind="date"),
    Column("to", _("任期结束"), lambda p: p.state.term_to, kind="date"),
    Column("years", _("各年结果"), lambda p: "　".join(map(_year, p.years)), wide=True),
    Column("result", _("任期结果"), lambda p: p.result, kind="number"),
    Column("why", _("说明"), lambda p: p.why, wide=True),
)


def terms_table(rows: Iterable[TermPage], params: Mapping[str, str], empty: Any) -> Table:
    """Terms with their years beside one another."""
    return Table("terms", TERMS, rows, params, empty)
