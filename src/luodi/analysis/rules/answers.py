"""What a cell answers: a number with its unit, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from luodi.kit.quantities import show
from luodi.kit.refusals import Refusal


@dataclass(frozen=True)
class Answer:
    """`number` ÷ 10**`scale` of `measured_in`, or None with a reason. Zero is a number."""

    number: int | None
    scale: int = 0
    measured_in: str = ""
    reason: Refusal | None = None

    @property
    def text(self) -> str:
        """The digits, grouped; '' where there is no number."""
        return "" if self.number is None else show(self.number, self.scale, grouping=True)

    @property
    def plain(self) -> str:
        """The digits as a machine reads them; '' where there is no number."""
        return "" if self.number is None else show(self.number, self.scale).replace("\u2212", "-")


def missing(code: str, zh: str, en: str, **params: str) -> Answer:
    """No number, with the reason."""
    return Answer(None, reason=Refusal(f"analysis.{code}", zh, en, params))


NOT_REPORTED = missing("not_reported", "还没有报送", "Not reported yet")
OUT_OF_SCOPE = missing("out_of_scope", "不在您的数据范围内", "Outside your scope")


def other_kind(kind_zh: str, kind_en: str) -> Answer:
    """No number: the indicator is kept by another kind of period."""
    return missing(
        "other_kind", f"这个指标按{kind_zh}报", f"This indicator is kept by {kind_en}", kind=kind_en
    )
