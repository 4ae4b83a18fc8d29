"""The plan view, and GeoJSON in with a dry run."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luodi.common.refusals import Conflict, Incomplete, NotAllowed, Refusal
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import actions, forms, queries
from ..rules import WRITERS
from .lists import may_register
from .one import zones

MOST_BYTES = 8 * 1024 * 1024


@admit(*BUSINESS)
@require_GET
def plan(request: HttpRequest) -> HttpResponse:
    """The plots of a zone as they lie, coloured by state."""
    page = queries.plan_page(request.viewer, request.moment, request.GET.get("zone", ""))
    context = {"page": page, "side": "plan", "may_register": may_register(request)}
    return render(request, "sites/plan.html", context)


@admit(*WRITERS)
@require_http_methods(["GET", "POST"])
def import_plots(request: HttpRequest) -> HttpResponse:
    """Show what a file would do; do it on the second press. Nothing that was sent is lost."""
    choices = zones(request)
    initial = {"site": request.GET.get("site", ""), "zone": request.GET.get("zone", "")}
    if len(choices) == 1:
        initial["zone"] = choices[0][0]
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = forms.GeoForm(*given, initial=initial, zones=choices)
    found, error, status = None, "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                form.keep(_text(form))
                done = _import(request, form)
                if isinstance(done, HttpResponse):
                    return done
                found, status = done, 200
            except NotAllowed:
                raise
            except Refusal as refusal:
                error, status = refusal.sentence, refusal.status
                found = _plan(request, form) if isinstance(refusal, Conflict) else None
    context = {"form": form, "plan": found, "error": error, "side": "plan"}
    return render(request, "sites/import.html", context, status=status)


def _text(form: forms.GeoForm) -> str:
    """The file sent, else the text in the box."""
    file = form.cleaned_data["file"]
    if file is None:
        if not form.cleaned_data["text"].strip():
            raise Incomplete(_("请选择 GeoJSON 文件，或者把内容粘贴到框里。"))
        return str(form.cleaned_data["text"])
    if (file.size or 0) > MOST_BYTES:
        raise Incomplete(_("文件超过 8 MB，没有读入；请分几次导入。"))
    try:
        return bytes(file.read()).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Incomplete(_("文件不是 UTF-8 编码的文本，没有读入；GeoJSON 应为 UTF-8。")) from error


def _plan(request: HttpRequest, form: forms.GeoForm) -> queries.DrawnPlan:
    data = form.cleaned_data
    return queries.draw_plan(request.viewer.city, data["zone"], form.kept, data["site"])


def _import(request: HttpRequest, form: forms.GeoForm) -> HttpResponse | queries.DrawnPlan:
    """The dry run; with the token of the one that was seen, the import itself."""
    if not form.cleaned_data["looked_at"]:
        return _plan(request, form)
    done = actions.draw_plots(
        city=request.viewer.city,
        zone=form.cleaned_data["zone"],
        text=form.kept,
        site=form.cleaned_data["site"],
        looked_at=form.cleaned_data["looked_at"],
        by=request.viewer.person,
        at=request.at,
    )
    words = {"new": done.new, "redrawn": done.redrawn, "left": done.left}
    said = _("新登记 %(new)s 个地块，更新图形 %(redrawn)s 个，没有导入 %(left)s 个。")
    messages.success(request, said % words)
    return redirect(f"{reverse('sites_plan')}?zone={form.cleaned_data['zone']}")
