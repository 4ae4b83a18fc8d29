"""Indicators: a number with a unit about something, in running text.

Tokens (`numbers`, `spoken`), their places (`places`), their times (`periods`), then, from left to
right, what each is about: a list that answers by 分别 (`respective`), the words before it in its
clause, the noun behind it, or the last thing named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from luodi.kit.layout.blocks import Paragraph
from luodi.kit.problems import Span
from luodi.kit.targets import naming
from luodi.kit.targets.around import Around
from luodi.kit.targets.numbers import Figure, figures_in
from luodi.kit.targets.periods import (
    base_of,
    frames_of,
    last_year,
    period_of,
    time_marks,
)
from luodi.kit.targets.places import Place, places_of
from luodi.kit.targets.respective import Named, respective
from luodi.kit.targets.spoken import HINT
from luodi.kit.targets.wording import COUNTED, RATES

Kind = Literal["actual", "target", "rank", "other"]
_ANY = re.compile(rf"\d|{HINT.pattern}")
_GOAL = re.compile(
    r"力争|确保|目标(?:是|为|：|值)|(?:^|[，。；：、年])计划|将达|要达|预期|争取|努力|实现.{0,12}(?:以上|翻番)"
    r"|到20[2-9]\d年|不低于|不少于|不超过|控制在|(?<![主需重必])要[^素求点件]|今后|未来"
)
_DONE = re.compile(r"已|同比|比上年|了\d|去年|过去|累计完成|完成了|达到了|以来")
_GOAL_HEAD = re.compile(r"目标|工作计划|任务|要求|指标|安排|举措|措施|重点工作")
_DONE_HEAD = re.compile(r"回顾|成绩|现状|基础|发展情况|完成情况|总结|成效|回望")
_FORMULA = re.compile(r"\+[A-Z\d]{1,3}\Z")
_NATURE = re.compile(r"[（(〔\[](约束性|预期性)(?:指标)?[）)〕\]]")
_NATURE_BEFORE = re.compile(r"(约束性|预期性)指标[：:为是]")
_PART = re.compile(r"[\s、，]*其中")
_JOINS = re.compile(r"[、和及与\s]")
_SCOPE = re.compile(r"[（(]([^（()）\d]{2,30})[）)]")
_DEFINED = re.compile(
    r"按(?:可比价|现价|不变价)[^，。；]{0,6}|扣除[^，。；]{2,14}|同口径|不含[^，。；]{2,14}|剔除[^，。；]{2,14}"
)
_BASIS = re.compile(r"年均|累计|每年|人均|户均|亩均|月均|日均")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One number. `value` and `value_to` are decimal strings; empty strings stand for unknown.

    `base` is the period compared with, `basis` says 年均 or 累计, `scope` holds words of definition
    near the number, `doubt` the number as printed where a misprint is likely.
    """

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
    base: str = ""
    basis: str = ""
    scope: str = ""
    doubt: str = ""


def indicators_of(
    paragraphs: Sequence[Paragraph],
    where: Sequence[int],
    year: str = "",
    figures: dict[int, list[Figure]] | None = None,
    heading: str = "",
) -> list[Indicator]:
    """Indicators of the paragraphs `where`, in order.

    `year`, the one of the document's title, holds where neither the words before a number nor the
    heading above name a time. `figures` takes what was read of each paragraph, by its index.
    `heading` stands above them all, where they are cells and none of them heads another.
    """
    found: list[Indicator] = []
    around = Around(year)
    around.heading = heading
    for n in where:
        para = paragraphs[n]
        if not heading and len(para.text) < 40 and "。" not in para.text:
            around.heading, around.frame = para.text, ""
        if _ANY.search(para.text):
            reader = _Reader(para, around)
            found += reader.read()
            if figures is not None:
                figures[n] = reader.figures
    return found


class _Reader:
    """Reads the figures of one paragraph from left to right."""

    def __init__(self, para: Paragraph, around: Around) -> None:
        self.para = para
        self.text = para.text
        self.around = around
        self.since = around.since(para.text)
        self.now = around.year or last_year(self.since)
        self.figures = figures_in(self.text)
        self.places: list[Place] = []
        self.subject = naming.run_in(para.text)
        self.whole = ""
        self.measured = ""
        self.entity = ""
        self.outside = ("", "", -1)
        self.taken = 0
        self.owned: list[str] = []
        self.loose = False

    def read(self) -> list[Indicator]:
        self.marks = time_marks(self.text, self.now) if "年" in self.text or self.figures else []
        frames = frames_of(self.marks)
        self.around.frame = frames[0] if len(frames) == 1 else "" if frames else self.around.frame
        if not self.figures:
            return []
        self.places = places_of(self.text, self.figures)
        listed = respective(self.text, self.figures) if "分别" in self.text else {}
        found = []
        sentence = -1
        for n, figure in enumerate(self.figures):
            if self.places[n].sentence != sentence:
                sentence, self.entity, self.whole = self.places[n].sentence, "", ""
                self.measured = ""
            period = ""
            self.loose = figure.form == "cover"
            if n in listed:
                start, name, period = self._listed(n, listed[n])
            else:
                start, name = self._name(n)
            if len(name) >= 2 and not self._explains(self.places[n].bracket):
                one = self._indicator(n, figure, start, name, period)
                key = one.name, one.value, one.unit, one.period
                if not (self.loose and key in self.around.seen):
                    found.append(one)
                self.around.seen.add(key)
        return found

    def _listed(self, n: int, one: Named) -> tuple[int, str, str]:
        """A list without names of its own takes the names said last, in order."""
        name = one.name
        if one.before:
            near = self.subject or naming.before_verb(self._clause_above(n))
            far = self.owned[-one.before] if one.before <= len(self.owned) else near
            name = far if name and name in far else far + name
            self.subject = self.subject or near
        elif naming.is_dependent(name):
            name = self.subject + name
        else:
            self._own(name)
        name += "排名" if self.figures[n].form == "rank" else ""
        return one.start, name, one.period

    def _floor(self, n: int) -> int:
        """Where the words about figure `n` may begin: its clause, or behind the one before."""
        place = self.places[n]
        floor = place.clause
        for k in range(n - 1, max(-1, n - 9), -1):
            if self.figures[k].end <= floor:
                break
            if self.places[k].bracket == place.bracket:
                floor = self.figures[k].end
                break
        return max(floor, self.taken, self.figures[n].start - 80)

    def _name(self, n: int) -> tuple[int, str]:
        figure = self.figures[n]
        self._brackets(n)
        floor = self._floor(n)
        left = self.text[floor : figure.start]
        words = naming.tidy(left)
        if _PART.match(left):
            self.whole = self.subject
        elif not (self.whole and self.text[floor : floor + 1] in ("、", "和", "及")):
            self.whole = ""
        name, owned = self._about(n, words)
        if self.whole and len(name) <= 6 and owned:
            self._own(self.whole + name)
            return floor, naming.shorten(self.whole + name)
        if owned and len(name) >= 2:
            self._own(name)
        return floor, naming.shorten(name)

    def _own(self, name: str) -> None:
        self.measured = ""
        self.subject = naming.without_growth(name) or self.subject
        self.owned.append(self.subject)

    def _clause_above(self, n: int) -> str:
        """The clause before that of figure `n`, where it is of one sentence and has no figure."""
        place = self.places[n]
        low = max(place.sentence, place.clause - 40)
        if n and self.figures[n - 1].end > low:
            return ""
        return re.split("[，：]", self.text[low : max(low, place.clause - 1)])[-1]

    def _brackets(self, n: int) -> None:
        """Inside a bracket the subject is what stands before it; behind it, it is so again."""
        at = self.places[n].bracket
        subject, before, last = self.outside
        if at == last:
            return
        if last >= 0:
            self.subject = subject
        if at >= 0:
            before = naming.tidy(self.text[max(self._clause_before(n), at - 40) : at])
            self.outside = (self.subject, before, at)
            if len(before) >= 2 and not naming.is_bare(before):
                self.subject = before
        else:
            self.outside = ("", "", -1)

    def _explains(self, at: int) -> bool:
        """A bracket that only says what the words before it mean: （即…）, 1+N（…）."""
        if at < 0:
            return False
        return self.text.startswith("即", at + 1) or bool(
            _FORMULA.search(self.text[max(0, at - 5) : at])
        )

    def _clause_before(self, n: int) -> int:
        at = self.places[n].bracket
        ends = [figure.end for figure in self.figures[max(0, n - 3) : n] if figure.end <= at]
        cut = max(self.text.rfind(mark, max(0, at - 60), at) for mark in "，。；：、")
        return max([cut + 1, *ends])

    def _about(self, n: int, words: str) -> tuple[str, bool]:
        """(name, whether it is a name of its own and so the subject of what follows)."""
        figure = self.figures[n]
        if figure.form == "rank":
            return self._ranked(words)
        if figure.form == "cover":
            return words + "全覆盖", False
        if figure.form == "fold":
            if words and not naming.is_bare(words):
                self._own(words)
            return self.subject + "翻番", False
        behind = self._behind(n, words)
        if behind or behind is None:
            return behind or "", True
        if not words:
            above = naming.before_verb(self._clause_above(n))
            return above or self.measured or self.subject, False
        if self._borrows(n, words):
            return self._borrowed(n, words)
        return words, True

    def _borrowed(self, n: int, words: str) -> tuple[str, bool]:
        """The last thing named, or the last quantity of it, with `words`."""
        if naming.is_relation(words):
            bearer = self.measured or self.subject or naming.tidy(self._clause_above(n))
            if not bearer:
                return ("", False) if naming.is_growth(words) else (words, True)
            return (bearer if bearer.endswith(words) else bearer + words), False
        measured = naming.is_measured(words)
        bearer = self.subject if measured else self.whole or self.subject
        name = bearer if bearer.endswith(words) else bearer + words
        if measured and bearer:
            self.measured = name
        return name, not bearer

    def _borrows(self, n: int, words: str) -> bool:
        """The words are about the last thing named, not about themselves."""
        if naming.is_bare(words):
            return True
        if naming.is_doing(words) or naming.is_verb(words):
            return bool(self.subject)
        if naming.of_things(words):
            return naming.counts_things(self.subject)
        follows = n > 0 and self.figures[n - 1].unit == self.figures[n].unit
        counted = self.figures[n].unit.lstrip("万亿") in COUNTED
        short = len(words) <= 2 and not counted
        return follows and short and self.text[self._floor(n)] == "、"

    def _ranked(self, words: str) -> tuple[str, bool]:
        """综合实力位列全省 names 综合实力全省排名; a bare 位列全省 ranks the last thing named."""
        ranking = naming.ranked(words)
        thing = naming.ranked_thing(words)
        if len(thing) < 2 or naming.is_bare(thing):
            return self.subject + ranking, False
        self.subject = thing
        return ranking, False

    def _behind(self, n: int, words: str) -> str | None:
        """A name with the noun behind the number, where the words before it ask for one.

        Empty where there is none; None where the number only counts what the words list.
        """
        figure = self.figures[n]
        limit = self.figures[n + 1].start if n + 1 < len(self.figures) else len(self.text)
        counted = figure.unit.lstrip("万亿") in COUNTED
        asks = not words or naming.wants_object(words)
        of = self.text.startswith("的", figure.end)
        listed = counted and naming.lists_examples(words)
        if not (asks or of or listed or (counted and len(words) <= 8)):
            return ""
        if figure.unit in RATES and words and not (of and figure.unit == "%"):
            return ""
        noun, end = naming.noun_behind(
            self.text,
            figure.end,
            limit,
            whole=not of and (naming.is_whole(words) or words.endswith("等")),
        )
        if not noun:
            return ""
        self.taken = end
        self.loose = counted and naming.is_whole(words)
        if listed:
            return None if naming.only_counts(words, figure.value) else noun
        if of and words and not naming.wants_object(words) and not counted:
            if figure.unit == "%":
                return "" if naming.is_bare(words) else words + noun
            measure = naming.measure_of(words)
            return noun + measure if measure else ""
        return words + noun

    def _indicator(self, n: int, figure: Figure, start: int, name: str, period: str) -> Indicator:
        place = self.places[n]
        floor = max(place.sentence, figure.start - 200)
        entity, name = naming.entity_of(name)
        self.entity = entity or self.entity
        when = period or self._period(n)
        return Indicator(
            name=name,
            entity=self.entity,
            value=figure.value,
            value_to=figure.value_to,
            unit=figure.unit,
            comparator=figure.comparator,
            period=when,
            kind=self._kind(figure, self.text[floor : figure.end], when),
            nature=self._nature(figure, floor),
            span=self.para.hull(start, figure.end),
            base=base_of(self.marks, figure.start, place.sentence),
            basis=self._basis(start, figure),
            scope=self._scope(start, figure),
            doubt=figure.doubt,
        )

    def _period(self, n: int) -> str:
        place = self.places[n]
        found = period_of(self.marks, self.text, self.figures[n].start, place.sentence)
        return self.since if found is None else found

    def _basis(self, start: int, figure: Figure) -> str:
        found = _BASIS.findall(self.text, max(start, figure.start - 24), figure.start)
        return found[-1] if found else ""

    def _scope(self, start: int, figure: Figure) -> str:
        """Words of definition: a bracket behind the number, 按可比价计算 and the like before it."""
        behind = _SCOPE.match(self.text, figure.end)
        if behind and not _NATURE.match(behind.group()):
            return behind.group(1)
        found = _DEFINED.search(self.text, max(start, figure.start - 40), figure.start)
        return found.group() if found else ""

    def _nature(self, figure: Figure, floor: int) -> str:
        """约束性 or 预期性 where a bracket behind the number or the words before it say so."""
        after = _NATURE.match(self.text, figure.end)
        if after:
            return after.group(1)
        named = _NATURE_BEFORE.findall(self.text[floor : figure.start])
        return named[-1] if named else ""

    def _kind(self, figure: Figure, sentence: str, period: str) -> Kind:
        if figure.form == "rank":
            return "rank"
        if _GOAL.search(sentence):
            return "target"
        if _DONE.search(sentence) or _DONE_HEAD.search(self.around.heading):
            return "actual"
        later = self.now[:4].isdigit() and period[:4].isdigit() and period[-4:] > self.now[-4:]
        return "target" if later or _GOAL_HEAD.search(self.around.heading) else "actual"
