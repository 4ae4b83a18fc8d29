"""Who may open a page; signing in and out."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luodi.common.refusals import NotAllowed

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
