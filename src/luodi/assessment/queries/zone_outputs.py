"""A zone's average output per mu: output ÷ land by a declared reading. It grades no enterprise."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from luodi.common.languages import language
from luodi.common.moments import Moment
from luodi.indicators.choices import Purpose
from luodi.indicators.models import Definition, Value
from luodi.indicators.rules import unit_of
from luodi.kit.quantities import ratio, show
from luodi.orgs.choices import UnitKind
from luodi.orgs.models import UnitState
from luodi.orgs.queries import pack_of, visible
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import ZoneOutputRule

from ..rules.gradings import plain_digits


@dataclass(frozen=True)
class ZoneOutput:
    """A zone's output, land and what one mu yields; `why` where that can't be told."""

    key: str
    name: str
    output: str
    land: str
    per_mu: str
    reached: bool | None
    why: str


@dataclass(frozen=True)
class ZoneOutputs:
    """The zones of a year by a rule; `rule` is None where the city's packs have none."""

    rule: ZoneOutputRule | None
    year: int
    rows: tuple[ZoneOutput, ...]


Cell = tuple[str, str]


def zone_outputs(year: int, viewer: Viewer, moment: Moment) -> ZoneOutputs:
    """The zones a viewer may see, in a fixed number of queries."""
    rules = pack_of(viewer.city, moment).all("zone_outputs", ZoneOutputRule, moment.today)
    rule = next(iter(rules), None)
    if rule is None:
        return ZoneOutputs(None, year, ())
    zones = UnitState.objects.at(moment).filter(of__city=viewer.city, kind=UnitKind.ZONE)
    if not viewer.sees_whole_city:
        zones = zones.filter(of__in=viewer.units)
    codes = (rule.numerator, rule.denominator)
    rows = Definition.objects.at(moment).filter(
        indicator__city=viewer.city, indicator__code__in=codes, purpose=Purpose.DISPATCH
    )
    known = {row.indicator.code: row for row in rows.select_related("indicator")}
    figures = _figures(known, year, viewer, moment)
    found = [
        _row(rule, zone, known, figures) for zone in zones.order_by("name").select_related("of")
    ]
    return ZoneOutputs(rule, year, tuple(found))


def _figures(
    known: dict[str, Definition], year: int, viewer: Viewer, moment: Moment
) -> dict[Cell, Fraction]:
    """Figures by (code, zone)."""
    codes = {row.indicator_id: code for code, row in known.items()}
    rows = visible(Value.objects.at(moment), viewer).filter(
        indicator__in=list(codes), period=str(year), purpose=Purpose.DISPATCH, enterprise=""
    )
    return {
        (codes[indicator], unit): Fraction(amount, 10**scale)
        for indicator, unit, amount, scale in rows.values_list(
            "indicator_id", "unit", "amount", "scale"
        )
    }


def _row(
    rule: ZoneOutputRule,
    zone: UnitState,
    known: dict[str, Definition],
    figures: dict[Cell, Fraction],
) -> ZoneOutput:
    name = zone.short_name or zone.name
    output, land = (
        _in(known.get(code), figures.get((code, zone.of_id)), wanted)
        for code, wanted in (
            (rule.numerator, rule.numerator_unit),
            (rule.denominator, rule.denominator_unit),
        )
    )
    english = language() == "en"
    above = rule.numerator_title_en if english else rule.numerator_title
    below = rule.denominator_title_en if english else rule.denominator_title
    why, per_mu, reached = "", "", None
    if output is None:
        why = _("没有%s。") % above
    elif land is None:
        why = _("没有%s。") % below
    elif land <= 0:
        why = _("%s为零，不能计算。") % below
    else:
        number = ratio(output, land, rule.places)
        per_mu = show(number, rule.places) if isinstance(number, int) else ""
        reached = output / land >= Fraction(rule.threshold)
    return ZoneOutput(
        zone.of_id, name, plain_digits(output), plain_digits(land), per_mu, reached, why
    )


def _in(row: Definition | None, value: Fraction | None, wanted: str) -> Fraction | None:
    """A figure in the unit wanted."""
    if row is None or value is None:
        return None
    return value * unit_of(row.measured_in).factor / unit_of(wanted).factor
