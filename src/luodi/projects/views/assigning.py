"""A batch of projects and the free sites: the best assignment, and pairs fixed or forbidden."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.common.refusals import NotAllowed, NotFound, Refusal
from luodi.orgs.choices import Role
from luodi.orgs.rules import WHOLE_CITY
from luodi.orgs.views import admit

from .. import actions, forms, queries


@admit(*WHOLE_CITY)
@require_GET
def batch_sites(request: HttpRequest, key: str) -> HttpResponse:
    """The best assignment of the batch's projects onto free sites, and why some go without."""
    return _show(request, key)


@admit(Role.OFFICE)
@require_POST
def pair_site(request: HttpRequest, key: str) -> HttpResponse:
    """Fix or forbid a pair."""
    page = _page(request, key)
    form = forms.PairForm(request.POST, projects=page.seekers, sites=page.sites)
    if not form.is_valid():
        return _show(request, key, form, status=422)
    try:
        actions.pair_site(batch=key, by=request.viewer.person, at=request.at, **form.cleaned_data)
    except Refusal as refusal:
        if isinstance(refusal, NotAllowed):
            raise
        return _show(request, key, form, refusal)
    messages.success(request, _("已记下，下面按它重新求解。"))
    return redirect("batch_sites", key=key)


@admit(Role.OFFICE)
@require_POST
def unpair_site(request: HttpRequest, key: str) -> HttpResponse:
    """Take a pair back."""
    _page(request, key)
    project, _sign, site = request.POST.get("pair", "").partition(" ")
    try:
        actions.unpair_site(
            batch=key, project=project, site=site, by=request.viewer.person, at=request.at
        )
    except Refusal as refusal:
        return _show(request, key, refusal=refusal)
    messages.success(request, _("已取消，下面重新求解。"))
    return redirect("batch_sites", key=key)


def _page(request: HttpRequest, key: str) -> queries.AssigningPage:
    page = queries.assigning_page(key, request.viewer, request.moment)
    if page is None:
        raise NotFound(_("没有这个批次，或者它不在您的范围内。"))
    return page


def _show(
    request: HttpRequest,
    key: str,
    form: forms.PairForm | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    page = _page(request, key)
    context = {
        "page": page,
        "form": form or forms.PairForm(projects=page.seekers, sites=page.sites),
        "may_change": request.viewer.has(Role.OFFICE) and not request.moment.is_past,
        "error": refusal.sentence if refusal else "",
    }
    status = refusal.status if refusal else status
    return render(request, "projects/assigning.html", context, status=status)
