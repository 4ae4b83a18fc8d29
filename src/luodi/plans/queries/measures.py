"""Plans and their measures: units, deadline, light, latest accepted report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from luodi.common.languages import listed
from luodi.common.moments import LOCAL, Moment
from luodi.common.refusals import NotFound
from luodi.kit.lights import Rule, Verdict
from luodi.orgs.queries import rulebook, unit_names, visible
from luodi.orgs.rules import Viewer
from luodi.packs import light_rules

from ..choices import AssignedRole, ReportStage
from ..models import Assignment, Measure, MeasureState, Plan, Report, ReportState
from ..rules.lights import facts_of, judge, shown_light

ROLE_ORDER = {AssignedRole.LEAD: 0, AssignedRole.RESPONSIBLE: 1, AssignedRole.COOPERATING: 2}


@dataclass(frozen=True)
class UnitPart:
    """A unit's part in a measure. `written` is the name the document has it by."""

    key: str
    name: str
    role: str
    role_label: str
    written: str
    confirmed_by: str

    @property
    def is_lead(self) -> bool:
        return self.role == AssignedRole.LEAD

    @property
    def by_collective(self) -> bool:
        """True where the document names a collective body or another name."""
        return self.written not in {"", self.name}


@dataclass(frozen=True)
class LatestReport:
    """The newest accepted report on a measure that the viewer may see."""

    key: str
    period: str
    unit: str
    unit_name: str
    text: str
    problem: str


@dataclass(frozen=True)
class MeasureRow:
    """A measure as pages show it, at one moment."""

    key: str
    plan: str
    order: int
    label: str
    title: str
    path: tuple[str, ...]
    text: str
    sentence: str
    units: tuple[UnitPart, ...]
    unresolved: tuple[Mapping[str, str], ...]
    stage: str
    deadline: str
    due_on: date | None
    done_on: date | None
    verdict: Verdict
    latest: LatestReport | None = None

    @property
    def section(self) -> str:
        """The heading right above the measure."""
        return self.path[-1] if self.path else ""

    @property
    def lead(self) -> UnitPart | None:
        return next((unit for unit in self.units if unit.is_lead), None)

    @property
    def light(self) -> tuple[str, str]:
        """Light and reason in words."""
        return shown_light(self.verdict)

    @property
    def unit_line(self) -> str:
        """The units in words, the lead marked."""
        parts = [f"{u.name}（{u.role_label}）" if u.is_lead else u.name for u in self.units]
        return listed(parts + [row["name"] for row in self.unresolved])

    @property
    def sentence_parts(self) -> tuple[str, int, int] | None:
        """sha256, start and end of the sentence the measure stands in."""
        parts = self.sentence.split(":")
        if len(parts) != 3 or not (parts[1].isdigit() and parts[2].isdigit()):
            return None
        return parts[0], int(parts[1]), int(parts[2])


def plans_of(viewer: Viewer, moment: Moment) -> QuerySet[Plan]:
    """The plans the viewer may see, newest first."""
    return visible(Plan.objects.at(moment), viewer).order_by("-act")


def plan_for(viewer: Viewer, key: str, moment: Moment) -> Plan:
    """One plan, or `NotFound`."""
    plan = plans_of(viewer, moment).filter(key=key).first()
    if plan is None:
        raise NotFound(_("没有这份规划，或者不在您的查看范围内。"))
    return plan


def measure_for(viewer: Viewer, key: str, moment: Moment) -> Measure:
    """One measure with its plan, or `NotFound`."""
    rows = visible(Measure.objects.at(moment).filter(key=key), viewer).select_related("plan")
    measure = rows.first()
    if measure is None:
        raise NotFound(_("没有这条举措，或者不在您的查看范围内。"))
    return measure


def measures_of(plan: Plan, viewer: Viewer, moment: Moment) -> list[MeasureRow]:
    """The measures of a plan in its order, with units, light and latest accepted report."""
    return _rows(Measure.objects.filter(plan=plan), plan.city, viewer, moment)


def measures_by_plan(
    plans: Iterable[Plan], viewer: Viewer, moment: Moment
) -> dict[str, list[MeasureRow]]:
    """The measures of several plans, by plan: as many queries as for one plan of each city."""
    found: dict[str, list[MeasureRow]] = {}
    cities: dict[str, list[str]] = {}
    for plan in plans:
        cities.setdefault(plan.city, []).append(plan.key)
    for city, keys in cities.items():
        for row in _rows(Measure.objects.filter(plan__in=keys), city, viewer, moment):
            found.setdefault(row.plan, []).append(row)
    return found


def measure_row(measure: Measure, viewer: Viewer, moment: Moment) -> MeasureRow:
    """One measure as pages show it."""
    return _rows(Measure.objects.filter(key=measure.key), measure.city, viewer, moment)[0]


def _rows(wanted: QuerySet[Measure], city: str, viewer: Viewer, moment: Moment) -> list[MeasureRow]:
    measures = list(visible(wanted & Measure.objects.at(moment), viewer).order_by("order"))
    keys = [measure.key for measure in measures]
    states = {s.measure_id: s for s in MeasureState.objects.at(moment).filter(measure__in=wanted)}
    units = units_by_measure(wanted, moment)
    latest = _latest_reports(wanted, viewer, moment)
    ages = _last_accepted(wanted, moment)
    rules = rulebook([city], moment).each(lambda s: light_rules(s, "measure", moment.today))
    return [
        _row(
            measure,
            states[measure.key],
            units.get(measure.key, ()),
            latest,
            rules(city, measure.zone, measure.unit),
            moment,
            ages,
        )
        for measure in measures
        if measure.key in states and keys
    ]


def _row(
    measure: Measure,
    state: MeasureState,
    units: tuple[UnitPart, ...],
    latest: Mapping[str, LatestReport],
    rules: Sequence[Rule],
    moment: Moment,
    ages: Mapping[str, datetime],
) -> MeasureRow:
    last = ages.get(measure.key)
    facts = facts_of(
        stage=state.stage,
        due=state.due_on,
        done=state.done_on,
        today=moment.today,
        last_report=last.astimezone(LOCAL).date() if last else None,
    )
    settled = {unit.written for unit in units}
    return MeasureRow(
        key=measure.key,
        plan=measure.plan_id,
        order=measure.order,
        label=measure.label,
        title=measure.title,
        path=tuple(measure.path),
        text=measure.text,
        sentence=measure.sentence,
        units=units,
        unresolved=tuple(row for row in measure.named if row["name"] not in settled),
        stage=state.stage,
        deadline=state.deadline,
        due_on=state.due_on,
        done_on=state.done_on,
        verdict=judge(rules, facts),
        latest=latest.get(measure.key),
    )


def units_by_measure(wanted: QuerySet[Measure], moment: Moment) -> dict[str, tuple[UnitPart, ...]]:
    """The units of each measure, the lead first, then as the document has them."""
    rows = list(Assignment.objects.at(moment).filter(measure__in=wanted))
    names = unit_names((row.unit for row in rows), moment)
    rows.sort(key=lambda row: (ROLE_ORDER.get(AssignedRole(row.role), 9), row.order))
    found: dict[str, list[UnitPart]] = defaultdict(list)
    for row in rows:
        found[row.measure_id].append(
            UnitPart(
                row.unit,
                names.get(row.unit, row.written),
                row.role,
                row.get_role_display(),
                row.written,
                row.confirmed_by,
            )
        )
    return {key: tuple(parts) for key, parts in found.items()}


def _last_accepted(wanted: QuerySet[Measure], moment: Moment) -> dict[str, datetime]:
    """When a report on each measure was last accepted, whoever may read it."""
    rows = ReportState.objects.at(moment).filter(
        stage=ReportStage.ACCEPTED, report__measure__in=wanted
    )
    return dict(
        rows.values("report__measure")
        .annotate(last=Max("since__at"))
        .values_list("report__measure", "last")
    )


def _latest_reports(
    wanted: QuerySet[Measure], viewer: Viewer, moment: Moment
) -> dict[str, LatestReport]:
    seen = visible(Report.objects.filter(measure__in=wanted), viewer)
    rows = ReportState.objects.at(moment).filter(
        stage=ReportStage.ACCEPTED, report__in=seen.values("key")
    )
    columns = ("report__measure", "report__round__period", "report__consolidates", "pk")
    newest = {row[0]: row[3] for row in sorted(rows.values_list(*columns))}
    states = list(
        ReportState.objects.filter(pk__in=newest.values()).select_related("report__round")
    )
    names = unit_names((state.report.unit for state in states), moment)
    return {state.report.measure_id: _latest(state, names) for state in states}


def _latest(state: ReportState, names: Mapping[str, str]) -> LatestReport:
    report = state.report
    return LatestReport(
        report.key,
        report.round.period,
        report.unit,
        names.get(report.unit, ""),
        state.text or state.nothing_new,
        state.problem,
    )


def sections_of(rows: Iterable[MeasureRow]) -> list[tuple[tuple[str, ...], list[MeasureRow]]]:
    """Rows in order under the headings above them."""
    found: list[tuple[tuple[str, ...], list[MeasureRow]]] = []
    for row in rows:
        if not found or found[-1][0] != row.path:
            found.append((row.path, []))
        found[-1][1].append(row)
    return found
