"""Evaluations of plans: the list, one of them, its report, the public version."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luodi.common.languages import language
from luodi.common.refusals import Refusal
from luodi.common.views import WORD, download, sheet_response
from luodi.documents.queries import content_of
from luodi.indicators.queries.pages import goal_text
from luodi.indicators.queries.planned import goals_of_document, later_goals
from luodi.orgs.choices import Role
from luodi.orgs.queries import unit_names
from luodi.orgs.rules import BUSINESS, UNIT_ROLES
from luodi.orgs.views import admit
from luodi.papers.choices import PaperStage
from luodi.papers.exports import write_word
from luodi.plans.queries import plans_of

from .. import forms, queries
from ..queries.evaluation_pages import EvaluationPage
from ..tables import due_table, evaluations_table, judged_table


@admit(*BUSINESS)
@require_GET
def evaluations(request: HttpRequest) -> HttpResponse:
    """All evaluations, and what the city's rules ask for."""
    return show_list(request)


def show_list(
    request: HttpRequest, refusal: Refusal | None = None, given: Any = None
) -> HttpResponse:
    """The list; a new evaluation that was refused keeps what was written."""
    viewer, moment = request.viewer, request.moment
    empty = _("还没有规划评估。专班办公室开展评估后，会出现在这里。")
    table = evaluations_table(queries.evaluations(viewer, moment), request.GET.dict(), empty)
    if table.wants_sheet:
        return sheet_response(table, _("规划评估"))
    form = None
    if viewer.has(Role.OFFICE) and not moment.is_past:
        plans = [(plan.key, plan.title) for plan in plans_of(viewer, moment)]
        form = forms.EvaluationForm(given, plans=plans)
    context = {
        "table": table,
        "due": due_table(queries.due_evaluations(viewer, moment)),
        "form": form,
        "error": refusal.sentence if refusal else "",
    }
    status = refusal.status if refusal else 422 if given else 200
    return render(request, "assessment/evaluations.html", context, status=status)


@admit(*BUSINESS)
@require_GET
def evaluation(request: HttpRequest, key: str) -> HttpResponse:
    """One evaluation: what was judged, and what units and third parties say beside it."""
    return show(request, key)


@admit(*BUSINESS)
@require_GET
def opinion_file(request: HttpRequest, key: str, other: str) -> HttpResponse:
    """The paper of a third party, for whoever may read what it says."""
    page = queries.evaluation_page(request.viewer, key, request.moment)
    file = queries.opinion_file(page, other)
    return download(content_of(file), file.name, file.media_type)


def show(
    request: HttpRequest, key: str, refusal: Refusal | None = None, **given: Any
) -> HttpResponse:
    """The page; a form that came back keeps what was written."""
    page = queries.evaluation_page(request.viewer, key, request.moment)
    given = {name: _looked_again(what, page.seen) for name, what in given.items()}
    empty = (
        _("这份规划没有可评的内容。") if page.all_shown else _("没有由您所在单位负责的目标和举措。")
    )
    table = judged_table(page.rows, request.GET.dict(), empty)
    if table.wants_sheet:
        return sheet_response(table, _("规划评估 %(period)s") % {"period": page.row.period})
    context = {
        "page": page,
        "row": page.row,
        "table": table,
        "error": refusal.sentence if refusal else "",
        "told": [row for row in page.rows if row.selves or row.opinions],
        **page_forms(request, page, **given),
    }
    status = refusal.status if refusal else 422 if given else 200
    return render(request, "assessment/evaluation.html", context, status=status)


def page_forms(request: HttpRequest, page: EvaluationPage, **given: Any) -> dict[str, Any]:
    """The forms the viewer may use now; one of them bound where it came back."""
    if request.moment.is_past:
        return {}
    seen, stage = {"seen": page.seen}, page.state.stage
    names = {move.name: move.label(language()) for move in page.moves}
    rows = [(row.subject, row.title) for row in page.rows]
    found: dict[str, Any] = {}
    own = own_choices(request, page)
    if stage == "open" and own:
        found["self_form"] = forms.SelfEvaluationForm(given.get("self"), rows=own)
    if stage in ("open", "judged") and "office" in page.roles:
        found["opinion_form"] = forms.OpinionForm(*given.get("opinion", ()), rows=rows)
    if stage == "judged" and "office" in page.roles:
        found["adjust_form"] = forms.AdjustmentForm(given.get("adjust"), rows=rows)
    if "judge" in names:
        found["judge_form"] = forms.EvaluationSeenForm(given.get("judge"), initial=seen)
    if "conclude" in names:
        found["conclude_form"] = forms.ConclusionForm(given.get("conclude"), initial=seen)
    moves = [(name, names[name]) for name in ("reopen", "withhold") if name in names]
    if moves:
        found["move_form"] = forms.EvaluationMoveForm(given.get("move"), initial=seen, moves=moves)
    found["changes"] = [(one, change_form(request, page, one)) for one in page.adjustments]
    return found


def _looked_again(given: Any, seen: int) -> Any:
    """What came back, over the state this page shows: looked at again, it can be sent again."""
    if not hasattr(given, "copy") or "seen" not in given:
        return given
    fresh = given.copy()
    fresh["seen"] = seen
    return fresh


def own_choices(request: HttpRequest, page: EvaluationPage) -> list[tuple[str, str]]:
    """The rows the viewer's units answer for, as `unit|subject` with the unit named."""
    viewer = request.viewer
    names = unit_names(viewer.units, request.moment)
    return [
        (f"{unit}|{row.subject}", f"{row.title} · {names.get(unit, '')}")
        for row in page.own_rows(viewer)
        for unit in row.units
        if viewer.acts_for(unit, *UNIT_ROLES)
    ]


def change_form(request: HttpRequest, page: EvaluationPage, one: Any) -> Any:
    """What may be done with a proposed change now; None where nothing."""
    first = {"seen": one.seen}
    if one.stage == "proposed" and "publisher" in page.roles:
        return forms.AdjustmentDecisionForm(initial=first)
    if one.stage == "agreed" and "office" in page.roles:
        goals = later_choices(request, page, one.subject)
        return forms.AdjustmentLinkForm(initial=first, goals=goals) if goals else None
    return None


def later_choices(request: HttpRequest, page: EvaluationPage, subject: str) -> list[Any]:
    """The targets of later documents that may stand in the place of one of this plan."""
    viewer, moment, old = request.viewer, request.moment, subject.partition(":")[2]
    goals = goals_of_document(viewer, page.evaluation.plan.document, moment)
    later = later_goals(viewer, [g for g in goals if g.key == old], moment).get(old, [])
    return [
        (goal.key, f"{goal.definition.name} {goal_text(goal.state, goal.definition.measured_in)}")
        for goal in later
    ]


@admit(Role.OFFICE)
@require_GET
def report(request: HttpRequest, key: str) -> HttpResponse:
    """The report as it would be frozen; a frozen one is shown as its paper."""
    page = queries.evaluation_page(request.viewer, key, request.moment)
    if page.paper and page.paper.stage != PaperStage.DRAFTED:
        return redirect("paper", key=page.paper.paper_id)
    content = queries.compose_report(key, request.viewer, request.moment)
    if request.GET.get("export") == "docx":
        return download(
            write_word(content, None), _("未签发草稿 %s.docx") % content.head.title, WORD
        )
    ready = page.state.stage == "concluded" and not request.moment.is_past
    context = {"page": page, "row": page.row, "content": content, "ready": ready}
    return render(request, "assessment/evaluation_report.html", context)


@admit(*BUSINESS)
@require_GET
def public_page(request: HttpRequest, key: str) -> HttpResponse:
    """Exactly what would be public, or what it was decided to publish."""
    page = queries.evaluation_page(request.viewer, key, request.moment)
    version = queries.public_version(page, request.moment)
    ready = version is not None or (page.all_shown and not page.live)
    content = version.content if version else queries.public_content(page) if ready else None
    names = {move.name for move in page.moves}
    form = forms.EvaluationSeenForm(initial={"seen": page.seen}) if "publish" in names else None
    context = {
        "page": page,
        "row": page.row,
        "version": version,
        "content": content,
        "form": None if request.moment.is_past else form,
    }
    return render(request, "assessment/evaluation_public.html", context)
