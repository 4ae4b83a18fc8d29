"""The reason of an answer in words: what is needed, what there is, both with their units."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from luodi.kit.matching.comparing import Why
from luodi.kit.matching.criteria import Operator, Value
from luodi.kit.quantities import Quantity
from luodi.kit.refusals import Lang, Refusal

_ASKED: Mapping[Operator, tuple[str, str]] = {
    "at_least": ("不低于", "at least "),
    "at_most": ("不高于", "at most "),
    "equals": ("为", "exactly "),
    "differs": ("不为", "other than "),
    "one_of": ("为其中之一：", "one of "),
    "includes": ("包括", "including "),
    "excludes": ("不含", "without "),
}
_SAYS: Mapping[Why, tuple[str, str]] = {
    "met": (
        "{label}：要求{asked}{need}，实有{found}，满足",
        "{label}: {asked}{need} is needed, there is {found}: met",
    ),
    "unmet": (
        "{label}：要求{asked}{need}，实有{found}，不满足",
        "{label}: {asked}{need} is needed, there is {found}: not met",
    ),
    "no_need": (
        "{label}：需求未写明（实有{found}），无法判断",
        "{label}: the need is not stated (there is {found}): can't tell",
    ),
    "no_fact": (
        "{label}：要求{asked}{need}，实有情况缺失，无法判断",
        "{label}: {asked}{need} is needed, what there is isn't known: can't tell",
    ),
    "other_unit": (
        "{label}：要求{asked}{need}，实有{found}，计量单位不同类，无法判断",
        "{label}: {asked}{need} is needed, there is {found}: other kinds of unit, can't tell",
    ),
    "other_kind": (
        "{label}：要求{asked}{need}，实有{found}，数据类型不同，无法判断",
        "{label}: {asked}{need} is needed, there is {found}: other kinds of data, can't tell",
    ),
    "no_order": (
        "{label}：要求{asked}{need}，实有{found}，级别不在次序表中，无法判断",
        "{label}: {asked}{need} is needed, there is {found}: no such level, can't tell",
    ),
    "unordered": (
        "{label}：要求{asked}{need}，实有{found}，两者没有高低之分，无法判断",
        "{label}: {asked}{need} is needed, there is {found}: they have no order, can't tell",
    ),
}
_MISSING = ("缺", "unknown")
_TRUTH = {True: ("是", "yes"), False: ("否", "no")}
_NOTHING = ("无", "none")


def reason(
    why: Why,
    operator: Operator,
    label: str,
    need: Value | None,
    found: Value | None,
    lang: Lang = "zh",
) -> str:
    """The sentence; where both are quantities of other units, what there is in the need's unit."""
    english = lang == "en"
    return _SAYS[why][english].format(
        label=label,
        asked=_ASKED[operator][english],
        need=shown(need, lang),
        found=shown(found, lang) + _converted(need, found, lang),
    )


def shown(value: Value | None, lang: Lang = "zh") -> str:
    """A value with its unit."""
    english = lang == "en"
    match value:
        case None:
            return _MISSING[english]
        case Quantity():
            return f"{value.text(with_unit=False)} {value.unit.en}" if english else value.text()
        case bool():
            return _TRUTH[value][english]
        case frozenset():
            return (", " if english else "、").join(sorted(value)) or _NOTHING[english]
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _converted(need: Value | None, found: Value | None, lang: Lang) -> str:
    if not isinstance(need, Quantity) or not isinstance(found, Quantity):
        return ""
    if need.unit == found.unit or need.unit.dimension != found.unit.dimension:
        return ""
    exact = found.convert(need.unit)
    if not isinstance(exact, Refusal):
        return f" ({shown(exact, lang)})" if lang == "en" else f"（{shown(exact)}）"
    near = found.convert(need.unit, 2, "half_up")
    if isinstance(near, Refusal):
        return ""
    return f" (about {shown(near, lang)})" if lang == "en" else f"（约{shown(near)}）"
