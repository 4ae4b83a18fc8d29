"""What a cell answers: a number with its unit, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from luodi.kit.quantities import show
from luodi.kit.refusals import Lang, Refusal


class Reason(Protocol):
    """Why there is no number."""

    code: str

    def says(self, lang: Lang = "zh") -> str:
        """The reason in words."""


@dataclass(frozen=True)
class Answer:
    """`number` ÷ 10**`scale` of `measured_in`, or None with a reason. Zero is a number.

    `of` says how many gave a figure among how many, where it is a sum.
    """

    number: int | None
    scale: int = 0
    measured_in: str = ""
    reason: Reason | None = None
    of: tuple[int, int] | None = None

    @property
    def text(self) -> str:
        """The digits, grouped; '' where there is no number."""
        return "" if self.number is None else show(self.number, self.scale, grouping=True)

    @property
    def partial(self) -> bool:
        """True for a sum in which a member is missing."""
        return self.of is not None and self.of[0] < self.of[1]

    @property
    def plain(self) -> str:
        """The digits as a machine reads them; '' where there is no number."""
        return "" if self.number is None else show(self.number, self.scale).replace("\u2212", "-")


def missing(code: str, zh: str, en: str, **params: str) -> Answer:
    """No number, with the reason."""
    return Answer(None, reason=Refusal(f"analysis.{code}", zh, en, params))


OUT_OF_SCOPE = missing("out_of_scope", "不在您的数据范围内", "Outside your scope")
WHOLE_OUT_OF_SCOPE = missing(
    "whole_out_of_scope", "要看到全部单位才能算", "Needs the figures of all units"
)
HIDDEN = missing("hidden", "家数过少或一家独大，不显示", "Too few enterprises, or one dominates")
PEER_HIDDEN = missing(
    "peer_hidden", "同组有不显示的数，不排名", "Not ranked: a figure of the group is hidden"
)
NO_CONSTANT = missing(
    "no_constant",
    "没有可比价数据：指标库里没有它的上年价格数或价格指数",
    "No figures in comparable prices: the dictionary has neither them nor a price index",
)
