"""What may stand in a project's fields that hold keys, by all the names these go by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import override

from luodi.common.languages import Titled, titled
from luodi.common.moments import Moment
from luodi.orgs.choices import UnitKind
from luodi.orgs.models import UnitState
from luodi.orgs.queries import units_by_name, units_of

from ..choices import Origin, Signing
from ..models import LedgerWord
from ..rules.words import SPOKEN, Vocabulary, plain
from .pipelines import modes_at, pipeline_at

NO_UNITS = {UnitKind.CITY, UnitKind.COLLECTIVE, UnitKind.TASK_FORCE, UnitKind.LEADING_GROUP}
PLACES = {UnitKind.ZONE, UnitKind.COUNTY}
Choices = list[tuple[str, str]]


def unit_choices(city: str, moment: Moment) -> tuple[Choices, Choices]:
    """The units that may lead a project, and the zones and counties it may lie in."""
    units = list(units_of(city, moment).exclude(kind__in=NO_UNITS))
    zones = [(unit.of_id, unit.name) for unit in units if unit.kind in PLACES]
    return [(unit.of_id, unit.name) for unit in units], zones


def vocabulary(city: str, moment: Moment) -> Vocabulary:
    """The words of a city: names of its units, titles of its pack, and what people said."""
    units, zones = unit_choices(city, moment)
    modes, stages = modes_at(city, moment), pipeline_at(city, moment).stages
    names = units_by_name(city, moment)
    labelled: dict[str, type[TextChoices]] = {"origin": Origin, "signing": Signing}
    choices = {
        "lead": units,
        "zone": zones,
        "mode": [(rule.key, titled(rule)) for rule in modes],
        "stage": [(rule.key, titled(rule)) for rule in stages],
        **{n: [(key, str(label)) for key, label in of.choices] for n, of in labelled.items()},
    }
    words = {
        "lead": _units(names, {key for key, _name in units}),
        "zone": _units(names, {key for key, _name in zones}),
        "mode": _titles((rule.key, rule) for rule in modes),
        "stage": _titles((rule.key, rule) for rule in stages),
        **{name: _labels(name, of) for name, of in labelled.items()},
    }
    said = LedgerWord.objects.at(moment).filter(city=city).values_list("field", "word", "means")
    known = {name: {"", *(key for key, _label in some)} for name, some in choices.items()}
    remembered = {(f, word): means for f, word, means in said if means in known.get(f, ())}
    return Vocabulary(words, {n: tuple(some) for n, some in choices.items()}, remembered)


def _units(names: dict[str, list[UnitState]], allowed: set[str]) -> dict[str, frozenset[str]]:
    found = {}
    for name, rows in names.items():
        keys = frozenset(row.of_id for row in rows) & allowed
        if keys:
            found[plain(name)] = found.get(plain(name), frozenset()) | keys
    return found


def _titles(rules: Iterable[tuple[str, Titled]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for key, rule in rules:
        for title in (rule.title, rule.title_en, key):
            found[plain(title)].add(key)
    return {title: frozenset(keys) for title, keys in found.items()}


def _labels(name: str, labelled: type[TextChoices]) -> dict[str, frozenset[str]]:
    """The labels in each language of the site, and what else people write."""
    found = {plain(word): str(key) for word, key in SPOKEN[name].items()}
    for code, _language in settings.LANGUAGES:
        with override(code):
            found |= {plain(str(label)): key for key, label in labelled.choices}
    return {word: frozenset({key}) for word, key in found.items()}
