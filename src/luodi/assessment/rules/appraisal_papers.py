"""The notice and the bulletin of an appraisal, and the notice of rewards, composed.

The words are official and stay Chinese whatever the interface speaks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

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
from luodi.papers.rules.wording import EMPTY_CELL, chinese_date

Kind = Literal["appraisal_notice", "appraisal_bulletin", "notice"]

TITLES: dict[str, str] = {
    "appraisal_notice": "关于{title}结果的公示",
    "appraisal_bulletin": "关于{title}结果的通报",
    "notice": "关于兑现{title}奖惩的通知",
}
EFFECTS = {
    "reward": "奖励",
    "commendation": "通报表扬",
    "reminder": "提醒",
    "talk": "约谈",
}


@dataclass(frozen=True)
class PaperScore:
    """A line of the result. `score` is '' with the reason in `why`."""

    unit: str
    category: str
    score: str
    rank: int | None
    tier: str
    why: str


@dataclass(frozen=True)
class PaperReward:
    """What follows for a unit; `amount` is '' where no text gives one."""

    unit: str
    title: str
    effect: str
    amount: str
    measured_in: str
    source: str


@dataclass(frozen=True)
class PaperFacts:
    """What a paper about one run says."""

    kind: Kind
    title: str
    scheme: str
    scheme_source: str
    example: bool
    office: str
    year: int
    run_source: str
    scores: tuple[PaperScore, ...]
    objections: tuple[int, int]
    words: str = ""
    decided_on: date | None = None
    rewards: tuple[PaperReward, ...] = ()
    addressees: str = ""
    copy_to: str = ""


def title_of(kind: str, title: str) -> str:
    """The title of a paper of a kind."""
    return TITLES[kind].format(title=title)[:200]


def compose(facts: PaperFacts) -> Content:
    """The whole paper; every number in it names the run it comes from."""
    return Content(
        kind=facts.kind,
        head=Head(
            title=title_of(facts.kind, facts.title),
            masthead=facts.office,
            office=facts.office,
            year=facts.year,
            addressees=facts.addressees,
            copy_to=facts.copy_to,
        ),
        blocks=tuple(_blocks(facts)),
    )


def _blocks(facts: PaperFacts) -> Iterator[Block]:
    if facts.kind == "notice":
        yield _said("按照考核结果和有关规定，现将奖惩事项通知如下。")
        yield _rewards(facts.rewards)
        return
    yield Heading(level=1, text="一、考核依据")
    basis = f"本次考核按《{facts.scheme}》进行（{facts.scheme_source}）。"
    yield _said(basis + ("方案为示例，未见正式文件。" if facts.example else ""))
    yield Heading(level=1, text="二、考核结果")
    yield _scores(facts)
    raised, upheld = facts.objections
    source = facts.run_source
    yield Paragraph(
        runs=(
            text("结果反馈后收到异议"),
            figure("收到异议", raised, source, "件"),
            text("，其中成立并更正"),
            figure("成立并更正", upheld, source, "件"),
            text("。"),
        ),
        source=source,
    )
    if facts.kind == "appraisal_notice":
        yield Heading(level=1, text="三、公示说明")
        yield _said("公示期内对结果有意见的，请以书面形式向本办公室反映。公示期满后提请审定。")
        return
    yield Heading(level=1, text="三、审定意见")
    if facts.decided_on:
        yield _said(f"本结果于{chinese_date(facts.decided_on)}审定。")
    for line in facts.words.splitlines():
        if line.strip():
            yield _said(line.strip())


def _said(words: str) -> Paragraph:
    return Paragraph(runs=(text(words),))


def _scores(facts: PaperFacts) -> Table:
    apart = any(one.category for one in facts.scores)
    head = ("名次", "单位", *(("类别",) if apart else ()), "得分", "等次")
    rows = [_row(one, facts.run_source, apart) for one in facts.scores]
    return Table(caption=f"{facts.title}结果", head=head, rows=tuple(rows))


def _row(one: PaperScore, source: str, apart: bool) -> tuple[tuple[Run, ...], ...]:
    rank: tuple[Run, ...] = (text(EMPTY_CELL),)
    if one.rank is not None:
        rank = (figure(f"{one.unit}名次", one.rank, source),)
    score: tuple[Run, ...] = (text(one.why or EMPTY_CELL),)
    if one.score:
        score = (figure(f"{one.unit}得分", one.score, source),)
    category = ((text(one.category or EMPTY_CELL),),) if apart else ()
    return (rank, (text(one.unit),), *category, score, (text(one.tier or EMPTY_CELL),))


def _rewards(rewards: Sequence[PaperReward]) -> Table:
    rows = []
    for one in rewards:
        amount: tuple[Run, ...] = (text(EMPTY_CELL),)
        if one.amount:
            amount = (figure(f"{one.unit}{one.title}", one.amount, one.source, one.measured_in),)
        cells = ((text(one.unit),), (text(one.title),), (text(EFFECTS[one.effect]),), amount)
        rows.append(cells)
    return Table(caption="奖惩事项", head=("单位", "事项", "方式", "金额"), rows=tuple(rows))
