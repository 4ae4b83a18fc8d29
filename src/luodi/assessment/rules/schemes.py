"""The schemes of a city's packs, and a frozen one read back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from luodi.packs import Stack
from luodi.packs.schemas import SchemeRule


def schemes_in(stack: Stack, on: date) -> tuple[SchemeRule, ...]:
    """The schemes in force on a day."""
    return stack.all("schemes", SchemeRule, on)


def scheme_in(stack: Stack, key: str, on: date) -> SchemeRule | None:
    """One of them by its key."""
    return stack.one("schemes", SchemeRule, key, on)


def plain_rule(rule: SchemeRule) -> dict[str, Any]:
    """A scheme as plain data: what is frozen."""
    return rule.model_dump(mode="json")


def read_rule(plain: Mapping[str, Any]) -> SchemeRule:
    """A frozen scheme read back."""
    return SchemeRule.model_validate(plain)


def digest_of(rule: SchemeRule) -> str:
    """sha256 of a scheme's content: same meaning, same digest, whatever the layout of the file."""
    text = json.dumps(plain_rule(rule), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
