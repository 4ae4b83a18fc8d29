"""Drafts: saved as they are typed, in no act, their own unit's alone."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, NotFound
from luodi.orgs.queries import name_of
from luodi.orgs.rules import Viewer

from ..models import Report, ReportDraft
from ..queries.reports import report_for
from ..rules.reporting import WRITABLE, may_draft


@dataclass(frozen=True)
class Words:
    """What a report says, as typed. `figures` are amounts as typed by indicator key."""

    text: str = ""
    problem: str = ""
    nothing_new: str = ""
    figures: dict[str, str] = field(default_factory=dict)
    claimed: int | None = None


def save_draft(
    *, report: str, words: Words, version: int, viewer: Viewer, by: str, at: datetime
) -> ReportDraft:
    """Keep what is typed. `version` is that of the draft typed over, 0 for none.

    Somebody else of the unit saved meanwhile: `Conflict` names them; nothing is overwritten.
    """
    row = report_for(viewer, report, Moment(at))
    if not may_draft(viewer, row.unit):
        raise NotFound(_("没有这份报告，或者不在您的查看范围内。"))
    if row.stage not in WRITABLE:
        raise Closed(_("报告已经提交，不能再改；需要修改请先撤回，或请审核人退回。"))
    typed = {
        **asdict(words),
        "nothing_new": words.nothing_new[:300],
        "saved_at": at,
        "saved_by": by,
    }
    if version:
        _overwrite(report, version, typed)
    else:
        _begin(report, typed)
    return ReportDraft.objects.get(report=report)


def _overwrite(report: str, version: int, typed: dict[str, Any]) -> None:
    rows = ReportDraft.objects.filter(report=report, version=version)
    if not rows.update(version=F("version") + 1, **typed):
        raise Conflict(_somebody_else(report))


def _begin(report: str, typed: dict[str, Any]) -> None:
    owner = Report.objects.get(key=report)
    scope = {name: getattr(owner, name) for name in ("city", "zone", "unit", "enterprise")}
    try:
        with transaction.atomic():
            ReportDraft.objects.create(report_id=report, **typed, **scope)
    except IntegrityError as error:
        raise Conflict(_somebody_else(report)) from error


def _somebody_else(report: str) -> str:
    draft = ReportDraft.objects.filter(report=report).first()
    name = name_of(draft.saved_by) if draft else "—"
    return _("%(name)s 刚刚也在填这一条，您的文字还在页面上，没有覆盖对方的。") % {"name": name}
