"""Checks between documents: one indicator with two values, one target of two strengths, one organ
under two names. A pure function over several compiled files.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from luodi.kit.commitments.measures import Measure
from luodi.kit.findings.bounds import Amount, amount
from luodi.kit.findings.facts import same_name, stem
from luodi.kit.findings.kinds import finding
from luodi.kit.findings.organs import alike
from luodi.kit.outlines.head import Head
from luodi.kit.problems import Problem, Severity, Span
from luodi.kit.targets.indicators import Indicator

_PLACE = re.compile(
    r"\A(?:中共)?(?P<place>[\u4e00-\u9fff]{2,10}?(?:省|市|县|区|州|盟|旗))(?!场|级|属|直)"
)
_WHOLE = re.compile(r"\A(?:全|我|本)[省市县区州镇]\Z")
_RATE = re.compile(r"增长|增速|增幅|下降|提高|降低|同比|年均|累计|新增|完成率")
_SAID = re.compile(r"(?:预期)?目标(?:值)?|力争|预计|达到?|实现|完成|超过|突破|不低于|同比|的\Z")


class Paper(Protocol):
    """A document of a compiled file, as far as it is compared."""

    @property
    def head(self) -> Head: ...
    @property
    def indicators(self) -> Sequence[Indicator]: ...
    @property
    def measures(self) -> Sequence[Measure]: ...


class File(Protocol):
    """A compiled file."""

    @property
    def name(self) -> str: ...
    @property
    def documents(self) -> Sequence[Paper]: ...


@dataclass(frozen=True, slots=True)
class Across:
    """A finding between files, with its places: the index of the file and the span in its text."""

    problem: Problem
    places: tuple[tuple[int, Span], ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """A figure of a document: which file, whose, which."""

    file: int
    paper: int
    one: Indicator
    amount: Amount
    owner: str


def compare(files: Sequence[File]) -> list[Across]:
    """Findings between the documents of several files, and of one file with several documents.

    A value counts as the same where name, year, unit and owner are: the place named beside it, or
    the place that issued the document. Nothing is compared where an owner is unknown.
    """
    return [*_values(files), *_names(files)]


def _values(files: Sequence[File]) -> list[Across]:
    rows: dict[tuple[str, str, str, str, bool], list[_Said]] = defaultdict(list)
    for said in _stated(files):
        one = said.one
        key = (
            _name(one.name),
            one.period,
            said.owner,
            said.amount.dimension,
            one.kind == "target",
        )
        rows[key].append(said)
    found = []
    for (name, _, _, _, goal), many in rows.items():
        pair = _differ(many) if len(name) >= 3 else None
        if pair:
            found.append(_two_values(files, name, pair, goal))
    return found


def _stated(files: Sequence[File]) -> Iterator[_Said]:
    for n, file in enumerate(files):
        for k, paper in enumerate(file.documents):
            home = _home(paper.head)
            for one in paper.indicators:
                read = amount(one.value, one.unit)
                owner = home if not one.entity or _WHOLE.match(one.entity) else stem(one.entity)
                year = one.period.isdigit() and len(one.period) == 4
                if read and owner and year and not one.value_to and one.kind != "rank":
                    yield _Said(n, k, one, read, owner)


def _home(head: Head) -> str:
    """The place a document speaks of: that of its issuer, else of its title."""
    for words in (head.issuer, head.title):
        if match := _PLACE.match("".join(words.split())):
            return stem(match["place"])
    return ""


def _name(name: str) -> str:
    return _SAID.sub("", same_name(name))


def _differ(many: Sequence[_Said]) -> tuple[_Said, _Said] | None:
    """Two figures of two documents that can't be one; rates of change only by their full name."""
    first = many[0]
    for other in many[1:]:
        if (other.file, other.paper) == (first.file, first.paper):
            continue
        if first.one.comparator != other.one.comparator and first.one.kind != "target":
            continue
        if not first.amount.bounds.same(other.amount.bounds):
            return first, other
    return None


def _two_values(files: Sequence[File], name: str, pair: tuple[_Said, _Said], goal: bool) -> Across:
    one, two = pair
    shown = [
        f"《{files[said.file].documents[said.paper].head.title or files[said.file].name}》"
        f"写 {_SIGNS.get(said.one.comparator, '')}{said.amount.shown}"
        for said in pair
    ]
    what = "目标" if goal else "数"
    message = f"“{one.owner}”{one.one.period}年的{name}有两个{what}：{'，'.join(shown)}。"
    code = "documents.two_targets" if goal else "documents.two_values"
    vague = bool(_RATE.search(name)) or (len(name) < 4 and name != "GDP")
    grave: Severity | None = None if goal else "warning" if vague else "error"
    params = {"name": name, "values": [one.amount.text, two.amount.text]}
    problem = finding(code, message, (one.one.span,), params, grave)
    return Across(problem, ((one.file, one.one.span), (two.file, two.one.span)))


_SIGNS = {">=": "不低于 ", "<=": "不超过 ", ">": "超过 ", "<": "低于 ", "~": "约 "}


def _names(files: Sequence[File]) -> list[Across]:
    """Units of two documents whose names are forms of one, where no document has both."""
    where: dict[str, tuple[int, int, Span]] = {}
    together: set[tuple[str, str]] = set()
    for n, file in enumerate(files):
        for k, paper in enumerate(file.documents):
            own = {unit.name for one in paper.measures for unit in one.units}
            together |= {(a, b) for a in own for b in own}
            for one in paper.measures:
                for unit in one.units:
                    where.setdefault(unit.name, (n, k, one.title_span))
    names = sorted(where)
    found = []
    for place, short in enumerate(names):
        for long in names[place + 1 :]:
            apart = where[short][:2] != where[long][:2] and (short, long) not in together
            if apart and alike(short, long):
                found.append(_two_names(files, short, long, where))
    return found


def _two_names(
    files: Sequence[File], one: str, two: str, where: dict[str, tuple[int, int, Span]]
) -> Across:
    titles = [
        files[where[name][0]].documents[where[name][1]].head.title or files[where[name][0]].name
        for name in (one, two)
    ]
    message = f"《{titles[0]}》写“{one}”，《{titles[1]}》写“{two}”，写法相近，可能是同一单位。"
    places = tuple((where[name][0], where[name][2]) for name in (one, two))
    problem = finding("documents.organ_names", message, (places[0][1],), {"names": [one, two]})
    return Across(problem, places)
