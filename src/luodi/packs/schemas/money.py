"""Where the money of a project comes from, and when it counts as behind its year's plan."""

from __future__ import annotations

from pydantic import Field

from luodi.packs.schemas.base import RuleBase, Words


class FundRule(RuleBase):
    """A source of funds in place (到位资金来源)."""

    title: Words
    title_en: Words
    order: int = Field(ge=1)


class PaceRule(RuleBase):
    """How far investment may be behind the plan of its year.

    The plan is expected to be done evenly over the twelve months; a project that is more than
    `behind` percentage points below is a laggard. An amount above `most_times` its year's plan is
    asked about before it is kept.
    """

    behind: int = Field(ge=0, le=100)
    most_times: int = Field(ge=1)


class InstitutionRule(RuleBase):
    """A bank or other financial institution, and what else it is called."""

    title: Words
    title_en: Words
    aliases: tuple[Words, ...] = ()
    order: int = Field(ge=1)


class FundingRule(RuleBase):
    """When special funds and bonds are asked about: days from the grant, days from the use."""

    unused_days: int = Field(ge=1)
    audit_days: int = Field(ge=1)
