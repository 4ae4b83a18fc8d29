"""People, postings and accounts; handing over."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luodi.common.refusals import NotAllowed, NotFound
from luodi.common.views import sheet_response

from .. import actions, queries
from ..choices import Role
from ..forms import AccountForm, AppointForm, PhoneForm, SpeakerForm
from ..rules import EVERYONE
from ..tables import people_table, speakers_table
from .doors import admit


@admit(*EVERYONE)
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest) -> HttpResponse:
    """Say that one is away and who stands in (AB角)."""
    viewer = request.viewer
    if request.method == "POST":
        actions.hand_over(
            person=viewer.person,
            stand_in=request.POST.get("stand_in") or None,
            away=request.POST.get("away") == "1",
            by=viewer.person,
            at=request.at,
            why=request.POST.get("why", ""),
        )
        messages.success(request, _("交接已登记。"))
        return redirect("hand_over")
    context = {
        "postings": queries.postings_of(viewer.person, request.moment),
        "colleagues": queries.colleagues_of(viewer, request.moment),
    }
    return render(request, "orgs/hand_over.html", context)


@admit(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """People and postings; the system administrator appoints."""
    viewer = request.viewer
    units = [(row.key, row.name) for row in queries.unit_rows(viewer, request.moment)]
    posted = request.POST if request.method == "POST" else None
    form = AppointForm(posted, units=units)
    if posted is not None:
        if not viewer.has(Role.SYSTEM_ADMIN):
            raise NotAllowed(_("人员由系统管理员登记，账号由安全管理员开通。"))
        if form.is_valid():
            actions.appoint(**form.cleaned_data, by=viewer.person, at=request.at)
            messages.success(request, _("已登记 %s。") % form.cleaned_data["name"])
            return redirect("people")
    table = people_table(queries.people_rows(viewer, request.moment), request.GET)
    if table.wants_sheet:
        return sheet_response(table, _("人员"))
    context = {
        "table": table,
        "speakers": speakers_table(queries.speakers_in(viewer, request.moment), {}),
        "form": form,
        "speaker_form": SpeakerForm(auto_id="speaker_%s"),
        "phone_form": phone_form(request, None),
        "account_form": account_form(request, None),
    }
    return render(request, "orgs/people.html", context, status=422 if posted else 200)


def account_form(request: HttpRequest, posted: object) -> AccountForm:
    """The form for people of the city who have no account yet."""
    rows = queries.people_rows(request.viewer, request.moment)
    without = {row.key: f"{row.name}（{row.unit}）" for row in rows if not row.username}
    for one in queries.speakers_in(request.viewer, request.moment):
        if not one.username:
            without[one.key] = f"{one.name}（{one.enterprise}）"
    return AccountForm(posted, people=list(without.items()))


def phone_form(request: HttpRequest, posted: object) -> PhoneForm:
    """The form for the people who speak for the city's enterprises."""
    rows = queries.speakers_in(request.viewer, request.moment)
    people = [(one.key, f"{one.name}（{one.enterprise}）") for one in rows]
    return PhoneForm(posted, people=people, auto_id="phone_%s")


@admit(Role.SYSTEM_ADMIN)
@require_POST
def change_phone(request: HttpRequest) -> HttpResponse:
    """Enter or change the mobile number of a firm's contact."""
    form = phone_form(request, request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(str(e) for e in errors))
        return redirect("people")
    actions.change_phone(**form.cleaned_data, by=request.viewer.person, at=request.at)
    messages.success(request, _("手机号已登记。"))
    return redirect("people")


@admit(Role.SYSTEM_ADMIN)
@require_POST
def post_in_enterprise(request: HttpRequest) -> HttpResponse:
    """Enter somebody who speaks for an enterprise, named by its code."""
    form = SpeakerForm(request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(str(e) for e in errors))
        return redirect("people")
    said = dict(form.cleaned_data)
    code = said.pop("credit_code")
    firm = queries.enterprise_by_code(request.viewer.city, code, request.moment)
    if firm is None:
        raise NotFound(_("没有这家企业，请核对统一社会信用代码。"))
    who = {"by": request.viewer.person, "at": request.at}
    actions.post_in_enterprise(enterprise=firm.of_id, **said, **who)
    messages.success(request, _("已登记 %s。") % said["name"])
    return redirect("people")


@admit(Role.SECURITY_ADMIN)
@require_POST
def open_account(request: HttpRequest) -> HttpResponse:
    """Let a person sign in."""
    form = account_form(request, request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(str(e) for e in errors))
        return redirect("people")
    actions.open_account(**form.cleaned_data, by=request.viewer.person, at=request.at)
    messages.success(request, _("已开通账号 %s。") % form.cleaned_data["username"])
    return redirect("people")


@admit(Role.SECURITY_ADMIN)
@require_POST
def set_account_active(request: HttpRequest) -> HttpResponse:
    """Close an account, or open it again."""
    account = queries.account_of(request.viewer, request.POST.get("username", "").strip())
    if account is None:
        raise NotFound(_("没有这个账号，请核对用户名。"))
    actions.set_account_active(
        account=account,
        active=request.POST.get("active") == "1",
        by=request.viewer.person,
        at=request.at,
        why=request.POST.get("why", ""),
    )
    messages.success(request, _("账号状态已更新。"))
    return redirect("people")
