"""Pairs of projects that look alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from luodi.common.tables import Column, Table

from ..queries import Pair


def _beside(pair: Pair) -> str:
    return f"/projects/{pair.one.key}/merge/{pair.other.key}/"


OPEN = (
    Column("one", _("项目"), lambda p: p.one.name, filter="text", wide=True, href=_beside),
    Column("other", _("与之相似"), lambda p: p.other.name, filter="text", wide=True, href=_beside),
    Column("sure", _("把握"), lambda p: p.sure, filter="choice", group=True),
    Column("why", _("为什么"), lambda p: p.why),
    Column("investor", _("投资方"), lambda p: _two(p.one.investor, p.other.investor)),
    Column("stage", _("环节"), lambda p: _two(p.one.stage_label, p.other.stage_label)),
    Column("lead", _("牵头单位"), lambda p: _two(p.one.lead, p.other.lead)),
)
RENAMED = Column("renamed", _("以前的判定"), lambda p: _("判为不同后名称改过") if p.renamed else "")
APART = (
    *OPEN[:4],
    Column("apart", _("判为不同的理由"), lambda p: p.apart),
    Column("who", _("谁判的"), lambda p: p.who),
    Column("at", _("何时"), lambda p: p.at),
)


def _two(one: str, other: str) -> str:
    """Both sides, or the one that both say."""
    return one if one == other else f"{one or '—'} / {other or '—'}"


def pairs_table(
    rows: Iterable[Pair], params: Mapping[str, str], empty: Any, *, decided: bool
) -> Table:
    """Pairs to be looked at, or those already decided to be different."""
    return Table("pairs", APART if decided else (*OPEN, RENAMED), rows, params, empty)
