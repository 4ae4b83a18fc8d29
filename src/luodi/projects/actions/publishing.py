"""What batches count goes down into the dictionary, where the formula engine makes rates of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete, NotAllowed
from luodi.indicators.actions import submit_values
from luodi.indicators.models import Definition
from luodi.indicators.queries import codes_of
from luodi.kit.calendars import Period
from luodi.orgs.choices import Role
from luodi.orgs.queries import viewer_of_person

from ..queries import Cohort, cohort
from ..rules import Entry, distinct


@dataclass(frozen=True)
class Published:
    """How many figures were written, and the codes the dictionary doesn't have."""

    written: int
    missing: tuple[str, ...]


def publish_rates(*, city: str, period: str, by: str, at: datetime) -> Published:
    """Write what rates are taken of, for the city and each zone, as values of a past month.

    A rate whose indicator (`stated`) is made of a numerator and a denominator by the dictionary
    gets both; the engine of formulas computes the rate. Publishing twice writes what changed.
    """
    viewer = viewer_of_person(by)
    if not viewer.has(Role.OFFICE) or city not in viewer.cities:
        raise NotAllowed(_("批次的数由专班办公室发布。"))
    month = _month(period, Moment(at))
    found = cohort(viewer, Moment(at), month.end)
    entries = distinct(found.all)
    if not entries:
        raise Incomplete(_("到这个月末没有批次，没有可以发布的数。"))
    keys, missing = _parts(city, found, Moment(at))
    if not keys:
        raise Incomplete(_("指标库里没有这些比率的分子和分母，请先由统计人员采纳规则包里的指标。"))
    places = {city: entries}
    for entry in entries:
        zone = found.states[entry.project].zone
        if zone:
            places.setdefault(zone, []).append(entry)
    with perform(
        "publish_rates",
        by=by,
        at=at,
        subjects=[subject_key("batches", month.key)],
        scope={"city": city, "unit": viewer.unit},
        payload={"period": month.key},
    ) as deed:
        written = sum(
            _written(deed, city, unit, month, found, some, keys) for unit, some in places.items()
        )
        deed.payload["written"] = written
    return Published(written, missing)


def _month(period: str, moment: Moment) -> Period:
    try:
        month = Period.parse(period)
    except ValueError:
        month = None
    if month is None or month.kind != "month":
        raise Incomplete(_("请填写月份，例如 2026-03。"))
    if month.end > moment.today:
        raise Incomplete(_("这个月还没有过完，月末以后再发布。"))
    return month


def _parts(
    city: str, found: Cohort, moment: Moment
) -> tuple[dict[str, tuple[str, str]], tuple[str, ...]]:
    """Keys of numerator and denominator by the key of a rate; codes that aren't there.

    Only rates by count: a sum of outputs needn't have the dictionary's few decimals.
    """
    rates = {rule.stated: rule.key for rule in found.rules if rule.stated and rule.by == "count"}
    stated = Definition.objects.at(moment).filter(
        indicator__city=city, indicator__code__in=list(rates)
    )
    pairs = {
        code: (numerator, denominator)
        for code, numerator, denominator in stated.values_list(
            "indicator__code", "numerator", "denominator"
        )
        if numerator and denominator
    }
    known = codes_of(city, {code for pair in pairs.values() for code in pair})
    keys = {
        rates[code]: (known[a], known[b])
        for code, (a, b) in pairs.items()
        if a in known and b in known
    }
    gone = {code for pair in pairs.values() for code in pair} - set(known)
    return keys, tuple(sorted(gone | (set(rates) - set(pairs))))


def _written(
    deed: Deed,
    city: str,
    unit: str,
    month: Period,
    found: Cohort,
    entries: Iterable[Entry],
    keys: dict[str, tuple[str, str]],
) -> int:
    """Write the parts of every rate over some entries as figures of a unit."""
    figures: dict[str, str] = {}
    for one in found.rates(entries):
        if one.rule.key in keys and one.base:
            over, base = keys[one.rule.key]
            figures |= {over: str(one.numerator), base: str(one.base)}
    written = submit_values(
        deed=deed,
        city=city,
        unit=unit,
        period=month.key,
        figures=figures,
        origin=subject_key("batches", month.key),
    )
    return len(written)
