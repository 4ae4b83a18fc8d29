"""The rules a form's figures are held against, and running them over a batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from luodi.kit.calendars import Period
from luodi.kit.checking.fields import Field
from luodi.kit.checking.known import Known, Place
from luodi.kit.checking.linear import HOLDS, Sign
from luodi.kit.checking.results import Checked, Fault, Skipped


class Rule(Protocol):
    """Anything that says what is wrong with the figures of subjects in a period."""

    @property
    def key(self) -> str:
        """The key of the check, as its explanation is stored under."""

    def run(
        self, subjects: Iterable[str], period: Period, known: Known
    ) -> Iterator[Fault | Skipped]:
        """Faults, and what couldn't be checked."""


def check(rules: Iterable[Rule], subjects: Sequence[str], period: Period, known: Known) -> Checked:
    """Run every rule over the figures of the subjects; the order is that of the rules."""
    faults: list[Fault] = []
    skipped: list[Skipped] = []
    for rule in rules:
        for said in rule.run(subjects, period, known):
            if isinstance(said, Fault):
                faults.append(said)
            else:
                skipped.append(said)
    return Checked(faults, skipped)


@dataclass(frozen=True)
class Required:
    """A figure has to be there, or the form's sign for none."""

    key: str
    field: Field
    hard: bool = True
    zh: str = ""
    en: str = ""

    def run(
        self, subjects: Iterable[str], period: Period, known: Known
    ) -> Iterator[Fault | Skipped]:
        """The subjects whose cell is empty."""
        indicator, when = self.field.key, period.key
        for subject in subjects:
            place = (indicator, subject, when)
            if place not in known.figures and place not in known.answered:
                zh = self.zh or f"{self.field.name}必须填写"
                en = self.en or f"{self.field.name} must be filled in"
                cell = Place(indicator, subject, when)
                yield Fault((cell,), "required", self.hard, zh, en, self.key)


@dataclass(frozen=True)
class Range:
    """A figure lies between two bounds, both included; integers at the field's scale."""

    key: str
    field: Field
    low: int | None = None
    high: int | None = None
    hard: bool = True
    zh: str = ""
    en: str = ""

    def run(
        self, subjects: Iterable[str], period: Period, known: Known
    ) -> Iterator[Fault | Skipped]:
        """The subjects whose figure lies outside; a missing one is `Required`'s business."""
        indicator, when, low, high = self.field.key, period.key, self.low, self.high
        figures = known.figures
        for subject in subjects:
            number = figures.get((indicator, subject, when))
            if number is None:
                continue
            if (low is not None and number < low) or (high is not None and number > high):
                yield self._fault(Place(indicator, subject, when), number)

    def _fault(self, place: Place, number: int) -> Fault:
        field = self.field
        below = self.low is not None and number < self.low
        bound = self.low if below else self.high
        assert bound is not None
        words = ("不小于", "at least") if below else ("不大于", "at most")
        zh = self.zh or f"{field.name}应{words[0]} {field.text(bound)}"
        en = self.en or f"{field.name} must be {words[1]} {field.text(bound, lang='en')}"
        zh, en = (
            f"{zh}，填的是 {field.text(number)}",
            f"{en}, it is {field.text(number, lang='en')}",
        )
        return Fault((place,), "range", self.hard, zh, en, self.key)


@dataclass(frozen=True)
class Members:
    """A subject's own figure against the sum over its members: 合计 across units.

    Members without a figure are counted and said; where none gave one it isn't checked.
    """

    key: str
    field: Field
    sign: Sign = "="
    within: int = 0
    hard: bool = True
    zh: str = ""
    en: str = ""

    def run(
        self, subjects: Iterable[str], period: Period, known: Known
    ) -> Iterator[Fault | Skipped]:
        """The subjects with members whose sum is another."""
        for subject in subjects:
            members = known.members(subject)
            if members:
                yield from self._one(subject, members, period.key, known)

    def _one(
        self, subject: str, members: Sequence[str], when: str, known: Known
    ) -> Iterator[Fault | Skipped]:
        indicator = self.field.key
        own = known.figures.get((indicator, subject, when))
        given = {
            member: number
            for member in members
            if (number := known.figures.get((indicator, member, when))) is not None
        }
        if own is None or not given:
            missing = tuple(
                Place(indicator, one, when)
                for one in (subject, *members)
                if (indicator, one, when) not in known.figures
            )
            zh, en = "本级或所属单位没有数，没有核对合计", "A figure is missing: not summed up"
            yield Skipped(self.key, subject, missing, zh, en)
            return
        total = sum(given.values())
        if HOLDS[self.sign](own, total) or (self.within and abs(own - total) <= self.within):
            return
        yield self._fault(subject, when, own, total, given, len(members))

    def _fault(
        self, subject: str, when: str, own: int, total: int, given: Iterable[str], all_of: int
    ) -> Fault:
        field, names = self.field, list(given)
        count = f"{len(names)}/{all_of}"
        zh = self.zh or f"{field.name}与所属单位合计不符"
        en = self.en or f"{field.name} doesn't match the sum of the members"
        zh += f"：本级 {field.text(own)}，合计 {field.text(total)}（{count} 家有数），"
        zh += f"相差 {field.text(own - total)}"
        en += f": own {field.text(own, lang='en')}, sum {field.text(total, lang='en')}"
        en += f" ({count} gave a figure), {field.text(own - total, lang='en')} apart"
        places = tuple(Place(field.key, one, when) for one in (subject, *names))
        return Fault(places, "members", self.hard, zh, en, self.key)


@dataclass(frozen=True)
class Outlier:
    """A figure far from the subject's own history: soft by nature.

    It is far where it leaves the median of the last `periods` by more than `times` their median
    deviation, and by more than `share` of the median. With fewer than `least` figures nothing is
    said. Medians hold against single wild values, a mean and its deviation don't.
    """

    key: str
    field: Field
    periods: int = 12
    least: int = 6
    times: int = 6
    share: Fraction = Fraction(1, 5)
    hard: bool = False
    zh: str = ""
    en: str = ""

    def run(
        self, subjects: Iterable[str], period: Period, known: Known
    ) -> Iterator[Fault | Skipped]:
        """The subjects whose figure stands out, or whose history is too short to say."""
        indicator, when, figures = self.field.key, period.key, known.figures
        earlier = list(_earlier(period, self.periods))
        for subject in subjects:
            number = figures.get((indicator, subject, when))
            if number is None:
                continue
            found = [figures.get((indicator, subject, one)) for one in earlier]
            past = sorted(one for one in found if one is not None)
            if len(past) < self.least:
                zh = f"历史数据只有 {len(past)} 期，不足 {self.least} 期，没有作异常检查"
                en = f"Only {len(past)} earlier figures of {self.least}: not compared with history"
                yield Skipped(self.key, subject, (), zh, en)
            elif self._stands_out(number, past):
                yield self._fault(Place(indicator, subject, when), number, past)

    def _stands_out(self, number: int, past: list[int]) -> bool:
        middle = _twice_median(past)
        apart = abs(2 * number - middle)
        usual = _twice_median(sorted(abs(2 * one - middle) for one in past))
        return 2 * apart > self.times * usual and apart > self.share * abs(middle)

    def _fault(self, place: Place, number: int, past: list[int]) -> Fault:
        field = self.field
        middle = _twice_median(past) // 2
        zh = self.zh or f"{field.name}与本单位历史相差较大"
        en = self.en or f"{field.name} is far from the unit's own history"
        zh += f"：本期 {field.text(number)}，前 {len(past)} 期多在 {field.text(middle)} 上下"
        zh += f"（{field.text(past[0])} 至 {field.text(past[-1])}），请核实或说明原因"
        en += f": {field.text(number, lang='en')} now, {len(past)} earlier figures around "
        en += f"{field.text(middle, lang='en')} ({field.text(past[0], lang='en')} to "
        en += f"{field.text(past[-1], lang='en')}): check it or explain"
        return Fault((place,), "outlier", self.hard, zh, en, self.key)


def _earlier(period: Period, count: int) -> Iterator[str]:
    for _ in range(count):
        period = period.previous()
        yield period.key


def _twice_median(numbers: Sequence[int]) -> int:
    """Two times the median of sorted numbers: an integer, whether their count is odd or even."""
    middle = len(numbers) // 2
    return 2 * numbers[middle] if len(numbers) % 2 else numbers[middle - 1] + numbers[middle]
