"""A document's own rule for its leads: 逗号前为牵头单位, 加*的为牵头单位, 首位为牵头单位."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Role = Literal["lead", "responsible", "cooperating"]
Way = Literal["comma", "semicolon", "first", "star", "all"]

STARS = "*＊★☆▲△※"
_PLACE = r"[“\"‘]?(?:{sign})[”\"’]?(?:之|以)?前.{{0,12}}?牵头"
_COMMA = re.compile(_PLACE.format(sign="逗号|，|,"))
_SEMICOLON = re.compile(_PLACE.format(sign="分号|；|;"))
_PLACES = (
    r"(?:(?:排(?:名|列|序)?|列|位列|位居|居|名列)(?:在|于)?(?:最前|第一|首位|首|前面)(?:位|名|个)?"
    r"|(?:第一|首)(?:个|位|家|列)?(?=(?:责任)?(?:单位|部门)|的?[为是]))"
)
_FIRST = re.compile(
    rf"{_PLACES}(?:的)?(?:责任)?(?:单位|部门)?(?:均|即|都)?(?:为|是|作为)(?:该项|本项|此项|主要)?(?:工作|任务)?的?"
    r"(?:总?牵头|主办)"
)
_STAR = re.compile(
    rf"(?:[加带标注有画打]+.{{0,4}}?[“\"]?[{re.escape(STARS)}]|星号|[“\"][{re.escape(STARS)}][”\"])"
    rf".{{0,10}}?牵头|牵头(?:单位|部门)?.{{0,6}}?(?:以|用|加|标).{{0,4}}?[{re.escape(STARS)}]"
)
_ALL = re.compile(r"责任(?:单位|部门)即为牵头(?:单位|部门)")
_OTHERS = re.compile(r"(?:其余|其他|其它|后面?|之后|以后).{0,10}?(?:配合|协办|参与)")


@dataclass(frozen=True, slots=True)
class LeadRule:
    """Which units of a list lead (`way`), and the role of the others."""

    way: Way
    others: Role = "responsible"


def lead_rule(text: str) -> LeadRule | None:
    """The rule that a paragraph states; None where it states none."""
    if "牵头" not in text and "主办" not in text:
        return None
    way = _way(text)
    if not way:
        return None
    return LeadRule(way, "cooperating" if _OTHERS.search(text) else "responsible")


def _way(text: str) -> Way | None:
    if _COMMA.search(text):
        return "comma"
    if _SEMICOLON.search(text):
        return "semicolon"
    if _FIRST.search(text):
        return "first"
    if _STAR.search(text):
        return "star"
    return "all" if _ALL.search(text) else None
