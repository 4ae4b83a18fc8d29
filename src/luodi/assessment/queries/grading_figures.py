"""The figures a grading stands on: which indicators, which values, what is missing.

Read are only values whose purpose the rule allows; official statistics of one enterprise never are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from luodi.common.languages import titled
from luodi.common.moments import Moment
from luodi.indicators.choices import Counts, Purpose
from luodi.indicators.models import Definition, Value
from luodi.indicators.rules import unit_of
from luodi.kit.quantities import unit
from luodi.kit.scoring import Amount, Firm
from luodi.orgs.choices import EnterpriseStanding
from luodi.orgs.models import EnterpriseState
from luodi.packs.schemas import GradingRule

from ..models import Grading, GradingFirm
from ..rules.gradings import is_protected

PURPOSES = {
    "self_reported": Purpose.ENTERPRISE,
    "shared": Purpose.SHARED,
    "dispatch": Purpose.DISPATCH,
}
RUNNING = (Counts.YEAR_TO_DATE, Counts.AT_END)
"""What counts so, its December figure is the year's."""


def own_code(name: str) -> str:
    """The code of the indicator that holds an input brought for gradings."""
    return f"grading-{name}"


@dataclass(frozen=True)
class Source:
    """An indicator that an input may be read from, and how."""

    input: str
    indicator: str
    name: str
    purpose: str
    periods: tuple[str, ...]
    times: int
    per: int


@dataclass(frozen=True)
class Sources:
    """The indicators of a rule's inputs, the preferred first; `refused`: which can't serve."""

    found: tuple[Source, ...]
    refused: tuple[str, ...]

    def own(self, name: str) -> Source | None:
        """The indicator that what is brought for an input goes to."""
        return next((one for one in self.found if one.input == name), None)


@dataclass(frozen=True)
class Gathered:
    """Firms as the kit takes them, what is known of each, and where every figure is from.

    `figures` by firm and input: amount, per, place in `places`, act since; `places` are
    (indicator, period, purpose).
    """

    firms: tuple[Firm, ...]
    states: Mapping[str, tuple[str, str, str, str, str]]
    figures: Mapping[str, Mapping[str, tuple[int, int, int, int]]]
    places: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Coverage:
    """How many firms have a figure for an input, and from which indicators."""

    input: str
    title: str
    unit: str
    there: int
    of: int
    sources: tuple[tuple[str, str], ...]
    missing: tuple[tuple[str, str], ...]

    @property
    def lacking(self) -> int:
        """How many lack it."""
        return self.of - self.there


def allowed(rule: GradingRule) -> tuple[str, ...]:
    """The purposes a rule reads, in its order; never statistics, whatever it says."""
    return tuple(PURPOSES[one] for one in rule.purposes if one in PURPOSES)


def sources_of(city: str, rule: GradingRule, year: int, moment: Moment) -> Sources:
    """The indicators of a city that a rule's inputs are read from, in one query."""
    codes = {own_code(one.key): one.key for one in rule.inputs}
    codes |= {code: one.key for one in rule.inputs for code in one.codes}
    rows = Definition.objects.at(moment).filter(
        indicator__city=city, indicator__code__in=list(codes)
    )
    known = {row.indicator.code: row for row in rows.select_related("indicator")}
    found, refused = [], []
    for one in rule.inputs:
        for code in (own_code(one.key), *one.codes):
            row = known.get(code)
            if row is None:
                continue
            why = _refusal(rule, one.unit, row)
            if why:
                refused.append(why)
            else:
                found.append(_source(one.key, one.unit, row, year))
    return Sources(tuple(found), tuple(refused))


def _refusal(rule: GradingRule, wanted: str, row: Definition) -> str:
    """Why an indicator can't serve an input; '' where it can."""
    if row.purpose == Purpose.STATISTICS:
        return _("“%s”是政府统计指标：能识别单个企业的统计资料依法只用于统计，不读取。") % row.name
    if row.purpose not in allowed(rule):
        return _("“%s”的用途不在规则允许之列，不读取。") % row.name
    if unit_of(row.measured_in).dimension != unit_of(wanted).dimension:
        said = {"name": row.name, "unit": row.measured_in, "wanted": wanted}
        return _("“%(name)s”的计量单位是%(unit)s，不能换算为%(wanted)s，不读取。") % said
    return ""


def _source(name: str, wanted: str, row: Definition, year: int) -> Source:
    factor = Fraction(1)
    if (mine := unit(wanted)) is not None:
        factor = unit_of(row.measured_in).factor / mine.factor
    periods = [str(year)]
    if row.period_kind == "month" and row.counts in RUNNING:
        periods.append(f"{year}-12")
    if row.period_kind == "quarter" and row.counts in RUNNING:
        periods.append(f"{year}Q4")
    return Source(
        name, row.indicator_id, row.name, row.purpose, tuple(periods),
        factor.numerator, factor.denominator,
    )  # fmt: skip


def gather(grading: Grading, rule: GradingRule, moment: Moment) -> Gathered:
    """Everybody in business with their figures, in a fixed number of queries."""
    states = _firms_in(grading.city, moment)
    sources = sources_of(grading.city, rule, grading.year, moment)
    places, figures = _figures(grading.city, rule, sources, moment)
    noted = {
        row[0]: row[1:]
        for row in GradingFirm.objects.at(moment)
        .filter(grading=grading)
        .values_list("enterprise", "exempt", "started_on")
    }
    firms = []
    nothing: dict[str, tuple[int, int, int, int]] = {}
    for key, state in states.items():
        exempt, started = noted.get(key, ("", None))
        mine: dict[str, Amount] = {
            name: found[:2] for name, found in figures.get(key, nothing).items()
        }
        firms.append(Firm(key, state[2], mine, exempt, is_protected(rule, started, grading.year)))
    return Gathered(tuple(firms), states, figures, places)


def _firms_in(city: str, moment: Moment) -> dict[str, tuple[str, str, str, str, str]]:
    """Name, code, class, home and zone of every enterprise in business."""
    rows = EnterpriseState.objects.at(moment).filter(
        city=city, standing=EnterpriseStanding.IN_BUSINESS
    )
    columns = ("of_id", "name", "credit_code", "size_class", "unit", "zone")
    return {row[0]: row[1:] for row in rows.values_list(*columns)}


def _figures(
    city: str, rule: GradingRule, sources: Sources, moment: Moment
) -> tuple[tuple[tuple[str, str, str], ...], dict[str, dict[str, tuple[int, int, int, int]]]]:
    """The preferred figure of every firm and input: by indicator, purpose and period in order."""
    purposes = allowed(rule)
    order = {
        (one.indicator, purpose, period): one
        for one in sources.found
        for purpose in purposes
        for period in one.periods
    }
    places = tuple((indicator, period, purpose) for indicator, purpose, period in order)
    at = {place: number for number, place in enumerate(order)}
    rows = Value.objects.at(moment).filter(
        city=city,
        indicator__in={one.indicator for one in sources.found},
        period__in={period for one in sources.found for period in one.periods},
        purpose__in=purposes,
    )
    columns = ("indicator_id", "purpose", "period", "enterprise", "amount", "scale", "since_id")
    figures: dict[str, dict[str, tuple[int, int, int, int]]] = {}
    for *cell, firm, amount, scale, since in rows.exclude(enterprise="").values_list(*columns):
        place = tuple(cell)
        source = order.get(place)  # type: ignore[call-overload]
        if source is None:
            continue
        mine = figures.setdefault(firm, {})
        number = at[place]  # type: ignore[index]
        before = mine.get(source.input)
        if before is None or (number, -since) < (before[2], -before[3]):
            mine[source.input] = (
                amount * source.times, 10**scale * source.per, number, since
            )  # fmt: skip
    return places, figures


def coverage(
    rule: GradingRule,
    gathered: Gathered,
    names: Mapping[str, str],
    most: int = 20,
) -> list[Coverage]:
    """For each input how many firms have it, and some of those that lack it.

    `names` are those of indicators. Firms whose formula doesn't ask for the input don't count.
    """
    asked = {
        formula.group: {*formula.needs, *(t.numerator for t in formula.terms)}
        | {t.denominator for t in formula.terms}
        for formula in rule.formulas
    }
    found = []
    for one in rule.inputs:
        mine = [f for f in gathered.firms if one.key in asked.get(f.group, ()) and not f.exempt]
        gone = [firm.key for firm in mine if one.key not in firm.figures]
        used = _used(gathered, one.key, names)
        found.append(
            Coverage(
                one.key, titled(one), one.unit, len(mine) - len(gone), len(mine), used,
                tuple((key, gathered.states[key][0]) for key in gone[:most]),
            )
        )  # fmt: skip
    return found


def _used(gathered: Gathered, name: str, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    used = {mine[name][2] for mine in gathered.figures.values() if name in mine}
    return tuple(
        dict.fromkeys(_place_words(gathered.places[number], names) for number in sorted(used))
    )


def _place_words(place: tuple[str, str, str], names: Mapping[str, str]) -> tuple[str, str]:
    indicator, period, purpose = place
    words = f"{names.get(indicator, indicator)} · {period} · {Purpose(purpose).label}"
    return indicator, words


def indicator_names(keys: Iterable[str], moment: Moment) -> dict[str, str]:
    """Names of indicators by key."""
    rows = Definition.objects.at(moment).filter(indicator__in=set(keys))
    return dict(rows.values_list("indicator", "name"))
