"""Paper kinds: numbering and who signs."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import model_validator

from luodi.packs.schemas.base import Key, RuleBase, Words

_PLACES = {"year", "number"}


class PaperRule(RuleBase):
    """A kind of paper: layout, number pattern with {year} and {number}, and its stages."""

    title: Words
    title_en: Words
    layout: Literal[
        "progress_report", "brief", "notice", "bulletin", "minutes", "correction_note",
        "warning_letter", "talk_notice", "appraisal_notice", "appraisal_bulletin",
        "grading_notice", "grading_bulletin", "evaluation_report",
    ]  # fmt: skip
    number_pattern: Words
    restarts: Literal["year", "never"] = "year"
    issuer: Key
    report_to: tuple[Words, ...] = ()
    copy_to: tuple[Words, ...] = ()
    signers: tuple[Key, ...] = ()
    """Roles in the office's own unit that may sign; empty: its leader in charge."""
    stages: tuple[Literal["drafted", "checked", "signed", "numbered", "issued"], ...]

    @model_validator(mode="after")
    def _official(self) -> PaperRule:
        places = set(re.findall(r"\{(\w*)\}", self.number_pattern))
        if not places <= _PLACES or "number" not in places:
            raise ValueError("编号样式只能含 {year} 与 {number}，且须有 {number}")
        if "signed" not in self.stages:
            raise ValueError("正式文件须经签发：stages 中缺少 signed")
        return self

    def number(self, year: int, number: int) -> str:
        """The number as printed."""
        return self.number_pattern.format(year=year, number=number)
