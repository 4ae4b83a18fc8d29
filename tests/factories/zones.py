"""Zones with rules of their own."""

from __future__ import annotations

import copy
from datetime import datetime
from typing import Any

from factories.city import MAKER
from luodi.orgs.actions import adopt_zone_pack
from luodi.packs import builtin

CITY_PACK = "jincheng"


def zone_rules(key: str, minutes: int, days: int, over: str = CITY_PACK) -> dict[str, Any]:
    """The content of a zone's pack with the built-in zone's two limits, counted otherwise."""
    content = copy.deepcopy(builtin("huozhou").content())
    content["head"] |= {"key": key, "name": f"示例开发区（{key}）", "stacks_over": [over]}
    for rule in content["rules"]["clocks"]:
        rule["amount"] = minutes if rule["unit"] == "minute" else days
        rule["owner"] |= {"name": content["head"]["name"]}
    return content


def adopt(zone: str, at: datetime, key: str = "quick", minutes: int = 30, days: int = 2) -> None:
    """Let a zone run on such rules from `at` on."""
    adopt_zone_pack(zone=zone, pack=[zone_rules(key, minutes, days)], by=MAKER, at=at)


def with_cadence(content: dict[str, Any], **given: Any) -> dict[str, Any]:
    """The same pack with one rhythm of the zone's own: monthly, whole months, unless said."""
    name = content["head"]["name"]
    rule = {
        "key": "own-rhythm", "owner": {"body": "zone", "name": name}, "kind": "rule",
        "source": "示例", "title": "示例调度", "title_en": "Example dispatch", "what": "dispatch",
        "every": "month", "opens": {"base": "period", "count": "day", "number": 1},
        "due": {"base": "period", "count": "day", "number": 28},
    }  # fmt: skip
    content["rules"]["cadence"] = [rule | given]
    return content
