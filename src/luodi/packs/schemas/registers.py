"""Registers a pack declares: pools, certificates, lists, credit notes, each with its own flow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from pydantic import Field, model_validator

from luodi.kit import calendars
from luodi.kit.eligibility import Condition, FactKind, check, from_json, plain_value, read_value
from luodi.kit.eligibility.conditions import DEEPEST, OPERATORS
from luodi.kit.flows import Flow, Move, State
from luodi.kit.refusals import Refusal
from luodi.packs.schemas.base import UNCONFIRMED, Key, RuleBase, Strict, Words

Asked = Literal["reason", "evidence", "level", "number", "from_on", "until_on", "tutor", "reply"]
Keeper = Literal["office", "clerk", "zone_staff", "section_head", "leader_in_charge"]


RESERVED = {"revise", "request", "key", "refusal"}
"""Words that addresses and pages use themselves."""


class RegisterStage(Strict):
    """A stage of an entry. `counts`: it stands on the register; `ended`: it has left it.

    `within` is the time an entry may stay in the stage, counted from the move into it;
    `timed_by_text` is false where no text gives that time.
    """

    key: Key
    title: Words
    title_en: Words
    counts: bool = False
    ended: bool = False
    unit: Literal["day", "workday", "month"] | None = None
    within: int = Field(default=0, ge=0, le=3650)
    timed_by_text: bool = True

    @model_validator(mode="after")
    def _timed(self) -> RegisterStage:
        if bool(self.unit) != bool(self.within):
            raise ValueError("unit 和 within 应一起写")
        if self.unit and self.ended:
            raise ValueError("已经结束的阶段不能再有时限")
        return self

    def clock(self) -> calendars.Clock | None:
        """The kit's clock of the stage, where it has one."""
        return calendars.Clock(self.unit, self.within) if self.unit else None


class RegisterMove(Strict):
    """A step from one of `sources` to `target`: who takes it and what it has to be given.

    A step that `refers` hands the entry to another unit, one that `returns` takes it back to the
    home; `by` says whose step it is: the home's (and the office's), or the referred unit's.
    """

    key: Key
    sources: tuple[Key, ...] = Field(min_length=1)
    target: Key
    title: Words
    title_en: Words
    roles: tuple[Keeper, ...] = Field(min_length=1)
    asks: tuple[Asked, ...] = ()
    by: Literal["home", "referred"] = "home"
    refers: bool = False
    returns: bool = False

    @model_validator(mode="after")
    def _one_way(self) -> RegisterMove:
        if self.refers and self.returns:
            raise ValueError("一步不能既转办（refers）又退回（returns）")
        return self

    @property
    def takers(self) -> tuple[str, ...]:
        """The roles as `roles` of the flow: those of a referred unit are told apart."""
        return tuple(referred(role) if self.by == "referred" else role for role in self.roles)


def referred(role: str) -> str:
    """A role held in the unit an entry was referred to."""
    return f"referred:{role}"


class RegisterLevel(Strict):
    """A level of what is recognised: national, provincial, municipal; minor, ordinary, grave."""

    key: Key
    title: Words
    title_en: Words


class RegisterNeeds(Strict):
    """What the facts of an enterprise have to say, and where that stands.

    `asks` is a comparison (`fact`, `op`, `values` as a person writes them), or `all`, `any`, `not`
    over such; `beside` names what the text asks for too and no fact states.
    """

    asks: dict[str, Any]
    source: Words
    confirmed: bool = True
    beside: str = ""

    @model_validator(mode="after")
    def _sound(self) -> RegisterNeeds:
        if self.confirmed == (self.source == UNCONFIRMED):
            raise ValueError(
                f"没有文件依据的条件应写 source: {UNCONFIRMED} 且 confirmed: false，两者须一致"
            )
        from_json(self._with(lambda one: list(one.get("values", []))))
        return self

    def condition(self, known: Mapping[str, FactKind]) -> Condition | Refusal:
        """The kit's condition, its values read as the catalogue declares the facts."""
        wrong: list[Refusal] = []

        def read(one: Mapping[str, Any]) -> list[Any]:
            fact, values = known.get(str(one["fact"])), list(one.get("values", []))
            if fact is None:
                return values
            found = [read_value(str(value), fact) for value in values]
            wrong.extend(value for value in found if isinstance(value, Refusal))
            return [plain_value(value) for value in found if not isinstance(value, Refusal)]

        plain = self._with(read)
        if wrong:
            return wrong[0]
        condition = from_json(plain)
        faults = check(condition, known)
        return faults[0].refusal if faults else condition

    def _with(self, read: Callable[[Mapping[str, Any]], list[Any]]) -> dict[str, Any]:
        return _plain(self.asks, read)


def _plain(
    asked: Mapping[str, Any], read: Callable[[Mapping[str, Any]], list[Any]], deep: int = 0
) -> dict[str, Any]:
    """A condition as the kit reads it, with the values of each comparison read."""
    if deep > DEEPEST or not isinstance(asked, Mapping):
        raise ValueError("条件要写成 fact、all、any 或 not")
    match dict(asked):
        case {"all": list(parts)} if len(asked) == 1:
            return {"all": [_plain(part, read, deep + 1) for part in parts]}
        case {"any": list(parts)} if len(asked) == 1:
            return {"any": [_plain(part, read, deep + 1) for part in parts]}
        case {"not": part} if len(asked) == 1:
            return {"not": _plain(part, read, deep + 1)}
        case {"fact": str(fact), "op": str(op)} if asked.keys() <= {"fact", "op", "values"}:
            if op not in OPERATORS:
                raise ValueError(f"没有“{op}”这种比较")
            return {"fact": fact, "op": op, "values": read(asked)}
    raise ValueError("条件要写成 fact、all、any 或 not")


class RegisterGoal(Strict):
    """How many shall stand on the register by the end of a year, and from which base."""

    base_year: int = Field(ge=1990, le=2100)
    base: int = Field(ge=0)
    year: int = Field(ge=1990, le=2100)
    target: int = Field(ge=1)

    @model_validator(mode="after")
    def _forward(self) -> RegisterGoal:
        if self.year <= self.base_year:
            raise ValueError("目标年份应在基期之后")
        return self


class RegisterRule(RuleBase):
    """One register with its lifecycle.

    `holds` says what an entry is about: an enterprise of the register of enterprises, or a thing
    by its name (a park, a laboratory). A recognition holds `years` years; `warn` days before its
    end it turns yellow. `shown` registers are seen by the enterprise itself, which may make an
    entry of `opened_by_firm` ones for itself. Of `many` an enterprise may have several entries at
    once, each about a matter of its own.
    """

    title: Words
    title_en: Words
    order: int = Field(ge=1)
    group: Literal["pool", "accreditation", "list", "credit", "rights"]
    holds: Literal["enterprise", "named"] = "enterprise"
    stages: tuple[RegisterStage, ...] = Field(min_length=2)
    start: Key
    keepers: tuple[Keeper, ...] = ("office", "zone_staff")
    moves: tuple[RegisterMove, ...] = Field(min_length=1)
    asks: tuple[Asked, ...] = ()
    """What has to be given when something is entered."""
    levels: tuple[RegisterLevel, ...] = ()
    years: int = Field(default=0, ge=0, le=50)
    warn: int = Field(default=90, ge=1, le=720)
    shown: bool = True
    opened_by_firm: bool = False
    many: bool = False
    goal: RegisterGoal | None = None
    entry: RegisterNeeds | None = None
    """Whom the register is for: enterprises that fit and aren't on it are proposed."""
    stay: RegisterNeeds | None = None
    """What goes on holding for who stands on it: who fails it is named."""

    @model_validator(mode="after")
    def _runs(self) -> RegisterRule:
        try:
            self.flow()
        except ValueError as error:
            raise ValueError(f"登记事项的流程不成立：{error}") from error
        if not any(stage.counts for stage in self.stages):
            raise ValueError("至少要有一个阶段算作在册（counts）")
        if any("level" in asks for asks in self._asked()) and not self.levels:
            raise ValueError("有一步要填级别（level），但没有列出级别")
        if (self.entry or self.stay) and self.holds != "enterprise":
            raise ValueError("entry、stay 只用于登记企业（holds: enterprise）的名录")
        if (self.opened_by_firm or self.many) and self.holds != "enterprise":
            raise ValueError("opened_by_firm、many 只用于登记企业（holds: enterprise）的名录")
        if self.opened_by_firm and not self.shown:
            raise ValueError("企业自己能登记的名录（opened_by_firm）要对企业可见（shown）")
        if reserved := {move.key for move in self.moves} & RESERVED:
            raise ValueError(f"步骤的 key 不能用“{min(reserved)}”")
        refers = any(move.refers for move in self.moves)
        if not refers and any(move.by == "referred" or move.returns for move in self.moves):
            raise ValueError(
                "有一步由转办单位办（by: referred）或退回（returns），但没有一步转办（refers）"
            )
        return self

    def flow(self) -> Flow:
        """The lifecycle as a table of moves."""
        return Flow(
            f"register.{self.key}",
            [State(one.key, one.title, one.title_en, one.ended) for one in self.stages],
            self.start,
            [
                Move(m.key, m.sources, m.target, m.takers, zh=m.title, en=m.title_en)
                for m in self.moves
            ],
        )

    def stage(self, key: str) -> RegisterStage | None:
        """A stage by its key."""
        return next((one for one in self.stages if one.key == key), None)

    def move(self, key: str) -> RegisterMove | None:
        """A move by its key."""
        return next((one for one in self.moves if one.key == key), None)

    def uses(self, name: str) -> bool:
        """Whether a field belongs to its entries: of cases only what some step asks for."""
        return not self.many or any(name in asks for asks in self._asked())

    def _asked(self) -> list[tuple[Asked, ...]]:
        return [self.asks, *(move.asks for move in self.moves)]

    def waits_for_referred(self, stage: str) -> bool:
        """Whether the unit an entry was referred to has a step to take in a stage."""
        return any(move.by == "referred" and stage in move.sources for move in self.moves)

    def level(self, key: str) -> RegisterLevel | None:
        """A level by its key."""
        return next((one for one in self.levels if one.key == key), None)
