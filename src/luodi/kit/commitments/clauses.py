"""Units that a sentence names itself: 由市发改委牵头，市商务局配合，于…; 由市水利局负责办理…."""

from __future__ import annotations

import re

from luodi.kit.commitments.notes import unique
from luodi.kit.commitments.rules import LeadRule
from luodi.kit.commitments.units import Unit, looks_like_organ, read_list

_CLAUSE = re.compile(r"[^，,。；;：:！？!? ]{4,120}")
_LEADING = re.compile(r"(?:[一二三四五六七八九十]{1,2}是)?(?:具体)?(?P<by>由)?")
_ENDS = re.compile(
    r"(?:总?牵头|负责|配合|参与|协助|协办|主办)(?:负责|落实|实施|推进|组织|抓总|做好|办理)*\Z"
)
_BEGINS = re.compile(r"(?P<list>.{2,60}?)(?P<mark>牵头|负责|配合|会同)")
_NO_NAME = re.compile(
    r"(?:鼓励|支持|引导|组织|推动|依托|发挥|明确|指定|成立|建立|实行|落实|坚持|强化|加强|完善|充分|积极|继续|定期"
    r"|会议|要求|主动|认真|充实|选派|确定|委托|聘请)|.*(?:企业|机构|专人|负责人)\Z"
)
"""Words that begin a phrase and no name, and bodies that no plan can hold to it."""
_HINT = re.compile(r"牵头|负责|配合|会同")
_TOGETHER = re.compile(r"[^，]{2,60}会同[^，]{2,60}")
"""由县民政局会同县财政局，于…: the clause is nothing but names."""


def named_units(text: str, rule: LeadRule | None = None) -> tuple[Unit, ...]:
    """Units of the clauses in `text` that say who does it; only such as are whole names."""
    if not _HINT.search(text):
        return ()
    found: list[Unit] = []
    for match in _CLAUSE.finditer(text):
        found += _of_clause(match.group(), rule)
    return unique(tuple(found))


def _of_clause(clause: str, rule: LeadRule | None) -> list[Unit]:
    lead = _LEADING.match(clause)
    words = clause[lead.end() :] if lead else clause
    if _ENDS.search(words):
        units = read_list(words, "responsible", rule)
        if units and all(_is_name(unit.name) for unit in units):
            return units
    by = bool(lead and lead["by"])
    if by and _TOGETHER.fullmatch(words):
        units = read_list(words, "responsible", rule)
        if len(units) > 1 and all(_is_name(unit.name) for unit in units):
            return units
    begins = _BEGINS.match(words) if by else None
    units = read_list(begins["list"] + begins["mark"], "responsible", rule) if begins else []
    return units if all(_is_name(unit.name) for unit in units) else []


def _is_name(name: str) -> bool:
    return looks_like_organ(name) and not _NO_NAME.match(name)
