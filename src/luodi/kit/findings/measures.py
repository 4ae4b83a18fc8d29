"""Checks on measures: no unit, no deadline, a deadline before the date of issue, none at all."""

from __future__ import annotations

import re

from luodi.kit.commitments.apart import is_apart
from luodi.kit.commitments.tree import Item, title, walk
from luodi.kit.findings.kinds import finding
from luodi.kit.findings.reading import Reading
from luodi.kit.problems import Problem

_PLAN = re.compile(r"方案|计划|要点|措施|清单|举措|分工")
_DATE = re.compile(r"(?P<year>20\d\d)年(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?)?")


def no_measure(reading: Reading) -> list[Problem]:
    """`plan.no_measure`: a document that calls itself a plan, and no measure was read."""
    if reading.measures or not _PLAN.search(reading.head.kind):
        return []
    why = "没有带责任单位的条目，任务章节里也没有编号条目"
    message = f"这份{reading.head.kind}里没有读出任何措施：{why}。"
    return [finding("plan.no_measure", message)]


def no_unit(reading: Reading) -> list[Problem]:
    """`measure.no_unit`: items without a unit beside items with one; or none has one."""
    if not reading.measures:
        return []
    if not any(measure.units for measure in reading.measures):
        if not reading.head.kind:
            return []
        count = len(reading.measures)
        spans = tuple(measure.title_span for measure in reading.measures)
        message = f"{count} 项措施都没有写责任单位，无法分派。"
        return [finding("measure.no_unit", message, spans, {"count": count})]
    return [
        _item_without_unit(item, reading)
        for item in _left_out(reading.tree)
        if not is_apart(title(item, reading.paragraphs))
    ]


def _left_out(root: Item) -> list[Item]:
    """Items without a note among siblings of which at least two, and most, carry one."""
    found = []
    for parent in [root, *walk(root)]:
        noted = [child for child in parent.children if child.chosen]
        bare = [
            child
            for child in parent.children
            if not child.chosen and not child.children and not child.loose
        ]
        if len(noted) >= 2 and len(noted) > len(bare):
            found += bare
    return found


def _item_without_unit(item: Item, reading: Reading) -> Problem:
    segment = item.segment
    assert segment is not None and segment.label is not None
    para = reading.paragraphs[segment.para]
    name = f"{segment.label.text}{title(item, reading.paragraphs)[:30]}"
    message = f"“{name}”没有写责任单位，同级的其他条目都写了。"
    span = para.hull(segment.label.start, segment.label.end)
    return finding("measure.no_unit", message, (span,), {"item": name})


def no_deadline(reading: Reading) -> list[Problem]:
    """`measure.no_deadline`: one finding for all measures without a stated time."""
    late = [measure for measure in reading.measures if not measure.deadline]
    if not late or not (reading.head.kind or any(one.units for one in reading.measures)):
        return []
    count, every = len(late), len(reading.measures)
    which = "都" if count == every else f"里有 {count} 项"
    message = f"{every} 项措施{which}没有写完成时限，无法判断是否按期。"
    spans = tuple(measure.title_span for measure in late)
    return [finding("measure.no_deadline", message, spans, {"count": count})]


def deadline_past(reading: Reading) -> list[Problem]:
    """`deadline.past`: a deadline earlier than the date of issue."""
    issued = reading.head.date
    if not issued:
        return []
    found = []
    for measure in reading.measures:
        late = last_day(measure.deadline)
        if late and late < issued:
            name = f"{measure.label}{measure.title}"[:30]
            message = f"“{name}”的时限是{measure.deadline}，早于成文日期 {issued}。"
            found.append(finding("deadline.past", message, (measure.title_span,), {"item": name}))
    return found


def last_day(deadline: str) -> str:
    """The last day a deadline can mean, as YYYY-MM-DD; empty where it names no year."""
    matches = list(_DATE.finditer(deadline))
    if not matches:
        return ""
    match = matches[-1]
    return f"{match['year']}-{int(match['month'] or 12):02d}-{int(match['day'] or 31):02d}"
