"""A filing down to Excel and up again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.common.refusals import Incomplete
from luodi.common.views import SHEET, download
from luodi.orgs.views import admit

from .. import actions
from ..queries.filings import standing_of
from ..queries.workbooks import marked_file, require_small, workbook_of
from .filings import READERS, RESPONDENTS


@admit(*READERS)
@require_GET
def workbook(request: HttpRequest, key: str) -> HttpResponse:
    """The filing as a workbook: what is typed and known stands in it."""
    name, data = workbook_of(request.viewer, key, request.moment)
    return download(data, name, SHEET)


def given_file(request: HttpRequest) -> tuple[str, bytes]:
    """(name, bytes) of the uploaded file, refused by its size before it is read."""
    given = request.FILES.get("file")
    if given is None:
        raise Incomplete(_("请选择要上传的文件。"))
    require_small(given.size)
    return str(given.name), given.read()


@admit(*RESPONDENTS)
@require_POST
def take_workbook(request: HttpRequest, key: str) -> HttpResponse:
    """An upload: into the draft, or only checked and handed back with its faults marked."""
    standing_of(request.viewer, key, request.moment)
    name, data = given_file(request)
    if request.POST.get("do") == "mark":
        marked, _faults = marked_file(request.viewer, key, name, data, request.moment)
        stem = name.rpartition(".")[0] or name
        return download(marked, _("%(name)s（已标注）.xlsx") % {"name": stem[:80]}, SHEET)
    taken = actions.take_workbook(
        filing=key, name=name, data=data, viewer=request.viewer, by=request.viewer.person,
        at=request.at,
    )  # fmt: skip
    for note in taken.notes:
        messages.info(request, note)
    if taken.formulas:
        said = _("有 %(count)d 格是公式，取的是文件里存下的结果。")
        messages.info(request, said % {"count": taken.formulas})
    if taken.known:
        said = _("有 %(count)d 格的数已从别处得知，没有改动。")
        messages.info(request, said % {"count": taken.known})
    saved = taken.saved
    if saved and saved.conflicts:
        said = _("有 %(count)d 格同事刚刚填了别的数，两个数都留着，请定下用哪个。")
        messages.warning(request, said % {"count": len(saved.conflicts)})
    if saved and saved.faults:
        said = _("已存入草稿 %(count)d 格，其中 %(faults)d 处有问题，请看表中标出的格。")
        messages.warning(request, said % {"count": taken.changed, "faults": len(saved.faults)})
    else:
        messages.success(request, _("已存入草稿 %(count)d 格。") % {"count": taken.changed})
    return redirect("filing", key)
