"""What waits for somebody about requests, for the page of today."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.duties import Duty
from luodi.common.languages import headed
from luodi.common.moments import Moment
from luodi.orgs.choices import Role
from luodi.orgs.queries import enterprise_names, rulebook, visible
from luodi.orgs.rules import UNIT_ROLES, Viewer
from luodi.packs import Stack

from ..choices import OVER, Stage, VisitStage
from ..models import CallOut, Request, RequestState, VisitState
from ..rules import end_of_day, policy_of
from .complaints import complaint_duties
from .firm_pages import my_requests
from .rows import Row, rows_of

MOST_LEVELS = 99

WORDS = {
    Stage.RECEIVED: lambda: _("响应诉求"),
    Stage.REOPENED: lambda: _("重办诉求"),
    Stage.IN_HAND: lambda: _("办理诉求"),
}


FIRM_WORDS = {
    Stage.WAITING: lambda: _("请补充诉求的情况"),
    Stage.REPLIED: lambda: _("请评价诉求的办理"),
}


def request_duties(viewer: Viewer, moment: Moment) -> list[Duty]:
    """Requests to respond to, to settle, and to arrive for; for the office those raised to it.

    For a firm its own requests that wait for its word.
    """
    if viewer.enterprise:
        return [_firm_duty(row) for row in my_requests(viewer, moment) if row.stage in FIRM_WORDS]
    units = {unit for unit, role in viewer.unit_roles if role in UNIT_ROLES}
    mine = Q(lead__in=units)
    if viewer.has(Role.OFFICE):
        mine |= _raised_to_city(viewer.city, moment)
    states = RequestState.objects.at(moment).filter(mine, stage__in=WORDS)
    own = visible(Request.objects.all(), viewer).filter(key__in=states.values("request"))
    duties = [_duty(row) for row in rows_of(own, moment)]
    return (
        duties
        + _arrivals(units, moment)
        + _visits(viewer, moment)
        + complaint_duties(viewer, moment)
    )


def _firm_duty(row: Row) -> Duty:
    what = headed(f"{FIRM_WORDS[Stage(row.stage)]()} {row.number}", row.title)
    return Duty(what, row.stage_label, reverse("my_request", args=[row.key]), light="yellow")


def _raised_to_city(city: str, moment: Moment) -> Q:
    """Requests that have come up to the city's level, each by the levels of its place."""
    book, elsewhere, found = rulebook([city], moment), Q(), Q()
    for _city, zone in book.places(city):
        if zone:
            here = Q(request__unit__in=book.units_of(zone))
            found |= here & Q(level__gte=_city_level(book.at(city, zone), moment))
            elsewhere &= ~here
    return found | elsewhere & Q(level__gte=_city_level(book.at(city), moment))


def _city_level(stack: Stack, moment: Moment) -> int:
    """The first level at which a request is the city's; past every level where none is."""
    policy = policy_of(stack, moment.today)
    levels = policy.levels if policy else ()
    return next((n for n, level in enumerate(levels, start=1) if level.of == "city"), MOST_LEVELS)


def _duty(row: Row) -> Duty:
    light, why = row.light
    pressing = row.pressing
    return Duty(
        headed(f"{WORDS[Stage(row.stage)]()} {row.number}", f"{row.firm_name} · {row.title}"),
        why,
        reverse("request", args=[row.key]),
        pressing.due_at if pressing else None,
        light,
    )


def _arrivals(units: set[str], moment: Moment) -> list[Duty]:
    """Call-outs of the viewer's units that wait for their arrival."""
    calls = CallOut.objects.at(moment).filter(unit__in=units, arrived_at=None)
    over = RequestState.objects.at(moment).filter(stage__in=[*OVER, Stage.REPLIED])
    waiting = calls.exclude(request__in=over.values("request")).select_related("request")
    return [
        Duty(
            headed(_("报到 %s") % call.request.number, call.request.title),
            _("开发区吹哨，请报到。"),
            reverse("request", args=[call.request_id]),
            call.due_at,
            "red" if call.due_at and moment.at > call.due_at else "yellow",
        )
        for call in waiting.order_by("due_at", "pk")
    ]


def _visits(viewer: Viewer, moment: Moment) -> list[Duty]:
    """Planned visits of the viewer's units whose day has come."""
    units = {unit for unit, role in viewer.unit_roles if role in UNIT_ROLES}
    states = VisitState.objects.at(moment).filter(
        stage=VisitStage.PLANNED, visit__of_unit__in=units, on__lte=moment.today
    )
    rows = list(states.select_related("visit").order_by("on", "pk"))
    firms = enterprise_names({row.of_firm for row in rows}, moment)
    return [
        Duty(
            headed(_("走访 %s") % firms.get(row.of_firm, "—"), row.purpose),
            _("计划的日期到了，请登记走访情况。"),
            reverse("visit", args=[row.visit_id]),
            end_of_day(row.on),
            "red" if row.on < moment.today else "yellow",
        )
        for row in rows
    ]
