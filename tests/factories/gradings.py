"""Firms for gradings: generated cities, plainly made, the same for the same seed."""

from __future__ import annotations

import random
from importlib.resources import files
from typing import Any

import yaml

from luodi.kit.scoring import Amount, Firm
from luodi.packs import resolve
from luodi.packs.schemas import GradingRule

INPUTS = ("land", "tax", "value-added", "energy", "emission", "workers", "rd", "revenue",
          "electricity")  # fmt: skip
PERS = {"land": 100, "tax": 100, "value-added": 100, "energy": 100, "emission": 10_000,
        "workers": 1, "rd": 100, "revenue": 100, "electricity": 10_000}  # fmt: skip
MOST = {"land": 40_000, "tax": 400_000, "value-added": 3_000_000, "energy": 900_000,
        "emission": 90_000, "workers": 1_500, "rd": 90_000, "revenue": 9_000_000,
        "electricity": 40_000_000}  # fmt: skip


def rule_of(key: str = "huangyan") -> GradingRule:
    """A built-in rule."""
    rules = resolve("jincheng").all("gradings", GradingRule)
    return next(rule for rule in rules if rule.key == key)


def written_rules() -> dict[str, dict[str, Any]]:
    """The built-in rules as their file has them, for a second reading of it."""
    text = files("luodi.packs").joinpath("builtin/china/gradings.yaml").read_text()
    data = yaml.safe_load(text)
    return {rule["key"]: data["defaults"] | rule for rule in data["rules"]}


def generated(number: int, seed: int = 7) -> list[Firm]:
    """So many firms of both classes: some without a figure, some with zero, some with less."""
    dice = random.Random(seed)
    return [_firm(dice, n) for n in range(number)]


def _firm(dice: random.Random, number: int) -> Firm:
    figures: dict[str, Amount] = {}
    for name in INPUTS:
        chance = dice.random()
        if chance < 0.01:
            continue
        if name == "emission" and chance < 0.3:
            continue
        amount = 0 if chance > 0.99 else dice.randint(1, MOST[name])
        if name in ("tax", "value-added") and chance > 0.985:
            amount = -amount
        figures[name] = (amount, PERS[name])
    group = "below_scale" if dice.random() < 0.35 else "above_scale"
    exempt = "public" if dice.random() < 0.01 else ""
    return Firm(f"f{number:06}", group, figures, exempt, dice.random() < 0.05)
