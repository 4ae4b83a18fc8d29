"""The ranked table of a run, and the runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from luodi.common.tables import Column, Table

from ..models import AppraisalRun
from ..queries import ScoreRow


def scores_table(
    rows: Iterable[ScoreRow],
    groups: Sequence[str],
    params: Mapping[str, str],
    address: Callable[[ScoreRow], str],
) -> Table:
    """Units by place: total, tier, and the points of each group where the viewer may see them."""
    columns = (
        Column("rank", _("名次"), lambda r: r.rank, kind="number"),
        Column("unit", _("单位"), lambda r: r.name, filter="text", href=address, wide=True),
        Column("category", _("类别"), lambda r: r.category, filter="choice", group=True),
        Column("total", _("得分"), lambda r: r.total, kind="number", href=address),
        Column("tier", _("等次"), lambda r: r.tier, filter="choice", group=True),
        *(
            Column(f"g{n}", title, lambda r, t=title: _points(r, t), kind="number")
            for n, title in enumerate(groups)
        ),
        Column("why", _("说明"), lambda r: r.why, wide=True),
    )
    return Table("scores", columns, rows, params, _("还没有可以查看的得分。"))


def _points(row: ScoreRow, title: str) -> str:
    return next((points for group, _lines, points in row.groups if group == title), "")


def runs_table(
    rows: Iterable[AppraisalRun], address: Callable[[AppraisalRun], str], params: Mapping[str, str]
) -> Table:
    """Every run, the newest first."""
    columns = (
        Column("number", _("次"), lambda r: r.number, kind="number", href=address),
        Column("on", _("计算时间"), lambda r: r.act.at, kind="date"),
        Column("note", _("说明"), lambda r: r.note, wide=True),
        Column("engine", _("引擎版本"), lambda r: r.engine),
        Column("digest", _("结果摘要"), lambda r: r.digest[:12]),
    )
    return Table("runs", columns, rows, params, _("还没有计算过。"))
