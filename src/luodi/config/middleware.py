"""The edge: who is looking, at which moment, and how a refusal is shown."""

from __future__ import annotations

import logging
from collections.abc import Callable
from itertools import chain
from typing import Any
from urllib.parse import urlencode

from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from luodi.audit.queries import moment_on
from luodi.common.moments import Moment, read_iso_day
from luodi.common.refusals import Closed, Refusal
from luodi.orgs.queries import viewer_of

Response = Callable[[HttpRequest], HttpResponse]

logger = logging.getLogger(__name__)

API = "/api/v1/"
"""Below it every answer is JSON, refusals too."""

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
        day = read_iso_day(request.session.get("as_of", ""))
        now = Moment(request.at)
        return moment_on(day) if day and day < now.today else now


class RefusalMiddleware:
    """A refusal becomes a page (or a strip, for a partial request) with its sentence.

    So does what no database could hold: a NUL among the characters, or a value out of bounds.
    """

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if _holds_nul(request, kwargs):
            said = _("内容里有不能保存的空字符（NUL），没有写入。请删去看不见的字符后再提交。")
            return show_refusal(request, Refusal(said))
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, DataError | OverflowError):
            logger.warning("a value out of bounds at %s: %s", request.path, error)
            said = _("有一项内容太长或数字太大，没有写入。请改短后再提交。")
            return show_refusal(request, Refusal(said))
        return show_refusal(request, error) if isinstance(error, Refusal) else None


def _holds_nul(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    """True where a NUL stands in the address or in what was sent: PostgreSQL keeps none.

    What is sent to the API is left unread here: it reads the body itself.
    """
    forms = [request.GET] if request.path.startswith(API) else [request.GET, request.POST]
    sent = (text for said in forms for name, values in said.lists() for text in (name, *values))
    return any("\x00" in str(text) for text in chain(kwargs.values(), sent))


def show_refusal(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The sentence of a refusal, as a whole page or as a strip in the page."""
    if refusal.status == 403 and not request.path.startswith(API) and not request.viewer.person:
        return HttpResponseRedirect(f"/sign-in/?{urlencode({'next': request.path})}")
    if request.path.startswith(API):
        body = {"code": refusal.code, "sentence": refusal.sentence}
        return JsonResponse(body, status=refusal.status)
    part = "common/refusal_strip.html" if request.htmx else "common/refusal.html"
    response = render(request, part, {"refusal": refusal}, status=refusal.status)
    if request.htmx:
        response["HX-Retarget"] = "#notices"
        response["HX-Reswap"] = "innerHTML"
    return response
