"""Rungs of a ladder held against lights; the light of a letter; its text. Pure functions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from luodi.common.keys import subject_key
from luodi.common.moments import LOCAL, Moment
from luodi.kit.lights import Fact, Rule, Verdict, dated, evaluate, holds
from luodi.packs import Stack
from luodi.packs.schemas import LadderRule
from luodi.papers.rules.notices import blocks_of, one_line
from luodi.papers.rules.snapshot import Block, Content, Head, Paragraph, Table, figure, text
from luodi.papers.rules.wording import chinese_date

ANSWERING = ("issued", "signed_for", "answering")
"""Stages in which the answer is waited for."""

RECTIFYING = ("answered", "rectifying")
"""Stages in which what the letter is about is still to be put right."""

RUNNING = (*ANSWERING, *RECTIFYING)
SETTLED = ("rechecked", "closed")
OVER = ("closed", "withdrawn", "cancelled")

AGAIN = {"zh": "复查后限期整改至", "en": "To be rectified again by"}
"""The working of a deadline that a later look sets."""

KIND_WORDS = {
    "measure": "工作举措",
    "step": "年度任务",
    "item": "督办事项",
    "report": "工作月报",
    "stuck": "项目推进",
    "lead": "招商线索答复",
    "letter": "警示提醒函",
    "talk": "约谈",
}
"""What a light is about, in the words of a paper."""


@dataclass(frozen=True)
class Sent:
    """What a rung needs to know of a letter: its stage, when it was drafted and issued, what it is
    about, and whether its answer was late or is."""

    key: str
    kind: str
    stage: str
    drafted_on: date
    issued_on: date | None
    unanswered: bool
    subjects: frozenset[str]


def rungs_of(stack: Stack, day: date) -> tuple[LadderRule, ...]:
    """The rungs of a city in force on a day, from the lowest."""
    rules = stack.all("ladders", LadderRule, day)
    return tuple(sorted(rules, key=lambda rule: (rule.order, rule.key)))


def unit_facts(
    rung: LadderRule, unit_kind: str, reds: int, yellows: int, sent: Iterable[Sent], today: date
) -> dict[str, Fact]:
    """What a rung may ask of a unit, counted over its letters of the last `within` days."""
    since = today - timedelta(days=rung.within)
    counted = [
        one
        for one in sent
        if one.kind == "warning_letter"
        and one.issued_on
        and one.issued_on > since
        and one.stage != "cancelled"
    ]
    return {
        "unit_kind": unit_kind,
        "reds": reds,
        "yellows": yellows,
        "letters": len(counted),
        "unanswered": sum(one.unanswered for one in counted),
        "unrectified": sum(one.stage not in SETTLED for one in counted),
    }


def asks(rung: LadderRule, facts: Mapping[str, Fact]) -> bool:
    """Whether all conditions of a rung hold over the facts of a light and its unit."""
    return all(holds(part.condition(), facts) for part in rung.when)


def facts_read(rung: LadderRule, facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """The facts of the unit that a rung looked at."""
    names = [part.fact for part in rung.when]
    return {name: facts[name] for name in dict.fromkeys(names) if name in facts}


def covered(
    rung: LadderRule, sent: Iterable[Sent], today: date, above: Collection[str] = ()
) -> frozenset[str]:
    """Subjects about which a rung drafts nothing now: a letter of its kind about them runs, or was
    drafted within the cooling days, whatever became of it; or a letter of a higher rung (its kinds
    are `above`) runs about them, or about a letter about them."""
    sent, found = list(sent), set[str]()
    about = {subject_key("letter", one.key): one.subjects for one in sent}
    for one in sent:
        runs = one.stage not in OVER
        cooling = (today - one.drafted_on).days < rung.cooling
        if one.kind == rung.paper and (cooling or runs):
            found |= one.subjects
        if one.kind in above and runs:
            found |= one.subjects.union(*(about.get(subject, ()) for subject in one.subjects))
    return frozenset(found)


def letter_facts(
    stage: str, due_at: datetime | None, rectify_by: datetime | None, moment: Moment
) -> dict[str, Fact]:
    """The facts a light of a letter may read: phase, done, due, days_left, overdue_days.

    Due is the answer until it is signed, then the rectification; the first day over begins with
    the second after the due instant.
    """
    answering = stage in ANSWERING
    due = due_at if answering else rectify_by if stage in RECTIFYING else None
    due_on = due.astimezone(LOCAL).date() if due else None
    facts = dated(due_on, moment.today)
    if due is not None and due_on is not None and moment.at > due:
        facts["overdue_days"] = max(1, (moment.today - due_on).days)
    done = stage in (*SETTLED, *OVER)
    return facts | {"phase": "answer" if answering else "rectification", "done": done}


def light_of(
    rules: Sequence[Rule],
    stage: str,
    due_at: datetime | None,
    rectify_by: datetime | None,
    moment: Moment,
) -> Verdict:
    """The light of a letter, with the rule that gave it."""
    return evaluate(rules, letter_facts(stage, due_at, rectify_by, moment))


@dataclass(frozen=True)
class CauseWords:
    """One cause as a letter prints it."""

    kind: str
    subject: str
    title: str
    reason: str
    due_on: date | None
    days: int


@dataclass(frozen=True)
class LetterHead:
    """What stands around the text: whose letter it is, to whom, and the talk it calls to."""

    kind: str
    office: str
    masthead: str
    unit_name: str
    year: int
    answer: str
    rectify: str
    talk: str = ""


def default_title(kind: str, causes: Sequence[CauseWords]) -> str:
    """The title a letter begins with."""
    named = causes[0].title[:60] if causes else "有关工作"
    several = f"等{len(causes)}项工作" if len(causes) > 1 else ""
    what = "约谈的通知" if kind == "talk_notice" else "警示提醒函"
    return f"关于“{named}”{several}的{what}"


def default_words(head: LetterHead, causes: Sequence[CauseWords]) -> dict[str, str]:
    """The office's words where it hasn't written its own."""
    talk = head.kind == "talk_notice"
    opening = (
        f"经调度，你单位有下列{len(causes)}项工作未按要求完成。经研究，决定对你单位进行约谈。"
        if talk
        else f"经调度，你单位有下列{len(causes)}项工作未按时限完成，现予警示提醒。"
    )
    demand = "请认真查找原因，逐项提出整改措施和完成时限，明确责任到人，抓紧整改。"
    return {
        "title": default_title(head.kind, causes),
        "opening": opening,
        "demand": demand,
        "closing": "整改情况将列入复查，复查不合格的，按规定予以约谈。" if not talk else "",
    }


def compose_letter(
    head: LetterHead, causes: Sequence[CauseWords], own: Mapping[str, str]
) -> Content:
    """The whole text; the office's own words stand in the places of the default ones."""
    words = default_words(head, causes) | {k: v for k, v in own.items() if v.strip()}
    return Content(
        kind=head.kind,
        head=Head(
            title=one_line(words["title"])[:200],
            masthead=head.masthead[:80],
            office=head.office,
            year=head.year,
            addressees=head.unit_name,
            copy_to=one_line(own.get("copy_to", "")).rstrip("。")[:200],
        ),
        blocks=tuple(_blocks(head, causes, words)),
    )


def _blocks(
    head: LetterHead, causes: Sequence[CauseWords], words: Mapping[str, str]
) -> Iterator[Block]:
    yield from blocks_of(words["opening"])
    yield _table(causes)
    if head.talk:
        yield Paragraph(runs=(text(head.talk),))
    yield from blocks_of(words["demand"])
    windows = [
        f"请于印发后{head.answer}内书面回告" if head.answer else "请书面回告",
        f"于印发后{head.rectify}内整改到位" if head.rectify else "",
    ]
    yield Paragraph(runs=(text("，".join(part for part in windows if part) + "。"),))
    yield from blocks_of(words["closing"])


def _table(causes: Sequence[CauseWords]) -> Table:
    rows = tuple(
        (
            (text(str(number)),),
            (text(f"{KIND_WORDS.get(one.kind, '')}：{one.title}"[:300]),),
            (text(chinese_date(one.due_on) if one.due_on else "—"),),
            (figure(f"{one.title}超期天数", one.days, one.subject),) if one.days else (text("—"),),
            (text(one.reason or "—"),),
        )
        for number, one in enumerate(causes, start=1)
    )
    return Table(caption="有关事项", head=("序号", "事项", "时限", "超期（天）", "情况"), rows=rows)


def talk_sentence(held_at: datetime, place: str, talker: str) -> str:
    """When, where and by whom a unit is talked to."""
    local = held_at.astimezone(LOCAL)
    return (
        f"约谈时间：{chinese_date(local.date())}{local:%H:%M}；地点：{place}；约谈人：{talker}。"
        "请主要负责人到场。"
    )
