"""Complaints of firms: for the office and the leading group, never for the unit meant."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.duties import Duty
from luodi.common.languages import language
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, NotFound
from luodi.orgs.choices import Role, UnitKind
from luodi.orgs.queries import enterprise_names, rules_of_viewer, unit_names, units_of, visible
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import ConductRule

from ..choices import ComplaintFinding, ComplaintStage, VisitStage
from ..models import Complaint, ComplaintState, VisitState
from ..rules import conduct_of

READERS = (Role.OFFICE, Role.LEADING_GROUP)
OUTSIDE = {UnitKind.CITY, UnitKind.COLLECTIVE, UnitKind.TASK_FORCE, UnitKind.LEADING_GROUP}
UPHELD = (ComplaintFinding.BORNE_OUT, ComplaintFinding.IN_PART)


def may_read_complaint(viewer: Viewer, row: Complaint) -> bool:
    """Whether a viewer may read it: of the office or the leading group, not of the unit meant."""
    return (
        not viewer.enterprise
        and viewer.has(*READERS)
        and row.city in viewer.cities
        and row.about not in viewer.units
    )


def _readable(viewer: Viewer, moment: Moment) -> QuerySet[Complaint]:
    rows = visible(Complaint.objects.at(moment), viewer)
    if viewer.enterprise:
        return rows
    return rows.exclude(about__in=viewer.units) if viewer.has(*READERS) else rows.none()


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """A complaint in words; `note` is for the offices alone."""

    key: str
    firm: str
    firm_name: str
    about: str
    about_name: str
    cited: str
    source: str
    text: str
    happened_on: date | None
    on: date
    stage: str
    stage_label: str
    finding: str
    answer: str
    note: str
    seen: int


def complaint_rows(viewer: Viewer, moment: Moment, key: str = "") -> list[ComplaintRow]:
    """The complaints a viewer may read as known at the moment, the newest first."""
    mine = _readable(viewer, moment)
    if key:
        mine = mine.filter(key=key)
    states = ComplaintState.objects.at(moment).filter(complaint__in=mine.values("key"))
    found = list(states.select_related("complaint__act").order_by("-complaint__act"))
    firms = enterprise_names({state.complaint.enterprise for state in found}, moment)
    units = unit_names({state.complaint.about for state in found}, moment)
    return [_row(state, firms, units, bool(viewer.enterprise)) for state in found]


def _row(
    state: ComplaintState, firms: dict[str, str], units: dict[str, str], own: bool
) -> ComplaintRow:
    one = state.complaint
    found = ComplaintFinding(state.finding).label if state.finding else ""
    return ComplaintRow(
        one.key, one.enterprise, firms.get(one.enterprise, "—"), one.about,
        units.get(one.about, "—"), one.cited.get(language(), one.cited.get("zh", "")),
        f"{one.cited['owner']} · {one.cited['source'] or _('本地默认，待确认')}", one.text,
        one.happened_on, Moment(one.act.at).today,
        state.stage, str(ComplaintStage(state.stage).label), str(found), state.answer,
        "" if own else state.note, state.since_id,
    )  # fmt: skip


def my_complaints(viewer: Viewer, moment: Moment, key: str = "") -> list[ComplaintRow]:
    """The complaints of the viewer's own firm."""
    return complaint_rows(viewer, moment, key) if viewer.enterprise else []


def hold_complaint(viewer: Viewer, key: str, seen: int | None) -> tuple[Complaint, ComplaintState]:
    """A complaint that the viewer may handle, with its open state."""
    row = Complaint.objects.filter(key=key).first()
    if row is None or not may_read_complaint(viewer, row):
        raise NotFound(_("没有这件投诉，或者它不在您的范围内。"))
    state = ComplaintState.objects.open().get(complaint=row)
    if seen is not None and seen != state.since_id:
        raise Conflict(_("这件投诉刚刚有了变化，请刷新后再看；您填的内容没有写入。"))
    return row, state


def citable(viewer: Viewer, moment: Moment) -> list[ConductRule]:
    """The items a firm may cite, by its place's rules: what must never be done, then what must."""
    stack = rules_of_viewer(viewer, moment)
    return [r for side in ("negative", "positive") for r in conduct_of(stack, moment.today, side)]


def complained_units(city: str, moment: Moment) -> list[tuple[str, str]]:
    """The units a firm may complain about."""
    return list(units_of(city, moment).exclude(kind__in=OUTSIDE).values_list("of", "name"))


def cited_of(rule: ConductRule) -> dict[str, str]:
    """An item of a list as a complaint keeps it; `source` is empty where no text gives it."""
    source = rule.source if rule.confirmed else ""
    return {"zh": rule.title, "en": rule.title_en, "owner": rule.owner.name, "source": source}


@dataclass(frozen=True, slots=True)
class UnitConduct:
    """How a unit treats firms: complaints, those borne out, visits beyond the number (无事不扰)."""

    unit: str
    complaints: int
    upheld: int
    running: int
    beyond: int


def conduct_of_units(viewer: Viewer, moment: Moment) -> list[UnitConduct]:
    """Each unit complained about or that came too often, as known at the moment."""
    rows = complaint_rows(viewer, moment)
    upheld = {str(finding.label) for finding in UPHELD}
    every = Counter(row.about for row in rows)
    borne = Counter(row.about for row in rows if row.finding in upheld)
    running = Counter(row.about for row in rows if row.stage != ComplaintStage.SETTLED)
    went = VisitState.objects.at(moment).filter(visit__city__in=viewer.cities)
    went = went.exclude(beyond="").exclude(stage=VisitStage.CANCELLED)
    beyond = Counter(went.values_list("visit__of_unit", flat=True))
    keys = (every.keys() | beyond.keys()) - set(viewer.units)
    names = unit_names(keys, moment)
    found = [
        UnitConduct(names.get(k, "—"), every[k], borne[k], running[k], beyond[k]) for k in keys
    ]
    return sorted(found, key=lambda one: (-one.upheld, -one.complaints, -one.beyond, one.unit))


def complaint_duties(viewer: Viewer, moment: Moment) -> list[Duty]:
    """Complaints that wait for the office."""
    if not viewer.has(Role.OFFICE) or viewer.enterprise:
        return []
    return [
        Duty(
            _("核查企业投诉"),
            row.stage_label,
            reverse("complaint", args=[row.key]),
            None,
            "yellow",
        )
        for row in complaint_rows(viewer, moment)
        if row.stage != ComplaintStage.SETTLED
    ]
