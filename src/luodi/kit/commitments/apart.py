"""Chapter titles: which chapters of a plan hold tasks, which its frame (总体要求, 保障措施).

A title is of the frame where every word of it is of the frame: 发展基础 is, 夯实创新基础 isn't;
规划实施保障 is, 民生保障 isn't.
"""

from __future__ import annotations

import re

_FRAME = (
    r"保障|总体|目标|指导思想|要求|原则|基础|形势|背景|附则|现状|意义|思路|回顾|组织|环境|步骤|进度|时间"
    r"|监督|考核|考评|机遇|定位|范围|依据|领导|人员|职责|机构|机制|规则|督[导查促]|宣传|成效|情况|问题"
    r"|问责|评估|名单|附件"
)
_BESIDE = (
    r"进一步|切实|全面|着力|不断|认真|加强|强化|完善|健全|建立|做好|落实|压[实紧]|严格|严肃|明确|狠抓"
    r"|抓[好实]|确保|提高|注重|坚持|工作|实施|规划|方案|计划|政策|措施|基本|主要|指导|思想|发展|检查|评价"
    r"|责任|推[进动]|统筹|协[调同]|引导|舆论|氛围|营造|浓厚|良好|支撑|体系|制度|组成|分工|指标|战略|功能"
    r"|条件|存在|挑战|重要|重大|面临|编制|适用|成绩|阶段|安排|方[法式]|有关|相关|其[他它]|事项|说明|奖惩"
    r"|激励|执行|党的|水平|动员|部署|有力|到位|有效|力度|细化|年度|日常|办事|[和及与的、，,]"
)
_WORDS = re.compile(rf"(?:{_FRAME}|{_BESIDE})++")
_HAS_FRAME = re.compile(_FRAME)
_ASIDE = re.compile(r"[（(][^（）()]*[）)]|“[^“”]*”|\d{2,4}年?|[ \t—–-]")
_TASKS = re.compile(
    r"任务|举措|措施|重点|工作内容|行动|路径|抓手|工程|工作安排|主要工作|建设内容|实施内容"
)
_CONTAINER = re.compile(
    r"(?:主要|重点|工作|具体|实施|建设|改造|整治|目标|推进|攻坚|行动)*(?:任务|举措|措施|工作|内容|行动|路径|工程)\Z"
)
_TASK_FREE = re.compile(r"(?:回顾|态势|思路|目标|现状|形势|原则|问题|思想|要求|意义)\Z")
_LONGEST = 40


def is_apart(title: str) -> bool:
    """Whether a chapter's title says that it holds no tasks (总体要求, 组织实施, 附则)."""
    bare = _ASIDE.sub("", title[: 2 * _LONGEST])
    if not bare or len(bare) > _LONGEST or re.search(r"任务|举措", bare):
        return False
    return bool(_WORDS.fullmatch(bare)) and bool(_HAS_FRAME.search(bare))


def is_task_chapter(title: str) -> bool:
    """Whether a chapter's title calls what it holds tasks (重点工程, 主要任务)."""
    return bool(_TASKS.search(title)) and not is_apart(title)


def is_container(title: str) -> bool:
    """Whether a chapter is called nothing but tasks (重点任务, 工作措施): the others hold none."""
    return bool(_CONTAINER.match(title)) and not is_apart(title)


def is_task_free(title: str) -> bool:
    """Whether a section inside a task chapter holds no tasks (发展回顾, 发展思路)."""
    return bool(_TASK_FREE.search(title))
