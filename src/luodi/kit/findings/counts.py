"""Checks on counting: announced counts, 分别 lists, ranges, ranks beyond the field, rosters."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from fractions import Fraction

from luodi.kit.commitments.organs import Organ
from luodi.kit.commitments.tree import Item, walk
from luodi.kit.findings.kinds import finding
from luodi.kit.findings.reading import Reading
from luodi.kit.layout.blocks import Paragraph
from luodi.kit.problems import Problem
from luodi.kit.quantities import read_number
from luodi.kit.refusals import Refusal

_NUMBER = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
_ANNOUNCED = re.compile(
    rf"(?P<said>以下|下列|如下|下面)(?P<n>{_NUMBER})(?:个方面|方面|项|条|点|类|个|大|种)"
)
_ASPECTS = re.compile(
    rf"(?P<n>{_NUMBER})(?:个|大)?(?:方面|项|条|点|类|步|问题|要求|任务|措施|原则|途径"
    rf"|工程|行动|举措|领域|体系|环节|抓手|突破)[^。：；]{{0,16}}[：:](?=一是|1\.|（一）|①|第一)"
)
_IS = re.compile(r"([一二三四五六七八九十]{1,2})是(?![否指一])")
_ORDER = {sign: n for n, sign in enumerate("一二三四五六七八九十", 1)}
_RESPECTIVE = re.compile(
    r"(?P<names>[^，。；：:！？]{3,80}?)分别(?:为|是|达到?|增长|下降|完成|实现|新增|占)(?P<values>[^，。；！？]{3,120})"
)
_VALUE = re.compile(r"\d[\d,.]*(?:万亿元|亿元|万元|元|%|个百分点|[\u4e00-\u9fff]{1,4})?")
_VALUES = re.compile(
    r"(?:第?\d[\d,.]*(?:%|个百分点|[\u4e00-\u9fff/]{0,6})[、和及与]){1,}第?\d[\d,.]*(?:%|[\u4e00-\u9fff/]{0,6})?\Z"
)
_RANGE = re.compile(
    r"(?<![\dA-Za-z.:：/—-])(?P<low>\d{1,6}(?:\.\d+)?)(?P<unit1>%|亿元|万元|个百分点)?(?:-|—|——|~|～)(?P<high>\d{1,6}(?:\.\d+)?)(?P<unit2>%|亿元|万元|个百分点|亩|家|个|项|倍|年)(?!代)"
)
_YEARS = re.compile(r"(?<!\d)(?P<a>(?:19|20)\d\d)年?(?:-|—|~|～|至|到)(?P<b>(?:19|20)\d\d)年")
_MONTHS = re.compile(
    r"(?<!\d)(?P<a>20\d\d)年(?P<m>\d{1,2})月(?:-|—|——|~|～|至|到)(?P<b>20\d\d)年(?P<n>\d{1,2})月"
)
_RANK_OF = re.compile(
    r"(?P<n>\d{1,3})个?(?:设区的?市|地级市|城市|县区|县（市、区）|开发区|地市|园区|单位|省份|市|县|区|省)(?:中|里|之中|内)?[，,]?[^，。；\d]{0,14}第(?P<rank>\d{1,3}|[一二三四五六七八九十]{1,3})(?:位|名)?"
)
_ROSTER = re.compile(
    r"组长(?P<a>\d{1,3}|[一二两三四五六七八九十]{1,2})[名人](?:[、，,]常务副组长(?P<d>\d{1,3}|[一二两三四五六七八九十]{1,2})[名人])?[、，,]副组长(?P<b>\d{1,3}|[一二两三四五六七八九十]{1,2})[名人][、，,]成员(?P<c>\d{1,3}|[一二两三四五六七八九十]{1,3})[名人](?:组成)?[、，,]?(?:合计|共计|共|总计)(?P<all>\d{1,3}|[一二两三四五六七八九十]{1,3})[名人]"
)
_ROSTER_FIRST = re.compile(
    r"(?:共|由)(?P<all>\d{1,3})[名人](?:组成)?[，,：:（(]?其?中?[：:，,]?(?P<rest>(?:(?:常务副|副)?(?:组长|指挥长|主任|召集人|成员)\d{1,3}[名人][、，,]?){2,5})"
)


_BOTH = re.compile(r"城乡(?:居民|常住居民)?人均")
"""Two in one word: 城乡居民人均可支配收入分别增长5%、7%."""


def _value(text: str) -> int:
    """A small whole number in digits or Chinese numerals; 0 where it is none."""
    read = read_number(text)
    return 0 if isinstance(read, Refusal) else int(read[0])


def _texts(reading: Reading) -> Iterator[tuple[int, Paragraph]]:
    for n in reading.text:
        yield n, reading.paragraphs[n]


def announced(reading: Reading) -> list[Problem]:
    """`count.announced`: 三个方面：一是…二是…; 以下5项 and the numbered lines below."""
    found = []
    for n, para in _texts(reading):
        text = para.text
        if "：" not in text and ":" not in text and "以下" not in text:
            continue
        for match in _ASPECTS.finditer(text):
            found += _inline(para, match)
        for match in _ANNOUNCED.finditer(text):
            if match.end() >= len(text) - 14:
                found += _below(reading, n, match)
    return found


def _inline(para: Paragraph, match: re.Match[str]) -> list[Problem]:
    """Items 一是…二是… of the same paragraph after the announcement."""
    said = _value(match["n"])
    marks = [_ORDER.get(one[1], 10) for one in _IS.finditer(para.text, match.end())]
    count = 0
    for number in marks:
        if number != count + 1:
            break
        count = number
    if count < 2 or not said or said == count or match.end() != para.text.find("一是", match.end()):
        return []
    return [_announced(para, match, said, count)]


def _announced(para: Paragraph, match: re.Match[str], said: int, count: int) -> Problem:
    message = f"写的是“{match.group().rstrip('：:')}”，列出的是 {count} 项，不是 {said} 项。"
    params = {"said": said, "computed": count}
    return finding("count.announced", message, (para.hull(*match.span()),), params)


def _below(reading: Reading, n: int, match: re.Match[str]) -> list[Problem]:
    """Items below the paragraph that announces them: children of its item, counted from one."""
    said = _value(match["n"])
    for item in [reading.tree, *walk(reading.tree)]:
        if _ends_at(item, n) or (item is reading.tree and _opens_after(item, n)):
            labels = [
                child.segment.label
                for child in item.children
                if child.segment and child.segment.label
            ]
            forms = {label.form for label in labels}
            counts_on = [label.number for label in labels] == list(range(1, len(labels) + 1))
            if len(labels) >= 2 and len(forms) == 1 and counts_on and said and said != len(labels):
                return [_announced(reading.paragraphs[n], match, said, len(labels))]
    return []


def _ends_at(item: Item, n: int) -> bool:
    """Whether paragraph `n` is the item's last own one before its children."""
    own = [segment.para for segment in (item.segment, *item.plain) if segment]
    children = [child.segment.para for child in item.children if child.segment]
    return (
        bool(children)
        and n in own
        and n < children[0]
        and not any(n < other < children[0] for other in own)
    )


def _opens_after(root: Item, n: int) -> bool:
    """Whether the body's first item follows right on paragraph `n`, which the head holds."""
    first = root.children[0].segment if root.children else None
    return first is not None and not root.plain and first.para == n + 1


def unequal_lists(reading: Reading) -> list[Problem]:
    """`list.unequal`: three names, two values behind 分别."""
    found = []
    for _, para in _texts(reading):
        if "分别" not in para.text:
            continue
        for match in _RESPECTIVE.finditer(para.text):
            found += _unequal(para, match)
    return found


def _unequal(para: Paragraph, match: re.Match[str]) -> list[Problem]:
    names = [one for one in re.split("[、和及与]", match["names"]) if one]
    if len(names) == 1 and _BOTH.search(names[0]):
        names = ["城镇", "农村"]
    values = match["values"].rstrip("）)以上左右")
    if len(names) < 2 or not _VALUES.fullmatch(values) or re.search("[（(“《]", match["names"]):
        return []
    parts = [one for one in re.split("[、和及与]", values) if one]
    exact = match["names"].split("、") if "、" in match["names"] else names
    possible = {len(names), len(exact), *range(len(exact), len(names) + 1)}
    if len(parts) in possible:
        return []
    message = f"“分别”前面有 {len(names)} 项（{'、'.join(names)[:40]}），后面有 {len(parts)} 个数。"
    params = {"names": len(names), "values": len(parts)}
    return [finding("list.unequal", message, (para.hull(*match.span()),), params)]


def ranges(reading: Reading) -> list[Problem]:
    """`range.reversed`: 10%-5%, 2025年至2021年."""
    found = []
    for _, para in _texts(reading):
        if not any(sign in para.text for sign in "-—~～至到"):
            continue
        for match in _YEARS.finditer(para.text):
            if int(match["a"]) > int(match["b"]):
                found.append(_reversed(para, match))
        if "月至" in para.text or "月—" in para.text or "月-" in para.text:
            for match in _MONTHS.finditer(para.text):
                first, last = (int(match[y]) * 12 + int(match[m]) for y, m in ("am", "bn"))
                if first > last:
                    found.append(_reversed(para, match))
        for match in _RANGE.finditer(para.text):
            if _turned(match):
                found.append(_reversed(para, match))
    return found


def _turned(match: re.Match[str]) -> bool:
    """Whether the range falls; 10-5年 of years and 95-2% of mixed units aren't read as one."""
    one, two = match["unit1"], match["unit2"]
    if (one and one != two) or (two == "年" and len(match["low"]) == 4):
        return False
    return Fraction(match["low"]) > Fraction(match["high"])


def _reversed(para: Paragraph, match: re.Match[str]) -> Problem:
    message = f"“{match.group()}”的起点大于终点。"
    span = para.hull(*match.span())
    return finding("range.reversed", message, (span,), {"said": match.group()})


def ranks_beyond(reading: Reading) -> list[Problem]:
    """`rank.beyond`: the fifteenth of fourteen cities."""
    found = []
    for _, para in _texts(reading):
        if "第" not in para.text:
            continue
        for match in _RANK_OF.finditer(para.text):
            rank, size = _value(match["rank"]), int(match["n"])
            if rank > size > 1:
                message = f"只有 {size} 个参加排名，写的是第 {rank} 位。"
                span = para.hull(*match.span())
                found.append(finding("rank.beyond", message, (span,), {"rank": rank, "of": size}))
    return found


def rosters(reading: Reading) -> list[Problem]:
    """`roster.count`: 组长1名、副组长2名、成员21名，共25人; a list of members and 共25人."""
    found = []
    for _, para in _texts(reading):
        if "组长" not in para.text and "成员" not in para.text:
            continue
        for match in _ROSTER.finditer(para.text):
            parts = [_value(match[key]) for key in "adbc" if match[key]]
            found += _roster(para, match, parts)
        for match in _ROSTER_FIRST.finditer(para.text):
            found += _roster(para, match, [int(one) for one in re.findall(r"\d+", match["rest"])])
    return found


def _roster(para: Paragraph, match: re.Match[str], parts: Sequence[int]) -> list[Problem]:
    said, total = _value(match["all"]), sum(parts)
    if not said or said == total:
        return []
    terms = " + ".join(map(str, parts))
    message = f"{terms} = {total} 人，文中写共 {said} 人。"
    params = {"said": said, "computed": total}
    return [finding("roster.count", message, (para.hull(*match.span()),), params)]


_ORGAN_SIZE = re.compile(r"(?:共|由)(?P<n>\d{1,3})(?:名|人|名成员|人组成|名同志)")


def organ_sizes(reading: Reading) -> list[Problem]:
    """`roster.count`: the words beside a list of members say another number than it holds."""
    found = []
    short = [para for _, para in _texts(reading) if len(para.text) < 60]
    starts = [para.span[0] for para in short]
    for organ in reading.organs:
        for para in _near(short, starts, organ):
            match = _ORGAN_SIZE.search(para.text)
            if match and int(match["n"]) != len(organ.members) and "组长" not in match.group():
                message = f"名单里有 {len(organ.members)} 人，文中写“{match.group()}”。"
                params = {"said": int(match["n"]), "computed": len(organ.members)}
                span = para.hull(*match.span())
                spans = (span, organ.span)
                found.append(finding("roster.count", message, spans, params, "warning"))
    return found


def _near(short: Sequence[Paragraph], starts: Sequence[int], organ: Organ) -> Iterator[Paragraph]:
    """The short paragraphs right before and after the list; `starts` are theirs, in order."""
    start, end = organ.span
    for n in range(bisect_left(starts, start) - 1, -1, -1):
        gap = start - short[n].span[1]
        if gap >= 60:
            break
        if gap > 0:
            yield short[n]
    for n in range(bisect_right(starts, end), len(short)):
        if starts[n] - end >= 20:
            break
        yield short[n]
