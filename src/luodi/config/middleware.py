"""The edge: who is looking, at which moment, and how a refusal is shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from luodi.audit.queries import moment_on
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Refusal
from luodi.orgs.queries import viewer_of

Response = Callable[[HttpRequest], HttpResponse]

DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
WRITES_ALWAYS = ("/sign-", "/as-of", "/language", "/inbox")


class ViewerMiddleware:
    """`request.viewer`: the person behind the request with their present roles."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        account = request.user
        request.viewer = SimpleLazyObject(
            lambda: viewer_of(account if account.is_authenticated else None)
        )
        return self.get_response(request)


class MomentMiddleware:
    """`request.at` is now; `request.moment` is now, or the as-of date of this session.

    While a past date is set, nothing of the record can be written.
    """

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = timezone.now()
        request.moment = self._moment(request)
        writes = request.method not in {"GET", "HEAD", "OPTIONS"}
        if request.moment.is_past and writes and not request.path.startswith(WRITES_ALWAYS):
            raise_closed = Closed(_("正在查看过去的日期，只能看不能改。请先回到今天。"))
            return show_refusal(request, raise_closed)
        return self.get_response(request)

    def _moment(self, request: HttpRequest) -> Moment:
        chosen = request.session.get("as_of", "")
        if not DATE.fullmatch(chosen):
            return Moment(request.at)
        day = date.fromisoformat(chosen)
        return moment_on(day) if day < Moment(request.at).today else Moment(request.at)


class RefusalMiddleware:
    """A refusal becomes a page (or a strip, for a partial request) with its sentence."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return show_refusal(request, error) if isinstance(error, Refusal) else None


def show_refusal(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The sentence of a refusal, as a whole page or as a strip in the page."""
    if refusal.status == 403 and not request.viewer.person:
        return HttpResponseRedirect(f"/sign-in/?next={request.path}")
    part = "common/refusal_strip.html" if request.htmx else "common/refusal.html"
    response = render(request, part, {"refusal": refusal}, status=refusal.status)
    if request.htmx:
        response["HX-Retarget"] = "#notices"
        response["HX-Reswap"] = "innerHTML"
    return response
