"""Checks for signs read or typed wrongly: pairs that look alike, justified by the words around."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from luodi.kit.findings.kinds import finding
from luodi.kit.findings.reading import Reading
from luodi.kit.layout.blocks import Paragraph
from luodi.kit.problems import Problem

PAIRS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("力口",), r"力口(?=[快强大速入工深密固])", "加"),
    (("王业",), r"(?<=[重轻型造色进级能化业旅规区新])王业|王业(?=[园企产增总化经互设])", "工业"),
    (("王艺",), r"王艺(?=[制流技术水装改参路])", "工艺"),
    (("王程",), r"(?<=[大点项一生建])王程|王程(?=[建项技研中])", "工程"),
    (("王厂",), r"王厂(?=[化建改的])", "工厂"),
    (("施王", "竣王", "职王", "加王"), r"施王|竣王|职王|加王(?=[制企艺业])", "工"),
    (("人力口",), r"人力口", "人加"),
    (("己经", "己完成", "己建成", "己形成", "己成为", "而己", "自已"),
     r"(?<!自)己(?=经|完成|建成|形成|成为)|(?<=而)己|(?<=自)(?<!来自)已(?![经建有开签完])",
     "已/己"),
    (("末来", "末能", "尚末", "并末"), r"末(?=来|能(?!源))|(?<=尚)末|(?<=并)末", "未"),
    (("年未，", "年未,", "年未达", "期未，", "月未，"), r"(?<=[年期月])未(?=[，,达])", "末"),
    (("投人", "收人", "深人", "融人", "纳人", "引人", "进人", "注人", "列人", "人住率", "人园"),
     r"投人(?![员民才])|(?<![征回接签验吸招])收人(?![员民才死体])|深人(?=推进|开展|贯彻|实施|落实)"
     r"|融人(?!民)|(?<!接)纳人(?![民员才])|引人(?=[一新企资高项先培])|进人(?=[全新一市园快关前])"
     r"|注人(?=[新强资活])|列人(?=[全省市年重])|人住(?=率)|人园(?=企业|项目)", "入"),
    (("干部", "千部"), r"(?<![\d一二三四五六七八九几数上成])千部", "干部"),
    (("骨千", "若千", "千净", "千劲"), r"骨千|若千|千净|千劲", "干"),
    (("干瓦", "干米", "干克", "干家", "干亿", "干万"),
     r"(?<=[\d一二三四五六七八九十])干(?=[瓦米克家亿万])", "千"),
    (("曰常", "曰前", "今曰", "曰期", "工作曰"), r"曰(?=常|前|期)|(?<=今)曰|(?<=工作)曰", "日"),
    (("冶理", "政冶", "整冶", "防冶", "冶安", "法冶"), r"冶(?=理|安)|(?<=[政整防法自])冶", "治"),
    (("治炼", "治金"), r"治(?=炼|金(?=[属产工行企设]))", "冶"),
    (("竟争", "竟赛", "究竞", "竞然"), r"竟(?=争|赛)|(?<=究)竞|竞(?=然)", "竞/竟"),
    (("拔款", "拔付", "选拨", "海拨"), r"拔(?=款|付)|(?<=[选海])拨", "拨/拔"),
    (("气侯", "时侯", "侯选"), r"(?<=[气时])侯|侯(?=选)", "候"),
    (("进发",), r"(?<=充分|竞相|活力|创造)进发", "迸发"),
    (("项日", "栏日", "日标"),
     r"(?<=项)日(?![常期])|(?<=栏)日(?=\d)|(?<=[总体各分主要年度作])日(?=标(?!准))", "目"),
    (("士地", "士壤", "国士"),
     r"(?<![护人博硕女男骑战烈道院])士(?=[地壤])|(?<=国)士(?=空间|资源|绿化)", "土"),
    (("期问", "时问", "空问", "民问", "车问", "间题"),
     r"(?<=[期车])问|(?<=[时空民])问(?![题答询卷计政效需])|(?<![之时空期中])间(?=题(?![材目库]))",
     "间/问"),
    (("推迸", "促迸", "先迸", "迸一步", "改迸", "引迸"), r"(?<=[推促先改引])迸|迸(?=一步)", "进"),
    (("丁作", "丁业", "丁程", "丁艺"), r"丁(?=作|业|程|艺)", "工"),
    (("没备", "没施", "建没"), r"没(?=备(?!案)|施(?![工行肥]))|(?<=建)没(?!有)", "设"),
    (("卫牛", "牛产", "牛态"), r"(?<=卫)牛|牛(?=产[能值线设]|态[环保文])", "生"),
    (("白然", "白主", "白治", "白身"), r"白(?=然(?!气)|主创|主知|治区|身)", "自"),
    (("O%", "o%"), r"(?<=\d)[Oo](?=%)", "0"),
    (("豫",), r"(?<=\d)豫", "%"),
    (("°/", "℅", "9/6"), r"(?<=\d)(?:°/[oO0]|℅)|(?<=\d)9/6(?!\d)", "%"),
    (("N0",), r"N0(?=[.．]?\d)", "No"),
    (("0",), r"(?<![A-Za-z\d])[A-Z]{2}0(?=[\u4e00-\u9fff])", "字母O"),
    (("C02",), r"C02(?=排|减|浓|捕|驱|封|等|，|、)", "CO2"),
    (("and", "the"), r"(?<=[\u4e00-\u9fff])(?:and|the)(?=[\u4e00-\u9fff])", "和"),
)  # fmt: skip
"""(words that give it away, where it is wrong, what is meant), with the words around as proof."""

Pair = tuple[tuple[str, ...], re.Pattern[str], str]
_COMPILED: tuple[Pair, ...] = tuple(
    (words, re.compile(pattern), meant) for words, pattern, meant in PAIRS
)


def look_alike_signs(reading: Reading) -> list[Problem]:
    """`ocr.look_alike`: one finding for each wrong form, with all its places."""
    places: dict[tuple[str, str], list[tuple[Paragraph, int, int]]] = {}
    there = [pair for pair in _COMPILED if any(word in reading.words for word in pair[0])]
    for n in reading.text:
        para = reading.paragraphs[n]
        for start, end, meant in _in(para.text, there):
            places.setdefault((para.text[start:end], meant), []).append((para, start, end))
    return [_finding(wrong, meant, found) for (wrong, meant), found in places.items()]


def _in(text: str, pairs: Sequence[Pair]) -> Iterator[tuple[int, int, str]]:
    for words, pattern, meant in pairs:
        if any(word in text for word in words):
            for match in pattern.finditer(text):
                yield match.start(), match.end(), meant


def _finding(wrong: str, meant: str, places: list[tuple[Paragraph, int, int]]) -> Problem:
    spans = [para.hull(start, end) for para, start, end in places]
    para, start, end = places[0]
    said = para.text[max(0, start - 3) : end + 3]
    more = f"，共 {len(places)} 处" if len(places) > 1 else ""
    message = f"“{said}”里的“{wrong}”疑为“{meant}”的误识或误排{more}。"
    return finding("ocr.look_alike", message, spans, {"said": wrong, "meant": meant})
