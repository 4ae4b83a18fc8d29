"""Runs of an appraisal and their scores, as a viewer may see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from luodi.common.languages import language, titled
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.kit.quantities import show
from luodi.kit.scoring.schemes.saying import digits
from luodi.orgs.queries import visible
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import SchemeRule

from ..choices import AppraisalStage, FigureOrigin, FigurePart
from ..models import AppraisalRun, AppraisalScore
from ..rules import fault_in_words, points_text, read_fraction
from .appraisals import AppraisalHeld
from .inputs import UNLIKE

OPEN_TO_ALL = frozenset({AppraisalStage.PUBLISHED, AppraisalStage.REWARDED})
"""Stages in which everybody sees everybody's total and place; workings stay each one's own."""


@dataclass(frozen=True)
class FigureSaid:
    """A figure of a working in words: what it is, the figure, its origin, where it leads."""

    part: str
    text: str
    measured_in: str
    origin: str
    period: str
    at: str
    indicator: str
    why: str
    letters: tuple[tuple[str, str], ...] | None = None
    """Key and words of each letter that a count of the record counted."""


@dataclass(frozen=True)
class Line:
    """A contribution in words."""

    kind: str
    key: str
    title: str
    group: str
    weight: str
    points: str
    formula: str
    figures: tuple[FigureSaid, ...]
    confirmed: bool
    note: str
    exact: Fraction | None
    exempt: str = ""


@dataclass(frozen=True)
class ScoreRow:
    """What a run gave a unit. `lines` is None where the viewer sees the total only."""

    unit: str
    name: str
    category: str
    total: str
    number: int | None
    rank: int | None
    tier: str
    why: str
    lines: tuple[Line, ...] | None

    @property
    def groups(self) -> list[tuple[str, list[Line], str]]:
        """The lines by group: its title, its lines, the points of all of them together."""
        found: dict[str, list[Line]] = {}
        for line in self.lines or ():
            found.setdefault(line.group, []).append(line)
        return [(title, some, _sum(some)) for title, some in found.items()]


def _sum(lines: Iterable[Line]) -> str:
    points = [line.exact for line in lines if line.exact is not None]
    return digits(sum(points, Fraction(0)), 2).replace("≈", "") if points else "—"


def appraisal_runs(held: AppraisalHeld, viewer: Viewer, moment: Moment) -> list[AppraisalRun]:
    """The runs of an appraisal known at a moment, the newest first; none before they are shown."""
    if not (viewer.sees_whole_city or held.is_shown):
        return []
    rows = visible(AppraisalRun.objects.at(moment).filter(appraisal=held.key), viewer)
    return list(rows.select_related("act").order_by("-number"))


def picked(runs: list[AppraisalRun], number: int | None) -> AppraisalRun | None:
    """A run by its number, or the newest; `NotFound` for a number that isn't there."""
    if number is None:
        return runs[0] if runs else None
    found = next((run for run in runs if run.number == number), None)
    if found is None:
        raise NotFound(_("没有这次计算，或者还没有向您开放。"))
    return found


def scores_of(run: AppraisalRun, held: AppraisalHeld, viewer: Viewer) -> list[ScoreRow]:
    """The scores of a run in a viewer's scope, the best first.

    Those assessed see their own in full; everybody's total once the result is published.
    """
    rows = AppraisalScore.objects.filter(run=run.key)
    own = set(visible(rows, viewer).values_list("unit", flat=True))
    if not (viewer.sees_whole_city or held.state.stage in OPEN_TO_ALL):
        rows = rows.filter(unit__in=own)
    said = [
        score_row(
            held,
            unit=row.unit,
            category=row.category,
            total=row.total,
            rank=row.rank,
            tier=row.tier,
            fault=row.why,
            working=row.working if row.unit in own else None,
        )
        for row in rows
    ]
    return sorted(said, key=lambda row: (row.rank is None, row.rank or 0, row.name))


def score_row(
    held: AppraisalHeld,
    *,
    unit: str,
    category: str,
    total: int | None,
    rank: int | None,
    tier: str,
    fault: str,
    working: list[dict[str, Any]] | None,
) -> ScoreRow:
    """A score in words, by the titles of the appraisal's scheme."""
    said = Titles(held.rule)
    places = held.rule.places if held.rule else 2
    return ScoreRow(
        unit=unit,
        name=held.names.get(unit, ""),
        category=said.titles.get(category, ""),
        total="—" if total is None else show(total, places),
        number=total,
        rank=rank,
        tier=said.titles.get(tier, ""),
        why=fault_in_words(fault),
        lines=None if working is None else tuple(said.line(one, places) for one in working),
    )


class Titles:
    """What a scheme calls its parts, in the reader's language."""

    def __init__(self, rule: SchemeRule | None) -> None:
        self.rule = rule
        self.english = language() == "en"

    @cached_property
    def titles(self) -> dict[str, str]:
        """Titles of groups, indicators, extras, vetoes, tiers and categories, by key."""
        if self.rule is None:
            return {}
        parts = (
            *self.rule.categories,
            *self.rule.tiers,
            *self.rule.groups,
            *self.rule.indicators(),
            *self.rule.additions,
            *self.rule.deductions,
            *self.rule.vetoes,
        )
        return {one.key: titled(one) for one in parts}

    @cached_property
    def indicators(self) -> dict[str, Any]:
        """The scheme's indicators by key."""
        return {one.key: one for one in self.rule.indicators()} if self.rule else {}

    def line(self, one: Mapping[str, Any], places: int) -> Line:
        """One contribution of a working in words."""
        rule = self.indicators.get(one["key"])
        kind = one["kind"]
        heads = {"addition": _("加分"), "deduction": _("扣分"), "veto": _("一票否决")}
        exact = read_fraction(one.get("points", ""))
        return Line(
            kind=kind,
            key=one["key"],
            title=self.titles.get(one["key"], one["key"]),
            group=heads.get(kind) or self.titles.get(one.get("group", ""), ""),
            weight=points_text(one.get("counted", ""), places) if rule else "",
            points=points_text(one.get("points", ""), places),
            formula=one.get("en" if self.english else "zh", ""),
            figures=tuple(
                _figure(part, one["figures"][part], rule.measured_in if rule else "")
                for part in FigurePart.values
                if part in one["figures"]
            ),
            confirmed=rule is None or rule.confirmed,
            note=rule.note if rule else "",
            exact=exact,
            exempt=one.get("exempt", ""),
        )


def _figure(part: str, told: Mapping[str, Any], measured_in: str) -> FigureSaid:
    missing = told.get("missing", "")
    if missing.startswith(UNLIKE):
        there, _space, here = missing.removeprefix(UNLIKE).partition(" ")
        missing = _("指标库用“%(there)s”，方案用“%(here)s”，不能换算") % {
            "there": there,
            "here": here,
        }
    return FigureSaid(
        part=str(FigurePart(part).label),
        text=told.get("text", "—"),
        measured_in=measured_in,
        origin=str(FigureOrigin(told["origin"]).label),
        period=told.get("period", ""),
        at=told.get("at", ""),
        indicator=told.get("indicator", ""),
        why=missing or told.get("note", ""),
        letters=tuple((key, words) for key, words in told["letters"])
        if "letters" in told
        else None,
    )
