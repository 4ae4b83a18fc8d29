"""A unit's self-report: typed, handed in, passed on inside the unit, taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.flows import moved
from luodi.common.keys import subject_key
from luodi.common.languages import Spoken, in_one_line
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed
from luodi.documents.actions import attach, write_file
from luodi.jobs.actions import tell
from luodi.orgs.choices import Role
from luodi.orgs.queries import people_with
from luodi.orgs.rules import Viewer
from luodi.plans.rules.reporting import Onward
from luodi.plans.rules.rights import roles_in

from ..choices import CheckStage, FigureOrigin, SelfReportStage, WindowStep
from ..flows import SELF_REPORT
from ..models import (
    AppraisalFigure,
    FigureCheck,
    FigureEvidence,
    SelfReportDraft,
    SelfReportState,
)
from ..queries.procedures import window_at
from ..queries.self_reports import Sheet, SheetCell, require_running, sheet_of
from ..rules.self_reports import INSIDE, TOWARDS, WRITABLE, next_stage

LONGEST = 60
MOST_WORDS = 20_000
MOST_FILES = 20
Upload = tuple[str, bytes]


def _sheet(self_report: str, viewer: Viewer, at: datetime) -> Sheet:
    """The sheet for the unit's own people; `NotFound` or `NotAllowed` for everybody else."""
    sheet = sheet_of(self_report, viewer, Moment(at))
    if not roles_in(viewer, sheet.unit):
        raise NotAllowed(_("自评由被考核单位自己的人员填报。"))
    return sheet


def save_self_report(
    *,
    self_report: str,
    version: int,
    cells: Mapping[str, str],
    notes: Mapping[str, str],
    words: str,
    viewer: Viewer,
    by: str,
    at: datetime,
) -> SelfReportDraft:
    """Keep what is typed. `version` is the draft's as the page had it, 0 for none.

    Raises `Conflict` where a colleague saved meanwhile, `Closed` once it was handed in.
    """
    sheet = _sheet(self_report, viewer, at)
    if sheet.state.stage not in WRITABLE:
        raise Closed(_("自评表已经提交，不能再改；需要修改请先撤回。"))
    require_running(sheet)
    kept = _typed(sheet, cells)
    said = {k: v.strip() for k, v in notes.items() if k in sheet.asked and v.strip()}
    if sum(map(len, (words, *said.values()))) > MOST_WORDS:
        raise Incomplete(_("文字超过 2 万字，没有保存。"))
    scope = {"city": sheet.city, "zone": sheet.unit, "unit": sheet.unit}
    row = {"cells": kept, "notes": said, "words": words, "saved_at": at, "saved_by": by}
    drafts = SelfReportDraft.objects.filter(self_report=self_report)
    if version:
        if not drafts.filter(version=version).update(**row, version=F("version") + 1):
            raise Conflict(_("同事刚刚保存了这份自评表，请刷新后再改；您刚才填的内容没有写入。"))
        return drafts.get()
    try:
        with transaction.atomic():
            return SelfReportDraft.objects.create(self_report_id=self_report, **row, **scope)
    except IntegrityError as error:
        raise Conflict(
            _("同事刚刚保存了这份自评表，请刷新后再改；您刚才填的内容没有写入。")
        ) from error


def _typed(sheet: Sheet, cells: Mapping[str, str]) -> dict[str, str]:
    """The cells that are asked for; what the system holds already isn't taken."""
    found = {key: text.strip() for key, text in cells.items() if key in sheet.asked}
    if any(len(text) > LONGEST for text in found.values()):
        raise Incomplete(_("有一格写得太长（超过 60 个字），没有保存。请改短。"))
    return {key: text for key, text in found.items() if text}


def attach_figure_evidence(
    *,
    self_report: str,
    indicator: str,
    files: Sequence[Upload],
    viewer: Viewer,
    by: str,
    at: datetime,
) -> None:
    """Keep files beside an indicator of the sheet; the office that answers for it may open them."""
    sheet = _sheet(self_report, viewer, at)
    require_running(sheet)
    if sheet.state.stage not in WRITABLE:
        raise Closed(_("自评表已经提交，不能再补材料；需要修改请先撤回。"))
    cell = next((one for one in sheet.cells if one.indicator == indicator), None)
    if cell is None:
        raise Incomplete(_("请选择材料对应的指标。"))
    if not files:
        raise Incomplete(_("请选择要上传的材料。"))
    if len(sheet.files_of(indicator)) + len(files) > MOST_FILES:
        raise Incomplete(_("一个指标最多放 20 份材料。"))
    scope = {"city": sheet.city, "zone": sheet.unit, "unit": sheet.unit}
    subject = subject_key("self_report", self_report)
    with perform(
        "attach_figure_evidence",
        by=by,
        at=at,
        subjects=[subject],
        scope=scope,
        payload={"indicator": indicator, "files": len(files)},
    ) as deed:
        for name, data in files:
            file = write_file(deed=deed, name=name, data=data, scope=scope)
            attach(deed=deed, file=file, subject=subject, shared_with=[cell.answers])
            deed.touch(subject_key("file", file.key))
            deed.write(
                FigureEvidence(
                    self_report_id=self_report,
                    indicator=indicator,
                    answers=cell.answers,
                    file_id=file.key,
                    **scope,
                )
            )


def submit_self_report(
    *, self_report: str, version: int, viewer: Viewer, by: str, at: datetime
) -> Onward:
    """The clerk hands in the draft as it stands at `version`: on to whoever is next in the unit.

    Refused where a cell can't be read, or is empty without a note. What comes after the time is
    taken and marked late, until the first result is there.
    """
    sheet = _sheet(self_report, viewer, at)
    require_running(sheet)
    if version != sheet.version:
        raise Conflict(_("同事刚刚又改了这份自评表，请刷新看过后再提交；填的内容都在草稿里。"))
    if sheet.faults:
        said = [f"{cell.title}：{fault}" for cell, fault in sheet.faults[:8]]
        raise Incomplete(in_one_line(said), "self_report.faults")
    way = _way(sheet, SelfReportStage.ASKED, [by])
    roles = roles_in(viewer, sheet.unit)
    name = f"submit_to_{TOWARDS[SelfReportStage(way.stage)]}"
    moved(SELF_REPORT, name, sheet.state.stage, roles, {"figures": True})
    state = sheet.state.copy(
        cells={k: v for k, v in sheet.typed.items() if v},
        notes={k: v for k, v in sheet.notes.items() if v},
        words=sheet.words,
        hands=[by],
        skipped=[dict(one) for one in way.skipped],
        reason="",
    )
    with _deed("submit_self_report", sheet, by, at, {"to": way.stage}) as deed:
        deed.close(sheet.state)
        _arrive(deed, sheet, state, way.stage, at)
        drafts = SelfReportDraft.objects.filter(self_report=self_report, version=version)
        if not drafts.delete()[0] and version:
            raise Conflict(_("同事刚刚又改了这份自评表，请刷新看过后再提交。"))
    _tell_next(sheet, way.stage, by, at)
    return way


def pass_self_report(
    *, self_report: str, seen: int, viewer: Viewer, by: str, at: datetime
) -> Onward:
    """The section head passes it on, the leader in charge signs it off: others' hands each time."""
    sheet = _seen(self_report, seen, viewer, at)
    require_running(sheet)
    if sheet.state.stage not in INSIDE:
        raise Closed(_("自评表现在不在审核环节，请刷新后再看。"))
    if by in sheet.state.hands:
        raise NotAllowed(_("这份自评表是您提交或审核过的，须由另一位同志审签。"))
    way = _way(sheet, sheet.state.stage, [*sheet.state.hands, by])
    first = sheet.state.stage == SelfReportStage.AT_SECTION_HEAD
    name = f"{'pass' if first else 'sign'}_to_{TOWARDS[SelfReportStage(way.stage)]}"
    moved(SELF_REPORT, name, sheet.state.stage, roles_in(viewer, sheet.unit))
    state = sheet.state.copy(
        hands=[*sheet.state.hands, by],
        skipped=[*sheet.state.skipped, *(dict(one) for one in way.skipped)],
    )
    with _deed("pass_self_report", sheet, by, at, {"to": way.stage}) as deed:
        deed.close(sheet.state)
        _arrive(deed, sheet, state, way.stage, at)
    _tell_next(sheet, way.stage, by, at)
    return way


def return_self_report(
    *, self_report: str, seen: int, why: str, viewer: Viewer, by: str, at: datetime
) -> None:
    """Give it back to the clerk with a reason: the section head, the leader, or the clerk who
    takes it back."""
    sheet = _seen(self_report, seen, viewer, at)
    roles = roles_in(viewer, sheet.unit)
    stage = sheet.state.stage
    name = {
        SelfReportStage.AT_SECTION_HEAD: "return_by_head",
        SelfReportStage.AT_LEADER: "return_by_leader",
    }.get(SelfReportStage(stage), "recall")
    if by in sheet.state.hands[:1] and stage in INSIDE:
        name, why = "recall", why or _("经办人撤回修改")
    target = moved(SELF_REPORT, name, stage, roles, {"reason": why})
    with _deed("return_self_report", sheet, by, at, {"from": stage}, why.strip()) as deed:
        deed.replace(sheet.state, stage=target, reason=why.strip())
    if sheet.state.hands and sheet.state.hands[0] != by:
        _tell(sheet, sheet.state.hands[:1], lambda: _("自评表被退回：%(title)s。"), by, at)


def _seen(self_report: str, seen: int, viewer: Viewer, at: datetime) -> Sheet:
    sheet = _sheet(self_report, viewer, at)
    if sheet.state.since_id != seen:
        raise Conflict(_("同事刚刚办理了这份自评表，请刷新后再看；您这一步没有写入。"))
    return sheet


def _way(sheet: Sheet, after: str, hands: Sequence[str]) -> Onward:
    roles = (Role.SECTION_HEAD, Role.LEADER_IN_CHARGE)
    signers = {str(role): people_with(sheet.unit, [role]) for role in roles}
    return next_stage(after, signers, hands)


def _deed(
    verb: str, sheet: Sheet, by: str, at: datetime, payload: dict[str, object], why: str = ""
):  # type: ignore[no-untyped-def]
    return perform(
        verb,
        by=by,
        at=at,
        subjects=[subject_key("self_report", sheet.key), subject_key("appraisal", sheet.appraisal)],
        scope={"city": sheet.city, "zone": sheet.unit, "unit": sheet.unit},
        payload=payload,
        why=why,
    )


def _arrive(deed: Deed, sheet: Sheet, state: SelfReportState, stage: str, at: datetime) -> None:
    """Open the state at its stage; what leaves the unit becomes figures to be verified."""
    state.stage = stage
    if stage == SelfReportStage.SUBMITTED:
        window = window_at(sheet.appraisal, WindowStep.SELF_REPORT)
        due = window.due_at if window else None
        first = state.submitted_at is None
        state.late = bool(due and at > due) if first else state.late
        state.submitted_at = at
        deed.payload["late"] = state.late
        _put_figures(deed, sheet, state)
    deed.write(state)


def _put_figures(deed: Deed, sheet: Sheet, state: SelfReportState) -> None:
    """The reported figures, exactly those of the sheet; a changed one waits to be verified."""
    mine = {"appraisal": sheet.appraisal, "unit": sheet.unit, "origin": FigureOrigin.SELF_REPORT}
    there = {(f.indicator, f.part): f for f in AppraisalFigure.objects.open().filter(**mine)}
    checks = {
        (c.indicator, c.part): c for c in FigureCheck.objects.open().filter(self_report=sheet.key)
    }
    for cell in sheet.cells:
        if cell.key not in sheet.asked:
            continue
        _put_figure(deed, sheet, state, cell, there.get(cell.place), checks.get(cell.place))


def _put_figure(
    deed: Deed,
    sheet: Sheet,
    state: SelfReportState,
    cell: SheetCell,
    figure: AppraisalFigure | None,
    check: FigureCheck | None,
) -> None:
    scope = {"city": sheet.city, "zone": sheet.unit, "unit": sheet.unit}
    read = cell.read(state.cells.get(cell.key, ""))
    note = state.notes.get(cell.key, "")
    if read is None and cell.is_count:
        for row in (figure, check):
            if row is not None:
                deed.close(row)
        return
    said = {
        "amount": read.amount if read else None,
        "scale": read.scale if read else 0,
        "missing": "" if read else note,
        "note": note,
    }
    same = figure is not None and all(getattr(figure, k) == v for k, v in said.items())
    if not same:
        if figure is not None:
            deed.close(figure)
        place = {"indicator": cell.indicator, "part": cell.part}
        deed.write(
            AppraisalFigure(
                appraisal_id=sheet.appraisal,
                origin=FigureOrigin.SELF_REPORT,
                by_unit=sheet.unit,
                **place,
                **said,
                **scope,
            )
        )
    if check is None:
        deed.write(
            FigureCheck(
                self_report_id=sheet.key,
                indicator=cell.indicator,
                part=cell.part,
                answers=cell.answers,
                stage=CheckStage.WAITING,
                **scope,
            )
        )
    elif not same or check.stage == CheckStage.RETURNED:
        deed.replace(check, stage=CheckStage.WAITING, reason="")


def _tell_next(sheet: Sheet, stage: str, by: str, at: datetime) -> None:
    if stage == SelfReportStage.SUBMITTED:
        people = people_with(sheet.office, [Role.OFFICE])
    else:
        role = (
            Role.SECTION_HEAD if stage == SelfReportStage.AT_SECTION_HEAD else Role.LEADER_IN_CHARGE
        )
        people = people_with(sheet.unit, [role])

    def sentence() -> str:
        if stage == SelfReportStage.SUBMITTED:
            return _("%(unit)s的自评表已报出：%(title)s。")
        return _("有自评表等您审核：%(title)s。")

    _tell(sheet, [one for one in people if one != by], sentence, by, at)


def _tell(sheet: Sheet, people: Sequence[str], sentence: Spoken, by: str, at: datetime) -> None:
    tell(
        people=people,
        kind="self_report",
        sentence=lambda: sentence() % {"title": sheet.title[:60], "unit": sheet.unit_name},
        by=by,
        at=at,
        subject=subject_key("self_report", sheet.key),
        address=reverse("appraisal_self_report", args=[sheet.key]),
    )
