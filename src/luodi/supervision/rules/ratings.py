"""What ratings of departments come to: exact means, and what is too few to be shown. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from luodi.kit.quantities import ratio, show
from luodi.packs.schemas import RatingRule


@dataclass(frozen=True)
class Given:
    """One rating, without who gave it."""

    department: str
    period: str
    score: int


@dataclass(frozen=True)
class Result:
    """A department in a period. `mean` is None where fewer than the minimum rated it.

    `mean` ÷ 10**`scale` is in marks; `share` is its part of the highest mark in hundredths of
    a per cent, for the indicator.
    """

    department: str
    period: str
    count: int
    mean: int | None
    scale: int
    share: int | None

    @property
    def text(self) -> str:
        """The mean in digits; '' where it is kept back."""
        return "" if self.mean is None else show(self.mean, self.scale)


def results(given: Iterable[Given], rule: RatingRule) -> list[Result]:
    """Ratings by department and period, the latest period first.

    The mean is sum ÷ count, rounded half up once; the order of ratings changes nothing.
    """
    sums: dict[tuple[str, str], list[int]] = {}
    for one in given:
        sums.setdefault((one.period, one.department), []).append(one.score)
    return [
        _result(department, period, scores, rule)
        for (period, department), scores in sorted(sums.items(), reverse=True)
    ]


def _result(department: str, period: str, scores: list[int], rule: RatingRule) -> Result:
    kept_back = len(scores) < rule.minimum
    mean = ratio(sum(scores), len(scores), rule.places)
    share = ratio(100 * sum(scores), rule.most * len(scores), 2)
    return Result(
        department=department,
        period=period,
        count=len(scores),
        mean=mean if isinstance(mean, int) and not kept_back else None,
        scale=rule.places,
        share=share if isinstance(share, int) and not kept_back else None,
    )
