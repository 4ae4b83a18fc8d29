"""Comparing a document with others of its city: where they differ becomes findings of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete, NotAllowed, NotFound
from luodi.kit.findings import Across, compare
from luodi.kit.problems import Problem
from luodi.orgs.choices import Role
from luodi.orgs.queries import viewer_of_person
from luodi.reading.models import Document
from luodi.reading.queries import must_hold, read_again, states_for

from .checking import Checked, keep_findings

MOST_COMPARED = 8


def compare_documents(*, document: str, others: Sequence[str], by: str, at: datetime) -> Checked:
    """Compare a document with others of its city; each finding names its places in those too.

    A later comparison with the same documents that no longer has one says so; decisions stay.
    """
    chosen = [key for key in dict.fromkeys(others) if key != document]
    if not chosen:
        raise Incomplete(_("请至少选择一份要比较的文件。"))
    if len(chosen) > MOST_COMPARED:
        raise Incomplete(_("一次最多与 %(n)d 份文件比较，请分几次。") % {"n": MOST_COMPARED})
    _must_reach([document, *chosen], by, at)
    files = Document.objects.select_related("file").in_bulk([document, *chosen])
    own, *rest = [read_again(files[key]) for key in (document, *chosen)]
    across = compare([one.compiled for one in (own, *rest)])
    with transaction.atomic():
        held = Document.objects.select_for_update().get(key=document)
        must_hold(held, own)
        subjects = [subject_key("document", key) for key in (document, *chosen)]
        scope = {"city": held.city}
        with perform("compare_documents", by=by, at=at, subjects=subjects, scope=scope) as deed:
            found = [problem for one in across if (problem := _of_the_first(one, chosen))]
            checked = keep_findings(
                document=held, text=own.source.text, found=found, against=chosen, deed=deed
            )
            deed.payload |= {"new": checked.new, "gone": checked.gone}
    return checked


def _must_reach(documents: Sequence[str], by: str, at: datetime) -> None:
    viewer = viewer_of_person(by)
    if not viewer.has(Role.OFFICE):
        raise NotAllowed(_("检查结果由专班办公室处理。"))
    known = states_for(viewer, Moment(at)).filter(document__in=documents)
    if known.count() != len(set(documents)):
        raise NotFound(_("没有这份文件，或者它还没有入库。"))


def _of_the_first(across: Across, others: Sequence[str]) -> Problem | None:
    """What lies between the first file and others, as a finding of the first; else None."""
    own = tuple(span for file, span in across.places if file == 0)
    elsewhere = [[others[file - 1], *span] for file, span in across.places if file]
    if not own or not elsewhere:
        return None
    one = across.problem
    return Problem(one.code, one.severity, one.message, own, one.params | {"others": elsewhere})
