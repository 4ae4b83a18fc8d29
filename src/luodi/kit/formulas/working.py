"""How a number came about: the steps, each with its inputs, as a page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from luodi.kit.calendars import Period
from luodi.kit.formulas import nodes as n
from luodi.kit.formulas.evaluating import Evaluation, Root, Value, part_of, rounded
from luodi.kit.formulas.parsing import written
from luodi.kit.formulas.prepared import Formula
from luodi.kit.formulas.results import Computed, NotComputable, Outcome
from luodi.kit.formulas.windows import Ask, Source, window
from luodi.kit.quantities import Unit
from luodi.kit.refusals import Lang, Refusal

MOST_PLACES = 6
"""Decimals shown of a step whose exact value has more."""


@dataclass(frozen=True)
class Step:
    """One step: what was computed, for whom and when, what came out, and from what.

    `exact` is False where `result` was rounded: the last step to its declared decimals, a step on
    the way only for the eye (the computation goes on with the exact value). `handed_in` steps are
    figures a respondent gave, or their sum over `periods`; `key` names their indicator.
    """

    text: str
    unit: str
    period: Period
    result: Outcome
    exact: bool = True
    inputs: tuple[Step, ...] = ()
    handed_in: bool = False
    key: str = ""
    periods: tuple[Period, ...] = ()

    def says(self, lang: Lang = "zh") -> str:
        """The step in one line: `ratio([a], [b]) = 78.9%`, or why not."""
        if isinstance(self.result, NotComputable):
            return f"{self.text}：{self.result.says(lang)}" if lang == "zh" else (
                f"{self.text}: {self.result.says(lang)}"
            )  # fmt: skip
        return f"{self.text} {'=' if self.exact else '≈'} {self.result.text(grouping=True)}"


def working(formula: Formula, unit: str, period: Period, source: Source) -> Step:
    """The steps of one result; the first is the result itself, rounded to its decimals."""
    evaluation = Evaluation(formula.book, source)
    ask = Ask(unit, period)
    return _step(evaluation, formula.node, ask, (formula.unit, formula.scale))


def _step(
    evaluation: Evaluation, node: n.Node, ask: Ask, stands: tuple[Unit, int] | None = None
) -> Step:
    value = evaluation.value(node, ask)
    if stands is None:
        result, exact = _shown(evaluation, node, value, ask)
    else:
        result = rounded(value, *stands, ask)
        exact = _is_exact(value, result)
    below = () if isinstance(node, n.Constant) else evaluation.inputs(node, ask)
    inputs = () if isinstance(below, NotComputable) else below
    part = part_of(node)
    handed_in = part is not None and not inputs
    periods: tuple[Period, ...] | NotComputable = ()
    if part is not None and handed_in:
        periods = window(part, evaluation.book[part.key], ask)
    return Step(
        text=written(node),
        unit=ask.unit,
        period=ask.at() or ask.period,
        result=result,
        exact=exact,
        inputs=tuple(_step(evaluation, *one) for one in inputs),
        handed_in=handed_in,
        key=part.key if part is not None else "",
        periods=() if isinstance(periods, NotComputable) else periods,
    )


def _shown(evaluation: Evaluation, node: n.Node, value: Value, ask: Ask) -> tuple[Outcome, bool]:
    """A step on the way in a fitting unit, with the decimals it has, six at most."""
    formula = evaluation.standing(node)
    unit, least = (Unit("", "number"), 0) if isinstance(formula, Refusal) else (
        formula.unit, formula.scale
    )  # fmt: skip
    if isinstance(value, NotComputable):
        return value, True
    for places in range(least, MOST_PLACES + 1):
        result = rounded(value, unit, places, ask)
        if _is_exact(value, result):
            return result, True
    return rounded(value, unit, max(least, MOST_PLACES), ask), False


def _is_exact(value: Value, result: Outcome) -> bool:
    if isinstance(value, Root):
        return False
    if isinstance(value, NotComputable) or isinstance(result, NotComputable):
        return True
    assert isinstance(result, Computed)
    return value == Fraction(result.number, 10**result.scale) * result.unit.factor
