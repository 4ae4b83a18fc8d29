"""Information systems a plan names: to be built, existing, or unclear."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from luodi.kit.commitments.taken import Taken
from luodi.kit.layout.blocks import Paragraph
from luodi.kit.problems import Span

Status = Literal["existing", "to_build", "unclear"]
_WORD = r"[\u4e00-\u9fffA-Za-z0-9+]"
_ABOUT = (
    r"(?:信息化?|大?数据|云|数字化?|智慧|监测|监管|管理|管控|调度|指挥|综合服务|公共服务|政务服务|服务"
    r"|交易|申报|预警|统计|办公|业务|审批|查询|登记|线上|网上|在线|融资|招聘|追溯|共享交换|共享|可视化"
    r"|物联网|视频|GIS)"
)
_KIND = (
    rf"(?:{_ABOUT}(?:平台|系统)|数据库|信息库|资源库|项目库|培育库|企业库|人才库|台账"
    rf"|招商图谱|一张图|一张网|城市大脑|驾驶舱|小程序|APP|一码通)"
)
_NAME = rf"{_WORD}{{0,20}}?{_KIND}"
_MARKED = rf"(?:“{_WORD}{{1,12}}”)?{_NAME}|“{_NAME}"
_VERB = (
    r"搭建|建立健全|建立完善|建立|建设|打造|建成|开发|研发|构建|上线|建好用好|用好用活"
    r"|用好|依托|利用|运用|借助|通过|完善|升级改造|升级|优化|整合|对接|接入|纳入|推广"
)
_SYSTEM = re.compile(rf"(?P<verb>{_VERB})(?P<name>{_MARKED})”?(?P<after>建设|作用|升级|改造|二期)?")
_QUOTED = re.compile(rf"“(?P<name>{_WORD}{{1,16}}?{_KIND})”(?P<after>[^，。；“]{{0,8}})")
_LOOSE = re.compile(
    rf"(?:推进|加快|推动|加强|启动|完成)(?P<name>{_WORD}{{2,20}}?{_KIND})(?P<after>建设|开发|上线|升级|改造|应用)"
)
_TO_BUILD = re.compile(r"搭建|建立|建设|打造|建成|开发|研发|构建|上线|建")
_EXISTING = re.compile(
    r"用好|依托|利用|运用|借助|通过|完善|升级|优化|整合|对接|接入|纳入|推广|改造|应用|作用"
)
_TRIM = re.compile(
    r"(?:“(?=[^”]*\Z)|全[国省市县区]统一的?|完善|优化|升级|改造|健全|整合|推进|加快|统一的?|详细的?|全面的?|高效的?|互联互通的|共建共享的"
    r"|一批|一个|和|并|了|好)+"
)
_AND = re.compile(rf"[和、及与]以?及?(?P<name>{_WORD}{{2,16}}?{_KIND})")
_BARE = re.compile(rf"{_ABOUT}?(?:平台|系统|台账|数据库|项目库)\Z")


@dataclass(frozen=True, slots=True)
class System:
    """An information system: to be built, existing, or unclear from the verb before it."""

    name: str
    status: Status
    span: Span


def systems_of(paragraphs: Sequence[Paragraph], where: Sequence[int]) -> list[System]:
    """Systems in order, each name once."""
    seen: dict[str, System] = {}
    for n in where:
        for system in sorted(_in(paragraphs[n]), key=lambda one: one.span):
            seen.setdefault(system.name, system)
    return list(seen.values())


def _in(para: Paragraph) -> list[System]:
    found: list[System] = []
    taken = Taken()
    for pattern in (_SYSTEM, _LOOSE, _QUOTED):
        for match in pattern.finditer(para.text):
            left, right = match.span("name")
            if taken.meets((left, right)):
                continue
            lead = _TRIM.match(match["name"])
            left += lead.end() if lead and right - left - lead.end() > 3 else 0
            name = para.text[left:right]
            if len(name) > 3 and not _BARE.match(name):
                taken.add((left, right))
                found.append(System(name, _status(match), para.hull(left, right)))
                found += _beside(para, right, _status(match), taken)
    return found


def _beside(para: Paragraph, place: int, status: Status, taken: Taken) -> list[System]:
    """What is named in one breath with the system that ends at `place`: …系统和…平台."""
    found: list[System] = []
    while match := _AND.match(para.text, place):
        left, place = match.span("name")
        taken.add((left, place))
        found.append(System(match["name"], status, para.hull(left, place)))
    return found


def _status(match: re.Match[str]) -> Status:
    """By the word behind the name, else by the verb before it."""
    verb, after = match.groupdict().get("verb") or "", match["after"] or ""
    if re.search("升级|改造|作用|应用|二期", after) or _EXISTING.search(verb):
        return "existing"
    return "to_build" if _TO_BUILD.search(after) or _TO_BUILD.search(verb) else "unclear"
