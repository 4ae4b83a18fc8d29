"""How units stand, and what is lit, as tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luodi.common.languages import listed
from luodi.common.tables import Column, Table

from ..queries import KINDS, Lit, UnitStanding


def _lit_of(row: UnitStanding) -> str:
    return "?" + urlencode({"f_units": row.name}) + "#table-lit"


STANDINGS = (
    Column("unit", _("单位"), lambda r: r.name, href=_lit_of, wide=True),
    Column("red", _("红灯"), lambda r: r.reds, kind="number"),
    Column("yellow", _("黄灯"), lambda r: r.yellows, kind="number"),
    *(
        Column(kind, label, lambda r, k=kind: sum(one.kind == k for one in r.lit), kind="number")
        for kind, label in KINDS.items()
    ),
)


LADDER = Column("ladder", _("函件"), lambda r: _("阶梯"), href=lambda r: ladder_address(r.unit))
"""From a unit to its ladder, for those who see all letters."""

DRAFT = Column(
    "draft", _("函件"), lambda r: _("起草") if r.light == "red" else None,
    href=lambda r: draft_address(r) if r.light == "red" else "",
)  # fmt: skip
"""From a red light to a letter about it, for the office."""


def ladder_address(unit: str) -> str:
    """The ladder of a unit."""
    return reverse("ladder", args=[unit])


def draft_address(one: Lit) -> str:
    """A new letter about a light: to the unit that answers for it, the first where several do."""
    asked = {"unit": one.units[0] if one.units else "", "about": one.subject}
    return f"{reverse('new_letter')}?{urlencode(asked)}"


def standings_table(
    rows: Iterable[UnitStanding], params: Mapping[str, str], *, ladders: bool = False
) -> Table:
    """Units by what is red and yellow of theirs; with `ladders`, the way to each one's letters."""
    columns = (*STANDINGS, LADDER) if ladders else STANDINGS
    return Table("standings", columns, rows, params, _("此刻没有红灯和黄灯。"))


def lit_table(
    rows: Iterable[Lit],
    names: Mapping[str, str],
    params: Mapping[str, str],
    *,
    drafts: bool = False,
) -> Table:
    """What is lit, one line each; with `drafts`, from a red light to a letter about it."""
    columns = (
        Column("light", _("灯"), lambda r: r.shown, kind="light", filter="choice", group=True),
        Column("kind", _("类别"), lambda r: r.kind_label, filter="choice", group=True),
        Column(
            "title", _("事项"), lambda r: r.title,
            filter="text", href=lambda r: r.address, wide=True,
        ),
        Column(
            "units", _("责任单位"), lambda r: listed(names.get(u, "") for u in r.units),
            filter="text", group=True,
        ),
        Column("due", _("时限"), lambda r: r.due_on, kind="date"),
        Column("days", _("超期（天）"), lambda r: r.days or None, kind="number"),
        Column("why", _("为什么"), lambda r: r.why, wide=True),
    )  # fmt: skip
    shown = (*columns, DRAFT) if drafts else columns
    return Table("lit", shown, rows, params, _("此刻没有红灯和黄灯。"))
