"""Head matter of an official document: issuer, number, title, date, addressees.

Forms by GB/T 9704-2012 7.2 and 7.3: 发文机关标志, 发文字号, 标题, 主送机关, 署名, 成文日期.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from luodi.kit.layout.blocks import Paragraph
from luodi.kit.layout.labels import LABEL
from luodi.kit.problems import Span

KINDS = (
    "行动计划",
    "工作要点",
    "实施方案",
    "工作方案",
    "行动方案",
    "任务清单",
    "实施意见",
    "通知",
    "方案",
    "规划",
    "计划",
    "意见",
    "办法",
    "要点",
    "措施",
    "细则",
    "清单",
    "公告",
    "通告",
    "通报",
    "决定",
    "报告",
    "批复",
    "函",
    "纪要",
    "规定",
    "条例",
    "纲要",
    "政策",
    "举措",
    "工作安排",
    "分工",
)
_KIND_END = re.compile("(" + "|".join(KINDS) + r")(?:（.{1,12}）|\(.{1,12}\))?\Z")
NUMBER = re.compile(
    r"[\u4e00-\u9fff]{2,14}[〔\[［【（(〈﹝] ?(?:19|20)\d\d ?[〕\]］】）)〉﹞] ?第? ?\d{1,4} ?号"
)
_ORGAN_END = (
    r"(?:人民政府|政府|办公室|办公厅|办|委员会|管委会|委|局|厅|部|会|组|院|中心|指挥部|专班"
    r"|等[\d一二三四五六七八九十]{1,2}(?:个)?(?:部门|单位))"
)
_ORGAN_LINE = re.compile(rf"[\u4e00-\u9fff（）“”、 ]{{2,40}}{_ORGAN_END}\Z")
_YEAR = r"(?P<year>(?:19|20)\d\d|[一二][〇○零O0一二三四五六七八九]{3})"
_MONTH = r"(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})"
_DAY = r"(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})"
_DATE = rf"{_YEAR} ?年 ?{_MONTH} ?月(?: ?{_DAY} ?日)?"
_DATE_LINE = re.compile(rf"(?P<organ>[\u4e00-\u9fff ]{{0,40}}?)[ （(]*{_DATE}[）)]?\Z")
_PRINTED = re.compile(rf"(?P<organ>[\u4e00-\u9fff ]{{0,40}}?)[ ]*{_DATE} ?印发")
_CARRIED = re.compile(r"关于(?:印发|转发|下发|批转|公布|发布)(?P<name>.+?)的?通知\Z")
_RED_HEAD = re.compile(r"(?P<organ>[\u4e00-\u9fff ]{3,40}?)文件(?:\Z| )")
_APPENDIX = re.compile(r"附 ?[件表] ?\d{0,2} ?[：:]?\Z")
_ADDRESSEES = re.compile(r"[^。；]{3,}[：:]\Z")
_DIGITS = {sign: str(n) for n, sign in enumerate("〇一二三四五六七八九")} | {
    "○": "0",
    "零": "0",
    "O": "0",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice that carries a plan: its title and whom it is sent to."""

    title: str
    addressees: str
    span: Span


@dataclass(frozen=True, slots=True)
class Head:
    """Head matter; an empty string stands for what the text doesn't give."""

    title: str
    number: str
    issuer: str
    date: str
    kind: str
    notice: Notice | None
    title_at: tuple[int, ...]


def read_head(paragraphs: Sequence[Paragraph]) -> Head:
    """Head matter of one document, from its paragraphs in order."""
    found = _notice_title(paragraphs)
    signed = _signature(paragraphs)
    if found:
        whole, at = found
        carried = _carried(whole)
        title = carried or whole
        notice = _notice(paragraphs, whole, at)
    else:
        title, at = _plain_title(paragraphs)
        notice, whole = None, title
    issuer = signed[0] or _red_head(paragraphs) or _title_issuer(whole) or _printed(paragraphs)[0]
    date = signed[1] or _printed(paragraphs)[1]
    return Head(title, _number(paragraphs), issuer, date, _kind(title), notice, at)


def tight(text: str) -> str:
    """Text without blanks."""
    return "".join(text.split())


def _kind(title: str) -> str:
    match = _KIND_END.search(title)
    return match.group(1) if match else ""


def _number(paragraphs: Sequence[Paragraph]) -> str:
    for para in paragraphs[:120]:
        if len(para.text) > 60 or "《" in para.text or "。" in para.text:
            continue
        match = NUMBER.search(para.text)
        if match:
            return (
                tight(match.group()).replace("文件", "", 1)
                if "文件" in match.group()
                else tight(match.group())
            )
    return ""


def _notice_title(paragraphs: Sequence[Paragraph]) -> tuple[str, tuple[int, ...]] | None:
    """The first title with 关于 that ends in a kind of document, and the paragraphs it takes."""
    for n, para in enumerate(paragraphs[:160]):
        place = para.text.find("关于")
        if place < 0 or len(para.text) > 120 or para.kind != "text" or LABEL.match(para.text):
            continue
        if not _organ_before(para.text[:place]):
            continue
        whole = _to_the_end(paragraphs, n)
        if whole:
            return _with_organ(paragraphs, n, place, whole)
    return None


def _organ_before(text: str) -> bool:
    bare = text.strip()
    return not bare or bool(_ORGAN_LINE.match(bare.split()[-1] if " " in bare else bare))


def _to_the_end(paragraphs: Sequence[Paragraph], first: int) -> tuple[str, int] | None:
    text = ""
    for n in range(first, min(first + 5, len(paragraphs))):
        piece = paragraphs[n].text.strip()
        if "。" in piece or (LABEL.match(piece) and n > first):
            return None
        text += piece
        if _KIND_END.search(text):
            return text, n
    return None


def _with_organ(
    paragraphs: Sequence[Paragraph], first: int, place: int, whole: tuple[str, int]
) -> tuple[str, tuple[int, ...]]:
    title, last = whole
    begin = first
    while place == 0 and begin > 0 and _ORGAN_LINE.match(paragraphs[begin - 1].text):
        begin -= 1
        title = paragraphs[begin].text + title
    return tight(title), tuple(range(begin, last + 1))


def _carried(title: str) -> str:
    """The plan that a notice carries: 关于印发X的通知 gives X without 《》."""
    match = _CARRIED.search(title)
    if not match:
        return ""
    name = match.group("name")
    if name.startswith("《") and name.endswith("》") and name.count("《") == 1:
        name = name[1:-1]
    return name


def _notice(paragraphs: Sequence[Paragraph], title: str, at: tuple[int, ...]) -> Notice:
    addressees, last = "", at[-1]
    for n in range(at[-1] + 1, min(at[-1] + 6, len(paragraphs))):
        text = paragraphs[n].text
        if _ADDRESSEES.match(text) and not LABEL.match(text):
            addressees, last = text[:-1].strip(), n
            break
    return Notice(title, addressees, (paragraphs[at[0]].span[0], paragraphs[last].span[1]))


def _plain_title(paragraphs: Sequence[Paragraph]) -> tuple[str, tuple[int, ...]]:
    """Title of a document without a notice: its first short lines, to the word for its kind."""
    lines: list[int] = []
    for n, para in enumerate(paragraphs[:12]):
        text = para.text.strip()
        if (
            para.kind != "text"
            or _APPENDIX.match(text)
            or _DATE_LINE.match(text)
            or NUMBER.match(tight(text))
            or _RED_HEAD.match(text)
        ):
            continue
        if LABEL.match(text) or "。" in text or len(text) > 60 or text[-1] in "：；，":
            break
        lines.append(n)
        if _KIND_END.search(text):
            return _block(paragraphs, lines)
    return _block(paragraphs, lines[:1])


def _block(paragraphs: Sequence[Paragraph], lines: list[int]) -> tuple[str, tuple[int, ...]]:
    keep = [n for n in lines if not _ORGAN_LINE.match(paragraphs[n].text) or len(lines) == 1]
    return tight("".join(paragraphs[n].text for n in keep)), tuple(lines)


def _signature(paragraphs: Sequence[Paragraph]) -> tuple[str, str]:
    """Issuer and date of the first line that is only a date, with the organs above it."""
    for n, para in enumerate(paragraphs):
        if len(para.text) > 60:
            continue
        match = _DATE_LINE.match(para.text.strip())
        if not match:
            continue
        date = _iso(match)
        organ = match.group("organ").strip()
        if date and (not organ or _ORGAN_LINE.match(organ)):
            return organ or _organs_above(paragraphs, n), date
    return "", ""


def _organs_above(paragraphs: Sequence[Paragraph], date_at: int) -> str:
    organs: list[str] = []
    for n in range(date_at - 1, max(-1, date_at - 5), -1):
        text = paragraphs[n].text.strip()
        if not _ORGAN_LINE.match(text) or LABEL.match(text):
            break
        organs[:0] = text.split()
    return "、".join(organs)


def _printed(paragraphs: Sequence[Paragraph]) -> tuple[str, str]:
    for para in reversed(paragraphs[-12:]):
        match = _PRINTED.match(para.text.strip())
        if match:
            return match.group("organ").strip(), _iso(match)
    return "", ""


def _red_head(paragraphs: Sequence[Paragraph]) -> str:
    for para in paragraphs[:6]:
        match = _RED_HEAD.match(para.text)
        if match:
            return tight(match.group("organ"))
    return ""


def _title_issuer(title: str) -> str:
    before = title.partition("关于")[0] if "关于" in title else ""
    return before if _ORGAN_LINE.match(before) else ""


def _iso(match: re.Match[str]) -> str:
    """YYYY-MM-DD or YYYY-MM of a date in figures or Chinese signs; empty if it is no date."""
    year = "".join(_DIGITS.get(sign, sign) for sign in match.group("year"))
    month, day = _small(match.group("month")), _small(match.group("day"))
    if not 1 <= month <= 12 or day > 31:
        return ""
    return f"{year}-{month:02d}" + (f"-{day:02d}" if day else "")


def _small(text: str | None) -> int:
    if not text:
        return 0
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    head = (int(_DIGITS.get(tens, "1")) * 10) if ten else 0
    return head + int(_DIGITS.get(ones, "0") or 0)
