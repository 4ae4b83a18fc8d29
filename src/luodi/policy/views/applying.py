"""Applying under an article: papers are kept first, so that nothing handed in is lost."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luodi.common.refusals import Mendable, NotAllowed
from luodi.orgs.queries import enterprises_of
from luodi.orgs.rules import ENTERPRISES
from luodi.orgs.views import admit

from .. import actions, forms, queries
from ..rules import KEEPERS, is_office_of
from .papers import given

MOST_FIRMS = 500
"""Names offered while somebody types; any other is typed in full."""


@admit(*KEEPERS, *ENTERPRISES)
@require_http_methods(["GET", "POST"])
def apply(request: HttpRequest, key: str) -> HttpResponse:
    """Apply under an article, for one's own firm or, in its office, for any firm of the city."""
    viewer, moment = request.viewer, request.moment
    row = queries.article_for(viewer, key, moment)
    if moment.is_past:
        raise NotAllowed(_("过去的日期只能看，不能办。"))
    if not viewer.enterprise and not is_office_of(viewer, row.city, row.office):
        raise NotAllowed(_("申请由企业提交，或由主管单位代为录入。"))
    own = bool(viewer.enterprise)
    if request.method == "GET":
        papers = _papers(request, row, viewer.enterprise)
        return _page(request, row, forms.ApplyForm(own=own), papers)
    return _submit(request, row, forms.ApplyForm(request.POST, own=own))


def _submit(request: HttpRequest, row: queries.ArticleRow, form: Any) -> HttpResponse:
    """Keep what is uploaded, then look only or apply; what is refused comes back as written."""
    enterprise, papers, fresh = "", _papers(request, row, ""), []
    valid = form.is_valid()
    try:
        enterprise = _firm(request, row)
        posted = _papers(request, row, enterprise, bound=True)
        if not posted.is_valid():
            return _page(request, row, form, posted, _("有一件材料没有填好，请看它下面的提示。"))
        fresh = _keep(request, row, enterprise, given(posted))
        papers = _papers(request, row, enterprise, bound=True, fresh=fresh)
        if not valid or "look" in request.POST:
            return _page(request, row, form, papers, status=422 if not valid else 200)
        made = _apply(request, row, enterprise, form.cleaned_data, posted, fresh)
    except Mendable as refusal:
        if enterprise:
            papers = _papers(request, row, enterprise, bound=True, fresh=fresh)
        return _page(request, row, form, papers, refusal.sentence, refusal.status)
    messages.success(request, _("已提交，编号 %(n)s。") % {"n": made.number})
    return redirect("policy_claim", key=made.key)


def _firm(request: HttpRequest, row: queries.ArticleRow) -> str:
    viewer = request.viewer
    if viewer.enterprise:
        return viewer.enterprise
    return queries.addressed(viewer, row, request.POST.get("firm", ""), request.moment).key


def _papers(
    request: HttpRequest,
    row: queries.ArticleRow,
    enterprise: str,
    *,
    bound: bool = False,
    fresh: list[str] | None = None,
) -> forms.PapersForm:
    """The papers of the article with what the house holds of the firm."""
    held = (
        queries.held_papers(enterprise, row.materials, request.viewer, request.moment)
        if enterprise
        else {}
    )
    sent = (request.POST, request.FILES) if bound else ()
    return forms.PapersForm(*sent, papers=row.materials, held=held, fresh=fresh or ())


def _keep(
    request: HttpRequest, row: queries.ArticleRow, enterprise: str, papers: dict[str, actions.Given]
) -> list[str]:
    if not papers:
        return []
    who = {"by": request.viewer.person, "at": request.at}
    return actions.hand_in_papers(article=row.key, enterprise=enterprise, papers=papers, **who)


def _apply(
    request: HttpRequest,
    row: queries.ArticleRow,
    enterprise: str,
    said: dict[str, Any],
    papers: forms.PapersForm,
    fresh: list[str],
) -> Any:
    return actions.apply_for_policy(
        article=row.key,
        enterprise=enterprise,
        about=said["about"],
        amount=said["amount"],
        materials=papers.copies,
        held=[*papers.held, *fresh],
        by=request.viewer.person,
        at=request.at,
    )


def _page(
    request: HttpRequest,
    row: queries.ArticleRow,
    form: Any,
    papers: forms.PapersForm,
    error: str = "",
    status: int = 0,
) -> HttpResponse:
    viewer, moment = request.viewer, request.moment
    own = bool(viewer.enterprise)
    firms = (
        () if own else enterprises_of(viewer, moment).values_list("name", flat=True)[:MOST_FIRMS]
    )
    context = {
        "row": row,
        "form": form,
        "papers": papers,
        "firms": firms,
        "error": error,
        "told": _told(request, row) if own else None,
        "side": "articles",
    }
    return render(request, "policy/apply.html", context, status=status or (422 if error else 200))


def _told(request: HttpRequest, row: queries.ArticleRow) -> queries.Told:
    known = queries.catalogue(row.city, request.moment)
    enterprise = request.viewer.enterprise
    dossier = queries.dossiers([enterprise], known, request.moment)[enterprise]
    return queries.told_of(row.condition, dossier, known)
