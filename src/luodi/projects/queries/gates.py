"""The gates of a city on a day: working, laggards and forecast, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.common.languages import titled
from luodi.common.moments import LOCAL, Moment
from luodi.common.tables import LIGHT_SHAPES
from luodi.orgs.choices import UnitKind
from luodi.orgs.queries import pack_of, source_in_words, unit_names, units_of, visible
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import GateRule, YearListRule
from luodi.packs.schemas.pipeline import PipelineRule

from ..choices import Resuming
from ..models import Project, ProjectState, Resumption
from ..rules import (
    Course,
    FloorJudged,
    ShareJudged,
    belongs,
    gates_in,
    judge_floor,
    judge_share,
    standing,
    year_list,
)
from .cohorts import stages_of
from .merged import joined, living, paths
from .permit_lists import expected_starts

STATUS = {
    "met": gettext_lazy("已达到"),
    "on_track": gettext_lazy("按计划能达到"),
    "at_risk": gettext_lazy("有风险"),
    "missed": gettext_lazy("未达到"),
    "unknown": gettext_lazy("不能判断"),
}
LIGHTS = {"met": "done", "on_track": "green", "at_risk": "yellow", "missed": "red"}
TOLD = {
    "in_time": gettext_lazy("计划在截止日前"),
    "held_up": gettext_lazy("计划在截止日前，但手续预计更晚"),
    "late": gettext_lazy("计划在截止日后"),
    "overdue": gettext_lazy("计划日期已过"),
    "unplanned": gettext_lazy("没有计划日期"),
}


@dataclass(frozen=True)
class Lag:
    """A project a gate waits for. `planned` is when it means to come, `told` what that says."""

    gate: str
    key: str
    name: str
    zone: str
    lead: str
    stage: str
    planned: date | None
    permitted: date | None
    told: str


@dataclass(frozen=True)
class GateShown:
    """A gate with its working in words. `judged` has the numbers; `zones` are name, came, asked."""

    judged: ShareJudged | FloorJudged
    title: str
    status: str
    light: str
    owner: str
    inferred: str
    definition: str
    left_out: tuple[tuple[str, str, str], ...]
    zones: tuple[tuple[str, int, int], ...]
    parts: tuple[tuple[str, int, Decimal], ...]

    @property
    def shape(self) -> str:
        """The shape of its light."""
        return LIGHT_SHAPES[self.light]

    @property
    def is_floor(self) -> bool:
        """Whether it asks a sum, not a share."""
        return isinstance(self.judged, FloorJudged)

    @property
    def amounts(self) -> dict[str, Decimal]:
        """The sums of a floor, in 万元."""
        names = ("floor", "total", "intended", "leaving")
        return {name: exact(getattr(self.judged, name)) for name in names}

    @property
    def short(self) -> Decimal:
        """What is missing to the floor, in 万元."""
        sums = self.amounts
        return sums["floor"] - sums["total"]


@dataclass(frozen=True)
class GatesPage:
    """All gates of the viewer's city, and the projects they wait for."""

    gates: list[GateShown]
    laggards: list[Lag]


@dataclass(frozen=True)
class Field:
    """What gates are judged on: the courses a viewer sees, and names for what is shown."""

    courses: list[Course]
    states: dict[str, ProjectState]
    stages: dict[str, PipelineRule]
    units: dict[str, str]


def exact(amount: Fraction) -> Decimal:
    """A sum of amounts: their denominators are powers of ten."""
    found = Decimal(amount.numerator) / Decimal(amount.denominator)
    return found.quantize(Decimal(1)) if found == found.to_integral_value() else found


def gates(viewer: Viewer, moment: Moment, day: date) -> GatesPage:
    """The gates in force on the day, over the projects the viewer may see."""
    stack = pack_of(viewer.city, moment)
    rules = gates_in(stack, day)
    field = _field(viewer, moment, day) if rules else Field([], {}, {}, {})
    shown, laggards = [], []
    for rule in rules:
        if rule.asks == "floor":
            shown.append(_floor(rule, field, day))
            continue
        listed = year_list(stack, rule.of or "", day)
        if listed is None:
            continue
        judged = judge_share(rule, listed, field.courses, field.stages, day)
        shown.append(_share(judged, listed, field))
        laggards += _laggards(judged, field, day)
    return GatesPage(shown, laggards)


def _field(viewer: Viewer, moment: Moment, day: date) -> Field:
    """The viewer's projects in five queries, by name."""
    merges = joined(moment, visible(Project.objects.all(), viewer))
    mine = living(viewer, moment).values("key")
    found = ProjectState.objects.at(moment).filter(project__in=mine).order_by("name", "project")
    states = {state.project_id: state for state in found}
    steps = {k: some for k, some in paths(mine, merges, moment).items() if k in states}
    resumed = {
        row.project_id: row
        for row in Resumption.objects.at(moment).filter(project__in=mine, year=day.year)
    }
    zones = set(
        units_of(viewer.city, moment).filter(kind=UnitKind.ZONE).values_list("of", flat=True)
    )
    moved = _moved_out(mine, moment, day.year)
    stages = stages_of(viewer.city, moment, states, steps)
    orders = {k: stages[s.stage].order for k, s in states.items() if s.stage in stages}
    now = day == moment.today
    where = {key: state.zone for key, state in states.items()}
    permitted = expected_starts(mine, viewer.city, moment, orders, where) if now else {}
    courses = [
        _course(state, steps.get(key, []), state.zone in zones, moved, resumed.get(key))
        for key, state in states.items()
    ]
    return Field(
        [replace(course, permitted=permitted.get(course.key)) for course in courses],
        states,
        stages,
        unit_names({u for s in states.values() for u in (s.zone, s.lead) if u}, moment),
    )


def _moved_out(mine: object, moment: Moment, year: int) -> dict[str, date]:
    """Planned starts within the year that were given up since it began."""
    since = datetime(year, 1, 1, tzinfo=LOCAL)
    gone = ProjectState.objects.ever(moment).filter(
        project__in=mine, planned_start__year=year, until__at__gte=since
    )
    return dict(gone.order_by("since").values_list("project_id", "planned_start"))


def _course(
    state: ProjectState,
    steps: list,
    in_zone: bool,
    moved: dict[str, date],
    resumption: Resumption | None,
) -> Course:
    amount, scale = state.investment, state.investment_scale
    planned = resumption is not None and resumption.how == Resuming.PLANNED
    day = resumption.day if resumption else None
    return Course(
        key=state.project_id,
        stage=state.stage,
        steps=steps,
        signing=state.signing,
        in_zone=in_zone,
        planned_start=state.planned_start,
        moved_out=moved.get(state.project_id),
        resumed=None if planned else day,
        resuming=day if planned else None,
        investment=None if amount is None else Fraction(amount, 10**scale),
    )


def _share(judged: ShareJudged, listed: YearListRule, field: Field) -> GateShown:
    return GateShown(
        judged=judged,
        **_head(judged.rule, judged.status),
        definition=_definition(listed, field),
        left_out=_left_out(judged.left_out, field),
        zones=_zones(judged, field),
        parts=(),
    )


def _floor(rule: GateRule, field: Field, day: date) -> GateShown:
    judged = judge_floor(rule, field.courses, field.stages, day)
    names = {part.key: titled(part) for part in rule.parts}
    return GateShown(
        judged=judged,
        **_head(rule, judged.status),
        definition="",
        left_out=_left_out(judged.left_out, field),
        zones=(),
        parts=tuple((names[key], count, exact(amount)) for key, count, amount in judged.parts),
    )


def _head(rule: GateRule, status: str) -> dict[str, str]:
    since = f" · {rule.since.isoformat()}" if rule.since else ""
    return {
        "title": titled(rule),
        "status": str(STATUS[status]),
        "light": LIGHTS.get(status, "none"),
        "owner": f"{rule.owner.name} · {source_in_words(rule.source)}{since}",
        "inferred": rule.inferred,
    }


def _definition(rule: YearListRule, field: Field) -> str:
    """What the list of the year is, in words, with version and source."""
    names = {
        name: titled(field.stages[key]) if key in field.stages else key
        for name in ("signed", "started", "produced")
        for key in [getattr(rule, name)]
    }
    words = {**names, "version": rule.version}
    if rule.takes == "continuing":
        said = _("年初前已进入“%(started)s”、还没有进入“%(produced)s”的项目。") % words
    else:
        said = (
            _(
                "年初前没有进入“%(started)s”、当年计划开工或当年已开工、已进入“%(signed)s”且签了正式合同的项目。"
            )
            % words
        )
    return said + _("第 %(version)s 版") % words + f" · {source_in_words(rule.source)}"


def _left_out(pairs: Iterable[tuple[str, str]], field: Field) -> tuple[tuple[str, str, str], ...]:
    return tuple((key, field.states[key].name, why) for key, why in pairs)


def _zones(judged: ShareJudged, field: Field) -> tuple[tuple[str, int, int], ...]:
    """Came and asked by zone."""
    sums: dict[str, list[int]] = {}
    for came, keys in ((1, judged.reached), (0, judged.behind)):
        for key in keys:
            one = sums.setdefault(field.units.get(field.states[key].zone, "—"), [0, 0])
            one[0] += came
            one[1] += 1
    return tuple((name, came, asked) for name, (came, asked) in sorted(sums.items()))


def _laggards(judged: ShareJudged, field: Field, day: date) -> list[Lag]:
    """The projects a gate waits for, in the order of their names."""
    told = {
        key: str(words) for name, words in TOLD.items() for key in getattr(judged.forecast, name)
    }
    told |= dict.fromkeys(judged.later, _("截止日后已达到"))
    courses = {course.key: course for course in field.courses}
    found = []
    for key in judged.behind:
        state, course = field.states[key], courses[key]
        stage = standing(course.stage, course.steps, day, field.stages).stage
        found.append(
            Lag(
                gate=titled(judged.rule),
                key=key,
                name=state.name,
                zone=field.units.get(state.zone, ""),
                lead=field.units.get(state.lead, ""),
                stage=titled(field.stages[stage]) if stage in field.stages else stage,
                planned=course.planned_start if judged.rule.asks == "started" else course.resuming,
                permitted=course.permitted if judged.rule.asks == "started" else None,
                told=told.get(key, _("截止日已过")),
            )
        )
    return found


def under_way_before(project: Project, year: int, moment: Moment) -> bool:
    """Whether a project is a continuing one of a year; True where the city doesn't define it."""
    rule = year_list(pack_of(project.city, moment), "continuing", moment.today)
    if rule is None:
        return True
    states = {project.key: ProjectState.objects.at(moment).get(project=project)}
    alone = Project.objects.filter(key=project.key)
    steps = {
        project.key: paths(alone.values("key"), joined(moment, alone), moment).get(project.key, [])
    }
    stages = stages_of(project.city, moment, states, steps)
    course = _course(states[project.key], steps.get(project.key, []), True, {}, None)
    return belongs(rule, course, date(year, 12, 31), stages)[0]
