"""The declared facts that conditions may ask about, and values read from what people write."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from luodi.kit.eligibility.conditions import Comparison, Operator, Value
from luodi.kit.quantities import Quantity, read_number, show
from luodi.kit.refusals import Lang, Refusal

Kind = Literal["number", "words", "set", "date", "truth"]
Facts = Mapping[str, Value | None]
"""Name to value; a name that is absent and one whose value is None are both unknown."""

FITTING: Mapping[Kind, tuple[Operator, ...]] = {
    "number": ("at_least", "at_most", "above", "below", "equals", "between", "exists"),
    "date": ("at_least", "at_most", "above", "below", "equals", "between", "exists"),
    "words": ("one_of", "exists"),
    "set": ("includes", "one_of", "exists"),
    "truth": ("equals", "exists"),
}
"""Which comparisons a fact of a kind takes."""

_SAYS: Mapping[Operator, tuple[str, str]] = {
    "at_least": ("{fact}不低于{first}", "{fact} at least {first}"),
    "at_most": ("{fact}不超过{first}", "{fact} at most {first}"),
    "above": ("{fact}高于{first}", "{fact} above {first}"),
    "below": ("{fact}低于{first}", "{fact} below {first}"),
    "equals": ("{fact}为{first}", "{fact} is {first}"),
    "between": ("{fact}在{first}至{last}之间", "{fact} from {first} to {last}"),
    "one_of": ("{fact}为{all}之一", "{fact} one of {all}"),
    "includes": ("{fact}含{all}", "{fact} including {all}"),
    "exists": ("有{fact}", "{fact} is known"),
}
_DATED: Mapping[Operator, tuple[str, str]] = {
    "at_least": ("{fact}不早于{first}", "{fact} not before {first}"),
    "at_most": ("{fact}不晚于{first}", "{fact} not after {first}"),
    "above": ("{fact}晚于{first}", "{fact} after {first}"),
    "below": ("{fact}早于{first}", "{fact} before {first}"),
}
_UNITS = {"元": ("CNY {}", 0), "万元": ("CNY {}", 4), "亿元": ("CNY {}", 8), "人": ("{} people", 0)}
"""How English says a unit, and how many powers of ten stand in its word."""
_TRUTH = {True: ("是", "yes"), False: ("否", "no")}
_ISO = re.compile(r"(\d{4})[-年/.](\d{1,2})[-月/.](\d{1,2})日?")


@dataclass(frozen=True)
class FactKind:
    """One fact by name: what kind of value it holds, in which unit, at how many decimals.

    `options` are the words it may hold, with their labels; without them any words. `says` are
    the words by which texts call the fact, `also` those by which they call an option.
    """

    name: str
    kind: Kind
    zh: str
    en: str
    unit: str = ""
    scale: int = 0
    options: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    says: tuple[str, ...] = ()
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def label(self, lang: Lang = "zh") -> str:
        """The fact in words."""
        return self.en if lang == "en" else self.zh

    def shown(self, value: Value | None, lang: Lang = "zh") -> str:
        """A value of the fact with its unit, words by their labels."""
        english = lang == "en"
        match value:
            case None:
                return "unknown" if english else "缺"
            case bool():
                return _TRUTH[value][english]
            case int():
                return self.measured(value, lang)
            case date():
                return value.isoformat()
            case frozenset():
                names = [self._option(one, english) for one in sorted(value)]
                return (", " if english else "、").join(names) or ("none" if english else "无")
            case _:
                return self._option(value, english)

    def measured(self, number: int, lang: Lang = "zh") -> str:
        """A number of the fact with its unit: 1073万元, in English CNY 10,730,000."""
        if lang != "en" or self.unit not in _UNITS:
            return f"{bare(number, self.scale)}{self.unit}"
        frame, power = _UNITS[self.unit]
        finer = min(self.scale, power)
        whole = number * 10 ** (power - finer)
        return frame.format(bare(whole, self.scale - finer, grouping=True))

    def asks(self, one: Comparison, lang: Lang = "zh") -> str:
        """What a comparison of this fact asks, in words."""
        english = lang == "en"
        words = [self.shown(value, lang) for value in one.values]
        dated = self.kind == "date" and one.operator in _DATED
        said = (_DATED if dated else _SAYS)[one.operator][english]
        if one.operator == "one_of" and len(words) == 1:
            said = "{fact} is {all}" if english else "{fact}为{all}"
        joined = (" or " if english else "或") if one.operator == "one_of" else "、"
        return said.format(
            fact=self.label(lang),
            first=words[0] if words else "",
            last=words[-1] if words else "",
            all=joined.join(words),
        )

    def _option(self, value: str, english: bool) -> str:
        known = self.options.get(value)
        return known[english] if known else value


def bare(number: int, scale: int, *, grouping: bool = False) -> str:
    """The digits of a number without zeros behind the point: 2000, 3.5."""
    digits = show(number, scale, grouping=grouping)
    return digits.rstrip("0").rstrip(".") if scale else digits


def read_amount(text: str, fact: FactKind) -> int | Refusal:
    """A written number as an integer at the fact's scale; its unit may stand behind it."""
    if fact.unit:
        read = Quantity.parse(text, fact.unit, fact.scale)
        return read if isinstance(read, Refusal) else read.number
    number = read_number(text)
    if isinstance(number, Refusal):
        return number
    exact = number[0] * 10**fact.scale
    if exact.denominator != 1:
        return Refusal(
            "eligibility.too_precise",
            f"“{fact.zh}”最多 {fact.scale} 位小数",
            f"“{fact.en}” takes at most {fact.scale} decimals",
        )
    return int(exact)


def read_value(text: str, fact: FactKind) -> Value | Refusal:
    """One value of a fact as a person writes it; refused with a sentence where it is none."""
    text = text.strip()
    match fact.kind:
        case "number":
            return read_amount(text, fact)
        case "date":
            return _day(text, fact)
        case "truth":
            return _truth(text, fact)
        case _:
            return _word(text, fact)


def _day(text: str, fact: FactKind) -> date | Refusal:
    found = _ISO.fullmatch(text)
    try:
        return date(*(int(part) for part in found.groups())) if found else date.fromisoformat(text)
    except ValueError:
        return Refusal(
            "eligibility.no_day",
            f"“{fact.zh}”要写日期，如 2026-03-01；“{text[:20]}”读不出",
            f"“{fact.en}” takes a day such as 2026-03-01; “{text[:20]}” is none",
        )


def _truth(text: str, fact: FactKind) -> bool | Refusal:
    said = {"是": True, "yes": True, "true": True, "1": True, "有": True}
    said |= {"否": False, "no": False, "false": False, "0": False, "无": False}
    found = said.get(text.lower())
    if found is None:
        return Refusal(
            "eligibility.no_truth",
            f"“{fact.zh}”要写“是”或“否”",
            f"“{fact.en}” takes yes or no",
        )
    return found


def _word(text: str, fact: FactKind) -> str | Refusal:
    if not text:
        return Refusal(
            "eligibility.empty", f"请写出“{fact.zh}”的值", f"Please give a value of “{fact.en}”"
        )
    if not fact.options or text in fact.options:
        return text
    for key, labels in fact.options.items():
        if text in labels:
            return key
    known = "、".join(zh for zh, _ in list(fact.options.values())[:12])
    return Refusal(
        "eligibility.no_option",
        f"“{fact.zh}”没有“{text[:20]}”这个取值；可取：{known}",
        f"“{fact.en}” has no value “{text[:20]}”",
    )
