"""Pages of papers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.audit.queries import acts_on
from luodi.common.keys import subject_key
from luodi.common.refusals import Incomplete, Mendable, NotFound
from luodi.common.views import PDF, WORD, download, sheet_response, whole_number
from luodi.documents.queries import content_of as bytes_of
from luodi.documents.rules import check_size
from luodi.orgs.choices import Role
from luodi.orgs.queries import names_of, unit_names
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit

from . import actions, exports, queries
from .choices import PaperKind, PaperStage
from .forms import FiledForm, NoticeForm, SeenForm
from .models import PaperState
from .rules.notices import compose_notice
from .tables import paper_table

HANDLERS = (Role.OFFICE, Role.SECTION_HEAD, Role.LEADER_IN_CHARGE)


@admit(*BUSINESS)
@require_GET
def papers(request: HttpRequest) -> HttpResponse:
    """The list."""
    rows = queries.papers_of(request.viewer, request.moment)
    table = paper_table(rows, request.GET.dict())
    if table.wants_sheet:
        return sheet_response(table, _("文稿"))
    drafts = bool(queries.office_of(request.viewer)) and not request.moment.is_past
    return render(request, "papers/papers.html", {"table": table, "drafts": drafts})


@admit(*BUSINESS)
@require_GET
def paper(request: HttpRequest, key: str) -> HttpResponse:
    """One paper: the page of the snapshot, its stages, what can be done, its timeline."""
    state = queries.state_for(request.viewer, key, request.moment)
    return render(request, "papers/paper.html", _context(request, state))


def _context(request: HttpRequest, state: PaperState) -> dict[str, Any]:
    people = names_of(p for p in (state.drafted_by, state.checked_by, state.signed_by) if p)
    return {
        "state": state,
        "paper": state.paper,
        "content": queries.content_of(state),
        "issued": queries.issued_of(state),
        "unit": unit_names({state.paper.unit}, request.moment).get(state.paper.unit, ""),
        "people": {
            "drafted": people.get(state.drafted_by, ""),
            "checked": people.get(state.checked_by, ""),
            "signed": people.get(state.signed_by, ""),
        },
        "moves": queries.moves_for(state, request.viewer.person, request.moment),
        "policy": queries.policy_for(
            state.paper.city, state.paper.kind, request.moment, state.paper.unit
        ),
        "about": queries.about_of(state, request.viewer),
        "differences": queries.differences_of(state),
        "events": queries.timeline(state.paper_id, request.moment),
        "is_notice": state.paper.kind == PaperKind.NOTICE,
        "stages": PaperStage.choices,
    }


@admit(Role.OFFICE)
@require_http_methods(["GET", "POST"])
def new_notice(request: HttpRequest) -> HttpResponse:
    """Begin a notice."""
    form = NoticeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key = _open_notice(request, form)
        messages.success(request, _("底稿已建立，核对后可送审。"))
        return redirect("notice_draft", key=key)
    return render(request, "papers/notice.html", {"form": form, "state": None})


def _open_notice(request: HttpRequest, form: NoticeForm) -> str:
    viewer = request.viewer
    paper = actions.open_paper(
        kind=PaperKind.NOTICE,
        title=form.cleaned_data["title"],
        city=viewer.city,
        unit=queries.office_of(viewer),
        by=viewer.person,
        at=request.at,
    )
    actions.save_own_words(
        paper=paper.key, paragraphs=form.words(), version=0, by=viewer.person, at=request.at
    )
    return paper.key


@admit(Role.OFFICE)
@require_http_methods(["GET", "POST"])
def notice_draft(request: HttpRequest, key: str) -> HttpResponse:
    """Go on with a notice."""
    state = _notice_in_draft(request, key)
    draft = queries.draft_of(state.paper)
    form = NoticeForm(request.POST or None, initial={**draft.paragraphs, "version": draft.version})
    if request.method == "POST" and form.is_valid():
        _said, removed = actions.save_own_words(
            paper=key,
            paragraphs=form.words(),
            version=form.cleaned_data["version"] or 0,
            by=request.viewer.person,
            at=request.at,
        )
        messages.success(request, _("底稿已保存。"))
        _tell_removed(request, removed)
        return redirect("notice_draft", key=key)
    return render(request, "papers/notice.html", {"form": form, "state": state})


def _notice_in_draft(request: HttpRequest, key: str) -> PaperState:
    state = queries.state_for(request.viewer, key, request.moment)
    if state.paper.kind != PaperKind.NOTICE or queries.is_frozen(state):
        raise NotFound(_("这份文稿不在拟稿中。"))
    return state


@admit(Role.OFFICE)
@require_POST
def words(request: HttpRequest, key: str) -> HttpResponse:
    """Keep what is being typed; answers with the new version and the time."""
    queries.state_for(request.viewer, key, request.moment)
    said = {name: value for name, value in request.POST.items() if name not in NOT_WORDS}
    draft, _removed = actions.save_own_words(
        paper=key,
        paragraphs=said,
        version=whole_number(request.POST.get("version", "")) or 0,
        by=request.viewer.person,
        at=request.at,
    )
    return JsonResponse({"version": draft.version, "saved": _("已自动保存")})


NOT_WORDS = {"version", "csrfmiddlewaretoken"}


@admit(Role.OFFICE)
@require_POST
def submit_notice(request: HttpRequest, key: str) -> HttpResponse:
    """Freeze the notice and hand it on to be checked."""
    state = _notice_in_draft(request, key)
    own = queries.draft_of(state.paper).paragraphs
    if not own.get("body", "").strip():
        raise Incomplete(_("正文还是空的，写好并保存后再送审。"))
    unit = state.paper.unit
    name = unit_names({unit}, request.moment).get(unit, "")
    content = compose_notice(own, name, request.moment.today.year)
    last = acts_on(subject_key("paper", key), request.moment).last()
    _frozen, removed = actions.freeze_paper(
        paper=key,
        content=content,
        position=last.position if last else 0,
        by=request.viewer.person,
        at=request.at,
    )
    _tell_removed(request, removed)
    messages.success(request, _("已定稿送审，等待审核。"))
    return redirect("paper", key=key)


def _tell_removed(request: HttpRequest, removed: int) -> None:
    if removed:
        note = _("文字里有 %d 个看不见的控制字符，已去掉，其余未动。") % removed
        messages.warning(request, note)


@admit(*HANDLERS)
@require_POST
def check(request: HttpRequest, key: str) -> HttpResponse:
    """审核"""
    seen = _seen(request, key)["seen"]
    actions.check_paper(paper=key, seen=seen, by=request.viewer.person, at=request.at)
    messages.success(request, _("已审核，等待签发。"))
    return redirect("paper", key=key)


@admit(*BUSINESS)
@require_POST
def sign(request: HttpRequest, key: str) -> HttpResponse:
    """签发"""
    seen = _seen(request, key)["seen"]
    state = actions.sign_paper(
        paper=key, seen=seen, render=exports.render, by=request.viewer.person, at=request.at
    )
    messages.success(request, _("已签发，编号 %s，Word 和 Excel 已生成。") % state.number)
    return redirect("paper", key=key)


@admit(*BUSINESS)
@require_POST
def send_back(request: HttpRequest, key: str) -> HttpResponse:
    """退回重拟"""
    said = _seen(request, key)
    actions.send_back_paper(
        paper=key, seen=said["seen"], why=said["why"], by=request.viewer.person, at=request.at
    )
    messages.success(request, _("已退回拟稿人，理由已记录。"))
    return redirect("paper", key=key)


def _seen(request: HttpRequest, key: str) -> dict[str, Any]:
    """The cleaned step form, for a paper the viewer may see."""
    queries.state_for(request.viewer, key, request.moment)
    form = SeenForm(request.POST)
    if not form.is_valid():
        raise Mendable(_("页面已过期，请刷新后再办理；没有写入任何内容。"))
    return form.cleaned_data


@admit(Role.OFFICE)
@require_POST
def file_back(request: HttpRequest, key: str) -> HttpResponse:
    """回存：the signed Word file, edited outside, is read again and compared."""
    queries.state_for(request.viewer, key, request.moment)
    form = FiledForm(request.POST, request.FILES)
    if not form.is_valid():
        raise Incomplete(_("请先选择要回存的 Word 文件。"))
    file = form.cleaned_data["file"]
    check_size(file.size or 0)
    found = actions.file_back(
        paper=key,
        seen=form.cleaned_data["seen"],
        name=file.name,
        data=file.read(),
        by=request.viewer.person,
        at=request.at,
    )
    said = {"figures": len(found.changes), "lines": found.lines}
    if found.changes:
        note = _("已回存。数字与签发稿不一致 %(figures)d 处，已逐条列出；文字不同 %(lines)d 行。")
        messages.warning(request, note % said)
    else:
        note = _("已回存。数字与签发稿全部一致；文字不同 %(lines)d 行。") % said
        messages.success(request, note)
    return redirect("paper", key=key)


@admit(*BUSINESS)
@require_GET
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """The Word file of a paper that isn't signed yet, for its office only; it says so."""
    state = queries.state_for(request.viewer, key, request.moment)
    content = queries.content_of(state)
    if state.paper.unit not in queries.office_units(request.viewer, request.moment):
        raise NotFound(_("没有这份文稿，或不在您的范围内。"))
    if content is None:
        raise Incomplete(_("还没有定稿，没有可以预览的 Word 文件。"))
    name = _("未签发草稿 %s.docx") % state.title
    return download(exports.write_word(content, None), name, WORD)


@admit(*BUSINESS)
@require_GET
def word(request: HttpRequest, key: str) -> HttpResponse:
    """The Word file as signed."""
    return _file(request, key, "word_file")


@admit(*BUSINESS)
@require_GET
def sheet(request: HttpRequest, key: str) -> HttpResponse:
    """The Excel file as signed."""
    return _file(request, key, "sheet_file")


@admit(*BUSINESS)
@require_GET
def pdf(request: HttpRequest, key: str) -> HttpResponse:
    """A PDF of the paper as signed, from the same frozen content as its Word file."""
    state = queries.state_for(request.viewer, key, request.moment)
    content, issued = queries.content_of(state), queries.issued_of(state)
    if content is None or issued is None or state.word_file is None:
        raise NotFound(_("这份文稿还没有签发，没有可以下载的文件。"))
    name = state.word_file.name.removesuffix(".docx")
    return download(exports.write_pdf(content, issued), f"{name}.pdf", PDF)


@admit(*BUSINESS)
@require_GET
def filed(request: HttpRequest, key: str) -> HttpResponse:
    """The copy that was filed back last, for the office."""
    state = queries.state_for(request.viewer, key, request.moment)
    if state.paper.unit not in queries.office_units(request.viewer, request.moment):
        raise NotFound(_("没有这份文稿，或不在您的范围内。"))
    return _file(request, key, "filed_file")


def _file(request: HttpRequest, key: str, which: str) -> HttpResponse:
    state = queries.state_for(request.viewer, key, request.moment)
    file = getattr(state, which)
    if file is None:
        raise NotFound(_("这份文稿还没有签发，没有可以下载的文件。"))
    return download(bytes_of(file), file.name, file.media_type)


@admit(*BUSINESS)
@require_GET
def source(request: HttpRequest, key: str, figure: str) -> HttpResponse:
    """The source drawer of one figure."""
    state = queries.state_for(request.viewer, key, request.moment)
    found = queries.source_of(state, figure)
    part = "papers/source.html" if request.htmx else "papers/source_page.html"
    return render(request, part, {"source": found, "state": state})
