"""Deciding on one card. Each answer is the card as it stands now, and the counts."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.common.refusals import Incomplete
from luodi.common.views import whole_number
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit
from luodi.reading import actions, queries
from luodi.reading.choices import Verdict
from luodi.reading.forms import FORMS, CardForm, initial_of
from luodi.reading.models import ReviewCard
from luodi.reading.rules.commitments import UNITED


def _known(request: HttpRequest, key: str, card: int) -> ReviewCard:
    return queries.card_for(request.viewer, key, card, request.moment)


def _named(request: HttpRequest, key: str, card: int) -> dict[str, Any]:
    """What every action on a card is told: which one, as it was seen, by whom, when."""
    _known(request, key, card)
    version = whole_number(request.POST.get("version", ""))
    if version is None:
        raise Incomplete(_("请刷新页面后再试。"))
    person = request.viewer.person
    known = {"document": key, "card": card, "version": version}
    return known | {"by": person, "at": request.at}


def _show(request: HttpRequest, row: ReviewCard, *, unfolded: bool = False) -> HttpResponse:
    """One card and the counts."""
    state = queries.state_for(request.viewer, row.document_id, request.moment)
    shown = queries.card_views([row], request.moment, unfolded=unfolded)[0]
    context = {
        "card": shown,
        "counts": queries.counts_of(row.document_id),
        "key": row.document_id,
        "may_decide": request.viewer.has(Role.OFFICE) and state.stage == "review",
    }
    return render(request, "reading/card_answer.html", context)


def cards_changed(*cards: int, part: str = "cards") -> HttpResponse:
    """Tells the page what to fetch anew; the first of the cards is the one to come back to.

    `part`: "cards" these, "side" all of them, "room" also the source and its marks.
    """
    response = HttpResponse(status=204)
    told = {"cards": cards, "part": part}
    response["HX-Trigger"] = json.dumps({"cards-changed": told})
    return response


@admit(*BUSINESS)
@require_GET
def card(request: HttpRequest, key: str, card: int) -> HttpResponse:
    """One card, unfolded."""
    return _show(request, _known(request, key, card), unfolded=True)


def _decided(request: HttpRequest, key: str, card: int, verdict: Verdict) -> HttpResponse:
    named = _named(request, key, card)
    return _show(request, actions.decide_card(verdict=verdict, **named))


@admit(Role.OFFICE)
@require_POST
def accept(request: HttpRequest, key: str, card: int) -> HttpResponse:
    """Accept a card."""
    return _decided(request, key, card, Verdict.ACCEPTED)


@admit(Role.OFFICE)
@require_POST
def reject(request: HttpRequest, key: str, card: int) -> HttpResponse:
    """Leave a card out; it stays with the document."""
    return _decided(request, key, card, Verdict.REJECTED)


@admit(Role.OFFICE)
@require_POST
def undo(request: HttpRequest, key: str, card: int) -> HttpResponse:
    """Take back the last step on a card."""
    before = _known(request, key, card)
    whole = queries.changed_others(before)
    row = actions.undo_card(**_named(request, key, card))
    return cards_changed(row.pk, part="room") if whole else _show(request, row)


@admit(Role.OFFICE)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, key: str, card: int) -> HttpResponse:
    """Correct a card."""
    row = _known(request, key, card)
    if request.method == "GET":
        form = FORMS[row.kind](initial=initial_of(row.data))
        return _edit_form(request, row, form, row.data.get("units", []))
    form = FORMS[row.kind](request.POST)
    if not form.is_valid():
        units = form.units() if row.kind in UNITED else []  # type: ignore[attr-defined]
        return _edit_form(request, row, form, units)
    named = _named(request, key, card)
    accept = form.cleaned_data["accept"]
    return _show(request, actions.edit_card(changes=form.changes(), accept=accept, **named))


def _edit_form(
    request: HttpRequest, row: ReviewCard, form: CardForm, units: list[dict[str, Any]]
) -> HttpResponse:
    doubted = {doubt.get("name") for doubt in row.doubts}
    rows = [unit | {"doubtful": unit["name"] in doubted} for unit in units]
    empty = [{"name": "", "role": role} for role in ("responsible", "cooperating")]
    context = {
        "form": form,
        "units": [*rows, *empty],
        "card": queries.card_views([row], request.moment)[0],
        "key": row.document_id,
        "known_units": queries.unit_choices(row.city, request.moment),
        "version": request.POST.get("version") or row.version,
    }
    return render(request, "reading/card_edit.html", context)


@admit(Role.OFFICE)
@require_http_methods(["GET", "POST"])
def split(request: HttpRequest, key: str, card: int) -> HttpResponse:
    """Cut a card in two after one of its sentences."""
    row = _known(request, key, card)
    if request.method == "POST":
        offset = whole_number(request.POST.get("offset", ""))
        if offset is None:
            raise Incomplete(_("请选择在哪一句之后断开。"))
        titles = (request.POST.get("first", "")[:300], request.POST.get("second", "")[:300])
        named = _named(request, key, card)
        first, _second = actions.split_card(offset=offset, titles=titles, **named)
        return cards_changed(first.pk, part="room")
    shown = queries.card_views([row], request.moment)[0]
    context = {"card": shown, "key": key, "breaks": queries.breaks_in(row)}
    return render(request, "reading/card_split.html", context)


@admit(Role.OFFICE)
@require_POST
def merge(request: HttpRequest, key: str, card: int) -> HttpResponse:
    """Join a card with the next of its kind."""
    row = actions.merge_with_next(**_named(request, key, card))
    return cards_changed(row.pk, part="room")


@admit(Role.OFFICE)
@require_POST
def lead(request: HttpRequest, key: str, card: int) -> HttpResponse:
    """Confirm one of the units as the lead; without a name the proposed one."""
    name = request.POST.get("name", "")
    row = actions.confirm_lead(name=name, **_named(request, key, card))
    return _show(request, row, unfolded=True)
