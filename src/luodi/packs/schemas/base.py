"""What every rule of a pack carries: whose it is, what it is, where it stands, since when."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

UNCONFIRMED = "local default, unconfirmed"
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]*$")]
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
AreaCode = Annotated[str, StringConstraints(pattern=r"^[1-9]\d{5}$")]
Body = Literal["state", "province", "city", "leading_group", "task_force", "zone", "county"]


class Strict(BaseModel):
    """Frozen; a name that the schema doesn't know is an error, not a comment."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Owner(Strict):
    """The body whose rule it is."""

    body: Body
    name: Words


class RuleBase(Strict):
    """One rule, fact or example.

    A rule that no text gives has `source: local default, unconfirmed` and `confirmed: false`;
    a reading that goes beyond the text says so in `inferred`.
    """

    key: Key
    owner: Owner
    kind: Literal["rule", "fact", "example"]
    source: Words
    confirmed: bool = True
    inferred: str = ""
    since: date | None = None
    until: date | None = None
    note: str = ""

    @model_validator(mode="after")
    def _honest(self) -> RuleBase:
        if self.confirmed == (self.source == UNCONFIRMED):
            raise ValueError(
                f"没有文件依据的规则应写 source: {UNCONFIRMED} 且 confirmed: false，两者须一致"
            )
        if self.since and self.until and self.until < self.since:
            raise ValueError("失效日期早于生效日期")
        return self

    def holds_on(self, day: date) -> bool:
        """Whether the rule is in force on the day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )

    def identity(self) -> tuple[Any, ...]:
        """What makes two rules versions of one another."""
        return (self.key,)


class PackHead(Strict):
    """pack.yaml: who the pack speaks for and what it stands on."""

    key: Key
    level: Literal["state", "province", "city", "county", "zone", "sector"]
    name: Words
    name_en: Words
    area_code: AreaCode | None = None
    stacks_over: tuple[Key, ...] = ()
    note: str = Field(default="")
