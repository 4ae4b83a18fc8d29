"""The operations of the API. Each passes through the scope that pages pass through."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Header, NinjaAPI, Query
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.security import HttpBearer
from ninja.throttling import SimpleRateThrottle

from luodi.audit.queries import moment_on
from luodi.collection.actions import save_draft, submit_filing
from luodi.collection.queries.filings import my_filings
from luodi.collection.queries.grids import sheet_data
from luodi.collection.queries.sheets import sheet_of
from luodi.common.moments import Moment, read_iso_day
from luodi.common.refusals import Incomplete, NotAllowed, Refusal
from luodi.indicators.choices import Purpose
from luodi.orgs.queries import unit_names
from luodi.orgs.rules import BUSINESS, ENTERPRISES, UNIT_ROLES

from .. import actions, queries
from . import shapes

MOST_ROWS = 1000
LONGEST_KEY = 80
RATE = "120/m"
REFUSALS = dict.fromkeys((400, 401, 403, 404, 409, 422, 429), shapes.Problem)


class ByToken(HttpBearer):
    """Lets in who holds one of `admits`; a write needs a token that may write."""

    def __init__(self, *admits: str, writes: bool = False) -> None:
        super().__init__()
        self.admits, self.writes = frozenset(admits), writes

    def authenticate(self, request: HttpRequest, token: str) -> queries.Bearer:
        bearer = queries.bearer_of(token, request.at)
        if not bearer.viewer.has(*self.admits):
            raise NotAllowed(_("令牌所属的岗位不办理这项工作。"), "token.wrong_role")
        if self.writes and not bearer.writes:
            raise NotAllowed(_("这个令牌只能读取，不能填报。"), "token.read_only")
        request.viewer = bearer.viewer
        return bearer


class EachToken(SimpleRateThrottle):
    """So many requests of one token in a minute."""

    scope = "token"

    def get_cache_key(self, request: HttpRequest) -> str:
        return f"api-{request.auth.token}"


api = NinjaAPI(
    title="Luodi",
    version="1",
    docs_url=None,
    openapi_url=None,
    throttle=[EachToken(RATE)],
    urls_namespace="api",
)
READS = ByToken(*BUSINESS, *ENTERPRISES)
FILLS = ByToken(*UNIT_ROLES, *ENTERPRISES)
WRITES = ByToken(*UNIT_ROLES, *ENTERPRISES, writes=True)


def problem(request: HttpRequest, status: int, code: str, sentence: str) -> HttpResponse:
    """A refusal as JSON."""
    return api.create_response(request, {"code": code, "sentence": sentence}, status=status)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return problem(request, refusal.status, refusal.code, refusal.sentence)


@api.exception_handler(AuthenticationError)
def no_token(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    said = _("请在 Authorization 头里带上令牌：Bearer luodi_…")
    return problem(request, 401, "token.missing", said)


@api.exception_handler(Throttled)
def too_many(request: HttpRequest, error: Throttled) -> HttpResponse:
    return problem(
        request, 429, "throttled", _("请求太频繁，每个令牌每分钟最多 120 次，请稍后再试。")
    )


@api.exception_handler(HttpError)
def not_json(request: HttpRequest, error: HttpError) -> HttpResponse:
    said = _("请求的内容读不懂，应为 JSON。")
    return problem(request, error.status_code, "request.not_json", said)


@api.exception_handler(ValidationError)
def unread(request: HttpRequest, error: ValidationError) -> HttpResponse:
    places = sorted({".".join(str(part) for part in one["loc"]) for one in error.errors})
    said = _("请求里有读不懂的参数：%(places)s") % {"places": "、".join(places)}
    return problem(request, 422, "request.unread", said)


@api.get("me", auth=READS, url_name="api_me", response={200: shapes.Me, **REFUSALS})
def me(request: HttpRequest) -> dict[str, Any]:
    """Whom the token acts for, and what it may do."""
    viewer = request.viewer
    return {
        "city": viewer.city,
        "units": unit_names(viewer.units, Moment(request.at)),
        "enterprise": viewer.enterprise,
        "roles": sorted(viewer.roles),
        "writes": request.auth.writes,
    }


@api.get(
    "indicators",
    auth=READS,
    url_name="api_indicators",
    response={200: list[shapes.Indicator], **REFUSALS},
)
def indicators(request: HttpRequest, code: str = "", known_on: str = "") -> list[dict[str, Any]]:
    """The definitions in force; `known_on` (YYYY-MM-DD) as they stood on a day."""
    rows = queries.definitions_for(request.viewer, moment_of(request, known_on))
    if code:
        rows = rows.filter(indicator__code=code)
    names = [name for name in shapes.Indicator.model_fields if name != "code"]
    return [
        {"code": row.indicator.code} | {name: getattr(row, name) for name in names} for row in rows
    ]


@api.get("values", auth=READS, url_name="api_values", response={200: shapes.Values, **REFUSALS})
def values(
    request: HttpRequest,
    indicator: str = "",
    unit: str = "",
    enterprise: str = "",
    period_from: str = "",
    period_to: str = "",
    purpose: str = Purpose.DISPATCH,
    known_on: str = "",
    offset: int = Query(0, ge=0, le=10_000_000),
    limit: int = Query(200, ge=1, le=MOST_ROWS),
) -> dict[str, Any]:
    """Figures of one purpose; `known_on` (YYYY-MM-DD) as they were known at the end of a day."""
    if purpose not in Purpose.values:
        raise Incomplete(_("没有这种用途：%(purpose)s") % {"purpose": purpose[:40]}, "purpose")
    moment = moment_of(request, known_on)
    asked = queries.Asked(indicator, unit, enterprise, period_from, period_to, purpose)
    found = queries.values_for(request.viewer, asked, moment)
    total = found.count()
    rows = queries.value_rows(found[offset : offset + limit], moment)
    return {
        "rows": [asdict(row) for row in rows],
        "total": total,
        "next_offset": offset + limit if offset + limit < total else None,
        "position": moment.position,
    }


@api.get(
    "filings",
    auth=FILLS,
    url_name="api_filings",
    response={200: list[shapes.Filing], **REFUSALS},
)
def filings(request: HttpRequest) -> list[Any]:
    """The forms that one's units or enterprise are asked to fill in now."""
    return my_filings(request.viewer, Moment(request.at))


@api.get("filings/{slug:key}", auth=FILLS, url_name="api_filing", response={200: dict, **REFUSALS})
def filing(request: HttpRequest, key: str) -> dict[str, Any]:
    """A filing as a sheet: columns, rows, cells as typed, what is known, what is wrong."""
    moment = Moment(request.at)
    return sheet_data(sheet_of(request.viewer, key, moment), request.viewer, moment)


@api.put(
    "filings/{slug:key}/draft",
    auth=WRITES,
    url_name="api_draft",
    response={200: shapes.DraftOut, **REFUSALS},
)
def draft(request: HttpRequest, key: str, body: shapes.DraftIn) -> Any:
    """Keep cells as typed, over the version that was read. Nothing is handed in by this."""
    saved = save_draft(
        filing=key,
        version=body.version,
        cells=body.cells,
        explanations=body.explanations,
        viewer=request.viewer,
        by=request.viewer.person,
        at=request.at,
    )
    faults = [asdict(fault) for fault in saved.faults]
    return {"version": saved.version, "conflicts": saved.conflicts, "faults": faults}


@api.post(
    "filings/{slug:key}/submit",
    auth=WRITES,
    url_name="api_submit",
    response={200: shapes.Submitted, **REFUSALS},
)
def submit(
    request: HttpRequest,
    key: str,
    body: shapes.SubmitIn,
    idempotency_key: str = Header("", max_length=LONGEST_KEY),
) -> dict[str, Any]:
    """Hand in the draft at a version. With an Idempotency-Key, sent twice is done once."""

    def hand_in() -> dict[str, Any]:
        handed = submit_filing(
            filing=key,
            version=body.version,
            viewer=request.viewer,
            by=request.viewer.person,
            at=request.at,
        )
        return {"filing": key, "edition": handed.edition, "figures": handed.asked}

    if not idempotency_key:
        return hand_in()
    return actions.answer_once(
        token=request.auth.token,
        idempotency_key=idempotency_key,
        asked=f"submit {key} {body.version}",
        do=hand_in,
        by=request.viewer.person,
        at=request.at,
    )


def moment_of(request: HttpRequest, known_on: str) -> Moment:
    """Now, or the end of the day that is asked for."""
    if not known_on:
        return Moment(request.at)
    day = read_iso_day(known_on)
    if day is None:
        raise Incomplete(_("known_on 应写成 2026-01-31 的样子。"), "known_on")
    now = Moment(request.at)
    return moment_on(day) if day < now.today else now
