"""The office of a datum accepts a reported figure, or returns it with a reason; no editing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.flows import moved
from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotFound
from luodi.jobs.actions import tell
from luodi.orgs.queries import handlers_of
from luodi.orgs.rules import Viewer

from ..choices import CheckStage, FigureOrigin, SelfReportStage
from ..flows import SELF_REPORT
from ..models import AppraisalFigure, SelfReportState
from ..queries.self_reports import RUNNING, ReadFigure
from ..queries.verifying import CheckRow, VerifyingPage, cell_like, verifying_page


def _rows(
    appraisal: str, keys: Sequence[str], viewer: Viewer, at: datetime
) -> tuple[VerifyingPage, list[CheckRow]]:
    page = verifying_page(appraisal, viewer, Moment(at))
    if page.held.state.stage not in RUNNING:
        raise Closed(_("核实已经结束，不能再核验或退回。"))
    if not keys:
        raise Incomplete(_("请先勾选要办理的数。"))
    there = {row.key: row for row in page.rows}
    if any(key not in there for key in keys):
        raise NotFound(_("没有这个数，或者它不归您核验。"))
    found = [there[key] for key in dict.fromkeys(keys)]
    if any(not row.waits for row in found):
        raise Conflict(_("有的数已经核验或退回，请刷新后再看；您这一步没有写入。"))
    return page, found


def accept_figures(
    *,
    appraisal: str,
    figures: Sequence[str],
    own: Mapping[str, str],
    viewer: Viewer,
    by: str,
    at: datetime,
) -> int:
    """Accept reported figures. `own` holds the office's own figure where it has one: it counts
    then, and the difference is shown beside the reported one.

    A figure that wasn't reported needs the office's own, or is accepted as missing. Returns how
    many were accepted.
    """
    page, rows = _rows(appraisal, figures, viewer, at)
    read = {row.key: _own(row, own.get(row.key, "")) for row in rows}
    with perform(
        "accept_figures",
        by=by,
        at=at,
        subjects=[page.held.subject, *_reports(rows)],
        scope=page.held.scope,
        payload={"figures": len(rows), "own": sum(one is not None for one in read.values())},
    ) as deed:
        for row in rows:
            _accept(deed, page, row, read[row.key])
    return len(rows)


def _own(row: CheckRow, text: str) -> ReadFigure | None:
    if not text.strip():
        return None
    cell = cell_like(row)
    found = cell.read(text)
    if found is None:
        said = {"unit": row.unit_name, "title": row.title, "fault": cell.fault_of(text, "")}
        raise Incomplete(_("%(unit)s的“%(title)s”：%(fault)s。没有写入。") % said)
    return found


def _accept(deed: Deed, page: VerifyingPage, row: CheckRow, own: ReadFigure | None) -> None:
    check = row.check
    place = {
        "appraisal": page.held.key, "unit": check.unit, "indicator": check.indicator,
        "part": check.part,
    }  # fmt: skip
    rows = {f.origin: f for f in AppraisalFigure.objects.open().filter(**place)}
    said = rows.get(str(FigureOrigin.SELF_REPORT))
    before = rows.get(str(FigureOrigin.VERIFIED))
    if before is not None:
        deed.close(before)
    deed.write(
        AppraisalFigure(
            appraisal_id=page.held.key,
            unit=check.unit,
            zone=check.zone,
            city=check.city,
            indicator=check.indicator,
            part=check.part,
            origin=FigureOrigin.VERIFIED,
            amount=own.amount if own else said.amount if said else None,
            scale=own.scale if own else said.scale if said else 0,
            missing="" if own else said.missing if said else "",
            by_unit=check.answers,
        )
    )
    deed.replace(check, stage=CheckStage.ACCEPTED, reason="")


def return_figures(
    *, appraisal: str, figures: Sequence[str], why: str, viewer: Viewer, by: str, at: datetime
) -> int:
    """Return reported figures to their units with a reason: only they change them.

    Returns how many were returned.
    """
    if not why.strip():
        raise Incomplete(_("请写明退回理由，让被考核单位知道要改什么。"))
    page, rows = _rows(appraisal, figures, viewer, at)
    reports = {row.check.self_report_id for row in rows}
    states = SelfReportState.objects.open().filter(self_report__in=reports)
    with perform(
        "return_figures",
        by=by,
        at=at,
        subjects=[page.held.subject, *_reports(rows)],
        scope=page.held.scope,
        payload={"figures": len(rows)},
        why=why.strip(),
    ) as deed:
        for row in rows:
            deed.replace(row.check, stage=CheckStage.RETURNED, reason=why.strip())
        for state in states:
            if state.stage == SelfReportStage.SUBMITTED:
                stage = moved(SELF_REPORT, "reopen", state.stage, (), {"reason": why})
                deed.replace(state, stage=stage, hands=[], skipped=[], reason=why.strip())
    for row in {row.check.self_report_id: row for row in rows}.values():
        tell(
            people=handlers_of(row.check.unit),
            kind="self_report",
            sentence=partial(_returned, row.title, why),
            by=by,
            at=at,
            subject=subject_key("self_report", row.check.self_report_id),
            address=reverse("appraisal_self_report", args=[row.check.self_report_id]),
        )
    return len(rows)


def _returned(title: str, why: str) -> str:
    words = {"title": title[:60], "why": why.strip()[:200]}
    return _("自评的数被退回（%(title)s）：%(why)s") % words


def _reports(rows: Sequence[CheckRow]) -> list[str]:
    return sorted({subject_key("self_report", row.check.self_report_id) for row in rows})
