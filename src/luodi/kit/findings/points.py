"""Checks on rates beside rates: percentage points, shares that must make a hundred, bounds."""

from __future__ import annotations

import re
from fractions import Fraction

from luodi.kit.findings.bounds import Bounds, decimal
from luodi.kit.findings.kinds import finding
from luodi.kit.findings.reading import Reading
from luodi.kit.findings.sentences import Sentence, sentences
from luodi.kit.layout.blocks import Paragraph
from luodi.kit.problems import Problem

_BEYOND = re.compile(r"[）)]?[^，。；、\d]{0,10}\Z")
_VERSUS = re.compile(
    r"[，,](?:[^，。；\d]{0,12})?(?:高于|低于|快于|慢于|高出|领先|比|较)[^，。；]{0,16}\Z"
)
_GOES_ON = re.compile(r"[、，,和][^；。]{0,24}\Z")
_SECTORS = re.compile(
    r"(?:三次产业|三产|产业)[^，。；\d]{0,12}(?:20\d\d年的?)?(?P<all>\d{1,3}(?:\.\d{1,2})?[:：]\d{1,3}(?:\.\d{1,2})?[:：]\d{1,3}(?:\.\d{1,2})?)"
    r"(?:[^，。；\d]{0,8}(?:到|至|为)(?:20\d\d年的?)?(?P<new>\d{1,3}(?:\.\d{1,2})?[:：]\d{1,3}(?:\.\d{1,2})?[:：]\d{1,3}(?:\.\d{1,2})?))?"
)
_BOUNDED = re.compile(
    r"(?P<name>占比|比重|(?<!拨备)(?<!流动性)覆盖率|(?<!电话)普及率|合格率|达标率|优良率|城镇化率|开工率|投产率|入统率|达效率|(?<!床位)使用率|入住率"
    r"|(?:可|网|通|联)办率|上云率|公开率|知晓率|好评率|硬化率|绿化率|签约率|办结率|满意率|登记率|接种率|录取率|回收率|处置率|处理率|森林覆盖率|就业率|失业率|参保率|支出率|完工率|竣工率|投放率|履约率)"
    r"(?:分别)?(?:均|已|要|将)?(?:达到|达|为|是|提高到|提升到|保持在|稳定在|超过)?(?:了)?(?P<value>\d{3,}(?:\.\d+)?)%"
)
_OF = re.compile(
    r"占(?![^，。；、\d]{0,14}(?:计划|目标|任务|预算|上年|同期|年度|基数))[^，。；、\d]{2,16}(?:的比重为|的比例为|的)"
    r"(?P<value>\d{3,}(?:\.\d+)?)%"
)


def points(reading: Reading) -> list[Problem]:
    """`points.contradicts`: 增长22.6%，高于全市（7.7%）14.9个百分点."""
    found = []
    for sentence in sentences(reading):
        for n, said in enumerate(sentence.figures):
            if n >= 2 and said.amount.dimension == "points":
                found += _points(sentence, n)
    return found


def _points(sentence: Sentence, n: int) -> list[Problem]:
    """The other rate stands right before the points, the own rate before the first 高于."""
    said, other = sentence.figures[n], sentence.figures[n - 1]
    if other.amount.unit != "%" or not _BEYOND.fullmatch(sentence.gap(n - 1, n)):
        return []
    own = _own_rate(sentence, n - 1)
    if own is None or not (said.exact and other.exact and sentence.figures[own].exact):
        return []
    one, two = sentence.figures[own].amount, other.amount
    gap = one.bounds.minus(two.bounds)
    gap = Bounds(-gap.high, -gap.low) if gap.high < 0 else gap
    if gap.meets(said.amount.bounds):
        return []
    shown = decimal(abs(one.value - two.value) * 100, max(one.places, two.places))
    message = (
        f"{one.shown} 与 {two.shown} 相差 {shown} 个百分点，文中写 {said.amount.text} 个百分点。"
    )
    params = {"said": said.amount.text, "computed": shown}
    return [finding("points.contradicts", message, (sentence.hull(own, n),), params)]


def _own_rate(sentence: Sentence, other: int) -> int | None:
    """The rate compared: before 高于; in a chain 、全省（10.4%）12.2个百分点 the first one."""
    n, figures = other, sentence.figures
    while (
        n >= 2
        and figures[n - 1].amount.dimension == "points"
        and _GOES_ON.fullmatch(sentence.gap(n - 1, n))
    ):
        n -= 2
    if n < 1 or figures[n - 1].amount.unit != "%":
        return None
    return n - 1 if _VERSUS.fullmatch(sentence.gap(n - 1, n)) else None


def structure(reading: Reading) -> list[Problem]:
    """`structure.not_hundred`: the shares of the three sectors make a hundred, but for rounding."""
    found = []
    for n in reading.text:
        para = reading.paragraphs[n]
        if "产" not in para.text or not re.search(r"\d[:：]\d", para.text):
            continue
        for match in _SECTORS.finditer(para.text):
            for group in ("all", "new"):
                if match[group]:
                    found += _sectors(para, match, group)
    return found


def _sectors(para: Paragraph, match: re.Match[str], group: str) -> list[Problem]:
    parts = re.split("[:：]", match[group])
    places = max(len(part.partition(".")[2]) for part in parts)
    total = sum((Fraction(part) for part in parts), Fraction(0))
    if abs(total - 100) <= Fraction(3, 2 * 10**places) or total < 50:
        return []
    shown = decimal(total, places)
    message = f"三次产业比例 {' + '.join(parts)} = {shown}，应为 100。"
    span = para.hull(*match.span(group))
    return [finding("structure.not_hundred", message, (span,), {"computed": shown})]


def out_of_bounds(reading: Reading) -> list[Problem]:
    """`ratio.out_of_bounds`: a share, a coverage or a pass rate above a hundred per cent."""
    found = []
    for n in reading.text:
        para = reading.paragraphs[n]
        if "%" not in para.text:
            continue
        for pattern in (_BOUNDED, _OF):
            for match in pattern.finditer(para.text):
                if Fraction(match["value"]) > 100 and "毛入学" not in match.group():
                    message = f"“{match.group()}”：这类比率不会超过 100%。"
                    params = {"said": match["value"]}
                    span = para.hull(*match.span())
                    found.append(finding("ratio.out_of_bounds", message, (span,), params))
    return found
