"""The evaluation report (规划评估报告) composed from rows: pure, and in Chinese like the paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

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

VERDICTS = {
    "met": "已实现",
    "on_track": "进度正常",
    "behind": "进度滞后",
    "missed": "未实现",
    "not_computable": "无法评判",
}
CHANGES = {"better": "好转", "worse": "变差", "same": "持平", "": "不可比"}
NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class OpinionLine:
    """What somebody beside the machine says."""

    who: str
    verdict: str
    words: str
    differs: bool


@dataclass(frozen=True)
class RowLine:
    """A target or measure as judged, with what was said of it."""

    subject: str
    title: str
    units: str
    verdict: str
    why: str
    facts: dict[str, str]
    sentence: str
    selves: tuple[OpinionLine, ...] = ()
    opinions: tuple[OpinionLine, ...] = ()
    before: str = ""
    change: str = ""

    @property
    def is_target(self) -> bool:
        """A target rather than a measure."""
        return self.subject.startswith("target:")

    @property
    def sentence_address(self) -> str:
        """Where the sentence stands in its document; the row itself where it has none."""
        parts = self.sentence.split(":")
        return f"/sentence/{'/'.join(parts)}/" if len(parts) == 3 else self.subject


@dataclass(frozen=True)
class AdjustmentLine:
    """A proposed change and what became of it."""

    title: str
    proposal: str
    reason: str
    answer: str
    stage: str


@dataclass(frozen=True)
class Report:
    """Everything the report is composed from."""

    key: str
    title: str
    plan: str
    plan_title: str
    period: str
    period_label: str
    office: str
    year: int
    report_to: str
    copy_to: str
    tolerance: int
    unconfirmed: bool
    rows: tuple[RowLine, ...]
    whole: tuple[OpinionLine, ...]
    adjustments: tuple[AdjustmentLine, ...]
    conclusion: str
    compared: bool

    @property
    def source(self) -> str:
        """The evaluation as the source of counts."""
        return f"evaluation:{self.key}"


def compose(report: Report) -> Content:
    """The whole paper: overview, targets, measures, differences, opinions, changes, conclusion."""
    chapters = (
        ("总体情况", list(_overview(report))),
        ("目标完成情况", list(_targets(report))),
        ("举措推进情况", list(_measures(report))),
        ("自评、第三方意见与评判的差异", list(_differences(report))),
        ("第三方总体意见", list(_whole(report))),
        ("与上次评估相比", list(_changes(report))),
        ("调整建议", list(_adjustments(report))),
        ("评估结论", [Paragraph(runs=(text(line),)) for line in _lines(report.conclusion)]),
    )
    blocks: list[Block] = []
    filled = [(title, chapter) for title, chapter in chapters if chapter]
    for number, (title, chapter) in enumerate(filled):
        blocks.append(Heading(level=1, text=f"{NUMERALS[number]}、{title}"))
        blocks += chapter
    head = Head(
        title=report.title,
        office=report.office,
        year=report.year,
        period=report.period,
        report_to=report.report_to[:200],
        copy_to=report.copy_to[:200],
    )
    return Content(kind="evaluation_report", head=head, blocks=tuple(blocks))


def _lines(words: str) -> list[str]:
    return [line.strip() for line in words.splitlines() if line.strip()]


def _overview(report: Report) -> Iterator[Block]:
    for what, rows in (
        ("目标", [row for row in report.rows if row.is_target]),
        ("举措", [row for row in report.rows if not row.is_target]),
    ):
        if not rows:
            yield Paragraph(runs=(text(f"《{report.plan_title}》没有可评的{what}。"),))
            continue
        counts = Counter(row.verdict for row in rows)
        runs: list[Run] = [text(f"{report.period_label}，《{report.plan_title}》共有{what}")]
        runs.append(figure(f"{what}数", len(rows), report.source, "项"))
        for verdict, word in VERDICTS.items():
            runs += [
                text(f"，{word}"),
                figure(f"{what}{word}", counts[verdict], report.source, "项"),
            ]
        yield Paragraph(runs=(*runs, text("。")))
    doubt = "（本地默认，待确认）" if report.unconfirmed else ""
    yield Paragraph(
        runs=(
            text("评判依据为系统中截至评判时的数据和已采用的报告；落后应达进度不超过"),
            figure("评判容差", report.tolerance, report.source, "%"),
            text(f"的，仍视为进度正常{doubt}。"),
        )
    )


def _targets(report: Report) -> Iterator[Block]:
    rows = [row for row in report.rows if row.is_target]
    if rows:
        head = ("目标", "目标值", "时期", "实际", "应达", "评判")
        yield Table(caption="各项目标", head=head, rows=tuple(_target(row) for row in rows))
    for row in rows:
        if row.verdict == "not_computable":
            yield Paragraph(runs=(text(f"{row.title}：{row.why}"),))


def _target(row: RowLine) -> tuple[tuple[Run, ...], ...]:
    facts = row.facts
    goal = (figure(f"{row.title}目标", facts["goal"][:60], row.sentence_address),)
    cells: list[tuple[Run, ...]] = [(text(row.title),), goal, (text(facts.get("period") or "—"),)]
    for name, word in (("actual", "实际"), ("expected", "应达")):
        known = facts.get(name, "")
        unit = facts.get("unit", "")[:20]
        shown = figure(f"{row.title}{word}", known, row.subject, unit) if known else text("—")
        cells.append((shown,))
    return (*cells, (text(VERDICTS[row.verdict]),))


def _measures(report: Report) -> Iterator[Block]:
    rows = [row for row in report.rows if not row.is_target]
    if not rows:
        return
    head = ("举措", "责任单位", "时限", "评判", "说明")
    yield Table(caption="各项举措", head=head, rows=tuple(_measure(row) for row in rows))


def _measure(row: RowLine) -> tuple[tuple[Run, ...], ...]:
    due = row.facts.get("due", "")
    day = figure(f"{row.title}时限", due, row.sentence_address) if due else text("未设时限")
    return (
        (text(row.title),),
        (text(row.units or "—"),),
        (day,),
        (text(VERDICTS[row.verdict]),),
        (text(row.why or "—"),),
    )


def _differences(report: Report) -> Iterator[Block]:
    for row in report.rows:
        for kind, said in (
            *(("自评", said) for said in row.selves),
            *(("第三方意见", said) for said in row.opinions),
        ):
            if said.differs:
                words = (
                    f"{row.title}：评判为{VERDICTS[row.verdict]}，{said.who}{kind}"
                    f"为{VERDICTS[said.verdict]}。{said.words}"
                )
                yield Paragraph(runs=(text(words),))


def _whole(report: Report) -> Iterator[Block]:
    for said in report.whole:
        yield Paragraph(runs=(text(f"{said.who}：{said.words}"),))


def _changes(report: Report) -> Iterator[Block]:
    if not report.compared:
        return
    rows = [row for row in report.rows if row.before and row.change != "same"]
    if not rows:
        yield Paragraph(runs=(text("与上次评估相比，各项评判没有变化。"),))
        return
    head = ("目标或举措", "上次评判", "本次评判", "变化")
    yield Table(
        caption="评判的变化",
        head=head,
        rows=tuple(
            (
                (text(row.title),),
                (text(VERDICTS[row.before]),),
                (text(VERDICTS[row.verdict]),),
                (text(CHANGES[row.change]),),
            )
            for row in rows
        ),
    )


def _adjustments(report: Report) -> Iterator[Block]:
    for one in report.adjustments:
        answer = f"审议意见：{one.answer}" if one.answer else ""
        words = f"{one.title}：{one.proposal}（{one.stage}）。理由：{one.reason}。{answer}"
        yield Paragraph(runs=(text(words),))
