"""What a report's next move depends on: who signs, whether the lead waits, last month's words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from luodi.common.refusals import NotFound
from luodi.orgs.rules import Viewer

from ..choices import ReportStage, RoundStage
from ..models import Report, ReportState, RoundState
from ..rules.reporting import INSIDE, Onward, next_stage
from .reports import report_keys, signers_of


@dataclass(frozen=True)
class Standing:
    """A report with its open state and that of its round."""

    report: Report
    state: ReportState
    round: RoundState

    @property
    def round_open(self) -> bool:
        return self.round.stage == RoundStage.OPEN


def standings(reports: Sequence[str], viewer: Viewer) -> list[Standing]:
    """Reports within the viewer's scope, as asked for; `NotFound` where one isn't there."""
    wanted = list(dict.fromkeys(reports))
    seen = report_keys(wanted, viewer)
    if not wanted or len(seen) != len(wanted):
        raise NotFound(_("没有这份报告，或者不在您的查看范围内。"))
    states = ReportState.objects.open().filter(report__in=wanted)
    states = states.select_related("report__round__plan", "report__measure")
    by_key = {state.report_id: state for state in states}
    rounds = {
        row.round_id: row
        for row in RoundState.objects.open().filter(
            round__in={state.report.round_id for state in by_key.values()}
        )
    }
    return [
        Standing(by_key[key].report, by_key[key], rounds[by_key[key].report.round_id])
        for key in wanted
    ]


class Onwards:
    """Finds the next stage of several reports, asking for each unit's signers once."""

    def __init__(self, found: Sequence[Standing]) -> None:
        self._signers = signers_of(one.report.unit for one in found)
        self._waiting = _waiting_leads(found)

    def after(self, one: Standing, stage: str, hands: Iterable[str]) -> Onward:
        """Where the report goes from `stage`, once it went through `hands`."""
        place = (one.report.round_id, one.report.measure_id)
        waits = place in self._waiting and not one.report.consolidates
        return next_stage(stage, self._signers[one.report.unit], list(hands), waits)


def _waiting_leads(found: Sequence[Standing]) -> set[tuple[str, str]]:
    """Round and measure of the consolidating reports that haven't left their unit."""
    rows = ReportState.objects.open().filter(
        report__round__in={one.report.round_id for one in found},
        report__measure__in={one.report.measure_id for one in found},
        report__consolidates=True,
        stage__in=[*INSIDE, ReportStage.RETURNED],
    )
    return set(rows.values_list("report__round", "report__measure"))


def parts_at(one: Standing, stage: str) -> list[ReportState]:
    """The open states of the other units' reports under a consolidating one, at a stage."""
    if not one.report.consolidates:
        return []
    rows = ReportState.objects.open().filter(
        report__round=one.report.round_id,
        report__measure=one.report.measure_id,
        report__consolidates=False,
        stage=stage,
    )
    return list(rows.select_related("report__round", "report__measure"))


def lead_unit_of(one: Standing) -> str:
    """The unit whose report consolidates this one; empty where none does."""
    return lead_unit(one.report.round_id, one.report.measure_id)


def lead_unit(round: str, measure: str) -> str:
    """The unit that consolidates the reports of a month on a measure; empty where none does."""
    rows = Report.objects.filter(round=round, measure=measure, consolidates=True)
    return rows.values_list("unit", flat=True).first() or ""


def last_words(reports: Iterable[Report]) -> dict[str, tuple[str, str]]:
    """Period and text of the newest earlier month handed in, by report, for the same unit and
    measure."""
    reports = list(reports)
    rows = (
        ReportState.objects.open()
        .filter(
            report__measure__in={report.measure_id for report in reports},
            report__unit__in={report.unit for report in reports},
        )
        .exclude(submitted_at=None)
        .values_list("report__measure", "report__unit", "report__round__period", "text")
        .order_by("report__round__period")
    )
    history: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for measure, unit, period, text in rows:
        history.setdefault((measure, unit), []).append((period, text))
    found: dict[str, tuple[str, str]] = {}
    for report in reports:
        for period, text in history.get((report.measure_id, report.unit), ()):
            if period < report.round.period and text:
                found[report.key] = (period, text)
    return found


def last_text_of(report: str) -> str:
    """The words of the newest earlier month on the same measure by the same unit."""
    rows = Report.objects.filter(key=report).select_related("round")
    return last_words(rows).get(report, ("", ""))[1]
