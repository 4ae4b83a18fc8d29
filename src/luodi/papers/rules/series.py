"""How papers of a kind are numbered and who may sign them: pack data, with defaults that say so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from luodi.packs import Stack
from luodi.packs.schemas import PaperRule

PATTERNS = {
    "progress_report": "第{number}期",
    "notice": "〔{year}〕{number}号",
    "correction_note": "函〔{year}〕{number}号",
    "bulletin": "〔{year}〕第{number}期",
    "minutes": "纪要〔{year}〕{number}号",
    "warning_letter": "警示函〔{year}〕{number}号",
    "talk_notice": "约谈〔{year}〕{number}号",
    "appraisal_notice": "公示〔{year}〕{number}号",
    "appraisal_bulletin": "考核〔{year}〕{number}号",
    "grading_notice": "公示〔{year}〕{number}号",
    "grading_bulletin": "亩均〔{year}〕{number}号",
    "evaluation_report": "评估〔{year}〕{number}号",
}
"""Where the city's pack says nothing: local default, unconfirmed."""

SIGNERS = ("leader_in_charge",)
"""Likewise: the leader in charge of the unit in which the office sits."""


@dataclass(frozen=True)
class PaperPolicy:
    """What a city's pack says of a kind of paper. `confirmed` is False for our own default."""

    pattern: str
    restarts: bool
    signers: frozenset[str]
    report_to: str = ""
    copy_to: str = ""
    title: str = ""
    confirmed: bool = False
    source: str = ""

    def number(self, year: int, number: int) -> str:
        """The number as printed."""
        return self.pattern.format(year=year, number=number)

    def counted_in(self, year: int) -> int:
        """The year a number counts in; 0 for a series that never starts again."""
        return year if self.restarts else 0


def policy(stack: Stack, kind: str, on: date) -> PaperPolicy:
    """The policy for a kind of paper in force on a day."""
    rules = [rule for rule in stack.all("papers", PaperRule, on) if rule.layout == kind]
    if not rules:
        return PaperPolicy(PATTERNS[kind], True, frozenset(SIGNERS))
    rule = rules[-1]
    return PaperPolicy(
        pattern=rule.number_pattern,
        restarts=rule.restarts == "year",
        signers=frozenset(rule.signers or SIGNERS),
        report_to="，".join(rule.report_to),
        copy_to="，".join(rule.copy_to),
        title=rule.title,
        confirmed=rule.confirmed,
        source=rule.source,
    )
