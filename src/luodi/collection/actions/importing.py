"""Taking in the figures that a superior's table holds already: not asked of anybody again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed
from luodi.indicators.actions import Cell, withdraw, write_figures
from luodi.orgs.choices import Role
from luodi.orgs.rules import Viewer

from ..choices import Held
from ..queries.held import HeldRow
from ..queries.templates import held_in, request_for
from ..rules.held import BROUGHT


def import_held(
    *, table: str, seen: int, replacing: Collection[str], viewer: Viewer, by: str, at: datetime
) -> list[HeldRow]:
    """Take the figures of a table into the dictionary's series, with the table as their origin.

    What isn't known is taken in; what another table said otherwise only at the addresses
    `replacing` names. A respondent's figure is never revised: it stays and is told as different.
    What is known in the same amount is passed over, so a second import writes nothing. What was
    taken in before and, the mapping corrected, stands in no cell any more is withdrawn: `GONE`
    among the rows returned. `seen` is the act that opened the mapping looked at.
    """
    found, state = request_for(viewer, table, Moment(at))
    if not viewer.acts_for(found.unit, Role.STATISTICIAN):
        raise NotAllowed(_("表里的数由办理这张表的统计人员导入。"))
    if not state.mapping:
        raise Incomplete(_("请先核对表里每一格是什么，再导入。"))
    if state.since_id != seen:
        raise Conflict(_("别人刚刚核对过这张表，请刷新后再改。"))
    rows = held_in(viewer, table, Moment(at))
    unknown = set(replacing) - {row.address for row in rows if row.standing == Held.DIFFERENT}
    if unknown:
        raise Conflict(_("这些格已经变了，请刷新后再看：%s") % "、".join(sorted(unknown)[:8]))
    taken = [row for row in rows if row.standing == Held.NEW or row.address in replacing]
    gone = [row for row in rows if row.standing == Held.GONE]
    if not taken and not gone:
        return []
    origin = subject_key(BROUGHT, table)
    scope = {"city": found.city, "unit": found.unit}
    payload = {"cells": len(taken), "withdrawn": len(gone)}
    with perform(
        "import_held", by=by, at=at, subjects=[origin], scope=scope, payload=payload
    ) as deed:
        withdraw(deed=deed, origin=origin, keys=[row.value for row in gone])
        for purpose in sorted({row.purpose for row in taken}):
            cells = [_cell(row) for row in taken if row.purpose == purpose]
            write_figures(deed=deed, city=found.city, cells=cells, origin=origin, purpose=purpose)
    return taken + gone


def _cell(row: HeldRow) -> Cell:
    assert row.amount is not None
    return Cell(row.indicator, row.unit, "", row.period, row.amount, row.scale)
