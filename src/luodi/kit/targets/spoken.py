"""Numbers that stand in words: Chinese numerals, ranks, shares (半数), folds (翻番), 全覆盖."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from luodi.kit.quantities.numerals import read_number
from luodi.kit.refusals import Refusal
from luodi.kit.targets.wording import AFTER, COUNTED, UNIT, comparator, whole_unit

Spoken = tuple[int, int, str, str, str, str, str]
"""start, end, value, value_to, unit, comparator, form."""

_NUMERAL = "零〇一二两三四五六七八九十百千"
HINT = re.compile(r"[倍二两三四五六七八九十百千半番]|倍增|全覆盖|第一|一[半批家个所座倍]|[第前]\d")
_COUNT = re.compile(
    rf"(?<![第零〇一二两三四五六七八九十百千万亿几数\d“之年初前后末首])(?P<value>[{_NUMERAL}]{{1,9}})(?P<some>余|多|来)?"
    rf"(?P<unit>{UNIT})(?P<after>{AFTER})?"
)
_PERCENT = re.compile(
    rf"(?P<of>百|千)分之(?P<value>[{_NUMERAL}]{{1,6}}(?:点[{_NUMERAL}]{{1,4}})?|\d+(?:\.\d+)?)(?P<after>{AFTER})?"
)
_FRACTION = re.compile(
    rf"(?P<under>[二三四五六七八九十])分之(?P<over>[一二三四五六七八九])(?P<after>{AFTER})?"
)
_TENTHS = re.compile(
    r"(?<=[超过近达到占约为的])(?P<value>[二三四五六七八九])成(?P<after>以上|以下|左右)?(?=[，。；、的])"
)
_HALF = re.compile(
    r"(?:超|超过|过)半数?(?=[^径导挂成决])|(?:近|约)?(?:半数|一半)(?P<after>以上|左右)?"
)
_FOLD = re.compile(
    r"翻(?:了)?(?P<times>[一两三四])?番|(?:实现|力争|确保)(?:[^，。；“”]{0,8})(?P<double>倍增)(?![计行工器效式])"
)
_COVER = re.compile(
    r"(?:实现了?|达到|推进|推动)(?P<name>(?:[^，。；“”（）]|（[^（）]{1,8}）){3,30}?)(?:的)?(?P<cover>全覆盖)(?!的|面)"
)
_RANK = re.compile(
    rf"(?P<order>第|前)(?P<value>\d{{1,3}}|[{_NUMERAL}]{{1,4}})(?!方阵|梯队|集团|要务|时间|动力|资源|书记|责任|产业|人民|中学|小学|医院|大|线|要|选择|批|责)(?P<unit>位(?![^，。；、（）]{{0,2}}[院专科])|名|列)?(?![批次届条章节款号年季期个轮])"
)
_RANKED = re.compile(
    r"(?:[居列排]|排名|位次|位居|位列|名列|跃居|升至|进至|跃升至|上升到|提升到|进入|跻身|保持|稳居|连续.{1,4}年|全[国省市区县]|增速|总量|均|考核|评价|测评)[^，。；第前]{0,14}\Z|第[\d一二三四五六七八九十]{1,3}(?:位|名)?[、和及]\Z"
)
_ABOUT = ("近", "上", "约", "超", "逾", "过")
_FOLDS = {"一": "2", "": "2", "两": "4", "三": "8", "四": "16"}
_BUILT = re.compile(
    r"(?:建成|新建|建设|培育|打造|创建|引进|招引|新增|获批|获评|入选|形成|实施|谋划|布局|组建|成立|设立|新开|开通|攻克|突破|举办|签约|落地|认定|创成|建立|拥有|达到|发展|申报|争创|孵化|推出|出台)了?(?:[^，。；、“”]{0,5})\Z"
)
_CLAUSE = re.compile(r"[，。；：“”]")
_AND = re.compile(r"[、和及与]")
_ENDS = re.compile(r"[，。；、]|$")
_BUILDS = re.compile(
    r"(?:^|[，。；、])(?:建成|新建|建设|培育|打造|创建|引进|新增|推出|开发|举办|组建|开通)[^，。；、]{2,14}\Z"
)
_NO_THING = re.compile(
    r"(?:方面|阶段|层面|层次|维度|环节|统筹|维护|意识|自信|重点|体系|关键|着力|坚持|确保|转变|方向|领域|步|文明|结合|同步|一批|工作日|月|代表|务必|清单|清零|现代化|抓手|机制|原则|目标|人|字|亿元|以上)"
)


def spoken_in(text: str) -> Iterator[Spoken]:
    """The numbers of a paragraph that no digit writes, in no fixed order."""
    yield from _counts(text)
    yield from _ranks(text)
    if "分之" in text:
        yield from _fractions(text)
    if "成" in text or "半" in text:
        yield from _shares(text)
    if "番" in text or "倍增" in text:
        yield from _folds(text)
    if "全覆盖" in text:
        for match in _COVER.finditer(text):
            yield match.start("cover"), match.end(), "100", "", "%", "=", "cover"


def _numeral(text: str) -> str:
    """Chinese numerals as a decimal string; empty where they are none."""
    if text.isdigit() and text.isascii():
        return text
    read = read_number("一" + text if text[:1] in "百千" else text)
    if isinstance(read, Refusal) or read[0].denominator != 1:
        return ""
    return str(read[0].numerator)


def _counts(text: str) -> Iterator[Spoken]:
    for match in _COUNT.finditer(text):
        value, unit = _numeral(match["value"]), match["unit"]
        if not value or (unit in "万亿" and len(unit) == 1):
            continue
        near = text[max(0, match.start() - 6) : match.start()]
        big = int(value) >= 10 and (match["value"] not in "百千" or near.endswith(_ABOUT))
        if not _says_how_many(text, match, int(value), big):
            continue
        sign = comparator(near, match["after"] or "", match["some"] or "")
        sign = "~" if near.endswith("近") else sign
        yield (
            match.start(),
            match.end(),
            value,
            "",
            whole_unit(unit, text, match.start(), match.end()),
            sign,
            "",
        )


def _says_how_many(text: str, match: re.Match[str], value: int, big: bool) -> bool:
    """三十个 does; 两个 only behind a verb of building and before a thing; 一个 never."""
    end = match.end()
    if match["unit"] == "倍":
        return match["value"] not in "百千十"
    if match["unit"] not in COUNTED:
        whole = match["value"] not in "百千" and not match["after"]
        return big and whole and match["unit"] not in ("分", "步", "年", "天", "周")
    if _quoted(text, match.start(), end) or _NO_THING.match(text, end):
        return False
    if big:
        return True
    if value < 2 or match["unit"] not in ("个", "家", "座", "条", "所", "项", "处", "名", "种"):
        return False
    before = text[max(0, match.start() - 20) : match.start()]
    built = _BUILT.search(before) or (_ENDS.match(text, end) and _BUILDS.search(before))
    return bool(built) or _counts_the_list(text[max(0, match.start() - 60) : match.start()], value)


def _counts_the_list(before: str, value: int) -> bool:
    """甲、乙和丙三个: as many things are named in front of the number as it says."""
    clause = _CLAUSE.split(before)[-1]
    return "、" in clause and len([part for part in _AND.split(clause) if part]) == value


def _quoted(text: str, start: int, end: int) -> bool:
    return "“" in text[max(0, start - 8) : start] and "”" in text[end : end + 8]


def _ranks(text: str) -> Iterator[Spoken]:
    for match in _RANK.finditer(text):
        before = text[max(0, match.start() - 24) : match.start()]
        value = _numeral(match["value"])
        if not value or value == "0" or not _RANKED.search(before):
            continue
        if match["order"] == "前" and (not match["unit"] or text.startswith("的", match.end())):
            continue
        sign = "<=" if match["order"] == "前" else "="
        yield match.start(), match.end(), value, "", "位", sign, "rank"


def _fractions(text: str) -> Iterator[Spoken]:
    for match in _PERCENT.finditer(text):
        value = match["value"] if match["value"][0].isdigit() else _numeral(match["value"])
        if not value and "点" in match["value"]:
            read = read_number(match["value"])
            value = "" if isinstance(read, Refusal) else str(float(read[0]))
        unit = "%" if match["of"] == "百" else "‰"
        near = text[max(0, match.start() - 6) : match.start()]
        if value:
            yield (
                match.start(),
                match.end(),
                value,
                "",
                unit,
                comparator(near, match["after"] or "", ""),
                "share",
            )
    for match in _FRACTION.finditer(text):
        over, under = Decimal(_numeral(match["over"])), Decimal(_numeral(match["under"]))
        if over < under:
            value = str((over / under * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)).removesuffix(
                ".0"
            )
            near = text[max(0, match.start() - 6) : match.start()]
            sign = comparator(near, match["after"] or "", "")
            yield match.start(), match.end(), value, "", "%", sign, "share"


def _shares(text: str) -> Iterator[Spoken]:
    for match in _TENTHS.finditer(text):
        near = text[max(0, match.start() - 6) : match.start()]
        sign = comparator(near, match["after"] or "", "")
        yield match.start(), match.end(), _numeral(match["value"]) + "0", "", "%", sign, "share"
    for match in _HALF.finditer(text):
        sign = ">" if "过" in match.group() or match.group().startswith("超") else "="
        sign = ">=" if match["after"] == "以上" else "~" if match["after"] else sign
        sign = "~" if match.group()[0] in "近约" else sign
        yield match.start(), match.end(), "50", "", "%", sign, "share"


def _folds(text: str) -> Iterator[Spoken]:
    """翻一番 is twice the base, 翻两番 four times: the value is that multiple, the unit 倍."""
    for match in _FOLD.finditer(text):
        start = match.start("double") if match["double"] else match.start()
        value = _FOLDS[match["times"] or ""]
        yield start, match.end(), value, "", "倍", "=", "fold"
