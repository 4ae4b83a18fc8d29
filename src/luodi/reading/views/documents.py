"""The list of documents, the import, the reading room, adopting."""

from __future__ import annotations

import hashlib
import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.common.refusals import Incomplete
from luodi.common.tables import Table
from luodi.common.views import sheet_response
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS
from luodi.orgs.views import admit
from luodi.reading import actions, queries
from luodi.reading.forms import ImportForm
from luodi.reading.tables import COLUMNS

from .cards import cards_changed

TABS = {"cards", "findings", "exhibits"}
MOST_CARDS = 3
"""More than these are fetched anew together."""
PLACE = re.compile(r"(\d{1,9})-(\d{1,9})")


@admit(*BUSINESS)
@require_GET
def documents_list(request: HttpRequest) -> HttpResponse:
    """What was imported, with its stage and how much is left to check."""
    empty = _(
        "这里放规划、方案、通知等文件。还没有文件：专班办公室可以点“导入文件”，拖入或粘贴一份。"
    )
    if not request.viewer.has(Role.OFFICE):
        empty = _("这里放已入库的规划、方案和通知。专班办公室核对入库后，会出现在这里。")
    rows = queries.documents_list(request.viewer, request.moment)
    table = Table("documents", COLUMNS, rows, request.GET, empty)
    if table.wants_sheet:
        return sheet_response(table, _("资料"))
    context = {"table": table, "may_import": request.viewer.has(Role.OFFICE)}
    return render(request, "reading/documents_list.html", context)


@admit(Role.OFFICE)
@require_http_methods(["GET", "POST"])
def import_document(request: HttpRequest) -> HttpResponse:
    """Drag in a file, choose one, or paste text; then watch it being read."""
    posted = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if posted else ImportForm()
    if posted and form.is_valid():
        return _take_in(request, form)
    status = 422 if posted else 200
    return render(request, "reading/import.html", {"form": form}, status=status)


def _take_in(request: HttpRequest, form: ImportForm) -> HttpResponse:
    name, data = form.content()
    viewer = request.viewer
    known = queries.document_with(viewer.city, hashlib.sha256(data).hexdigest())
    if known:
        messages.warning(request, _("这份文件已经导入过，没有再次导入；这就是它的阅读室。"))
        return redirect("document", key=known.key)
    job = actions.ask_to_import(
        name=name,
        data=data,
        city=viewer.city,
        unit=viewer.unit,
        by=viewer.person,
        at=request.at,
    )
    return redirect("job", key=job.key)


@admit(*BUSINESS)
@require_GET
def document(request: HttpRequest, key: str) -> HttpResponse:
    """The reading room: the source, and the commitments read from it; or only the latter."""
    side = request.htmx and request.headers.get("HX-Target") == "side"
    part = "reading/side_answer.html" if side else "reading/room.html"
    return render(request, part, room_context(request, key))


def place_in(words: str) -> tuple[int, int] | None:
    """The span that an address asks for, as in `?at=120-150`."""
    place = PLACE.fullmatch(words)
    return (int(place[1]), int(place[2])) if place else None


def room_context(request: HttpRequest, key: str) -> dict[str, object]:
    """What the room and its parts are rendered from."""
    at = place_in(request.GET.get("at", ""))
    decides = request.viewer.has(Role.OFFICE) and not request.moment.is_past
    tab = request.GET.get("tab", "")
    order, view = request.GET.get("order", ""), request.GET.get("view", "")
    room = queries.reading_room(request.viewer, key, request.moment, at, order, view)
    return {
        "room": room,
        "counts": room.counts,
        "key": key,
        "order": room.order,
        "view": view,
        "asked": f"{at[0]}-{at[1]}" if at else "",
        "tab": tab if tab in TABS else "cards",
        "may_decide": decides and room.under_review,
    }


@admit(Role.OFFICE)
@require_POST
def accept_certain(request: HttpRequest, key: str) -> HttpResponse:
    """Accept all cards that nothing speaks against."""
    queries.state_for(request.viewer, key, request.moment)
    count = actions.accept_certain(document=key, by=request.viewer.person, at=request.at)
    said = ngettext("采纳了 %(n)d 条无疑问的。", "采纳了 %(n)d 条无疑问的。", count)
    messages.success(request, said % {"n": count})
    if request.htmx:
        return cards_changed(part="side")
    return redirect("document", key=key)


@admit(Role.OFFICE)
@require_POST
def undo_last(request: HttpRequest, key: str) -> HttpResponse:
    """Take back one's own last step in this document."""
    queries.state_for(request.viewer, key, request.moment)
    undone = actions.undo_last(document=key, by=request.viewer.person, at=request.at)
    if request.htmx:
        several = "side" if len(undone.cards) > MOST_CARDS else "cards"
        return cards_changed(*undone.cards, part="room" if undone.whole else several)
    count = len(undone.cards)
    said = ngettext("撤销了上一步（%(n)d 条）。", "撤销了上一步（%(n)d 条）。", count)
    messages.success(request, said % {"n": count})
    return redirect("document", key=key)


@admit(Role.OFFICE)
@require_POST
def adopt(request: HttpRequest, key: str) -> HttpResponse:
    """Turn what was accepted into records."""
    queries.state_for(request.viewer, key, request.moment)
    try:
        actions.adopt_document(document=key, by=request.viewer.person, at=request.at)
    except Incomplete as refusal:
        messages.error(request, refusal.sentence)
        left = "?order=left" if refusal.code == "document.undecided" else ""
        response = redirect("document", key=key)
        response["Location"] += left
        return response
    messages.success(request, _("已入库：采纳的条目已成为台账，每一条都连着原文的句子。"))
    return redirect("document", key=key)
