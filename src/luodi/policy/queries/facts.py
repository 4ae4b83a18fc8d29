"""What is known of enterprises, fact by fact, with where each comes from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from luodi.common.doors import facts as fact_sources
from luodi.common.keys import split_subject, subject_key
from luodi.common.moments import Moment
from luodi.common.verdicts import KnownFacts
from luodi.indicators.choices import Counts
from luodi.indicators.models import Definition
from luodi.indicators.models import Value as Figure
from luodi.kit.eligibility import FactKind, Firms, Value, value_from
from luodi.kit.quantities import Quantity
from luodi.kit.refusals import Refusal

from ..choices import FactStage
from ..models import FirmFact
from ..rules import Catalogue

ENTERPRISE = "enterprise"
RAN_OUT = "ran_out"
ACCEPTED = "accepted"
"""The fact that a filing was accepted: figures that weren't are nobody's yet."""


@dataclass(frozen=True)
class Known:
    """A fact of a firm: its value, which source gave it, and as of when where that is said.

    `last_on` is the last day on which it counts, None for good. Of one that has run out, `value`
    is None, like that of an unknown one, and `was` is what it said.
    """

    value: Value | None
    source: str
    on: date | None = None
    last_on: date | None = None
    was: Value | None = None

    @property
    def ran_out(self) -> bool:
        """Whether it was known and counts no more."""
        return self.source == RAN_OUT


Dossier = Mapping[str, Mapping[str, Known]]
"""Enterprise -> name of a fact -> what is known."""


def dossiers(enterprises: Iterable[str], catalogue: Catalogue, moment: Moment) -> Dossier:
    """What is known of some enterprises at a moment, in queries that don't grow with them.

    What a module knows goes before figures, these before what the firm stated and an office
    verified as of no later day. What was verified and has run out by the moment's day is there
    without a value.
    """
    keys = list(dict.fromkeys(enterprises))
    found: dict[str, dict[str, Known]] = {key: {} for key in keys}
    _verified(found, keys, catalogue, moment)
    _figures(found, keys, catalogue, moment)
    _through_doors(found, keys, catalogue, moment)
    return found


def _through_doors(
    found: dict[str, dict[str, Known]], keys: list[str], catalogue: Catalogue, moment: Moment
) -> None:
    subjects = [subject_key(ENTERPRISE, key) for key in keys]
    for name, source in catalogue.sources.items():
        fact = catalogue.facts[name]
        for door in filter(None, map(fact_sources.get, source.doors)):
            for subject, given in door(subjects, moment).items():
                value = _as_declared(given, fact, source.held)
                key = split_subject(subject)[1]
                if value is not None and key in found:
                    found[key][name] = _joined(found[key].get(name), value)


def _joined(before: Known | None, value: Value) -> Known:
    """What a module knows, over what was known before; of a set both."""
    if before is not None and isinstance(before.value, frozenset) and isinstance(value, frozenset):
        return Known(before.value | value, "door", before.on, before.last_on)
    if before is not None and before.ran_out and isinstance(value, frozenset):
        return Known(value, "door", before.on, before.last_on, before.was)
    return Known(value, "door")


def _as_declared(given: Any, fact: FactKind, held: Mapping[str, str]) -> Value | None:
    """A value from a door as the catalogue declares it; None for one of another kind.

    Of a set only what the catalogue names counts; nothing of it says nothing, for a register may
    not be complete.
    """
    match fact.kind:
        case "number" if isinstance(given, Quantity) and fact.unit:
            read = given.convert(fact.unit, fact.scale)
            return None if isinstance(read, Refusal) else read.number
        case "number" if isinstance(given, int) and not isinstance(given, bool):
            return given * 10**fact.scale
        case "set" if isinstance(given, set | frozenset | list | tuple):
            named = (held.get(str(one), str(one)) for one in given)
            return frozenset(one for one in named if one in fact.options) or None
        case "truth" if isinstance(given, frozenset):
            return True if given & held.keys() else None
        case "truth" if isinstance(given, bool):
            return given
        case "date" if isinstance(given, date):
            return given
        case "words" if isinstance(given, str) and given:
            return given
    return None


def _verified(
    found: dict[str, dict[str, Known]], keys: list[str], catalogue: Catalogue, moment: Moment
) -> None:
    rows = FirmFact.objects.at(moment).filter(of__in=keys, stage=FactStage.VERIFIED)
    for row in rows.order_by("on", "since"):
        fact = catalogue.facts.get(row.fact)
        value = stored_value(row.value, fact) if fact is not None else None
        if value is None:
            continue
        last = last_day(row, catalogue)
        over = last is not None and last < moment.today
        found[row.of_id][row.fact] = (
            Known(None, RAN_OUT, row.on, last, value)
            if over
            else Known(value, "verified", row.on, last)
        )


def last_day(row: FirmFact, catalogue: Catalogue) -> date | None:
    """The last day on which a verified fact counts by the catalogue; None for good."""
    lasting = catalogue.sources[row.fact].lasting
    return lasting.last_day(row.on, row.holds_until) if lasting else None


def stored_value(data: Any, fact: FactKind) -> Value | None:
    """A stored value as the catalogue declares it now; None where it is of another kind."""
    try:
        value = value_from(data)
    except ValueError:
        return None
    kinds: dict[str, type | tuple[type, ...]] = {
        "number": int, "words": str, "set": frozenset, "date": date, "truth": bool,
    }  # fmt: skip
    wrong = fact.kind == "number" and isinstance(value, bool)
    return value if isinstance(value, kinds[fact.kind]) and not wrong else None


def _figures(
    found: dict[str, dict[str, Known]], keys: list[str], catalogue: Catalogue, moment: Moment
) -> None:
    """Figures of the firms themselves, gathered for a purpose that the catalogue allows.

    Only last year's counts, of a monthly indicator that of its last month, counted from the start
    of the year or at its end; a figure that came with a filing only once that is accepted.
    """
    wanted = {s.indicator: name for name, s in catalogue.sources.items() if s.indicator}
    if not wanted or not keys:
        return
    defined = {
        one.indicator_id: one
        for one in Definition.objects.at(moment)
        .filter(indicator__code__in=wanted)
        .select_related("indicator")
    }
    year = moment.today.year - 1
    periods = {key: _whole_year(one, year) for key, one in defined.items()}
    values = list(
        Figure.objects.at(moment)
        .filter(indicator__in=defined, enterprise__in=keys, period__in=set(periods.values()) - {""})
        .order_by("since")
    )
    taken = _accepted({row.origin for row in values}, moment)
    end = date(year, 12, 31)
    for row in values:
        one = defined[row.indicator_id]
        name = wanted[one.indicator.code]
        source = catalogue.sources[name]
        allowed = row.purpose in source.purposes and taken.get(row.origin, True)
        if not allowed or row.period != periods[row.indicator_id]:
            continue
        value = _figure(row, one.measured_in, catalogue.facts[name])
        before = found[row.enterprise].get(name)
        newer = before is not None and not before.ran_out and before.on and before.on > end
        if value is not None and not newer:
            found[row.enterprise][name] = Known(value, "figure", end)


LAST_OF_YEAR = {"year": "", "half": "H2", "quarter": "Q4", "month": "-12"}
"""What the last period of a year is called behind the year."""


def _whole_year(definition: Definition, year: int) -> str:
    """The period whose figure speaks of a whole year; '' where none alone does."""
    kind = definition.period_kind
    whole = kind == "year" or definition.counts in (Counts.YEAR_TO_DATE, Counts.AT_END)
    return f"{year}{LAST_OF_YEAR[kind]}" if whole and kind in LAST_OF_YEAR else ""


def _accepted(origins: Iterable[str], moment: Moment) -> dict[str, bool]:
    source = fact_sources.get(ACCEPTED)
    return dict(source(sorted(origins), moment)) if source else {}


def _figure(row: Figure, measured: str, fact: FactKind) -> int | None:
    """A figure in the fact's unit, exactly: rounding could carry it over a threshold."""
    whole = Quantity.parse("1", measured)
    if isinstance(whole, Refusal):
        return None
    read = Quantity(row.amount, row.scale, whole.unit).convert(fact.unit or measured, fact.scale)
    return None if isinstance(read, Refusal) else read.number


def values_of(dossier: Mapping[str, Known]) -> dict[str, Value | None]:
    """The bare values of one firm."""
    return {name: known.value for name, known in dossier.items()}


def as_known(dossier: Mapping[str, Known]) -> KnownFacts:
    """What is known of one firm, as it is judged."""
    ran_out = {n: one.last_on for n, one in dossier.items() if one.ran_out and one.last_on}
    return KnownFacts(values_of(dossier), ran_out)


def firms_of(keys: list[str], found: Dossier, catalogue: Catalogue) -> Firms:
    """Dossiers as columns for the fast engine, in the order of `keys`."""
    columns: dict[str, list[Value | None]] = {
        name: [found[key][name].value if name in found[key] else None for key in keys]
        for name in catalogue.facts
    }
    return Firms(len(keys), columns)


def stated_rows(enterprise: str, moment: Moment) -> dict[str, list[FirmFact]]:
    """What an enterprise stated and offices recorded, by fact."""
    found: dict[str, list[FirmFact]] = defaultdict(list)
    for row in FirmFact.objects.at(moment).filter(of=enterprise).order_by("since"):
        found[row.fact].append(row)
    return found
