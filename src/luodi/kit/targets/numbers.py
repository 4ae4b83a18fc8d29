"""Numbers with units in running text, with the words around them that compare."""

from __future__ import annotations

import re
from typing import NamedTuple

from luodi.kit.targets.spoken import HINT, spoken_in
from luodi.kit.targets.wording import AFTER, COUNTED, PER, UNIT, comparator, whole_unit

_VALUE = (
    r"\d{1,3}(?:[,，]\d{3}){1,5}(?!\d)(?:\.\d+)?"
    r"|\d(?: \d(?!\d)){1,11}(?:\. ?\d(?: \d(?!\d)){0,5})?|\d+(?:\. ?\d+)?"
)
_DOUBTED = r"\d{1,4}[，、。·]\d{1,2}(?=[万亿%个])"
"""25，1亿元: a stop where a decimal point belongs."""
FIGURE = re.compile(
    rf"(?<![\d.+×·/A-Za-z第\-])(?P<sign>(?<=[长速幅为达约])[-−－])?(?P<value>{_DOUBTED}|{_VALUE})"
    rf"(?:(?:(?:%|[百千万]?亿元?|万元?|个|家|项|人|吨)?(?:[-—–~～]{{1,2}}|至)|到)(?P<to>{_VALUE}))?"
    rf"(?P<some>余|多(?!个月))?(?P<unit>{UNIT}|豫|(?:(?<=\.\d)|(?<=\.\d\d))年)(?P<per>{PER})?(?!\+)"
    rf"(?P<some2>余|多)?(?P<after>{AFTER})?"
)
_MISPRINT = re.compile(r"\d{1,4}[，、。·]\d{1,2}\Z")
_STOP = re.compile(r"[，、。·]")
_DIGIT = re.compile(r"\d")
_HAN = re.compile(r"[\u4e00-\u9fff“]")
_NO_CLASS = re.compile(
    r"[并且和及与或，、。；：（]|的?(?:水平|规模|目标|标准(?!化|地|厂)|速度|幅度|增速|增幅|比例|高位|台阶|大关)"
)
_MADE = re.compile(
    r"年(?:产(?![值量能])|处理|加工|生产|出栏|发电|供应|产能|屠宰|消纳)[^，。；]{0,6}\Z"
)
_TIMED = re.compile(r"(?:小时|分钟|天)\Z")
_TIMED_BY = re.compile(
    r"(?:用|用时|耗时|约|缩短|压缩|压减|控制|时间|时限|时长|超过|达到?|为|在|至|到|减少|提速|提前|的|超)了?[^，。；]{0,2}\Z"
)
_BEFORE_NOUN = re.compile(r"(?:内|之内|的|以|左右|，|。|；|、|）|$)")
_EXCEEDS = re.compile(r"[超过逾]\Z|突破\Z|达\Z|达到\Z")
_OF_COUNTED = re.compile(
    r"(?:以上)?的?[\u4e00-\u9fff“”]{2,12}(?<!达到)(?:达到?|增加到|突破|超过|不少于|为)?\d+(?:\.\d+)?[个家户]"
)
_QUALIFIED = re.compile(r"的\d+(?:\.\d+)?[个家户]")
_TOWARDS = re.compile(r"对[^，。；]{1,22}[超过破达到]\Z")
_REACH = re.compile(r"(?:覆盖|半径|范围|服务圈|生活圈|圈)")
_OPENED = re.compile(r"[百千万亿][余多]")
_CAPACITY = re.compile(r"(?:吨|千瓦|兆瓦|吉瓦|MW|GW)\Z")
_OF_PROJECT = re.compile(r"(?!的)[\u4e00-\u9fff]{2,14}?(?:项目|生产线)")
_ASPECT = re.compile(r"(?:方面|层面|维度|环节|阶段)")
_BARE = re.compile(r"(?<![\d.第年月〔])(\d{1,3}(?:\.\d+)?|\d+\.\d+)[、和及与]\Z")
_SIDES = re.compile(r"[“‘]([^”’“，。]{0,12})\Z")


class Figure(NamedTuple):
    """A number in a clean text: [start, end), decimal strings, unit, comparator.

    `form` is "" for a plain number, "rank" for a place in an order, "fold" for 翻番, "share" for
    半数 and fractions, "cover" for 全覆盖. `doubt` is the number as printed where a decimal point
    or a percent sign seems misprinted; the value is then the likeliest reading.
    """

    start: int
    end: int
    value: str
    value_to: str
    unit: str
    comparator: str
    form: str = ""
    doubt: str = ""


def figures_in(text: str) -> list[Figure]:
    """The numbers with units of a paragraph. 500亿 of money is completed to 亿元.

    Left out: sizes that qualify a noun (10亿元以上项目, 年产50万吨的生产线, 24小时服务), counts
    inside a quoted catchword, labels such as 第3条.
    """
    found = _written(text) if _DIGIT.search(text) else []
    if HINT.search(text):
        found = _merged(found, [Figure(*one) for one in spoken_in(text)])
    return found


def _written(text: str) -> list[Figure]:
    found: list[Figure] = []
    last = -1
    for match in FIGURE.finditer(text):
        counted_before = last == match.start()
        last = match.end() if match["unit"] in COUNTED else -1
        if not _is_class(match, text, counted_before):
            found.append(_figure(match, text))
    return _shared(found, text) if "分别" in text else found


def _shared(found: list[Figure], text: str) -> list[Figure]:
    """The unit said once for all of a list: 4.6、2.1和3.4个百分点, 2.1个和3.4个百分点."""
    whole: list[Figure] = []
    for figure in reversed(found):
        two = whole[-1] if whole else None
        if two and figure.unit == "个" and two.unit == "个百分点":
            near = text[figure.end : two.start] in "、和及"
            figure = figure._replace(unit=two.unit) if near else figure
        whole.append(figure)
        for _ in range(8):
            first = whole[-1]
            match = _BARE.search(text, max(0, first.start - 12), first.start)
            if not match:
                break
            start, end = match.span(1)
            whole.append(first._replace(start=start, end=end, value=match[1], comparator="="))
    return whole[::-1]


def _figure(match: re.Match[str], text: str) -> Figure:
    raw, unit = match["value"], match["unit"]
    doubt = match.group() if unit == "豫" else raw + unit if _MISPRINT.match(raw) else ""
    before = text[max(0, match.start() - 6) : match.start()]
    some = (match["some"] or "") + (match["some2"] or "") + ("余" if _OPENED.search(unit) else "")
    return Figure(
        match.start(),
        match.end(),
        ("-" if match["sign"] else "") + _decimal(raw, bool(doubt)),
        _decimal(match["to"] or "", doubted=False),
        whole_unit(
            "%" if unit == "豫" else unit, text, match.start(), match.end(), match["per"] or ""
        ),
        comparator(before, match["after"] or "", some),
        "",
        doubt,
    )


def _decimal(written: str, doubted: bool) -> str:
    plain = written.replace(" ", "")
    if doubted:
        return _STOP.sub(".", plain)
    return plain.replace(",", "").replace("，", "")


def _is_class(match: re.Match[str], text: str, counted_before: bool) -> bool:
    """A size that says which things are meant, not how many there are."""
    unit, after, end = match["unit"], match["after"] or "", match.end()
    if unit in COUNTED or unit in ("人", "%", "％", "个百分点", "百分点"):
        if unit in ("位", "名") and text.endswith("前", 0, match.start()):
            return True
        if _ASPECT.match(text, end) or (after and _QUALIFIED.match(text, end)):
            return True
        return _in_catchword(text, match.start(), end)
    nothing_behind = not _HAN.match(text, end)
    if text.startswith("的", end) and _TOWARDS.search(
        text[max(0, match.start() - 26) : match.start()]
    ):
        return True
    if _REACH.match(text, end) or (_CAPACITY.search(unit) and _OF_PROJECT.match(text, end)):
        return True
    if _EXCEEDS.search(text[max(0, match.start() - 3) : match.start()]) and _OF_COUNTED.match(
        text, end
    ):
        return True
    if after.endswith(("以上", "以下")):
        if text[end : end + 1].isdigit():
            return True
        return counted_before or not (nothing_behind or _NO_CLASS.match(text, end))
    if _TIMED.search(unit):
        before = text[max(0, match.start() - 8) : match.start()]
        return not (after or _TIMED_BY.search(before) or _BEFORE_NOUN.match(text, end))
    if nothing_behind or unit in ("岁", "周岁"):
        return unit in ("岁", "周岁") and not nothing_behind
    return counted_before or bool(_MADE.search(text[max(0, match.start() - 10) : match.start()]))


def _in_catchword(text: str, start: int, end: int) -> bool:
    """“3个专项”: a count inside a short quotation."""
    return bool(_SIDES.search(text[max(0, start - 14) : start])) and "”" in text[end : end + 8]


def _merged(one: list[Figure], two: list[Figure]) -> list[Figure]:
    """Both in order; where two overlap the written one stays."""
    merged: list[Figure] = []
    for figure in sorted((*one, *two), key=lambda each: (each.start, -each.end)):
        if not merged or figure.start >= merged[-1].end:
            merged.append(figure)
    return merged
