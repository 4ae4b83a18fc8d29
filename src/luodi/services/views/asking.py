"""A firm without an account: a code to the phone of its contact, then its requests, no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from axes.helpers import get_client_ip_address
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.common.moments import Moment
from luodi.common.refusals import Refusal
from luodi.jobs.tasks import text_messages

from .. import actions, queries
from ..forms import CodeAskForm, CodeForm
from ..rules import STAYS
from .files import handed
from .firm import Door, ask_mine, list_mine, show_mine
from .moving import step_mine

View = Callable[..., HttpResponse]
ASKED, VISIT = "asking.code", "asking.visit"
BY_CODE = Door(
    "services/asking_page.html", "asking_mine", "asking_new", "asking_one", "asking_move",
    "asking_file", "/ask/mine/", "code",
)  # fmt: skip
STRANGER = "stranger"


def visiting(view: View) -> View:
    """Open a view to a firm's contact who came in with a code, for as long as a visit lasts.

    Only inside such a view is the contact the viewer: for every other page of the site nobody
    has signed in. No `admits` is left: the session holds no role.
    """

    @never_cache
    @wraps(view)
    def inner(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        person = _visitor(request)
        viewer = queries.visitor_of(person)
        if not viewer.enterprise:
            request.session.pop(VISIT, None)
            messages.info(request, _("请先用短信验证码进来；每次进来可以用三十分钟。"))
            return redirect("asking")
        request.viewer, request.moment = viewer, Moment(request.at)
        try:
            return view(request, *args, **kwargs)
        except Refusal as refusal:
            context = {"refusal": refusal}
            return render(request, "services/asking_refused.html", context, status=refusal.status)

    return inner


def _visitor(request: HttpRequest) -> str:
    """The contact whose visit isn't over; ''."""
    held = request.session.get(VISIT)
    if not held or request.at.timestamp() > held["until"]:
        return ""
    return str(held["person"])


@require_http_methods(["GET", "POST"])
def asking(request: HttpRequest) -> HttpResponse:
    """Ask for a code."""
    way = text_messages()
    form = CodeAskForm(request.POST if request.method == "POST" else None)
    error = ""
    if way is not None and request.method == "POST" and form.is_valid():
        address = get_client_ip_address(request) or ""
        try:
            row = actions.ask_for_code(
                address=address, by=STRANGER, at=request.at, **form.cleaned_data
            )
        except Refusal as refusal:
            error = refusal.sentence
        else:
            request.session[ASKED] = row.key
            return redirect("asking_code")
    context = {"form": form, "error": error, "open": way is not None, **_demo()}
    status = 422 if request.method == "POST" else 200
    return render(request, "services/asking.html", context, status=status)


def _demo() -> dict[str, bool]:
    """Whether messages only go to a file for the operator: the page says so."""
    return {"to_file": settings.SMS_WAY == "file"}


@require_http_methods(["GET", "POST"])
def asking_code(request: HttpRequest) -> HttpResponse:
    """Come in with the code."""
    form, error = CodeForm(request.POST if request.method == "POST" else None), ""
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.enter_by_code(
                key=request.session.get(ASKED, ""), by=STRANGER, at=request.at,
                **form.cleaned_data,
            )  # fmt: skip
        except Refusal as refusal:
            error = refusal.sentence
        else:
            _let_in(request, person, request.at)
            return redirect("asking_mine")
    context = {"form": form, "error": error, **_demo()}
    status = 422 if request.method == "POST" else 200
    return render(request, "services/asking_code.html", context, status=status)


def _let_in(request: HttpRequest, person: str, at: datetime) -> None:
    request.session.pop(ASKED, None)
    request.session.cycle_key()
    request.session[VISIT] = {"person": person, "until": (at + STAYS).timestamp()}


@require_POST
def asking_leave(request: HttpRequest) -> HttpResponse:
    """Leave."""
    request.session.pop(VISIT, None)
    messages.success(request, _("已退出。"))
    return redirect("asking")


@require_GET
@visiting
def asking_mine(request: HttpRequest) -> HttpResponse:
    """The firm's requests."""
    return list_mine(request, BY_CODE)


@require_http_methods(["GET", "POST"])
@visiting
def asking_new(request: HttpRequest) -> HttpResponse:
    """Ask for something."""
    return ask_mine(request, BY_CODE)


@require_GET
@visiting
def asking_one(request: HttpRequest, key: str) -> HttpResponse:
    """One of the firm's requests."""
    return show_mine(request, key, door=BY_CODE)


@require_POST
@visiting
def asking_move(request: HttpRequest, key: str, move: str) -> HttpResponse:
    """Make one step as the firm."""
    return step_mine(request, key, move, BY_CODE)


@require_GET
@visiting
def asking_file(request: HttpRequest, key: str, file: str, name: str) -> HttpResponse:
    """A file of the firm's request."""
    return handed(queries.request_file(key, file, request.viewer, request.moment))
