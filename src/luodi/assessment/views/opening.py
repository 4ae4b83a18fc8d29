"""An appraisal is opened, its members set, its scheme frozen, its scores computed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luodi.common.refusals import Conflict, Incomplete, Mendable
from luodi.orgs.choices import Role
from luodi.orgs.views import admit

from .. import actions, forms, queries


@admit(Role.OFFICE)
@require_http_methods(["GET", "POST"])
def open_appraisal(request: HttpRequest) -> HttpResponse:
    """Open the appraisal of a year by one of the pack's schemes."""
    schemes = queries.schemes_for(request.viewer, request.moment)
    form = forms.OpenForm(
        request.POST or None,
        schemes=[(one.key, one.title) for one in schemes],
        initial={"year": request.moment.today.year - 1},
    )
    error, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = actions.open_appraisal(
                    **form.cleaned_data,
                    viewer=request.viewer,
                    by=request.viewer.person,
                    at=request.at,
                )
                messages.success(request, _("考核已经建立，方案还没有定稿。"))
                return redirect("appraisal", key=made.key)
            except Mendable as refusal:
                error, status = refusal.sentence, refusal.status
    context = {"form": form, "schemes": schemes, "error": error}
    return render(request, "assessment/open.html", context, status=status)


def _back(request: HttpRequest, key: str, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("appraisal", key=key)


def _as_office(request: HttpRequest) -> dict[str, object]:
    return {"viewer": request.viewer, "by": request.viewer.person, "at": request.at}


@admit(Role.OFFICE)
@require_POST
def appraisal_freeze(request: HttpRequest, key: str) -> HttpResponse:
    """Freeze the scheme."""
    form = forms.FreezeForm(request.POST)
    if not form.is_valid():
        raise Incomplete(_("表单不完整，请刷新页面后再提交。"))
    actions.freeze_scheme(appraisal=key, **form.cleaned_data, **_as_office(request))
    return _back(request, key, _("方案已经定稿。"))


@admit(Role.OFFICE)
@require_POST
def appraisal_member(request: HttpRequest, key: str) -> HttpResponse:
    """Take a unit in, change its category, take it out."""
    queries.hold_appraisal(key, request.viewer, request.moment)
    form = forms.MemberForm(request.POST)
    if not form.is_valid():
        raise Incomplete(_("表单不完整，请刷新页面后再提交。"))
    actions.set_member(appraisal=key, **form.cleaned_data, **_as_office(request))
    return _back(request, key, _("考核对象已经调整。"))


@admit(Role.OFFICE)
@require_POST
def appraisal_run(request: HttpRequest, key: str) -> HttpResponse:
    """Compute the scores."""
    form = forms.RunForm(request.POST)
    if not form.is_valid():
        raise Incomplete(_("说明太长，请改短后再提交。"))
    try:
        run = actions.run_appraisal(appraisal=key, **form.cleaned_data, **_as_office(request))
    except Conflict as refusal:
        messages.warning(request, refusal.sentence)
        return redirect("appraisal", key=key)
    messages.success(request, _("第 %(n)s 次计算已经完成。") % {"n": run.number})
    return redirect(reverse("appraisal_result", args=[key, run.number]))
