"""An answer of the kit's eligibility in the reader's words: fits, fails, can't tell, near miss."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.common.languages import in_one_line, language
from luodi.kit.eligibility import Answer, Condition, FactKind, Reason, Value, judge

WORDS = {
    "fits": gettext_lazy("符合"),
    "fails": gettext_lazy("不符合"),
    "unknown": gettext_lazy("不能判断"),
    "near": gettext_lazy("只差一项"),
    "unruled": gettext_lazy("未设条件"),
}
ORDER = {"fits": 0, "near": 1, "unknown": 2, "fails": 3, "unruled": 4}
LIGHTS = {"fits": "green", "near": "yellow", "unknown": "none", "fails": "red", "unruled": "none"}


@dataclass(frozen=True)
class KnownFacts:
    """What is known of one enterprise: values by name; `ran_out` the last day of those that were
    known and count no more."""

    values: Mapping[str, Value | None] = field(default_factory=dict)
    ran_out: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True)
class Told:
    """An answer in words. `state` is the verdict, or `near` for a near miss."""

    state: str
    answer: Answer | None
    reasons: tuple[tuple[str, str], ...]
    """Each reason with how it came out: yes, no, unknown."""
    lacking: str
    missing: tuple[str, ...]

    @property
    def word(self) -> str:
        """The answer in a word."""
        return str(WORDS[self.state])

    @property
    def line(self) -> str:
        """All reasons in one line."""
        return in_one_line(words for words, _outcome in self.reasons)

    @property
    def carried(self) -> str:
        """What an answer that fits rests on: the reasons that hold, each once, without the other
        ways that the condition leaves open."""
        return in_one_line(dict.fromkeys(words for words, how in self.reasons if how == "yes"))

    @property
    def rank(self) -> int:
        """Its place: what fits first."""
        return ORDER[self.state]


def told(condition: Condition, facts: KnownFacts, kinds: Mapping[str, FactKind]) -> Told:
    """The answer for what is known of one enterprise, in the reader's language."""
    answer = judge(condition, facts.values)
    lang = language()
    reasons = tuple(
        (one.says(kinds, lang) + _ran_out(one, facts), _outcome(one)) for one in answer.reasons
    )
    missing = tuple(_missing(name, facts, kinds) for name in answer.missing)
    lacking = in_one_line(one.says(kinds, lang) for one in answer.lacking)
    if answer.verdict == "unknown":
        lacking = _("缺：%(facts)s") % {"facts": "、".join(missing)}
    state = "near" if answer.near else answer.verdict
    return Told(state, answer, reasons, lacking, missing)


def _missing(name: str, facts: KnownFacts, kinds: Mapping[str, FactKind]) -> str:
    """A fact that is missing, or that has run out since when."""
    label = kinds[name].label(language()) if name in kinds else name
    day = facts.ran_out.get(name)
    if day is None:
        return label
    return _("%(fact)s（已于 %(day)s 到期，需更新）") % {"fact": label, "day": day}


def _ran_out(reason: Reason, facts: KnownFacts) -> str:
    day = facts.ran_out.get(reason.comparison.fact)
    if reason.holds is not None or day is None:
        return ""
    return _("（原值已于 %(day)s 到期）") % {"day": day}


def _outcome(reason: Reason) -> str:
    return "unknown" if reason.holds is None else "yes" if reason.holds else "no"
