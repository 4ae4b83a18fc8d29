"""The story of a project on one page, for a meeting or a visit: what papers print of it.

Papers are Chinese whatever the interface speaks. Each figure names where it stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import override

from luodi.common.moments import LOCAL, Moment
from luodi.common.tables import DASH, shown
from luodi.ledger.queries import Row as ItemRow
from luodi.orgs.queries import unit_names
from luodi.orgs.rules import Viewer
from luodi.papers.rules.snapshot import (
    Block,
    Content,
    Head,
    Heading,
    Paragraph,
    Run,
    Table,
    Words,
    figure,
    text,
)

from .firms import FirmPage, firm_page
from .heads import ProjectHead, project_head
from .money import MoneyPage, money_page
from .pages import ProjectPage, project_page
from .permits import PermitsPage, project_permits
from .problems import ProblemsPage, problems_page

MOST = 3
"""So many problems, permits and events: more don't fit on a page, and are counted."""
LONGEST = 40
"""Characters of a cell; more is cut, and the page has it in full."""


def project_brief(key: str, viewer: Viewer, moment: Moment) -> Content | None:
    """The brief of a project within the viewer's scope; None where there is no such project."""
    with override(settings.LANGUAGE_CODE):
        page = project_page(key, viewer, moment)
        head = project_head(key, viewer, moment)
        problems = problems_page(key, viewer, moment)
        firm = firm_page(key, viewer, moment)
        if page is None or head is None or problems is None or firm is None:
            return None
        blocks = [
            *_facts(page, firm),
            *_money(head, money_page(head, viewer, moment)),
            *_permits(key, project_permits(key, viewer, moment)),
            *_problems(problems),
            *_story(page),
        ]
        day = moment.today
        return Content(
            kind="brief",
            head=Head(
                title=f"{_cut(page.row.name)}情况一页纸",
                masthead=f"截至{day.year}年{day.month}月{day.day}日",
                office=unit_names([viewer.unit], moment).get(viewer.unit, DASH),
                year=day.year,
            ),
            blocks=tuple(blocks),
        )


def _facts(page: ProjectPage, firm: FirmPage) -> list[Block]:
    """What it is, in a table of two pairs a row; then the plan's sentence and the next stage."""
    row, state, here = page.row, page.state, f"project:{page.row.key}"
    money = ("框架意向", row.intended) if row.intended is not None else ("总投资", row.investment)
    days = [f"{said}{day.isoformat()}" for said, day in firm.days if day]
    pairs: list[tuple[str, Run]] = [
        ("环节", _words(row.stage_label)),
        ("签约形式", _words(row.signing_label)),
        ("投资方", _words(row.investor)),
        ("承担企业", _words("，".join([firm.name, *days]) if firm.name else "")),
        ("落地区域", _words(row.zone)),
        ("牵头单位", _words(row.lead)),
        ("行业", _words(row.industry)),
        ("招商模式", _words(row.mode)),
        (money[0], _amount(money[0], money[1], "万元", here)),
        ("用地", _amount("用地", page.land, "亩", here)),
        ("承诺年产值", _amount("承诺年产值", page.output, "万元", here)),
        ("实际年产值", _amount("实际年产值", page.actual, "万元", here)),
        ("计划开工", _words(shown(state.planned_start))),
        ("计划投产", _words(shown(state.planned_production))),
        ("项目代码", _words(row.code)),
        ("进入本环节", _words(shown(row.moved_on))),
    ]
    rows = [
        ((_words(a),), (b,), (_words(c),), (d,))
        for (a, b), (c, d) in zip(pairs[::2], pairs[1::2], strict=True)
    ]
    found: list[Block] = [
        Heading(level=1, text="一、基本情况"),
        Table(head=("事项", "内容", "事项", "内容"), rows=tuple(rows)),
    ]
    if page.mentions:
        named = "；".join(f"《{one.title}》{one.box}" for one in page.mentions[:2])
        found.append(_said(f"规划依据：{named}。", page.mentions[0].address))
    ahead = next((way for way in page.ways if not way.back and not way.final), None)
    if ahead is not None:
        lacks = f"，还缺：{ahead.unmet}" if ahead.unmet else "，条件已备"
        found.append(_said(f"下一环节：{ahead.label}{lacks}。"))
    return found


def _money(head: ProjectHead, money: MoneyPage) -> list[Block]:
    """The year's plan against what is done; the series stand apart and are never added."""
    here = f"project:{head.project.key}"
    runs: list[Run] = [
        text(f"{money.year}年计划投资"),
        _amount("年度计划", money.plan, "万元", here),
        text("；本年累计完成（调度）"),
        _amount("本年累计完成", money.done, "万元", here),
    ]
    if money.done_period:
        runs.append(text(f"（至{money.done_period}）"))
    if money.percent is not None:
        runs += [text("，完成年度计划的"), figure("年度完成率", money.percent, here, "%")]
    elif money.reason:
        runs.append(text(f"，完成率不能计算：{money.reason.rstrip('。')}"))
    return [Heading(level=1, text="二、投资"), Paragraph(runs=(*runs, text("。")))]


def _permits(key: str, page: PermitsPage | None) -> list[Block]:
    """How far the permits are, the overdue ones, and the day works may be expected to start."""
    found: list[Block] = [Heading(level=1, text="三、手续")]
    if page is None or page.track is None:
        return [*found, _said("还没有选定项目类型，手续未列。")]
    done = sum(row.light == "done" for row in page.rows)
    said = f"{page.type}：{len(page.rows)}项手续，已办结{done}项，超期{page.overdue}项。"
    late = [row.title for row in page.rows if row.overdue]
    if late:
        said += f"超期的是{_few(late)}。"
    if page.forecast.expected:
        expected = page.forecast.expected.isoformat()
        said += f"预计可开工{expected}，关键手续：{_few(page.forecast.chain)}。"
    elif page.forecast.reason:
        said += f"开工日期推算不出：{page.forecast.reason}"
    return [*found, _said(said, f"project:{key}")]


def _problems(page: ProblemsPage) -> list[Block]:
    """What stands in the way: open problems with who handles each, the waiting ones first."""
    open_rows = [row for row in page.rows if _is_open(row.stage, row.item)]
    rows = [
        (
            (_words(row.title),),
            (_words(row.stage_label),),
            (_words(row.item.lead if row.item else ""),),
            (_words(shown(row.due)),),
        )
        for row in open_rows[:MOST]
    ]
    heading = Heading(level=1, text="四、需要协调的问题")
    if not rows:
        return [heading, _said("没有在办的问题。")]
    found: list[Block] = [
        heading,
        Table(head=("问题", "办理情况", "牵头", "时限"), rows=tuple(rows)),
    ]
    if len(open_rows) > MOST:
        found.append(_said(f"另有{len(open_rows) - MOST}个，见系统。"))
    return found


def _is_open(stage: str, item: ItemRow | None) -> bool:
    return item.closed_at is None if item else stage == "raised"


def _story(page: ProjectPage) -> list[Block]:
    """The latest steps along the pipeline, with overrides and steps back marked."""
    moves = [event for event in page.timeline if event.verb in ("open_lead", "move_project")]
    found: list[Block] = [Heading(level=1, text="五、进展")]
    for event in moves[-MOST:]:
        marks = "（退回）" * event.back + "（例外放行）" * event.override
        day = event.happened_on or event.at.astimezone(LOCAL).date().isoformat()
        why = f"理由：{event.why}" if event.why and (event.back or event.override) else ""
        found.append(_said(_cut(f"{day}　{event.sentence}{marks}{why}")))
    return found


def _words(said: str) -> Words:
    return text(_cut(said) or DASH)


def _cut(said: str) -> str:
    """At most so many characters, and a sign that there is more."""
    return said if len(said) <= LONGEST else said[: LONGEST - 1] + "…"


def _few(names: Iterable[str]) -> str:
    names = list(names)
    rest = f"等{len(names)}项" if len(names) > MOST else ""
    return "、".join(names[:MOST]) + rest


def _said(said: str, source: str = "") -> Paragraph:
    return Paragraph(runs=(text(said),), source=source[:200])


def _amount(label: str, amount: Any, unit: str, source: str) -> Run:
    """An amount as a figure that names where it stands; a dash where there is none."""
    return text(DASH) if amount is None else figure(label, shown(amount), source, unit)
