"""The pivot and the working of its cells."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.audit.queries import moment_on
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.common.sheets import workbook
from luodi.common.views import SHEET, download
from luodi.indicators.choices import PeriodKind, Purpose
from luodi.kit.calendars import KINDS
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from ..actions import drop_question, keep_question, record_reading
from ..cards import charts, map_chart
from ..choices import Across, Basis, Cut, Shows
from ..queries import pivots as queries
from ..queries import workings
from ..queries.maps import mapped
from ..queries.questions import kept_questions
from ..queries.scope import Reader, reader_for
from ..rules.questions import Question, read_period, read_question
from ..tables import comma_separated, csv_rows, matrix

CSV = "text/csv; charset=utf-8"


def as_known_on(day: date | None, moment: Moment) -> Moment:
    """The moment of a day in the past; that of the page for any other."""
    return moment_on(day) if day and day < moment.today else moment


def reader_of(request: HttpRequest) -> Reader:
    """The viewer with the grants that hold at the present instant."""
    return reader_for(request.viewer, Moment(request.at).today)


@admit(*BUSINESS)
@require_GET
def pivot(request: HttpRequest) -> HttpResponse:
    """Units, periods and indicators against each other; down as Excel or CSV."""
    asked = dict(request.GET.lists())
    question = read_question(asked, queries.WORDS, request.moment.today)
    moment = as_known_on(question.on, request.moment)
    found = queries.pivot(reader_of(request), question, moment)
    record_reading(grants=found.grants, by=request.viewer.person, at=request.at)
    wanted = request.GET.get("export", "")
    if wanted == "xlsx":
        return download(workbook(_("透视"), *matrix(found)), _("透视.xlsx"), SHEET)
    if wanted == "csv":
        return download(comma_separated(*csv_rows(found)), _("透视.csv"), CSV)
    context = {
        "pivot": found,
        "question": question,
        "choices": queries.choices(request.viewer, question, moment),
        "moment_shown": moment,
        "words": _words(question),
        "charts": charts(found) if request.GET.get("draw") == "1" and found.drawable else [],
        "map": _map(request, question, moment),
        "kept": kept_questions(request.viewer.person),
        "may_release": request.viewer.has(Role.OFFICE, Role.STATISTICIAN),
    }
    return render(request, "analysis/pivot.html", context)


def _map(request: HttpRequest, question: Question, moment: Moment) -> dict[str, object] | None:
    """The map of the question's first indicator, where one is asked for."""
    if request.GET.get("draw") != "map":
        return None
    found = mapped(reader_of(request), question, moment)
    return {"chart": map_chart(found), "mapped": found} if found else {"chart": ""}


def _words(question: Question) -> dict[str, list[tuple[str, object, bool]]]:
    """The short lists of the form: stored word, label, and whether it is chosen."""
    kinds = {kind.value: kind.label for kind in PeriodKind}
    return {
        "kinds": [(kind, kinds[kind], kind == question.kind) for kind in KINDS],
        "purposes": [(p.value, p.label, p == question.purpose) for p in Purpose],
        "shows": [(s.value, s.label, s in question.shows) for s in Shows],
        "across": [(a.value, a.label, a == question.across) for a in Across],
        "cuts": [(c.value, c.label, c == question.cut) for c in Cut],
        "bases": [(b.value, b.label, b == question.basis) for b in Basis],
    }


@admit(*BUSINESS)
@require_GET
def working(request: HttpRequest) -> HttpResponse:
    """How one cell came about: its steps, its figures, who brought them, what they revised."""
    given = dict(request.GET.lists())
    period = given.pop("period", [""])
    if read_period(period[0]) is None:
        raise NotFound(_("没有这个时期。"))
    question = read_question(
        {**given, "from": period, "to": period}, queries.WORDS, request.moment.today
    )
    moment = as_known_on(question.on, request.moment)
    found = workings.working(reader_of(request), question, moment)
    record_reading(grants=found.grants, by=request.viewer.person, at=request.at)
    context = {
        "working": found,
        "question": question,
        "moment_shown": moment,
        "purpose": Purpose(question.purpose).label,
        "shows": Shows(question.shows[0]).label,
    }
    return render(request, "analysis/working.html", context)


@admit(*BUSINESS)
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep a question under a name, for oneself."""
    question = read_question(dict(request.POST.lists()), queries.WORDS, request.moment.today)
    title = request.POST.get("title", "")
    keep_question(title=title, address=question.address, by=request.viewer.person, at=request.at)
    messages.success(request, _("已存入我的查询。"))
    return redirect(f"{reverse('pivot')}?{question.address}")


@admit(*BUSINESS)
@require_POST
def drop(request: HttpRequest) -> HttpResponse:
    """Drop a kept question."""
    drop_question(title=request.POST.get("title", ""), by=request.viewer.person, at=request.at)
    return redirect("pivot")
