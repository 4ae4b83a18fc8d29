"""Telling people: what was assigned, applied for, sent back; what comes due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.audit.models import Act
from luodi.audit.signals import acted
from luodi.common.keys import split_subject, subject_key
from luodi.common.languages import Spoken, by_language, language
from luodi.common.moments import Moment
from luodi.jobs.actions import tell
from luodi.jobs.signals import ticked
from luodi.kit.refusals import Lang
from luodi.orgs.choices import Role
from luodi.orgs.queries import cities_in_force, handlers_of, people_of_city

from .choices import PartyRole
from .models import ItemState, Party
from .queries import Row, rows_of_city

FROM_HOUR = 8
"""Nobody is told about lights before eight in the morning."""


@dataclass(frozen=True)
class Notice:
    """Who is told, and in what words (number and title are filled in)."""

    to: str
    sentence: Spoken

    def filled(self, words: Mapping[str, str]) -> str:
        """The words with number and title, in the language of now."""
        return self.sentence() % words


NOTICES: dict[str, tuple[Notice, ...]] = {
    "open_item": (
        Notice("lead", lambda: _("%(number)s 交办给你单位牵头，请签收：%(title)s")),
        Notice("cooperating", lambda: _("%(number)s 请你单位配合办理：%(title)s")),
    ),
    "reassign": (Notice("lead", lambda: _("%(number)s 改派给你单位牵头，请签收：%(title)s")),),
    "change_cooperating": (
        Notice("cooperating", lambda: _("%(number)s 请你单位配合办理：%(title)s")),
    ),
    "apply_for_close_out": (Notice("office", lambda: _("%(number)s 申请销号，请核实：%(title)s")),),
    "ask_extension": (Notice("office", lambda: _("%(number)s 申请延期，请批复：%(title)s")),),
    "decide_extension": (Notice("lead", lambda: _("%(number)s 的延期申请已批复：%(title)s")),),
    "refuse_close_out": (Notice("lead", lambda: _("%(number)s 的销号申请被退回：%(title)s")),),
    "verify_close_out": (Notice("lead", lambda: _("%(number)s 已核实销号：%(title)s")),),
    "reopen": (Notice("lead", lambda: _("%(number)s 回头看后重新打开：%(title)s")),),
    "set_due": (Notice("lead", lambda: _("%(number)s 的时限有变：%(title)s")),),
}


@receiver(acted, dispatch_uid="ledger.tell")
def tell_about(sender: Any, act: Act, **kwargs: Any) -> None:
    """Put a move of an item into the inboxes of those who come next."""
    kind, key = split_subject(act.subjects[0]) if act.subjects else ("", "")
    if kind != "item" or act.verb not in NOTICES:
        return
    state = ItemState.objects.open().select_related("item").get(item=key)
    words = {"number": state.item.number, "title": state.title}
    for notice in NOTICES[act.verb]:
        people = [p for p in _people(notice.to, state) if p != act.by]
        _say(people, partial(notice.filled, words), key, act.at, once=f"act:{act.position}")


def _people(to: str, state: ItemState) -> list[str]:
    if to == "office":
        return people_of_city(state.item.city, [Role.OFFICE])
    role = PartyRole.LEAD if to == "lead" else PartyRole.COOPERATING
    parties = Party.objects.open().filter(item=state.item, role=role)
    return [p for unit in parties.values_list("unit", flat=True) for p in handlers_of(unit)]


def _say(people: list[str], sentence: Spoken, key: str, at: datetime, once: str) -> None:
    tell(
        people=people,
        kind="item",
        sentence=sentence,
        subject=subject_key("item", key),
        address=reverse("item", args=[key]),
        by="system:ledger",
        at=at,
        once=once,
    )


_told_on: dict[str, date] = {}


@receiver(ticked, dispatch_uid="ledger.lights")
def tell_lights(sender: Any, at: datetime, **kwargs: Any) -> None:
    """Once a day and city, tell the leads which of their items are near or over their time.

    After a restart the day is walked again; `once` keeps anyone from being told twice.
    """
    moment = Moment(at)
    if moment.local.hour < FROM_HOUR:
        return
    for city in cities_in_force():
        if _told_on.get(city) != moment.today:
            _told_on[city] = moment.today
            tell_lights_of(city, moment)


def tell_lights_of(city: str, moment: Moment) -> None:
    """Tell the leads of one city about their red and yellow items."""
    clerks: dict[str, list[str]] = {}
    whys = by_language(lambda: {row.key: row.why for row in rows_of_city(city, moment)})
    for row in rows_of_city(city, moment):
        if row.light in {"red", "yellow"}:
            people = clerks.setdefault(row.lead_unit, handlers_of(row.lead_unit))
            once = f"light:{row.key}:{moment.today.isoformat()}"
            _say(people, partial(_light_sentence, row, whys), row.key, moment.at, once)


def _light_sentence(row: Row, whys: Mapping[Lang, Mapping[str, str]]) -> str:
    words = {"number": row.number, "title": row.title, "why": whys[language()][row.key]}
    if row.light == "red":
        return _("%(number)s 已超期：%(title)s。%(why)s") % words
    return _("%(number)s 临期：%(title)s。%(why)s") % words
