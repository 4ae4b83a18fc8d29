"""Tags found by criteria over what is known of a project: yes, no, or can't tell, with reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.common.languages import language, listed
from luodi.common.tables import shown
from luodi.kit.matching import Answer, Criterion, Fixed, Offer, Value, judge
from luodi.kit.matching.ranking import Finding
from luodi.kit.quantities import ratio
from luodi.packs import Stack
from luodi.packs.schemas import TagRule

FACTS = {
    "investment": gettext_lazy("总投资（万元）"),
    "output": gettext_lazy("承诺年产值（万元）"),
    "land": gettext_lazy("用地面积（亩）"),
    "intensity": gettext_lazy("投资强度（万元/亩）"),
    "output_per_mu": gettext_lazy("亩均产值（万元/亩）"),
    "tax_per_mu": gettext_lazy("协议亩均税收（万元/亩）"),
    "energy": gettext_lazy("协议单位能耗（吨标准煤/万元）"),
    "industry": gettext_lazy("行业"),
    "mode": gettext_lazy("招商模式"),
    "signing": gettext_lazy("签约形式"),
}
"""What criteria may ask about, in words with the unit of measure."""

ASKED = {
    "at_least": gettext_lazy("不低于"),
    "at_most": gettext_lazy("不高于"),
    "one_of": gettext_lazy("属于"),
}
PLACES = 2


@dataclass(frozen=True)
class Tagged:
    """One tag of one project. `found` is what the criteria say; '' where there are none.

    `given` is what people decided (None: nothing), `answer` what holds: their word, else `found`.
    """

    rule: TagRule
    found: Answer | str
    reasons: tuple[str, ...]
    given: bool | None
    why: str

    @property
    def answer(self) -> Answer:
        """What holds: what people decided, else what the criteria say; no tag without either."""
        if self.given is not None:
            return "yes" if self.given else "no"
        return self.found or "no"  # type: ignore[return-value]


def tags_of(stack: Stack, day: date) -> tuple[TagRule, ...]:
    """The tags in force on a day, in order."""
    return tuple(sorted(stack.all("tags", TagRule, day), key=lambda rule: rule.order))


def effect_of(rule: TagRule) -> str:
    """What follows from a tag, in the reader's language."""
    return rule.effect_en if language() == "en" else rule.effect


def criteria_of(rule: TagRule) -> list[Criterion]:
    """A tag's criteria as the kit holds them against facts; all of them are hard."""
    found = []
    for number, one in enumerate(rule.criteria):
        value: Value = frozenset(one.value) if isinstance(one.value, tuple) else Fraction(one.value)
        label = str(FACTS[one.fact])
        found.append(Criterion(f"{number}", label, label, one.fact, one.operator, Fixed(value)))
    return found


def tagged(
    rule: TagRule, facts: Mapping[str, Value | None], given: bool | None, why: str
) -> Tagged:
    """A tag held against the facts of a project and the word of people."""
    if not rule.criteria:
        return Tagged(rule, "", (), given, why)
    fit = judge(criteria_of(rule), {}, Offer("", facts))
    return Tagged(rule, fit.answer, tuple(map(reason, fit.findings)), given, why)


def reason(finding: Finding) -> str:
    """Why one criterion says what it says."""
    words = {
        "what": finding.criterion.label(),
        "asked": ASKED[finding.criterion.operator],
        "need": said(finding.need),
        "found": said(finding.found),
    }
    if finding.answer == "cannot_tell":
        return _("%(what)s：标准是%(asked)s %(need)s，没有这个数，无法判断。") % words
    if finding.answer == "yes":
        return _("%(what)s：%(found)s，符合“%(asked)s %(need)s”。") % words
    return _("%(what)s：%(found)s，不符合“%(asked)s %(need)s”。") % words


def asked_in_words(rule: TagRule) -> tuple[str, ...]:
    """A tag's criteria in words."""
    gap = " " if language() == "en" else ""
    return tuple(
        f"{one.label()}{gap}{ASKED[one.operator]} {said(one.need.value)}"
        for one in criteria_of(rule)
        if isinstance(one.need, Fixed)
    )


def said(value: Value | None) -> str:
    """A value in words; a fraction rounded once."""
    if isinstance(value, frozenset):
        return listed(sorted(value))
    if isinstance(value, Fraction):
        read = ratio(value.numerator, value.denominator, PLACES)
        if isinstance(read, int):
            number = Decimal(read).scaleb(-PLACES)
            whole = number == number.to_integral_value()
            return shown(number.quantize(Decimal(1)) if whole else number)
    return shown(value)
