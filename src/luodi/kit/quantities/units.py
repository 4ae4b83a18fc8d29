"""Units with a dimension and an exact factor; what has another dimension never adds."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Unit:
    """One unit: `factor` times the base unit of its dimension, exactly."""

    name: str
    dimension: str
    factor: Fraction = Fraction(1)
    en: str = ""

    def __str__(self) -> str:
        return self.name


_MU = Fraction(2000, 3)
"""1 亩 is 1/15 公顷, which is 2000/3 平方米."""


def _scaled(dimension: str, base: str, en: str) -> tuple[Unit, ...]:
    """A base unit with its 万 and 亿, as statistics write them."""
    return (
        Unit(base, dimension, Fraction(1), en),
        Unit(f"万{base}", dimension, Fraction(10**4), f"10,000 {en}"),
        Unit(f"亿{base}", dimension, Fraction(10**8), f"100 million {en}"),
    )


_COUNTS = {
    "个": "items", "家": "firms", "条": "articles", "人": "people", "户": "households",
    "件": "pieces", "项": "entries", "次": "times", "期": "issues", "份": "copies",
    "台": "sets", "套": "suites", "宗": "plots", "名": "persons", "天": "days",
    "辆": "vehicles", "吨": "tonnes", "千瓦": "kW", "千瓦时": "kWh", "吨标准煤": "tce",
    "千伏安": "kVA", "立方米": "m³",
}  # fmt: skip

_LIST: tuple[Unit, ...] = (
    *_scaled("money", "元", "yuan"),
    *_scaled("dollars", "美元", "US dollars"),
    Unit("千元", "money", Fraction(1000), "1,000 yuan"),
    Unit("百万元", "money", Fraction(10**6), "million yuan"),
    *_scaled("area", "平方米", "m²"),
    Unit("平方公里", "area", Fraction(10**6), "km²"),
    Unit("公顷", "area", Fraction(10**4), "ha"),
    Unit("亩", "area", _MU, "mu"),
    Unit("万亩", "area", _MU * 10**4, "10,000 mu"),
    Unit("米", "length", Fraction(1), "m"),
    Unit("公里", "length", Fraction(1000), "km"),
    Unit("千牛/平方米", "load", Fraction(1), "kN/m²"),
    Unit("%", "share", Fraction(1, 100), "%"),
    Unit("‰", "share", Fraction(1, 1000), "‰"),
    Unit("个百分点", "points", Fraction(1, 100), "percentage points"),
    Unit("个千分点", "points", Fraction(1, 1000), "permille points"),
    Unit("倍", "times over", Fraction(1), "times"),
    Unit("位", "rank", Fraction(1), "rank"),
    Unit("万元/亩", "money per area", Fraction(10**4) / _MU, "10,000 yuan/mu"),
    Unit("元/平方米", "money per area", Fraction(1), "yuan/m²"),
    Unit("元/人", "money per count of 人", Fraction(1), "yuan/person"),
    Unit("万元/人", "money per count of 人", Fraction(10**4), "10,000 yuan/person"),
    Unit("万元/户", "money per count of 户", Fraction(10**4), "10,000 yuan/household"),
    Unit("吨标准煤/万元", "count of 吨标准煤 per money", Fraction(1, 10**4), "tce/10,000 yuan"),
    Unit("千瓦时/万元", "count of 千瓦时 per money", Fraction(1, 10**4), "kWh/10,000 yuan"),
    *(u for name, en in _COUNTS.items() for u in _scaled(f"count of {name}", name, en)),
)

UNITS: dict[str, Unit] = {u.name: u for u in _LIST}
"""Every unit by its name."""

_ALIASES = {
    "％": "%", "百分点": "个百分点", "人民币元": "元", "㎡": "平方米", "m²": "平方米",
    "平方千米": "平方公里", "千米": "公里", "hm²": "公顷", "人次": "人", "万人次": "万人",
    "kN/m²": "千牛/平方米", "kN/㎡": "千牛/平方米", "kVA": "千伏安", "m³": "立方米",
    "万": "万元", "亿": "亿元", "万/亩": "万元/亩",
}  # fmt: skip


def unit(name: str) -> Unit | None:
    """The unit by its name or another way of writing it; None if there is no such unit.

    A bare 万 or 亿 is money, as in `产值500亿`; nothing else is completed.
    """
    plain = name.strip()
    return UNITS.get(plain) or UNITS.get(_ALIASES.get(plain, ""))
