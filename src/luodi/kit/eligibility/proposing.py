"""Comparisons proposed from a sentence: the catalogue's words, a bound, a number with its unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from luodi.kit.eligibility.catalogue import FactKind, read_amount
from luodi.kit.eligibility.conditions import Comparison, Operator
from luodi.kit.problems import Span
from luodi.kit.refusals import Refusal

_UNIT = r"亿元|万元|元|[%％]|个百分点|万人|人|名|亩|平方米|件|项|家"
_NUMBER = rf"(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>{_UNIT})?"
_LEAST = r"不低于|不少于|不小于|达到|达|超过|高于|大于|≥|满"
_MOST = r"不超过|不高于|不多于|低于|小于|少于|≤|不足|未超过"
_BOUND = re.compile(
    rf"(?P<gap>[^，,。；;：:\d]{{0,14}}?)(?P<before>{_MOST}|{_LEAST})?[^，,。；;：:\d]{{0,3}}?{_NUMBER}"
    r"\s*(?:（含[^）]{0,6}）)?\s*(?P<after>及以上|（含）以上|以上|及以下|以下|以内)?"
)
_DAY = re.compile(
    r"[^，,。；;\d]{0,6}(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日\s*"
    r"(?P<after>（含[^）]{0,6}）)?(?P<side>以后|之后|后|以来|以前|之前|前)"
)
_NOT = re.compile(r"(?:未|没有|无|非|不得|不存在|未被|未发生过?|未列入|不属于)[^，。；]{0,6}\Z")
_OR = re.compile(r"[、，]?\s*(?:或者?|以及或)\s*")
_STRICT = {"超过": "above", "高于": "above", "大于": "above", "低于": "below", "小于": "below",
           "少于": "below", "不足": "below"}  # fmt: skip
_UNITS = {"％": "%", "名": "人", "个百分点": "%"}
_PAID = re.compile(r"(?:给予|予以|奖励|补助|补贴|资助|最高|按照?)[^，。；]{0,12}\Z")

_BESIDE = re.compile(
    r"[（(](?:责任|牵头|配合|受理|主管|承办)(?:单位|部门)[：:][^）)]*[）)]"
    r"|(?:申报|申请|所需)(?:材料|资料)[：:].*?(?=(?:申报|申请)(?:条件|时间)|\Z)"
)
"""Who handles an article, and on what papers: no condition, whatever is named in it."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A comparison and the words it was read from, as a span of the text."""

    comparison: Comparison
    span: Span


def proposals(text: str, facts: Sequence[FactKind]) -> list[Proposal]:
    """What a text seems to ask of an enterprise, in text order; each comparison once.

    Lines are read as if they weren't broken; spans are those of the text as given.
    """
    places = [n for n, sign in enumerate(text) if sign not in "\r\n"]
    whole = _BESIDE.sub(lambda m: " " * len(m[0]), "".join(text[n] for n in places))
    found = [
        Proposal(one.comparison, (places[one.span[0]], places[one.span[1] - 1] + 1))
        for fact in facts
        for one in _of_fact(whole, fact)
    ]
    found.sort(key=lambda one: (one.span[0], -one.span[1]))
    kept: list[Proposal] = []
    for one in found:
        if not any(_covers(other, one) for other in kept):
            kept.append(one)
    return kept


def _covers(other: Proposal, one: Proposal) -> bool:
    """Whether a longer reading stands already over the same words, or says the same."""
    inside = other.span[0] <= one.span[0] and one.span[1] <= other.span[1]
    return inside or other.comparison == one.comparison


def _of_fact(text: str, fact: FactKind) -> Iterator[Proposal]:
    match fact.kind:
        case "number":
            yield from _numbers(text, fact)
        case "date":
            yield from _days(text, fact)
        case "truth":
            yield from _truths(text, fact)
        case _:
            yield from _words(text, fact)


def _places(text: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where one of some words stands, the longest first, no place twice."""
    if not words:
        return
    longest = "|".join(re.escape(word) for word in sorted(words, key=lambda w: -len(w)))
    for one in re.finditer(longest, text):
        yield one.span()


def _numbers(text: str, fact: FactKind) -> Iterator[Proposal]:
    for start, end in _places(text, fact.says):
        bound = _BOUND.match(text, end)
        if bound is None or (_PAID.search(text[:start]) and not bound["after"]):
            continue
        operator = _operator(bound["before"] or "", bound["after"] or "")
        if operator is None or _PAID.search(bound["gap"]):
            continue
        unit = _UNITS.get(bound["unit"] or "", bound["unit"] or "")
        value = read_amount(bound["number"].replace(",", "") + unit, fact)
        if not isinstance(value, Refusal):
            yield Proposal(Comparison(fact.name, operator, (value,)), (start, bound.end()))


def _operator(before: str, after: str) -> Operator | None:
    if before in _STRICT and not after:
        return "above" if _STRICT[before] == "above" else "below"
    if re.fullmatch(_MOST, before) or after in ("及以下", "以下", "以内"):
        return "at_most"
    return "at_least" if before or after else None


def _days(text: str, fact: FactKind) -> Iterator[Proposal]:
    for start, end in _places(text, fact.says):
        found = _DAY.match(text, end)
        found = found or _day_before(text, start)
        if found is None:
            continue
        try:
            day = date(int(found["y"]), int(found["m"]), int(found["d"]))
        except ValueError:
            continue
        operator: Operator = "at_most" if "前" in found["side"] else "at_least"
        span = (min(start, found.start()), max(end, found.end()))
        yield Proposal(Comparison(fact.name, operator, (day,)), span)


def _day_before(text: str, place: int) -> re.Match[str] | None:
    """A day that stands right before the word: 2023年1月1日以后成立."""
    for found in _DAY.finditer(text, max(0, place - 24), place):
        if found.end() >= place - 3:
            return found
    return None


def _truths(text: str, fact: FactKind) -> Iterator[Proposal]:
    for start, end in _places(text, fact.says):
        refused = bool(_NOT.search(text[max(0, start - 8) : start]))
        yield Proposal(Comparison(fact.name, "equals", (not refused,)), (start, end))


def _words(text: str, fact: FactKind) -> Iterator[Proposal]:
    """Options named in the text; those joined by 或 are one comparison."""
    by_word = {word: key for key, some in _named(fact) for word in some}
    run: list[tuple[int, int, str]] = []
    for start, end in _places(text, list(by_word)):
        if run and not _OR.fullmatch(text, run[-1][1], start):
            yield _run(fact, run)
            run = []
        run.append((start, end, by_word[text[start:end]]))
    if run:
        yield _run(fact, run)


def _named(fact: FactKind) -> Iterator[tuple[str, tuple[str, ...]]]:
    for key, labels in fact.options.items():
        yield key, tuple(word for word in (labels[0], *fact.also.get(key, ())) if len(word) > 1)


def _run(fact: FactKind, run: Sequence[tuple[int, int, str]]) -> Proposal:
    keys = tuple(dict.fromkeys(key for _, _, key in run))
    several = fact.kind == "words" or len(keys) > 1
    operator: Operator = "one_of" if several else "includes"
    return Proposal(Comparison(fact.name, operator, keys), (run[0][0], run[-1][1]))


def with_sentence(proposal: Proposal, sha256: str, offset: int) -> Comparison:
    """The comparison with the key of the words it was read from; `offset` is where the text
    begins in its source."""
    start, end = proposal.span
    return replace(proposal.comparison, sentence=f"{sha256}:{offset + start}:{offset + end}")
