"""Checks of the text against the document's own tables: values and ranks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence, Set
from fractions import Fraction

from luodi.kit.findings.bounds import Amount, amount, decimal
from luodi.kit.findings.facts import Fact, common_run, facts, same_name, stem, whose, year_at
from luodi.kit.findings.kinds import finding
from luodi.kit.findings.places import offset_in
from luodi.kit.findings.reading import Reading
from luodi.kit.layout.blocks import Paragraph
from luodi.kit.problems import Problem, Span


def text_against_tables(reading: Reading) -> list[Problem]:
    """`text.against_table`: an indicator of the text against the cell of its name, row and year."""
    cells: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts(reading):
        if fact.amount.dimension != "rank" and fact.year:
            cells[fact.what, fact.year].append(fact)
    if not cells:
        return []
    starts = [one.span[0] for one in reading.paragraphs]
    inside = {fact.span for fact in facts(reading)}
    places = _places({fact.row for fact in facts(reading)})
    found = []
    for one in reading.indicators:
        if one.comparator != "=" or one.value_to or one.span in inside:
            continue
        rows = cells.get((same_name(places.sub("", one.name)), one.period), [])
        said = amount(one.value, one.unit)
        if said and rows:
            para = reading.paragraphs[bisect_right(starts, one.span[0]) - 1]
            found += _against(reading, rows, said, para, one.span)
    return found


def _places(rows: Set[str]) -> re.Pattern[str]:
    """The row names, in full and without the word for their kind, at the start of a name."""
    names = sorted({*rows, *(stem(row) for row in rows)}, key=len, reverse=True)
    return re.compile(r"\A(?:" + "|".join(map(re.escape, names)) + ")的?")


def _against(
    reading: Reading,
    rows: Sequence[Fact],
    said: Amount,
    para: Paragraph,
    span: Span,
) -> list[Problem]:
    place = offset_in(para, span[1] - 1)
    row = whose(reading, para, place, {stem(fact.row) for fact in rows})
    match = [fact for fact in rows if stem(fact.row) == row]
    if len(match) != 1 or match[0].amount.dimension != said.dimension:
        return []
    fact = match[0]
    if fact.amount.bounds.same(said.bounds):
        return []
    cut = abs(fact.amount.value - said.value) < said.factor * Fraction(1, 10**said.places)
    label = reading.tables[fact.table].label or "表"
    inside = decimal(fact.amount.value / said.factor, said.places)
    message = (
        f"文中写 {said.shown}，{label}“{fact.row}”{fact.year}年是 {fact.amount.shown}"
        f"（四舍五入为 {inside}{said.unit}）。"
    )
    params = {"said": said.text, "table": fact.amount.text}
    return [
        finding(
            "text.against_table", message, (span, fact.span), params, "warning" if cut else "error"
        )
    ]


_RANKED = re.compile(
    r"(?P<what>[^，。；、]{2,24}?)(?:在|位居|居|位列)(?P<field>[^，。；]{2,24}?)(?:排名|位列|位居|排在|排|中|列|居)?"
    r"第(?P<rank>\d{1,3}|[一二三四五六七八九十]{1,3})(?:位|名)?(?![个批期次章节条款阶产])"
)


def text_ranks(reading: Reading) -> list[Problem]:
    """`rank.contradicts`: a rank in the text against the rank column of the same field."""
    ranks = [one for one in facts(reading) if one.amount.dimension == "rank"]
    found: list[Problem] = []
    if not ranks:
        return found
    for n in reading.text:
        para = reading.paragraphs[n]
        if "第" in para.text:
            for match in _RANKED.finditer(para.text):
                found += _rank_said(reading, para, match, ranks)
    return found


def _rank_said(
    reading: Reading, para: Paragraph, match: re.Match[str], ranks: Sequence[Fact]
) -> list[Problem]:
    year = year_at(para, match.start("rank"))
    said = amount(match["rank"], "位")
    about = [
        fact
        for fact in ranks
        if fact.year == year
        and same_name(match["what"]).endswith(fact.what.removesuffix("排名"))
        and common_run(match["field"], reading.tables[fact.table].title) >= 4
    ]
    row = whose(reading, para, match.end(), {stem(fact.row) for fact in about})
    match_row = [fact for fact in about if stem(fact.row) == row]
    if len(match_row) != 1 or said is None or said.value == match_row[0].amount.value:
        return []
    fact = match_row[0]
    label = reading.tables[fact.table].label or "表"
    message = (
        f"文中写第 {match['rank']} 位，{label}“{fact.row}”{year}年排第 {fact.amount.text} 位。"
    )
    params = {"said": match["rank"], "table": fact.amount.text}
    spans = (para.hull(*match.span()), fact.span)
    return [finding("rank.contradicts", message, spans, params)]
