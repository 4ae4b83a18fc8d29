"""Entries as rows, and each register as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.common.duties import pressing
from luodi.common.languages import titled
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import (
    enterprise_names,
    names_of,
    rulebook,
    rules_of_unit,
    unit_names,
    visible,
)
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import RegisterRule

from ..models import EntryState, RegisterEntry
from ..rules import ending, level_title, registers_in, rule_for, stage_title

GONE = gettext_lazy("已撤销的单位")
"""What a unit is called that is there no longer."""


Registers = dict[str, RegisterRule]


def rules_at(city: str, moment: Moment, unit: str = "") -> Registers:
    """The registers in force at a moment, by key, in their order: by the rules of a unit's place,
    else by the city's."""
    stack = rules_of_unit(city, unit, moment)
    return {rule.key: rule for rule in registers_in(stack, moment.today)}


def rules_seen(viewer: Viewer, moment: Moment) -> Registers:
    """The registers of the viewer's place; who sees the whole city sees its zones' own as well."""
    if not viewer.sees_whole_city:
        home = unit_about(viewer.enterprise, moment) if viewer.enterprise else viewer.unit
        return rules_at(viewer.city, moment, home)
    found = rules_at(viewer.city, moment)
    for _city, zone in rulebook([viewer.city], moment).places(viewer.city):
        found |= {k: v for k, v in rules_at(viewer.city, moment, zone).items() if k not in found}
    return found


def unit_about(firm: str, moment: Moment) -> str:
    """The unit that looks after a firm at a moment."""
    units = EnterpriseState.objects.at(moment).filter(of=firm).values_list("unit", flat=True)
    return units.first() or ""


def homes_of_entries(states: Iterable[EntryState], moment: Moment) -> dict[str, str]:
    """The unit that looks after each entry: its enterprise's home at the moment, else its own."""
    states = list(states)
    firms = EnterpriseState.objects.at(moment).filter(
        of__in={state.about for state in states if state.about}
    )
    now = dict(firms.values_list("of", "unit"))
    return {state.entry_id: now.get(state.about, state.entry.unit) for state in states}


def home_of(state: EntryState) -> str:
    """The unit that looks after an entry now: an enterprise that moved takes its entries along."""
    firm = EnterpriseState.objects.open().filter(of=state.about).first()
    return firm.unit if firm else state.entry.unit


def rule_named(viewer: Viewer, register: str, moment: Moment) -> RegisterRule:
    """A register by its key: today's rule, else that of its latest entry; else `NotFound`."""
    rule = rules_seen(viewer, moment).get(register)
    if rule:
        return rule
    state = entries_of(viewer, moment).filter(register=register).last()
    if state is None:
        raise NotFound(_("没有这个名录，或者它不归您管。"))
    return rule_for(state.entry.rule, state.stage, {})


def entries_of(viewer: Viewer, moment: Moment) -> QuerySet[EntryState]:
    """The entries a viewer may see, as they were at a moment; an enterprise its shown ones."""
    mine = visible(RegisterEntry.objects.at(moment), viewer)
    states = EntryState.objects.at(moment).filter(entry__in=mine).select_related("entry", "since")
    if viewer.enterprise:
        hidden = [key for key, rule in rules_seen(viewer, moment).items() if not rule.shown]
        states = states.filter(entry__rule__shown=True).exclude(register__in=hidden)
    return states.order_by("register", "name", "entry")


@dataclass(frozen=True)
class EntryRow:
    """An entry in words; `days` are left until its recognition ends.

    `matter` is what it is about where an enterprise has several; `referred_to` the unit it was
    handed to, and `waits` whether that unit has a step to take.
    """

    key: str
    register: str
    register_title: str
    about: str
    name: str
    home: str
    stage: str
    stage_title: str
    level: str
    number: str
    from_on: date | None
    until_on: date | None
    days: int | None
    tutor: str
    matter: str
    referred_to: str
    waits: bool
    due_at: datetime | None
    counts: bool
    ended: bool
    light: str
    why: str
    entered_on: date

    @property
    def verdict(self) -> tuple[str, str]:
        """Light and reason, as a page shows them."""
        return self.light, self.why

    @property
    def title(self) -> str:
        """Whose it is and what about."""
        return f"{self.name} · {self.matter}" if self.matter else self.name


def entry_rows(states: Iterable[EntryState], moment: Moment) -> list[EntryRow]:
    """Entries in words, in a number of queries that doesn't grow with them."""
    states = list(states)
    book = rulebook((state.entry.city for state in states), moment)
    now = book.each(lambda s: {rule.key: rule for rule in registers_in(s, moment.today)})
    firms = enterprise_names({s.about for s in states if s.about}, moment)
    units = homes_of_entries(states, moment)
    named = {*units.values(), *(s.referred_to for s in states)} - {""}
    homes = unit_names(named, moment)
    tutors = names_of({s.tutor for s in states if s.tutor})
    first = RegisterEntry.objects.filter(key__in={s.entry_id for s in states})
    entered = dict(first.values_list("key", "act__at"))
    return [
        _row(
            state,
            now(state.entry.city, units[state.entry_id]),
            firms,
            homes.get(units[state.entry_id], ""),
            homes.get(state.referred_to, GONE) if state.referred_to else "",
            tutors,
            entered[state.entry_id],
            moment,
        )
        for state in states
    ]


def _row(
    state: EntryState,
    now: dict[str, RegisterRule],
    firms: dict[str, str],
    home: str,
    referred_to: str,
    tutors: dict[str, str],
    entered: datetime,
    moment: Moment,
) -> EntryRow:
    rule = rule_for(state.entry.rule, state.stage, now)
    stage = rule.stage(state.stage)
    counts = bool(stage and stage.counts)
    light, why = _light(rule, state, counts, moment)
    until = state.until_on
    return EntryRow(
        key=state.entry_id,
        register=state.register,
        register_title=titled(rule),
        about=state.about,
        name=firms.get(state.about, "") or state.name,
        home=home,
        stage=state.stage,
        stage_title=stage_title(rule, state.stage),
        level=level_title(rule, state.level) if state.level else "",
        number=state.number,
        from_on=state.from_on,
        until_on=until,
        days=(until - moment.today).days if until and counts else None,
        tutor=tutors.get(state.tutor, ""),
        matter=state.matter,
        referred_to=str(referred_to),
        waits=bool(referred_to) and rule.waits_for_referred(state.stage),
        due_at=state.due_at,
        counts=counts,
        ended=state.ended,
        light=light,
        why=why,
        entered_on=Moment(entered).today,
    )


def _light(rule: RegisterRule, state: EntryState, counts: bool, moment: Moment) -> tuple[str, str]:
    """The more pressing of the stage's time and the recognition's end."""
    if state.ended:
        return "done", _("已离开名录")
    due = pressing(state.due_at, moment.at)
    ends = ending(rule, counts, state.until_on, moment.today)
    if due == "red" or (due == "yellow" and (ends is None or ends.light != "red")):
        words = {"stage": stage_title(rule, state.stage)}
        return due, _("“%(stage)s”阶段已超时限") % words if due == "red" else _(
            "“%(stage)s”阶段临近时限"
        ) % words
    if ends:
        return ends.light, ends.why
    if state.due_at or state.until_on:
        return "green", _("在时限和有效期之内")
    return "none", _("未设时限和有效期")
