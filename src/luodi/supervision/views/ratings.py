"""Zones rate departments; departments see what that comes to."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.common.refusals import Mendable, NotFound
from luodi.common.views import sheet_response
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS, UNIT_ROLES
from luodi.orgs.views import admit

from .. import actions, forms, queries
from ..tables import ratings_table


@admit(*BUSINESS)
@require_GET
def ratings(request: HttpRequest) -> HttpResponse:
    """What a zone has to rate, and results by department and period."""
    return _show(request)


def _show(
    request: HttpRequest,
    form: forms.RatingForm | None = None,
    item: str = "",
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page; a refused form keeps what was written beside its item."""
    shown = queries.ratings_shown(request.viewer, request.moment)
    table = ratings_table(shown, request.GET.dict())
    if table.wants_sheet:
        return sheet_response(table, _("开发区评部门"))
    rows = queries.to_rate(request.viewer, request.moment)
    rule = queries.rating_rule(request.viewer.city, request.moment)
    office = request.viewer.has(Role.OFFICE) and not request.moment.is_past
    periods = dict.fromkeys(one.result.period for one in shown if one.result.text)
    marks = range(rule.most, rule.least - 1, -1) if rule else ()
    context = {
        "table": table,
        "rows": rows,
        "rule": rule,
        "marks": marks,
        "may_rate": not request.moment.is_past,
        "periods": list(periods) if office and rule and rule.indicator else [],
        "typed": form.data if form else {},
        "refused": item,
        "error": error,
    }
    return render(request, "supervision/ratings.html", context, status=status)


@admit(*UNIT_ROLES)
@require_POST
def rate(request: HttpRequest, key: str) -> HttpResponse:
    """Rate a department of an item; what is refused comes back with what was written."""
    rows = queries.to_rate(request.viewer, request.moment)
    if key not in {row.item for row in rows}:
        raise NotFound(_("没有可以评价的事项，或者它不在您的范围内。"))
    form = forms.RatingForm(request.POST)
    if not form.is_valid():
        return _show(request, form, key, _("请选择评分。"), 422)
    try:
        actions.rate_department(
            item=key, by=request.viewer.person, at=request.at, **form.cleaned_data
        )
    except Mendable as refusal:
        return _show(request, form, key, refusal.sentence, refusal.status)
    messages.success(request, _("已评价。期限内可以修改；部门只看到均值，看不到是谁评的。"))
    return redirect("ratings")


@admit(Role.OFFICE)
@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    """Write a period's results into the dictionary."""
    form = forms.PublishForm(request.POST)
    if not form.is_valid():
        return _show(request, error=_("请选择时期。"), status=422)
    try:
        count = actions.publish_ratings(
            by=request.viewer.person, at=request.at, **form.cleaned_data
        )
    except Mendable as refusal:
        return _show(request, error=refusal.sentence, status=refusal.status)
    messages.success(request, _("已发布 %d 个部门的评价结果到指标库。") % count)
    return redirect("ratings")
