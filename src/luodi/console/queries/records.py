"""The record of acts, for the auditor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from luodi.audit.models import Act
from luodi.common.moments import Moment
from luodi.orgs.queries import names_of, unit_names
from luodi.orgs.rules import Viewer

from ..choices import VERBS


@dataclass(frozen=True)
class ActRow:
    """An act in words, for the auditor."""

    position: int
    at: datetime
    by: str
    unit: str
    verb: str
    subjects: str
    why: str
    digest: str


def act_rows(viewer: Viewer, moment: Moment, most: int = 2000) -> list[ActRow]:
    """The newest acts of the viewer's cities up to a moment, at most `most`."""
    acts = Act.objects.filter(city__in=viewer.cities).order_by("-position")
    if moment.position is not None:
        acts = acts.filter(position__lte=moment.position)
    rows = list(acts[:most])
    names = names_of(act.by for act in rows)
    units = unit_names((act.unit for act in rows), moment)
    return [
        ActRow(
            act.position,
            act.at,
            _("系统") if act.by.startswith("system:") else names.get(act.by, act.by),
            units.get(act.unit, ""),
            str(VERBS.get(act.verb, act.verb)),
            " ".join(act.subjects[:4]),
            act.why,
            act.digest[:12],
        )
        for act in rows
    ]
