"""Objections to grades: the list of a grading, one of them, those of a firm."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.common.doors import Found
from luodi.common.keys import subject_key
from luodi.common.languages import language
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.documents.models import Attachment
from luodi.orgs.queries import enterprise_names, visible
from luodi.orgs.rules import Viewer

from ..flows import GRADING_OBJECTION
from ..models import GradingObjection, GradingObjectionState
from ..rules.gradings import input_titles
from .gradings import rule_of_run


@dataclass(frozen=True)
class GradingObjectionRow:
    """An objection in words."""

    key: str
    grading: str
    enterprise: str
    firm: str
    unit: str
    run: str
    by_firm: bool
    about: str
    about_title: str
    claimed: str
    words: str
    at: datetime
    stage: str
    stage_label: str
    reply: str
    corrected: str
    answered_on: date | None
    seen: int
    files: tuple[tuple[str, str], ...] = ()


def _states(viewer: Viewer, moment: Moment) -> QuerySet[GradingObjectionState]:
    mine = visible(GradingObjection.objects.at(moment), viewer)
    rows = GradingObjectionState.objects.at(moment).filter(objection__in=mine)
    return rows.select_related("objection__run", "objection__act").order_by("-objection__act")


def grading_objections_of(
    grading: str, viewer: Viewer, moment: Moment, enterprise: str = ""
) -> list[GradingObjectionRow]:
    """The objections of a grading a viewer may see, or one firm's; the newest first."""
    rows = _states(viewer, moment).filter(objection__grading=grading)
    if enterprise:
        rows = rows.filter(objection__enterprise=enterprise)
    return _in_words(rows, moment)


def grading_objection_for(key: str, viewer: Viewer, moment: Moment) -> GradingObjectionRow:
    """One objection within the viewer's scope, or `NotFound`."""
    found = _in_words(_states(viewer, moment).filter(objection=key), moment)
    if not found:
        raise NotFound(_("没有这份异议，或者不归您管。"))
    return found[0]


def _in_words(states: Iterable[GradingObjectionState], moment: Moment) -> list[GradingObjectionRow]:
    rows = list(states)
    firms = enterprise_names({row.objection.enterprise for row in rows}, moment)
    subjects = {subject_key("grading_objection", row.objection_id): row for row in rows}
    files: dict[str, list[tuple[str, str]]] = {}
    attached = Attachment.objects.at(moment).filter(subject__in=subjects)
    for subject, key, name in attached.values_list("subject", "file", "file__name"):
        files.setdefault(subject, []).append((key, name))
    return [
        _row(row, firms.get(row.objection.enterprise, ""), tuple(files.get(subject, ())))
        for subject, row in subjects.items()
    ]


def _row(
    state: GradingObjectionState, firm: str, files: tuple[tuple[str, str], ...]
) -> GradingObjectionRow:
    one = state.objection
    return GradingObjectionRow(
        key=one.key,
        grading=one.grading_id,
        enterprise=one.enterprise,
        firm=firm,
        unit=one.unit,
        run=one.run_id,
        by_firm=one.by_firm,
        about=one.about,
        about_title=input_titles(rule_of_run(one.run)).get(one.about, ""),
        claimed=one.claimed,
        words=one.words,
        at=one.act.at,
        stage=state.stage,
        stage_label=GRADING_OBJECTION.state(state.stage).label(language()),
        reply=state.reply,
        corrected=state.corrected,
        answered_on=state.answered_on,
        seen=state.since_id,
        files=files,
    )


def find_grading_objection(key: str) -> Found | None:
    """An objection as a subject."""
    one = GradingObjection.objects.filter(key=key).first()
    if one is None:
        return None
    scope = {name: getattr(one, name) for name in ("city", "zone", "unit", "enterprise")}
    address = reverse("grading_objection", args=[key])
    return Found(_("亩均评价异议"), address, gettext_lazy("评价异议"), "", scope, searched=False)
