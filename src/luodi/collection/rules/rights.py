"""Who stands where towards a filing, and a refused move as a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from luodi.common.languages import language
from luodi.common.refusals import Closed, Incomplete, NotAllowed
from luodi.kit.flows import Step
from luodi.orgs.choices import Role
from luodi.orgs.rules import Viewer

from ..flows import CHECKER, FILING, RESPONDENT, REVIEWER

if TYPE_CHECKING:
    from ..models import Filing

FILLERS = (Role.CLERK, Role.ZONE_STAFF, Role.SECTION_HEAD)
"""Who types and hands in for a unit."""

CHECKERS = (Role.SECTION_HEAD, Role.LEADER_IN_CHARGE)
"""Who looks first at a form with two levels: inside the unit, or at the unit reported to."""

OWNERS = (Role.STATISTICIAN, Role.OFFICE)
REFUSALS = {"flow.wrong_role": NotAllowed, "flow.missing": Incomplete}


def responds(viewer: Viewer, unit: str, enterprise: str = "") -> bool:
    """True where the viewer is the respondent: an enterprise's account, or the unit's own people.

    The unit an enterprise reports to is not: it reads, and returns.
    """
    if enterprise:
        return viewer.enterprise == enterprise and viewer.has(Role.ENTERPRISE)
    return viewer.acts_for(unit, *FILLERS)


def reviews(viewer: Viewer, owner: str) -> bool:
    """True where the viewer accepts and returns: statistician or office of the form's owner."""
    return viewer.acts_for(owner, *OWNERS)


def checks_first(viewer: Viewer, unit: str, enterprise: str = "") -> bool:
    """True where the viewer makes the first of two checks."""
    return viewer.acts_for(unit, *(FILLERS if enterprise else ()), *CHECKERS)


def parts_of(viewer: Viewer, filing: Filing) -> frozenset[str]:
    """The parts a viewer plays towards a filing."""
    found = {
        RESPONDENT: responds(viewer, filing.unit, filing.enterprise),
        CHECKER: checks_first(viewer, filing.unit, filing.enterprise),
        REVIEWER: reviews(viewer, filing.form.unit) and filing.city in viewer.cities,
    }
    return frozenset(part for part, held in found.items() if held)


def require_move(
    viewer: Viewer, filing: Filing, stage: str, name: str, present: Mapping[str, Any]
) -> Step:
    """The step of the flow, or its refusal raised as a sentence."""
    step = FILING.move(stage, name, present, parts_of(viewer, filing))
    if isinstance(step, Step):
        return step
    english = language() == "en"
    sentence = step.says(language())
    stop = "." if english else "。"
    kind = REFUSALS.get(step.code, Closed)
    raise kind(sentence.removesuffix(stop) + stop, step.code)
