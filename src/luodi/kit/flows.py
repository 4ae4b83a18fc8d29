"""A lifecycle is a table of moves; who may move and what must be present are data in the table."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from luodi.kit.refusals import Lang, Refusal


@dataclass(frozen=True)
class State:
    """One state with the words officials use; nothing leaves a `final` one."""

    key: str
    zh: str = ""
    en: str = ""
    final: bool = False

    def label(self, lang: Lang = "zh") -> str:
        """The state in words (its key where none are given)."""
        return (self.en if lang == "en" else self.zh) or self.key


@dataclass(frozen=True)
class Need:
    """A fact that must be present for a move, with the words a person knows it by."""

    key: str
    zh: str = ""
    en: str = ""

    def label(self, lang: Lang = "zh") -> str:
        """The fact in words."""
        return (self.en if lang == "en" else self.zh) or self.key


@dataclass(frozen=True)
class Move:
    """One row of the table: `name` leads from any of `sources` to `target`.

    `roles` may make it (empty: anyone); each of `requires` must be present among the facts.
    """

    name: str
    sources: Sequence[str]
    target: str
    roles: Collection[str] = ()
    requires: Sequence[Need | str] = ()
    zh: str = ""
    en: str = ""

    def __post_init__(self) -> None:
        needs = tuple(Need(r) if isinstance(r, str) else r for r in self.requires)
        object.__setattr__(self, "sources", tuple(self.sources))
        object.__setattr__(self, "roles", frozenset(self.roles))
        object.__setattr__(self, "requires", needs)

    @property
    def needs(self) -> tuple[Need, ...]:
        """What must be present, as needs."""
        return tuple(need for need in self.requires if isinstance(need, Need))

    def label(self, lang: Lang = "zh") -> str:
        """The move in words."""
        return (self.en if lang == "en" else self.zh) or self.name


@dataclass(frozen=True)
class Step:
    """A move that may be made; truthy, unlike a refusal."""

    flow: str
    move: Move
    source: str
    target: str


@dataclass(frozen=True)
class Flow:
    """A named table of moves, checked when made: ValueError names what is wrong with the table."""

    name: str
    states: Sequence[State | str]
    start: str
    moves: Sequence[Move]
    zh: str = ""
    en: str = ""
    _by_key: Mapping[str, State] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        states = tuple(State(s) if isinstance(s, str) else s for s in self.states)
        object.__setattr__(self, "states", states)
        object.__setattr__(self, "moves", tuple(self.moves))
        object.__setattr__(self, "_by_key", {state.key: state for state in states})
        faults = tuple(_faults(self, states))
        if faults:
            raise ValueError(f"flow {self.name}: " + "; ".join(faults))

    def state(self, key: str) -> State:
        """The state by its key; KeyError for a foreign one."""
        return self._by_key[key]

    def move(
        self,
        state: str,
        name: str,
        present: Mapping[str, Any] | Collection[str] = (),
        roles: Collection[str] = (),
    ) -> Step | Refusal:
        """Check one move from one state.

        `present` holds the facts: a mapping (a fact counts unless None, False, or empty text or
        collection; zero counts) or just the names present. Refusals: `flow.unknown_state`,
        `flow.unknown_move`, `flow.wrong_state`, `flow.wrong_role`, `flow.missing` in this order.
        """
        if state not in self._by_key:
            return _unknown_state(self, state)
        rows = [row for row in self.moves if row.name == name]
        if not rows:
            return _unknown_move(self, name)
        row = next((row for row in rows if state in row.sources), None)
        if row is None:
            return _wrong_state(self, rows[0], state)
        if not _may(row, roles):
            return _wrong_role(row, roles)
        missing = [need for need in row.needs if not _present(need.key, present)]
        if missing:
            return _missing(row, missing)
        return Step(self.name, row, state, row.target)

    def available(self, state: str, roles: Collection[str] = ()) -> tuple[Move, ...]:
        """The moves these roles may try from the state, in the order of the table."""
        return tuple(m for m in self.moves if state in m.sources and _may(m, roles))

    def reachable(self) -> frozenset[str]:
        """The states that moves lead to from the start."""
        seen, waiting = {self.start}, [self.start]
        while waiting:
            here = waiting.pop()
            new = {m.target for m in self.moves if here in m.sources} - seen
            seen |= new
            waiting += new
        return frozenset(seen)

    def mermaid(self, lang: Lang = "zh") -> str:
        """The diagram of the table, as mermaid text for the docs."""
        states = self._by_key.values()
        lines = ["stateDiagram-v2"]
        lines += [f"    {state.key}: {state.label(lang)}" for state in states]
        lines.append(f"    [*] --> {self.start}")
        lines += [
            f"    {source} --> {m.target}: {m.label(lang)}"
            for m in self.moves
            for source in m.sources
        ]
        lines += [f"    {state.key} --> [*]" for state in states if state.final]
        return "\n".join(lines) + "\n"


def _faults(flow: Flow, states: Sequence[State]) -> Iterable[str]:
    keys = [state.key for state in states]
    final = {state.key for state in states if state.final}
    yield from (f"state {k} twice" for k in sorted(set(keys)) if keys.count(k) > 1)
    if flow.start not in keys:
        yield f"start {flow.start} is no state"
    seen: set[tuple[str, str]] = set()
    for m in flow.moves:
        yield from (f"{m.name}: no state {k}" for k in (*m.sources, m.target) if k not in keys)
        yield from (f"{m.name} leaves the final state {k}" for k in m.sources if k in final)
        yield from (f"{m.name} from {k} twice" for k in m.sources if (m.name, k) in seen)
        seen |= {(m.name, source) for source in m.sources}
    yield from (f"state {k} can't be reached" for k in keys if k not in flow.reachable())


def _may(move: Move, roles: Collection[str]) -> bool:
    return not move.roles or bool(frozenset(roles) & frozenset(move.roles))


def _present(key: str, present: Mapping[str, Any] | Collection[str]) -> bool:
    if not isinstance(present, Mapping):
        return key in present
    value = present.get(key)
    if value is None or value is False:
        return False
    return not (isinstance(value, str | Collection) and not _filled(value))


def _filled(value: str | Collection[Any]) -> bool:
    return bool(value.strip()) if isinstance(value, str) else len(value) > 0


def _unknown_state(flow: Flow, state: str) -> Refusal:
    return Refusal(
        "flow.unknown_state",
        f"“{state}”不是这一流程中的状态",
        f"“{state}” is not a state of {flow.name}",
        {"flow": flow.name, "state": state},
    )


def _unknown_move(flow: Flow, name: str) -> Refusal:
    return Refusal(
        "flow.unknown_move",
        f"这一流程中没有“{name}”这一步",
        f"{flow.name} has no step “{name}”",
        {"flow": flow.name, "move": name},
    )


def _wrong_state(flow: Flow, move: Move, state: str) -> Refusal:
    here = flow.state(state)
    return Refusal(
        "flow.wrong_state",
        f"当前为“{here.label()}”，不能{move.label()}",
        f"It is “{here.label('en')}” now: “{move.label('en')}” is not possible",
        {"flow": flow.name, "move": move.name, "state": state},
    )


def _wrong_role(move: Move, roles: Collection[str]) -> Refusal:
    return Refusal(
        "flow.wrong_role",
        f"您的角色不能{move.label()}",
        f"Your role may not do “{move.label('en')}”",
        {"move": move.name, "roles": sorted(roles), "allowed": sorted(move.roles)},
    )


def _missing(move: Move, missing: Sequence[Need]) -> Refusal:
    zh = "、".join(need.label() for need in missing)
    en = ", ".join(need.label("en") for need in missing)
    return Refusal(
        "flow.missing",
        f"{move.label()}前请先补齐：{zh}",
        f"Before “{move.label('en')}”, please give: {en}",
        {"move": move.name, "missing": [need.key for need in missing]},
    )
