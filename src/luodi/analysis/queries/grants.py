"""Grants: which series are shared with whom, for what, until when, and who read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.audit.models import Act
from luodi.audit.queries import acts_on
from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.indicators.queries import definitions_by_key
from luodi.orgs.queries import names_of, unit_names, visible
from luodi.orgs.rules import Viewer

from ..choices import GrantStage
from ..models import Grant, GrantState

READ = "read_granted"
"""The verb under which a reading through a grant is recorded."""


@dataclass(frozen=True)
class GrantRow:
    """A grant in words."""

    key: str
    unit: str
    indicators: str
    units: str
    purpose: str
    basis: str
    use: str
    until_on: date
    stage: str
    running: bool
    granted_at: datetime
    by: str

    @property
    def address(self) -> str:
        return reverse("grant", args=[self.key])


def grant_rows(viewer: Viewer, moment: Moment) -> list[GrantRow]:
    """The grants a viewer may see: all of the city's, or those to their own units."""
    inside = visible(Grant.objects.all(), viewer)
    states = GrantState.objects.at(moment).filter(grant__in=inside)
    rows = list(states.select_related("grant", "grant__act").order_by("-grant__act"))
    names = definitions_by_key({key for row in rows for key in row.grant.indicators}, moment)
    keys = {row.grant.unit for row in rows} | {key for row in rows for key in row.grant.units}
    units = unit_names(keys, moment)
    people = names_of({row.grant.act.by for row in rows})
    return [
        GrantRow(
            row.grant_id,
            units.get(row.grant.unit, ""),
            "、".join(names[key].name for key in row.grant.indicators if key in names),
            "、".join(units.get(key, "") for key in row.grant.units) or _("全部单位"),
            row.grant.get_purpose_display(),
            row.grant.get_basis_display(),
            row.grant.get_use_display(),
            row.until_on,
            _stage(row, moment),
            row.stage == GrantStage.GRANTED and row.until_on >= moment.today,
            row.grant.act.at,
            people.get(row.grant.act.by, ""),
        )
        for row in rows
    ]


def _stage(row: GrantState, moment: Moment) -> str:
    over = row.stage == GrantStage.GRANTED and row.until_on < moment.today
    return _("已到期") if over else str(row.get_stage_display())


def grant_row(viewer: Viewer, key: str, moment: Moment) -> GrantRow:
    """One grant within the viewer's scope, or `NotFound`."""
    found = next((row for row in grant_rows(viewer, moment) if row.key == key), None)
    if found is None:
        raise NotFound(_("没有这项授权。"))
    return found


@dataclass(frozen=True)
class Reading:
    """Somebody read through a grant, that day."""

    at: datetime
    by: str


def readings(key: str, moment: Moment) -> list[Reading]:
    """Who read through a grant, the latest first; one entry a person and day."""
    acts = acts_on(subject_key("grant", key), moment).filter(verb=READ).order_by("-position")
    people = names_of(acts.values_list("by", flat=True))
    return [Reading(act.at, people.get(act.by, "")) for act in acts]


def read_today(keys: tuple[str, ...], person: str, since: datetime) -> set[str]:
    """The grants among `keys` whose reading by a person is recorded since an instant."""
    subjects = {subject_key("grant", key): key for key in keys}
    acts = Act.objects.filter(verb=READ, by=person, at__gte=since)
    found = acts.filter(touched__subject__in=subjects).values_list("touched__subject", flat=True)
    return {subjects[subject] for subject in found if subject in subjects}
