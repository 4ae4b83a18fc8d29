"""Meetings: the list, the page of one, calling it, and its steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import time
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.common.moments import LOCAL
from luodi.common.refusals import Mendable, NotFound, Refusal
from luodi.common.views import sheet_response
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit
from luodi.papers.models import PaperState
from luodi.papers.queries import draft_of, is_issued, state_for

from .. import actions, forms, queries
from ..actions.attendance import Mark
from ..actions.meetings import Sitting
from ..choices import Attended
from ..queries import MeetingPage
from ..queries.callable import callable_units, people_in, proposed_units
from ..queries.pages import SeatRow
from ..tables import meetings_table

MOVES: dict[str, tuple[Callable[..., None], bool]] = {
    "postpone": (actions.postpone_meeting, True),
    "cancel": (actions.cancel_meeting, True),
    "hold": (actions.hold_meeting, False),
    "rework": (actions.rework_meeting, True),
    "end": (actions.end_meeting, False),
}
"""Steps by name, and whether they take a reason."""

REASONED = {
    "postpone": gettext_lazy("推迟会议"),
    "cancel": gettext_lazy("取消会议"),
    "rework": gettext_lazy("退回补记"),
}


@admit(*BUSINESS)
@require_GET
def meetings(request: HttpRequest) -> HttpResponse:
    """The meetings in the viewer's scope."""
    rows = queries.meetings(request.viewer, request.moment)
    table = meetings_table(rows, request.GET.dict())
    if table.wants_sheet:
        return sheet_response(table, _("会议"))
    runs = request.viewer.has(Role.OFFICE) and not request.moment.is_past
    return render(request, "supervision/meetings.html", {"table": table, "runs": runs})


@admit(Role.OFFICE)
@require_http_methods(["GET", "POST"])
def new_meeting(request: HttpRequest) -> HttpResponse:
    """Register a meeting out of turn."""
    bodies = queries.bodies_of(request.viewer.city, request.moment)
    organs = [(body.name, body.name) for body in bodies]
    form = forms.SpecialForm(request.POST or None, organs=organs)
    error, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = actions.open_special_meeting(
                    city=request.viewer.city,
                    by=request.viewer.person,
                    at=request.at,
                    **form.cleaned_data,
                )
            except Mendable as refusal:
                error, status = refusal.sentence, refusal.status
            else:
                messages.success(request, _("会议已登记，请定时间、地点和参会单位。"))
                return redirect("meeting", key=made.key)
    context = {"form": form, "error": error}
    return render(request, "supervision/new_meeting.html", context, status=status)


@admit(*BUSINESS)
@require_GET
def meeting(request: HttpRequest, key: str) -> HttpResponse:
    """A meeting before, during and after."""
    return show(request, key)


def page_of(request: HttpRequest, key: str) -> MeetingPage:
    """The meeting of an address, or `NotFound`."""
    page = queries.meeting_page(key, request.viewer, request.moment)
    if page is None:
        raise NotFound(_("没有这次会议，或者它不在您的范围内。"))
    return page


def show(
    request: HttpRequest,
    key: str,
    refusal: Refusal | None = None,
    template: str = "meeting",
    **given: Any,
) -> HttpResponse:
    """The page, with what was filled in where something came back."""
    page = page_of(request, key)
    status = refusal.status if refusal else 422 if given else 200
    minutes = next(iter(_readable(request, [queries.minutes_of(key, request.moment)])), None)
    context = {
        "page": page,
        "row": page.row,
        "error": refusal.sentence if refusal else "",
        "minutes": minutes,
        "minutes_issued": minutes is not None and is_issued(minutes.stage),
        "notices": _readable(request, queries.notices_of(key, request.moment)),
        "reasoned": [(move, label) for move, label in REASONED.items() if move in page.moves],
        "typed": given.pop("typed", ""),
        "typed_for": given.pop("typed_for", ""),
        **(forms_for(request, page, minutes, **given) if page.runs else {}),
    }
    return render(request, f"supervision/{template}.html", context, status=status)


def _readable(request: HttpRequest, states: list[PaperState | None]) -> list[PaperState]:
    """Those of some papers that the viewer may read."""
    found = []
    for state in states:
        if state is None:
            continue
        try:
            found.append(state_for(request.viewer, state.paper_id, request.moment))
        except NotFound:
            continue
    return found


def forms_for(
    request: HttpRequest, page: MeetingPage, minutes: PaperState | None, **given: Any
) -> dict[str, Any]:
    """The forms of the office, one of them bound where it came back."""
    city, moment, row = request.viewer.city, request.moment, page.row
    units = callable_units(city, moment)
    people = people_in([seat.unit for seat in page.attendance], moment)
    begins = row.starts_at.astimezone(LOCAL) if row.starts_at else None
    ends = row.ends_at.astimezone(LOCAL) if row.ends_at else None
    call = {
        "seen": page.seen,
        "day": begins.date() if begins else row.due_on,
        "begins": begins.time() if begins else time(9),
        "ends": ends.time() if ends else time(11),
        "place": row.place,
        "chair": row.chair,
        "units": proposed_units(page, city, moment),
    }
    topics = [(one.key, f"{one.number}. {one.title}") for one in page.shown_topics]
    draft = draft_of(minutes.paper) if minutes is not None else None
    day = row.day or moment.today
    words = {**draft.paragraphs, "version": draft.version} if draft else {}
    return {
        "call_form": forms.CallForm(
            _looked_again(given.get("call"), page.seen), units=units, initial=call
        ),
        "topic_form": forms.TopicForm(
            _looked_again(given.get("topic"), page.agenda_seen),
            units=units,
            initial={"seen": page.agenda_seen},
        ),
        "decision_form": forms.DecisionForm(given.get("decision"), units=units, topics=topics),
        "instruction_form": forms.InstructionForm(
            given.get("instruction"),
            units=units,
            leaders=queries.leaders_of(city),
            auto_id="in_%s",
            initial={"given_on": min(day, moment.today)},
        ),
        "minutes_form": forms.MinutesForm(given.get("words"), initial=words),
        "units": units,
        "attended": Attended.choices,
        "seats": [
            (_marked(seat, given.get("marks", {})), people.get(seat.unit, []))
            for seat in page.attendance
        ],
    }


def _looked_again(given: Any, seen: int) -> Any:
    """What came back, over the state this page shows: looked at again, it can be sent again."""
    if given is None:
        return None
    fresh = given.copy()
    fresh["seen"] = seen
    return fresh


def _marked(seat: SeatRow, marks: Mapping[str, Mark]) -> SeatRow:
    """A unit's line with what was filled in for it, where that came back."""
    mark = marks.get(seat.unit)
    if mark is None:
        return seat
    said = {"person": mark.person, "says": mark.says, "why": mark.why}
    return replace(seat, attended=mark.attended, **said)


@admit(Role.OFFICE)
@require_POST
def call(request: HttpRequest, key: str) -> HttpResponse:
    """Set the day and call the units."""
    page_of(request, key)
    units = callable_units(request.viewer.city, request.moment)
    form = forms.CallForm(request.POST, units=units)
    if not form.is_valid():
        return show(request, key, call=request.POST)
    said = dict(form.cleaned_data)
    seen, wanted = said.pop("seen"), said.pop("units")
    try:
        actions.call_meeting(
            meeting=key,
            sitting=Sitting(**said),
            units=wanted,
            by=request.viewer.person,
            at=request.at,
            seen=seen,
        )
    except Mendable as refusal:
        return show(request, key, refusal, call=request.POST)
    messages.success(request, _("会议已通知，参会单位收到了消息。"))
    return redirect("meeting", key=key)


@admit(Role.OFFICE)
@require_POST
def step(request: HttpRequest, key: str) -> HttpResponse:
    """Postpone, cancel, record as held, go back to noting, or end a meeting."""
    page_of(request, key)
    form = forms.StepForm(request.POST)
    if not form.is_valid() or form.cleaned_data["move"] not in MOVES:
        return show(request, key, Mendable(_("这一步没有写入，请刷新后再办。")))
    act, takes_reason = MOVES[form.cleaned_data["move"]]
    said = {"why": form.cleaned_data["why"]} if takes_reason else {}
    try:
        act(
            meeting=key,
            by=request.viewer.person,
            at=request.at,
            seen=form.cleaned_data["seen"],
            **said,
        )
    except Mendable as refusal:
        given = {"typed": form.cleaned_data["why"], "typed_for": form.cleaned_data["move"]}
        return show(request, key, refusal, **given)
    messages.success(request, _("已记入经过。"))
    return redirect("meeting", key=key)
