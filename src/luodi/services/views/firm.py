"""The firm's own pages: its requests, a new one, one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luodi.common.refusals import NotFound, Refusal
from luodi.common.views import sheet_response
from luodi.documents.views import uploads
from luodi.orgs.choices import Role
from luodi.orgs.views import admit

from .. import actions, queries
from ..flows import FIRM
from ..forms import AskForm
from ..tables import own_table
from .steps import Bound, steps_of


@dataclass(frozen=True)
class Door:
    """By which addresses a firm reaches its requests: with its account, or with a code."""

    base: str
    every: str
    new: str
    one: str
    move: str
    file: str
    path: str
    channel: str = ""


ACCOUNT = Door(
    "common/page.html", "my_requests", "new_my_request", "my_request", "move_my_request",
    "my_request_file", "/my-requests/",
)  # fmt: skip


@admit(Role.ENTERPRISE)
@require_GET
def my_requests(request: HttpRequest) -> HttpResponse:
    """The requests of one's own firm."""
    return list_mine(request, ACCOUNT)


def list_mine(request: HttpRequest, door: Door) -> HttpResponse:
    """The list, by either door."""
    rows = queries.my_requests(request.viewer, request.moment)
    gone = queries.why_not_ask(request.viewer, request.moment)
    empty = gone or _("还没有提出过诉求。遇到难处，点“提出诉求”，写一句话就行。")
    table = own_table(rows, request.GET.dict(), empty, door.path)
    if table.wants_sheet:
        return sheet_response(table, _("我的诉求"))
    context = {
        "table": table,
        "open_count": queries.count_open(rows),
        "door": door,
        "gone": gone,
    }
    return render(request, "services/my_requests.html", context)


@admit(Role.ENTERPRISE)
@require_http_methods(["GET", "POST"])
def new_mine(request: HttpRequest) -> HttpResponse:
    """Ask for something."""
    return ask_mine(request, ACCOUNT)


def ask_mine(request: HttpRequest, door: Door) -> HttpResponse:
    """The form to ask, by either door."""
    viewer = request.viewer
    same, error = "same" in request.POST, ""
    form = _ask_form(request, request.POST if request.method == "POST" else None, same)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        try:
            said["evidence"] = uploads(said["evidence"])
            asked = actions.ask(
                firm=viewer.enterprise, by=viewer.person, at=request.at,
                channel=queries.channel_of_firm(viewer, door.channel, request.moment), **said,
            )  # fmt: skip
        except Refusal as refusal:
            error = refusal.sentence
            if refusal.code == actions.SAME:
                same = True
                form = _ask_form(request, request.POST, same)
        else:
            messages.success(request, _asked(door) % asked.number)
            return redirect(door.one, asked.key)
    gone = "" if error else queries.why_not_ask(viewer, request.moment)
    context = {"form": form, "error": error, "same": same, "door": door, "gone": gone}
    status = 422 if request.method == "POST" else 200
    return render(request, "services/new_mine.html", context, status=status)


def _asked(door: Door) -> str:
    if door is ACCOUNT:
        return _("已提出，编号 %s。有人响应时会发消息告诉您。")
    return _("已提出，编号 %s。要看进展，请再用短信验证码进来；急事可以打电话。")


def _ask_form(request: HttpRequest, posted: Any, same: bool) -> AskForm:
    categories = queries.categories_in_sight(request.viewer, request.moment)
    return AskForm(posted, request.FILES or None, categories=categories, same=same)


@admit(Role.ENTERPRISE)
@require_GET
def my_request(request: HttpRequest, key: str) -> HttpResponse:
    """One of the firm's own requests."""
    return show_mine(request, key)


def show_mine(
    request: HttpRequest,
    key: str,
    bound: Bound | None = None,
    refusal: Refusal | None = None,
    door: Door = ACCOUNT,
) -> HttpResponse:
    """The firm's page of a request, with a refused form as it was sent."""
    page = queries.firm_page(key, request.viewer, request.moment)
    if page is None:
        raise NotFound(_("没有这件诉求，或者它不在您的范围内。"))
    context = {
        "page": page,
        "row": page.row,
        "steps": steps_of(page.moves, page.seen, bound, [], {FIRM}),
        "error": refusal.sentence if refusal else "",
        "door": door,
    }
    status = refusal.status if refusal else 422 if bound else 200
    return render(request, "services/my_request.html", context, status=status)
