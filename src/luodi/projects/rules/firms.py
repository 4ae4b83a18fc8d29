"""The three days of a firm that grows into official statistics."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.common.refusals import Incomplete

if TYPE_CHECKING:
    from ..models import ProjectFirm

GROWTH = {
    "meets_on": gettext_lazy("达规"),
    "promoted_on": gettext_lazy("升规"),
    "admitted_on": gettext_lazy("入库（列入名录）"),
}
"""The columns of the three days in their order, in words. They are three things, not one."""

STEPS = {
    "meets_on": "meets_scale_threshold",
    "promoted_on": "promoted_to_above_scale",
    "admitted_on": "admitted",
}
"""What a rate calls them."""


def check_growth(days: dict[str, date | None], today: date) -> None:
    """Refuse days out of their order, in the future, or with one before them left out."""
    before: tuple[str, date] | None = None
    missing = ""
    for name, said in GROWTH.items():
        day = days.get(name)
        if day is None:
            missing = missing or str(said)
            continue
        words = {"this": said, "missing": missing}
        if missing:
            raise Incomplete(_("填了%(this)s日期，还缺%(missing)s日期。") % words)
        if day > today:
            raise Incomplete(_("%(this)s日期不能晚于今天。") % words)
        if before and day < before[1]:
            words |= {"before": before[0], "day": before[1].isoformat()}
            raise Incomplete(_("%(this)s日期不能早于%(before)s日期（%(day)s）。") % words)
        before = (str(said), day)


def grown(firm: ProjectFirm | None, day: date) -> frozenset[str]:
    """The steps a firm had taken by the end of a day."""
    if firm is None:
        return frozenset()
    taken = {name: getattr(firm, name) for name in GROWTH}
    return frozenset(STEPS[name] for name, on in taken.items() if on and on <= day)
