"""Checks of ratios that two other figures of the document's tables give."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction

from luodi.kit.findings.bounds import Amount, Bounds, amount, decimal
from luodi.kit.findings.facts import Fact, cell_amount, facts, stem, whose, year_at
from luodi.kit.findings.kinds import finding
from luodi.kit.findings.reading import Reading
from luodi.kit.layout.blocks import Paragraph
from luodi.kit.outlines.tables import Table
from luodi.kit.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """A figure that two others give: `name` = `part` ÷ `whole`, told apart by what is counted.

    `room` is the relative difference left alone: per head the population is an average of the
    year. `per_head` rules are in the unit of the part.
    """

    name: re.Pattern[str]
    part: re.Pattern[str]
    whole: re.Pattern[str]
    said: str
    room: Fraction
    per_head: bool = False


_PEOPLE = re.compile(r"\A(?:常住|户籍|总)?人口\Z|常住人口")
RULES = (
    Rule(
        re.compile(
            r"R&D[^，。；]{0,6}(?:投入)?强度|R&D[^，。；]{0,6}占GDP(?:的)?(?:比重|比例)?"
            r"|(?:研究与试验发展|研发)(?:经费)?(?:投入|支出)?(?:强度|占(?:地区生产总值|GDP)的?(?:比重|比例)?)"
            r"|研究与试验发展[^，。；]{0,6}占(?:地区生产总值|GDP)的?(?:比重|比例)"
        ),
        re.compile(r"\AR&D(?:经费|支出|投入)*\Z"),
        re.compile(r"\AGDP\Z"),
        "研发经费 ÷ 地区生产总值",
        Fraction(0),
    ),
    Rule(
        re.compile(r"城镇化率"),
        re.compile(r"\A城镇(?:常住)?人口\Z"),
        re.compile(r"\A常住人口\Z"),
        "城镇人口 ÷ 常住人口",
        Fraction(0),
    ),
    Rule(
        re.compile(r"人均(?:地区生产总值|国内生产总值|生产总值|GDP)"),
        re.compile(r"\AGDP\Z"),
        _PEOPLE,
        "地区生产总值 ÷ 人口",
        Fraction(8, 100),
        True,
    ),
    Rule(
        re.compile(r"外贸依存度"),
        re.compile(r"\A(?:外贸)?进出口\Z"),
        re.compile(r"\AGDP\Z"),
        "进出口 ÷ 地区生产总值",
        Fraction(0),
    ),
)


def ratios(reading: Reading) -> list[Problem]:
    """Ratio columns and ratios in the text, recomputed from the document's own tables."""
    if not reading.tables:
        return []
    found: list[Problem] = []
    proven: set[tuple[int, int]] = set()
    for rule in RULES:
        computed = _computed(reading, rule)
        for column, problems in _ratio_cells(reading, rule, computed).items():
            units = [one for one in problems if one.code == "unit.magnitude"]
            found += [one for one in problems if one.code != "unit.magnitude"]
            if units:
                found.append(_whole_column(units))
                proven.add(column)
        found += _ratio_text(reading, rule, computed)
    return _per_head_units(reading, proven) + found


_HEAD = re.compile(
    r"人均(?:地区|国内)?(?:生产总值|GDP)(?:达到?|为)?(?P<value>\d+(?:\.\d+)?)(?P<unit>元|万元)"
)
_WHOLE = re.compile(
    r"(?<!人均)(?:地区|国内)?(?<!人均)(?<!人均地区)(?<!人均国内)(?:生产总值|GDP)(?:[（(][^）)]{1,8}[）)])?"
    r"(?:达到?|为|完成|实现)?(?P<value>\d+(?:\.\d+)?)(?P<unit>亿元|万亿元)"
)
_HEADS = re.compile(r"常住人口(?:[^，。；\d]{0,6})(?P<value>\d+(?:\.\d+)?)(?P<unit>万人|亿人|人)")


def per_head(reading: Reading) -> list[Problem]:
    """`per_capita.contradicts` in a paragraph that names the product, the people and the head's."""
    found = []
    for n in reading.text:
        para = reading.paragraphs[n]
        if "人均" not in para.text or "常住人口" not in para.text:
            continue
        each = [list(one.finditer(para.text)) for one in (_HEAD, _WHOLE, _HEADS)]
        if all(len(one) == 1 for one in each):
            found += _per_head_said(para, *(one[0] for one in each))
    return found


def _per_head_said(
    para: Paragraph, head: re.Match[str], whole: re.Match[str], people: re.Match[str]
) -> list[Problem]:
    said, total, heads = (amount(one["value"], one["unit"]) for one in (head, whole, people))
    quotient = total.bounds.over(heads.bounds) if total and heads else None
    if not (said and total and heads and quotient):
        return []
    room = said.value * Fraction(8, 100)
    if quotient.meets(Bounds(said.bounds.low - room, said.bounds.high + room)):
        return []
    exact = total.value / heads.value / said.factor
    shown = decimal(exact, said.places)
    message = f"{total.shown} ÷ {heads.shown} = {shown}{said.unit}，文中写人均 {said.shown}。"
    params = {"said": said.text, "computed": shown}
    spans = [para.hull(*one.span()) for one in (head, whole, people)]
    if _ten_thousand(exact, Fraction(said.value, said.factor)):
        return [finding("unit.magnitude", message + "两者差一万倍，单位写错了。", spans, params)]
    return [finding("per_capita.contradicts", message, spans, params, _grave(exact, said))]


def _whole_column(units: Sequence[Problem]) -> Problem:
    """One finding for a column whose unit is wrong, with the computation of its first row."""
    first = units[0]
    more = f"这一列有 {len(units)} 个值都是这样。" if len(units) > 1 else ""
    spans = [one.spans[0] for one in units]
    return finding("unit.magnitude", first.message + more, spans, first.params)


Key = tuple[str, str]


def _computed(reading: Reading, rule: Rule) -> dict[Key, tuple[Fact, Fact]]:
    """(row, year) to the part and the whole, where each is stated once."""
    parts, wholes = defaultdict(list), defaultdict(list)
    for fact in facts(reading):
        if rule.part.search(fact.what):
            parts[stem(fact.row), fact.year].append(fact)
        elif rule.whole.search(fact.what):
            wholes[stem(fact.row), fact.year].append(fact)
    return {
        key: (parts[key][0], wholes[key][0])
        for key in parts
        if key in wholes and len(parts[key]) == 1 and len(wholes[key]) == 1
    }


def _quotient(part: Fact, whole: Fact) -> Bounds | None:
    return part.amount.bounds.over(whole.amount.bounds)


def _ratio_cells(
    reading: Reading, rule: Rule, computed: dict[Key, tuple[Fact, Fact]]
) -> dict[tuple[int, int], list[Problem]]:
    """Findings by table and column."""
    found: dict[tuple[int, int], list[Problem]] = defaultdict(list)
    for fact in facts(reading):
        pair = computed.get((stem(fact.row), fact.year))
        if pair and rule.name.search(fact.what) and fact.amount.dimension != "rank":
            found[fact.table, fact.column] += _judge(
                rule, pair, fact.amount, f"“{fact.row}”", [fact]
            )
    return found


def _judge(
    rule: Rule, pair: tuple[Fact, Fact], said: Amount, whose: str, where: Sequence[Fact]
) -> list[Problem]:
    quotient = _quotient(*pair)
    if quotient is None:
        return []
    room = said.value * rule.room
    if quotient.meets(Bounds(said.bounds.low - room, said.bounds.high + room)):
        return []
    part, whole = pair
    exact = part.amount.value / whole.amount.value / said.factor
    shown = decimal(exact, said.places)
    year = f"{part.year}年" if part.year else ""
    message = (
        f"{whose}{year}{rule.said}：{part.amount.shown} ÷ {whole.amount.shown} = "
        f"{shown}{said.unit}，写的是 {said.shown}。"
    )
    spans = [*(one.span for one in where), part.span, whole.span]
    params = {"said": said.text, "computed": shown}
    if _ten_thousand(exact, Fraction(said.value, said.factor)):
        message = message.replace(f"= {shown}", f"= {decimal(exact, 2)}")
        message += "两者差一万倍，单位写错了。"
        return [finding("unit.magnitude", message, spans, params)]
    if rule.per_head:
        return [finding("per_capita.contradicts", message, spans, params, _grave(exact, said))]
    return [finding("table.ratio", message, spans, params)]


def _ten_thousand(exact: Fraction, said: Fraction) -> bool:
    """Whether two numbers differ by ten thousand, give or take a fifth."""
    if exact <= 0 or said <= 0:
        return False
    times = max(exact / said, said / exact)
    return 8000 < times < 12500


def _grave(exact: Fraction, said: Amount) -> Severity:
    """Beyond a seventh no average of the year explains the difference."""
    value = said.value / said.factor
    return "error" if abs(exact - value) * 7 > value else "warning"


def _per_head_units(reading: Reading, proven: Set[tuple[int, int]]) -> list[Problem]:
    """`unit.magnitude`: a per-head column in 万元 or 亿元 whose values can only be 元."""
    found = []
    for at, table in enumerate(reading.tables):
        for n, column in enumerate(table.columns):
            limit = {"万元": 500, "亿元": 1}.get(column.unit)
            if "人均" not in column.what or limit is None or (at, n) in proven:
                continue
            read = [cell_amount(row[n], column) for row in table.rows if n < len(row)]
            values = [one.value / one.factor for one in read if one]
            if values and min(values) > limit:
                found.append(_per_head(table, n, min(values)))
    return found


def _per_head(table: Table, n: int, least: Fraction) -> Problem:
    head = table.header[n]
    each = "万" if table.columns[n].unit == "万元" else "亿"
    message = (
        f"表头写“{head}”，最小的值是 {decimal(least, 0)}，即人均 {decimal(least, 0)} {each}元："
        "单位应当是元，差一万倍。"
    )
    places = (table.header_spans[n] if n < len(table.header_spans) else None, table.cell_span(0, n))
    spans = [span for span in places if span]
    return finding("unit.magnitude", message, spans, {"head": head})


def _ratio_text(
    reading: Reading, rule: Rule, computed: dict[Key, tuple[Fact, Fact]]
) -> list[Problem]:
    """Statements of a ratio in sentences about a row of the tables."""
    rows = {key[0] for key in computed}
    found: list[Problem] = []
    if not rows:
        return found
    for n in reading.text:
        para = reading.paragraphs[n]
        for match in _statements(rule, para):
            row = whose(reading, para, match.start(), rows)
            pair = _of_year(computed, row, year_at(para, match.start())) if row else None
            said = amount(match["value"], match["unit"])
            if pair and said:
                found += _text_judged(reading, rule, pair, said, para, match, row)
    return found


_SAID = (
    r"(?:已|均)?(?:达到了?|达|为|是|提高到|提升到|提升至|约为)?"
    r"(?P<value>\d+(?:\.\d+)?)(?P<unit>%|元|万元)"
)


def _statements(rule: Rule, para: Paragraph) -> Iterator[re.Match[str]]:
    pattern = _PATTERNS.setdefault(rule.name.pattern, re.compile(f"(?:{rule.name.pattern}){_SAID}"))
    return pattern.finditer(para.text) if re.search(r"\d", para.text) else iter(())


_PATTERNS: dict[str, re.Pattern[str]] = {}


def _of_year(
    computed: dict[Key, tuple[Fact, Fact]], row: str, year: str
) -> tuple[Fact, Fact] | None:
    """The pair of the year said; without one, that of the only year the tables have."""
    if year:
        return computed.get((row, year))
    years = [key for key in computed if key[0] == row]
    return computed[years[0]] if len(years) == 1 else None


def _text_judged(
    reading: Reading,
    rule: Rule,
    pair: tuple[Fact, Fact],
    said: Amount,
    para: Paragraph,
    match: re.Match[str],
    row: str,
) -> list[Problem]:
    span = para.hull(*match.span())
    found = _judge(rule, pair, said, f"“{pair[0].row}”", [])
    tables = "、".join(dict.fromkeys(reading.tables[one.table].label or "表" for one in pair))
    return [
        finding(
            "text.against_table" if one.code == "table.ratio" else one.code,
            f"文中写{match.group()}，由{tables}重算不符：{one.message}",
            (span, *one.spans),
            one.params | {"row": row},
            one.severity,
        )
        for one in found
    ]
