"""The published instance of the matching bench: made projects, plots and floors, by a seed.

Everything is drawn from `random.Random(SEED)`. Nothing in it is anybody's: names are numbers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from luodi.kit.matching import Criterion, Facts, Offer, Pair, Value
from luodi.kit.quantities import UNITS, Quantity

SEED = 20260401
CLASSES = ("无要求", "十万级", "万级", "千级", "百级")
TRADES = ("光机电", "新材料", "装备制造", "食品医药", "现代物流")
UTILITIES = ("蒸汽", "天然气", "中水", "双回路")
PARKS = 12


@dataclass(frozen=True)
class Instance:
    """Projects with their needs, plots and floors with what they have, and what is asked."""

    criteria: tuple[Criterion, ...]
    projects: Mapping[str, Facts]
    sites: tuple[Offer, ...]


def criteria() -> tuple[Criterion, ...]:
    """Nine hard criteria, some of plots or floors only, and three soft ones."""
    plot, floor = ("plot",), ("floor",)

    def hard(name: str, zh: str, en: str, operator: str, kinds: tuple[str, ...] = ()) -> Criterion:
        order = CLASSES if name == "clean" else ()
        return Criterion(name, zh, en, name, operator, name, kinds=kinds, order=order)  # type: ignore[arg-type]

    return (
        hard("kind", "载体类型", "Kind", "one_of"),
        hard("land", "用地面积", "Land", "at_least", plot),
        hard("space", "建筑面积", "Floor area", "at_least", floor),
        hard("load", "楼面荷载", "Floor load", "at_least", floor),
        hard("height", "层高", "Height", "at_least", floor),
        hard("clean", "洁净等级", "Clean class", "at_least", floor),
        hard("power", "供电容量", "Power", "at_least"),
        hard("trade", "主导产业", "Trades", "includes"),
        hard("utilities", "配套条件", "Utilities", "includes"),
        Criterion(
            "price", "地价或租金", "Price", "price", "at_most", "price", weight=3, fade=Fraction(20)
        ),
        Criterion("way", "距高速口", "Way", "way", "at_most", "way", weight=2, fade=_km(20)),
        Criterion(
            "spare", "余量", "Spare", "spare", "at_most", "spare", weight=1, fade=Fraction(40)
        ),
    )


def instance(projects: int = 300, sites: int = 2000) -> Instance:
    """The first so many projects and sites of the seed."""
    made = Random(SEED)
    wanted = {f"project-{n:03}": _project(made) for n in range(projects)}
    made = Random(SEED + 1)
    offers = tuple(_site(made, f"site-{n:04}") for n in range(sites))
    return Instance(criteria(), wanted, offers)


def park(site: str) -> int:
    """The park of a site by its key."""
    return int(site.rpartition("-")[2]) % PARKS


def digest(pairs: Mapping[Pair, int]) -> str:
    """The instance in eight digits: the same pairs with the same points give the same."""
    text = "\n".join(f"{s} {o} {points}" for (s, o), points in sorted(pairs.items()))
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _project(made: Random) -> dict[str, Value | None]:
    return {
        "kind": frozenset({"plot"} if made.random() < 0.4 else {"floor"}),
        "land": _of(_between(made, 10, 120), "亩"),
        "space": _of(_between(made, 8, 60) * 100, "平方米"),
        "load": _of(_between(made, 4, 10), "千牛/平方米"),
        "height": _of(_between(made, 40, 75), "米", 1),
        "clean": CLASSES[min(_between(made, 0, 6), 4)] if made.random() < 0.3 else CLASSES[0],
        "power": _of(_between(made, 2, 40) * 50, "千伏安"),
        "trade": frozenset({TRADES[_between(made, 0, 4)]}),
        "utilities": _some(made, UTILITIES, 0.25),
        "price": _between(made, 10, 40),
        "way": _km(_between(made, 2, 20)),
        "spare": _between(made, 0, 20),
    }


def _site(made: Random, key: str) -> Offer:
    kind = "plot" if made.random() < 0.4 else "floor"
    facts: dict[str, Value | None] = {
        "kind": kind,
        "land": _of(_between(made, 5, 150), "亩"),
        "space": _of(_between(made, 5, 80) * 100, "平方米"),
        "load": _of(_between(made, 3, 12), "千牛/平方米"),
        "height": _of(_between(made, 36, 90), "米", 1),
        "clean": CLASSES[min(_between(made, 0, 7), 4)] if made.random() < 0.4 else CLASSES[0],
        "power": _of(_between(made, 4, 60) * 50, "千伏安") if made.random() < 0.95 else None,
        "trade": _some(made, TRADES, 0.45),
        "utilities": _some(made, UTILITIES, 0.6),
        "price": _between(made, 10, 60),
        "way": _km(_between(made, 1, 40)),
        "spare": _between(made, 0, 60),
    }
    return Offer(key, facts, kind)


def _between(made: Random, low: int, high: int) -> int:
    """By `random()` alone, whose numbers every Python repeats."""
    return low + int(made.random() * (high - low + 1))


def _some(made: Random, words: tuple[str, ...], share: float) -> frozenset[str]:
    return frozenset(word for word in words if made.random() < share)


def _of(number: int, unit: str, scale: int = 0) -> Quantity:
    return Quantity(number, scale, UNITS[unit])


def _km(number: int) -> Quantity:
    return _of(number, "公里")
