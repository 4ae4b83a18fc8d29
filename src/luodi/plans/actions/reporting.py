"""A report on its way up: the clerk hands it in, the section head checks, the leader signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Incomplete, NotAllowed
from luodi.documents.actions import attach, write_file
from luodi.indicators.actions import submit_values
from luodi.jobs.actions import tell
from luodi.orgs.rules import Viewer

from ..choices import ReportStage
from ..flows import REPORT, TOWARDS
from ..models import ReportDraft, ReportState
from ..queries.figures import asked_figures, figure_fault, only_asked
from ..queries.flow import Onwards, Standing, last_words, parts_at, standings
from ..queries.notices import fault_sentence, waiting_people
from ..rules.reporting import INSIDE, LEFT_THE_UNIT, Onward, fault_of
from ..rules.rights import require_move, roles_in


@dataclass(frozen=True)
class Entry:
    """A report as the clerk hands it in. `files` are names and bytes of evidence."""

    report: str
    words: str
    files: Sequence[tuple[str, bytes]] = field(default_factory=tuple)


def submit_reports(
    *, entries: Sequence[Entry], viewer: Viewer, by: str, at: datetime
) -> list[Onward]:
    """The clerk hands in reports of one unit: to the section head, or past who isn't there.

    Refused where a month is closed, where nothing is said, where last month's words stand
    unchanged without a reason. The drafts go, the words stand in the record.
    """
    found = standings([entry.report for entry in entries], viewer)
    last = last_words(one.report for one in found)
    for one, entry in zip(found, entries, strict=True):
        _check_entry(one, entry, viewer, last.get(one.report.key, ("", ""))[1], Moment(at))
    onwards = Onwards(found)
    ways = [onwards.after(one, ReportStage.ASKED, [by]) for one in found]
    with perform("submit_reports", by=by, at=at, **_about(found, ways, "submit")) as deed:
        for one, entry, way in zip(found, entries, ways, strict=True):
            _submit_one(deed, one, entry, way, viewer, by, at)
            _keep_files(deed, one, entry)
        ReportDraft.objects.filter(report__in=[one.report.key for one in found]).delete()
    _tell_next(found, ways, by, at)
    return ways


def _check_entry(
    one: Standing, entry: Entry, viewer: Viewer, last_text: str, moment: Moment
) -> None:
    if not roles_in(viewer, one.report.unit):
        raise NotAllowed(_("只能由本单位的人员填报本单位的报告。"))
    if not one.round_open:
        raise Closed(
            _(
                "%(period)s月报已经截止，不能再提交；您写的内容已存为草稿。需要补报请联系专班办公室。"
            )
            % {"period": one.report.round.period}
        )
    words = entry.words
    fault = fault_of(words.text, words.nothing_new, words.claimed, last_text)
    if fault:
        raise Incomplete(fault_sentence(fault, one.report.measure.title))
    place = (one.report.unit, one.report.measure_id)
    asked = asked_figures([place[0]], [place[1]], moment, one.report.round.period)
    if said := figure_fault(asked.get(place, []), words.figures, moment):
        raise Incomplete(said)


def _submit_one(
    deed: Deed, one: Standing, entry: Entry, way: Onward, viewer: Viewer, by: str, at: datetime
) -> None:
    words = entry.words
    said = {"words": words.text.strip() or words.nothing_new.strip()}
    roles = roles_in(viewer, one.report.unit)
    require_move(REPORT, one.state.stage, f"submit_to_{TOWARDS[way.stage]}", said, roles)
    state = one.state.copy(
        text=words.text.strip(),
        problem=words.problem.strip(),
        nothing_new=words.nothing_new.strip()[:300],
        claimed=words.claimed,
        figures=[{"indicator": k, "amount": v.strip()} for k, v in words.figures.items() if v],
        submitted_at=at,
        handed_at=None,
        hands=[by],
        skipped=[dict(row) for row in way.skipped],
        returned_from="",
        return_reason="",
    )
    deed.close(one.state)
    _arrive(deed, one, state, way, at)


def _keep_files(deed: Deed, one: Standing, entry: Entry) -> None:
    scope = {"city": one.report.city, "unit": one.report.unit}
    for name, data in entry.files:
        file = write_file(deed=deed, name=name, data=data, scope=scope)
        deed.touch(subject_key("file", file.key))
        attach(deed=deed, file=file, subject=subject_key("report", one.report.key))


def pass_on_reports(
    *, reports: Sequence[str], viewer: Viewer, by: str, at: datetime
) -> list[Onward]:
    """The section head passes reports on, the leader in charge signs them off.

    Nobody signs what went through their hands already. A lead's report takes the parts of the
    other units along.
    """
    found = standings(reports, viewer)
    onwards = Onwards(found)
    ways = []
    for one in found:
        _may_pass(one, by)
        ways.append(onwards.after(one, one.state.stage, [*one.state.hands, by]))
    with perform("pass_on_reports", by=by, at=at, **_about(found, ways, "pass")) as deed:
        for one, way in zip(found, ways, strict=True):
            name = "pass" if one.state.stage == ReportStage.AT_SECTION_HEAD else "sign"
            roles = roles_in(viewer, one.report.unit)
            require_move(REPORT, one.state.stage, f"{name}_to_{TOWARDS[way.stage]}", {}, roles)
            state = one.state.copy(
                hands=[*one.state.hands, by],
                skipped=[*one.state.skipped, *(dict(row) for row in way.skipped)],
            )
            deed.close(one.state)
            _arrive(deed, one, state, way, at)
    _tell_next(found, ways, by, at)
    return ways


def _may_pass(one: Standing, by: str) -> None:
    if one.state.stage not in (ReportStage.AT_SECTION_HEAD, ReportStage.AT_LEADER):
        raise Closed(_("这份报告现在不在审核环节，请刷新后再看。"))
    if not one.round_open:
        raise Closed(
            _("%(period)s月报已经截止，不能再报出；需要补报请联系专班办公室。")
            % {"period": one.report.round.period}
        )
    if by in one.state.hands:
        raise NotAllowed(_("这份报告是您提交或审核过的，须由另一位同志审签。"))


def recall_report(*, report: str, viewer: Viewer, by: str, at: datetime) -> None:
    """The clerk takes a report back while it is still inside the unit."""
    one = standings([report], viewer)[0]
    require_move(REPORT, one.state.stage, "recall", {}, roles_in(viewer, one.report.unit))
    subjects = [subject_key("report", report)]
    scope = {"city": one.report.city, "unit": one.report.unit}
    payload = {"inside": True}
    with perform(
        "recall_report", by=by, at=at, subjects=subjects, scope=scope, payload=payload
    ) as deed:
        deed.replace(
            one.state,
            stage=ReportStage.RETURNED,
            returned_from=one.state.stage,
            return_reason=_("经办人撤回修改"),
        )


def _about(found: Sequence[Standing], ways: Sequence[Onward], name: str) -> dict:
    """Subjects, scope and payload of an act over several reports of one unit or more."""
    units = {one.report.unit for one in found}
    reports = {one.report.key: way for one, way in zip(found, ways, strict=True)}
    return {
        "subjects": [subject_key("report", key) for key in reports]
        + [subject_key("measure", one.report.measure_id) for one in found],
        "scope": {"city": found[0].report.city, "unit": units.pop() if len(units) == 1 else ""},
        "payload": {
            "inside": all(way.stage in INSIDE for way in ways),
            "to": {key: str(way.stage) for key, way in reports.items()},
            "skipped": {key: [dict(s) for s in way.skipped] for key, way in reports.items()},
        },
    }


def _arrive(deed: Deed, one: Standing, state: ReportState, way: Onward, at: datetime) -> None:
    """Open the state at its new stage; what leaves the unit for the office takes its parts."""
    state.report, state.stage = one.report, way.stage
    if way.stage in LEFT_THE_UNIT:
        state.handed_at = at
    deed.write(state)
    if way.stage != ReportStage.AT_OFFICE:
        return
    _write_figures(deed, state)
    for part in parts_at(one, ReportStage.AT_LEAD_UNIT):
        require_move(REPORT, part.stage, "carry", {}, ())
        deed.touch(subject_key("report", part.report_id))
        deed.replace(part, stage=ReportStage.AT_OFFICE)
        _write_figures(deed, part)


def _write_figures(deed: Deed, state: ReportState) -> None:
    """The figures of a report become values as they reach the office."""
    report = state.report
    place = (report.unit, report.measure_id)
    moment, period = Moment(deed.at), report.round.period
    asked = asked_figures([report.unit], [report.measure_id], moment, period).get(place, [])
    typed = {row["indicator"]: row["amount"] for row in state.figures}
    submit_values(
        deed=deed,
        city=report.city,
        unit=report.unit,
        period=period,
        figures=only_asked(asked, typed),
        origin=subject_key("report", report.key),
    )


def _tell_next(found: Sequence[Standing], ways: Sequence[Onward], by: str, at: datetime) -> None:
    """One message to each person who has reports to look at now."""
    waiting: dict[str, int] = {}
    for one, way in zip(found, ways, strict=True):
        for person in waiting_people(one, way.stage):
            waiting[person] = waiting.get(person, 0) + 1
    for person, count in waiting.items():
        tell(
            people=[person],
            kind="report_waiting",
            sentence=partial(_waiting_sentence, count),
            by=by,
            at=at,
            subject=subject_key("round", found[0].report.round_id),
            address=_address(found[0], ways[0]),
        )


def _waiting_sentence(count: int) -> str:
    return _("有 %(count)d 份月报等您审核。") % {"count": count}


def _address(one: Standing, way: Onward) -> str:
    return (
        f"/round/{one.report.round_id}/review/"
        if way.stage == ReportStage.AT_OFFICE
        else "/my-reports/"
    )
