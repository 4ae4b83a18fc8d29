"""Checks on change: growth, average growth, differences, points, multiples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from luodi.kit.findings.bounds import Amount, Bounds, decimal, percent, root
from luodi.kit.findings.kinds import finding
from luodi.kit.findings.reading import Reading
from luodi.kit.findings.sentences import Sentence, Stated, sentences
from luodi.kit.problems import Problem
from luodi.kit.targets.periods import period_marks

_UP = r"增长|增加|提高|提升|上升|扩大|扩容|增|上涨|攀升|跃升|发展|壮大|回升"
_DOWN = r"下降|降低|减少|压减|缩减|缩短|压缩|回落|减|降"
_FROM = re.compile(r"(?:由|从)(?!事|业)[^，。；、]{0,26}\Z")
_TO = re.compile(
    rf"(?:[（(][^（）()]{{0,12}}[）)])?[，,]?[^，。；、]{{0,12}}?(?P<verb>{_UP}|{_DOWN})?(?:到|至|为)(?!今|少)[^，。；、]{{0,16}}\Z"
)
_RATE = re.compile(
    rf"(?:[（(][^（）()]{{0,12}}[）)])?[，,、（(]?(?:其中)?(?P<each>年均|年平均|平均每年)?(?:复合|同比|累计|比上年|较上年|总体|共|净)*"
    rf"(?P<verb>{_UP}|{_DOWN}|增幅|增速|降幅)(?:率|速度)?(?:为|达到|达|了)?\Z"
)
_THAN = re.compile(
    rf"[，,（(]?(?:上半年|全年|全[市县区省]|总[数量]|数量|规模)?(?:比|较)(?!重)(?!.*(?:{_UP}|{_DOWN}))[^，。；、]{{0,14}}\Z"
)
_LAST_YEAR = re.compile(r"上年|去年|同期")
_THAN_THE = re.compile(r"[，,](?:比|较)(?!重)[^，。；、]{0,12}的\Z")
_MORE = re.compile(
    r"[，,（(](?:比|较)[^，。；、\d]{0,8}(?:\d{4}年)?[^，。；、\d]{0,6}(?:净增|增加|新增|增长|增收|多增|增)\Z"
)
_NEXT_YEAR = re.compile(
    r"[，,；;](?P<year>20\d\d)年[^，。；\d]{0,6}?(?:达到|达|为|增至|增长到|增长至|升至|实现|完成)?\Z"
)
_YEAR = re.compile(r"((?:19|20)\d\d)年")
_TOTAL = re.compile(r"[，,](?:总量|总数|累计|总计)(?:已)?(?:达到|达|为)?\Z")
_NEW = re.compile(r"(?:新增|净增)[^，。；、]{0,14}\Z")
_REAL = re.compile(r"生产总值|增加值|GDP|可比|不变价|实际增长|扣除价格|口径|剔除")
_FELL = re.compile(_DOWN + "|降幅")
_TWICE = re.compile(
    r"[，,]?(?:数量|规模|总量|总数|已|将|提前|均|也)?(?:实现(?:了)?)?翻(?:了)?(?P<turns>[一两二三])?番"
)
_SPANS = re.compile(r"(?P<n>[二两三四五六十]|\d{1,2})年(?:来|间|内)?[，,]?年?均")
_WORDS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "十": 10}


@dataclass(frozen=True, slots=True)
class Rise:
    """A figure that became another: places of the old and the new one, and the verb between."""

    sentence: Sentence
    old: int
    new: int
    verb: str
    years: int

    @property
    def amounts(self) -> tuple[Amount, Amount]:
        """The old and the new amount."""
        figures = self.sentence.figures
        return figures[self.old].amount, figures[self.new].amount

    @property
    def last(self) -> int:
        """The later place of the two in the sentence."""
        return max(self.old, self.new)


def rises(reading: Reading) -> Iterator[Rise]:
    """Pairs of one dimension that the words join: 由…到…, …比…的…, 2023年…2024年…."""
    for sentence in sentences(reading):
        for n in range(len(sentence.figures) - 1):
            rise = _rise(sentence, n)
            if rise and _same(*rise.amounts):
                yield rise


def _same(one: Amount, two: Amount) -> bool:
    return one.dimension == two.dimension and one.value > 0 and two.value > 0


def _rise(sentence: Sentence, n: int) -> Rise | None:
    one, two = sentence.figures[n], sentence.figures[n + 1]
    gap, before = sentence.gap(n, n + 1), sentence.before(n)
    if not one.exact or not (two.exact or (two.comparator == "<=" and gap.endswith("到"))):
        return None
    if _FROM.search(before) and (match := _TO.fullmatch(gap)):
        return Rise(sentence, n, n + 1, match["verb"] or "", 0)
    if _THAN.fullmatch(gap):
        return Rise(sentence, n + 1, n, "", int(bool(_LAST_YEAR.search(gap))))
    own = _own_of_base(sentence, n)
    if own is not None:
        return Rise(sentence, n, own, "", 0)
    years = _YEAR.findall(before)
    if years and (match := _NEXT_YEAR.fullmatch(gap)) and int(match["year"]) > int(years[-1]):
        return Rise(sentence, n, n + 1, "", int(match["year"]) - int(years[-1]))
    return None


_AIMED = re.compile(r"(?:目标|计划|任务|预算)[^，。；]{0,8}\Z")


def _own_of_base(sentence: Sentence, base: int) -> int | None:
    """18个，面积9.6万平方米，比2022年的5个增加12个: the figure that 比…的5个 is compared with."""
    unit = sentence.figures[base].amount.unit
    if not _THAN_THE.search(sentence.before(base)):
        return None
    for n in range(base - 1, max(base - 4, -1), -1):
        one = sentence.figures[n]
        if one.amount.unit == unit and not _AIMED.search(sentence.before(n)):
            return n if n < base - 1 and one.exact else None
    return None


def agrees(computed: Bounds, said: Stated, stated: Bounds | None = None) -> bool:
    """Whether what was computed can be what is said; 约 and 近 leave a tenth on each side."""
    stated = stated or said.amount.bounds
    if said.comparator in (">", ">="):
        return computed.high >= stated.low
    if said.comparator in ("<", "<="):
        return computed.low <= stated.high
    if said.comparator == "~":
        room = abs(said.amount.value) / 10
        return computed.meets(Bounds(stated.low - room, stated.high + room))
    return computed.meets(stated)


def changes(reading: Reading) -> list[Problem]:
    """Growth, average growth, difference, points and multiples recomputed; and the direction."""
    found = []
    for rise in rises(reading):
        found += _direction(rise)
        for n in _following(rise):
            found += _change(rise, n)
        found += _doubling(rise)
    return found


def _following(rise: Rise) -> Iterator[int]:
    """The figures that say by how much: the next one, and the one after it."""
    sentence = rise.sentence
    for n in range(rise.last + 1, min(rise.last + 3, len(sentence.figures))):
        if not _RATE.fullmatch(sentence.before(n)):
            return
        yield n


def _direction(rise: Rise) -> list[Problem]:
    old, new = rise.amounts
    if rise.verb in ("", "发展") or old.dimension == "rank":
        return []
    if rise.verb in ("提高", "提升") and old.unit in ("天", "个工作日", "小时", "分钟", "名"):
        return []
    falls = bool(_FELL.fullmatch(rise.verb))
    wrong = old.bounds.high < new.bounds.low if falls else new.bounds.high < old.bounds.low
    if not wrong or not _close(old, new):
        return []
    message = (
        f"写的是由 {old.shown} “{rise.verb}”到 {new.shown}，数却{'变大' if falls else '变小'}了。"
    )
    span = rise.sentence.hull(rise.old, rise.new)
    return [finding("direction.contradicts", message, (span,), {"old": old.text, "new": new.text})]


def _close(old: Amount, new: Amount) -> bool:
    """Whether the two are of one order: what differs by ten thousand is another fault."""
    return Fraction(1, 1000) < new.value / old.value < 1000


def _change(rise: Rise, n: int) -> list[Problem]:
    said = rise.sentence.figures[n]
    old = rise.amounts[0]
    match = _RATE.fullmatch(rise.sentence.before(n))
    assert match is not None
    falls = bool(_FELL.fullmatch(match["verb"]))
    if said.amount.unit == "%" and old.dimension != "share":
        return _average(rise, n, falls) if match["each"] else _growth(rise, n, falls)
    if match["each"]:
        return []
    if said.amount.unit == "倍":
        return _times(rise, n)
    if old.dimension == "share" and said.amount.dimension == "points":
        return _difference(rise, n, falls, "points.contradicts")
    if said.amount.dimension == old.dimension != "share":
        return _difference(rise, n, falls, "difference.contradicts")
    return []


def _is_real(rise: Rise, n: int) -> bool:
    """Whether the words since the last 。 or ； speak of comparable prices, which levels aren't."""
    sentence = rise.sentence
    words = sentence.para.text[sentence.start : sentence.figures[n].end]
    return bool(_REAL.search(re.split("[；;]", words)[-1]))


def _growth(rise: Rise, n: int, falls: bool) -> list[Problem]:
    if _is_real(rise, n):
        return []
    old, new = rise.amounts
    said = rise.sentence.figures[n]
    quotient = new.bounds.over(old.bounds)
    if quotient is None:
        return []
    change = quotient.moved(-1)
    change = Bounds(-change.high, -change.low) if falls else change
    if agrees(change, said):
        return _step_rate(rise, n)
    exact = new.value / old.value - 1
    slip = _slipped(rise, said.amount, falls)
    if slip:
        return slip
    shown = percent(-exact if falls else exact, said.amount.places)
    words = f"1 − {new.text} ÷ {old.text}" if falls else f"{new.text} ÷ {old.text} − 1"
    message = f"{words} = {shown}，文中写 {said.amount.text}%。"
    params = {"old": old.text, "new": new.text, "said": said.amount.text, "computed": shown}
    return [finding("growth.contradicts", message, (rise.sentence.hull(_first(rise), n),), params)]


def _step_rate(rise: Rise, n: int) -> list[Problem]:
    """比上年的2.5亿元增加0.5亿元、增长25%: the step over the old, where rounding hides the rest."""
    if n - 1 <= rise.last:
        return []
    old, step, said = rise.amounts[0], rise.sentence.figures[n - 1], rise.sentence.figures[n]
    rate = step.amount.bounds.over(old.bounds) if step.amount.dimension == old.dimension else None
    if rate is None or not step.exact or agrees(rate, said):
        return []
    shown = percent(step.amount.value / old.value, said.amount.places)
    message = f"{step.amount.text} ÷ {old.text} = {shown}，文中写 {said.amount.text}%。"
    params = {"old": old.text, "said": said.amount.text, "computed": shown}
    return [finding("growth.contradicts", message, (rise.sentence.hull(_first(rise), n),), params)]


def _first(rise: Rise) -> int:
    return min(rise.old, rise.new)


def _slipped(rise: Rise, said: Amount, falls: bool) -> list[Problem]:
    """A unit wrong by ten thousand: the rate stated proves it, or the two are too far apart."""
    old, new = rise.amounts
    for power in (Fraction(10**4), Fraction(10**8), Fraction(1, 10**4), Fraction(1, 10**8)):
        quotient = new.bounds.times(power).over(old.bounds)
        change = quotient.moved(-1) if quotient else None
        if change and falls:
            change = Bounds(-change.high, -change.low)
        if change and change.meets(said.bounds):
            why = f"单位改动后 {new.text} ÷ {old.text} 正好变动 {said.text}%"
            return [_magnitude(rise, said, why)]
    if not _close(old, new) and said.value < 100:
        return [_magnitude(rise, said, "两个数相差上千倍")]
    return []


def _magnitude(rise: Rise, said: Amount, why: str) -> Problem:
    old, new = rise.amounts
    message = f"{old.shown}到{new.shown}与写明的 {said.text}% 不符，单位可能差了万倍：{why}。"
    params = {"old": old.shown, "new": new.shown, "said": said.text}
    return finding("unit.magnitude", message, (rise.sentence.hull(rise.old, rise.new),), params)


def _average(rise: Rise, n: int, falls: bool) -> list[Problem]:
    if _is_real(rise, n):
        return []
    old, new = rise.amounts
    said = rise.sentence.figures[n]
    spans = _spans(rise)
    quotient = new.bounds.over(old.bounds)
    if quotient is None or not spans or not said.exact:
        return []
    if any(compound(said.amount.bounds, years, falls).meets(quotient) for years in spans):
        return []
    years = spans[0]
    exact = root(new.value / old.value, years) - 1
    shown = percent(-exact if falls else exact, said.amount.places)
    power = (
        f"（{new.text} ÷ {old.text}）的 {years} 次方根 − 1"
        if years > 1
        else f"{new.text} ÷ {old.text} − 1"
    )
    if falls:
        power = f"1 −（{new.text} ÷ {old.text}）的 {years} 次方根"
    message = f"{power} = {shown}，文中写年均 {said.amount.text}%。"
    params = {"said": said.amount.text, "computed": shown, "years": years}
    return [finding("growth.average", message, (rise.sentence.hull(_first(rise), n),), params)]


def compound(rate: Bounds, years: int, falls: bool) -> Bounds:
    """What a yearly rate (falling or rising) makes of one after so many years."""
    if falls:
        return Bounds((1 - rate.high) ** years, (1 - rate.low) ** years)
    return Bounds((1 + rate.low) ** years, (1 + rate.high) ** years)


def _spans(rise: Rise) -> list[int]:
    """The numbers of years that the sentence's moments allow, the likeliest first."""
    return [rise.years] if rise.years else year_spans(rise.sentence.text)


def year_spans(words: str) -> list[int]:
    """The numbers of years between the moments that the words name, the likeliest first."""
    if match := _SPANS.search(words):
        said = match["n"]
        return [_WORDS[said] if said in _WORDS else max(int(said), 1)]
    years: set[int] = {int(year) for year in _YEAR.findall(words)}
    spans: list[int] = []
    for _, mark in period_marks(words):
        if len(mark) == 9 and mark[4] == "-":
            first, last = int(mark[:4]), int(mark[5:])
            spans += [last - first + 1, last - first]
        elif mark.isdigit():
            years.add(int(mark))
    between = sorted({b - a for a in years for b in years if b > a}, reverse=True)
    return [n for n in dict.fromkeys([*between, *spans]) if 0 < n <= 30]


def _difference(rise: Rise, n: int, falls: bool, code: str) -> list[Problem]:
    old, new = rise.amounts
    said = rise.sentence.figures[n]
    change = old.bounds.minus(new.bounds) if falls else new.bounds.minus(old.bounds)
    if agrees(change, said):
        return []
    exact = (old.value - new.value if falls else new.value - old.value) / said.amount.factor
    shown = decimal(exact, max(old.places, new.places))
    pair = (old, new) if falls else (new, old)
    result = f"{shown}{said.amount.unit}"
    message = f"{pair[0].shown} − {pair[1].shown} = {result}，文中写 {said.amount.shown}。"
    params = {"old": old.text, "new": new.text, "said": said.amount.text, "computed": shown}
    return [finding(code, message, (rise.sentence.hull(_first(rise), n),), params)]


def _times(rise: Rise, n: int) -> list[Problem]:
    """增长1.5倍: the growth in multiples. 增长到2.5倍 isn't read here."""
    old, new = rise.amounts
    said = rise.sentence.figures[n]
    quotient = new.bounds.over(old.bounds)
    if quotient is None or agrees(quotient.moved(-1), said) or agrees(quotient, said):
        return []
    shown = decimal(new.value / old.value - 1, max(said.amount.places, 1))
    message = f"{new.text} ÷ {old.text} − 1 = {shown} 倍，文中写增长 {said.amount.shown}。"
    params = {"said": said.amount.text, "computed": shown}
    span = rise.sentence.hull(_first(rise), n)
    return [finding("multiple.contradicts", message, (span,), params)]


def _doubling(rise: Rise) -> list[Problem]:
    """翻番 said of two figures of which the second isn't nearly twice the first."""
    match = _TWICE.match(rise.sentence.after(rise.last))
    if not match:
        return []
    old, new = rise.amounts
    wanted = 2 ** _WORDS.get(match["turns"] or "一", 1)
    quotient = new.value / old.value
    if quotient >= wanted * Fraction(19, 20):
        return []
    said = match.group().lstrip("，,")
    shown = decimal(quotient, 2)
    message = f"{new.text} ÷ {old.text} = {shown} 倍，文中写“{said}”，应当是 {wanted} 倍。"
    params = {"said": said, "computed": shown}
    span = rise.sentence.hull(rise.old, rise.new)
    return [finding("multiple.contradicts", message, (span,), params)]


def net_growth(reading: Reading) -> list[Problem]:
    """`growth.net`: 新增8家，总量达到53家，增长17.8%: 8 ÷ (53 − 8); 53家，比上年增加8家 alike."""
    found = []
    for sentence in sentences(reading):
        for n in range(len(sentence.figures) - 2):
            gap = sentence.gap(n, n + 1)
            if _NEW.search(sentence.before(n)) and _TOTAL.fullmatch(gap):
                found += _net(sentence, n, n, n + 1)
            elif _MORE.fullmatch(gap):
                found += _net(sentence, n, n + 1, n)
    return found


def _net(sentence: Sentence, n: int, more: int, whole: int) -> list[Problem]:
    new, total, said = (sentence.figures[k].amount for k in (more, whole, n + 2))
    match = _RATE.fullmatch(sentence.gap(n + 1, n + 2))
    if not match or match["each"] or said.unit != "%" or new.unit != total.unit:
        return []
    base = total.bounds.minus(new.bounds)
    rate = new.bounds.over(base)
    if rate is None or rate.meets(said.bounds):
        return []
    shown = percent(new.value / (total.value - new.value), said.places)
    message = f"{new.text} ÷（{total.text} − {new.text}）= {shown}，文中写增长 {said.text}%。"
    params = {"said": said.text, "computed": shown}
    return [finding("growth.net", message, (sentence.hull(n, n + 2),), params)]
