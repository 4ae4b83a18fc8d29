"""Leaders' instructions: who gives them, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from luodi.common.moments import Moment
from luodi.ledger.choices import Source
from luodi.ledger.models import Item
from luodi.ledger.queries import Row, items
from luodi.orgs.choices import Role
from luodi.orgs.queries import names_of, people_of_city
from luodi.orgs.rules import Viewer

LEADERS = (Role.LEADING_GROUP, Role.LEADER_IN_CHARGE)


@dataclass(frozen=True)
class InstructionRow:
    """An instruction and the item it became. `light` is a light and its reason."""

    item: str
    number: str
    title: str
    text: str
    leader: str
    given_on: date | None
    reply_by: date | None
    about: str
    lead_unit: str
    lead: str
    cooperating: str
    stage_label: str
    open: bool
    light: tuple[str, str]

    @property
    def address(self) -> str:
        """The page of its item."""
        return reverse("item", args=[self.item])


def leaders_of(city: str) -> list[tuple[str, str]]:
    """Key and name of those whose instructions are recorded: leading group, leaders in charge."""
    return sorted(names_of(people_of_city(city, LEADERS)).items(), key=lambda one: one[1])


def instructions(viewer: Viewer, moment: Moment, about: str = "") -> list[InstructionRow]:
    """The instructions whose items the viewer may see, the newest first; of one subject if told."""
    wanted = {"source": Source.INSTRUCTION, "about": about}
    rows = items(viewer, moment, wanted)
    found = Item.objects.in_bulk([row.key for row in rows])
    leaders = names_of(item.instructed_by for item in found.values() if item.instructed_by)
    shown = [_row(row, found[row.key], leaders) for row in rows]
    return sorted(shown, key=lambda row: (row.given_on or date.min, row.number), reverse=True)


def _row(row: Row, item: Item, leaders: dict[str, str]) -> InstructionRow:
    return InstructionRow(
        item=row.key,
        number=row.number,
        title=row.title,
        text=item.instruction,
        leader=leaders.get(item.instructed_by, item.instructed_by),
        given_on=item.instructed_on,
        reply_by=item.reply_by,
        about=row.about,
        lead_unit=row.lead_unit,
        lead=row.lead,
        cooperating=row.cooperating,
        stage_label=row.stage_label,
        open=row.stage != "closed",
        light=(row.light, row.why),
    )
