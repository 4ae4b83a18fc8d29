"""A self-report: the cells it asks for, and its way through the unit. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from luodi.plans.rules.reporting import Onward
from luodi.plans.rules.reporting import next_stage as next_in_unit

from ..choices import SelfReportStage

TOWARDS = {
    SelfReportStage.AT_SECTION_HEAD: "section_head",
    SelfReportStage.AT_LEADER: "leader",
    SelfReportStage.SUBMITTED: "office",
}
WRITABLE = frozenset({SelfReportStage.ASKED, SelfReportStage.RETURNED})
INSIDE = frozenset({SelfReportStage.AT_SECTION_HEAD, SelfReportStage.AT_LEADER})


def next_stage(
    after: str, signers: Mapping[str, Collection[str]], hands: Collection[str]
) -> Onward:
    """Where a self-report goes from `after`: the steps of a monthly report inside its unit.

    A step nobody in the unit can take is passed over, with the reason.
    """
    way = next_in_unit(after, signers, hands, lead_waits=False)
    inside = way.stage in (SelfReportStage.AT_SECTION_HEAD, SelfReportStage.AT_LEADER)
    stage = way.stage if inside else SelfReportStage.SUBMITTED
    return Onward(SelfReportStage(stage), way.skipped)


@dataclass(frozen=True)
class Cell:
    """A figure's place in a sheet: an indicator of the scheme and what the figure is to it."""

    indicator: str
    part: str

    @property
    def key(self) -> str:
        """`indicator:part`, as forms and drafts name it."""
        return f"{self.indicator}:{self.part}"

    @staticmethod
    def of(key: str) -> Cell:
        """The cell of a key."""
        indicator, _, part = key.rpartition(":")
        return Cell(indicator, part)
