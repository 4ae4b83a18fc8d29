"""What is mine and due, in order of consequence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luodi.assessment.queries import appraisal_duties
from luodi.chain.queries import trip_duties
from luodi.collection.queries import filing_duties
from luodi.common.duties import RETURNED, Duty, pressing
from luodi.common.languages import listed
from luodi.common.moments import Moment
from luodi.ledger.choices import Stage
from luodi.ledger.queries import items
from luodi.ledger.rules import end_of_day
from luodi.orgs.choices import Role
from luodi.orgs.queries import visible
from luodi.orgs.rules import REPORTERS, Viewer
from luodi.papers.choices import ISSUED
from luodi.papers.queries import moves_for, states_for
from luodi.plans.choices import ReportStage, WorkStage
from luodi.plans.models import Report
from luodi.plans.queries import plans_of, round_overview, steps_of
from luodi.plans.queries.reports import ReportRow, report_rows
from luodi.plans.queries.rounds import RoundRow, open_rounds
from luodi.policy.queries import policy_duties
from luodi.projects.queries import leads_waiting, leads_waiting_in
from luodi.reading.choices import DocumentStage, FindingStage, Severity
from luodi.reading.queries import documents_list, open_errors
from luodi.registers.queries import register_duties
from luodi.services.queries import request_duties
from luodi.supervision.queries import (
    bulletin_duties,
    letter_duties,
    meeting_duties,
    rating_duties,
)


def duties_of(viewer: Viewer, moment: Moment) -> list[Duty]:
    """Everything that waits for this viewer, what came back and what is late first."""
    found = [duty for source in SOURCES for duty in source(viewer, moment)]
    return sorted(found, key=lambda duty: duty.rank)


def _report_duties(viewer: Viewer, moment: Moment) -> Iterator[Duty]:
    rounds = {row.key: row for row in open_rounds(viewer, moment)}
    wanted = visible(Report.objects.filter(round__in=rounds), viewer)
    waiting: dict[tuple[str, str], list[ReportRow]] = defaultdict(list)
    for row in report_rows(wanted, viewer, moment):
        if row.stage == ReportStage.RETURNED and viewer.acts_for(row.unit, *REPORTERS):
            yield _returned(row)
        elif _mine(row, viewer):
            waiting[row.round, row.stage].append(row)
    for (key, stage), rows in waiting.items():
        yield _batch(rounds[key], stage, len(rows), moment)


def _missing_duties(viewer: Viewer, moment: Moment) -> Iterator[Duty]:
    """For the office: who hasn't handed in."""
    if not viewer.has(Role.OFFICE):
        return
    for row in open_rounds(viewer, moment):
        missing = round_overview(row, viewer, moment).missing_units
        if missing:
            count = len(missing)
            words = ngettext("%(n)d 家单位未报齐", "%(n)d 家单位未报齐", count) % {"n": count}
            what = f"{row.period_label} {_('月报')}：{words}"
            names = "、".join(line.name for line in missing)
            address = reverse("round", args=[row.key])
            yield Duty(what, names, address, row.due_at, pressing(row.due_at, moment.at))


def _mine(row: ReportRow, viewer: Viewer) -> bool:
    """Whether a report waits for a role this viewer holds in the right place."""
    holders = {
        ReportStage.ASKED: REPORTERS,
        ReportStage.AT_SECTION_HEAD: {Role.SECTION_HEAD},
        ReportStage.AT_LEADER: {Role.LEADER_IN_CHARGE},
    }
    if row.stage == ReportStage.AT_OFFICE:
        return viewer.has(Role.OFFICE)
    return viewer.acts_for(row.unit, *holders.get(ReportStage(row.stage), ()))


def _returned(row: ReportRow) -> Duty:
    what = _("退回：%(title)s") % {"title": row.measure_title}
    address = reverse("report", args=[row.key])
    return Duty(what, row.return_reason, address, row.due_at, RETURNED)


def _batch(row: RoundRow, stage: str, count: int, moment: Moment) -> Duty:
    words: dict[str, Callable[[], str]] = {
        ReportStage.ASKED: lambda: ngettext("%(n)d 项待填报", "%(n)d 项待填报", count),
        ReportStage.AT_SECTION_HEAD: lambda: ngettext("%(n)d 项待审核", "%(n)d 项待审核", count),
        ReportStage.AT_LEADER: lambda: ngettext("%(n)d 项待审签", "%(n)d 项待审签", count),
        ReportStage.AT_OFFICE: lambda: ngettext("%(n)d 项待采用", "%(n)d 项待采用", count),
    }
    what = f"{row.period_label} {_('月报')}：{words[stage]() % {'n': count}}"
    office = stage == ReportStage.AT_OFFICE
    address = reverse("round", args=[row.key]) if office else reverse("my_reports")
    return Duty(what, row.plan_title, address, row.due_at, pressing(row.due_at, moment.at))


def _item_duties(viewer: Viewer, moment: Moment) -> Iterator[Duty]:
    office = viewer.has(Role.OFFICE)
    for row in items(viewer, moment, {"show": "open"}):
        address = reverse("item", args=[row.key])
        if row.stage == Stage.APPLIED:
            if office:
                what = _("待核实销号：%(title)s") % {"title": row.title}
                yield Duty(what, row.why, address, row.due_at, row.light)
        elif row.lead_unit in viewer.units:
            what = f"{row.number} {row.title}"
            yield Duty(what, row.why, address, row.due_at, row.light)


def _step_duties(viewer: Viewer, moment: Moment) -> Iterator[Duty]:
    year = moment.today.year
    for plan in plans_of(viewer, moment):
        for row in steps_of(plan, viewer, moment, year=year):
            pressing = row.verdict.light in {"red", "yellow"}
            if row.unit in viewer.units and row.stage == WorkStage.OPEN and pressing:
                address = reverse("annual_plan", args=[plan.key, year])
                what = _("年度任务：%(title)s") % {"title": row.title}
                due_at = end_of_day(row.due_on) if row.due_on else None
                yield Duty(what, row.why, address, due_at, row.verdict.light)


def _paper_duties(viewer: Viewer, moment: Moment) -> Iterator[Duty]:
    words = {"check": _("待审核"), "sign": _("待签发")}
    states = states_for(viewer, moment).exclude(stage__in=ISSUED).select_related("paper")
    for state in states:
        for move in words.keys() & moves_for(state, viewer.person, moment):
            what = f"{words[move]}：{state.title}"
            address = reverse("paper", args=[state.paper_id])
            yield Duty(what, state.paper.get_kind_display(), address)


def _document_duties(viewer: Viewer, moment: Moment) -> Iterator[Duty]:
    if not viewer.has(Role.OFFICE):
        return
    for row in documents_list(viewer, moment):
        if row.stage == DocumentStage.REVIEW:
            what = _("待核对入库：%(title)s") % {"title": row.title}
            yield Duty(what, "", reverse("document", args=[row.key]))


def _finding_duties(viewer: Viewer, moment: Moment) -> Iterator[Duty]:
    """For the office: documents under review that contradict themselves."""
    for key, title, count in open_errors(viewer, moment):
        words = ngettext("%(n)d 处错误待处理", "%(n)d 处错误待处理", count) % {"n": count}
        what = _("文件检查：%(title)s") % {"title": title}
        query = urlencode({"state": FindingStage.UNDECIDED, "severity": Severity.ERROR})
        yield Duty(f"{what}　{words}", "", f"{reverse('findings', args=[key])}?{query}")


def _answer_duties(viewer: Viewer, moment: Moment) -> Iterator[Duty]:
    """Leads that wait for their first answer: each for its unit, the late ones together for the
    office."""
    for row in leads_waiting(viewer, moment):
        what = _("待首次答复：%(name)s") % {"name": row.name}
        address = reverse("project", args=[row.key])
        yield Duty(what, row.light[1], address, row.answer_due, row.light[0])
    if viewer.has(Role.OFFICE):
        late = [r for r in leads_waiting_in(viewer.city, moment) if r.light[0] == "red"]
        if late:
            count = len(late)
            words = ngettext("%(n)d 条线索超期未答复", "%(n)d 条线索超期未答复", count)
            names = listed(row.name for row in late)
            address = f"{reverse('projects_leads')}?sort=answer"
            yield Duty(words % {"n": count}, names, address, late[0].answer_due, "red")


SOURCES: tuple[Callable[[Viewer, Moment], Iterable[Duty]], ...] = (
    _report_duties,
    _missing_duties,
    filing_duties,
    _item_duties,
    _step_duties,
    _paper_duties,
    _document_duties,
    _finding_duties,
    _answer_duties,
    letter_duties,
    meeting_duties,
    bulletin_duties,
    rating_duties,
    appraisal_duties,
    request_duties,
    register_duties,
    policy_duties,
    trip_duties,
)
