"""The registers, their lists, one entry's page, and what is done there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.common.languages import titled
from luodi.common.lists import Line, list_in
from luodi.common.refusals import Incomplete, Mendable, NotAllowed, Refusal
from luodi.common.views import download, sheet_response, whole_number
from luodi.documents.queries import content_of
from luodi.documents.views import uploads
from luodi.orgs.choices import Role
from luodi.orgs.queries import (
    enterprise_for,
    enterprise_named,
    homes_of,
    names_of,
    owned,
    people_of_city,
)
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit
from luodi.packs.schemas import RegisterRule

from .. import actions, forms, queries
from ..queries.checking import TUTORS
from ..rules import HEADS, read_list
from ..tables import entries_table

KEEPERS = (Role.OFFICE, Role.CLERK, Role.ZONE_STAFF, Role.SECTION_HEAD, Role.LEADER_IN_CHARGE)


def _may_enter(request: HttpRequest, rule: RegisterRule) -> bool:
    current = rule.key in queries.rules_seen(request.viewer, request.moment)
    return current and request.viewer.has(*rule.keepers) and not request.moment.is_past


def _people(request: HttpRequest) -> list[tuple[str, str]]:
    found = names_of(people_of_city(request.viewer.city, TUTORS))
    return sorted(found.items(), key=lambda pair: pair[1])


@admit(*BUSINESS)
@require_GET
def registers(request: HttpRequest) -> HttpResponse:
    """Every register with its stages and what presses."""
    found = queries.overviews(request.viewer, request.moment)
    titles = {
        "pool": _("培育库"), "accreditation": _("认定与复核"),
        "list": _("名单"), "credit": _("信用"), "rights": _("维权援助"),
    }  # fmt: skip
    groups = [(t, [one for one in found if one.rule.group == key]) for key, t in titles.items()]
    context = {"groups": [(title, some) for title, some in groups if some]}
    return render(request, "registers/registers.html", context)


@admit(*BUSINESS)
@require_GET
def register(request: HttpRequest, register: str) -> HttpResponse:
    """The entries of one register."""
    rule = queries.rule_named(request.viewer, register, request.moment)
    states = queries.entries_of(request.viewer, request.moment).filter(register=register)
    if request.GET.get("all") != "1":
        states = states.filter(ended=False)
    empty = _("还没有登记。可以逐条登记，也可以导入名单。")
    states = list(states)
    rows = queries.entry_rows(states, request.moment)
    table = entries_table(rule, rows, request.GET, empty)
    if table.wants_sheet:
        return sheet_response(table, titled(rule))
    may_enter = _may_enter(request, rule)
    context = {
        "rule": rule,
        "title": titled(rule),
        "source": owned(rule),
        "table": table,
        "all": request.GET.get("all") == "1",
        "on": sum(row.counts for row in rows),
        "goals": queries.goals_of(rule, request.viewer, request.moment, states),
        "may_aim": may_enter
        and bool(queries.places_of_goals(rule, request.viewer, request.moment)),
        "may_enter": may_enter,
    }
    return render(request, "registers/register.html", context)


@admit(*KEEPERS, Role.ENTERPRISE)
@require_http_methods(["GET", "POST"])
def new_entry(request: HttpRequest, register: str) -> HttpResponse:
    """Put somebody or something on a register; an enterprise itself where the pack lets it."""
    rule = queries.rule_named(request.viewer, register, request.moment)
    own = bool(request.viewer.enterprise)
    if own and not rule.opened_by_firm:
        raise NotAllowed(_("这个名录由专班办公室和各单位登记，企业不能自己登记。"))
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    homes = homes_of(request.viewer, request.moment)
    about = request.GET.get("about", "")
    firm = enterprise_for(request.viewer, about, request.moment) if about else None
    form = forms.EntryForm(
        *posted, rule=rule, homes=homes, own=own, people=[] if own else _people(request),
        initial={"firm": firm.credit_code if firm else ""},
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            entry = actions.enter_register(
                city=request.viewer.city,
                register=register,
                about=enterprise_named(request.viewer, said["firm"], request.moment)
                if "firm" in said
                else "",
                name=said.get("name", ""),
                unit=said.get("unit", ""),
                matter=said.get("matter", ""),
                given=form.given,
                evidence=uploads(said["evidence"]),
                by=request.viewer.person,
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("已登记。"))
            return redirect("register_entry", key=entry.key)
    context = {"form": form, "rule": rule, "title": titled(rule)}
    status = 422 if form.is_bound else 200
    return render(request, "registers/new.html", context, status=status)


@admit(*KEEPERS)
@require_http_methods(["GET", "POST"])
def import_list(request: HttpRequest, register: str) -> HttpResponse:
    """Bring a whole list onto a register, or say what is wrong with which row."""
    rule = queries.rule_named(request.viewer, register, request.moment)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = forms.ListForm(*posted, rule=rule)
    if form.is_bound and form.is_valid():
        try:
            done = actions.import_entries(
                city=request.viewer.city,
                register=register,
                stage=form.cleaned_data["stage"],
                lines=_lines(form.cleaned_data["file"]),
                by=request.viewer.person,
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error("file", refusal.sentence)
        else:
            said = _("导入完成：新登记 %(new)d 条，原已在册 %(known)d 条。")
            messages.success(request, said % {"new": done.new, "known": done.known})
            return redirect("register", register=register)
    heads = [said[0] for said in HEADS.values()]
    context = {"form": form, "rule": rule, "title": titled(rule), "heads": heads}
    return render(request, "registers/import.html", context, status=422 if form.is_bound else 200)


def _lines(file: UploadedFile) -> list[Line]:
    """The lines of an uploaded list."""
    found = list_in(file, read_list)
    if found is None:
        raise Incomplete(_("没有找到表头：至少要有“名称”或“统一社会信用代码”一列。"))
    return found


@admit(*BUSINESS, Role.ENTERPRISE)
@require_GET
def register_entry(request: HttpRequest, key: str) -> HttpResponse:
    """One entry: how it stands, what comes next, how it came about."""
    return _show(request, key)


def _show(
    request: HttpRequest, key: str, refusal: Mendable | None = None, **bound: Any
) -> HttpResponse:
    page = queries.entry_page(key, request.viewer, request.moment)
    people = _people(request) if page.moves or page.may_revise else []
    steps = [
        (move, titled(move), bound.get(move.key) or _move_form(page, move.key, people))
        for move in page.moves
    ]
    revise = bound.get("revise") or forms.ReviseForm(
        rule=page.rule, people=people, initial=_known(page), auto_id="revise_%s"
    )
    context = {
        "page": page,
        "row": page.row,
        "steps": steps,
        "revise_form": revise if page.may_revise and not page.state.ended else None,
        "error": refusal.sentence if refusal else "",
    }
    status = 422 if refusal or bound else 200
    return render(request, "registers/entry.html", context, status=status)


def _known(page: queries.EntryPage) -> dict[str, Any]:
    state = page.state
    return {name: getattr(state, name) for name in forms.DETAILS} | {"seen": page.seen}


def _move_form(
    page: queries.EntryPage, move: str, people: list[tuple[str, str]], *posted: Any
) -> forms.MoveForm:
    step = page.rule.move(move)
    assert step is not None
    also = ["until_on"] if "from_on" in step.asks else []
    also += [] if "reason" in step.asks else ["reason"]
    units = list(page.units) if step.refers else []
    return forms.MoveForm(
        *posted, rule=page.rule, asks=step.asks, also=[*also, "evidence"], people=people,
        units=units, auto_id=f"{move}_%s", initial={"seen": page.seen},
    )  # fmt: skip


@admit(*BUSINESS, Role.ENTERPRISE)
@require_GET
def entry_file(request: HttpRequest, key: str, file: str, name: str) -> HttpResponse:
    """A file of an entry, to save under its own name whatever the address says."""
    found = queries.entry_file(key, file, request.viewer, request.moment)
    return download(content_of(found), found.name, found.media_type)


@admit(*KEEPERS)
@require_POST
def entry_move(request: HttpRequest, key: str, move: str) -> HttpResponse:
    """Take a step."""
    page = queries.entry_page(key, request.viewer, request.moment)
    if move not in {one.key for one in page.moves}:
        raise NotAllowed(_("现在不能办这一步：可能已经有人办过，或者不由您办理。"))
    form = _move_form(page, move, _people(request), request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, key, **{move: form})
    try:
        actions.move_entry(
            entry=key,
            move=move,
            given=form.given,
            evidence=uploads(form.cleaned_data["evidence"]),
            seen=form.cleaned_data["seen"],
            by=request.viewer.person,
            at=request.at,
        )
    except Mendable as refusal:
        return _show(request, key, refusal, **{move: form})
    messages.success(request, _("已办理。"))
    seen = queries.entries_of(request.viewer, request.moment).filter(entry=key).exists()
    if not seen:  # a unit that passed it back has it in sight no more
        return redirect("register", register=page.row.register)
    return redirect("register_entry", key=key)


@admit(*KEEPERS)
@require_POST
def entry_revise(request: HttpRequest, key: str) -> HttpResponse:
    """Correct an entry."""
    page = queries.entry_page(key, request.viewer, request.moment)
    form = forms.ReviseForm(
        request.POST, rule=page.rule, people=_people(request), auto_id="revise_%s"
    )
    if not form.is_valid():
        return _show(request, key, revise=form)
    try:
        actions.revise_entry(
            entry=key,
            given=form.given,
            why=form.cleaned_data["why"],
            seen=whole_number(request.POST.get("seen", "")),
            by=request.viewer.person,
            at=request.at,
        )
    except Mendable as refusal:
        return _show(request, key, refusal, revise=form)
    messages.success(request, _("已更正，原来的内容仍可按日期查看。"))
    return redirect("register_entry", key=key)
