"""Units and their groups: counties, zones and bureaus are three cuts, never added together."""

from __future__ import annotations

from luodi.common.moments import Moment
from luodi.orgs.choices import UnitKind
from luodi.orgs.models import UnitState
from luodi.orgs.queries import units_of
from luodi.orgs.rules import Viewer

from ..choices import UnitGroup
from ..rules.questions import Question

KINDS_OF_GROUP = {
    UnitGroup.COUNTIES: frozenset({UnitKind.COUNTY}),
    UnitGroup.ZONES: frozenset({UnitKind.ZONE}),
    UnitGroup.BUREAUS: frozenset({UnitKind.BUREAU, UnitKind.VERTICAL}),
}
NO_SERIES = frozenset({UnitKind.COLLECTIVE, UnitKind.TASK_FORCE, UnitKind.LEADING_GROUP})


def by_kind(unit: UnitState) -> tuple[int, int]:
    """The order of the register: by kind, then as entered."""
    return ([*UnitKind.values].index(unit.kind), unit.pk)


def name(unit: UnitState) -> str:
    """The short name of a unit, or its name."""
    return unit.short_name or unit.name


def group_of(unit: UnitState) -> UnitGroup | None:
    """The group a unit is added up in."""
    return next((group for group, kinds in KINDS_OF_GROUP.items() if unit.kind in kinds), None)


def ordered_units(viewer: Viewer, moment: Moment) -> list[UnitState]:
    """The units of the viewer's city in the order of the register."""
    return sorted(units_of(viewer.city, moment), key=by_kind)


def units_asked(viewer: Viewer, question: Question, moment: Moment) -> list[str]:
    """The keys of the units a question names, groups expanded; none where it names none."""
    wanted = set(question.units)
    return [
        unit.of_id
        for unit in ordered_units(viewer, moment)
        if unit.of_id in wanted or group_of(unit) in wanted
    ]
