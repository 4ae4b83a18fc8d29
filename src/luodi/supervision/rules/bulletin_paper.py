"""The paper of a bulletin, composed from kept lines: pure, and in Chinese like the paper.

The machine arranges and counts; the office's own words stand where it wrote them, the zones'
words are marked as theirs, and every figure names its source.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from luodi.papers.rules.snapshot import (
    Block,
    Content,
    Head,
    Heading,
    Paragraph,
    Run,
    Table,
    figure,
    text,
)

from .bulletins import Cell, Line, Moved, Said

ORDINALS = "一二三四五六七八九"
NOTHING = "—"
SERIES = {"statistics": "统计数", "dispatch": "调度数", "shared": "部门共享数"}
"""What the figures of a purpose are called in the paper."""
OWN_PLACES = (
    ("overview", "总体情况"),
    ("figures", "指标完成情况"),
    ("lights", "亮灯和滞后情况"),
    ("next", "下一步要求"),
)
"""Where the office writes: key and chapter."""


@dataclass(frozen=True)
class Averaged:
    """What zones' ratings of a department come to in the period."""

    name: str
    average: str
    count: int


@dataclass(frozen=True)
class Issue:
    """Everything the paper of one bulletin is composed from."""

    key: str
    title: str
    period: str
    period_label: str
    year: int
    today: date
    office: str
    masthead: str
    lines: tuple[Line, ...]
    moves: tuple[Moved, ...] = ()
    said: tuple[Said, ...] = ()
    ratings: tuple[Averaged, ...] = ()
    ratings_kept_back: int = 0
    report_to: str = ""
    copy_to: str = ""
    basis: str = ""


def default_title(issue: Issue) -> str:
    """The title where the office gives none."""
    return f"{issue.title}（{issue.period_label}）"


def compose(issue: Issue, own: Mapping[str, str]) -> Content:
    """The whole bulletin. `own` holds the office's words by place, and `title` where changed."""
    chapters: Sequence[tuple[str, list[Block]]] = (
        ("总体情况", list(_overview(issue, own))),
        ("指标完成情况", list(_figures(issue, own))),
        ("亮灯和滞后情况", list(_lights(issue, own))),
        ("重大项目节点", list(_gates(issue))),
        ("与上期相比", list(_moves(issue))),
        ("开发区对部门服务的评价", list(_ratings(issue))),
        ("开发区说明和异议办理", list(_said(issue))),
        ("下一步要求", list(_own(own, "next"))),
        ("口径说明", list(_basis(issue))),
    )
    blocks: list[Block] = []
    for number, (title, chapter) in enumerate(c for c in chapters if c[1]):
        blocks.append(Heading(level=1, text=f"{ORDINALS[number]}、{title}"))
        blocks += chapter
    head = Head(
        title=(own.get("title", "").strip() or default_title(issue))[:200],
        masthead=issue.masthead,
        office=issue.office,
        year=issue.year,
        period=issue.period,
        report_to=issue.report_to[:200],
        copy_to=issue.copy_to[:200],
    )
    return Content(kind="bulletin", head=head, blocks=tuple(blocks))


def _own(own: Mapping[str, str], key: str) -> Iterator[Paragraph]:
    for line in own.get(key, "").splitlines():
        if line.strip():
            yield Paragraph(runs=(text(line.strip()),))


def _overview(issue: Issue, own: Mapping[str, str]) -> Iterator[Block]:
    source = f"bulletin:{issue.key}"
    reds = sum(line.reds for line in issue.lines)
    yellows = sum(line.yellows for line in issue.lines)
    letters = sum(line.letters for line in issue.lines)
    talks = sum(line.talks for line in issue.lines)
    day = f"{issue.today.year}年{issue.today.month}月{issue.today.day}日"
    yield Paragraph(
        runs=(
            text(f"数据截至{day}，涉及开发区"),
            figure("开发区数", len(issue.lines), source, "个"),
            text("。各开发区红灯合计"),
            figure("红灯合计", reds, source, "项"),
            text("，黄灯合计"),
            figure("黄灯合计", yellows, source, "项"),
            text("。本期发出警示提醒函"),
            figure("警示提醒函", letters, source, "份"),
            text("，约谈"),
            figure("约谈", talks, source, "次"),
            text("。"),
        )
    )
    yield from _own(own, "overview")


def _figures(issue: Issue, own: Mapping[str, str]) -> Iterator[Block]:
    yield from _own(own, "figures")
    codes = dict.fromkeys(cell.code for line in issue.lines for cell in line.cells)
    for code in codes:
        rows = [(line, cell) for line in issue.lines if (cell := line.cell(code))]
        yield _ranked(rows)
        named = [line.name for line, cell in rows if cell.behind]
        if named:
            yield Paragraph(runs=(text(f"{rows[0][1].title}居后的开发区：{'、'.join(named)}。"),))
        yield from _unknown(rows)


def _ranked(rows: Sequence[tuple[Line, Cell]]) -> Table:
    """One indicator, zones by group and place; those without a place last."""
    first = rows[0][1]
    grouped = any(line.group_title for line, _cell in rows)
    ordered = sorted(
        rows, key=lambda r: (r[0].group, not r[1].rank, r[1].rank, r[0].name, r[0].unit)
    )
    by = {"growth": "按增幅排名", "figure": "按完成额排名"}.get(first.ranks, "不排名")
    by = f"（{SERIES.get(first.series, '')}，{by}）"
    head = (
        *(("分组",) if grouped else ()),
        "位次",
        "开发区",
        f"完成情况（{first.measured_in}）",
        f"同比（{first.growth_in or '%'}）",
    )
    body = []
    for line, cell in ordered:
        source = f"indicator:{cell.indicator}"
        label = f"{line.name}{cell.title}{cell.period}"
        place: Run = text(NOTHING)
        if cell.rank:
            place = figure(f"{label}位次", f"{cell.rank}{'（并列）' if cell.tied else ''}", source)
        body.append(
            (
                *(((text(line.group_title or "其他"),),) if grouped else ()),
                (place,),
                (text(line.name),),
                (figure(label, cell.text, source) if cell.text else text(NOTHING),),
                (figure(f"{label}同比", cell.growth, source) if cell.growth else text(NOTHING),),
            )
        )
    return Table(caption=f"{first.title}{by}"[:200], head=head, rows=tuple(body))


def _unknown(rows: Sequence[tuple[Line, Cell]]) -> Iterator[Block]:
    """Why there is no figure, or no growth, where there is none: no silent nothing."""
    parts = []
    for line, cell in rows:
        if not cell.text:
            parts.append(f"{line.name}：{cell.why}")
        elif not cell.growth:
            parts.append(f"{line.name}同比：{cell.growth_why}")
    said = [part.rstrip("。.") for part in parts if not part.endswith("：")]
    if said:
        yield Paragraph(runs=(text(f"不能计算的：{'；'.join(said)}。"),))


def _lights(issue: Issue, own: Mapping[str, str]) -> Iterator[Block]:
    yield from _own(own, "lights")
    head = ("开发区", "红灯（项）", "黄灯（项）", "提醒函（份）", "约谈（次）", "最突出的事项")
    ordered = sorted(issue.lines, key=lambda line: (-line.reds, -line.yellows, line.name))
    rows = []
    for line in ordered:
        source = f"unit:{line.unit}"
        counts = (
            ("红灯", line.reds), ("黄灯", line.yellows),
            ("警示提醒函", line.letters), ("约谈", line.talks),
        )  # fmt: skip
        worst = "；".join(f"{one.title}（{one.why}）" for one in line.worst[:1]) or "无"
        rows.append(
            (
                (text(line.name),),
                *((figure(f"{line.name}{word}", n, source),) for word, n in counts),
                (text(worst),),
            )
        )
    yield Table(caption="各开发区亮灯情况", head=head, rows=tuple(rows))


def _gates(issue: Issue) -> Iterator[Block]:
    titles = list(dict.fromkeys(gate.title for line in issue.lines for gate in line.gates))
    if not titles:
        return
    rows = []
    for line in issue.lines:
        known = {gate.title: gate for gate in line.gates}
        cells = []
        for title in titles:
            gate = known.get(title)
            said = f"{gate.came}/{gate.asked}" if gate else NOTHING
            label, source = f"{line.name}{title}", "/projects/gates/"
            cells.append((figure(label, said, source) if gate else text(said),))
        rows.append(((text(line.name),), *cells))
    head = ("开发区", *(f"{title}（完成/应完成）" for title in titles[:18]))
    yield Table(caption="年度节点完成情况", head=head, rows=tuple(row[: len(head)] for row in rows))


def _moves(issue: Issue) -> Iterator[Block]:
    """Who moved, and from what figure to what: the reason is in the figures."""
    found = [row for row in issue.moves if row.steps]
    if not found:
        if issue.moves:
            yield Paragraph(runs=(text("各项位次与上期相同。"),))
        return
    head = ("指标", "开发区", "位次", "上期位次", "完成情况", "上期完成情况")
    source = f"bulletin:{issue.key}"
    rows = tuple(
        (
            (text(row.title),),
            (text(row.name),),
            (figure(f"{row.name}{row.title}位次", row.rank, source),),
            (figure(f"{row.name}{row.title}上期位次", row.before, source),),
            (text(_both(row.text, row.growth)),),
            (text(_both(row.text_before, row.growth_before)),),
        )
        for row in found
    )
    yield Table(caption="位次有变化的开发区", head=head, rows=rows)


def _both(said: str, growth: str) -> str:
    return f"{said or NOTHING}（同比 {growth}）" if growth else said or NOTHING


def _ratings(issue: Issue) -> Iterator[Block]:
    if not issue.ratings and not issue.ratings_kept_back:
        return
    if issue.ratings:
        source = "/supervision/ratings/"
        rows = tuple(
            (
                (text(row.name),),
                (figure(f"{row.name}评分均值", row.average, source),),
                (figure(f"{row.name}评分份数", row.count, source),),
            )
            for row in issue.ratings
        )
        yield Table(caption="部门服务评价", head=("部门", "均值", "评价份数"), rows=rows)
    if issue.ratings_kept_back:
        said = f"另有{issue.ratings_kept_back}个部门的评价份数过少，不公布。"
        yield Paragraph(runs=(text(said),))


def _said(issue: Issue) -> Iterator[Block]:
    """The zones' words as theirs, and what became of what they contested."""
    for one in issue.said:
        for place, part in enumerate(p for p in one.words.splitlines() if p.strip()):
            yield Paragraph(
                runs=(text(f"{'' if place else one.name + '：'}{part.strip()}"),),
                voice="unit",
                unit=one.unit,
                unit_name=one.name,
                source=f"bulletin:{issue.key}",
            )
        for label, reason, outcome, answer in one.contests:
            said = f"{one.name}对“{label}”提出异议：{' '.join(reason.split())}办理结果：{outcome}"
            tail = f"，{' '.join(answer.split())}" if answer.strip() else "。"
            yield Paragraph(runs=(text(said + tail),))


def _basis(issue: Issue) -> Iterator[Block]:
    yield (
        Paragraph(runs=(text(issue.basis),))
        if issue.basis
        else Paragraph(runs=(text("数据来自各单位报送，口径以指标库为准。"),))
    )
