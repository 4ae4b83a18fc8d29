"""How a site stands: free, reserved or taken, as of an instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from luodi.common.moments import LOCAL

from ..choices import Hold

if TYPE_CHECKING:
    from ..models import Occupation

FREE = "free"
WORDS = {FREE: _("空闲"), Hold.RESERVED.value: _("已预留"), Hold.TAKEN.value: _("已用")}
"""The three states in words, in the order of the legend."""


@dataclass(frozen=True)
class Standing:
    """`state` is free, reserved or taken. `lapsed`: a reservation ran out and nobody came since.

    `holder` is empty where the site is free. A letting that is over stays taken until somebody
    releases the site: who is still in it isn't gone by the calendar.
    """

    state: str = FREE
    holder: str = ""
    by: str = ""
    at: datetime | None = None
    expires_at: datetime | None = None
    lapsed: bool = False
    until_on: date | None = None

    @property
    def ends(self) -> date | None:
        """The day on which the reservation runs out, or the last day of a letting."""
        return self.expires_at.astimezone(LOCAL).date() if self.expires_at else self.until_on

    @property
    def label(self) -> str:
        """The state in words."""
        return str(WORDS[self.state])

    def open_to(self, holder: str) -> bool:
        """Whether somebody may have the site: it is free, or reserved for them."""
        return self.state == FREE or (self.state == Hold.RESERVED and self.holder == holder)


def standing(occupation: Occupation | None, at: datetime) -> Standing:
    """The standing that an open occupation gives a site at an instant."""
    if occupation is None:
        return Standing()
    ends = occupation.expires_at
    if occupation.hold == Hold.RESERVED and ends is not None and ends <= at:
        return Standing(lapsed=True, expires_at=ends)
    return Standing(
        str(occupation.hold),
        occupation.holder,
        occupation.held_by,
        occupation.held_at,
        ends,
        until_on=occupation.until_on,
    )
