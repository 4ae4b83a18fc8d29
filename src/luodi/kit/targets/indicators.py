"""Indicators: a number with a unit about something, in running text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from luodi.kit.layout.blocks import Paragraph
from luodi.kit.problems import Span
from luodi.kit.targets.numbers import Figure, figures_in
from luodi.kit.targets.periods import period_before, period_marks

Kind = Literal["actual", "target", "rank", "other"]
_CLAUSE = re.compile(r"[，。；：！？,;、]")
_SENTENCE = re.compile(r"[。；！？]")
_DIGIT = re.compile(r"\d")
_LEAD_IN = re.compile(
    r"(?:[（(].*?[）)]|[“”\s]|(?:增加|增长|提高|提升|上升|扩大|扩容|下降|降低|减少|压减)(?:到|至)|到|目前|今年|年内|截至|至|其中|预计|预期|力争|确保|全年|当年|同时|分别|均|共计|共有|共(?=[^同])|累计|已(?=[^经])|每年|年均(?=.{4})|"
    r"(?:19|20)\d\d年?(?:底|末|初|以来)?|“?十[一二三四五]五”?(?:末|期间|时期|以来|初)?的?)+"
)
_LEAD_OUT = re.compile(
    r"(?:达到了?|达|均?为|是|有|超过|突破|不低于|不少于|不超过|控制在|完成(?=$)|实现(?=$)|约|近|仅|由|从|至|到|增加到|增长到|增长至|提高到|提升到|提高至|"
    r"提升至|增加至|增至|降至|下降到|减少到|分别|以上|第|\d+年|高达|接近|保持在|稳定在|压缩到|[“”（(：:\s])+\Z"
)
_BARE = re.compile(
    r"(?:总?投资(?:额|约)?|(?:同比|年均|累计)?(?:增长|下降|增加|减少|提高|提升|降低)|占比|占.{0,8}|总额|新增|其中|面积|数量|总量|完成投资|产值|高于.{0,10}|比.{0,12})\Z"
)
_GOAL = re.compile(
    r"力争|确保|目标|计划|将达|要达|预期|争取|实现.{0,12}(?:以上|翻番)|到20[2-9]\d年"
)
_GOAL_HEAD = re.compile(r"目标|工作计划|任务|要求|指标")
_NOUN_AFTER = re.compile(r"(?:以上|左右)?的?([\u4e00-\u9fff“”]{2,14}?)(?=[，。；、（：]|$)")
_NOUN_ENDED = re.compile(
    r"(?:以上|左右)?的?([\u4e00-\u9fff“”]{0,10}?(?:企业|项目|开发区|园区|机构|平台|中心|基地|产业链|街区|车间|实验室))"
)
_WHOLE = re.compile(r"(全[国省市县区州镇域])(?=[\u4e00-\u9fff]{2})(?!域)")
_NATURE = re.compile(r"[（(〔\[](约束性|预期性)(?:指标)?[）)〕\]]")
_NATURE_BEFORE = re.compile(r"(约束性|预期性)指标[：:为是]")
_PART = re.compile(r"\s*其中")
_RISES = re.compile(
    r"[，\s]*(?:分别)?(?:增加|增长|提高|提升|上升|下降|减少|发展)?(?:到|至)[^，。；、]{0,12}"
)
_RESPECTIVE = re.compile(
    r"(?P<names>[^，。；：]{3,80}?)分别"
    r"(?:为|达到|达|(?P<verb>增长|下降|提高|增加|降低|上升)(?![到至])|完成|由|实现|新增)?"
)
_GROWTH = re.compile(r"(?:同比|年均|同口径)*(?:增长|下降|增幅|涨幅)\Z")
_RATIO = re.compile(r"(?:占比|比重|增速|增长率|贡献率|覆盖率)\Z")
_COUNTED = (
    "个",
    "家",
    "项",
    "条",
    "户",
    "名",
    "座",
    "处",
    "次",
    "场",
    "件",
    "台",
    "套",
    "所",
    "宗",
    "人",
    "期",
    "份",
    "支",
)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One number. `value` and `value_to` are decimal strings; empty strings stand for unknown."""

    name: str
    entity: str
    value: str
    value_to: str
    unit: str
    comparator: str
    period: str
    kind: Kind
    nature: str
    span: Span


def indicators_of(
    paragraphs: Sequence[Paragraph], where: Sequence[int], year: str = ""
) -> list[Indicator]:
    """Indicators of the paragraphs `where`, in order.

    `year` is the one year of the document's title; it holds where neither the words before a
    number nor the heading above it name a time.
    """
    found: list[Indicator] = []
    heading = ""
    for n in where:
        para = paragraphs[n]
        if len(para.text) < 40 and "。" not in para.text:
            heading = para.text
        if _DIGIT.search(para.text):
            found += _Reader(para, heading, year).read()
    return found


class _Reader:
    """Reads the figures of one paragraph from left to right."""

    def __init__(self, para: Paragraph, heading: str, year: str) -> None:
        self.para = para
        self.text = para.text
        self.heading = heading
        above = period_marks(heading)
        self.since = above[-1][1] if above else year
        self.marks = period_marks(para.text, self.since)
        self.stops = [0, *(match.end() for match in _SENTENCE.finditer(para.text))]
        self.subject = ""
        self.part = ""

    def read(self) -> list[Indicator]:
        figures = figures_in(self.text)
        shared = self._respective(figures)
        shared |= self._again(figures, shared)
        found = []
        previous = 0
        for n, figure in enumerate(figures):
            start, name = shared.get(n) or self._name(figure, previous)
            previous = figure.end
            if len(name) >= 2:
                found.append(self._indicator(figure, start, name))
        return found

    def _respective(self, figures: list[Figure]) -> dict[int, tuple[int, str]]:
        """Names for lists such as A、B分别为x、y: figure index -> (start, name)."""
        names: dict[int, tuple[int, str]] = {}
        if "分别" not in self.text:
            return names
        starts = [figure.start for figure in figures]
        for match in _RESPECTIVE.finditer(self.text):
            parts = [part for part in re.split(r"[、和及]", match["names"]) if part]
            first = bisect_left(starts, match.end())
            following = range(first, min(first + len(parts), len(figures)))
            if len(parts) < 2 or len(following) < len(parts):
                continue
            if _CLAUSE.search(self.text[match.end() : figures[following[0]].start]):
                continue
            tail = _RATIO.search(parts[-1])
            for part, n in zip(parts, following, strict=False):
                name = _LEAD_IN.sub("", part, count=1) or part
                if tail and len(name) < 4 and not _RATIO.search(name):
                    name += tail.group()
                names[n] = (match.start(), name + (match["verb"] or ""))
        return names

    def _again(
        self, figures: list[Figure], shared: dict[int, tuple[int, str]]
    ) -> dict[int, tuple[int, str]]:
        """Names for the second run of A、B由x、y增加到x2、y2: those of the first run."""
        names: dict[int, tuple[int, str]] = {}
        run: list[int] = []
        for n in sorted(shared):
            if run and n != run[-1] + 1:
                run = []
            run.append(n)
            first, size = run[-1] + 1, len(run)
            follows = first + size <= len(figures) and first not in shared
            if (
                size > 1
                and follows
                and _RISES.fullmatch(self.text[figures[first - 1].end : figures[first].start])
            ):
                for k, old in enumerate(run):
                    names[first + k] = shared[old]
        return names

    def _name(self, figure: Figure, previous: int) -> tuple[int, str]:
        floor = max(self._sentence(figure.start), previous)
        left = self.text[floor : figure.start]
        cuts = [match.end() for match in _CLAUSE.finditer(left)]
        start = floor + (cuts[-1] if cuts else 0)
        name = _tidy(self.text[start : figure.start])
        if figure.unit in _COUNTED and (after := _noun_after(self.text, figure.end)):
            name = name if len(name) > 8 else name + after
        if len(name) < 2 or _BARE.match(name):
            return start, self._bearer(figure.unit) + name
        if _PART.match(self.text, start) or (self.part and self.text[start - 1] == "、"):
            self.part = self.part or self.subject
            return start, self.part + name
        self.subject, self.part = name, ""
        return start, name

    def _bearer(self, unit: str) -> str:
        """The last name; without its 增长 where the number is an amount and no rate."""
        if unit in ("%", "‰", "个百分点"):
            return self.subject
        return _GROWTH.sub("", self.subject)

    def _sentence(self, place: int) -> int:
        return self.stops[bisect_right(self.stops, place) - 1]

    def _indicator(self, figure: Figure, start: int, name: str) -> Indicator:
        floor = max(self._sentence(figure.start), figure.start - 200)
        sentence = self.text[floor : figure.end]
        whole = _WHOLE.match(name)
        return Indicator(
            name=name[whole.end() :] if whole else name,
            entity=whole.group(1) if whole else "",
            value=figure.value,
            value_to=figure.value_to,
            unit=figure.unit,
            comparator=figure.comparator,
            period=self._period(figure.start),
            kind=self._kind(figure, sentence),
            nature=self._nature(figure),
            span=self.para.hull(start, figure.end),
        )

    def _period(self, place: int) -> str:
        return period_before(self.marks, place) or self.since

    def _nature(self, figure: Figure) -> str:
        """约束性 or 预期性 where a bracket behind the number or the words before it say so."""
        after = _NATURE.match(self.text, figure.end)
        if after:
            return after.group(1)
        floor = self._sentence(figure.start)
        named = _NATURE_BEFORE.findall(self.text[max(floor, figure.start - 200) : figure.start])
        return named[-1] if named else ""

    def _kind(self, figure: Figure, sentence: str) -> Kind:
        if figure.unit in ("位", "名") and "第" in sentence[-8:]:
            return "rank"
        return "target" if _GOAL.search(sentence) or _GOAL_HEAD.search(self.heading) else "actual"


def _noun_after(text: str, place: int) -> str:
    """What is counted where the noun stands behind the unit: 9家开发区."""
    match = _NOUN_AFTER.match(text, place) or _NOUN_ENDED.match(text, place)
    return match.group(1) if match else ""


def _tidy(text: str) -> str:
    """A clause's words without the year before and the verb after them."""
    name = text.strip(" “”（(—-·")
    match = _LEAD_IN.match(name)
    name = name[match.end() :] if match else name
    return _LEAD_OUT.sub("", name).strip(" “”")
