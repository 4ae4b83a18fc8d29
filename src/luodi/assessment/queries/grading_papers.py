"""What the papers of a grading list, and what stands beside its numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from luodi.analysis.rules.suppression import Behind, Line, suppress
from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.orgs.queries import unit_names, visible
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import GradingRule
from luodi.papers.choices import ISSUED, PaperKind
from luodi.papers.models import PaperState

from ..choices import FirmStanding
from ..models import Grade, GradingRun, GradingState
from ..rules.gradings import leaving
from .gradings import FirmGrade, GradingHead, in_words, rule_of_run

SETTLED = ("decided", "published")


@dataclass(frozen=True)
class Spread:
    """How many firms of each zone came to each grade; None is hidden as too small."""

    grades: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int | None, ...], int | None], ...]
    hidden: bool


def listed_grades(run: GradingRun, moment: Moment) -> list[FirmGrade]:
    """Everybody in a run, for its papers: by class and rank, those not graded last."""
    rows = Grade.objects.at(moment).filter(run=run).defer("figures")
    return in_words(rows.order_by("group", "rank", "name", "enterprise"), rule_of_run(run), moment)


def spread(rows: Sequence[FirmGrade], rule: GradingRule, *, public: bool) -> Spread:
    """Grades by home. For the public small cells are hidden, and what would give them away."""
    grades = rule.scheme().grades
    counted = Counter((row.home, row.grade) for row in rows if row.grade)
    homes = sorted({row.home for row in rows if row.grade})
    hidden = _hidden(counted, homes, grades) if public else frozenset()
    shown = []
    for home in homes:
        cells = tuple(None if (home, grade) in hidden else counted[home, grade] for grade in grades)
        total = None if (home, "") in hidden else sum(counted[home, g] for g in grades)
        shown.append((home, cells, total))
    return Spread(grades, tuple(shown), bool(hidden))


def _hidden(
    counted: Mapping[tuple[str, str], int], homes: Sequence[str], grades: Sequence[str]
) -> frozenset[tuple[str, str]]:
    """The cells to hide: a cell of (home, grade), ('', grade) and (home, '') are its totals."""
    cells: dict[tuple[str, str], Behind] = {}
    lines = []
    for home in homes:
        for grade in grades:
            cells[home, grade] = _behind(counted.get((home, grade), 0))
        cells[home, ""] = _behind(sum(counted.get((home, g), 0) for g in grades))
        lines.append(Line((home, ""), tuple((home, g) for g in grades)))
    for grade in grades:
        cells["", grade] = _behind(sum(counted.get((h, grade), 0) for h in homes))
        lines.append(Line(("", grade), tuple((h, grade) for h in homes)))
    found = suppress(cells, lines)  # type: ignore[arg-type]
    return frozenset(key for key in found if key[0])  # type: ignore[index, misc]


def _behind(number: int) -> Behind:
    return Behind(number, 1 if number else 0, number)


def papers_shown(head: GradingHead, moment: Moment) -> dict[str, Any]:
    """The papers about a grading's runs: label, key and stage; which of the one that counts."""
    runs = GradingRun.objects.at(moment).filter(grading=head.key).values_list("key", flat=True)
    about = {subject_key("grading_run", run): run for run in runs}
    rows = PaperState.objects.at(moment).filter(
        paper__about__in=about,
        paper__kind__in=(PaperKind.GRADING_NOTICE, PaperKind.GRADING_BULLETIN),
    )
    found = list(rows.select_related("paper").order_by("paper__act"))
    now = {row.paper.kind for row in found if about[row.paper.about] == head.state.run_id}
    seen = found if head.is_office else [row for row in found if row.stage in ISSUED]
    return {
        "papers": [(row.title, row.paper_id, row.get_stage_display()) for row in seen],
        "notice_drafted": PaperKind.GRADING_NOTICE in now,
        "bulletin_drafted": PaperKind.GRADING_BULLETIN in now,
    }


@dataclass(frozen=True)
class Leaving:
    """A firm on the exit list, with its grades of the years that count."""

    key: str
    name: str
    home: str
    years: str


def exit_list(head: GradingHead, viewer: Viewer, moment: Moment) -> list[Leaving]:
    """The firms whose grade put them on the exit list by the rule, this grading included."""
    if head.rule.exits is None or not head.shown or head.state.run is None:
        return []
    earlier = (
        GradingState.objects.at(moment)
        .filter(
            grading__city=head.grading.city,
            grading__rule=head.grading.rule,
            grading__year__lt=head.grading.year,
            stage__in=SETTLED,
        )
        .order_by("-grading__year")
        .values_list("run", "grading__year")
    )
    runs = [(head.state.run_id, head.grading.year), *earlier][: head.rule.exits.years]
    years = [year for _run, year in runs]
    if len(runs) < head.rule.exits.years or years != _running(years):
        return []
    mine = visible(Grade.objects.filter(run__in=[run for run, _y in runs]), viewer)
    history: dict[str | None, dict[str, str]] = {run: {} for run, _y in runs}
    names: dict[str, tuple[str, str]] = {}
    graded = mine.filter(standing=FirmStanding.GRADED)
    for run, firm, grade, name, unit in graded.values_list(
        "run", "enterprise", "grade", "name", "unit"
    ):
        history[run][firm] = grade
        if run == head.state.run_id:
            names[firm] = (name, unit)
    gone = leaving([history[run] for run, _y in runs], head.rule)
    homes = unit_names({names[key][1] for key in gone}, moment)
    said = "、".join(map(str, sorted(years)))
    found = [Leaving(key, names[key][0], homes.get(names[key][1], ""), said) for key in gone]
    return sorted(found, key=lambda one: (one.home, one.name))


def _running(years: Sequence[int]) -> list[int]:
    """Years one after the other, backwards from the first."""
    return [years[0] - n for n in range(len(years))]
