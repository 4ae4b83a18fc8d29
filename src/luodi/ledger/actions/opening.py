"""Opening an item: from a measure, an instruction, a meeting, a visit, a call, an inspection."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import LOCAL, Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.choices import Role
from luodi.orgs.queries import units_of, viewer_of_person
from luodi.orgs.rules import UNIT_ROLES

from ..choices import PartyRole, Source, Stage
from ..models import Item, ItemState, Party
from ..queries import due_of, next_serial
from ..rules import in_order, number_of

TRIES = 5


def open_item(
    *,
    city: str,
    source: str,
    title: str,
    lead: str,
    by: str,
    at: datetime,
    cooperating: Iterable[str] = (),
    content: str = "",
    about: str = "",
    due_on: date | None = None,
    clock: str = "",
    instruction: str = "",
    instructed_by: str = "",
    instructed_on: date | None = None,
    reply_by: date | None = None,
) -> Item:
    """Open an item and assign it to a lead unit. Office or leading group; from a visit, any unit.

    Due by `due_on`, else by a `clock` of the lead's place, else by `reply_by`, else undated.
    The number is gapless per city and year: where two are opened at once, the loser tries again.
    """
    _check_opener(city, source, by)
    partners = in_order(cooperating, without=lead)
    _check_words(source, title, instruction)
    _check_units(city, [lead, *partners], Moment(at))
    due_at, working = due_of(city, lead, due_on, clock, reply_by, at)
    item = Item(
        key=new_key(),
        city=city,
        year=at.astimezone(LOCAL).year,
        source=source,
        about=about,
        instruction=instruction.strip(),
        instructed_by=instructed_by.strip(),
        instructed_on=instructed_on,
        reply_by=reply_by,
    )
    state = ItemState(
        item_id=item.key,
        title=title.strip(),
        content=content.strip(),
        stage=Stage.ASSIGNED,
        due_at=due_at,
        due_working=working,
    )
    return _numbered(item, state, lead, partners, by, at)


def _numbered(
    item: Item, state: ItemState, lead: str, partners: list[str], by: str, at: datetime
) -> Item:
    """Write the item under the next number, trying again where somebody took it meanwhile."""
    for last in range(TRIES):
        try:
            return _written(item, state, lead, partners, by, at)
        except Conflict:
            if last == TRIES - 1:
                raise
            state.pk = None
    return item


def _written(
    item: Item, state: ItemState, lead: str, partners: list[str], by: str, at: datetime
) -> Item:
    subjects = [subject_key("item", item.key), *([item.about] if item.about else [])]
    scope = {"city": item.city, "unit": lead}
    with perform("open_item", by=by, at=at, subjects=subjects, scope=scope) as deed:
        deed.lock()
        item.serial = next_serial(item.city, item.year)
        item.number = number_of(item.year, item.serial)
        deed.write(item)
        deed.write(state)
        _write_parties(deed, item.key, lead, partners)
        deed.payload |= {
            "number": item.number,
            "title": state.title,
            "source": item.source,
            "lead": lead,
            "cooperating": partners,
            "due": state.due_at.astimezone(LOCAL).date().isoformat() if state.due_at else "",
        }
    return item


def _write_parties(deed: Deed, item: str, lead: str, cooperating: Iterable[str]) -> None:
    deed.write(Party(item_id=item, unit=lead, role=PartyRole.LEAD))
    for unit in cooperating:
        deed.write(Party(item_id=item, unit=unit, role=PartyRole.COOPERATING))


def _check_opener(city: str, source: str, by: str) -> None:
    """The office and the leading group; who is on the spot, what a visit found."""
    viewer = viewer_of_person(by)
    openers = {Role.OFFICE, Role.LEADING_GROUP} | (UNIT_ROLES if source == Source.VISIT else set())
    if city not in viewer.cities or not viewer.has(*openers):
        raise NotAllowed(_("立项交办由专班办公室或领导小组办理。"))


def _check_words(source: str, title: str, instruction: str) -> None:
    if source not in Source.values:
        raise Incomplete(_("请选择事项来源。"))
    if not title.strip():
        raise Incomplete(_("请填写事项名称。"))
    if source == Source.INSTRUCTION and not instruction.strip():
        raise Incomplete(_("来自领导批示的事项，请录入批示原文。"))


def _check_units(city: str, units: list[str], moment: Moment) -> None:
    if not units[0]:
        raise Incomplete(_("请选择牵头单位。"))
    known = set(units_of(city, moment).values_list("of", flat=True))
    if set(units) - known:
        raise NotFound(_("没有这个单位，请从列表里选择。"))
