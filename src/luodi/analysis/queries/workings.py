"""The working of one cell: its steps, what they rest on, and where each figure came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from luodi.common.doors import find_subject
from luodi.common.languages import language
from luodi.common.moments import Moment
from luodi.common.periods import period_label
from luodi.common.refusals import NotFound
from luodi.indicators.models import Definition, Value
from luodi.indicators.rules import said
from luodi.kit.calendars import Period
from luodi.kit.formulas import NotComputable, Step
from luodi.orgs.queries import may_see, names_of, visible
from luodi.orgs.rules import Viewer

from ..choices import Basis
from ..rules.answers import Answer
from ..rules.questions import Question
from .asking import Asked, Member, asked
from .pivots import answer_for, joined_note, not_for
from .releases import Citing, citing
from .scope import Reader


@dataclass(frozen=True)
class Source:
    """One figure as it was known for a while: who brought it, with what."""

    period: str
    figure: str
    known_at: datetime
    until_at: datetime | None
    by: str
    origin: str
    address: str


@dataclass(frozen=True)
class Line:
    """One step of a working, `depth` levels below the result."""

    depth: int
    text: str
    unit: str
    period: str
    result: str
    exact: bool
    handed_in: bool


@dataclass(frozen=True)
class Working:
    """Everything behind one cell."""

    definition: Definition
    unit: str
    period: str
    answer: Answer
    steps: tuple[Line, ...]
    now: tuple[Source, ...]
    before: tuple[Source, ...]
    releases: tuple[Citing, ...]
    grants: tuple[str, ...] = ()
    course: str = ""


def working(reader: Reader, question: Question, moment: Moment) -> Working:
    """The working of the one cell a question asks for; `NotFound` outside of the viewer's scope."""
    found = asked(reader, question, moment)
    if len(question.indicators) != 1 or len(question.units) != 1 or not found.indicators:
        raise NotFound(_("没有这一格，或者它不在您的数据范围内。"))
    (indicator, definition), unit = next(iter(found.indicators.items())), question.units[0]
    member = found.members.get(unit)
    if member is None:
        raise NotFound(_("没有这一格，或者它不在您的数据范围内。"))
    period, shows = question.first, question.shows[0]
    if not_for(reader, question, indicator, member, shows) is not None:
        raise NotFound(_("没有这一格，或者它不在您的数据范围内。"))
    answer = answer_for(reader, question, found, indicator, member, period, shows)
    step = found.computing.step(indicator, unit, period, shows, member.is_group)
    if found.grants and definition.formula:
        step = answer  # the inputs are not in the grant
    names = {key: one.name for key, one in found.members.items()}
    steps = tuple(_lines(step, found, names, 0)) if isinstance(step, Step) else ()
    now, before = _sources(reader, question, indicator, unit, period, moment)
    releases = citing(reader.viewer, indicator, unit, period.key, question.purpose, moment)
    return Working(
        definition,
        member.name,
        " ".join(filter(None, [period_label(period), joined_note(definition, period)])),
        answer,
        steps,
        now,
        before,
        tuple(releases),
        found.grants,
        _course(question, member, period),
    )


def _course(question: Question, member: Member, period: Period) -> str:
    """The query string of the year's course; '' where there is none: of groups and totals."""
    if member.is_group or question.basis != Basis.UNITS:
        return ""
    said = {"indicator": question.indicators[0], "unit": member.key, "year": str(period.year)}
    return urlencode({**said, "purpose": question.purpose})


def _lines(step: Step, found: Asked, names: Mapping[str, str], depth: int) -> Iterator[Line]:
    """The steps from the result downwards, with names in place of keys."""
    lang = language()
    result = step.result
    text = step.text
    for one in found.computing.book:
        text = text.replace(f"[{one.key}]", f"[{one.said}]")
    yield Line(
        depth,
        text,
        names.get(step.unit, ""),
        period_label(step.period),
        result.says(lang) if isinstance(result, NotComputable) else result.text(grouping=True),
        step.exact,
        step.handed_in,
    )
    for below in step.inputs:
        yield from _lines(below, found, names, depth + 1)


def _sources(
    reader: Reader, question: Question, indicator: str, unit: str, period: Period, moment: Moment
) -> tuple[tuple[Source, ...], tuple[Source, ...]]:
    """The figure of the cell itself, and those it revised; of units only."""
    viewer = reader.viewer
    if question.basis != Basis.UNITS or not reader.reads_unit(unit):
        return (), ()
    rows = list(
        visible(Value.objects.ever(moment), viewer)
        .filter(indicator=indicator, unit=unit, enterprise="", period=period.key)
        .filter(purpose=question.purpose)
        .select_related("since", "until")
        .defer("since__subjects", "since__payload", "until__subjects", "until__payload")
        .order_by("-since")
    )
    sources = sources_of(viewer, rows, moment)
    is_open = bool(rows) and not ended_by(rows[0], moment)
    return (sources[:1], sources[1:]) if is_open else ((), sources)


def ended_by(row: Value, moment: Moment) -> bool:
    """True where a figure had ended at a moment."""
    if row.until_id is None:
        return False
    return moment.position is None or row.until_id <= moment.position


def sources_of(viewer: Viewer, rows: list[Value], moment: Moment) -> tuple[Source, ...]:
    """Figures with who brought them and what they came with."""
    people = names_of({row.since.by for row in rows})
    found = {row.origin: find_subject(row.origin) for row in rows}
    sources = []
    for row in rows:
        origin = found[row.origin]
        seen = origin is not None and may_see(viewer, dict(origin.scope))
        sources.append(
            Source(
                period=period_label(Period.parse(row.period)),
                figure=said(row.amount, row.scale),
                known_at=row.since.at,
                until_at=row.until.at if row.until and ended_by(row, moment) else None,
                by=people.get(row.since.by, ""),
                origin=origin.title if origin and seen else "",
                address=origin.address if origin and seen else "",
            )
        )
    return tuple(sources)
