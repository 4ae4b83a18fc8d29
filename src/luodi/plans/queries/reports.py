"""Reports as their readers may see them: words only for those they have reached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from luodi.common.moments import Moment
from luodi.common.periods import period_label
from luodi.common.refusals import NotFound
from luodi.orgs.choices import Role
from luodi.orgs.queries import people_with, unit_names, visible
from luodi.orgs.rules import Viewer

from ..choices import ReportStage, RoundStage
from ..models import Report, ReportState, RoundState
from ..rules.reporting import INSIDE, OUTSIDE, WRITABLE, readable


@dataclass(frozen=True)
class ReportRow:
    """A report at a moment. Words are empty and `open_to` false where the viewer may not read."""

    key: str
    round: str
    period: str
    measure: str
    measure_label: str
    measure_title: str
    section: str
    unit: str
    unit_name: str
    consolidates: bool
    stage: str
    stage_label: str
    open_to: bool
    text: str
    problem: str
    nothing_new: str
    figures: tuple[Mapping[str, str], ...]
    claimed: int | None
    submitted_at: datetime | None
    handed_at: datetime | None
    returned_from: str
    return_reason: str
    skipped: tuple[Mapping[str, str], ...]
    hands: tuple[str, ...]
    due_at: datetime
    round_open: bool
    overdue: bool

    @property
    def writable(self) -> bool:
        """True where the clerk has it."""
        return self.stage in WRITABLE and self.round_open

    @property
    def stage_short(self) -> str:
        """The stage in a cell of the matrix."""
        return ReportStage(self.stage).short

    @property
    def handed(self) -> bool:
        """True where it has left the unit."""
        return self.stage in OUTSIDE

    @property
    def late(self) -> bool:
        """Not handed in when due, or handed in after."""
        return self.handed_at > self.due_at if self.handed and self.handed_at else self.overdue

    @property
    def inside(self) -> bool:
        """True where it hasn't left the unit yet."""
        return self.stage in INSIDE

    @property
    def period_label(self) -> str:
        """The month in words."""
        return period_label(self.period)

    @property
    def skipped_words(self) -> list[str]:
        """The steps passed over, in words."""
        return [skipped_words(row) for row in self.skipped]


def skipped_words(row: Mapping[str, str]) -> str:
    """Why a step was passed over."""
    role = Role(row["role"]).label
    if row["why"] == "same_person":
        return _("%(role)s与前一步为同一人，本步骤略过") % {"role": role}
    return _("本单位没有%(role)s，本步骤略过") % {"role": role}


def report_for(viewer: Viewer, key: str, moment: Moment) -> ReportRow:
    """One report, or `NotFound`: the same answer for none and for one of others."""
    wanted = visible(Report.objects.filter(key=key), viewer)
    rows = report_rows(wanted, viewer, moment)
    if not rows:
        raise NotFound(_("没有这份报告，或者不在您的查看范围内。"))
    return rows[0]


def report_rows(wanted: QuerySet[Report], viewer: Viewer, moment: Moment) -> list[ReportRow]:
    """Reports in the order of their measures. The number of queries doesn't grow with them."""
    states = (
        ReportState.objects.at(moment)
        .filter(report__in=wanted.values("key"))
        .select_related("report__round", "report__measure")
        .order_by("report__round__period", "report__measure__order", "report__unit")
    )
    found = list(states)
    rounds = {
        row.round_id: row
        for row in RoundState.objects.at(moment).filter(
            round__in={state.report.round_id for state in found}
        )
    }
    names = unit_names((state.report.unit for state in found), moment)
    return [
        _row(state, rounds[state.report.round_id], names, viewer, moment)
        for state in found
        if state.report.round_id in rounds
    ]


def _row(
    state: ReportState,
    around: RoundState,
    names: Mapping[str, str],
    viewer: Viewer,
    moment: Moment,
) -> ReportRow:
    report = state.report
    reads = readable(viewer, report.unit, state.stage, state.returned_from)
    return ReportRow(
        key=report.key,
        round=report.round_id,
        period=report.round.period,
        measure=report.measure_id,
        measure_label=report.measure.label,
        measure_title=report.measure.title,
        section=report.measure.path[-1] if report.measure.path else "",
        unit=report.unit,
        unit_name=names.get(report.unit, ""),
        consolidates=report.consolidates,
        stage=state.stage,
        stage_label=str(ReportStage(state.stage).label),
        open_to=reads,
        text=state.text if reads else "",
        problem=state.problem if reads else "",
        nothing_new=state.nothing_new if reads else "",
        figures=tuple(state.figures) if reads else (),
        claimed=state.claimed if reads else None,
        submitted_at=state.submitted_at,
        handed_at=state.handed_at,
        returned_from=state.returned_from,
        return_reason=state.return_reason if reads else "",
        skipped=tuple(state.skipped),
        hands=tuple(state.hands),
        due_at=around.due_at,
        round_open=around.stage == RoundStage.OPEN,
        overdue=moment.at > around.due_at,
    )


def signers_of(units: Iterable[str]) -> dict[str, dict[str, list[str]]]:
    """Who checks and who signs in each unit now, stand-ins in the place of those away."""
    roles = (Role.SECTION_HEAD, Role.LEADER_IN_CHARGE)
    return {unit: {r: people_with(unit, [r]) for r in roles} for unit in set(units)}


def parts_of(
    rounds: Iterable[str], measures: Iterable[str], viewer: Viewer, moment: Moment
) -> dict[tuple[str, str], list[ReportRow]]:
    """The other units' reports under each consolidating one, by round and measure."""
    wanted = Report.objects.filter(
        round__in=set(rounds), measure__in=set(measures), consolidates=False
    )
    found: dict[tuple[str, str], list[ReportRow]] = {}
    for row in report_rows(visible(wanted, viewer), viewer, moment):
        found.setdefault((row.round, row.measure), []).append(row)
    return found


def report_keys(wanted: Iterable[str], viewer: Viewer) -> set[str]:
    """Those of the keys that name reports within the viewer's scope."""
    rows = visible(Report.objects.filter(key__in=set(wanted)), viewer)
    return set(rows.values_list("key", flat=True))
