"""Two runs of one appraisal side by side: who moved, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from luodi.kit.quantities import show
from luodi.kit.scoring.schemes.saying import digits
from luodi.orgs.queries import visible
from luodi.orgs.rules import Viewer

from ..choices import FigurePart
from ..models import AppraisalRun, AppraisalScore
from ..rules import read_fraction
from .appraisals import AppraisalHeld
from .runs import OPEN_TO_ALL, Titles


@dataclass(frozen=True)
class Why:
    """One contribution that changed: its points before and after, and its figures where they
    changed (`same_figure` False) or the formula of now where only the others moved."""

    title: str
    before: str
    after: str
    change: str
    figure_before: str
    figure_after: str

    @property
    def own(self) -> bool:
        """Whether the unit's own figure changed; else others moved, or the weights."""
        return self.figure_before != self.figure_after


@dataclass(frozen=True)
class Moved:
    """A unit in two runs. `change` of the total in digits, `up` places won (negative: lost)."""

    unit: str
    name: str
    before: str
    after: str
    change: str
    rank_before: int | None
    rank_after: int | None
    up: int | None
    why: tuple[Why, ...] | None

    @property
    def differs(self) -> bool:
        return self.before != self.after or self.rank_before != self.rank_after


def compared(
    held: AppraisalHeld, before: AppraisalRun, after: AppraisalRun, viewer: Viewer
) -> list[Moved]:
    """Each unit of two runs, the best of the later one first; in the viewer's scope."""
    rows = AppraisalScore.objects.filter(run__in=[before.key, after.key])
    own = set(visible(rows, viewer).values_list("unit", flat=True))
    if not (viewer.sees_whole_city or held.state.stage in OPEN_TO_ALL):
        rows = rows.filter(unit__in=own)
    sides: dict[str, dict[str, AppraisalScore]] = {}
    for row in rows:
        sides.setdefault(row.unit, {})[row.run_id] = row
    titles = Titles(held.rule)
    found = [
        _moved(held, titles, unit, two.get(before.key), two.get(after.key), unit in own)
        for unit, two in sides.items()
    ]
    return sorted(found, key=lambda one: (one.rank_after is None, one.rank_after or 0, one.name))


def _moved(
    held: AppraisalHeld,
    titles: Titles,
    unit: str,
    one: AppraisalScore | None,
    two: AppraisalScore | None,
    mine: bool,
) -> Moved:
    ranks = (one.rank if one else None, two.rank if two else None)
    both = one and two and one.total is not None and two.total is not None
    change = _signed(Fraction(two.total - one.total, 10**two.scale)) if both else ""  # type: ignore[union-attr,operator]
    return Moved(
        unit=unit,
        name=held.names.get(unit, ""),
        before=_total(one),
        after=_total(two),
        change=change,
        rank_before=ranks[0],
        rank_after=ranks[1],
        up=ranks[0] - ranks[1] if ranks[0] is not None and ranks[1] is not None else None,
        why=tuple(_whys(titles, one, two)) if mine else None,
    )


def _total(row: AppraisalScore | None) -> str:
    return "—" if row is None or row.total is None else show(row.total, row.scale)


def _signed(change: Fraction) -> str:
    said = digits(change, 2).replace("≈", "")
    return f"+{said}" if change > 0 else said


def _whys(titles: Titles, one: AppraisalScore | None, two: AppraisalScore | None) -> list[Why]:
    """The contributions that differ, those that moved most first."""
    before, after = _by_key(one), _by_key(two)
    found = []
    for key in dict.fromkeys([*after, *before]):
        left, right = before.get(key, {}), after.get(key, {})
        points = [read_fraction(side.get("points", "")) for side in (left, right)]
        figures = [_said(left), _said(right)]
        if points[0] == points[1] and figures[0] == figures[1]:
            continue
        change = (points[1] or Fraction(0)) - (points[0] or Fraction(0))
        shown = ["—" if p is None else digits(p, 2).replace("≈", "") for p in points]
        why = Why(titles.titles.get(key, key), *shown, _signed(change), *figures)
        found.append((abs(change), why))
    return [why for _size, why in sorted(found, key=lambda pair: -pair[0])]


def _by_key(row: AppraisalScore | None) -> dict[str, Mapping[str, Any]]:
    return {line["key"]: line for line in row.working} if row else {}


def _said(line: Mapping[str, Any]) -> str:
    """The figures of a contribution in one line."""
    figures = line.get("figures", {})
    return " / ".join(figures[p].get("text", "—") for p in FigurePart.values if p in figures)
