"""Working on a meeting: agenda, attendance, decisions, instructions. One form, one act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.common.refusals import Mendable
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import actions, forms, queries
from ..actions.attendance import Mark
from ..choices import Attended
from ..queries import MeetingPage
from ..queries.callable import callable_units, people_in
from ..rules.lines import due_in, lead_in
from .meetings import page_of, show

AGENDA = "meeting_agenda"


@admit(*BUSINESS)
@require_GET
def agenda(request: HttpRequest, key: str) -> HttpResponse:
    """The agenda alone, to be put in order."""
    return show(request, key, template=AGENDA)


def _done(
    request: HttpRequest,
    key: str,
    act: Callable[..., Any],
    said: dict[str, Any],
    words: str,
    to: str = "meeting",
    **given: Any,
) -> HttpResponse:
    """Do it; what is refused comes back with what was typed."""
    try:
        act(meeting=key, by=request.viewer.person, at=request.at, **said)
    except Mendable as refusal:
        return show(request, key, refusal, template=to, **given)
    messages.success(request, words)
    return redirect(to, key=key)


def _stale(request: HttpRequest, key: str, to: str = "meeting") -> HttpResponse:
    words = _("填写的内容不完整，没有写入；请核对后再办。")
    given = {"typed": request.POST.get("said", ""), "typed_for": request.POST.get("topic", "")}
    return show(request, key, Mendable(words), template=to, **given)


@admit(Role.OFFICE)
@require_POST
def add_topic(request: HttpRequest, key: str) -> HttpResponse:
    """Add a topic."""
    page_of(request, key)
    units = callable_units(request.viewer.city, request.moment)
    form = forms.TopicForm(request.POST, units=units)
    if not form.is_valid():
        return show(request, key, template=AGENDA, topic=request.POST)
    said, done = form.cleaned_data, _("议题已加入。")
    return _done(request, key, actions.add_topic, said, done, AGENDA, topic=request.POST)


@admit(Role.OFFICE)
@require_POST
def move_topic(request: HttpRequest, key: str) -> HttpResponse:
    """Move a topic in the order."""
    page_of(request, key)
    form = forms.TopicMoveForm(request.POST)
    if not form.is_valid():
        return _stale(request, key, AGENDA)
    done = _("顺序已调整。")
    return _done(request, key, actions.move_topic, form.cleaned_data, done, AGENDA)


@admit(Role.OFFICE)
@require_POST
def settle(request: HttpRequest, key: str) -> HttpResponse:
    """Say what became of a topic."""
    page_of(request, key)
    form = forms.SettleForm(request.POST)
    to = AGENDA if request.POST.get("back") == "agenda" else "meeting"
    if not form.is_valid():
        return _stale(request, key, to)
    said = form.cleaned_data
    typed = {"typed": said["said"], "typed_for": said["topic"]}
    return _done(request, key, actions.settle_topic, said, _("议题已处理。"), to, **typed)


@admit(Role.OFFICE)
@require_POST
def attendance(request: HttpRequest, key: str) -> HttpResponse:
    """Mark who came: unit by unit, or everybody not yet marked at once."""
    page = page_of(request, key)
    units = [seat.unit for seat in page.attendance]
    form = forms.AttendanceForm(request.POST, units=units, people=people_in(units, request.moment))
    if not form.is_valid():
        return _stale(request, key)
    marks = {unit: _mark(*form.said_of(unit)) for unit in units}
    if form.cleaned_data["all"]:
        marks |= {
            unit: Mark(Attended.PRESENT, mark.person)
            for unit, mark in marks.items()
            if mark.attended == Attended.EXPECTED
        }
    said = {"marks": marks, "seen": form.cleaned_data["seen"]}
    done = _("出席情况已登记。")
    return _done(request, key, actions.mark_attendance, said, done, marks=marks)


def _mark(how: str, person: str, words: str) -> Mark:
    """What was said of a unit: the words are a stand-in's post, or the reason for an absence."""
    if how == Attended.STANDING_IN:
        return Mark(how, person, says=words)
    if how == Attended.ABSENT:
        return Mark(how, why=words)
    return Mark(how, person if how == Attended.PRESENT else "")


@admit(Role.OFFICE)
@require_POST
def decide(request: HttpRequest, key: str) -> HttpResponse:
    """Note a decision in one line; lead and day are read from it where they are left empty."""
    page = page_of(request, key)
    form = _decision_form(request, page, forms.DecisionForm)
    if not form.is_valid():
        return show(request, key, decision=request.POST)
    said = _completed(form.cleaned_data, request, page)
    done, given = _("议定事项已记下。"), {"decision": request.POST}
    return _done(request, key, actions.note_decision, said, done, **given)


def _decision_form(request: HttpRequest, page: MeetingPage, kind: type[Any]) -> Any:
    units = callable_units(request.viewer.city, request.moment)
    topics = [(one.key, one.title) for one in page.shown_topics]
    return kind(request.POST, units=units, topics=topics)


def _completed(said: dict[str, Any], request: HttpRequest, page: MeetingPage) -> dict[str, Any]:
    """What was typed, with what the line itself says of lead and day."""
    units = callable_units(request.viewer.city, request.moment)
    names = {name: key for key, name in units}
    return {
        **said,
        "lead": said["lead"] or lead_in(said["text"], names),
        "due_on": said["due_on"] or due_in(said["text"], page.row.day),
    }


@admit(Role.OFFICE)
@require_POST
def revise(request: HttpRequest, key: str) -> HttpResponse:
    """Change a decision that is no item yet, or take it back."""
    page = page_of(request, key)
    form = _decision_form(request, page, forms.RevisedForm)
    if not form.is_valid():
        return _stale(request, key)
    said = dict(form.cleaned_data)
    said.pop("topic")
    why, back = said.pop("why"), said.pop("take_back")
    if back:
        said = {"decision": said["decision"], "seen": said["seen"], "why": why}
        done = _("议定事项已撤销，仍留在记录里。")
        given = {"typed": why, "typed_for": f"why-{said['decision']}"}
        return _done(request, key, actions.take_back_decision, said, done, **given)
    done, given = _("议定事项已修改。"), {"typed": said["text"], "typed_for": said["decision"]}
    return _done(request, key, actions.revise_decision, said, done, **given)


@admit(Role.OFFICE)
@require_POST
def open_items(request: HttpRequest, key: str) -> HttpResponse:
    """Open a supervised item for every decision that has none."""
    page_of(request, key)
    return _done(request, key, actions.open_items, {}, _("议定事项已立项，承办单位收到了消息。"))


@admit(Role.OFFICE)
@require_POST
def instruct(request: HttpRequest, key: str) -> HttpResponse:
    """Record an instruction given at the meeting."""
    page_of(request, key)
    form = forms.InstructionForm(
        request.POST,
        units=callable_units(request.viewer.city, request.moment),
        leaders=queries.leaders_of(request.viewer.city),
    )
    if not form.is_valid():
        return show(request, key, instruction=request.POST)
    said = form.cleaned_data | {"city": request.viewer.city}
    done, given = _("批示已登记并立项。"), {"instruction": request.POST}
    return _done(request, key, actions.record_instruction, said, done, **given)
