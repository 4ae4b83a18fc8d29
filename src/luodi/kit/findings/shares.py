"""Checks on parts of a whole: shares, rates that no whole number gives, sums, parts too large."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from luodi.kit.findings.bounds import COUNTED, Bounds, percent
from luodi.kit.findings.growth import agrees
from luodi.kit.findings.kinds import finding
from luodi.kit.findings.reading import Reading
from luodi.kit.findings.sentences import Sentence, Stated, sentences
from luodi.kit.problems import Problem, Severity

_SHARE = re.compile(
    r"[^。；，\d]{0,14}[，,（(]?(?:合计|共计|数量|金额|投资额|总量)?"
    r"(?:占比|占(?:到)?(?:其|总[数量额]|全部(?:数量|总数|项目|企业)?|总体|总投资|比重?)?(?:总数|总量|总额)?的?(?:比重|比例)?)"
    r"(?:为|达到?|约为)?(?:超过|接近|约|近|不足)?\Z"
)
_INSIDE = re.compile(r"(?:其中|(?<=[\u4e00-\u9fff])中[，,])[^。；]{0,24}\Z")
_NEXT = re.compile(r"[^。；]{0,8}[，,][^，。；\d]{2,16}\Z")
_OF_WHOLE = re.compile(r"[^。；，\d]{0,10}[，,（(]占[^。；，\d]{0,14}\Z")
_OF_RATE = re.compile(r"[^。；，\d]{0,10}的(?:比重|比例)?(?:为|达到?)?\Z")
_PART_OF = re.compile(
    r"[^。；，\d]{0,14}[，,（(]占(?P<whole>[^。；，\d]{2,24}?)(?:总?数量?|总数|个数|家数)的?(?:比重|比例)?(?:为|达到?)?\Z"
)
_COUNTED_RATE = re.compile(
    r"[^。；]{0,24}?(?P<name>(?:开工|投产|入统|达效|签约|落地|办结|合格|达标|入库|竣工|转化|履约|回复|通过|整改|结案"
    r"|复工|达规|上线|验收|投运|供地|拿地|摘牌)率)(?:为|达到?|达)?\Z"
)
_LARGEST = 5000
"""Above so many things a rate with two decimals fits some whole number anyway."""


def shares(reading: Reading) -> list[Problem]:
    """Shares of a stated whole, shares that no whole gives, conversion rates."""
    found = []
    for sentence in sentences(reading):
        for n, said in enumerate(sentence.figures):
            if n and said.amount.unit == "%":
                found += _share_at(sentence, n)
    return found


def _share_at(sentence: Sentence, n: int) -> list[Problem]:
    part = sentence.figures[n - 1]
    gap = sentence.gap(n - 1, n)
    if n >= 2 and _OF_RATE.fullmatch(gap) and _OF_WHOLE.fullmatch(sentence.gap(n - 2, n - 1)):
        return _judge(sentence, n - 2, [n - 1], n)
    if part.amount.dimension == "share" or not part.exact:
        return []
    if _SHARE.fullmatch(gap):
        wholes = _wholes(sentence, n - 1)
        if wholes:
            return _judge(sentence, n - 1, wholes, n)
        return _beside(sentence, n)
    match = _PART_OF.fullmatch(gap)
    return _no_whole(sentence, n, match["whole"]) if match else []


def _beside(sentence: Sentence, n: int) -> list[Problem]:
    """支出386亿元，民生支出310亿元，占比82%: a warning where it is nearly the share of the two."""
    part, said = sentence.figures[n - 1], sentence.figures[n]
    whole = next(
        (
            sentence.figures[k]
            for k in range(n - 2, max(n - 5, -1), -1)
            if sentence.figures[k].amount.dimension == part.amount.dimension
        ),
        None,
    )
    if (
        whole is None
        or not whole.exact
        or not said.exact
        or not _NEXT.fullmatch(sentence.before(n - 1))
    ):
        return []
    one, two = part.amount, whole.amount
    quotient = one.bounds.over(two.bounds)
    if quotient is None or one.value >= two.value or agrees(quotient, said):
        return []
    exact = one.value / two.value
    if abs(exact - said.amount.value) * 10 > said.amount.value:
        return []
    shown = percent(exact, said.amount.places)
    message = f"{one.text} ÷ {two.text} = {shown}，文中写 {said.amount.text}%（如果它是总数）。"
    params = {"part": one.text, "whole": two.text, "said": said.amount.text, "computed": shown}
    return [finding("share.contradicts", message, (sentence.hull(n - 1, n),), params, "warning")]


def _wholes(sentence: Sentence, part: int) -> list[int]:
    """Earlier figures of the part's unit, if 其中 stands between the first of them and the part."""
    unit = sentence.figures[part].amount.dimension
    first = next((k for k in range(part, 0, -1) if _INSIDE.search(sentence.before(k))), 0)
    return [
        k
        for k in range(first - 1, -1, -1)
        if sentence.figures[k].amount.dimension == unit and sentence.figures[k].exact
    ][:3]


def _judge(sentence: Sentence, part: int, wholes: Sequence[int], said: int) -> list[Problem]:
    """A contradiction where none of the possible wholes gives the share."""
    stated, one = sentence.figures[said], sentence.figures[part].amount
    same = [k for k in wholes if sentence.figures[k].amount.dimension == one.dimension]
    if not same or any(_fits(one.bounds, sentence.figures[k], stated) for k in same):
        return []
    whole = sentence.figures[same[0]].amount
    if not whole.value or one.bounds.low > whole.bounds.high:
        return []
    shown = percent(one.value / whole.value, stated.amount.places)
    message = f"{one.text} ÷ {whole.text} = {shown}，文中写 {stated.amount.text}%。"
    params = {"part": one.text, "whole": whole.text, "said": stated.amount.text, "computed": shown}
    span = sentence.hull(min(part, same[0]), said)
    return [finding("share.contradicts", message, (span,), params)]


def _fits(part: Bounds, whole: Stated, said: Stated) -> bool:
    quotient = part.over(whole.amount.bounds)
    return quotient is None or agrees(quotient, said)


def _no_whole(sentence: Sentence, n: int, name: str) -> list[Problem]:
    """`share.impossible`: 12个，占…数量的42.8%: 12 ÷ 28 is 42.9, 12 ÷ 29 is 41.4."""
    part, said = sentence.figures[n - 1].amount, sentence.figures[n]
    rate = said.amount.bounds
    if not said.exact or part.unit not in COUNTED or part.places or rate.low <= 0:
        return []
    count = part.value
    if count > _LARGEST or Fraction(-(-count // rate.high)) <= count / rate.low:
        return []
    near = [int(count / said.amount.value), int(count / said.amount.value) + 1]
    tries = [f"{count} ÷ {k} = {percent(count / k, said.amount.places)}" for k in near if k]
    message = f"{'，'.join(tries)}：没有一个整数总数能得出 {said.amount.text}%（占{name}）。"
    params = {"part": part.text, "said": said.amount.text, "tries": tries}
    return [finding("share.impossible", message, (sentence.hull(n - 1, n),), params)]


def impossible_rates(reading: Reading) -> list[Problem]:
    """`rate.impossible`: a rate said right after a count that no whole number of it gives."""
    found = []
    for sentence in sentences(reading):
        for n in range(1, len(sentence.figures)):
            found += _rate_of_count(sentence, n)
    return found


def _rate_of_count(sentence: Sentence, n: int) -> list[Problem]:
    said = sentence.figures[n]
    match = _COUNTED_RATE.fullmatch(sentence.gap(n - 1, n))
    base = _count_before(sentence, n)
    if said.amount.unit != "%" or not said.exact or not match or base is None:
        return []
    whole = sentence.figures[base].amount
    if whole.value > _LARGEST:
        return []
    if base and _INSIDE.search(sentence.before(base)):
        return _inside_rate(sentence, base, n, match["name"])
    if _of_earlier(sentence, base, n):
        return []
    rate = said.amount.bounds
    first = -(-(rate.low * whole.value) // 1)
    if first <= rate.high * whole.value or said.amount.value >= 1:
        return []
    near = [int(first) - 1, int(first)]
    tries = [f"{k} ÷ {whole.value} = {percent(k / whole.value, said.amount.places)}" for k in near]
    message = (
        f"{'，'.join(tries)}：{whole.shown}里没有一个整数能得出"
        f"{match['name']} {said.amount.text}%，这个比率的总数可能不是它。"
    )
    params = {"whole": whole.text, "said": said.amount.text, "tries": tries}
    span = sentence.hull(base, n)
    return [finding("rate.impossible", message, (span,), params)]


def _inside_rate(sentence: Sentence, part: int, said: int, name: str) -> list[Problem]:
    """8座，其中6座投入运营，投运率80%: the count behind 其中 is the part, if the words agree."""
    one, two = sentence.figures[part].amount, sentence.figures[part - 1].amount
    stated = sentence.figures[said]
    if one.unit != two.unit or not sentence.figures[part - 1].exact or not two.value:
        return []
    between = sentence.gap(part, said)
    if one.value > two.value or name[0] not in between.removesuffix(name):
        return []
    quotient = one.bounds.over(two.bounds)
    if quotient is None or agrees(quotient, stated):
        return []
    shown = percent(one.value / two.value, stated.amount.places)
    message = f"{one.text} ÷ {two.text} = {shown}，文中写{name} {stated.amount.text}%。"
    params = {"part": one.text, "whole": two.text, "said": stated.amount.text, "computed": shown}
    span = sentence.hull(part - 1, said)
    return [finding("rate.contradicts", message, (span,), params)]


def _of_earlier(sentence: Sentence, base: int, n: int) -> bool:
    """Whether the count is itself a part: 签约214个，开工143个，开工率66.8%."""
    part, said = sentence.figures[base].amount, sentence.figures[n]
    for k in range(base - 1, -1, -1):
        whole = sentence.figures[k].amount
        quotient = part.bounds.over(whole.bounds) if whole.unit == part.unit else None
        if quotient and agrees(quotient, said):
            return True
    return False


def _count_before(sentence: Sentence, n: int) -> int | None:
    """The count a rate belongs to: before it, with money or other rates between them only."""
    figures = sentence.figures
    for k in range(n - 1, max(n - 5, -1), -1):
        one = figures[k].amount
        if re.search("[；;]", sentence.gap(k, k + 1)):
            return None
        if one.unit in COUNTED and not one.places and figures[k].exact:
            return k if one.value >= 2 else None
        if one.dimension not in ("money", "share"):
            return None
    return None


def conversions(reading: Reading) -> list[Problem]:
    """`rate.contradicts`: 签约86个，开工43个，开工率60%: the rate names the verb of its part."""
    found = []
    for sentence in sentences(reading):
        for n in range(2, len(sentence.figures)):
            if sentence.figures[n].amount.unit == "%":
                found += _conversion(sentence, n) or _from_stage(sentence, n)
    return found


_VERB_RATE = re.compile(r"(?P<verb>[\u4e00-\u9fff]{2})率(?:为|达到?|达|仅)?\Z")
_ASKED = re.compile(r"精简|压缩|压减|削减|下降|增长|贡献|利润|负债|产销|资金|同比|失业|利用(?!率)")


_STAGES = {
    "开工": re.compile("签约|引进"),
    "投产": re.compile("签约|开工|竣工|引进"),
    "竣工": re.compile("签约|开工|引进"),
    "落地": re.compile("签约|引进"),
    "办结": re.compile("受理|收到|交办|转办|征集|共"),
}
"""What a project has been before it is what the rate says."""


def _from_stage(sentence: Sentence, n: int) -> list[Problem]:
    """签约64个，其中亿元以上38个；开工51个，开工率89.7%: no count before gives the rate."""
    part = sentence.figures[n - 1]
    match = _VERB_RATE.fullmatch(sentence.gap(n - 1, n).lstrip("，,（("))
    stage = _STAGES.get(match["verb"]) if match else None
    if not match or not stage or match["verb"] not in sentence.before(n - 1):
        return []
    alike = [
        k
        for k in range(n - 2, -1, -1)
        if sentence.figures[k].amount.unit == part.amount.unit
        and sentence.figures[k].amount.value >= part.amount.value
    ]
    staged = [k for k in alike if stage.search(sentence.before(k))]
    if not staged or not (part.exact and all(sentence.figures[k].exact for k in alike)):
        return []
    return _judge_rate(sentence, n, alike, staged[-1], match["verb"] + "率")


def _judge_rate(
    sentence: Sentence, n: int, wholes: Sequence[int], whole: int, name: str
) -> list[Problem]:
    said, part = sentence.figures[n], sentence.figures[n - 1].amount
    if part.unit not in COUNTED or any(
        _fits(part.bounds, sentence.figures[k], said) for k in wholes
    ):
        return []
    two = sentence.figures[whole].amount
    shown = percent(part.value / two.value, said.amount.places)
    message = f"{part.text} ÷ {two.text} = {shown}，文中写{name} {said.amount.text}%。"
    params = {"part": part.text, "whole": two.text, "said": said.amount.text, "computed": shown}
    return [finding("rate.contradicts", message, (sentence.hull(whole, n),), params)]


def _conversion(sentence: Sentence, n: int) -> list[Problem]:
    """The part's words hold the rate's verb; the whole stands before it in the same unit."""
    said, one, two = (sentence.figures[k] for k in (n, n - 1, n - 2))
    match = _VERB_RATE.search(sentence.gap(n - 1, n))
    if not match or _ASKED.search(match["verb"]):
        return []
    if one.amount.dimension != two.amount.dimension or not (one.exact and two.exact):
        return []
    words = sentence.before(n - 1) + sentence.gap(n - 1, n)[: match.start()]
    if match["verb"] not in words or one.amount.dimension in ("share", "points"):
        return []
    if match["verb"] in sentence.before(n - 2) or "；" in sentence.gap(n - 2, n):
        return []
    quotient = one.amount.bounds.over(two.amount.bounds)
    if quotient is None or agrees(quotient, said) or one.amount.value > two.amount.value:
        return []
    shown = percent(one.amount.value / two.amount.value, said.amount.places)
    name = match["verb"] + "率"
    message = f"{one.amount.text} ÷ {two.amount.text} = {shown}，文中写{name} {said.amount.text}%。"
    params = {"part": one.amount.text, "whole": two.amount.text, "said": said.amount.text}
    span = sentence.hull(n - 2, n)
    grave: Severity = "warning" if "新" in sentence.gap(n - 2, n - 1) else "error"
    return [finding("rate.contradicts", message, (span,), params | {"computed": shown}, grave)]


def shared_lists(reading: Reading) -> list[Problem]:
    """Shares of 数量及投资额占比分别达到…: two wholes, two parts, two shares in one order."""
    found = []
    for sentence in sentences(reading):
        for n in range(4, len(sentence.figures) - 1):
            found += _shared(sentence, n)
    return found


_BOTH = re.compile(r"[^。；]{0,20}占比?[^。；，\d]{0,8}分别(?:为|达到?|达)?\Z")


def _shared(sentence: Sentence, n: int) -> list[Problem]:
    figures = sentence.figures
    units = [figures[k].amount.dimension for k in range(n - 4, n)]
    if figures[n].amount.unit != "%" or figures[n + 1].amount.unit != "%":
        return []
    if not _BOTH.fullmatch(sentence.gap(n - 1, n)) or units[:2] != units[2:]:
        return []
    return _judge(sentence, n - 2, [n - 4], n) + _judge(sentence, n - 1, [n - 3], n + 1)
