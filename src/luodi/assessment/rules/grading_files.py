"""Reading a table of firms' figures for a grading: heads, lines, faults. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from luodi.common.languages import headed
from luodi.common.moments import read_iso_day
from luodi.common.refusals import in_words
from luodi.kit.quantities import Quantity
from luodi.kit.refusals import Refusal
from luodi.orgs.rules import plain_code
from luodi.packs.schemas.gradings import GradingInput, GradingRule

CODES = ("统一社会信用代码", "信用代码", "社会信用代码")
NAMES = ("企业名称", "名称", "单位名称", "企业")
STARTED = ("投产日期", "投产时间")
NOTHING = frozenset({"", "—", "-", "－", "/", "无", "缺"})
HEAD_WITHIN = 10
UNIT_IN_HEAD = re.compile(r"^(.*?)[（(]([^（）()]*)[）)]$")
LONGEST = 64


@dataclass(frozen=True)
class Heads:
    """Where the columns stand: code, name, start of production, inputs with the unit written."""

    code: int
    name: int | None
    started: int | None
    inputs: Mapping[str, tuple[int, str]]


@dataclass(frozen=True)
class Line:
    """A line as read: figures by input as integers at the input's scale."""

    number: int
    name: str
    code: str
    figures: Mapping[str, int] = field(default_factory=dict)
    started: date | None = None
    faults: tuple[str, ...] = ()
    written: tuple[str, ...] = ()


@dataclass(frozen=True)
class Read:
    """The lines of a table, its heads as written, and the heads that mean nothing here."""

    lines: tuple[Line, ...]
    heads: tuple[str, ...]
    unknown: tuple[str, ...]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _split(head: str) -> tuple[str, str]:
    """A head's title and the unit in its brackets."""
    found = UNIT_IN_HEAD.match(_plain(head))
    return (found[1].strip(), found[2].strip()) if found else (_plain(head), "")


def heads_in(rule: GradingRule, cells: Sequence[str]) -> Heads | None:
    """The columns of a row of heads; None where it names no code or no figure."""
    titles = {one.title: one.key for one in rule.inputs}
    titles |= {one.title_en: one.key for one in rule.inputs}
    code = name = started = None
    inputs: dict[str, tuple[int, str]] = {}
    for place, text in enumerate(cells):
        title, unit = _split(text)
        if title in CODES:
            code = place
        elif title in NAMES:
            name = place
        elif title in STARTED:
            started = place
        elif title in titles and titles[title] not in inputs:
            inputs[titles[title]] = (place, unit)
    if code is None or not (inputs or started is not None):
        return None
    return Heads(code, name, started, inputs)


def read_table(rule: GradingRule, rows: Iterable[tuple[int, Sequence[str]]]) -> Read | None:
    """The lines of a table; None where no row among the first is one of heads."""
    heads: Heads | None = None
    said: tuple[str, ...] = ()
    lines: list[Line] = []
    for tried, (number, cells) in enumerate(rows):
        if heads is None:
            heads = heads_in(rule, cells)
            said = tuple(map(_plain, cells))
            if heads is None and tried >= HEAD_WITHIN:
                return None
        elif any(_plain(text) not in NOTHING for text in cells):
            lines.append(_line(rule, heads, number, cells))
    if heads is None:
        return None
    known = {heads.code, heads.name, heads.started, *(at for at, _u in heads.inputs.values())}
    unknown = tuple(text for place, text in enumerate(said) if text and place not in known)
    return Read(tuple(_twice(lines)), said, unknown)


def _at(cells: Sequence[str], place: int | None) -> str:
    return "" if place is None or place >= len(cells) else _plain(cells[place])


def _line(rule: GradingRule, heads: Heads, number: int, cells: Sequence[str]) -> Line:
    faults, figures = [], {}
    code = plain_code(_at(cells, heads.code))
    if not code:
        faults.append(_("没有统一社会信用代码。"))
    for one in rule.inputs:
        place = heads.inputs.get(one.key)
        text = _at(cells, place[0]) if place else ""
        if place is None or text in NOTHING:
            continue
        read = read_input(one, text, place[1])
        if isinstance(read, int):
            figures[one.key] = read
        else:
            faults.append(read)
    started, fault = _day(_at(cells, heads.started))
    faults += [fault] if fault else []
    return Line(
        number, _at(cells, heads.name), code[:LONGEST], figures, started, tuple(faults),
        tuple(map(_plain, cells)),
    )  # fmt: skip


def read_input(one: GradingInput, text: str, unit: str = "") -> int | str:
    """A figure at the input's scale, or what is wrong with it in words.

    A unit in the head holds for figures that carry none of their own.
    """
    read = Quantity.parse(text + unit if unit else text, one.unit, one.scale)
    if isinstance(read, Refusal) and unit:
        again = Quantity.parse(text, one.unit, one.scale)
        read = again if _carries_unit(text) else read
    if isinstance(read, Refusal):
        return headed(one.title, in_words(read))
    if read.number < 0 and not one.signed:
        return _("%s不能是负数。") % one.title
    return read.number


def _carries_unit(text: str) -> bool:
    return not text[-1:].isdigit()


def _day(text: str) -> tuple[date | None, str]:
    if text in NOTHING:
        return None, ""
    day = read_iso_day(text.replace("/", "-").replace(".", "-"))
    return (day, "") if day else (None, _("投产日期“%s”写得不对，例如 2024-05-01。") % text[:20])


def _twice(lines: Sequence[Line]) -> Iterable[Line]:
    """A code on several lines: none of them is taken, nobody knows which is meant."""
    counts = Counter(line.code for line in lines if line.code)
    for line in lines:
        if counts[line.code] > 1:
            said = _("同一个统一社会信用代码有 %s 行，请只留一行。") % counts[line.code]
            yield Line(**{**vars(line), "faults": (*line.faults, said)})
        else:
            yield line
