"""Gradings: the list, one with its run, the grades in it; as known at any moment."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.audit.rules import canonical
from luodi.common.doors import Found
from luodi.common.languages import language, titled
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, NotFound
from luodi.kit.quantities import show
from luodi.kit.scoring import Fault
from luodi.orgs.choices import SizeClass
from luodi.orgs.queries import pack_of, unit_names, visible
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import GradingRule

from ..choices import FirmStanding
from ..flows import GRADING
from ..models import Grade, Grading, GradingRun, GradingState
from ..rules.gradings import fault_words, may_show, parts_of


@dataclass(frozen=True)
class GradingRow:
    """A grading as the list shows it."""

    key: str
    title: str
    year: int
    stage: str
    stage_label: str
    graded: int
    not_graded: int
    due_at: datetime | None
    decided_on: object


@dataclass(frozen=True)
class GradingHead:
    """A grading with its state and rule, and what the viewer may do with it now."""

    grading: Grading
    state: GradingState
    rule: GradingRule
    parts: frozenset[str]
    moves: tuple[str, ...]
    shown: bool
    """Whether results are shown to the viewer at this stage."""

    @property
    def key(self) -> str:
        """The key of the grading."""
        return self.grading.key

    @property
    def title(self) -> str:
        """Year and rule."""
        return title_of(self.grading, self.rule)

    @property
    def stage_label(self) -> str:
        """The stage in words."""
        return GRADING.state(self.state.stage).label(language())

    @property
    def is_office(self) -> bool:
        """Whether the viewer runs the grading."""
        return "office" in self.parts


@dataclass(frozen=True)
class RunRow:
    """A run as a page shows it."""

    key: str
    number: int
    at: datetime
    why: str
    counts: Mapping[str, object]
    current: bool


@dataclass(frozen=True)
class FirmGrade:
    """What a run made of a firm, in words."""

    key: str
    name: str
    credit_code: str
    group: str
    group_label: str
    home: str
    unit: str
    standing: str
    standing_label: str
    score: int | None
    score_text: str
    rank: int | None
    of: int
    grade: str
    before: str
    protected: bool
    why: tuple[str, ...]


def rules_at(city: str, moment: Moment) -> tuple[GradingRule, ...]:
    """The rules a city's packs have for gradings, in force on the day of a moment."""
    return pack_of(city, moment).all("gradings", GradingRule, moment.today)


def rule_in(city: str, key: str, moment: Moment) -> GradingRule | None:
    """A rule of a city's packs by its key."""
    return next((one for one in rules_at(city, moment) if one.key == key), None)


def title_of(grading: Grading, rule: GradingRule) -> str:
    """Year and rule of a grading, in the reader's language."""
    return _("%(year)s 年%(rule)s") % {"year": grading.year, "rule": titled(rule)}


def rule_of_run(run: GradingRun) -> GradingRule:
    """The rule a run was computed by: packs may have changed since."""
    return _read_rule(canonical(run.rule))


@lru_cache(maxsize=64)
def _read_rule(text: str) -> GradingRule:
    return GradingRule.model_validate_json(text)


def _rule_for(state: GradingState, grading: Grading, moment: Moment) -> GradingRule:
    """The rule of the run that counts; before the first run that of the pack."""
    if state.run is not None:
        return rule_of_run(state.run)
    rule = rule_in(grading.city, grading.rule, moment)
    if rule is None:
        raise NotFound(_("本市的规则包里没有这项评价规则了，请先更新规则包。"))
    return rule


def states_for(viewer: Viewer, moment: Moment) -> QuerySet[GradingState]:
    """The gradings of a viewer's cities as they stood at a moment."""
    mine = visible(Grading.objects.at(moment), viewer)
    return GradingState.objects.at(moment).filter(grading__in=mine).select_related("grading", "run")


def gradings(viewer: Viewer, moment: Moment) -> list[GradingRow]:
    """The gradings a viewer may see, the newest year first."""
    rows = []
    for state in states_for(viewer, moment).order_by("-grading__year", "grading__act"):
        try:
            rule = _rule_for(state, state.grading, moment)
        except NotFound:
            title = f"{state.grading.year} {state.grading.rule}"
        else:
            title = title_of(state.grading, rule)
        counts = state.run.counts if state.run and may_show(state.stage, viewer) else {}
        rows.append(
            GradingRow(
                key=state.grading_id,
                title=title,
                year=state.grading.year,
                stage=state.stage,
                stage_label=GRADING.state(state.stage).label(language()),
                graded=counts.get("graded", 0),
                not_graded=counts.get("not_graded", 0) + counts.get("exempt", 0),
                due_at=state.due_at,
                decided_on=state.decided_on,
            )
        )
    return rows


def held_state(grading: str, seen: int | None = None) -> GradingState:
    """A grading as it stands now; `Conflict` where it isn't the state that was looked at."""
    rows = GradingState.objects.open().select_related("grading", "run").filter(grading=grading)
    state = rows.first()
    if state is None:
        raise NotFound(_("没有这次评价，或者不在您的范围内。"))
    if seen is not None and state.since_id != seen:
        raise Conflict(_("这次评价刚刚有了变化，请刷新后再看；您填的内容没有写入。"))
    return state


def grading_head(key: str, viewer: Viewer, moment: Moment) -> GradingHead:
    """A grading within the viewer's scope at a moment, or `NotFound`."""
    state = states_for(viewer, moment).filter(grading=key).first()
    if state is None:
        raise NotFound(_("没有这次评价，或者不在您的范围内。"))
    parts = parts_of(viewer, state.grading.city)
    moves = () if moment.is_past else GRADING.available(state.stage, parts)
    return GradingHead(
        grading=state.grading,
        state=state,
        rule=_rule_for(state, state.grading, moment),
        parts=parts,
        moves=tuple(move.name for move in moves) if parts else (),
        shown=state.run is not None and may_show(state.stage, viewer),
    )


def runs_of(head: GradingHead, moment: Moment) -> list[RunRow]:
    """All runs of a grading, the newest first."""
    rows = GradingRun.objects.at(moment).filter(grading=head.key).select_related("act")
    return [
        RunRow(run.key, run.number, run.act.at, run.why, run.counts, run.key == head.state.run_id)
        for run in rows.defer("rule", "indicators").order_by("-number")
    ]


def run_for(head: GradingHead, key: str, moment: Moment) -> GradingRun:
    """One run of a grading; '' is the one that counts. `NotFound` where it isn't shown."""
    if not head.shown:
        raise NotFound(_("结果还没有公示。"))
    rows = GradingRun.objects.at(moment).filter(grading=head.key)
    run = rows.filter(key=key or head.state.run_id).first()
    if run is None:
        raise NotFound(_("没有这一次计算。"))
    return run


def grades_in(run: GradingRun, viewer: Viewer, moment: Moment) -> list[FirmGrade]:
    """What a run made of the firms a viewer may see: ranked ones first, in two queries."""
    rows = visible(Grade.objects.at(moment).filter(run=run), viewer).defer("figures")
    return in_words(rows.order_by("group", "rank", "name", "enterprise"), rule_of_run(run), moment)


def in_words(grades: Iterable[Grade], rule: GradingRule, moment: Moment) -> list[FirmGrade]:
    """Grades in words; those not graded come last."""
    rows = sorted(grades, key=lambda one: one.rank is None)
    homes = unit_names({row.unit for row in rows if row.unit}, moment)
    return [_firm(row, rule, homes) for row in rows]


def _firm(row: Grade, rule: GradingRule, homes: Mapping[str, str]) -> FirmGrade:
    faults = [Fault(*fault) for fault in json.loads(row.faults)]
    return FirmGrade(
        key=row.enterprise,
        name=row.name,
        credit_code=row.credit_code,
        group=row.group,
        group_label=str(SizeClass(row.group).label),
        home=homes.get(row.unit, ""),
        unit=row.unit,
        standing=row.standing,
        standing_label=str(FirmStanding(row.standing).label),
        score=row.score,
        score_text="" if row.score is None else show(row.score, rule.places),
        rank=row.rank,
        of=row.of,
        grade=row.grade,
        before=row.before,
        protected=row.protected,
        why=tuple(fault_words(rule, faults)),
    )


def find_grading(key: str) -> Found | None:
    """A grading as a subject."""
    state = GradingState.objects.open().select_related("grading").filter(grading=key).first()
    if state is None:
        return None
    grading = state.grading
    title = _("%s 年亩均效益评价") % grading.year
    address = reverse("grading", args=[key])
    return Found(title, address, gettext_lazy("亩均评价"), grading.rule, {"city": grading.city})


def find_grading_run(key: str) -> Found | None:
    """A run as a subject: it stands on the page of its grading."""
    run = GradingRun.objects.select_related("grading").filter(key=key).first()
    if run is None:
        return None
    words = {"year": run.grading.year, "number": run.number}
    title = _("%(year)s 年亩均效益评价第 %(number)s 次计算") % words
    address = reverse("grading", args=[run.grading_id])
    return Found(title, address, gettext_lazy("亩均评价"), "", {"city": run.city}, searched=False)
