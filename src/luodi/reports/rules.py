"""The monthly progress report (工作月报) composed from rows: pure, and in Chinese like the paper.

The machine only arranges: units' words stand as they were accepted, the office's own paragraphs
where it wrote them, and every count and figure names its source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from luodi.common.moments import LOCAL
from luodi.papers.rules.snapshot import (
    Block,
    Content,
    Figure,
    Head,
    Heading,
    Paragraph,
    Run,
    Table,
    figure,
    text,
)

DIGITS = "零一二三四五六七八九"
LABEL = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]+[章节]|[（(][一二三四五六七八九十百\d]+[）)]|[一二三四五六七八九十]+、|\d+[.．、])\s*"
)
LIGHTS = (
    ("red", "红灯", "超期"),
    ("yellow", "黄灯", "临期"),
    ("green", "绿灯", "正常"),
    ("done", "办结", "完成"),
    ("none", "未亮灯", "未设时限或不可判"),
)
LIGHT_WORDS = {light: word for light, word, _meaning in LIGHTS}
SECTION_WORDS = "section:"
"""Own words of the office under a section of the plan are kept as `section:` and its path."""


@dataclass(frozen=True)
class UnitWords:
    """What one unit reported on a measure, as accepted."""

    report: str
    unit: str
    unit_name: str
    said: str
    nothing_new: str = ""
    problem: str = ""
    consolidates: bool = False


@dataclass(frozen=True)
class ReportedFigure:
    """A figure that came with an accepted report; `shown` holds its digits."""

    label: str
    shown: str
    measured_in: str
    unit_name: str
    report: str


@dataclass(frozen=True)
class MeasureLine:
    """A measure with its light and what was accepted on it this month."""

    key: str
    title: str
    path: tuple[str, ...] = ()
    light: str = "none"
    due_on: date | None = None
    words: tuple[UnitWords, ...] = ()
    figures: tuple[ReportedFigure, ...] = ()
    missing: tuple[str, ...] = ()
    label: str = ""


@dataclass(frozen=True)
class UnitTally:
    """How much a unit was asked for and handed in."""

    unit: str
    name: str
    asked: int
    handed: int
    accepted: int
    late: bool


@dataclass(frozen=True)
class OpenItem:
    """A ledger item that is still open."""

    key: str
    number: str
    title: str
    lead: str
    light: str
    due_at: datetime | None


@dataclass(frozen=True)
class Month:
    """Everything the report of one round is composed from."""

    round: str
    plan: str
    plan_title: str
    year: int
    period: str
    period_label: str
    today: date
    office: str
    masthead: str = "工作月报"
    report_to: str = ""
    copy_to: str = ""
    measures: tuple[MeasureLine, ...] = ()
    units: tuple[UnitTally, ...] = ()
    items: tuple[OpenItem, ...] = ()


@dataclass(frozen=True)
class OwnPlace:
    """A place where the office may write: key, the heading it stands under."""

    key: str
    title: str


def own_places(month: Month) -> list[OwnPlace]:
    """Where the office's own paragraphs go, in order of the paper."""
    sections = [
        OwnPlace(SECTION_WORDS + " / ".join(path), _bare(path) or "工作进展")
        for path, _rows in sections_of(month.measures)
    ]
    return [
        OwnPlace("overview", "总体情况"),
        *sections,
        OwnPlace("problems", "需协调解决的问题"),
        OwnPlace("next", "下一步工作"),
    ]


def sections_of(
    rows: Iterable[MeasureLine],
) -> list[tuple[tuple[str, ...], list[MeasureLine]]]:
    """Measures in order under the headings of the plan above them."""
    found: list[tuple[tuple[str, ...], list[MeasureLine]]] = []
    for row in rows:
        if not found or found[-1][0] != row.path:
            found.append((row.path, []))
        found[-1][1].append(row)
    return found


def compose(month: Month, own: Mapping[str, str]) -> Content:
    """The whole progress report. `own` holds the office's paragraphs by the keys of its places,
    and `title`, `report_to`, `copy_to` where the office changed them."""
    chapters: Sequence[tuple[str, list[Block]]] = (
        ("总体情况", list(_overview(month, own))),
        ("工作进展", list(_progress(month, own))),
        ("需协调解决的问题", list(_problems(month, own))),
        ("下一步工作", list(_next(month, own))),
        ("报送情况", list(_reporting(month))),
    )
    blocks: list[Block] = []
    for number, (title, chapter) in enumerate((c for c in chapters if c[1]), start=1):
        blocks.append(Heading(level=1, text=f"{chinese(number)}、{title}"))
        blocks += chapter
    return Content(kind="progress_report", head=_head(month, own), blocks=tuple(blocks))


def default_title(month: Month) -> str:
    """The title where the office gives none."""
    return f"{month.plan_title}{month.period_label}工作月报"


def _head(month: Month, own: Mapping[str, str]) -> Head:
    return Head(
        title=(own.get("title", "").strip() or default_title(month))[:200],
        masthead=month.masthead,
        office=month.office,
        year=month.year,
        period=month.period,
        report_to=own.get("report_to", month.report_to).strip()[:200],
        copy_to=own.get("copy_to", month.copy_to).strip()[:200],
    )


def chinese(number: int) -> str:
    """1 to 99 in Chinese: 一, 十, 二十一."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else DIGITS[tens] + "十"
    return head + (DIGITS[ones] if ones else "") if tens else DIGITS[ones]


def _bare(path: Sequence[str]) -> str:
    """The nearest heading without its own number."""
    return LABEL.sub("", path[-1]).strip() if path else ""


def _own(own: Mapping[str, str], key: str) -> Iterator[Paragraph]:
    for line in own.get(key, "").splitlines():
        if line.strip():
            yield Paragraph(runs=(text(line.strip()),))


def _overview(month: Month, own: Mapping[str, str]) -> Iterator[Block]:
    """Counts with their sources, then the office's own words."""
    plan, round_ = f"plan:{month.plan}", f"round:{month.round}"
    asked, handed = (sum(getattr(u, n) for u in month.units) for n in ("asked", "handed"))
    accepted = sum(u.accepted for u in month.units)
    runs: list[Run] = [
        text(f"截至{month.today.year}年{month.today.month}月{month.today.day}日，"),
        text(f"《{month.plan_title}》共有工作举措"),
        figure("工作举措总数", len(month.measures), plan, "项"),
        text("。本期应报进展"),
        figure("本期应报", asked, round_, "份"),
        text("，已报送"),
        figure("本期已报送", handed, round_, "份"),
        text("，已采用"),
        figure("本期已采用", accepted, round_, "份"),
        text("，未报送"),
        figure("本期未报送", asked - handed, round_, "份"),
        text("。按时限亮灯："),
    ]
    for place, (light, word, meaning) in enumerate(LIGHTS):
        count = sum(row.light == light for row in month.measures)
        runs.append(text(("、" if place else "") + word))
        runs.append(figure(f"{word}举措（{meaning}）", count, plan, "项"))
    yield Paragraph(runs=(*runs, text("。")))
    yield from _own(own, "overview")


def _progress(month: Month, own: Mapping[str, str]) -> Iterator[Block]:
    """Section by section, measure by measure: the units' words and figures."""
    for number, (path, rows) in enumerate(sections_of(month.measures), start=1):
        title = _bare(path)
        if title:
            yield Heading(level=2, text=f"（{chinese(number)}）{title}"[:400])
        yield from _own(own, SECTION_WORDS + " / ".join(path))
        for order, row in enumerate(rows, start=1):
            source = f"measure:{row.key}"
            bare = LABEL.sub("", row.title)
            label = row.label.rstrip(".．、") if row.label[:1].isdigit() else str(order)
            yield Heading(level=3, text=f"{label}. {bare}"[:400], source=source)
            yield from _measure(row)


def _measure(row: MeasureLine) -> Iterator[Block]:
    """The consolidated report where there is one, else each unit's own."""
    whole = [said for said in row.words if said.consolidates]
    for said in whole or row.words:
        yield from _said(said)
    if row.figures:
        yield Paragraph(runs=tuple(_figures(row.figures)))
    if row.missing:
        names = "、".join(row.missing)
        yield Paragraph(runs=(text(f"本期尚无已采用进展的单位：{names}。"),))
    if not (row.words or row.figures or row.missing):
        yield Paragraph(runs=(text("已办结。" if row.light == "done" else "本期没有应报的进展。"),))


def _said(words: UnitWords) -> Iterator[Paragraph]:
    said = words.said.strip() or f"本期无新进展：{words.nothing_new.strip()}"
    for place, line in enumerate(part for part in said.splitlines() if part.strip()):
        whole = "（牵头汇总）" if words.consolidates else ""
        prefix = "" if place else f"{words.unit_name}{whole}："
        yield Paragraph(
            runs=(text(prefix + line.strip()),),
            voice="unit",
            unit=words.unit,
            unit_name=words.unit_name,
            source=f"report:{words.report}",
        )


def _figures(figures: Sequence[ReportedFigure]) -> Iterator[Run]:
    yield text("主要数据：")
    for place, row in enumerate(figures):
        yield text(("；" if place else "") + f"{row.label}")
        yield figure(
            f"{row.label}（{row.unit_name}）", row.shown, f"report:{row.report}", row.measured_in
        )
        yield text(f"（{row.unit_name}）")
    yield text("。")


def _problems(month: Month, own: Mapping[str, str]) -> Iterator[Block]:
    """What the units ask to have coordinated, then the open items of the ledger."""
    yield from _own(own, "problems")
    asked = [(row, said) for row in month.measures for said in row.words if said.problem.strip()]
    for number, (row, said) in enumerate(asked, start=1):
        problem = " ".join(said.problem.split())
        yield Paragraph(
            runs=(text(f"{number}. {said.unit_name}（{LABEL.sub('', row.title)}）：{problem}"),),
            voice="unit",
            unit=said.unit,
            unit_name=said.unit_name,
            source=f"report:{said.report}",
        )
    if month.items:
        head = ("编号", "督办事项", "牵头单位", "办理时限", "亮灯")
        rows = tuple(_item(row) for row in month.items)
        yield Table(caption="未销号的督办事项", head=head, rows=rows)


def _item(row: OpenItem) -> tuple[tuple[Run, ...], ...]:
    due = row.due_at.astimezone(LOCAL).date().isoformat() if row.due_at else "未设时限"
    source = f"item:{row.key}"
    return (
        (text(row.number),),
        (text(row.title),),
        (text(row.lead or "—"),),
        (figure(f"{row.number}的办理时限", due, source) if row.due_at else text(due),),
        (text(LIGHT_WORDS.get(row.light, "—")),),
    )


def _next(month: Month, own: Mapping[str, str]) -> Iterator[Block]:
    """The office's plans, and the measures that still have no deadline."""
    yield from _own(own, "next")
    undated = [row for row in month.measures if row.due_on is None and row.light != "done"]
    if undated:
        names = "；".join(LABEL.sub("", row.title) for row in undated)
        count = figure("未设时限的举措", len(undated), f"plan:{month.plan}", "项")
        yield Paragraph(
            runs=(text("尚未设定完成时限的举措有"), count, text(f"，请责任单位尽快明确：{names}。"))
        )


def _reporting(month: Month) -> Iterator[Block]:
    """Who reported and who didn't, unit by unit."""
    if not month.units:
        return
    late = [row.name for row in month.units if row.late]
    missing = [row.name for row in month.units if row.handed < row.asked]
    said = f"未报齐的单位：{'、'.join(missing) or '无'}；迟报的单位：{'、'.join(late) or '无'}。"
    yield Paragraph(runs=(text(said),))
    head = ("单位", "应报（份）", "已报（份）", "已采用（份）", "未报（份）")
    rows = tuple(_tally(row, f"round:{month.round}") for row in month.units)
    yield Table(caption="各单位报送情况", head=head, rows=rows)


def _tally(row: UnitTally, source: str) -> tuple[tuple[Run, ...], ...]:
    counts = (
        ("应报", row.asked),
        ("已报", row.handed),
        ("已采用", row.accepted),
        ("未报", row.asked - row.handed),
    )
    cells: list[tuple[Figure, ...]] = [
        (figure(f"{row.name}{word}", count, source),) for word, count in counts
    ]
    return ((text(row.name),), *cells)
