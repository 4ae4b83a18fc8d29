"""The local matching rate of a chain, by each definition of the city's pack, with its working."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luodi.common.languages import listed, titled
from luodi.common.moments import Moment
from luodi.common.refusals import in_words
from luodi.kit.networks.supply import FULL, MatchingRate, Near, matching_rate
from luodi.orgs.queries import owned, pack_of
from luodi.packs.schemas import FactRule, MatchingRateRule

from .graph import FINE, ChainMap

MONEY = Decimal(1).scaleb(-FINE)


@dataclass(frozen=True)
class Stated:
    """The rate as a text states it: another definition may stand behind it."""

    figure: str
    period: str
    subject: str
    source: str
    open_point: str


@dataclass(frozen=True)
class Rate:
    """A matching rate in words: figures in 万元 or in items, what was left out and why.

    `version`, `owned`, `since`, `note` are those of the definition.
    """

    label: str
    definition: str
    unit: str
    numerator: Decimal
    denominator: Decimal
    percent: Decimal | None
    reason: str
    left_out: tuple[str, ...]
    version: int
    owned: str
    since: date | None
    note: str
    stated: tuple[Stated, ...]


def definitions(city: str, moment: Moment) -> list[MatchingRateRule]:
    """The definitions in force in a city on a day, in their order."""
    rules = pack_of(city, moment).all("matching_rates", MatchingRateRule, moment.today)
    return sorted(rules, key=lambda rule: rule.order)


def rate_of(city_map: ChainMap, chain: str, rule: MatchingRateRule) -> MatchingRate:
    """The rate of a chain by a definition."""
    what = f"rate {rule.by} {rule.near} {rule.places}"
    near = _near(city_map, rule)
    return city_map.once(
        what, chain, lambda: matching_rate(city_map.graph_of(chain), rule.by, near)
    )


def _near(city_map: ChainMap, rule: MatchingRateRule) -> Near | None:
    """Who counts as local to a buyer by a definition; None for the firms of the city."""
    firms = city_map.firms
    if rule.near == "city":
        return None
    if rule.near == "unit":
        units = {key: firm.unit for key, firm in firms.items()}
        return lambda buyer, supplier: (
            bool(units.get(buyer)) and (units.get(buyer) == units.get(supplier))
        )
    here = {key for key, one in firms.items() if one.local or one.place.startswith(rule.places)}
    return lambda _buyer, supplier: supplier in here


def rates_in_words(city_map: ChainMap, chain: str, city: str, moment: Moment) -> tuple[Rate, ...]:
    """The rates of a chain by every definition, as its page shows them."""
    rules = definitions(city, moment)
    stated: dict[str, list[Stated]] = defaultdict(list)
    wanted = {rule.stated for rule in rules if rule.stated}
    for fact in pack_of(city, moment).all("facts", FactRule, moment.today) if wanted else ():
        if fact.indicator in wanted:
            said = Stated(
                f"{fact.value} {fact.unit}", fact.period, fact.subject, fact.source, fact.open_point
            )
            stated[fact.indicator].append(said)
    return tuple(
        _in_words(rule, rate_of(city_map, chain, rule), tuple(stated.get(rule.stated or "", ())))
        for rule in rules
    )


def _in_words(rule: MatchingRateRule, rate: MatchingRate, stated: tuple[Stated, ...]) -> Rate:
    scale = {"value": MONEY, "items": Decimal(1), "shares": Decimal(1) / FULL}[rule.by]
    return Rate(
        label=titled(rule),
        definition=definition_in_words(rule),
        unit=_("万元") if rule.by == "value" else _("项"),
        numerator=(rate.numerator * scale).normalize() + 0,
        denominator=(rate.denominator * scale).normalize() + 0,
        percent=rate.percent,
        reason=in_words(rate.refusal) if rate.refusal is not None else "",
        left_out=tuple(_left_out(one.why, one.count) for one in rate.left_out),
        version=rule.version,
        owned=owned(rule),
        since=rule.since,
        note=rule.note,
        stated=stated,
    )


def definition_in_words(rule: MatchingRateRule) -> str:
    """What is over what, and who counts as local."""
    near = {
        "unit": _("与采购企业同一开发区或县区的企业"),
        "city": _("本市企业"),
        "places": _("本市和%(places)s的企业") % {"places": listed(rule.places)},
    }[rule.near]
    said = {
        "value": _("本市企业向“本地”企业采购的金额 ÷ 本市企业采购的全部金额"),
        "items": _("有“本地”企业供应的采购项（采购企业与产品一对为一项）÷ 全部采购项"),
        "shares": _(
            "“本地”供应方的占比之和 ÷ 登记了占比的全部供应方的占比之和（一个采购项最多计 1）"
        ),
    }[rule.by]
    return _("%(said)s；“本地”指%(near)s") % {"said": said, "near": near}


def _left_out(why: str, n: int) -> str:
    words = {
        "no_supplier": ngettext(
            "%(n)d 项供应方未登记，不计入", "%(n)d 项供应方未登记，不计入", n
        ),
        "no_value": ngettext("%(n)d 项没有金额，不计入", "%(n)d 项没有金额，不计入", n),
        "no_share": ngettext("%(n)d 项没有占比，不计入", "%(n)d 项没有占比，不计入", n),
        "over_full": ngettext(
            "%(n)d 项占比合计超过 100%%，整项不计入", "%(n)d 项占比合计超过 100%%，整项不计入", n
        ),
        "rest_unknown": ngettext(
            "%(n)d 项占比合计不足 100%%，其余供应方未知，未知的部分不计入",
            "%(n)d 项占比合计不足 100%%，其余供应方未知，未知的部分不计入",
            n,
        ),
    }  # fmt: skip
    return words[why] % {"n": n}
