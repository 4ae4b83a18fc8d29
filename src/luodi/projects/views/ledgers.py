"""Project ledgers kept in Excel: brought, explained, looked at in a dry run, taken in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.common.refusals import Mendable, Refusal
from luodi.common.views import SHEET, download, sheet_response, whole_number
from luodi.documents.views import uploads
from luodi.orgs.views import admit

from .. import actions, exports, forms, queries
from ..actions.ledgers import KEEPERS
from ..choices import Outcome
from ..rules.ledgers import FIELDS
from ..tables import ledger_lines, ledgers_table

MOST_ASKED = 100
"""So many lines of a kind are asked about at a time; what was written isn't asked again."""

OUTCOMES = [one for one in Outcome if one != Outcome.UNKNOWN]


@admit(*KEEPERS)
@require_http_methods(["GET", "POST"])
def ledgers(request: HttpRequest) -> HttpResponse:
    """Bring a ledger; those that were brought before."""
    form, error = forms.LedgerForm(request.POST or None, request.FILES or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            [(name, data)] = uploads([form.cleaned_data["file"]])
            ledger = actions.bring_ledger(
                name=name,
                data=data,
                city=request.viewer.city,
                by=request.viewer.person,
                at=request.at,
            )
            return redirect("projects_ledger", key=ledger.key)
        except Mendable as refusal:
            error = refusal.sentence
    rows = queries.ledgers(request.viewer, request.moment)
    context = {
        "form": form,
        "error": error,
        "table": ledgers_table(rows, _("还没有导入过项目台账。")),
        "past": request.moment.is_past,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "projects/ledgers.html", context, status=status)


@admit(*KEEPERS)
@require_GET
def ledger(request: HttpRequest, key: str) -> HttpResponse:
    """One ledger: what its columns and words are, and every line's dry run."""
    return _show(request, key)


def _show(
    request: HttpRequest,
    key: str,
    *,
    form: forms.ColumnsForm | None = None,
    words: forms.WordsForm | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    page = queries.ledger_page(key, request.viewer, request.moment)
    table = ledger_lines(page.run.lines, request.GET.dict()) if page.run else None
    if table and table.wants_sheet:
        return sheet_response(table, page.file_name)
    context = {
        "page": page,
        "form": form or _columns(page),
        "words": words or forms.WordsForm(words=page.unknown),
        "said": forms.WordsForm(words=page.explained, prefix="said"),
        "table": table,
        **_run(page),
        "error": refusal.sentence if refusal else "",
        "past": request.moment.is_past,
    }
    status = refusal.status if refusal else 422 if form or words else 200
    return render(request, "projects/ledger.html", context, status=status)


def _run(page: queries.LedgerPage) -> dict[str, Any]:
    """The dry run by outcome."""
    if page.run is None:
        return {}
    counts, lines = page.run.counts, page.run.lines
    named = [(_("新项目") if o == Outcome.NEW else o.label, counts[o], o.value) for o in OUTCOMES]
    asked = (Outcome.NEW, Outcome.DIFFERENT, Outcome.ODD, Outcome.ALIKE)
    return {
        "outcomes": named,
        "odd": [line for line in lines if line.outcome == Outcome.ODD][:MOST_ASKED],
        "alike": [line for line in lines if line.outcome == Outcome.ALIKE][:MOST_ASKED],
        "later": sum(max(0, counts[o] - MOST_ASKED) for o in (Outcome.ODD, Outcome.ALIKE)),
        "faulty": counts[Outcome.FAULTY],
        "undated": sum(line.undated for line in lines),
        "writable": sum(counts[o] for o in asked),
    }


def _columns(page: queries.LedgerPage) -> forms.ColumnsForm:
    """The columns as they were named, or as they are guessed."""
    initial: dict[str, Any] = {guess.field: str(guess.column or "") for guess in page.guesses}
    initial["seen"] = page.seen
    return forms.ColumnsForm(heads=page.heads, fields=FIELDS, initial=initial)


@admit(*KEEPERS)
@require_POST
def bring_sheet(request: HttpRequest, key: str) -> HttpResponse:
    """Read another sheet of the file, as a ledger of its own."""
    try:
        fresh = actions.bring_sheet(
            ledger=key,
            sheet=request.POST.get("sheet", ""),
            by=request.viewer.person,
            at=request.at,
        )
    except Mendable as refusal:
        return _show(request, key, refusal=refusal)
    return redirect("projects_ledger", key=fresh.key)


@admit(*KEEPERS)
@require_POST
def name_columns(request: HttpRequest, key: str) -> HttpResponse:
    """Say once what the columns are."""
    page = queries.ledger_page(key, request.viewer, request.moment)
    form = forms.ColumnsForm(request.POST, heads=page.heads, fields=FIELDS)
    if not form.is_valid():
        return _show(request, key, form=form)
    try:
        actions.name_ledger_columns(
            ledger=key,
            columns=form.columns,
            seen=form.cleaned_data["seen"],
            by=request.viewer.person,
            at=request.at,
        )
    except Mendable as refusal:
        return _show(request, key, form=form, refusal=refusal)
    messages.success(request, _("各列已记住，下次同样的表不用再指定。"))
    return redirect("projects_ledger", key=key)


@admit(*KEEPERS)
@require_POST
def explain_words(request: HttpRequest, key: str) -> HttpResponse:
    """Say once what words mean."""
    page = queries.ledger_page(key, request.viewer, request.moment)
    form = forms.WordsForm(request.POST, words=page.unknown)
    said = forms.WordsForm(request.POST, words=page.explained, prefix="said")
    if not form.is_valid() or not said.is_valid():
        return _show(request, key, words=form)
    try:
        count = actions.explain_words(
            ledger=key,
            meanings=form.meanings | said.meanings,
            by=request.viewer.person,
            at=request.at,
        )
    except Mendable as refusal:
        return _show(request, key, words=form, refusal=refusal)
    messages.success(request, _("已记住 %(n)s 个词的意思，以后的台账也这样读。") % {"n": count})
    return redirect("projects_ledger", key=key)


@admit(*KEEPERS)
@require_POST
def take(request: HttpRequest, key: str) -> HttpResponse:
    """Take the ledger in as its dry run showed it."""
    odd = {n for text in request.POST.getlist("selected") if (n := whole_number(text)) is not None}
    prefix = "same-"
    decided = {
        n: said
        for name, said in request.POST.items()
        if name.startswith(prefix) and (n := whole_number(name.removeprefix(prefix))) is not None
    }
    try:
        counts = actions.take_ledger(
            ledger=key,
            token=request.POST.get("token", ""),
            odd=odd,
            decided=decided,
            by=request.viewer.person,
            at=request.at,
        )
    except Mendable as refusal:
        return _show(request, key, refusal=refusal)
    messages.success(request, _("已登记 %(opened)s 个新项目，改动 %(changed)s 个。") % counts)
    return redirect("projects_ledger", key=key)


@admit(*KEEPERS)
@require_GET
def faults(request: HttpRequest, key: str) -> HttpResponse:
    """The lines with faults as an Excel file, the reason beside each, to be mended."""
    name, data = exports.faulty_lines(key, request.viewer, request.moment)
    return download(data, name, SHEET)
