"""Gradings of generated firms: one answer for one set of firms; a better figure never hurts."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal, localcontext

from hypothesis import given, settings
from hypothesis import strategies as st

from factories.gradings import INPUTS, MOST, PERS, rule_of, written_rules
from luodi.kit.scoring import Firm, explain, grade, next_grade, plain_grade

KEYS = ("huangyan", "example-45-20-15-15-5")
BETTER_DOWN = ("energy", "emission", "electricity")
"""Denominators of which less is better; land is a need, and never zero."""


@st.composite
def firms(draw, least=1, most=14):
    return [_firm(draw, n) for n in range(draw(st.integers(least, most)))]


def _firm(draw, number):
    figures = {}
    for name in INPUTS:
        if draw(st.integers(0, 9)) == 0:
            continue
        low = -MOST[name] if name in ("tax", "value-added") else 0
        small = st.integers(max(low, -3), 3)
        figures[name] = (draw(st.integers(low, MOST[name]) | small), PERS[name])
    group = draw(st.sampled_from(["above_scale", "below_scale"]))
    return Firm(f"f{number:02}", group, figures, "", draw(st.booleans()))


@given(firms(), st.sampled_from(KEYS), st.sampled_from(["better", "worse"]),
       st.sampled_from(["floor", "half_up", "ceiling"]), st.booleans())  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_the_engines_agree(some, key, ties, cut, together):
    scheme = replace(rule_of(key).scheme(), ties=ties, cut=cut, together=together)
    assert grade(scheme, some) == plain_grade(scheme, some)


@given(firms(), st.sampled_from(KEYS), st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None)
def test_the_order_firms_come_in_changes_nothing(some, key, dice: random.Random):
    scheme, mixed = rule_of(key).scheme(), list(some)
    dice.shuffle(mixed)
    assert grade(scheme, mixed) == grade(scheme, some)


@given(firms(), st.sampled_from(KEYS), st.data())
@settings(max_examples=150, deadline=None)
def test_a_better_figure_never_lowers_a_firms_score_or_rank(some, key, data):
    scheme = rule_of(key).scheme()
    before = {one.key: one for one in grade(scheme, some).firms}
    number = data.draw(st.integers(0, len(some) - 1))
    firm = some[number]
    name = data.draw(st.sampled_from(["tax", "value-added", "rd", *BETTER_DOWN]))
    if before[firm.key].score is None or name not in firm.figures:
        return
    amount, per = firm.figures[name]
    if name in BETTER_DOWN:
        better = data.draw(st.integers(0, amount))
    else:
        better = amount + data.draw(st.integers(0, 10**6))
    raised = replace(firm, figures={**firm.figures, name: (better, per)})
    after = {one.key: one for one in
             grade(scheme, [*some[:number], raised, *some[number + 1 :]]).firms}  # fmt: skip
    if after[firm.key].score is None:  # nobody is left whose mean could be taken
        assert after[firm.key].faults[0].code == "no_mean"
        return
    assert after[firm.key].score >= before[firm.key].score
    if key == "huangyan" and not _leans(some):
        assert after[firm.key].rank <= before[firm.key].rank
        order = scheme.grades.index
        assert order(after[firm.key].before) <= order(before[firm.key].before)


def _leans(some):
    """Whether somebody takes the mean of the group: then one firm's figure moves another's."""
    return any("emission" not in firm.figures for firm in some)


@given(firms(least=4), st.sampled_from(["better", "worse"]))
@settings(max_examples=80, deadline=None)
def test_what_the_next_grade_takes_is_enough_and_the_least_that_is(some, ties):
    """Grading everybody again with the figure changed is the slow oracle."""
    scheme = replace(rule_of().scheme(), ties=ties)
    some = [firm for firm in some if not _leans([firm])]
    result = grade(scheme, some)
    scales = {name: len(str(per)) - 1 for name, per in PERS.items()}
    for one in result.firms:
        if one.score is None:
            continue
        firm = next(f for f in some if f.key == one.key)
        scores = [o.score for o in result.firms if o.group == one.group and o.score is not None]
        found = next_grade(scheme, one, scores, explain(scheme, firm, result.means), scales)
        for step in found.steps if found else ():

            def reached(amount, firm=firm, step=step, found=found):
                figures = {**firm.figures, step.input: (int(amount), PERS[step.input])}
                raised = [replace(f, figures=figures) if f is firm else f for f in some]
                again = next(o for o in grade(scheme, raised).firms if o.key == firm.key)
                return scheme.grades.index(again.before) <= scheme.grades.index(found.grade)

            if step.needed is None:
                assert step.now is None or not reached(10**15)
            else:
                amount = step.needed * PERS[step.input]
                assert reached(amount) and not reached(amount - 1)


@given(firms(most=10))
@settings(max_examples=60, deadline=None)
def test_scores_equal_a_second_reading_of_the_written_rule(some):
    """Straight from the file with decimals of 80 digits, sharing no code with the engines."""
    found = {one.key: one.score for one in grade(rule_of().scheme(), some).firms}
    for firm in some:
        if found[firm.key] is not None and "emission" in firm.figures:
            assert found[firm.key] == int(_second(firm) * 100)


def _second(firm):
    with localcontext() as context:
        context.prec = 80
        value = {k: Decimal(a) / Decimal(per) for k, (a, per) in firm.figures.items()}
        formula = next(f for f in written_rules()["huangyan"]["formulas"]
                       if f["group"] == firm.group)  # fmt: skip
        total = Decimal(0)
        for term in formula["terms"]:
            points, cap = Decimal(term["points"]), Decimal(term["cap"])
            above, below = value.get(term["numerator"]), value.get(term["denominator"])
            if above is None or below is None:
                continue
            if below == 0:
                most = term.get("zero_denominator") == "cap" and above > 0
                total += cap * points if most else 0
                continue
            total += max(
                Decimal(0), min(cap * points, above / below / Decimal(term["base"]) * points)
            )
        return total.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
