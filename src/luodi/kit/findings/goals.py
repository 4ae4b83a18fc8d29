"""Checks on targets: against their base, against each other, against the whole they add up to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from luodi.kit.commitments.taken import Taken
from luodi.kit.findings.bounds import Amount, Bounds, amount, decimal
from luodi.kit.findings.facts import name_column, same_name
from luodi.kit.findings.kinds import finding
from luodi.kit.findings.reading import Reading
from luodi.kit.outlines.tables import Table
from luodi.kit.problems import Problem, Span
from luodi.kit.targets.indicators import Indicator, indicators_of

_LOWER = re.compile(
    r"降|能耗|排放|浓度|死亡|事故|负债|失业|消耗|损耗|时限|时间|成本|差异|贫困|化肥|农药|用水|PM|污染"
    r"|投诉|发病|漏损|空置|比值|倍差|压减|减少"
)
_GROWTH = re.compile(r"增长|增速|增幅|年均|累计|新增|\[|［|〔")
_BASE = re.compile(r"基期|现状|基数|实际|完成|现值|上年")
_AIM = re.compile(r"目标|预期|规划|计划")
_AHEAD = re.compile(r"年均|属性|指标性质|约束性|预期性")
_BLANK = re.compile(r"[-—–―/／\s]*\Z")
_NUMBER = re.compile(
    r"[≥≤><约]?(?P<value>\d[\d,]*(?:\.\d+)?)(?P<unit>[%％‰]|[千万亿]{0,2}[\u4e00-\u9fff]{0,3}?)"
    r"(?:以上|以内|左右|以下)?\Z"
)


@dataclass(frozen=True, slots=True)
class Goal:
    """A row of a table of targets: its name, base and aim, and where the aim stands."""

    table: int
    line: int
    name: str
    base: Amount | None
    aim: Amount | None
    blank: bool
    span: Span


def goals(reading: Reading) -> Sequence[Goal]:
    """The rows of the tables that have a base and an aim column; read once."""
    known = reading.memo.get("goals")
    if known is None:
        known = reading.memo["goals"] = tuple(
            goal for n, table in enumerate(reading.tables) for goal in _of_table(table, n)
        )
    return tuple(known)


def _of_table(table: Table, n: int) -> Iterator[Goal]:
    pair, named = _base_and_aim(table), name_column(table)
    if pair is None or named is None:
        return
    for line, row in enumerate(table.rows):
        if len(row) != len(table.header) or not (span := table.cell_span(line, pair[1])):
            continue
        name = row[named]
        unit = next((row[k] for k, one in enumerate(table.columns) if one.kind == "unit"), "")
        unit = unit or _unit_of(name)
        base, aim = (_read(row[k], unit or table.columns[k].unit) for k in pair)
        yield Goal(n, line, name, base, aim, bool(_BLANK.match(row[pair[0]])), span)


def _unit_of(name: str) -> str:
    match = re.search(r"[（(]([^（()）]{1,6})[）)]\Z", "".join(name.split()))
    return match[1] if match else ""


def _read(cell: str, unit: str) -> Amount | None:
    match = _NUMBER.match("".join(cell.split()))
    if not match:
        return None
    return amount(match["value"].replace(",", ""), (match["unit"] or unit).replace("％", "%"))


def _base_and_aim(table: Table) -> tuple[int, int] | None:
    """The columns of the base and the aim: by their words, else by the first and last year."""
    heads = ["".join(head.split()) for head in table.header]
    values = [n for n, one in enumerate(table.columns) if one.kind in ("value", "text")]
    aims = [n for n in values if _AIM.search(heads[n]) and not _GROWTH.search(heads[n])]
    bases = [n for n in values if _BASE.search(heads[n]) and n not in aims]
    if len(aims) == 1 and bases:
        return bases[-1], aims[0]
    years = sorted((one.year, n) for n, one in enumerate(table.columns) if one.year and n in values)
    ahead = aims or "目标" in table.title or any(_AHEAD.search(head) for head in heads)
    named = "指标" in "".join(heads)
    if len(years) == 2 and years[0][0] < years[1][0] and ahead and named:
        return years[0][1], years[1][1]
    apart = {year for year, _ in years}
    if len(years) == len(apart) == 3 and named and int(years[2][0]) - int(years[0][0]) == 5:
        return years[0][1], years[2][1]
    return None


def against_base(reading: Reading) -> list[Problem]:
    """`target.no_base`, `target.weaker`, `target.reached` in tables of targets."""
    bare: dict[int, list[Goal]] = defaultdict(list)
    found = []
    for goal in goals(reading):
        if goal.blank and goal.aim and not _GROWTH.search(goal.name):
            bare[goal.table].append(goal)
        elif goal.base and goal.aim:
            found += _weaker(goal)
    return found + [_no_base(reading, table, rows) for table, rows in bare.items()]


def _weaker(goal: Goal) -> list[Problem]:
    base, aim = goal.base, goal.aim
    assert base is not None and aim is not None
    if base.dimension != aim.dimension or _GROWTH.search(goal.name):
        return []
    if aim.value == base.value:
        message = f"“{_short(goal)}”的目标 {aim.shown} 与基数 {base.shown} 相同，已经达到。"
        return [finding("target.reached", message, (goal.span,), {"name": goal.name})]
    falls = bool(_LOWER.search(goal.name))
    if (aim.value > base.value) != falls:
        return []
    word = "高于" if falls else "低于"
    message = f"“{_short(goal)}”的目标 {aim.shown} {word}基数 {base.shown}，比现状还弱。"
    return [finding("target.weaker", message, (goal.span,), {"name": goal.name})]


def _short(goal: Goal) -> str:
    return "".join(goal.name.split())[:24]


def _no_base(reading: Reading, table: int, rows: Sequence[Goal]) -> Problem:
    names = "、".join(f"“{_short(one)}”" for one in rows[:4])
    label = reading.tables[table].label or "目标表"
    message = f"{label}里有 {len(rows)} 个目标没有基数：{names}，无法判断进展。"
    return finding("target.no_base", message, [one.span for one in rows], {"count": len(rows)})


def text_against_base(reading: Reading) -> list[Problem]:
    """`target.weaker`: a target of the text against the figure of an earlier year."""
    known: dict[tuple[str, str], tuple[Indicator, Amount]] = {}
    found = []
    for one in reading.indicators:
        name, read = target_name(one.name), amount(one.value, one.unit)
        if read is None or len(name) < 3 or one.value_to or _GROWTH.search(one.name):
            continue
        if one.basis or one.kind not in ("actual", "target") or read.dimension in ("points", "倍"):
            continue
        key = (f"{one.entity.removeprefix('全')}{name}", read.dimension)
        if one.kind == "actual":
            known[key] = (one, read)
        elif key in known and one.comparator in ("=", ">=", ">"):
            found += _weaker_text(known.pop(key), (one, read))
    return found


def _weaker_text(base: tuple[Indicator, Amount], aim: tuple[Indicator, Amount]) -> list[Problem]:
    """Only between known years in order, far apart in the text, and of one order of size."""
    before, after = base[0].period, aim[0].period
    if not (before.isdigit() and after.isdigit() and before < after):
        return []
    near = base[1].value * Fraction(7, 10) < aim[1].value < base[1].value
    if _LOWER.search(aim[0].name) or not near or aim[0].span[0] - base[0].span[1] < 60:
        return []
    values = f"{aim[1].shown} 低于 {before}年的 {base[1].shown}"
    message = f"“{aim[0].name}”{after}年的目标 {values}，比现状还弱。"
    spans = (aim[0].span, base[0].span)
    return [finding("target.weaker", message, spans, {"name": aim[0].name})]


def no_residual(reading: Reading) -> list[Problem]:
    """`target.no_residual`: aims that add up to the whole where the bases left something over."""
    tables: dict[int, list[Goal]] = defaultdict(list)
    for goal in goals(reading):
        if goal.base and goal.aim and goal.aim.dimension == goal.base.dimension == "money":
            tables[goal.table].append(goal)
    return [problem for rows in tables.values() for problem in _residual(rows)]


def _residual(rows: Sequence[Goal]) -> list[Problem]:
    """A whole and the run of two and more rows behind it whose aims make it up exactly."""
    aims = [one.aim.value if one.aim else Fraction(0) for one in rows]
    sums = [Fraction(0), *accumulate(aims)]
    ends: dict[Fraction, list[int]] = defaultdict(list)
    for end, total in enumerate(sums):
        ends[total].append(end)
    for n, whole in enumerate(rows):
        fitting = ends.get(sums[n + 1] + aims[n], [])
        first = bisect_left(fitting, n + 3)
        if first < len(fitting):
            return _left_over(whole, rows[n + 1 : fitting[first]])
    return []


def _left_over(whole: Goal, parts: Sequence[Goal]) -> list[Problem]:
    bases = [one.base for one in parts if one.base]
    aims = [one.aim for one in parts if one.aim]
    total, aim = whole.base, whole.aim
    assert total is not None and aim is not None
    room = Bounds(
        total.bounds.low - sum((one.bounds.high for one in bases), Fraction(0)),
        total.bounds.high - sum((one.bounds.low for one in bases), Fraction(0)),
    )
    if room.low <= 0:
        return []
    rest = (total.value - sum((one.value for one in bases), Fraction(0))) / total.factor
    places = max(one.places for one in (*bases, total))
    message = (
        f"分目标 {' + '.join(one.text for one in aims)} = {aim.text}，"
        f"正好等于“{_short(whole)}”的目标；"
        f"基年 {total.text} − {' − '.join(one.text for one in bases)} = {decimal(rest, places)}"
        f"{total.unit}的其余部分没有目标。"
    )
    spans = (whole.span, *(one.span for one in parts))
    return [finding("target.no_residual", message, spans, {"rest": decimal(rest, places)})]


def two_targets(reading: Reading) -> list[Problem]:
    """`target.two_values`: one name and year with two targets, in text, boxes or tables."""
    stated = [*reading.indicators, *_in_boxes(reading)]
    rows: dict[tuple[str, str, str, str], list[tuple[Indicator, Amount]]] = defaultdict(list)
    for one in stated:
        name = target_name(one.name)
        read = amount(one.value, one.unit)
        plain = len(name) >= 3 and "、" not in name
        if one.kind == "target" and read and plain and one.period[-4:].isdigit():
            entity = "" if one.entity.startswith("全") else one.entity
            rows[name, one.period, entity, read.dimension].append((one, read))
    return [problem for said in rows.values() for problem in _two_targets(said)]


def _in_boxes(reading: Reading) -> list[Indicator]:
    """What stands in the boxes whose figures weren't read as the document's own."""
    read = Taken(one.span for one in reading.indicators)
    boxed = (n for box in reading.boxes for item in box.items for n in item)
    apart = [n for n in boxed if not read.meets(reading.paragraphs[n].span)]
    return indicators_of(reading.paragraphs, apart)


def target_name(name: str) -> str:
    """A name of a target without the words that only say it is one; empty where too general."""
    bare = re.sub(r"[（(〔［\[].*?[）)〕］\]]", "", same_name(name))
    bare = re.sub(r"(?:预期)?目标(?:值)?|力争|预计|达到?|实现|完成|超过|突破|不低于", "", bare)
    bare = re.sub(r"\A建成|(?:增加|增长|提高|提升)到\Z|(?<![指系倍参人次])数\Z", "", bare)
    return "" if bare in _GENERIC else bare


_GENERIC = frozenset(
    re.findall(
        r"\S+",
        """总投资 投资 面积 数量 企业 项目 产值 收入 增长 年均增长 同比增长 占比 其中 总规模 规模
        新增 建成 培育 达到 以上 建设项目 完成投资 计划总投资 项目个 企业家 培育企业 年产值 用户""",
    )
)
"""Names that say nothing without the words around them."""


def _two_targets(said: Sequence[tuple[Indicator, Amount]]) -> list[Problem]:
    first = said[0]
    other = next((one for one in said if not one[1].bounds.same(first[1].bounds)), None)
    if other is None or abs(other[0].span[0] - first[0].span[1]) < 30:
        return []
    signs = {first[0].comparator, other[0].comparator}
    if len(signs) > 1 and "<=" in signs:
        return []
    values = f"{first[1].shown} 和 {other[1].shown}"
    message = f"“{first[0].name}”{first[0].period}年的目标写了两个：{values}。"
    params = {"name": first[0].name, "values": [first[1].text, other[1].text]}
    return [finding("target.two_values", message, (first[0].span, other[0].span), params)]
