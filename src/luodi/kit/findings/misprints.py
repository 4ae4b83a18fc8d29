"""Checks on how figures are printed: decimals as commas, letters in figures, impossible dates."""

from __future__ import annotations

import calendar
import re

from luodi.kit.findings.bounds import Amount, amount, decimal, percent
from luodi.kit.findings.growth import compound, year_spans
from luodi.kit.findings.kinds import finding
from luodi.kit.findings.reading import Reading
from luodi.kit.layout.blocks import Paragraph
from luodi.kit.problems import Problem

_UNIT = (
    r"(?:万亿元|亿元|万元|亿美元|万美元|美元|元|%|个百分点|万人|万吨|万亩|亩|亿千瓦时"
    r"|万平方米|平方米|倍)"
)
_SPLIT = re.compile(
    rf"(?<![\d，。、；：.,])(?P<whole>\d{{1,4}})(?P<sign>[，。、；：·])(?P<part>\d{{1,2}})(?P<unit>{_UNIT})(?![，。、]\d)"
)
_BASE = re.compile(
    rf"(?:由|从)[^，。；]{{0,26}}?(?P<old>\d+(?:\.\d+)?)(?P<unit>{_UNIT})[^，。；、]{{0,12}}(?:到|至|为)[^，。；、\d]{{0,10}}\Z"
)
_RATE = re.compile(
    r"[，,（(](?P<each>年均)?(?:同比|累计|比上年|较上年)?(?:增长|提高|增加|增幅|增速)(?:率)?(?:为|达到?|达|了)?(?P<rate>\d+(?:\.\d+)?)%"
)
_LISTED = re.compile(r"分别|依次|[、和]\Z")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_LETTER = re.compile(
    rf"(?<![A-Za-z\d.])(?=[\dOolI.]*\d)(?=[\d.]*[OolI])(?P<said>\d[\dOolI]*(?:\.[\dOolI]+)?)(?={_UNIT}|[个家项条户名座]|年)"
)
_DATE = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d) ?年)? ?(?P<month>\d{1,2}) ?月 ?(?P<day>\d{1,2}) ?日"
)
_MONTH = re.compile(r"(?:19|20)\d\d年(?P<month>\d{2})月(?!\d{1,2}日)")


def misprints(reading: Reading) -> list[Problem]:
    """`decimal.misprint`: 25，1亿元; an error where the growth beside it proves the point."""
    found = []
    for n in reading.text:
        para = reading.paragraphs[n]
        for match in _SPLIT.finditer(para.text):
            found += _misprint(para, match)
    return found


def _misprint(para: Paragraph, match: re.Match[str]) -> list[Problem]:
    before = para.text[max(0, match.start() - 60) : match.start()]
    sentence = before[before.rfind("。") + 1 :]
    if match["sign"] in "，、" and (_LISTED.search(sentence) or _YEAR.match(match["whole"])):
        return []
    if match["sign"] in "。；：、" and not _unit_before(sentence, match):
        return []
    said = match.group()
    meant = f"{match['whole']}.{match['part']}{match['unit']}"
    span = para.hull(*match.span())
    proof = _proof(para, match, sentence)
    if proof:
        message = f"“{said}”应为 {meant}：{proof}。"
        return [finding("decimal.misprint", message, (span,), {"said": said, "meant": meant})]
    message = f"“{said}”像是 {meant} 的小数点误排。"
    params = {"said": said, "meant": meant}
    return [finding("decimal.misprint", message, (span,), params, "warning")]


def _unit_before(sentence: str, match: re.Match[str]) -> bool:
    """Whether one number is meant: after 达到 or 为, or, of a full stop, after any word but 表."""
    if match["sign"] == "。":
        return bool(re.search(r"[\u4e00-\u9fff](?<![表图第栏件])\Z", sentence))
    return bool(re.search(r"(?:达到?|为|至|到|增长|下降|约|占|完成|实现|超过)\Z", sentence))


def _proof(para: Paragraph, match: re.Match[str], sentence: str) -> str:
    base = _BASE.search(sentence)
    rate = _RATE.match(para.text, match.end())
    if not base or not rate or base["unit"] != match["unit"]:
        return ""
    old = amount(base["old"], base["unit"])
    new = amount(f"{match['whole']}.{match['part']}", match["unit"])
    said = amount(rate["rate"], "%")
    if not old or not new or not said or not old.value:
        return ""
    start = para.text.rfind("。", 0, match.start()) + 1
    years = year_spans(para.text[start : match.start()]) if rate["each"] else [1]
    return next((_shown(old, new, said, n) for n in years if _proves(old, new, said, n)), "")


def _proves(old: Amount, new: Amount, said: Amount, years: int) -> bool:
    quotient = new.bounds.over(old.bounds)
    return quotient is not None and compound(said.bounds, years, False).meets(quotient)


def _shown(old: Amount, new: Amount, said: Amount, years: int) -> str:
    grown = percent(new.value / old.value - 1, said.places)
    if years == 1:
        return f"{new.text} ÷ {old.text} − 1 = {grown}，与写明的 {said.text}% 相符"
    return (
        f"{old.text} 按写明的年均 {said.text}% 增长 {years} 年，"
        f"得 {_grown(old, said, years)}，与 {new.text} 相符"
    )


def _grown(old: Amount, said: Amount, years: int) -> str:
    return decimal(old.value / old.factor * (1 + said.value) ** years, old.places)


def letters(reading: Reading) -> list[Problem]:
    """`figure.letter`: a letter O or l among the digits of a figure with a unit."""
    found = []
    for n in reading.text:
        para = reading.paragraphs[n]
        if not any(letter in para.text for letter in "OolI"):
            continue
        for match in _LETTER.finditer(para.text):
            said = match["said"]
            meant = said.translate(str.maketrans("OolI", "0011"))
            message = f"“{said}”的数字里有字母，应为 {meant}。"
            span = para.hull(*match.span())
            found.append(finding("figure.letter", message, (span,), {"said": said, "meant": meant}))
    return found


def dates(reading: Reading) -> list[Problem]:
    """`date.invalid`: 2月30日, 13月."""
    found = []
    for n in reading.text:
        para = reading.paragraphs[n]
        if "月" not in para.text:
            continue
        for match in _DATE.finditer(para.text):
            if not _exists(match["year"], int(match["month"]), int(match["day"])):
                found.append(_no_date(para, match))
        for match in _MONTH.finditer(para.text):
            if not 1 <= int(match["month"]) <= 12:
                found.append(_no_date(para, match))
    return found


def _exists(year: str | None, month: int, day: int) -> bool:
    if not 1 <= month <= 12:
        return False
    return 1 <= day <= calendar.monthrange(int(year or 2024), month)[1]


def _no_date(para: Paragraph, match: re.Match[str]) -> Problem:
    said = match.group().strip()
    return finding(
        "date.invalid", f"日历上没有“{said}”。", (para.hull(*match.span()),), {"said": said}
    )


_VALID = re.compile(
    r"自(?P<y>20\d\d)年(?P<m>\d{1,2})月(?P<d>\d{1,2})日起(?:施行|实施|执行)[，,。]?有效期(?:限)?(?:为)?"
    r"(?P<n>\d{1,2}|[一二两三四五十])年[，,]?(?:截至|截止|至|到)(?P<y2>20\d\d)年(?P<m2>\d{1,2})月"
)
_WORDS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "十": 10}


def validity(reading: Reading) -> list[Problem]:
    """`date.validity`: 自2026年5月1日起施行，有效期3年，至2028年4月30日."""
    found = []
    for n in reading.text:
        para = reading.paragraphs[n]
        for match in _VALID.finditer(para.text) if "有效期" in para.text else ():
            years = _WORDS.get(match["n"]) or int(match["n"])
            months = 12 * (int(match["y2"]) - int(match["y"])) + int(match["m2"]) - int(match["m"])
            if abs(months - 12 * years) > 1:
                message = (
                    f"“{match.group()}”：{match['y']}年{match['m']}月起 {years} 年"
                    f"应到 {int(match['y']) + years} 年，写的是 {match['y2']} 年。"
                )
                params = {"years": years, "said": match["y2"]}
                span = para.hull(*match.span())
                found.append(finding("date.validity", message, (span,), params))
    return found


def number_year(reading: Reading) -> list[Problem]:
    """`number.year`: the year in the document's number isn't the year of its date."""
    head = reading.head
    match = re.search(r"(?:19|20)\d\d", head.number)
    if not match or not head.date or head.date[:4] == match.group():
        return []
    near = abs(int(head.date[:4]) - int(match.group())) == 1 and head.date[5:7] in ("01", "12")
    if near:
        return []
    message = f"发文字号“{head.number}”的年份与成文日期 {head.date} 不符。"
    return [finding("number.year", message, (), {"number": head.number, "date": head.date})]
