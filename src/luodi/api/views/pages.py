"""One's own tokens, and the manual of the API."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.orgs.views import admit

from .. import actions, queries
from ..forms import TokenForm
from ..rules import HOLDERS
from .endpoints import api


@admit(*HOLDERS)
@never_cache
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """One's tokens. A new one is shown in the answer that makes it, and never again."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    made = ""
    if form.is_bound and form.is_valid():
        made = actions.make_token(**form.cleaned_data, by=request.viewer.person, at=request.at)
        form = TokenForm()
    context = {
        "rows": queries.tokens_of(request.viewer.person, request.moment),
        "form": form,
        "made": made,
    }
    return render(request, "api/tokens.html", context, status=422 if form.is_bound else 200)


@admit(*HOLDERS)
@require_POST
def revoke_token(request: HttpRequest, key: str) -> HttpResponse:
    """End one of one's own tokens."""
    actions.revoke_token(token=key, by=request.viewer.person, at=request.at)
    messages.success(request, _("令牌已撤销，用它的程序从现在起不能再访问。"))
    return redirect("tokens")


@require_GET
def description(request: HttpRequest) -> JsonResponse:
    """The API as OpenAPI 3: what there is, nothing of what is in it, so open to everybody."""
    return JsonResponse(schema_of())


@admit(*HOLDERS)
@require_GET
def manual(request: HttpRequest) -> HttpResponse:
    """What the API offers, drawn from its own description: no script, nothing from elsewhere."""
    schema = schema_of()
    context = {"operations": list(_operations(schema)), "info": schema["info"]}
    return render(request, "api/manual.html", context)


def schema_of() -> dict[str, Any]:
    """The OpenAPI description under the site's own addresses."""
    schema: dict[str, Any] = api.get_openapi_schema(path_prefix="/api/v1/")
    return schema


def _operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Method, address, words, parameters and answers of each operation."""
    return [
        {
            "method": method.upper(),
            "path": path,
            "summary": said.get("summary", ""),
            "description": said.get("description", ""),
            "parameters": said.get("parameters", []),
            "body": "requestBody" in said,
            "answers": sorted(map(str, said.get("responses", {}))),
        }
        for path, methods in schema["paths"].items()
        for method, said in methods.items()
    ]
