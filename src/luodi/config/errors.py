"""What is shown where Django itself refuses or something broke: a sentence, as everywhere."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from luodi.common.refusals import NotFound, Refusal

from .middleware import show_refusal


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such address."""
    said = NotFound(_("没有这个地址，请检查链接是否完整。"))
    return show_refusal(request, said) if hasattr(request, "viewer") else _bare(request, said)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that can't be read."""
    sentence = _("浏览器发来的内容读不出来，没有写入任何内容。请返回刷新后再试。")
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        sentence = _("一次提交的文字太多，没有写入任何内容。请分几次提交，长文请用附件。")
    said = Refusal(sentence)
    said.status = 400
    return _bare(request, said)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form is too old, or was not ours."""
    said = Refusal(_("页面停留太久或登录已变，没有写入任何内容。请返回刷新后再提交。"))
    said.status = 403
    return _bare(request, said)


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours."""
    said = Refusal(
        _("这一步出了错，没有办成，故障已记入日志。请稍后再试；仍不行请联系系统管理员。")
    )
    said.status = 500
    return _bare(request, said)


def _bare(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The sentence on a page that needs neither session nor database."""
    context: dict[str, Any] = {"refusal": refusal}
    return render(None, "common/fault.html", context, status=refusal.status)  # type: ignore[arg-type]
