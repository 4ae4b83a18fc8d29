"""Figures that a text states: facts with their source, never mixed with what units report."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from luodi.kit.quantities import Quantity, unit
from luodi.kit.refusals import Refusal
from luodi.packs.schemas.base import Key, RuleBase, Strict, Words


class RatePart(Strict):
    """What a stated rate is over: the base as named, and its parts where the text gives them."""

    numerator: Words
    denominator: Words
    base: Words
    """The whole that the denominator counts, as the text places it."""
    over: str = ""
    """Numerator ÷ denominator in figures, where both are stated (29.9/37.9)."""
    recomputes: Literal["yes", "rounded", "no", "not_given"] = "not_given"


class FactRule(RuleBase):
    """One figure as a text states it. `value` is the figure as written, without its unit.

    `indicator` is the code it belongs to; the same indicator may have several, for other periods,
    subjects or kinds. `subject` is whose figure it is. `issued` is the day of the source. What the
    text leaves open stands in `open_point`; two stated definitions are two facts.
    """

    indicator: Key
    name: Words
    name_en: Words
    subject: Words
    period: str = Field(pattern=r"^\d{4}(-\d{2}|Q[1-4]|H[12])?(/\d{4}(-\d{2})?)?$")
    figure: Literal["actual", "target", "rank", "growth"] = "actual"
    comparator: Literal["=", ">=", "<=", ">", "<", "~"] = "="
    value: str = Field(pattern=r"^-?\d+(\.\d+)?$")
    unit: Words
    rate: RatePart | None = None
    document: Words
    number: str = ""
    issued: str = Field(default="", pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")
    open_point: str = ""

    @model_validator(mode="after")
    def _readable(self) -> FactRule:
        measured = unit(self.unit)
        if measured is None:
            raise ValueError(f"没有登记的计量单位“{self.unit}”")
        if isinstance(Quantity.parse(self.value, measured), Refusal):
            raise ValueError(f"读不出数值“{self.value}”")
        if self.kind != "fact":
            raise ValueError("文件里的数应写 kind: fact")
        return self

    def identity(self) -> tuple[Any, ...]:
        """Two figures of one key are two facts unless all they are about is the same."""
        return (self.key,)
