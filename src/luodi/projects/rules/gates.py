"""Gates of the year, exact: who is asked, who came, who lags, what planned dates foretell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from luodi.packs import Stack
from luodi.packs.schemas import GateRule, YearListRule
from luodi.packs.schemas.pipeline import PipelineRule

from .rates import Step, per_cent, standing

Stages = Mapping[str, PipelineRule]


@dataclass(frozen=True, slots=True)
class Course:
    """What is known of one project for the gates of a year; investment in 万元.

    `moved_out` is a planned start within the year that has been moved out of it since the year
    began. `resumed` and `resuming` are the recorded and the planned day of its resumption.
    `permitted` is the day on which its permits may be expected to let works start.
    """

    key: str
    stage: str
    steps: Sequence[Step]
    signing: str
    in_zone: bool
    planned_start: date | None = None
    moved_out: date | None = None
    resumed: date | None = None
    resuming: date | None = None
    permitted: date | None = None
    investment: Fraction | None = None


@dataclass(frozen=True)
class Forecast:
    """Laggards by what their planned dates say of the due day; keys of projects.

    `held_up`: planned in time, but permits are expected to come later.

    `overdue`: the planned day has passed and nothing came; `unplanned`: no day is planned. Of
    these two nothing can be told.
    """

    in_time: tuple[str, ...] = ()
    held_up: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    overdue: tuple[str, ...] = ()
    unplanned: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShareJudged:
    """A gate that asks a share, counted at the end of `on`.

    `needed` is the least number of projects that meets it; `later` came after the due day.
    """

    rule: GateRule
    due: date
    on: date
    status: str
    reached: tuple[str, ...]
    behind: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]
    outside: int
    needed: int
    percent: Decimal | None
    reason: str
    forecast: Forecast
    later: tuple[str, ...]

    @property
    def base(self) -> int:
        """How many projects are asked."""
        return len(self.reached) + len(self.behind)


@dataclass(frozen=True)
class FloorJudged:
    """A gate that asks a sum, in 万元. `parts` are key, count and sum, each project in one.

    `intended` is what framework agreements of these stages intend, kept apart. `leaving` is the
    sum of what starts by the end of the year if plans are kept.
    """

    rule: GateRule
    on: date
    status: str
    floor: Fraction
    total: Fraction
    parts: tuple[tuple[str, int, Fraction], ...]
    counted: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]
    outside: int
    intended: Fraction
    intending: int
    leaving: Fraction
    leaving_count: int


def gates_in(stack: Stack, day: date) -> tuple[GateRule, ...]:
    """The gates of a stack in force on a day, in order."""
    return tuple(sorted(stack.all("gates", GateRule, day), key=lambda rule: (rule.order, rule.key)))


def year_list(stack: Stack, key: str, day: date) -> YearListRule | None:
    """The definition of a list of the year in force on a day."""
    return stack.one("year_lists", YearListRule, key, day)


def place(course: Course, day: date, stages: Stages) -> int | None:
    """The order of the stage a project stood in at the end of a day; None where it had ended."""
    rule = stages.get(standing(course.stage, course.steps, day, stages).stage)
    if rule is None:
        return 0
    return None if rule.final else rule.order


def belongs(rule: YearListRule, course: Course, on: date, stages: Stages) -> tuple[bool, str]:
    """Whether a project is in a list of the year as counted on a day; else why it is left out.

    No, without a reason, where it has nothing to do with the list.
    """
    before, now = place(course, date(on.year - 1, 12, 31), stages), place(course, on, stages)
    started, produced = _order(rule.started, stages), _order(rule.produced, stages)
    if before is None:
        return False, ""
    if rule.takes == "continuing":
        if not started <= before < produced:
            return False, ""
        return (True, "") if now is not None else (False, _("已终止。"))
    if before >= started:
        return False, ""
    begun = now is not None and now >= started
    planned = course.planned_start is not None and course.planned_start.year == on.year
    if not begun and not planned:
        moved = course.moved_out
        words = {"day": moved.isoformat() if moved else ""}
        return False, _("计划开工原为 %(day)s，后来改到了年外。") % words if moved else ""
    return _countable_new(course, now, _order(rule.signed, stages))


def _countable_new(course: Course, now: int | None, signed: int) -> tuple[bool, str]:
    if now is None:
        return False, _("已终止。")
    if course.signing == "framework":
        return False, _("只签了框架协议，不是正式合同。")
    if now < signed or course.signing != "contract":
        return False, _("当日还没有签订正式合同。")
    return True, ""


def _order(stage: str, stages: Stages) -> int:
    """The order of a stage that a rule names; beyond all where the pipeline lost it."""
    rule = stages.get(stage)
    return rule.order if rule else 10**6


def judge_share(
    rule: GateRule, listed: YearListRule, courses: Iterable[Course], stages: Stages, day: date
) -> ShareJudged:
    """A gate on a share of a list of the day's year, counted on the day or, behind it, when due."""
    due = rule.due_in(day.year)
    on = min(day, due)
    asked, left_out, outside = _asked(rule, listed, courses, stages, on)
    came = {one.key for one in asked if _came(rule, listed, one, on, stages)}
    behind = [one for one in asked if one.key not in came]
    needed = -(-rule.share * len(asked) // 100)
    forecast = _forecast(rule, behind, day, due) if day < due else Forecast()
    percent, reason = per_cent(Fraction(len(came)), Fraction(len(asked)))
    return ShareJudged(
        rule=rule,
        due=due,
        on=on,
        status=_status(len(asked), len(came), needed, len(forecast.in_time), over=day >= due),
        reached=tuple(one.key for one in asked if one.key in came),
        behind=tuple(one.key for one in behind),
        left_out=left_out,
        outside=outside,
        needed=needed,
        percent=percent,
        reason=reason,
        forecast=forecast,
        later=tuple(one.key for one in behind if _came(rule, listed, one, day, stages)),
    )


def _asked(
    rule: GateRule, listed: YearListRule, courses: Iterable[Course], stages: Stages, on: date
) -> tuple[list[Course], tuple[tuple[str, str], ...], int]:
    """Who is asked, who is left out and why, and how many belong to the list outside of zones."""
    asked, left_out, outside = [], [], 0
    for course in courses:
        inside, reason = belongs(listed, course, on, stages)
        if rule.where == "zones" and not course.in_zone:
            outside += inside
        elif inside:
            asked.append(course)
        elif reason:
            left_out.append((course.key, reason))
    return asked, tuple(left_out), outside


def _came(rule: GateRule, listed: YearListRule, course: Course, day: date, stages: Stages) -> bool:
    now = place(course, day, stages)
    if rule.asks == "started":
        return now is not None and now >= _order(listed.started, stages)
    if course.resumed and course.resumed <= day:
        return True
    return now is not None and now >= _order(listed.produced, stages)


def _status(base: int, came: int, needed: int, in_time: int, *, over: bool) -> str:
    if not base:
        return "unknown"
    if came >= needed:
        return "met"
    if over:
        return "missed"
    return "on_track" if came + in_time >= needed else "at_risk"


def _forecast(rule: GateRule, behind: Iterable[Course], day: date, due: date) -> Forecast:
    sorts: dict[str, list[str]] = {
        name: [] for name in ("in_time", "held_up", "late", "overdue", "unplanned")
    }
    for one in behind:
        planned = one.planned_start if rule.asks == "started" else one.resuming
        if planned is None:
            sorts["unplanned"].append(one.key)
        elif planned < day:
            sorts["overdue"].append(one.key)
        elif planned > due:
            sorts["late"].append(one.key)
        else:
            waits = rule.asks == "started" and one.permitted is not None and one.permitted > due
            sorts["held_up" if waits else "in_time"].append(one.key)
    return Forecast(**{name: tuple(keys) for name, keys in sorts.items()})


def judge_floor(
    rule: GateRule, courses: Iterable[Course], stages: Stages, day: date
) -> FloorJudged:
    """A gate on the investment in some stages together, each project counted once."""
    part_of = {stage: part.key for part in rule.parts for stage in part.stages}
    sums: dict[str, list[Course]] = {part.key: [] for part in rule.parts}
    left_out, frameworks, outside = [], [], 0
    for course in courses:
        part = part_of.get(standing(course.stage, course.steps, day, stages).stage)
        if part is None:
            continue
        if rule.where == "zones" and not course.in_zone:
            outside += 1
        elif course.investment is None:
            left_out.append((course.key, _("没有填总投资。")))
        elif course.signing == "framework":
            frameworks.append(course)
        else:
            sums[part].append(course)
    counted = [course for some in sums.values() for course in some]
    leaving = [c for c in counted if c.planned_start and c.planned_start <= date(day.year, 12, 31)]
    total, floor = _sum(counted), rule.amount()
    status = "met" if total - _sum(leaving) >= floor else "at_risk" if total >= floor else "missed"
    return FloorJudged(
        rule=rule,
        on=day,
        status=status if counted else "unknown",
        floor=floor,
        total=total,
        parts=tuple((key, len(some), _sum(some)) for key, some in sums.items()),
        counted=tuple(one.key for one in counted),
        left_out=tuple(left_out),
        outside=outside,
        intended=_sum(frameworks),
        intending=len(frameworks),
        leaving=_sum(leaving),
        leaving_count=len(leaving),
    )


def _sum(courses: Iterable[Course]) -> Fraction:
    return sum((one.investment or Fraction(0) for one in courses), Fraction(0))
