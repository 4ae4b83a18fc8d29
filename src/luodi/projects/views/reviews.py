"""The expert review of a project: one page, and what is done from it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.common.languages import titled
from luodi.common.refusals import NotAllowed, NotFound, Refusal
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from .. import actions
from ..forms.reviews import SCORE, DecisionForm, OpinionForm, ReviewForm, SeatForm
from ..queries.reviews import ReviewsPage, people_at, project_reviews
from .opening import carried_out


@admit(*BUSINESS)
@require_GET
def project(request: HttpRequest, key: str) -> HttpResponse:
    """The rounds of review of a project, with their panels, opinions and decisions."""
    return _show(request, key)


def _page(request: HttpRequest, key: str) -> ReviewsPage:
    page = project_reviews(key, request.viewer, request.moment)
    if page is None:
        raise NotFound(_("没有这个项目，或者它不在您的范围内。"))
    return page


def _forms(request: HttpRequest, page: ReviewsPage, **given: Any) -> dict[str, Any]:
    """The forms of the page; one of them bound where it came back."""
    running = page.running
    office = "office" in page.head.roles
    seats = [(row.seat, row.label) for row in running.seats] if running else []
    people = sorted(people_at(page.head.project.city).items(), key=lambda one: one[1])
    criteria = [(one.key, titled(one), one.most) for one in page.criteria]
    first = {"held_on": request.moment.today, "decided_on": request.moment.today}
    return {
        "review_form": ReviewForm(given.get("review"), initial=first),
        "seat_form": SeatForm(given.get("seat"), seats=seats, people=people if office else []),
        "opinion_form": OpinionForm(
            *given.get("opinion", ()), seats=page.seats_for(request.viewer), criteria=criteria
        ),
        "decision_form": DecisionForm(given.get("decision"), initial=first),
    }


def _show(
    request: HttpRequest, key: str, refusal: Refusal | None = None, **given: Any
) -> HttpResponse:
    page = _page(request, key)
    context = {
        "page": page,
        "row": page.head.row,
        "may_revise": bool(page.head.roles),
        "may_run": "office" in page.head.roles,
        "error": refusal.sentence if refusal else "",
        **_forms(request, page, **given),
    }
    status = refusal.status if refusal else 422 if given else 200
    return render(request, "projects/project_review.html", context, status=status)


@admit(Role.OFFICE)
@require_POST
def open_round(request: HttpRequest, key: str) -> HttpResponse:
    """Open a round of review."""
    given = {"review": request.POST}
    form = _forms(request, _page(request, key), **given)["review_form"]
    return _do(request, key, form, actions.open_review, _("评审已登记，请确定各席位。"), given)


@admit(Role.OFFICE)
@require_POST
def seat(request: HttpRequest, key: str) -> HttpResponse:
    """Say who sits in a seat."""
    given = {"seat": request.POST}
    form = _forms(request, _page(request, key), **given)["seat_form"]
    return _do(request, key, form, actions.fill_seat, _("席位已确定。"), given)


@admit(*BUSINESS)
@require_POST
def opinion(request: HttpRequest, key: str) -> HttpResponse:
    """Declare and give an opinion: whoever sits in the seat, or the office for them."""
    page = _page(request, key)
    if not page.seats_for(request.viewer):
        raise NotAllowed(_("意见由席位上的本人填写，或由专班办公室代录。"))
    given = {"opinion": (request.POST, request.FILES)}
    form = _forms(request, page, **given)["opinion_form"]
    return _do(request, key, form, actions.give_opinion, _("意见已登记。"), given)


@admit(Role.OFFICE)
@require_POST
def decide(request: HttpRequest, key: str) -> HttpResponse:
    """Decide the round."""
    given = {"decision": request.POST}
    form = _forms(request, _page(request, key), **given)["decision_form"]
    return _do(request, key, form, actions.decide_review, _("结论已登记。"), given)


def _do(
    request: HttpRequest,
    key: str,
    form: Any,
    act: Callable[..., Any],
    done: str,
    given: dict[str, Any],
) -> HttpResponse:
    """Do it; what is refused comes back with the words the person wrote."""
    if not form.is_valid():
        return _show(request, key, **given)
    said = {name: v for name, v in form.cleaned_data.items() if not name.startswith(SCORE)}
    if "evidence" in said:
        said["scores"] = form.scores
    again = partial(_show, request, key, **given)
    return carried_out(act, said, request, key, again, (done, "project_review"))
