"""The figures that texts state, from the packs of a city: facts, never values of a unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.languages import in_one_line, language
from luodi.common.moments import Moment
from luodi.kit.quantities import Quantity, show
from luodi.orgs.queries import pack_of
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import FactRule, IndicatorRule

from ..choices import Comparator
from ..models import Definition
from ..rules import unit_of


@dataclass(frozen=True)
class FactRow:
    """A stated figure: what and whose it is, what it is over, where it stands, what is left open.

    `adopted` is the key of the indicator where the city's dictionary has it.
    """

    key: str
    name: str
    code: str
    adopted: str
    owner: str
    subject: str
    period: str
    figure: str
    stated: str
    unit: str
    over: str
    meaning: str
    scope: str
    document: str
    number: str
    issued: str
    source: str
    open_point: str

    @property
    def address(self) -> str:
        """Where the indicator stands; '' where the dictionary doesn't have it."""
        return reverse("indicator", args=[self.adopted]) if self.adopted else ""


def stated_facts(viewer: Viewer, moment: Moment) -> list[FactRow]:
    """The figures stated in the texts that a viewer's cities run on, in the packs' order."""
    adopted = Definition.objects.at(moment).filter(indicator__city__in=viewer.cities)
    keys = {
        (city, code): key
        for city, code, key in adopted.values_list(
            "indicator__city", "indicator__code", "indicator"
        )
    }
    rows = []
    for city in sorted(viewer.cities):
        stack = pack_of(city, moment)
        meant = {rule.key: rule for rule in stack.all("indicators", IndicatorRule)}
        for fact in stack.all("facts", FactRule):
            adopted_as = keys.get((city, fact.indicator), "")
            rows.append(_row(fact, meant.get(fact.indicator), adopted_as))
    return rows


def _row(fact: FactRule, meant: IndicatorRule | None, adopted: str) -> FactRow:
    english = language() == "en"
    return FactRow(
        key=fact.key,
        name=fact.name_en if english else fact.name,
        code=fact.indicator,
        adopted=adopted,
        owner=fact.owner.name,
        subject=fact.subject,
        period=fact.period.replace("/", "—"),
        figure=figure_words()[fact.figure],
        stated=_stated(fact),
        unit=fact.unit,
        over=_over(fact, meant),
        meaning=meant.definition if meant else "",
        scope=meant.scope if meant else "",
        document=fact.document,
        number=fact.number,
        issued=fact.issued,
        source=fact.source,
        open_point=fact.open_point,
    )


def figure_words() -> Mapping[str, str]:
    """What a stated figure may be, in words."""
    return {"actual": _("实际"), "target": _("目标"), "rank": _("位次"), "growth": _("增速")}


def _stated(fact: FactRule) -> str:
    """The figure with every digit of the text, and how it compares."""
    places = len(fact.value.partition(".")[2])
    read = Quantity.parse(fact.value, unit_of(fact.unit), places)
    digits = show(read.number, read.scale) if isinstance(read, Quantity) else fact.value
    sign = "" if fact.comparator == "=" else Comparator(fact.comparator).label
    return f"{sign} {digits}".strip()


def _over(fact: FactRule, meant: IndicatorRule | None) -> str:
    """What a rate is over, with its base and parts; that nothing says so, where nothing does."""
    if fact.rate is None:
        if meant is not None and meant.numerator:
            return f"{meant.numerator} ÷ {meant.denominator}"
        return ""
    parts = _("%(numerator)s ÷ %(denominator)s；基数：%(base)s") % {
        "numerator": fact.rate.numerator,
        "denominator": fact.rate.denominator,
        "base": fact.rate.base,
    }
    if fact.rate.over:
        said = {"yes": _("复算相符"), "rounded": _("复算相符（四舍五入）"), "no": _("复算不符")}
        again = f"{fact.rate.over} {said.get(fact.rate.recomputes, '')}".strip()
        return in_one_line([parts, again])
    return in_one_line([parts, _("没有给出个数，不能复算")])
