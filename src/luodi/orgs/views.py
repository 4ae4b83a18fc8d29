"""Who may open a page; signing in and out; handing over."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luodi.common.refusals import NotAllowed, NotFound
from luodi.common.views import sheet_response

from . import actions, queries
from .choices import Role, UnitKind
from .forms import AccountForm, AppointForm
from .rules import EVERYONE
from .tables import people_table, units_table

View = Callable[..., HttpResponse]


def admit(*roles: str) -> Callable[[View], View]:
    """Open a view to people with one of `roles`; everybody else is told so.

    The roles are left on the view as `admits`: the access matrix is read from there.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if not request.viewer.person:
                query = urlencode({"next": request.get_full_path()})
                return redirect(f"{reverse('sign_in')}?{query}")
            if not request.viewer.has(*roles):
                raise NotAllowed(_("您的岗位不办理这项工作。需要的话，请联系专班办公室。"))
            return view(request, *args, **kwargs)

        inner.admits = frozenset(roles)  # type: ignore[attr-defined]
        return inner

    return wrap


def safe_next(request: HttpRequest, otherwise: str = "/") -> str:
    """Where to go back to: only an address of this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    inside = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, None)
    return wanted if inside else otherwise


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The door."""
    wrong = False
    if request.method == "POST":
        account = authenticate(
            request,
            username=request.POST.get("username", "").strip(),
            password=request.POST.get("password", ""),
        )
        if account:
            login(request, account)
            return redirect(safe_next(request))
        wrong = True
    context = {"wrong": wrong, "next": safe_next(request)}
    return render(request, "orgs/sign_in.html", context, status=401 if wrong else 200)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave."""
    logout(request)
    return redirect("sign_in")


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
    context = {"table": table, "form": form, "account_form": account_form(request, None)}
    return render(request, "orgs/people.html", context, status=422 if posted else 200)


def account_form(request: HttpRequest, posted: object) -> AccountForm:
    """The form for people of the city who have no account yet."""
    rows = queries.people_rows(request.viewer, request.moment)
    without = {row.key: f"{row.name}（{row.unit}）" for row in rows if not row.username}
    return AccountForm(posted, people=list(without.items()))


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


@admit(*EVERYONE)
@require_http_methods(["GET"])
def units(request: HttpRequest) -> HttpResponse:
    """The units of the city, with their other names and members."""
    table = units_table(queries.unit_rows(request.viewer, request.moment), request.GET)
    if table.wants_sheet:
        return sheet_response(table, _("单位"))
    return render(request, "orgs/units.html", {"table": table})


@admit(*EVERYONE)
@require_http_methods(["GET"])
def unit(request: HttpRequest, key: str) -> HttpResponse:
    """One unit: its names, where it belongs, and the seats of a task force."""
    viewer, moment = request.viewer, request.moment
    state = queries.unit_for(viewer, key, moment)
    related = {state.parent_id, *state.members} - {None}
    names = queries.unit_names(related, moment)
    parts = state.sentence.split(":")
    context = {
        "unit": state,
        "parent": names.get(state.parent_id or "", ""),
        "parts": [names.get(member, "") for member in state.members],
        "seats": queries.members_of(key, moment),
        "is_organ": state.kind in {UnitKind.TASK_FORCE, UnitKind.LEADING_GROUP},
        "may_change": viewer.has(Role.OFFICE) and not moment.is_past,
        "sentence": parts if len(parts) == 3 else None,
    }
    return render(request, "orgs/unit.html", context)


@admit(Role.OFFICE)
@require_POST
def change_seats(request: HttpRequest, key: str) -> HttpResponse:
    """Add a member to a task force, or end a membership."""
    queries.unit_for(request.viewer, key, request.moment)
    who = {"organ": key, "by": request.viewer.person, "at": request.at}
    why = request.POST.get("why", "")
    if person := request.POST.get("leaves", ""):
        actions.leave_seat(person=person, why=why, **who)
        messages.success(request, _("已办理退出，历史仍可查。"))
    else:
        given = {name: request.POST.get(name, "") for name in ("name", "post", "role")}
        actions.take_seat(**given, why=why, **who)
        messages.success(request, _("已加入 %s。") % given["name"])
    return redirect("unit", key)
