"""One figure of each county and zone on a map that the city's pack gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from luodi.common.moments import Moment
from luodi.common.periods import period_label
from luodi.orgs.queries import pack_of, units_by_name
from luodi.packs.schemas import AreaRule, UnitRule

from ..choices import Cut
from ..rules.answers import Answer
from ..rules.questions import Question
from .asking import asked
from .pivots import answer_for, label_of
from .scope import Reader

SHADES = 5
Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Place:
    """A unit with its rings, what it answers, and its class among the others."""

    unit: str
    name: str
    rings: tuple[Ring, ...]
    answer: Answer
    shade: int | None


@dataclass(frozen=True)
class Mapped:
    """A map of one indicator in one period."""

    title: str
    places: tuple[Place, ...]
    schematic: bool


def mapped(reader: Reader, question: Question, moment: Moment) -> Mapped | None:
    """The first indicator of a question in its last period, by county and zone; None where the
    pack gives no areas or no indicator is asked."""
    rules = areas_of(reader.viewer.city, moment)
    one = replace(
        question,
        indicators=question.indicators[:1],
        units=tuple(rules),
        first=question.last,
        shows=question.shows[:1],
        cut=Cut.UNIT,
    )
    if not rules or not one.indicators:
        return None
    found = asked(reader, one, moment)
    if not found.indicators:
        return None
    (key, definition), shows, period = next(iter(found.indicators.items())), one.shows[0], one.last
    answers = {
        unit: answer_for(reader, one, found, key, member, period, shows)
        for unit, member in found.members.items()
        if unit in rules
    }
    shades = shaded(answers)
    places = tuple(
        Place(unit, found.members[unit].name, rings_of(rules[unit]), answer, shades[unit])
        for unit, answer in answers.items()
    )
    title = f"{label_of(definition)} · {period_label(period)}"
    return Mapped(title, places, any(rule.schematic for rule in rules.values()))


def areas_of(city: str, moment: Moment) -> dict[str, AreaRule]:
    """The areas of a city's packs by the key of the unit they mean."""
    stack = pack_of(city, moment)
    names = {rule.key: rule.name for rule in stack.all("units", UnitRule, moment.today)}
    known = units_by_name(city, moment)
    return {
        known[name][0].of_id: rule
        for rule in stack.all("areas", AreaRule, moment.today)
        if known.get(name := names.get(rule.means, ""))
    }


def rings_of(rule: AreaRule) -> tuple[Ring, ...]:
    """The rings of an area, of one polygon or of several."""
    shape = rule.geometry
    if shape.type == "Polygon":
        return shape.coordinates
    return tuple(ring for polygon in shape.coordinates for ring in polygon)


def shaded(answers: Mapping[str, Answer]) -> dict[str, int | None]:
    """The class of each answer: equal steps from the least to the largest, 0 to 4."""
    return classes(
        {
            unit: None if one.number is None else Fraction(one.number, 10**one.scale)
            for unit, one in answers.items()
        }
    )


def classes(values: Mapping[str, Fraction | None]) -> dict[str, int | None]:
    """The class of each value, 0 to 4 in equal steps from the least to the largest; None for
    none."""
    every = [value for value in values.values() if value is not None]
    return {unit: _shade(value, every) for unit, value in values.items()}


def _shade(value: Fraction | None, every: Sequence[Fraction]) -> int | None:
    if value is None:
        return None
    least, most = min(every), max(every)
    return 0 if least == most else min(SHADES - 1, int(SHADES * (value - least) / (most - least)))
