"""Accept, or return with a reason: nobody edits another's words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.keys import subject_key
from luodi.common.refusals import Closed, Incomplete
from luodi.jobs.actions import tell
from luodi.orgs.rules import Viewer

from ..choices import ReportStage
from ..flows import REPORT
from ..queries.flow import Standing, lead_unit_of, parts_at, standings
from ..queries.notices import reporters_of, returned_sentence
from ..rules.reporting import INSIDE
from ..rules.rights import require_move, require_office, roles_in

RETURNS = {
    ReportStage.AT_SECTION_HEAD: "return_by_head",
    ReportStage.AT_LEADER: "return_by_leader",
    ReportStage.AT_LEAD_UNIT: "return_part",
    ReportStage.AT_OFFICE: "return_by_office",
}


def accept_reports(*, reports: Sequence[str], viewer: Viewer, by: str, at: datetime) -> int:
    """The office accepts: the reports are locked. Accepting a lead's report accepts its parts.

    Returns how many reports were accepted, parts counted.
    """
    found = standings(reports, viewer)
    require_office(viewer, found[0].report.city)
    chosen = {one.report.key for one in found}
    states = [one.state for one in found]
    for one in found:
        parts = parts_at(one, ReportStage.AT_OFFICE)
        states += [part for part in parts if part.report_id not in chosen]
    with perform(
        "accept_reports",
        by=by,
        at=at,
        subjects=[subject_key("report", state.report_id) for state in states],
        scope={"city": found[0].report.city},
    ) as deed:
        for state in states:
            require_move(REPORT, state.stage, "accept", {}, viewer.roles)
            deed.touch(subject_key("measure", state.report.measure_id))
            deed.replace(state, stage=ReportStage.ACCEPTED)
    return len(states)


def return_reports(
    *, reports: Sequence[str], why: str, viewer: Viewer, by: str, at: datetime
) -> int:
    """Send reports back to their clerks with a reason, from whoever they are with now.

    The section head and the leader return inside the unit; the lead unit returns a part; the
    office returns what it was handed. A lead's report comes back without its parts: they wait
    with the lead unit.
    """
    found = standings(reports, viewer)
    if not why.strip():
        raise Incomplete(_("请写明退回理由，让经办人知道要补什么。"))
    for one in found:
        _check_return(one, why, viewer)
    inside = all(one.state.stage in INSIDE for one in found)
    units = {one.report.unit for one in found}
    with perform(
        "return_reports",
        by=by,
        at=at,
        subjects=[subject_key("report", one.report.key) for one in found],
        scope={"city": found[0].report.city, "unit": units.pop() if len(units) == 1 else ""},
        payload={"inside": inside, "from": {o.report.key: str(o.state.stage) for o in found}},
        why=why,
    ) as deed:
        for one in found:
            _return_one(deed, one, why)
    for one in found:
        tell(
            people=reporters_of(one.report.unit),
            kind="report_returned",
            sentence=partial(returned_sentence, one.report.measure.title, why),
            by=by,
            at=at,
            subject=subject_key("report", one.report.key),
            address=f"/report/{one.report.key}/",
        )
    return len(found)


def _check_return(one: Standing, why: str, viewer: Viewer) -> None:
    stage = ReportStage(one.state.stage)
    if stage not in RETURNS:
        raise Closed(_("这份报告现在不在审核环节，不能退回。请刷新后再看。"))
    if stage == ReportStage.AT_OFFICE:
        require_office(viewer, one.report.city)
    roles = {
        ReportStage.AT_OFFICE: viewer.roles,
        ReportStage.AT_LEAD_UNIT: roles_in(viewer, lead_unit_of(one)),
    }.get(stage, roles_in(viewer, one.report.unit))
    require_move(REPORT, stage, RETURNS[stage], {"reason": why}, roles)
    if not one.round_open:
        raise Closed(_("本月月报已经截止，退回后单位无法重报；请先重新开放本月。"))


def _return_one(deed: Deed, one: Standing, why: str) -> None:
    stage = one.state.stage
    deed.replace(
        one.state,
        stage=ReportStage.RETURNED,
        returned_from=stage,
        return_reason=why.strip(),
        handed_at=None,
    )
    if stage != ReportStage.AT_OFFICE:
        return
    for part in parts_at(one, ReportStage.AT_OFFICE):
        require_move(REPORT, part.stage, "bring_back", {}, ())
        deed.touch(subject_key("report", part.report_id))
        deed.replace(part, stage=ReportStage.AT_LEAD_UNIT)
