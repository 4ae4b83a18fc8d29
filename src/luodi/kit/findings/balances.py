"""Checks on what is left over: 其余, 结余, and lists that divide one whole in two ways."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from luodi.kit.findings.bounds import COUNTED, Bounds, decimal
from luodi.kit.findings.kinds import finding
from luodi.kit.findings.reading import Reading
from luodi.kit.findings.sentences import Sentence, sentences
from luodi.kit.problems import Problem

_REST = re.compile(r"(?:其余|剩余|余下|还需|尚需|仍需|还剩|尚余)[^，。；、\d]{0,8}\Z")
_DONE = re.compile(r"[，,；;、（(][^，。；、\d]{0,8}已[^，。；、\d]{0,8}\Z")
_LEFT = re.compile(
    r"[，,；;、](?:当年|本年|本级|收支|年度)*结余(?:为|达到?)?\Z|[，,；;、](?:当年|本年)收支结余\Z"
)
_IN = re.compile(r"(?<!支出和)收入(?:完成|实现|为|达到?|合计|总计|预计|安排)?\Z")
_OUT = re.compile(r"支出(?:完成|实现|为|达到?|合计|总计|预计|安排)?\Z")
_DIVIDED = re.compile(r"按[^，。；：、\d]{1,12}(?:分|划分|分类)[，,：:][^，。；、\d]{0,16}\Z")
_NEXT = re.compile(r"[、，,和及][^，。；、\d]{0,16}\Z")


def remainders(reading: Reading) -> list[Problem]:
    """`difference.contradicts`: 共26个，已办结19个，其余8个; 收入98亿元，支出84亿元，结余15亿元."""
    words, found = reading.words, []
    rest = any(word in words for word in ("其余", "剩余", "余下", "需", "还剩", "尚余"))
    left = "结余" in words
    for sentence in sentences(reading) if rest or left else ():
        for n in range(2, len(sentence.figures)):
            if rest and _REST.search(sentence.before(n)):
                found += _rest(sentence, n)
            elif left and _LEFT.search(sentence.before(n)):
                found += _balance(sentence, n)
    return found


def _rest(sentence: Sentence, n: int) -> list[Problem]:
    """The two figures of the same counted unit before it: the whole and what is done."""
    unit = sentence.figures[n].amount.unit
    same = [k for k in range(n) if sentence.figures[k].amount.unit == unit]
    if unit not in COUNTED or len(same) != 2 or not _DONE.search(sentence.before(same[1])):
        return []
    return _differs(sentence, same[0], same[1], n)


def _balance(sentence: Sentence, n: int) -> list[Problem]:
    """收入 and 支出 right before the 结余, growth rates between them."""
    money = [k for k in range(n) if sentence.figures[k].amount.dimension == "money"][-2:]
    if len(money) < 2 or sentence.figures[n].amount.dimension != "money":
        return []
    income, spent = (sentence.before(k) for k in money)
    if not _IN.search(income) or not _OUT.search(spent) or "其中" in spent:
        return []
    return _differs(sentence, money[0], money[1], n)


def _differs(sentence: Sentence, whole: int, part: int, rest: int) -> list[Problem]:
    figures = [sentence.figures[k] for k in (whole, part, rest)]
    one, two, said = (each.amount for each in figures)
    if not all(each.exact for each in figures) or one.value < two.value:
        return []
    if one.bounds.minus(two.bounds).meets(said.bounds):
        return []
    shown = decimal((one.value - two.value) / said.factor, max(one.places, two.places))
    message = f"{one.shown} − {two.shown} = {shown}{said.unit}，文中写 {said.shown}。"
    params = {"said": said.text, "computed": shown}
    return [finding("difference.contradicts", message, (sentence.hull(whole, rest),), params)]


def divisions(reading: Reading) -> list[Problem]:
    """`sum.contradicts`: 共48个。按性质分，…；按领域分，…: each list makes up the same whole."""
    found = []
    for sentence in sentences(reading) if "分，" in reading.words else ():
        lists = [
            run
            for n in range(len(sentence.figures))
            if _DIVIDED.search(sentence.before(n)) and len(run := _run(sentence, n)) > 1
        ]
        if len(lists) > 1:
            found += _unlike(sentence, lists)
    return found


def _run(sentence: Sentence, first: int) -> list[int]:
    run, figures = [first], sentence.figures
    for n in range(first + 1, len(figures)):
        alike = figures[n].amount.unit == figures[first].amount.unit
        if not alike or not _NEXT.fullmatch(sentence.gap(n - 1, n)):
            break
        run.append(n)
    return run


def _unlike(sentence: Sentence, lists: Sequence[Sequence[int]]) -> list[Problem]:
    """Lists of the first one's unit that don't make up what it makes up."""
    figures, first = sentence.figures, lists[0]
    if not all(figures[k].exact for run in lists for k in run):
        return []
    totals = [_total(sentence, run) for run in lists]
    found = []
    for run, total in zip(lists[1:], totals[1:], strict=True):
        alike = figures[run[0]].amount.unit == figures[first[0]].amount.unit
        if alike and not total.meets(totals[0]):
            sums = [_shown(sentence, one) for one in (run, first)]
            message = f"{sums[0]}，另一种分法 {sums[1]}，两种分法的合计不同。"
            params = {"said": sums[0], "computed": sums[1]}
            span = sentence.hull(run[0], run[-1])
            found.append(finding("sum.contradicts", message, (span,), params))
    return found


def _total(sentence: Sentence, run: Sequence[int]) -> Bounds:
    total = Bounds(Fraction(0), Fraction(0))
    for k in run:
        total = total.plus(sentence.figures[k].amount.bounds)
    return total


def _shown(sentence: Sentence, run: Sequence[int]) -> str:
    amounts = [sentence.figures[k].amount for k in run]
    exact = sum((one.value for one in amounts), Fraction(0)) / amounts[0].factor
    places = max(one.places for one in amounts)
    return f"{' + '.join(one.text for one in amounts)} = {decimal(exact, places)}{amounts[0].unit}"
