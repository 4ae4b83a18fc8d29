"""Lights that a granted good-faith exemption keeps from the ladder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from luodi.common.moments import Moment

from .exemptions import Exempt, exemptions_of


@dataclass(frozen=True)
class Spared:
    """The granted exemptions of a city at a moment."""

    exempt: dict[tuple[str, str], tuple[Exempt, ...]]
    today: date

    def covers(self, unit: str, subject: str, due_on: date | None) -> Exempt | None:
        """The exemption of a unit that covers a thing: every year, or the year it was due in (of
        what has no due day: the present one)."""
        year = (due_on or self.today).year
        found = self.exempt.get((unit, subject), ())
        return next((one for one in found if one.year in (0, year)), None)


def spared_in(city: str, moment: Moment) -> Spared:
    """What exemptions of a city cover at a moment."""
    found: dict[tuple[str, str], tuple[Exempt, ...]] = {}
    for one in exemptions_of(city, moment):
        place = (one.unit, one.subject)
        found[place] = (*found.get(place, ()), one)
    return Spared(found, moment.today)


def said_exempt(one: Exempt) -> str:
    """An exemption as those see it who may not read it: number and day."""
    return _("%(number)s（%(day)s）") % {"number": one.number, "day": one.decided_on}
