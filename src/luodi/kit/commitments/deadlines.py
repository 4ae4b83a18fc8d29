"""Deadlines as written. 到2025年 in a goal is a period, not a deadline (DESIGN.md 5)."""

from __future__ import annotations

import re

_THIS = r"(?:20\d\d年|今年|当年|本年度?|明年|次年)?"
_MONTH = r"\d{1,2}月(?:\d{1,2}日|底|末|初|[上中下]旬)?"
_QUARTER = r"(?:上半年|下半年|第?[一二三四]季度|前三季度)"
_SEASON = r"(?:主?汛期|春节|“?五一”?|国庆节?|入冬|(?:供暖|采暖)[期季]|[春秋]季开学|开学)"
_BEFORE = r"(?:以前|之前|前)"
_DONE = (
    r"(?:完成|完工|建成|投[产用运]|开[工业馆园街]|竣工|封顶|达产|启动|落实|印发|出台|上线|运行|到位"
    r"|实现|挂牌|验收|交付|具备|通[车航水气]|并网|联网)"
)
_DEADLINE = re.compile(
    rf"(?<!到)(?:20\d\d年(?:{_QUARTER}|{_SEASON}|{_MONTH}|年?[底末初中])?{_BEFORE}"
    rf"|20\d\d年{_MONTH}(?=(?:全面|基本|全部)?{_DONE})"
    r"|每年\d{1,2}月(?:\d{1,2}日|底|末)?前?"
    rf"|{_THIS}(?:年[底末中]|季度末|月底|{_SEASON}){_BEFORE}|{_THIS}{_MONTH}{_BEFORE}"
    rf"|{_THIS}{_QUARTER}(?:{_BEFORE}|末|内)"
    rf"|(?:今年|当年|本)?年内(?=[^，。]{{0,12}}(?:{_DONE}|达到))"
    rf"|20\d\d年(?:底|内|末)(?=[^，。到]{{0,14}}{_DONE})"
    rf"|(?<!\d)\d{{1,2}}月(?:底|末|\d{{1,2}}日)(?=(?:全面|基本|全部)?{_DONE})"
    r"|(?:印发|发布|施行|实施)(?:之日)?[起后]\d{1,3}个?(?:工作日|日|天|月)内)"
)
_CUE = re.compile(r"前|底|内|月|末")


def deadline_in(text: str) -> str:
    """The first deadline that a text states, as written; empty where it states none."""
    if not _CUE.search(text):
        return ""
    match = _DEADLINE.search(text)
    return match.group() if match else ""
