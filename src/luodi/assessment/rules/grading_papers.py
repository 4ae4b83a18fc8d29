"""The notice and the bulletin of a grading, composed: pure, and in Chinese like the paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from luodi.packs.schemas import GradingRule
from luodi.papers.rules.snapshot import (
    Block,
    Content,
    Head,
    Heading,
    Paragraph,
    Table,
    figure,
    text,
)

GROUPS = {"above_scale": "规模以上企业", "below_scale": "规模以下企业"}


class Graded(Protocol):
    """What a paper says of a firm."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def group(self) -> str: ...
    @property
    def grade(self) -> str: ...
    @property
    def rank(self) -> int | None: ...
    @property
    def standing(self) -> str: ...
    @property
    def why(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class _Paper:
    rule: GradingRule
    year: int
    rows: Sequence[Graded]
    office: str
    source: str
    run: int
    today: date
    decided_on: date | None


def notice(
    *,
    rule: GradingRule,
    year: int,
    rows: Sequence[Graded],
    office: str,
    source: str,
    run: int,
    today: date,
    decided_on: date | None = None,
) -> Content:
    """The notice before the decision: how firms are graded, the list, how to object."""
    paper = _Paper(rule, year, rows, office, source, run, today, decided_on)
    blocks = [
        Heading(level=1, text="一、评价依据"),
        *_basis(paper),
        Heading(level=1, text="二、初步结果"),
        *_counts(paper),
        *_lists(paper),
        Heading(level=1, text="三、异议"),
        Paragraph(
            runs=(
                text(f"公示期自签发公示之日起{rule.notice_days}个工作日，"),
                text(
                    "对本企业的数据或结果有异议的，可在公示期内通过企业账号提出，或由所在区域代为提出。"
                ),
                text("逾期不再受理。每份异议都有书面答复。"),
            )
        ),
    ]
    return _content("grading_notice", paper, "亩均效益评价结果公示", blocks)


def bulletin(
    *,
    rule: GradingRule,
    year: int,
    rows: Sequence[Graded],
    office: str,
    source: str,
    run: int,
    today: date,
    decided_on: date | None = None,
) -> Content:
    """The publication after the decision: the list, and what follows from a grade."""
    paper = _Paper(rule, year, rows, office, source, run, today, decided_on)
    blocks = [
        Heading(level=1, text="一、评价依据"),
        *_basis(paper),
        Heading(level=1, text="二、评价结果"),
        *_counts(paper),
        *_lists(paper),
        *_measures(rule),
    ]
    return _content("grading_bulletin", paper, "亩均效益评价结果", blocks)


def _content(kind: str, paper: _Paper, title: str, blocks: Sequence[Block]) -> Content:
    head = Head(title=f"{paper.year}年{title}", office=paper.office or "—", year=paper.today.year)
    return Content(kind=kind, head=head, blocks=tuple(blocks))


def _basis(paper: _Paper) -> Iterator[Block]:
    rule = paper.rule
    where = rule.source if rule.confirmed else "没有文件依据，为本地默认、待确认"
    example = "（示例规则）" if rule.kind == "example" else ""
    yield Paragraph(runs=(text(f"评价规则：{rule.title}{example}。来源：{where}。"),))
    for formula in rule.formulas:
        parts = "＋".join(
            f"{t.title}÷{'同类平均' if t.base is None else t.base}×{t.points.normalize():f}"
            for t in formula.terms
        )
        yield Paragraph(runs=(text(f"{GROUPS[formula.group]}得分＝{parts}。"),))
    bands = "，".join(f"{b.grade}档累计到{b.up_to.normalize():f}%" for b in rule.bands)
    ties = "同分的都归较好的档" if rule.ties == "better" else "同分的都归较低的档"
    yield Paragraph(runs=(text(f"按得分排名定档：{bands}；{ties}。"),))
    for left in rule.unstated:
        yield Paragraph(runs=(text(left.zh),))


def _counts(paper: _Paper) -> Iterator[Block]:
    counted = Counter(row.grade for row in paper.rows if row.grade)
    left = sum(not row.grade for row in paper.rows)
    runs = [
        text("已定档企业"),
        figure("已定档企业", sum(counted.values()), paper.source, "家"),
        text(f"（第{paper.run}次计算），其中"),
    ]
    for place, band in enumerate(paper.rule.bands):
        runs.append(text(f"{'，' if place else ''}{band.grade}档"))
        runs.append(figure(f"{band.grade}档企业", counted[band.grade], paper.source, "家"))
    runs += [text("；未定档"), figure("未定档企业", left, paper.source, "家"), text("。")]
    yield Paragraph(runs=tuple(runs))


def _lists(paper: _Paper) -> Iterator[Block]:
    """Firms by class and grade; no figure of a firm stands in the paper."""
    for group, title in GROUPS.items():
        mine = [row for row in paper.rows if row.group == group and row.grade]
        if mine:
            order = [band.grade for band in paper.rule.bands]
            mine.sort(key=lambda row: (order.index(row.grade), row.rank or 0, row.name))
            yield Table(
                caption=f"{title}评价结果",
                head=("序号", "企业名称", "档次"),
                rows=tuple(
                    ((text(str(n)),), (text(row.name),), (text(row.grade),))
                    for n, row in enumerate(mine, start=1)
                ),
            )
    gone = [row for row in paper.rows if not row.grade]
    if gone:
        yield Table(
            caption="未定档企业",
            head=("序号", "企业名称", "原因"),
            rows=tuple(
                ((text(str(n)),), (text(row.name),), (text("".join(row.why)),))
                for n, row in enumerate(gone, start=1)
            ),
        )


def _measures(rule: GradingRule) -> Iterator[Block]:
    if not rule.measures:
        return
    yield Heading(level=1, text="三、差别化措施")
    if rule.measures_are_example:
        yield Paragraph(runs=(text("以下措施为示例，以本市正式文件为准。"),))
    yield Table(
        caption="各档措施",
        head=("档次", "方面", "措施"),
        rows=tuple(
            ((text(one.grade),), (text(one.field),), (text(one.says),)) for one in rule.measures
        ),
    )
