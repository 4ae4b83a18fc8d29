"""What a grading says: faults and notes in words, protection, who may do what. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from luodi.common.languages import language, titled
from luodi.kit.quantities import ratio, show
from luodi.kit.scoring import Fault, Graded, Result, Unfolded
from luodi.orgs.choices import Role
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import GradingRule

from ..choices import FirmStanding
from ..flows.gradings import GROUP, OFFICE

ENGINE = "luodi.grading/1"
"""Named in every run: a later engine that differs says so."""

YEARS = range(2000, 2101)
SHOWN_FROM = ("noticed", "decided", "published")
"""Stages from which zones see their firms' grades, and firms their own."""

MOST_PLACES = 8


def parts_of(viewer: Viewer, city: str) -> frozenset[str]:
    """What a viewer is to a grading of a city: its office, its leading group."""
    if city not in viewer.cities:
        return frozenset()
    parts = {OFFICE} if viewer.has(Role.OFFICE) else set()
    return frozenset(parts | ({GROUP} if viewer.has(Role.LEADING_GROUP) else set()))


def input_titles(rule: GradingRule) -> dict[str, str]:
    """Titles of a rule's inputs by key."""
    return {one.key: titled(one) for one in rule.inputs}


def term_titles(rule: GradingRule) -> dict[str, str]:
    """Titles of a rule's terms by key."""
    return {term.key: titled(term) for formula in rule.formulas for term in formula.terms}


def exemption_titles(rule: GradingRule) -> dict[str, str]:
    """Titles of the kinds of exemption by key."""
    return {one.key: titled(one) for one in rule.exemptions}


def fault_words(rule: GradingRule, faults: Iterable[Fault]) -> list[str]:
    """Why a firm isn't graded, a sentence each."""
    names = input_titles(rule) | term_titles(rule)
    kinds = exemption_titles(rule)
    said = {
        "exempt": _("不参评：%s。"),
        "no_formula": _("规则里没有这类企业的公式：%s。"),
        "missing": _("缺%s，不能评价。"),
        "not_positive": _("%s为零或负数，不能评价。"),
        "negative": _("%s是负数，请核对，不能评价。"),
        "zero_denominator": _("%s为零，不能作分母，不能评价。"),
        "no_mean": _("%s：同类企业都没有可用的数，没有平均可取，不能评价。"),
    }
    return [
        said[one.code] % (kinds if one.code == "exempt" else names).get(one.about, one.about)
        for one in faults
    ]


def note_words(one: Unfolded) -> str:
    """What was done to a term beyond the plain quotient; '' for nothing."""
    notes = {
        "capped": _("超过上限，按上限计"),
        "floored": _("低于下限，按下限计"),
        "missing_zero": _("缺数，计 0 分"),
        "missing_mean": _("缺数，按同类企业平均计"),
        "zero_nothing": _("分母为零，计 0 分"),
        "zero_mean": _("分母为零，按同类企业平均计"),
        "zero_cap": _("分母为零，分子为正的按上限计"),
        "zero_points": _("分母为零，按该项分值计"),
    }
    return notes.get(one.note, "")


def digits(value: Fraction | None, places: int) -> str:
    """A fraction in digits, rounded half up for the eye; '' for none."""
    if value is None:
        return ""
    number = ratio(value.numerator, value.denominator, places)
    return show(number, places, grouping=True) if isinstance(number, int) else ""


def plain_digits(value: Fraction | None) -> str:
    """An exact decimal with as many places as it needs, `MOST_PLACES` at most."""
    if value is None:
        return ""
    places = next((n for n in range(MOST_PLACES) if (value * 10**n).denominator == 1), MOST_PLACES)
    return digits(value, places)


def is_protected(rule: GradingRule, started_on: date | None, year: int) -> bool:
    """Whether a firm is new: it began to produce less than so many calendar years before."""
    if rule.new_firms is None or started_on is None:
        return False
    return 0 <= year - started_on.year < rule.new_firms.years


def leaving(history: Sequence[Mapping[str, str]], rule: GradingRule) -> set[str]:
    """The firms on the exit list: of its grade in each of the last `years` gradings.

    `history` holds grades by firm, the newest grading first.
    """
    if rule.exits is None or len(history) < rule.exits.years:
        return set()
    last = history[: rule.exits.years]
    firms = set(last[0])
    return {f for f in firms if all(grades.get(f) == rule.exits.grade for grades in last)}


def measure_lines(rule: GradingRule, grade: str) -> list[tuple[str, str, bool]]:
    """(field, what follows, is it a constraint) of a grade."""
    english = language() == "en"
    return [
        (
            one.field_en if english else one.field,
            one.says_en if english else one.says,
            one.effect == "constraint",
        )
        for one in rule.measures
        if one.grade == grade
    ]


def unstated_words(rule: GradingRule) -> list[str]:
    """What the source leaves open and the rule declares, in the reader's language."""
    return [one.en if language() == "en" else one.zh for one in rule.unstated]


def may_show(stage: str, viewer: Viewer) -> bool:
    """Whether results are shown to a viewer: before the notice only to who sees the city."""
    return viewer.sees_whole_city or stage in SHOWN_FROM


def formula_words(rule: GradingRule, group: str) -> str:
    """The formula of a class written out."""
    formula = next((one for one in rule.formulas if one.group == group), None)
    if formula is None:
        return ""
    names = term_titles(rule)
    parts = []
    for term in formula.terms:
        base = _("同类平均") if term.base is None else str(term.base)
        parts.append(f"{names[term.key]}÷{base}×{term.points.normalize():f}")
    return " ＋ ".join(parts)


def groups_in(rule: GradingRule, present: Collection[str]) -> list[str]:
    """The classes of a rule that have firms, in its order."""
    return [one.group for one in rule.formulas if one.group in present]


def counts_of(result: Result) -> dict[str, Any]:
    """How many firms came to what: by standing, and by class and grade."""
    standing = Counter(standing_of(one) for one in result.firms)
    grades = Counter((one.group, one.grade) for one in result.firms if one.grade)
    return {str(name): count for name, count in standing.items()} | {
        "grades": [[*pair, count] for pair, count in sorted(grades.items())]
    }


def standing_of(one: Graded) -> FirmStanding:
    """Graded, exempt, or not graded for want of a figure."""
    if one.score is not None:
        return FirmStanding.GRADED
    exempt = any(fault.code == "exempt" for fault in one.faults)
    return FirmStanding.EXEMPT if exempt else FirmStanding.NOT_GRADED
