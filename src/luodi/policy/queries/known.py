"""What is known of enterprises, for the modules that judge by it: the door of their facts."""

from __future__ import annotations

from collections.abc import Iterable

from luodi.common.keys import split_subject, subject_key
from luodi.common.moments import Moment
from luodi.common.verdicts import KnownFacts
from luodi.orgs.models import Enterprise

from .catalogue import catalogue
from .facts import ENTERPRISE, as_known, dossiers


def known_of(subjects: Iterable[str], moment: Moment) -> dict[str, KnownFacts]:
    """Fact `enterprise.known`: what is known of each enterprise, by the catalogue of its city.

    In a number of queries that doesn't grow with the enterprises.
    """
    keys = {key for kind, key in map(split_subject, subjects) if kind == ENTERPRISE}
    rows = Enterprise.objects.at(moment)
    rows = rows.filter(key__in=keys) if len(keys) < 900 else rows
    homes = {key: city for key, city in rows.values_list("key", "city") if key in keys}
    found: dict[str, KnownFacts] = {}
    for city in sorted(set(homes.values())):
        some = [key for key in sorted(keys) if homes.get(key) == city]
        known = dossiers(some, catalogue(city, moment), moment)
        found |= {subject_key(ENTERPRISE, key): as_known(known[key]) for key in some}
    return found
