"""Numbers with units in running text, with the words around them that compare."""

from __future__ import annotations

import re
from typing import NamedTuple

_UNITS = (
    "个百分点|百分点|%|‰|万亿元|亿元|万元|亿美元|万美元|美元|元|万亿|亿|万亩|亩|平方公里"
    "|万平方米|平方米|亿立方米|万立方米|立方米|公里|千米|米|亿千瓦时|万千瓦时|千瓦时"
    "|亿千瓦|万千瓦|千瓦|兆瓦|吉瓦|万标准箱|标准箱|亿吨|万吨|吨|亿人次|万人次|人次|万人"
    "|人|万户|户|万家|家|万个|个工作日|个|亿件|万件|件|项|条|万名|名|座|处|台套|万台|台"
    "|万套|套|万辆|辆|所|场|宗|万次|次|期|份|天|部|位|支|门|只|万只|亿只|笔|小时|岁|分"
    "|万头|万张|张|万块|公顷|万公顷|吨标准煤|万吨标准煤|倍"
)
_UNIT = "|".join(sorted(_UNITS.split("|"), key=lambda unit: (-len(unit), unit)))
_VALUE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
FIGURE = re.compile(
    rf"(?<![\d.第+A-Za-z\-—])(?P<value>{_VALUE})"
    rf"(?:(?:(?:%|亿元|万元|个)?[-—~～]{{1,2}}|至|到)(?P<to>{_VALUE}))?"
    rf"(?P<unit>{_UNIT})(?P<per>/[\u4e00-\u9fff]{{1,3}})?(?![\d+])"
    r"(?P<after>以上|以下|以内|左右|上下)?"
)
_BEFORE = (
    (re.compile(r"(?:不低于|不少于|不小于|至少|≥|达到或超过)\Z"), ">="),
    (re.compile(r"(?:不超过|不高于|不大于|不多于|控制在|压缩到|压减到|降到|≤)\Z"), "<="),
    (re.compile(r"(?:超过|突破|高于|大于|超|多于)\Z"), ">"),
    (re.compile(r"(?:低于|小于|少于)\Z"), "<"),
    (re.compile(r"(?:约|近|约为|大约|接近)\Z"), "~"),
)
_QUALIFIES = re.compile(
    r"的?[\u4e00-\u9fff]{0,6}?(?:项目|企业|园区|集群|产业链|锅炉|机组|水库|客户)"
)
"""10亿元以上项目 is a noun, no figure."""
_AFTER = {"以上": ">=", "以下": "<=", "以内": "<=", "左右": "~", "上下": "~"}
_MONEY = re.compile(
    r"产值|收入|投资|总额|资金|增加值|GDP|税|利润|销售额|进出口|授信|贷款|规模|目标"
)


class Figure(NamedTuple):
    """A number in a clean text: [start, end), decimal strings, unit, comparator."""

    start: int
    end: int
    value: str
    value_to: str
    unit: str
    comparator: str


def figures_in(text: str) -> list[Figure]:
    """The numbers with units of a paragraph. 500亿 of money is completed to 亿元."""
    found = []
    for match in FIGURE.finditer(text):
        if match["after"] and _QUALIFIES.match(text, match.end()):
            continue
        before = text[max(0, match.start() - 8) : match.start()]
        unit = _whole_unit(match["unit"], text, match.start()) + (match["per"] or "")
        found.append(
            Figure(
                match.start(),
                match.end(),
                match["value"].replace(",", ""),
                (match["to"] or "").replace(",", ""),
                unit,
                _comparator(before, match["after"] or ""),
            )
        )
    return found


def _whole_unit(unit: str, text: str, place: int) -> str:
    if unit in ("亿", "万亿") and _MONEY.search(text, max(0, place - 30), place + 14):
        return unit + "元"
    return "个百分点" if unit == "百分点" else unit


def _comparator(before: str, after: str) -> str:
    if after:
        return _AFTER[after]
    return next((sign for pattern, sign in _BEFORE if pattern.search(before)), "=")
