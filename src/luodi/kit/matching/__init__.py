"""Criteria over facts: what an offer has against what a seeker needs, with reasons.

How it is used::

    area = Criterion("area", "用地面积", "Land", "area", "at_least", "area")          # hard
    near = Criterion("price", "地价", "Price", "price", "at_most", "price", weight=2,
                     fade=Quantity.parse("5", "万元/亩"))                             # soft, graded
    needs = {"area": Quantity.parse("20", "亩"), "price": Quantity.parse("15", "万元/亩")}
    ranking = rank([area, near], needs, [Offer("plot-7", {"area": …}, "plot"), …])
    ranking.fitting      # best first, with place and ties
    ranking.undecided    # a hard criterion can't be told: a fact is missing or doesn't compare
    ranking.excluded     # a hard criterion says no
    fit.because("no")[0].says()    # 用地面积：要求不低于20亩，实有18亩，不满足

Scores are fractions, never floats. What is unknown never counts as a no, and never as a yes.
`luodi.kit.matching.assignment` places many seekers at once.
"""

from luodi.kit.matching.comparing import Answer
from luodi.kit.matching.criteria import OPERATORS, Criterion, Facts, Fixed, Offer, Operator, Value
from luodi.kit.matching.pairing import Pair, fitting_pairs
from luodi.kit.matching.ranking import Finding, Fit, Placed, Ranking, judge, rank
from luodi.kit.matching.wording import shown

__all__ = [
    "OPERATORS",
    "Answer",
    "Criterion",
    "Facts",
    "Finding",
    "Fit",
    "Fixed",
    "Offer",
    "Operator",
    "Pair",
    "Placed",
    "Ranking",
    "Value",
    "fitting_pairs",
    "judge",
    "rank",
    "shown",
]
