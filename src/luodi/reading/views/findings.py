"""The check of a document: its findings, and what the office decides on each."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.common.refusals import Incomplete
from luodi.common.tables import Table
from luodi.common.views import sheet_response, whole_number
from luodi.ledger.views import NO_UNITS
from luodi.orgs.choices import Role
from luodi.orgs.queries import units_of
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit
from luodi.reading import actions, queries
from luodi.reading.forms import AcceptForm, DismissForm, SeenForm, SuperviseForm
from luodi.reading.queries import Check, FindingRow, state_of, tally_of
from luodi.reading.tables import FINDING_COLUMNS

A_PAGE = 60
FILTERS = ("state", "severity", "code")


@admit(*BUSINESS)
@require_GET
def findings(request: HttpRequest, key: str) -> HttpResponse:
    """The findings of one document, errors first; filtered, exported, decided on."""
    check = queries.check_of(request.viewer, key, request.moment)
    rows = [row for row in check.rows if _passes(row, request.GET)]
    table = Table("findings", FINDING_COLUMNS, rows, request.GET)
    if table.wants_sheet:
        return sheet_response(table, _("文件检查 %(title)s") % {"title": check.state.title})
    last = max(1, -(-len(rows) // A_PAGE))
    page = min(whole_number(request.GET.get("page", "")) or 1, last)
    offered = queries.comparable_with(check.document, request.viewer, request.moment)
    context = _context(request, check, request.GET) | {
        "rows": table.shown[(page - 1) * A_PAGE : page * A_PAGE],
        "matching": len(rows),
        "pages": _pages(len(rows), page, request.GET),
        "comparable": offered,
    }
    return render(request, "reading/findings.html", context)


def _passes(row: FindingRow, wanted: QueryDict) -> bool:
    has = {"state": state_of(row), "severity": row.severity, "code": row.code}
    return all(wanted.get(name, "") in {"", has[name]} for name in FILTERS)


def _context(request: HttpRequest, check: Check, wanted: QueryDict) -> dict[str, Any]:
    """What the page and the parts of it that a decision changes are rendered from."""
    tally = tally_of(check.rows)
    groups = (("state", tally.stages), ("severity", tally.severities), ("code", tally.kinds))
    return {
        "check": check,
        "key": check.document.key,
        "tally": tally,
        "facets": {name: _facet(name, said, wanted) for name, said in groups},
        "may_decide": request.viewer.has(Role.OFFICE) and not request.moment.is_past,
    }


Facet = tuple[str, int, str, bool, str]


def _facet(name: str, said: list[tuple[str, str, int]], wanted: QueryDict) -> list[Facet]:
    """The choices of a filter: word, count, address, whether it is on, value."""
    others = {k: wanted[k] for k in FILTERS if wanted.get(k) and k != name}
    now = wanted.get(name, "")
    out = []
    for value, label, count in said:
        on = value == now
        query = others if on else others | {name: value}
        out.append((label, count, f"?{urlencode(query)}", on, value))
    return out


def _pages(count: int, now: int, wanted: QueryDict) -> list[tuple[int, str, bool]]:
    """Numbers, addresses and which one is shown; nothing where all fits on one page."""
    last = -(-count // A_PAGE)
    kept = {k: wanted[k] for k in (*FILTERS, "sort") if wanted.get(k)}
    numbers = range(1, last + 1) if last > 1 else ()
    return [(n, f"?{urlencode(kept | {'page': str(n)})}", n == now) for n in numbers]


@admit(*BUSINESS)
@require_GET
def finding(request: HttpRequest, key: str, finding: str) -> HttpResponse:
    """One finding by its own address, with what was decided on it and when."""
    return _show(request, key, finding)


def _show(
    request: HttpRequest,
    key: str,
    finding: str,
    form: django_forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    """One finding: its card for a page that has it, or a page of its own."""
    check = queries.check_of(request.viewer, key, request.moment)
    row = queries.finding_in(check, finding)
    context = _context(request, check, _filters_of(request)) | {"row": row, "form": form}
    if request.htmx:
        return render(request, "reading/finding_answer.html", context, status=status)
    context["steps"] = queries.steps_of(finding, request.moment)
    return render(request, "reading/finding_page.html", context, status=status)


def _filters_of(request: HttpRequest) -> QueryDict:
    """The filters of the page a decision was made on."""
    return QueryDict(urlsplit(request.htmx.current_url or "").query)


def _step(request: HttpRequest, key: str, finding: str, form: django_forms.Form) -> dict[str, Any]:
    """What every decision is told, from a form that was filled in on a page."""
    queries.has_finding(request.viewer, key, finding, request.moment)
    if not form.is_valid():
        if "seen" in form.errors:
            raise Incomplete(_("请刷新页面后再试。"))
        raise Incomplete(_("有一项写得太长，没有写入。请改短后再提交。"))
    return form.cleaned_data | {
        "finding": finding,
        "by": request.viewer.person,
        "at": request.at,
    }


def _done(request: HttpRequest, key: str, finding: str, said: str) -> HttpResponse:
    """The card as it stands now; without script, the page again at the card."""
    if request.htmx:
        return _show(request, key, finding)
    messages.success(request, said)
    response = redirect("findings", key=key)
    response["Location"] += f"#f-{finding}"
    return response


@admit(Role.OFFICE)
@require_POST
def accept_finding(request: HttpRequest, key: str, finding: str) -> HttpResponse:
    """采纳更正：it goes into the next correction note."""
    actions.accept_finding(**_step(request, key, finding, AcceptForm(request.POST)))
    return _done(request, key, finding, _("已采纳，将写入更正建议函。"))


@admit(Role.OFFICE)
@require_POST
def dismiss_finding(request: HttpRequest, key: str, finding: str) -> HttpResponse:
    """不采纳，with the reason."""
    actions.dismiss_finding(**_step(request, key, finding, DismissForm(request.POST)))
    return _done(request, key, finding, _("已记为不采纳。"))


@admit(Role.OFFICE)
@require_POST
def reopen_finding(request: HttpRequest, key: str, finding: str) -> HttpResponse:
    """重新处理"""
    actions.reopen_finding(**_step(request, key, finding, SeenForm(request.POST)))
    return _done(request, key, finding, _("已恢复为待处理。"))


@admit(Role.OFFICE)
@require_http_methods(["GET", "POST"])
def supervise_finding(request: HttpRequest, key: str, finding: str) -> HttpResponse:
    """转督办：a supervised item with a unit and a due date."""
    check = queries.check_of(request.viewer, key, request.moment)
    row = queries.finding_in(check, finding)
    units = units_of(request.viewer.city, request.moment).exclude(kind__in=NO_UNITS)
    choices = list(units.values_list("of", "name"))
    if request.method == "GET":
        form = SuperviseForm(initial=_proposal(row), units=choices)
        return _show(request, key, finding, form)
    form = SuperviseForm(request.POST, units=choices)
    if "seen" not in form.errors and not form.is_valid():
        return _show(request, key, finding, form, 422)
    item = actions.supervise_finding(**_step(request, key, finding, form))
    return _done(request, key, finding, _("已转督办，编号 %s。") % item.number)


def _proposal(row: FindingRow) -> dict[str, Any]:
    """What the item's form begins with."""
    quotes = "\n".join(_("原文：“%(words)s”") % {"words": p.sentence} for p in row.passages[:4])
    place = _("位置：%(place)s") % {"place": row.place} if row.place else ""
    said = _("核对：%(message)s") % {"message": row.message}
    title = _("核查“%(kind)s”：%(message)s") % {"kind": row.kind, "message": row.message}
    content = "\n".join(filter(None, [place, quotes, said]))
    return {"seen": row.seen, "title": title[:80], "content": content}


@admit(Role.OFFICE)
@require_POST
def recheck(request: HttpRequest, key: str) -> HttpResponse:
    """重新检查 with today's checker; decisions stay."""
    queries.state_for(request.viewer, key, request.moment)
    checked = actions.recheck_document(document=key, by=request.viewer.person, at=request.at)
    said = ngettext(
        "重新检查完毕：新发现 %(new)d 条，%(gone)d 条不再出现，已有的处理结论都保留。",
        "重新检查完毕：新发现 %(new)d 条，%(gone)d 条不再出现，已有的处理结论都保留。",
        checked.new,
    )
    messages.success(request, said % {"new": checked.new, "gone": checked.gone})
    return redirect("findings", key=key)


@admit(Role.OFFICE)
@require_POST
def compare(request: HttpRequest, key: str) -> HttpResponse:
    """与其他文件比较：what contradicts the chosen ones becomes findings of this one."""
    queries.state_for(request.viewer, key, request.moment)
    chosen = request.POST.getlist("with")
    checked = actions.compare_documents(
        document=key, others=chosen, by=request.viewer.person, at=request.at
    )
    found = checked.new + checked.kept
    said = ngettext(
        "与 %(n)d 份文件比较完毕：不一致 %(found)d 处，其中新发现 %(new)d 处。",
        "与 %(n)d 份文件比较完毕：不一致 %(found)d 处，其中新发现 %(new)d 处。",
        len(chosen),
    )
    messages.success(request, said % {"n": len(chosen), "found": found, "new": checked.new})
    return redirect("findings", key=key)
