"""Deadlines as written. 到2025年 in a goal is a period, not a deadline (DESIGN.md 5)."""

from __future__ import annotations

import re

_DEADLINE = re.compile(
    r"(?<!到)(?:20\d\d年(?:上半年|下半年|[一二三四]季度|第[一二三四]季度|主?汛期|春节|国庆节?|入冬|(?:供暖|采暖)[期季]|\d{1,2}月(?:\d{1,2}日|底|末|[上中下]旬)?|年?[底末初中])?(?:以前|之前|前)"
    r"|20\d\d年\d{1,2}月(?:\d{1,2}日|底|末|[上中下]旬)?(?=(?:全面|基本|全部)?(?:完成|建成|投产|投用|开工|竣工|达产|启动|落实|印发|出台))"
    r"|每年\d{1,2}月(?:\d{1,2}日|底|末)?前?|(?:今年|当年|明年)?(?:年底|年末|年中|季度末|月底)(?:之|以)?前"
    r"|(?:今年|当年|本年)?\d{1,2}月(?:\d{1,2}日|底|末|[上中下]旬)?(?:之|以)?前|(?:今年)?(?:上半年|一季度|二季度|三季度|四季度)(?:前|内)"
    r"|(?:今年|当年|本)?年内(?=[^，。]{0,12}(?:完成|建成|投产|开工|竣工|启动|实现|达到|出台|印发))"
    r"|20\d\d年(?:底|内|末)(?=[^，。到]{0,14}(?:完成|建成|投产|开工|竣工|启动|出台|印发)))"
)
_CUE = re.compile(r"前|底|内|月")


def deadline_in(text: str) -> str:
    """The first deadline that a text states, as written; empty where it states none."""
    if not _CUE.search(text):
        return ""
    match = _DEADLINE.search(text)
    return match.group() if match else ""
