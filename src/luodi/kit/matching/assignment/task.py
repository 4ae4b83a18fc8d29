"""What is to be assigned, checked before anything is solved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from luodi.kit.matching.pairing import Pair
from luodi.kit.refusals import Refusal

Goal = Literal["most", "points"]
_EXACT = 2**53
_LARGEST = 2**62
"""Up to the first a solver reports its bound exactly, up to the second the flow can count."""


@dataclass(frozen=True)
class Limit:
    """Something several offers share: the seekers placed on `offers` use at most `amount` of it.

    `uses`: what each seeker takes, in whole units (kVA of a park, tonnes of a quota); a seeker
    not named takes none.
    """

    name: str
    amount: int
    offers: frozenset[str]
    uses: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Task:
    """Seekers, offers with how many seekers each takes, and points of every feasible pair.

    A pair without points isn't feasible. `fixed` pairs are kept, `forbidden` ones never made.
    Goal `most`: as many seekers as can be, then the most points; `points`: the most points, then
    as many seekers. The order in which anything is given doesn't matter.
    """

    seekers: tuple[str, ...]
    offers: Mapping[str, int]
    points: Mapping[Pair, int]
    fixed: tuple[Pair, ...] = ()
    forbidden: frozenset[Pair] = frozenset()
    limits: tuple[Limit, ...] = ()
    goal: Goal = "most"

    @cached_property
    def held(self) -> dict[str, str]:
        """The seekers of fixed pairs, with their offer."""
        return dict(self.fixed)

    @cached_property
    def room(self) -> dict[str, int]:
        """Places of each offer beside the fixed pairs, in the order of the keys."""
        taken = Counter(self.held.values())
        return {offer: self.offers[offer] - taken[offer] for offer in sorted(self.offers)}

    @cached_property
    def free(self) -> tuple[str, ...]:
        """Seekers without a fixed pair, in the order of their keys."""
        return tuple(sorted(set(self.seekers) - set(self.held)))

    @cached_property
    def open_pairs(self) -> dict[str, list[tuple[str, int]]]:
        """For each free seeker its offers with room, and the points there, in order of keys."""
        found: dict[str, list[tuple[str, int]]] = {seeker: [] for seeker in self.free}
        barred = self.forbidden
        for pair, points in sorted(self.points.items()):
            seeker, offer = pair
            if seeker in found and self.room[offer] and pair not in barred:
                found[seeker].append((offer, points))
        return found

    @cached_property
    def worth(self) -> tuple[int, int]:
        """(factor, bonus): points × factor + bonus of a pair makes one number of both goals."""
        most = max(self.points.values(), default=0)
        seekers = len(self.free)
        return (1, most * seekers + 1) if self.goal == "most" else (seekers + 1, 1)

    def fault(self) -> Refusal | None:
        """Why the task can't be solved as it is given; None where it can."""
        looks = (_unknown, _numbers, _fixed, _over, _limits)
        return next((fault for look in looks if (fault := look(self)) is not None), None)


def _unknown(task: Task) -> Refusal | None:
    if len(set(task.seekers)) != len(task.seekers):
        twice = [key for key, times in Counter(task.seekers).items() if times > 1]
        return _refused("twice", f"{_names(twice)}重复", f"{_names(twice)} stand twice", twice)
    limited = {seeker for limit in task.limits for seeker in limit.uses}
    known = set(task.seekers)
    pairs = [*task.points, *task.fixed, *task.forbidden]
    strange = {seeker for seeker, _ in pairs} | limited
    offers = {offer for _, offer in pairs} | {one for limit in task.limits for one in limit.offers}
    unknown = sorted(strange - known) + sorted(offers - set(task.offers))
    if not unknown:
        return None
    zh, en = f"未列入匹配范围：{_names(unknown)}", f"Not among those to match: {_names(unknown)}"
    return _refused("unknown", zh, en, unknown)


def _numbers(task: Task) -> Refusal | None:
    numbers = [*task.points.values(), *task.offers.values()]
    numbers += [limit.amount for limit in task.limits]
    numbers += [use for limit in task.limits for use in limit.uses.values()]
    if any(number < 0 for number in numbers):
        return _refused("negative", "得分、容量和用量不能为负", "Nothing may be below zero")
    factor, bonus = task.worth
    total = (max(task.points.values(), default=0) * factor + bonus) * (len(task.seekers) + 1)
    nodes = len(task.seekers) + len(task.offers) + 2
    if total > _EXACT or total * nodes > _LARGEST:
        return _refused("too_large", "得分过大，无法精确求解", "The points are too large")
    return None


def _fixed(task: Task) -> Refusal | None:
    places: dict[str, set[str]] = {}
    for seeker, offer in task.fixed:
        places.setdefault(seeker, set()).add(offer)
    for seeker, offers in sorted(places.items()):
        if len(offers) > 1:
            at = _names(sorted(offers))
            zh, en = f"{seeker}被同时指定给{at}", f"{seeker} is fixed to several offers: {at}"
            return _refused("fixed_twice", zh, en, [seeker, *sorted(offers)])
    for seeker, offer in sorted(task.fixed):
        if (seeker, offer) in task.forbidden:
            zh = f"{seeker}与{offer}既被指定又被禁止"
            en = f"{seeker} and {offer} are both fixed and forbidden"
            return _refused("fixed_forbidden", zh, en, [seeker, offer])
        if (seeker, offer) not in task.points:
            zh = f"指定的{seeker}与{offer}不满足硬性条件"
            en = f"The fixed pair {seeker} and {offer} does not meet the hard criteria"
            return _refused("fixed_infeasible", zh, en, [seeker, offer])
    return None


def _over(task: Task) -> Refusal | None:
    for offer, room in task.room.items():
        if room < 0:
            wanted = sorted(seeker for seeker, at in task.held.items() if at == offer)
            zh = f"{offer}只能容纳{task.offers[offer]}个，却指定了{len(wanted)}个：{_names(wanted)}"
            en = f"{offer} takes {task.offers[offer]}, but {len(wanted)} are fixed to it"
            return _refused("fixed_over_capacity", zh, f"{en}: {_names(wanted)}", [offer, *wanted])
    return None


def _limits(task: Task) -> Refusal | None:
    for limit in task.limits:
        users = sorted(seeker for seeker, at in task.held.items() if at in limit.offers)
        used = sum(limit.uses.get(seeker, 0) for seeker in users)
        if used > limit.amount:
            zh = f"指定的{_names(users)}共用{limit.name}{used}，超过{limit.amount}"
            en = f"The fixed {_names(users)} use {used} of {limit.name}, more than {limit.amount}"
            return _refused("fixed_over_limit", zh, en, [limit.name, *users])
    return None


def _names(keys: Iterable[str]) -> str:
    return "、".join(keys)


def _refused(code: str, zh: str, en: str, keys: Iterable[str] = ()) -> Refusal:
    return Refusal(f"assignment.{code}", zh, en, {"keys": tuple(keys)})
