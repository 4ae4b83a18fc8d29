"""Lists of entries: dense tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luodi.common.tables import Column, Table
from luodi.packs.schemas import RegisterRule

from .queries import Candidate, EntryRow
from .rules import level_word


def address(row: EntryRow) -> str:
    """The page of an entry; plain, because a thousand rows ask."""
    return f"/registers/entries/{row.key}/"


COLUMNS = (
    Column("name", _("名称"), lambda r: r.name, filter="text", href=address, wide=True),
    Column("light", _("灯"), lambda r: r.verdict, kind="light", filter="choice"),
    Column("stage", _("阶段"), lambda r: r.stage_title, filter="choice", group=True),
    Column("level", _("级别"), lambda r: r.level, filter="choice", group=True),
    Column("home", _("所在开发区、县区"), lambda r: r.home, filter="choice", group=True),
    Column("number", _("证书或文号"), lambda r: r.number, filter="text"),
    Column("from", _("起始日期"), lambda r: r.from_on, kind="date"),
    Column("until", _("有效期至"), lambda r: r.until_on, kind="date"),
    Column("days", _("剩余天数"), lambda r: r.days, kind="number"),
    Column("tutor", _("辅导员"), lambda r: r.tutor, filter="choice"),
    Column("entered", _("登记日期"), lambda r: r.entered_on, kind="date"),
)


ASKED_AS = {"from": "from_on", "until": "until_on", "days": "until_on"}
"""What a step asks for, by the column that shows it; the rest every register has."""
ALWAYS = {"name", "light", "stage", "home", "entered"}
MATTER = Column("matter", _("事由"), lambda r: r.matter, filter="text", wide=True)
DUE = Column("due", _("本阶段时限"), lambda r: r.due_at, kind="date")
REFERRED = Column("referred", _("转办单位"), lambda r: r.referred_to, filter="choice", group=True)


def entries_table(
    rule: RegisterRule, rows: Iterable[EntryRow], params: Mapping[str, str], empty: Any = ""
) -> Table:
    """Entries as the page's table, with the columns that its register has a use for."""
    columns = [
        one for one in COLUMNS if one.key in ALWAYS or rule.uses(ASKED_AS.get(one.key, one.key))
    ]
    columns = [one for one in columns if one.key != "level" or rule.levels]
    columns = [replace(c, label=level_word(rule)) if c.key == "level" else c for c in columns]
    if rule.many:
        columns.insert(1, MATTER)
        columns.insert(len(columns) - 1, DUE)
    if any(move.refers for move in rule.moves):
        columns.insert(len(columns) - 1, REFERRED)
    return Table("register-entries", columns, rows, params, empty)


FIRM = Column(
    "name", _("企业"), lambda r: r.name, filter="text", href=lambda r: f"/enterprises/{r.firm}/",
    wide=True,
)  # fmt: skip
HOME = Column("home", _("所在开发区、县区"), lambda r: r.home, filter="choice", group=True)
VERDICT = Column("state", _("判断"), lambda r: r.word, filter="choice", group=True)
WHY = Column("why", _("理由"), lambda r: r.why, wide=True)


def _may_enter(row: Candidate) -> str:
    return f"/registers/of/{row.register}/new/?about={row.firm}" if row.may_enter else ""


ENTERING = (
    FIRM,
    VERDICT,
    WHY,
    HOME,
    Column("before", _("曾在册"), lambda r: r.before, filter="choice"),
    Column("enter", _("办理"), lambda r: gettext("登记") if r.may_enter else "", href=_may_enter),
)
LEAVING = (
    FIRM,
    VERDICT,
    WHY,
    HOME,
    Column("stage", _("阶段"), lambda r: r.stage, filter="choice", group=True),
    Column(
        "entry", _("办理"), lambda r: gettext("打开登记"),
        href=lambda r: f"/registers/entries/{r.entry}/",
    ),
)  # fmt: skip


def entering_table(rows: Iterable[Candidate], params: Mapping[str, str]) -> Table:
    """Enterprises that a register is for and that aren't on it."""
    empty = _("按现有事实，没有还未在册而符合条件的企业。")
    return Table("register-entering", ENTERING, rows, params, empty, among=True)


def leaving_table(rows: Iterable[Candidate], params: Mapping[str, str]) -> Table:
    """Entries that should run no longer."""
    empty = _("在册的都还符合条件。")
    return Table("register-leaving", LEAVING, rows, params, empty, among=True)
