"""A contribution's formula in words, with the figures in it."""

from __future__ import annotations

from fractions import Fraction

from luodi.kit.quantities import ratio, show
from luodi.kit.refusals import Lang
from luodi.kit.scoring.schemes.judging import ZERO, ends, judges
from luodi.kit.scoring.schemes.values import Contribution, ExtraPoints, Indicator, Pool

MOST_DIGITS = 6
"""Decimals of a number that has no end or a long one."""


def digits(number: Fraction, places: int = MOST_DIGITS) -> str:
    """A number in digits: exact where it ends within `places`, else rounded half up with ≈."""
    shown = _rounded(number, places)
    exact = Fraction(shown.replace("\u2212", "-")) == number
    text = shown.rstrip("0").rstrip(".") if "." in shown else shown
    return text if exact else f"≈{text}"


def per_cent(share: Fraction) -> str:
    """A share in per cent with two decimals."""
    return f"{digits(share * 100, 2)}%"


def _rounded(number: Fraction, places: int) -> str:
    found = ratio(number, 1, places)
    return show(found, places) if isinstance(found, int) else str(number)


def says(one: Contribution, lang: Lang = "zh", places: int = 2) -> str:
    """How the points came about; `places` are the decimals points are shown with."""
    zh = lang == "zh"
    steps = [_number(one, zh), _share(one, zh), _ending(one, zh, places)]
    return _roughly(("；" if zh else "; ").join(step for step in steps if step))


def _roughly(text: str) -> str:
    """What is rounded says so at its equals sign, and nowhere else."""
    parts = text.split("= ≈")
    return "≈ ".join(part.replace("≈", "") for part in parts)


def _number(one: Contribution, zh: bool) -> str:
    """Growth or completion, as it is reckoned; nothing where the figure itself is judged."""
    figures, indicator = one.figures, one.indicator
    of = judges(indicator)
    if of == "value" or one.number is None:
        return ""
    actual, result = digits(figures.actual or ZERO), per_cent(one.number)
    if of == "growth":
        base = digits(figures.base or ZERO)
        return (
            f"增幅 =（{actual} − {base}）÷ {base} = {result}"
            if zh
            else f"growth = ({actual} − {base}) ÷ {base} = {result}"
        )
    against = indicator.target if figures.target is None else figures.target
    target = digits(against or ZERO)
    inner = f"{actual} ÷ {target}" if indicator.up else f"2 − {actual} ÷ {target}"
    return f"完成率 = {inner} = {result}" if zh else f"completion = {inner} = {result}"


def _share(one: Contribution, zh: bool) -> str:
    """From the number to the share of the weight, with cap and floor."""
    indicator, raw = one.indicator, one.raw
    if raw is None or one.number is None or one.pool is None:
        return ""
    said = [_method(indicator, one.number, raw, one.pool, zh)]
    if raw > indicator.cap:
        cap = per_cent(indicator.cap)
        said.append(f"封顶 {cap}" if zh else f"capped at {cap}")
    elif raw < indicator.floor:
        floor = per_cent(indicator.floor)
        said.append(f"保底 {floor}" if zh else f"not below {floor}")
    return ("，" if zh else ", ").join(part for part in said if part)


def _method(indicator: Indicator, number: Fraction, raw: Fraction, pool: Pool, zh: bool) -> str:
    match indicator.method:
        case "completion":
            return ""
        case "growth":
            grown = per_cent(number) if indicator.up else f"−({per_cent(number)})"
            full = per_cent(indicator.full)
            inner = f"{grown} ÷ {full} = {per_cent(raw)}"
            return f"得分率 = 增幅 ÷ 满分增幅 = {inner}" if zh else f"share = {inner}"
        case "bands":
            return _band(indicator, number, raw, zh)
        case "rank":
            return _rank(indicator, number, raw, pool, zh)
        case _:
            return _efficacy(indicator, number, raw, pool, zh)


def _shown(indicator: Indicator, number: Fraction) -> str:
    """A judged number: a figure as it is, growth and completion in per cent."""
    return digits(number) if judges(indicator) == "value" else per_cent(number)


def _band(indicator: Indicator, number: Fraction, raw: Fraction, zh: bool) -> str:
    met = [r for r, _ in indicator.bands if (number >= r if indicator.up else number <= r)]
    shown, share = _shown(indicator, number), per_cent(raw)
    if not met:
        return f"{shown} 未达到任何一档，得分率 0%" if zh else f"{shown} reaches no band: share 0%"
    sign, reach = "≥" if indicator.up else "≤", _shown(indicator, met[0])
    return (
        f"{shown} {sign} {reach}，得分率 {share}"
        if zh
        else f"{shown} {sign} {reach}: share {share}"
    )


def _rank(indicator: Indicator, number: Fraction, raw: Fraction, pool: Pool, zh: bool) -> str:
    step = indicator.step
    place, size = pool.places[number], pool.size
    if step is None:
        inner = f"({size} − {place} + 1) ÷ {size}"
    else:
        inner = f"1 − ({place} − 1) × {per_cent(step)}"
    share = per_cent(raw)
    return (
        f"{size} 个单位中第 {place}，得分率 = {inner} = {share}"
        if zh
        else f"place {place} of {size}: share = {inner} = {share}"
    )


def _efficacy(indicator: Indicator, number: Fraction, raw: Fraction, pool: Pool, zh: bool) -> str:
    best, worst = ends(indicator, pool)
    if best == worst:
        return "各单位相同，得全部权重" if zh else "all are equal: the whole share"
    low, high, mine = (_shown(indicator, one) for one in (worst, best, number))
    inner = f"({mine} − {low}) ÷ ({high} − {low})"
    if indicator.base:
        base = per_cent(indicator.base)
        inner = f"{base} + {inner} × {per_cent(1 - indicator.base)}"
    share = per_cent(raw)
    return (
        f"得分率（功效系数）= {inner} = {share}" if zh else f"share (efficacy) = {inner} = {share}"
    )


def _ending(one: Contribution, zh: bool, places: int) -> str:
    """The points, or what the rule for missing figures did."""
    why = one.fault.says("zh" if zh else "en") if one.fault is not None else ""
    if one.share is None:
        left_out = one.indicator.missing == "exclude"
        if zh:
            return f"{why}：{'不计此项，权重分给其他项' if left_out else '总分不可计算'}"
        return f"{why}: {'left out, its weight goes to the others' if left_out else 'no total'}"
    points = digits(one.share * one.counted, places)
    inner = f"{per_cent(one.share)} × {digits(one.counted, places)} = {points}"
    if one.fault is None:
        return f"得分 = {inner}" if zh else f"points = {inner}"
    mean = one.indicator.missing == "mean"
    if zh:
        return f"{why}：{'取其他单位的平均得分率' if mean else '按 0 计'}，{inner}"
    return f"{why}: {'the mean share of the others' if mean else 'counted as 0'}, {inner}"


def says_extra(one: ExtraPoints, lang: Lang = "zh") -> str:
    """How an addition or deduction came about."""
    zh = lang == "zh"
    if not one.times:
        return "没有登记" if zh else "none recorded"
    sign = "" if one.sign > 0 else "\u2212"
    said = f"{one.times} × {digits(one.extra.each)}"
    if one.extra.most is not None and one.extra.each * one.times > one.extra.most:
        most = digits(one.extra.most)
        said += f"，封顶 {most}" if zh else f", at most {most}"
    return f"{said} = {sign}{digits(one.points)}"
