"""The demo's second appraisal, by the national scheme: through self-report and verification, shown
to the zones, with one objection open. Every figure is generated and says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from luodi.assessment.actions import (
    accept_figures,
    attach_figure_evidence,
    begin_verification,
    freeze_scheme,
    import_externals,
    open_appraisal,
    open_self_reports,
    open_term,
    pass_self_report,
    raise_objection,
    run_appraisal,
    save_self_report,
    show_result,
    submit_self_report,
    take_first_result,
)
from luodi.assessment.choices import FigurePart, SelfReportStage
from luodi.assessment.models import AppraisalState, FigureCheck, SelfReport, SelfReportState
from luodi.assessment.queries import external_plan, sheet_of, verifying_page
from luodi.common.moments import Moment
from luodi.orgs.choices import Role
from luodi.orgs.queries import people_with, viewer_of_person
from luodi.orgs.rules import BUSINESS, REPORTERS

from .calendar import Event, china
from .people import ZONES, Cast

SCHEME = "national-zones-2021"
MARK = "【演示】"
HOME = "开发区管委会"
SIGNERS = {
    SelfReportStage.AT_SECTION_HEAD: Role.SECTION_HEAD,
    SelfReportStage.AT_LEADER: Role.LEADER_IN_CHARGE,
}
EXTERNAL = [(2022, 31, 78), (2023, 27, 80), (2024, 22, 81)]
"""Generated places of the zone in the province: year, place, of how many."""


def assessed_events(cast: Cast) -> list[Event]:
    """From asking for self-reports in April to an objection that waits."""
    steps: list[tuple[date, Callable[[Cast, datetime], None]]] = [
        (date(2026, 4, 3), _above),
        (date(2026, 4, 7), _ask),
        (date(2026, 4, 14), _report),
        (date(2026, 4, 22), _verify),
        (date(2026, 4, 28), _show),
        (date(2026, 4, 30), _object),
    ]
    return [
        Event(china(day, 15), lambda at, act=act: act(cast, at))  # type: ignore[misc]
        for day, act in steps
    ]


def _who(person: str, at: datetime) -> dict[str, Any]:
    viewer = viewer_of_person(person)
    return {"viewer": viewer, "by": person, "at": at}


def _office(cast: Cast, at: datetime) -> dict[str, Any]:
    return _who(cast.people["office"], at)


def _state() -> AppraisalState:
    return AppraisalState.objects.open().get(appraisal__scheme=SCHEME)


def _seen() -> dict[str, Any]:
    state = _state()
    return {"appraisal": state.appraisal_id, "seen": state.since_id}


def _above(cast: Cast, at: datetime) -> None:
    """Results from above, and the term of a team."""
    head = "开发区\t年度\t级别\t位次\t参评数\t档次\t得分\t依据文件"
    lines = [f"{HOME}\t{y}\t省级\t{n}\t{of}\t\t\t{MARK}生成的结果" for y, n, of in EXTERNAL]
    text = "\n".join([head, *lines])
    token = external_plan(cast.city, text, Moment(at)).token
    by = cast.people["office"]
    import_externals(city=cast.city, text=text, looked_at=token, by=by, at=at)
    open_term(
        unit=cast.units[HOME], scheme=SCHEME, title=f"{MARK}管委会班子 2024–2028",
        term_from=date(2024, 1, 1), term_to=date(2028, 12, 31), **_office(cast, at),
    )  # fmt: skip


def _ask(cast: Cast, at: datetime) -> None:
    made = open_appraisal(scheme=SCHEME, year=2025, **_office(cast, at))
    freeze_scheme(appraisal=made.key, **_office(cast, at))
    open_self_reports(**_seen(), **_office(cast, at))


def _report(cast: Cast, at: datetime) -> None:
    for number, zone in enumerate((HOME, *ZONES)):
        unit = cast.units[zone]
        report = SelfReport.objects.get(appraisal=_state().appraisal_id, unit=unit).key
        clerk = _who(people_with(unit, REPORTERS)[0], at)
        sheet = sheet_of(report, clerk["viewer"], Moment(at))
        cells = {
            cell.key: _figure(place, number, cell.part)
            for place, cell in enumerate(sheet.cells)
            if cell.key in sheet.asked
        }
        save_self_report(
            self_report=report, version=0, cells=cells, notes={}, words=f"{MARK}生成的自评报告",
            **clerk,
        )  # fmt: skip
        if not number:
            paper = (f"{MARK}佐证.txt", f"{MARK}生成的佐证材料".encode())
            attach_figure_evidence(
                self_report=report, indicator=sheet.cells[0].indicator, files=[paper], **clerk
            )
        submit_self_report(self_report=report, version=1, **clerk)
        _sign(report, unit, at)


def _figure(place: int, zone: int, part: str) -> str:
    """A generated whole number, the year before a little less."""
    if part == FigurePart.COUNT:
        return str(max(0, 1 - zone))
    number = 40 + (place * 37 + 11) % 60 - zone * ((place * 7) % 9 + 2)
    return str(max(1, number - (3 if part == FigurePart.BASE else 0)))


def _sign(report: str, unit: str, at: datetime) -> None:
    """On through the unit's own people."""
    state = SelfReportState.objects.open().get(self_report=report)
    while (role := SIGNERS.get(SelfReportStage(state.stage))) is not None:
        person = people_with(unit, [role])[0]
        pass_self_report(self_report=report, seen=state.since_id, **_who(person, at))
        state = SelfReportState.objects.open().get(self_report=report)


def _verify(cast: Cast, at: datetime) -> None:
    """Each office accepts its own data; the last figure of all is the office's own."""
    begin_verification(**_seen(), **_office(cast, at))
    key = _state().appraisal_id
    checks = FigureCheck.objects.open().filter(self_report__appraisal=key)
    for unit in sorted(set(checks.values_list("answers", flat=True))):
        who = _who(people_with(unit, BUSINESS - {Role.LEADING_GROUP})[0], at)
        page = verifying_page(key, who["viewer"], Moment(at))
        rows = [row for row in page.rows if row.waits and row.check.answers == unit]
        own = {rows[0].key: str(int(rows[0].reported) - 1)} if rows and rows[0].reported else {}
        if rows:
            accept_figures(appraisal=key, figures=[row.key for row in rows], own=own, **who)


def _show(cast: Cast, at: datetime) -> None:
    run_appraisal(appraisal=_state().appraisal_id, note=f"{MARK}初步结果", **_office(cast, at))
    take_first_result(**_seen(), **_office(cast, at))
    show_result(**_seen(), **_office(cast, at))


def _object(cast: Cast, at: datetime) -> None:
    """Another zone takes a figure for wrong; the office hasn't decided yet."""
    zone, key = _who(cast.people["zone-two"], at), _state().appraisal_id
    unit = cast.units[ZONES[0]]
    report = SelfReport.objects.get(appraisal=key, unit=unit).key
    cell = sheet_of(report, zone["viewer"], Moment(at)).cells[0]
    raise_objection(
        appraisal=key, unit=unit, about=cell.key, text=f"{MARK}核实数与年报不符，请复核。",
        wanted=cell.typed, evidence=[(f"{MARK}年报.txt", f"{MARK}生成的年报".encode())], **zone,
    )  # fmt: skip
