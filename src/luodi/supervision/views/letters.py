"""Letters to a unit: the list, one letter's story, drafting, and every step of its way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.common.moments import LOCAL
from luodi.common.refusals import Mendable
from luodi.common.views import sheet_response
from luodi.documents.views import uploads
from luodi.orgs.choices import Role
from luodi.orgs.queries import unit_for, unit_names
from luodi.orgs.rules import BUSINESS, UNIT_ROLES
from luodi.orgs.views import admit
from luodi.papers.queries import office_of

from .. import actions, forms, queries
from ..choices import LetterKind
from ..tables import letter_counts_table, letters_table

HANDLERS = (Role.OFFICE, *UNIT_ROLES)
NEEDS = {
    "reason": ("why",),
    "text": ("text", "files"),
    "found": ("text", "looked_on", "files"),
    "until": ("until",),
}
"""Which fields a need of a step asks for on the page."""


@admit(*BUSINESS)
@require_GET
def letters(request: HttpRequest) -> HttpResponse:
    """Every letter in the viewer's scope."""
    table = letters_table(queries.letters(request.viewer, request.moment), request.GET.dict())
    if table.wants_sheet:
        return sheet_response(table, _("函件"))
    return render(request, "supervision/letters.html", {"table": table})


@admit(*BUSINESS)
@require_GET
def letters_counts(request: HttpRequest) -> HttpResponse:
    """Counts by unit and year, beside what texts state."""
    rows = queries.letter_counts(request.viewer, request.moment)
    table = letter_counts_table(rows, request.GET.dict())
    if table.wants_sheet:
        return sheet_response(table, _("函件统计"))
    stated = queries.stated_counts(request.viewer, request.moment)
    return render(request, "supervision/letter_counts.html", {"table": table, "stated": stated})


@admit(Role.OFFICE, Role.LEADING_GROUP)
@require_GET
def ladder(request: HttpRequest, key: str) -> HttpResponse:
    """The ladder of one unit: its rungs, what was sent, what a rule would draft now."""
    found = queries.ladder_of(request.viewer, key, request.moment)
    return render(request, "supervision/ladder.html", {"ladder": found})


@admit(*BUSINESS)
@require_GET
def letter(request: HttpRequest, key: str) -> HttpResponse:
    """One letter."""
    return show(request, key)


def show(
    request: HttpRequest, key: str, error: str = "", status: int = 200, tried: str = ""
) -> HttpResponse:
    """The page of a letter, with what was refused and what was typed.

    `tried` is the step that was refused: its words come back, even where it is gone by now.
    """
    page = queries.letter_page(request.viewer, key, request.moment)
    context: dict[str, Any] = {
        "page": page,
        "row": page.row,
        "state": page.row.state,
        "error": error,
        "typed": request.POST,
        "tried": tried,
        "steps": [
            (move, {field for key, _label in move.needs for field in NEEDS.get(key, ())})
            for move in page.moves
        ],
        "is_talk": page.row.kind == LetterKind.TALK_NOTICE,
        "day": page.row.state.letter.act.at.astimezone(LOCAL).date(),
    }
    if error and tried and tried not in {move.name for move in page.moves}:
        said = [request.POST.get(name, "").strip() for name in ("text", "why")]
        context["unplaced"] = [words for words in said if words]
    if page.writes:
        context |= _drafting(request, page)
    if page.talk and "office" in page.roles and page.row.stage not in ("drafted", "closed"):
        context["record_form"] = forms.TalkRecordForm(
            request.POST if "record" in request.POST else None, initial=_talk_initial(page)
        )
    if page.plans:
        posted = request.POST if "measure" in request.POST else None
        context["measure_form"] = forms.RectificationForm(posted)
    return render(request, "supervision/letter.html", context, status=status)


def _drafting(request: HttpRequest, page: queries.LetterPage) -> dict[str, Any]:
    """The forms of a draft, with the words offered."""
    unit = office_of(request.viewer)
    office = unit_names({unit}, request.moment).get(unit, "")
    offered = queries.words_offered(page.row, office, request.moment)
    kept = {name: said for name, said in page.words.items() if said}
    initial = {**offered, **kept, "version": page.words_version}
    posted = request.POST if "opening" in request.POST else None
    found = {"words_form": forms.LetterWordsForm(posted, initial=initial)}
    if page.row.kind == LetterKind.TALK_NOTICE:
        found["talk_form"] = forms.TalkForm(
            request.POST if "talker" in request.POST else None,
            talkers=list(page.talkers),
            initial=_talk_initial(page) or {"seen": 0},
        )
    return found


def _talk_initial(page: queries.LetterPage) -> dict[str, Any]:
    if page.talk is None:
        return {}
    state = page.talk.state
    names = ("talker", "held_at", "place", "record", "commitments")
    return {**{name: getattr(state, name) for name in names}, "seen": state.since_id}


@admit(Role.OFFICE)
@require_http_methods(["GET", "POST"])
def new_letter(request: HttpRequest) -> HttpResponse:
    """Draft a letter by hand: a unit, and which of its lights."""
    found = queries.lit(request.viewer, request.moment)
    unit = request.POST.get("unit") or request.GET.get("unit", "")
    about = request.GET.get("about", "")
    if about and not unit:
        unit = next((u for one in found if one.subject == about for u in one.units), "")
    context: dict[str, Any] = {"unit": unit, "standings": queries.by_unit(found, request.moment)}
    status = 200
    if unit:
        state = unit_for(request.viewer, unit, request.moment)
        mine = [one for one in found if unit in one.units]
        choices = _choices(request, unit, mine)
        form = forms.NewLetterForm(
            request.POST or None,
            subjects=choices,
            initial={"subjects": [one.key for one in mine if one.subject == about]},
        )
        context |= {"form": form, "addressee": state.short_name or state.name, "lit": mine}
        if request.method == "POST":
            status = 422
            if form.is_valid():
                try:
                    made = actions.draft_letter(
                        unit=unit,
                        by=request.viewer.person,
                        at=request.at,
                        **form.cleaned_data,
                    )
                except Mendable as refusal:
                    context["error"], status = refusal.sentence, refusal.status
                else:
                    messages.success(request, _("函件已起草，核定文字后送审。"))
                    return redirect("letter", key=made.key)
    return render(request, "supervision/letter_new.html", context, status=status)


def _choices(request: HttpRequest, unit: str, mine: Sequence[queries.Lit]) -> list[tuple[str, str]]:
    """A unit's lights to choose from, each with its reason and the exemption that covers it."""
    spared = queries.spared_in(request.viewer.city, request.moment)
    found = []
    for one in mine:
        parts = [f"{one.kind_label} · {one.title}", one.why]
        exempt = spared.covers(unit, one.subject, one.due_on)
        if exempt:
            parts.append(_("容错免责") + " " + queries.said_exempt(exempt))
        found.append((one.key, " · ".join(parts)))
    return found


@admit(Role.OFFICE)
@require_POST
def letter_words(request: HttpRequest, key: str) -> HttpResponse:
    """Keep the words of a draft; with `freeze`, hand it on to be checked."""
    form = forms.LetterWordsForm(request.POST)
    if not form.is_valid():
        return show(request, key, _("有的文字过长，没有保存。"), 422)
    given = {"letter": key, "words": form.words(), "viewer": request.viewer}
    who = {"by": request.viewer.person, "at": request.at}
    try:
        removed = actions.write_letter(version=form.cleaned_data["version"] or 0, **given, **who)
        if "freeze" in request.POST:
            _snapshot, more = actions.freeze_letter(**given, **who)
            removed += more
    except Mendable as refusal:
        return show(request, key, refusal.sentence, refusal.status)
    if removed:
        messages.warning(request, _("去掉了 %s 个不能印出的控制字符。") % removed)
    done = _("已定稿送审。") if "freeze" in request.POST else _("文字已保存。")
    messages.success(request, done)
    return redirect("letter", key=key)


@admit(*HANDLERS)
@require_POST
def letter_move(request: HttpRequest, key: str, move: str) -> HttpResponse:
    """One step of the letter."""
    form = forms.LetterMoveForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, key, _("填写的日期或文字不对，没有写入。"), 422, move)
    given = dict(form.cleaned_data)
    try:
        given["files"] = uploads(given["files"])
        actions.move_letter(
            letter=key, move=move, viewer=request.viewer, by=request.viewer.person,
            at=request.at, **given,
        )  # fmt: skip
    except Mendable as refusal:
        return show(request, key, refusal.sentence, refusal.status, move)
    messages.success(request, _("已办理，并记入经过。"))
    return redirect("letter", key=key)


@admit(Role.OFFICE)
@require_POST
def letter_talk(request: HttpRequest, key: str) -> HttpResponse:
    """Arrange the talk of a notice in draft."""
    page = queries.letter_page(request.viewer, key, request.moment)
    form = forms.TalkForm(request.POST, talkers=list(page.talkers))
    return _kept(request, key, form, actions.arrange_talk, _("约谈安排已保存。"))


@admit(Role.OFFICE)
@require_POST
def letter_record(request: HttpRequest, key: str) -> HttpResponse:
    """Record the talk."""
    form = forms.TalkRecordForm(request.POST, request.FILES)
    return _kept(request, key, form, actions.record_talk, _("约谈记录已保存。"))


@admit(*HANDLERS)
@require_POST
def letter_measure(request: HttpRequest, key: str) -> HttpResponse:
    """Add a measure of rectification."""
    form = forms.RectificationForm(request.POST)
    return _kept(request, key, form, actions.plan_rectification, _("整改措施已登记。"))


def _kept(request: HttpRequest, key: str, form: Any, action: Any, done: str) -> HttpResponse:
    """Do what a form asks; what is refused comes back with what was typed."""
    queries.letter_row(request.viewer, key, request.moment)
    if not form.is_valid():
        return show(request, key, _("有的栏目没有填对，没有写入。"), 422)
    given = dict(form.cleaned_data)
    try:
        if "files" in given:
            given["files"] = uploads(given["files"])
        action(letter=key, viewer=request.viewer, by=request.viewer.person, at=request.at, **given)
    except Mendable as refusal:
        return show(request, key, refusal.sentence, refusal.status)
    messages.success(request, done)
    return redirect("letter", key=key)


@admit(*HANDLERS)
@require_POST
def letter_measure_move(request: HttpRequest, key: str, measure: str, move: str) -> HttpResponse:
    """A step of a measure: reported, verified, sent back, dropped."""
    form = forms.RectificationMoveForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, key, _("有的栏目没有填对，没有写入。"), 422)
    given = dict(form.cleaned_data)
    try:
        given["files"] = uploads(given["files"])
        actions.move_rectification(
            letter=key, rectification=measure, move=move, viewer=request.viewer,
            by=request.viewer.person, at=request.at, **given,
        )  # fmt: skip
    except Mendable as refusal:
        return show(request, key, refusal.sentence, refusal.status)
    messages.success(request, _("已办理，并记入经过。"))
    return redirect("letter", key=key)
