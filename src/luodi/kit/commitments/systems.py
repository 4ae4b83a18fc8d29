"""Information systems a plan names, and projects with their investment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from luodi.kit.layout.blocks import Paragraph
from luodi.kit.problems import Span

Status = Literal["existing", "to_build", "unclear"]
_WORD = r"[\u4e00-\u9fffA-Za-z0-9+“”]"
_SYSTEM = re.compile(
    rf"(?P<verb>搭建|建立健全|建立|建设|打造|建成|开发|构建|上线|推动建设|建好用好|用好|依托|利用|完善|升级|优化|整合)(?P<name>{_WORD}{{1,18}}?"
    r"(?:统计系统|信息系统|管理系统|监管系统|监测系统|服务系统|业务系统|办公系统|申报系统|预警系统|信息化平台|信息平台|管理平台|监管平台|大数据平台|"
    r"数据平台|云平台|综合服务平台|公共服务平台|数据库|信息库|培育库|项目库|台账|招商图谱|一张图|城市大脑))"
)
_TO_BUILD = ("搭建", "建立健全", "建立", "建设", "打造", "建成", "开发", "构建", "上线", "推动建设")
_EXISTING = ("用好", "依托", "利用", "完善", "升级", "优化", "整合")
_MONEY = (
    r"(?:计划|预计|概算|估算)?总?投资(?:额|约|达|为)*"
    r"(?P<value>\d+(?:\.\d+)?)(?P<unit>亿元|万元|亿美元|万美元)"
)
_PROJECT_AFTER = re.compile(rf"{_MONEY}的(?P<name>[^，。；、（]{{2,40}}?项目)")
_PROJECT_BEFORE = re.compile(rf"(?P<name>[^，。；、（）：]{{2,40}}?(?:项目|工程))[（(，]{_MONEY}")


@dataclass(frozen=True, slots=True)
class System:
    """An information system: to be built, existing, or unclear from the verb before it."""

    name: str
    status: Status
    span: Span


@dataclass(frozen=True, slots=True)
class Project:
    """A named project; investment as decimal string and unit, empty where none is stated."""

    name: str
    value: str
    unit: str
    span: Span


def systems_of(paragraphs: Sequence[Paragraph], where: Sequence[int]) -> list[System]:
    """Systems in order, each name once."""
    seen: dict[str, System] = {}
    for n in where:
        para = paragraphs[n]
        for match in _SYSTEM.finditer(para.text):
            name = match["name"].strip("“”")
            if name not in seen and len(name) > 3:
                seen[name] = System(name, _status(match["verb"]), para.hull(*match.span("name")))
    return list(seen.values())


def _status(verb: str) -> Status:
    if verb in _TO_BUILD:
        return "to_build"
    return "existing" if verb in _EXISTING else "unclear"


def projects_of(paragraphs: Sequence[Paragraph], where: Sequence[int]) -> list[Project]:
    """Projects with a stated investment, in order."""
    found = []
    for n in where:
        para = paragraphs[n]
        if "投资" not in para.text:
            continue
        for pattern in (_PROJECT_AFTER, _PROJECT_BEFORE):
            for match in pattern.finditer(para.text):
                span = para.hull(*match.span())
                found.append(Project(match["name"].strip(), match["value"], match["unit"], span))
    return sorted(found, key=lambda project: project.span)
