"""Check on organs: one body written in two ways."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from luodi.kit.findings.kinds import finding
from luodi.kit.findings.reading import Reading
from luodi.kit.problems import Problem, Span


def look_alikes(reading: Reading) -> list[Problem]:
    """`organ.look_alike`: a name that is a shorter or re-ordered form of another one.

    Names that differ by one sign in place (市统计局, 市审计局) are different bodies, so only
    omission and re-ordering count.
    """
    counts: Counter[str] = Counter()
    places: dict[str, list[Span]] = defaultdict(list)
    for measure in reading.measures:
        for unit in measure.units:
            counts[unit.name] += 1
            places[unit.name].append(measure.title_span)
    names = sorted(counts)
    found = []
    for place, one in enumerate(names):
        for two in names[place + 1 : place + 1 + _NEIGHBOURS]:
            if two[0] != one[0]:
                break
            if alike(one, two):
                spans = sorted({*places[one], *places[two]})
                found.append(_finding(one, two, counts, spans))
    return found


_NEIGHBOURS = 200
"""So many of the names that follow in order, and begin alike, are compared with each."""


def alike(one: str, two: str) -> bool:
    """Whether one name is a shorter or re-ordered form of the other."""
    return abs(len(one) - len(two)) <= 9 and _alike(*sorted((one, two), key=len))


def _alike(short: str, long: str) -> bool:
    if len(short) < 4 or short[0] != long[0] or "（" in long:
        return False
    if [sign for sign in short if sign.isdigit()] != [sign for sign in long if sign.isdigit()]:
        return False
    if len(short) == len(long):
        return short != long and sorted(short) == sorted(long) and short[-1] == long[-1]
    end = long[-1] == short[-1] or (short[-1] == "委" and long.endswith("委员会"))
    same_kind = not (short[-1] == "办" and long.endswith("编办"))
    return end and same_kind and not short.startswith("各") and _omits(short, long)


def _omits(short: str, long: str) -> bool:
    """Whether `short` is `long` with signs left out, and not a part cut off in front."""
    rest = iter(long.removesuffix("员会"))
    return all(sign in rest for sign in short) and short[:2] == long[:2]


def _finding(one: str, two: str, counts: Counter[str], spans: Sequence[Span]) -> Problem:
    message = f"“{one}”（{counts[one]} 次）和“{two}”（{counts[two]} 次）写法相近，可能是同一单位。"
    return finding("organ.look_alike", message, spans, {"names": [one, two]})
