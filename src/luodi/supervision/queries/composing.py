"""What a bulletin says of every zone, composed at one position of the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.utils import translation

from luodi.common.languages import titled
from luodi.common.moments import Moment
from luodi.kit.calendars import Period
from luodi.orgs.choices import UnitKind
from luodi.orgs.models import UnitState
from luodi.orgs.queries import pack_of, units_of
from luodi.orgs.rules import whole_city
from luodi.packs import Stack
from luodi.packs.schemas import BulletinRule, UnitRule
from luodi.projects.queries import gates

from ..choices import LetterKind
from ..rules.bulletins import Gate, Line, Worst
from .bulletin_figures import figure_cells
from .letters import sent_in
from .standings import Lit, by_unit, lit_in

WORST = 3


def zones_of(city: str, moment: Moment) -> list[UnitState]:
    """The zones of a city at a moment, by name."""
    return list(units_of(city, moment).filter(kind=UnitKind.ZONE))


def bulletin_rules(stack: Stack, day: date) -> list[BulletinRule]:
    """The periodicals of a city in force on a day."""
    return sorted(stack.all("bulletins", BulletinRule, day), key=lambda rule: rule.key)


def rule_of(city: str, key: str, moment: Moment) -> BulletinRule | None:
    """A periodical's rule as in force at a moment."""
    return pack_of(city, moment).one("bulletins", BulletinRule, key, moment.today)


def groups_of(
    rule: BulletinRule, stack: Stack, zones: list[UnitState], day: date
) -> tuple[dict[str, str], dict[str, str]]:
    """Each zone's group by key ('' for none), and the groups' titles."""
    names = {one.key: one.name for one in stack.all("units", UnitRule, day)}
    titles = {group.key: titled(group) for group in rule.groups}
    of = {names.get(unit, ""): group.key for group in rule.groups for unit in group.units}
    return {zone.of_id: of.get(zone.name, "") for zone in zones}, titles


def compose_lines(rule: BulletinRule, city: str, turn: Period, moment: Moment) -> list[Line]:
    """What a bulletin says of each zone at a moment, zones by name.

    The same moment always gives the same lines: figures, lights, gates and papers are read as of
    it, and said in the language of the paper. The number of queries doesn't depend on how many
    zones there are.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return _compose(rule, city, turn, moment)


def _compose(rule: BulletinRule, city: str, turn: Period, moment: Moment) -> list[Line]:
    stack = pack_of(city, moment)
    zones = zones_of(city, moment)
    of, titles = groups_of(rule, stack, zones, moment.today)
    cells = figure_cells(rule, city, turn, of, moment)
    standing = {row.unit: row for row in by_unit(lit_in(city, moment), moment)}
    gate_rows = _gates(city, zones, moment)
    letters, talks = _papers(city, turn, moment)
    lines = []
    for zone in zones:
        mine = standing.get(zone.of_id)
        lines.append(
            Line(
                unit=zone.of_id,
                name=zone.short_name or zone.name,
                group=of[zone.of_id],
                group_title=titles.get(of[zone.of_id], ""),
                cells=cells[zone.of_id],
                reds=mine.reds if mine else 0,
                yellows=mine.yellows if mine else 0,
                worst=tuple(_worst(one) for one in (mine.lit if mine else ())[:WORST]),
                gates=tuple(gate_rows.get(zone.of_id, ())),
                letters=letters[zone.of_id],
                talks=talks[zone.of_id],
            )
        )
    return lines


def _worst(one: Lit) -> Worst:
    return Worst(one.light, one.title, one.why, one.address)


def _gates(city: str, zones: list[UnitState], moment: Moment) -> dict[str, list[Gate]]:
    """The gates of the year by zone: how many of those asked came."""
    named = {zone.short_name or zone.name: zone.of_id for zone in zones}
    found: dict[str, list[Gate]] = {}
    for shown in gates(whole_city(city), moment, moment.today).gates:
        for name, came, asked in shown.zones:
            if name in named:
                found.setdefault(named[name], []).append(Gate(shown.title, came, asked))
    return found


def _papers(city: str, turn: Period, moment: Moment) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Warning letters and admonitory talks issued to each unit within the turn; those that were
    cancelled don't count."""
    letters: Counter[str] = Counter()
    talks: Counter[str] = Counter()
    for unit, sent in sent_in(city, moment).items():
        for one in sent:
            issued = one.issued_on is not None and turn.start <= one.issued_on <= turn.end
            if issued and one.stage != "cancelled":
                (talks if one.kind == LetterKind.TALK_NOTICE else letters)[unit] += 1
    return letters, talks
