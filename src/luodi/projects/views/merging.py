"""Projects alike: the pairs, two side by side, merging, taking back, telling apart."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.common.refusals import Mendable, NotFound, Refusal
from luodi.common.views import sheet_response
from luodi.orgs.views import admit

from .. import actions, forms, queries
from ..tables import pairs_table
from .pipeline import WRITERS

MOST = 500
"""So many pairs a page lists, the surest first."""


@admit(*WRITERS)
@require_GET
def alike(request: HttpRequest) -> HttpResponse:
    """The pairs of projects that look alike, with why and how sure."""
    found = queries.pairs(request.viewer, request.moment)
    decided = request.GET.get("tab") == "apart"
    waiting = [pair for pair in found if not pair.apart]
    apart = [pair for pair in found if pair.apart]
    empty = _("没有判为不同的。") if decided else _("没有看起来相似的项目。")
    rows = apart if decided else waiting
    more = max(0, len(rows) - MOST)
    table = pairs_table(rows[:MOST], request.GET.dict(), empty, decided=decided)
    if table.wants_sheet:
        return sheet_response(table, _("疑似重复"))
    context = {
        "table": table,
        "decided": decided,
        "more": more,
        "waiting": len(waiting),
        "apart": len(apart),
        "partial": not request.viewer.sees_whole_city,
    }
    return render(request, "projects/alike.html", context)


@admit(*WRITERS)
@require_GET
def compare(request: HttpRequest, key: str) -> HttpResponse:
    """Choose what to compare one project with: those like it, or any other by its name."""
    head = queries.project_head(key, request.viewer, request.moment)
    if head is None:
        raise NotFound(_("没有这个项目，或者它不在您的范围内。"))
    if head.row.into:
        raise NotFound(_("这个项目已并入另一个项目，请从那个项目比对。"))
    said = request.GET.get("q", "")[:200]
    context = {
        "row": head.row,
        "pairs": queries.pairs_with(key, request.viewer, request.moment),
        "said": said,
        "named": queries.others_named(said, key, request.viewer, request.moment),
    }
    return render(request, "projects/compare.html", context)


def _compared(request: HttpRequest, key: str, other: str) -> queries.Comparison:
    found = queries.compare(key, other, request.viewer, request.moment)
    if found is None:
        raise NotFound(_("这两个项目不能放在一起比对：有的已经合并，或者不在您的范围内。"))
    return found


@admit(*WRITERS)
@require_http_methods(["GET", "POST"])
def merge_project(request: HttpRequest, key: str, other: str) -> HttpResponse:
    """Two projects side by side; the one in the address first is the one that goes on."""
    page = _compared(request, key, other)
    initial = {"seen": page.project.seen, "seen_into": page.into.seen}
    form = forms.MergeForm(
        request.POST or None, initial=initial, differing=page.differing, groups=page.groups
    )
    refused: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.merge_project(
                project=other,
                into=key,
                takes=form.takes,
                carries=form.cleaned_data["carries"],
                why=form.cleaned_data["why"],
                seen=form.cleaned_data["seen"],
                seen_into=form.cleaned_data["seen_into"],
                by=request.viewer.person,
                at=request.at,
            )
            messages.success(request, _("已合并；并入的项目仍可查看，经过都在这里。"))
            return redirect("project", key=key)
        except Mendable as refusal:
            refused = refusal
    status = refused.status if refused else 422 if request.method == "POST" else 200
    return _side_by_side(request, page, form, refused, status)


def _side_by_side(
    request: HttpRequest,
    page: queries.Comparison,
    form: forms.MergeForm,
    refused: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    pair = queries.alike_pair(page.into.key, page.project.key, request.viewer, request.moment)
    context = {
        "page": page,
        "form": form,
        "pair": pair,
        "why": queries.pair_in_words(pair),
        "apart_form": forms.WhyForm(),
        "may": queries.may_merge(page.into.roles, page.project.roles),
        "error": refused.sentence if refused else "",
    }
    return render(request, "projects/merge.html", context, status=status)


@admit(*WRITERS)
@require_POST
def tell_apart(request: HttpRequest, key: str, other: str) -> HttpResponse:
    """Say that the two aren't the same, with a reason."""
    page = _compared(request, key, other)
    try:
        actions.tell_apart(
            one=key,
            other=other,
            why=request.POST.get("why", ""),
            by=request.viewer.person,
            at=request.at,
        )
    except Mendable as refusal:
        form = forms.MergeForm(
            initial={"seen": page.project.seen, "seen_into": page.into.seen},
            differing=page.differing,
            groups=page.groups,
        )
        return _side_by_side(request, page, form, refusal, refusal.status)
    messages.success(request, _("已记下：不是同一个项目。名称不改就不再提示。"))
    return redirect("projects_alike")


@admit(*WRITERS)
@require_http_methods(["GET", "POST"])
def unmerge_project(request: HttpRequest, key: str) -> HttpResponse:
    """Take a merge back, with a reason."""
    page = queries.project_page(key, request.viewer, request.moment)
    if page is None or page.merge is None:
        raise NotFound(_("这个项目没有并入别的项目，或者它不在您的范围内。"))
    initial = {"seen": page.merge.seen}
    form, refused = forms.WhyForm(request.POST or None, initial=initial), None
    if request.method == "POST" and form.is_valid():
        try:
            actions.unmerge_project(
                project=key, by=request.viewer.person, at=request.at, **form.cleaned_data
            )
            messages.success(request, _("已撤销合并，两个项目重新分开。"))
            return redirect("project", key=key)
        except Mendable as refusal:
            refused = refusal
    context = {"page": page, "form": form, "error": refused.sentence if refused else ""}
    status = refused.status if refused else 422 if request.method == "POST" else 200
    return render(request, "projects/unmerge.html", context, status=status)
