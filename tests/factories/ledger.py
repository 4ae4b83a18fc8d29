"""Histories of a ledger: random but repeatable acts over months, through the product's actions."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from luodi.audit.actions import perform
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import LOCAL
from luodi.common.refusals import Refusal
from luodi.ledger import actions
from luodi.ledger.choices import Source
from luodi.ledger.flows import ITEM, LEAD, OFFICE
from luodi.ledger.models import Item, ItemState, Party
from luodi.ledger.queries import next_serial
from luodi.ledger.rules import end_of_day, number_of

from .city import MAKER, City

LEADS = {"市工信局": "clerk", "市统计局": "other_clerk", "开发区管委会": "zone_staff"}
SOURCES = [source for source in Source.values if source != Source.INSTRUCTION]
MANY = 15
RARE = {"reassign", "change_cooperating", "set_due", "refuse_close_out", "give_feedback"}
CLOCKS = ("item-handle", "instruction-reply")


@dataclass
class History:
    """What makes the next act of a history. `now` moves on by up to two days with each."""

    city: City
    dice: random.Random
    now: datetime
    keys: list[str]

    def step(self) -> str:
        """Make one random act at a later time; returns its verb, '' where it was refused."""
        self.now += timedelta(minutes=self.dice.randint(1, 2880))
        if self.dice.random() < (0.3 if len(self.keys) < MANY else 0.05) or not self.keys:
            return self.open()
        key = self.dice.choice(self.keys)
        verb = self._verb(key)
        try:
            MOVES[verb](self, key)
        except Refusal:
            return ""
        return verb

    def _verb(self, key: str) -> str:
        """Mostly a move that the item's stage allows, sometimes any: refusals belong to life."""
        stage = ItemState.objects.open().get(item=key).stage
        allowed = [move.name for move in ITEM.available(stage, {LEAD, OFFICE})]
        allowed += [name for name in allowed if name not in RARE] * 3
        return self.dice.choice(allowed if self.dice.random() < 0.8 else list(MOVES))

    def open(self) -> str:
        """A new item, with a day, a clock or no due date at all."""
        lead, partner = self.dice.sample(sorted(LEADS), 2)
        item = actions.open_item(
            city=self.city.key,
            source=self.dice.choice(SOURCES),
            title=f"生成的事项 {len(self.keys) + 1}",
            lead=self.city.units[lead],
            cooperating=[self.city.units[partner]] if self.dice.random() < 0.5 else [],
            by=self.city.people["office"],
            at=self.now,
            **self._timing(),
        )
        self.keys.append(item.key)
        return "open_item"

    def _timing(self) -> dict[str, date | str]:
        chance = self.dice.random()
        if chance < 0.2:
            return {}
        if chance < 0.4:
            return {"clock": self.dice.choice(CLOCKS)}
        return {"due_on": self.day(40)}

    def day(self, within: int) -> date:
        """A day up to so many days ahead."""
        return self.now.astimezone(LOCAL).date() + timedelta(days=self.dice.randint(0, within))

    def handler(self, key: str) -> str:
        """The person who acts for the item's lead."""
        party = Party.objects.open().get(item=key, role="lead")
        names = {unit: name for name, unit in self.city.units.items()}
        return self.city.people[LEADS[names[party.unit]]]

    def by_lead(self, key: str) -> dict[str, object]:
        return {"item": key, "by": self.handler(key), "at": self.now}

    def by_office(self, key: str) -> dict[str, object]:
        return {"item": key, "by": self.city.people["office"], "at": self.now}


def _feedback(h: History, key: str) -> None:
    actions.give_feedback(text="生成的反馈", claimed=h.dice.randint(0, 100), **h.by_lead(key))


def _extension(h: History, key: str) -> None:
    actions.ask_extension(until=h.day(30), reason="生成的理由", **h.by_lead(key))


def _decide(h: History, key: str) -> None:
    granted = h.dice.random() < 0.6
    actions.decide_extension(granted=granted, decision="生成的批复", **h.by_office(key))


def _reassign(h: History, key: str) -> None:
    lead = h.city.units[h.dice.choice(sorted(LEADS))]
    actions.reassign(lead=lead, reason="生成的理由", **h.by_office(key))


def _partners(h: History, key: str) -> None:
    units = [h.city.units[h.dice.choice(sorted(LEADS))]]
    actions.change_cooperating(cooperating=units, reason="生成的理由", **h.by_office(key))


def _due(h: History, key: str) -> None:
    due_on = h.day(30) if h.dice.random() < 0.8 else None
    actions.set_due(due_on=due_on, reason="生成的理由", **h.by_office(key))


MOVES: dict[str, Callable[[History, str], None]] = {
    "acknowledge": lambda h, key: actions.acknowledge(**h.by_lead(key)),
    "give_feedback": _feedback,
    "apply_for_close_out": lambda h, key: actions.apply_for_close_out(
        outcome="生成的办结情况", **h.by_lead(key)
    ),
    "verify_close_out": lambda h, key: actions.verify_close_out(**h.by_office(key)),
    "refuse_close_out": lambda h, key: actions.refuse_close_out(
        reason="生成的理由", **h.by_office(key)
    ),
    "reopen": lambda h, key: actions.reopen(reason="生成的理由", **h.by_office(key)),
    "ask_extension": _extension,
    "decide_extension": _decide,
    "reassign": _reassign,
    "change_cooperating": _partners,
    "set_due": _due,
}


def walk(city: City, seed: int, start: datetime) -> Iterator[tuple[History, str]]:
    """An endless history: after each act, the history and the act's verb ('' for a refused one)."""
    history = History(city, random.Random(seed), start, [])
    while True:
        yield history, history.step()


def generate_history(city: City, n: int, seed: int, start: datetime) -> History:
    """Make `n` acts that were not refused, over months; returns the history at its end."""
    done = 0
    for history, verb in walk(city, seed, start):
        done += bool(verb)
        if done >= n:
            return history
    raise AssertionError("a walk never ends")


def bulk_items(city: City, n: int, at: datetime) -> None:
    """`n` items of one lead in one act, as a bulk import writes them."""
    year = at.astimezone(LOCAL).year
    first = next_serial(city.key, year)
    subjects, scope = [subject_key("unit", city.key)], {"city": city.key}
    with perform("import_items", by=MAKER, at=at, subjects=subjects, scope=scope) as deed:
        for serial in range(first, first + n):
            number, key = number_of(year, serial), new_key()
            item = Item(key=key, city=city.key, year=year, serial=serial, number=number)
            item.source = Source.MEETING
            deed.write(item)
            due_at = end_of_day(at.date() + timedelta(days=serial % 60)) if serial % 7 else None
            title = f"生成的事项 {serial}"
            deed.write(ItemState(item_id=key, title=title, stage="assigned", due_at=due_at))
            deed.write(Party(item_id=key, unit=city.units["市工信局"], role="lead"))
