"""Lists of projects with their permits, and of permits that are due."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from luodi.common.tables import LIGHT_SHAPES, Column, Table

from ..queries.permit_lists import DueRow, MatrixRow


def address(row: MatrixRow | DueRow) -> str:
    """The page of a project's permits; plain, because many rows ask."""
    return f"/projects/{row.key}/permits/"


def state_html(light: str, label: str) -> SafeString:
    """A permit's state by shape, word and colour."""
    shape = f'<i aria-hidden="true">{LIGHT_SHAPES[light]}</i>'
    return mark_safe(f'<span class="light light-{light}">{shape} {escape(label)}</span>')


def _cell(permit: str) -> Callable[[MatrixRow], Any]:
    """The value of a permit's column: nothing where the type doesn't have it."""

    def value(row: MatrixRow) -> Any:
        cell = row.cells.get(permit)
        if cell is None:
            return None
        day = f"<br><small>{cell.day.isoformat()}</small>" if cell.day else ""
        return mark_safe(f"{state_html(cell.light, cell.label)}{day}")

    return value


def _in_words(permit: str) -> Callable[[MatrixRow], str]:
    """The same for a sheet."""

    def value(row: MatrixRow) -> str:
        cell = row.cells.get(permit)
        if cell is None:
            return ""
        return f"{cell.label} {cell.day.isoformat()}" if cell.day else cell.label

    return value


FIRST = (
    Column("name", _("项目"), lambda r: r.name, filter="text", href=address, wide=True),
    Column("zone", _("落地区域"), lambda r: r.zone, filter="choice", group=True),
    Column("type", _("项目类型"), lambda r: r.type, filter="choice", group=True),
    Column("agent", _("代办单位"), lambda r: r.agent, filter="choice", group=True),
    Column("planned", _("计划开工"), lambda r: r.planned, kind="date"),
    Column("expected", _("预计开工"), lambda r: r.expected, kind="date"),
    Column("late", _("比计划晚（天）"), lambda r: r.late, kind="number"),
    Column("overdue", _("超期手续"), lambda r: r.overdue, kind="number"),
)


def matrix_table(
    rows: Iterable[MatrixRow],
    permits: Sequence[tuple[str, str]],
    params: Mapping[str, str],
    empty: Any = "",
) -> Table:
    """Projects with a column for each permit: its state and the day that goes with it."""
    sheet = params.get("export") == "xlsx"
    columns = tuple(
        Column(
            f"p_{key}", title, _in_words(key) if sheet else _cell(key), "text" if sheet else "html"
        )
        for key, title in permits
    )
    return Table("permits", (*FIRST, *columns), rows, params, empty)


DUE = (
    Column("office", _("办理部门"), lambda r: r.office, filter="choice", group=True),
    Column("permit", _("手续"), lambda r: r.permit, filter="choice", group=True),
    Column("name", _("项目"), lambda r: r.name, filter="text", href=address, wide=True),
    Column("zone", _("落地区域"), lambda r: r.zone, filter="choice", group=True),
    Column("agent", _("代办单位"), lambda r: r.agent, filter="choice", group=True),
    Column("state", _("手续状态"), lambda r: r.label, filter="choice", group=True),
    Column("taken_in", _("受理日期"), lambda r: r.taken_in_on, kind="date"),
    Column("due", _("应办结"), lambda r: r.due_at, kind="date"),
    Column("limit", _("办理时限"), lambda r: r.limit),
)


def due_table(rows: Iterable[DueRow], params: Mapping[str, str], empty: Any = "") -> Table:
    """Permits of projects by office, the soonest due first."""
    return Table("due", DUE, rows, params, empty)
