"""The ledger, an item's page, and every step that can be made from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.common.doors import find_subject
from luodi.common.languages import language
from luodi.common.refusals import Mendable, NotFound, Refusal
from luodi.common.tables import LIGHT_ORDER
from luodi.common.views import sheet_response
from luodi.documents.views import uploads
from luodi.orgs.choices import Role, UnitKind
from luodi.orgs.queries import may_see, units_of
from luodi.orgs.rules import BUSINESS, UNIT_ROLES
from luodi.orgs.views import admit

from . import actions, forms, queries
from .choices import Stage
from .tables import ledger_table

OPENERS = (Role.OFFICE, Role.LEADING_GROUP)
NO_UNITS = {UnitKind.CITY, UnitKind.COLLECTIVE, UnitKind.TASK_FORCE, UnitKind.LEADING_GROUP}
TITLES = {
    "open": gettext_lazy("督办台账"),
    "closed": gettext_lazy("督办台账（已销号）"),
    "all": gettext_lazy("督办台账（全部）"),
}


@admit(*BUSINESS)
@require_GET
def ledger(request: HttpRequest, show: str = "open") -> HttpResponse:
    """All items in the viewer's scope in one table, the most pressing first."""
    every = queries.items(request.viewer, request.moment)
    rows = [row for row in every if show == "all" or queries.is_closed(row) == (show == "closed")]
    table = ledger_table(rows, request.GET.dict(), _empty(show, request))
    if table.wants_sheet:
        return sheet_response(table, str(TITLES[show]))
    lights = Counter(row.light for row in every if not queries.is_closed(row))
    context = {
        "table": table,
        "show": show,
        "title": TITLES[show],
        "open_count": lights.total(),
        "closed_count": len(every) - lights.total(),
        "lights": [((name, ""), lights[name]) for name in LIGHT_ORDER if lights[name]],
        "may_open": request.viewer.has(*OPENERS),
    }
    return render(request, "ledger/ledger.html", context)


def _empty(show: str, request: HttpRequest) -> str:
    if show == "closed":
        return _("还没有销号的事项。办公室核实销号后，事项移到这里。")
    if request.viewer.has(*OPENERS):
        return _("没有在办事项。可以从举措页面、领导批示或会议议定“立项交办”。")
    return _("没有交办给您单位的事项。交办后会出现在这里，并发消息告诉您。")


@admit(*OPENERS)
@require_http_methods(["GET", "POST"])
def new_item(request: HttpRequest) -> HttpResponse:
    """Open an item from scratch, or about a subject with what is known of it filled in."""
    about = request.POST.get("about") or request.GET.get("about", "")
    found = _subject(about, request)
    form = forms.OpenForm(
        request.POST or None,
        initial={"about": about, "source": "measure", "title": found.title[:200]}
        if found
        else None,
        **_choices(request),
    )
    error = ""
    if request.method == "POST" and form.is_valid():
        try:
            item = actions.open_item(
                city=request.viewer.city,
                by=request.viewer.person,
                at=request.at,
                **form.cleaned_data,
            )
        except Refusal as refusal:
            error = refusal.sentence
        else:
            messages.success(request, _("已立项交办，编号 %s。") % item.number)
            return redirect("item", key=item.key)
    context = {"form": form, "found": found, "error": error}
    status = 422 if request.method == "POST" else 200
    return render(request, "ledger/new.html", context, status=status)


def _subject(about: str, request: HttpRequest) -> Any:
    """What the item is to be about, within the viewer's scope."""
    if not about:
        return None
    found = find_subject(about)
    if found is None or not may_see(request.viewer, dict(found.scope)):
        raise NotFound(_("没有找到要交办的对象，或者它不在您的范围内。"))
    return found


def _choices(request: HttpRequest) -> dict[str, list[tuple[str, str]]]:
    """Units and clocks to choose from."""
    city = request.viewer.city
    units = units_of(city, request.moment).exclude(kind__in=NO_UNITS)
    return {
        "units": list(units.values_list("of", "name")),
        "clocks": queries.clocks_of(request.viewer, request.moment),
    }


@admit(*BUSINESS)
@require_GET
def item(request: HttpRequest, key: str) -> HttpResponse:
    """One item: where it stands and why, what this viewer can do next, how it came about."""
    return _show(request, key)


Bound = tuple[str, django_forms.Form]


def _show(
    request: HttpRequest, key: str, bound: Bound | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    page = queries.item_page(key, request.viewer, request.moment)
    if page is None:
        raise NotFound(_("没有这件督办事项，或者它不在您的范围内。"))
    choices = _choices(request)
    steps = [_step(move, page, choices, bound) for move in page.moves]
    context = {
        "page": page,
        "row": page.row,
        "steps": [step for step in steps if step["name"] not in ASIDE],
        "aside": [step for step in steps if step["name"] in ASIDE],
        "waiting": _waiting(page),
        "error": refusal.sentence if refusal else "",
        "verdict": (page.row.light, page.row.why),
    }
    status = refusal.status if refusal else 422 if bound else 200
    return render(request, "ledger/item.html", context, status=status)


ASIDE = {"ask_extension", "reassign", "change_cooperating", "set_due"}


def _step(move: Any, page: queries.ItemPage, choices: Any, bound: Bound | None) -> dict[str, Any]:
    """A step on the page: its words, its form (as it was sent, where it was refused)."""
    initial = {
        "seen": page.seen,
        "cooperating": page.row.cooperating_units,
        "due_on": page.row.due_on,
        "granted": "1",
    }
    if bound and bound[0] == move.name:
        form = bound[1]
    else:
        form = STEPS[move.name][0](auto_id=f"{move.name}_%s", initial=initial, **choices)
    lang = language()
    words = move.label(lang)
    return {
        "name": move.name,
        "label": words[:1].upper() + words[1:],
        "form": form,
        "is_bare": not form.visible_fields(),
        "was_sent": form.is_bound,
    }


WAITING = {
    Stage.ASSIGNED: gettext_lazy("等待%(lead)s签收。"),
    Stage.IN_HAND: gettext_lazy("%(lead)s正在办理。"),
    Stage.APPLIED: gettext_lazy("%(lead)s已申请销号，等待办公室核实。"),
    Stage.CLOSED: gettext_lazy("已销号。回头看发现问题时，办公室可以重新打开。"),
    Stage.REOPENED: gettext_lazy("回头看后重新打开，%(lead)s继续办理。"),
}


def _waiting(page: queries.ItemPage) -> str:
    return str(WAITING[Stage(page.row.stage)]) % {"lead": page.row.lead}


@admit(Role.OFFICE, *UNIT_ROLES)
@require_POST
def move_item(request: HttpRequest, key: str, move: str) -> HttpResponse:
    """Make one step. What is refused comes back with the words the person wrote."""
    if move not in STEPS:
        raise NotFound(_("没有这一步。"))
    kind, act, done = STEPS[move]
    form = kind(request.POST, request.FILES, auto_id=f"{move}_%s", **_choices(request))
    if not form.is_valid():
        return _show(request, key, (move, form))
    try:
        act(key, form.cleaned_data, request)
    except Mendable as refusal:
        return _show(request, key, (move, form), refusal)
    messages.success(request, done)
    return redirect("item", key=key)


def _plainly(action: Callable[..., None], *without: str) -> Callable[..., None]:
    """A step that hands the cleaned form over as it is."""

    def act(key: str, cleaned: dict[str, Any], request: HttpRequest) -> None:
        given = {name: value for name, value in cleaned.items() if name not in without}
        action(item=key, by=request.viewer.person, at=request.at, **given)

    return act


def _feed_back(key: str, cleaned: dict[str, Any], request: HttpRequest) -> None:
    files = uploads(cleaned.pop("evidence"))
    cleaned.pop("seen")
    actions.give_feedback(
        item=key, by=request.viewer.person, at=request.at, evidence=files, **cleaned
    )


def _decide(key: str, cleaned: dict[str, Any], request: HttpRequest) -> None:
    actions.decide_extension(
        item=key,
        granted=cleaned["granted"] == "1",
        decision=cleaned["decision"],
        by=request.viewer.person,
        at=request.at,
    )


STEPS: dict[str, tuple[Any, Callable[..., None], Any]] = {
    "acknowledge": (forms.MoveForm, _plainly(actions.acknowledge), gettext_lazy("已签收。")),
    "give_feedback": (forms.FeedbackForm, _feed_back, gettext_lazy("反馈已记入台账。")),
    "apply_for_close_out": (
        forms.OutcomeForm,
        _plainly(actions.apply_for_close_out),
        gettext_lazy("已申请销号，等待办公室核实。"),
    ),
    "ask_extension": (
        forms.ExtensionForm,
        _plainly(actions.ask_extension, "seen"),
        gettext_lazy("已申请延期，等待办公室批复。"),
    ),
    "verify_close_out": (
        forms.NoteForm,
        _plainly(actions.verify_close_out),
        gettext_lazy("已核实销号。"),
    ),
    "refuse_close_out": (
        forms.ReasonForm,
        _plainly(actions.refuse_close_out),
        gettext_lazy("已退回销号申请，并告诉牵头单位。"),
    ),
    "reopen": (forms.ReasonForm, _plainly(actions.reopen), gettext_lazy("已重新打开。")),
    "decide_extension": (forms.DecisionForm, _decide, gettext_lazy("已批复延期申请。")),
    "reassign": (forms.ReassignForm, _plainly(actions.reassign), gettext_lazy("已改派。")),
    "change_cooperating": (
        forms.CooperatingForm,
        _plainly(actions.change_cooperating, "seen"),
        gettext_lazy("已调整配合单位。"),
    ),
    "set_due": (forms.DueForm, _plainly(actions.set_due), gettext_lazy("时限已更新。")),
}
