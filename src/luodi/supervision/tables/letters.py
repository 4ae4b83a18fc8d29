"""Letters and their counts as tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from luodi.common.tables import Column, Table

from ..queries import LetterCount, LetterRow

LETTERS = (
    Column("light", _("时限"), lambda r: r.shown, kind="light", filter="choice", group=True),
    Column("kind", _("种类"), lambda r: r.kind_label, filter="choice", group=True),
    Column("number", _("文号"), lambda r: r.number, "nowrap", filter="text"),
    Column(
        "title", _("标题"), lambda r: r.title, filter="text", href=lambda r: r.address, wide=True
    ),
    Column("unit", _("收函单位"), lambda r: r.unit_name, filter="choice", group=True),
    Column("stage", _("办理情况"), lambda r: r.stage_label, filter="choice", group=True),
    Column("year", _("年度"), lambda r: str(r.year), filter="choice", group=True),
    Column("causes", _("事项数"), lambda r: len(r.causes), kind="number"),
    Column("issued", _("印发"), lambda r: r.issued_on, kind="date"),
    Column("due", _("应办时限"), lambda r: r.due_on, kind="date"),
    Column("answered", _("回告"), lambda r: r.answered_on, kind="date"),
    Column("late", _("迟（天）"), lambda r: r.late_days or None, kind="number"),
)

COUNTS = (
    Column("year", _("年度"), lambda r: str(r.year), filter="choice", group=True),
    Column("unit", _("单位"), lambda r: r.unit_name, filter="text", wide=True),
    Column("letters", _("警示提醒函"), lambda r: r.letters, kind="number"),
    Column("talks", _("约谈"), lambda r: r.talks, kind="number"),
    Column("late", _("迟回告"), lambda r: r.late, kind="number"),
    Column("unanswered", _("超期未回告"), lambda r: r.unanswered, kind="number"),
    Column("open", _("未整改到位"), lambda r: r.open, kind="number"),
    Column("settled", _("已整改到位"), lambda r: r.settled, kind="number"),
    Column("cancelled", _("作废"), lambda r: r.cancelled, kind="number"),
)


def letters_table(rows: Iterable[LetterRow], params: Mapping[str, str]) -> Table:
    """Letters, one line each."""
    empty = _("还没有函件。规则起草或办公室起草的警示提醒函和约谈通知书会列在这里。")
    return Table("letters", LETTERS, rows, params, empty)


def letter_counts_table(rows: Iterable[LetterCount], params: Mapping[str, str]) -> Table:
    """How many letters and talks each unit got in each year."""
    return Table("letter-counts", COUNTS, rows, params, _("还没有印发过函件。"))
