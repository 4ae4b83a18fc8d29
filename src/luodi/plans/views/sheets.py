"""The unit's monthly sheet: filling in, checking, signing; one report's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.common.keys import subject_key
from luodi.common.moments import LOCAL, Moment
from luodi.common.refusals import Conflict, Incomplete
from luodi.common.views import sheet_response
from luodi.documents.queries import attachments_of
from luodi.documents.rules import check_size
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS, REPORTERS, UNIT_ROLES, Viewer
from luodi.orgs.views import admit, safe_next

from .. import actions, queries
from ..actions.drafts import Words
from ..actions.reporting import Entry
from ..choices import ReportStage
from ..forms import WordsForm, first_error
from ..models import ReportDraft
from ..queries.figures import asked_figures, figure_fault
from ..queries.flow import lead_unit
from ..queries.notices import fault_sentence
from ..queries.reports import ReportRow
from ..queries.sheets import Sheet, SheetRow, sheets_of, with_parts
from ..queries.timeline import timeline
from ..rules.reporting import differences, fault_of, may_draft
from ..rules.rights import WRITERS
from ..tables import report_table


@dataclass(frozen=True)
class Desk:
    """A sheet as it lies before one person: what to fill in, what to check, and the rest."""

    sheet: Sheet
    fill: list[SheetRow]
    check: list[SheetRow]
    rest: list[SheetRow]


def _may_check(viewer: Viewer, report: ReportRow) -> bool:
    role = {
        ReportStage.AT_SECTION_HEAD: Role.SECTION_HEAD,
        ReportStage.AT_LEADER: Role.LEADER_IN_CHARGE,
    }.get(ReportStage(report.stage))
    return bool(role) and viewer.acts_for(report.unit, role) and viewer.person not in report.hands


def _desk(sheet: Sheet, viewer: Viewer, read_only: bool) -> Desk:
    fills = viewer.acts_for(sheet.unit, *REPORTERS) and not read_only
    fill = [row for row in sheet.rows if row.report.writable and fills]
    check = [row for row in sheet.rows if _may_check(viewer, row.report) and not read_only]
    taken = {row.report.key for row in [*fill, *check]}
    return Desk(sheet, fill, check, [row for row in sheet.rows if row.report.key not in taken])


@admit(*UNIT_ROLES)
@require_GET
def my_reports(request: HttpRequest) -> HttpResponse:
    """The unit's measures of the open months as one sheet."""
    if request.GET.get("export") == "xlsx":
        rows = [
            row.report for sheet in sheets_of(request.viewer, request.moment) for row in sheet.rows
        ]
        return sheet_response(report_table(rows, {}), _("月报"))
    return _show_desks(request, {})


def _show_desks(request: HttpRequest, errors: dict[str, str]) -> HttpResponse:
    viewer, moment = request.viewer, request.moment
    sheets = with_parts(sheets_of(viewer, moment, errors), viewer, moment)
    desks = [_desk(sheet, viewer, moment.is_past) for sheet in sheets]
    desks.sort(key=lambda desk: not (desk.fill or desk.check))
    context = {
        "desks": desks,
        "errors": len(errors),
    }
    return render(request, "plans/my_reports.html", context, status=422 if errors else 200)


def _typed(request: HttpRequest, key: str) -> tuple[Words, int]:
    """What a row of the form says, and the version of the draft it was typed over."""
    form = WordsForm(request.POST, prefix=key)
    if not form.is_valid():
        raise Incomplete(first_error(form))
    said = form.cleaned_data
    start = f"{key}-figure-"
    figures = {
        name.removeprefix(start): text
        for name, text in request.POST.items()
        if name.startswith(start) and text.strip()
    }
    words = Words(said["text"], said["problem"], said["nothing_new"], figures, said["claimed"])
    return words, said["version"] or 0


@admit(*UNIT_ROLES)
@require_POST
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """Keep what is typed; answers with the time, or with the other person's words."""
    words, version = _typed(request, key)
    try:
        saved = actions.save_draft(
            report=key,
            words=words,
            version=version,
            viewer=request.viewer,
            by=request.viewer.person,
            at=request.at,
        )
    except Conflict as conflict:
        theirs = ReportDraft.objects.filter(report=key).first() or ReportDraft(version=0)
        said = {
            "sentence": conflict.sentence,
            "version": theirs.version,
            "text": theirs.text,
            "keep": _("仍用我写的，覆盖对方"),
        }
        return JsonResponse(said, status=409)
    last = queries.last_text_of(key)
    pieces = differences(last, words.text) if last else ()
    return JsonResponse(
        {
            "saved": _("已保存 %(time)s")
            % {"time": request.at.astimezone(LOCAL).strftime("%H:%M")},
            "version": saved.version,
            "difference": render_to_string("plans/difference.html", {"pieces": pieces}),
        }
    )


@admit(*REPORTERS)
@require_POST
def submit(request: HttpRequest) -> HttpResponse:
    """Hand in the rows that are ticked (or one), or say for all of them why nothing is new.

    What is typed is kept as drafts first; rows with an error stay, the others go on.
    """
    chosen = (
        [request.POST["only"]] if request.POST.get("only") else request.POST.getlist("selected")
    )
    if not chosen:
        raise Incomplete(_("请先勾选要提交的举措。"))
    typed = {key: _typed(request, key) for key in request.POST.getlist("row")}
    reason = request.POST.get("reason", "").strip()
    if request.POST.get("do") == "nothing_new":
        if not reason:
            raise Incomplete(_("报“无新进展”须写一句理由，可以几条共用。"))
        typed |= {
            key: (Words("", words.problem, reason, words.figures, words.claimed), version)
            for key, (words, version) in typed.items()
            if key in chosen
        }
    entries, errors = _sort_out(request, chosen, typed)
    if entries:
        actions.submit_reports(
            entries=entries, viewer=request.viewer, by=request.viewer.person, at=request.at
        )
        messages.success(request, _("已提交 %(count)d 份月报。") % {"count": len(entries)})
    if errors:
        messages.warning(
            request,
            _("有 %(count)d 份没有提交，原因写在该行；文字已存为草稿。") % {"count": len(errors)},
        )
        return _show_desks(request, errors)
    return redirect("my_reports")


def _sort_out(
    request: HttpRequest, chosen: Sequence[str], typed: dict[str, tuple[Words, int]]
) -> tuple[list[Entry], dict[str, str]]:
    """Keep all that is typed as drafts; the chosen rows as entries, or their errors."""
    by_key = {
        row.report.key: row
        for sheet in sheets_of(request.viewer, request.moment)
        for row in sheet.rows
    }
    entries, errors = [], {}
    for key, (words, version) in typed.items():
        row = by_key.get(key)
        if row is None or _changed(row, words):
            actions.save_draft(
                report=key,
                words=words,
                version=version,
                viewer=request.viewer,
                by=request.viewer.person,
                at=request.at,
            )
        if key not in chosen:
            continue
        fault = _fault(row, words, request.moment) if row else ""
        if fault:
            errors[key] = fault
            continue
        files = _files(request, key)
        entries.append(Entry(key, words, files))
    return entries, errors


def _files(request: HttpRequest, key: str) -> list[tuple[str, bytes]]:
    """Names and bytes of a row's evidence; one too big is refused before it is read."""
    given = request.FILES.getlist(f"{key}-files")
    for file in given:
        check_size(file.size or 0)
    return [(file.name or "", file.read()) for file in given]


def _changed(row: SheetRow, words: Words) -> bool:
    filled = row.filled
    before = (filled.text, filled.problem, filled.nothing_new, filled.claimed)
    return (
        before != (words.text, words.problem, words.nothing_new, words.claimed)
        or {k: v for k, v in filled.figures.items() if v} != words.figures
    )


def _fault(row: SheetRow, words: Words, moment: Moment) -> str:
    """Why a row can't be handed in, in words."""
    fault = fault_of(words.text, words.nothing_new, words.claimed, row.last_text)
    if fault:
        return fault_sentence(fault, row.report.measure_title)
    return figure_fault([cell.asked for cell in row.figures], words.figures, moment)


@admit(Role.SECTION_HEAD, Role.LEADER_IN_CHARGE)
@require_POST
def pass_on(request: HttpRequest) -> HttpResponse:
    """Pass on or sign off the rows that are ticked, or return them with a reason."""
    chosen = request.POST.getlist("selected")
    if request.POST.get("do") == "return":
        return send_back(request)
    ways = actions.pass_on_reports(
        reports=chosen, viewer=request.viewer, by=request.viewer.person, at=request.at
    )
    messages.success(request, _("已审核 %(count)d 份月报。") % {"count": len(ways)})
    return redirect(safe_next(request, "/my-reports/"))


@admit(*UNIT_ROLES)
@require_POST
def send_back(request: HttpRequest) -> HttpResponse:
    """Return reports to their clerks, with a reason."""
    count = actions.return_reports(
        reports=request.POST.getlist("selected"),
        why=request.POST.get("why", ""),
        viewer=request.viewer,
        by=request.viewer.person,
        at=request.at,
    )
    messages.success(request, _("已退回 %(count)d 份月报。") % {"count": count})
    return redirect(safe_next(request, "/my-reports/"))


@admit(*BUSINESS)
@require_GET
def report(request: HttpRequest, key: str) -> HttpResponse:
    """One report with its way through the unit and the office."""
    viewer, moment = request.viewer, request.moment
    row = queries.report_for(viewer, key, moment)
    own = may_draft(viewer, row.unit)
    names = asked_figures([row.unit], [row.measure], moment).get((row.unit, row.measure), [])
    known = {figure.indicator: figure for figure in names}
    files = attachments_of(subject_key("report", key), viewer, moment) if row.open_to else []
    parts = queries.parts_of([row.round], [row.measure], viewer, moment) if row.consolidates else {}
    context = {
        "row": row,
        "figures": [
            (known[f["indicator"]], f["amount"]) for f in row.figures if f["indicator"] in known
        ],
        "files": files,
        "parts": parts.get((row.round, row.measure), []),
        "draft": ReportDraft.objects.filter(report=key).first()
        if own and not moment.is_past
        else None,
        "entries": timeline(subject_key("report", key), viewer, moment),
        "may_check": _may_check(viewer, row) and not moment.is_past,
        "may_recall": viewer.acts_for(row.unit, *REPORTERS)
        and row.stage in (ReportStage.AT_SECTION_HEAD, ReportStage.AT_LEADER),
        "may_return_part": row.stage == ReportStage.AT_LEAD_UNIT
        and viewer.acts_for(lead_unit(row.round, row.measure), *WRITERS),
        "may_review": viewer.has(Role.OFFICE) and row.stage == ReportStage.AT_OFFICE,
    }
    return render(request, "plans/report.html", context)


@admit(*REPORTERS)
@require_POST
def recall(request: HttpRequest, key: str) -> HttpResponse:
    """Take a report back while it is inside the unit."""
    actions.recall_report(
        report=key, viewer=request.viewer, by=request.viewer.person, at=request.at
    )
    messages.success(request, _("已撤回，可以修改后再提交。"))
    return redirect("my_reports")
