"""What is asked of a site for a project: criteria, needs and offers as the kit matches them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.common.refusals import Incomplete, in_words
from luodi.kit.matching import Criterion, Facts, Fixed, Offer, Operator, Value
from luodi.kit.quantities import UNITS, Quantity
from luodi.kit.refusals import Refusal
from luodi.packs import Stack
from luodi.packs.schemas import SitingRule
from luodi.sites.choices import CleanClass, SiteKind
from luodi.sites.queries import PlantRow, PlotRow

from ..choices import Wanted

if TYPE_CHECKING:
    from ..models import SiteNeed

NEEDED = {
    "land": "亩", "space": "平方米", "load": "千牛/平方米", "height": "米", "power": "千伏安",
    "price": "万元/亩", "rent": "元/平方米",
}  # fmt: skip
"""The measured needs with their units."""

NAMES = {
    "land": gettext_lazy("用地面积"),
    "space": gettext_lazy("厂房面积"),
    "load": gettext_lazy("楼面荷载"),
    "height": gettext_lazy("层高"),
    "power": gettext_lazy("供电容量"),
    "price": gettext_lazy("地价上限"),
    "rent": gettext_lazy("租金上限"),
    "wanted": gettext_lazy("载体类型"),
    "zone": gettext_lazy("意向区域"),
    "clean_class": gettext_lazy("洁净等级"),
}
KINDS = {
    Wanted.PLOT: (SiteKind.PLOT,),
    Wanted.PLANT: (SiteKind.PLANT,),
    Wanted.EITHER: (SiteKind.PLOT, SiteKind.PLANT),
}
PLOT, PLANT = (SiteKind.PLOT.value,), (SiteKind.PLANT.value,)


def read_need(name: str, written: str) -> tuple[int | None, int]:
    """A measured need at its scale; a unit written behind it is converted. Raises `Incomplete`."""
    if not written.strip():
        return None, 0
    read = Quantity.parse(written, NEEDED[name])
    label = str(NAMES[name])
    if isinstance(read, Refusal):
        raise Incomplete(f"{label}：{in_words(read).rstrip('。.')}{_('。')}")
    if read.number <= 0:
        raise Incomplete(_("%(what)s应大于零；不要求的请留空。") % {"what": label})
    return read.number, read.scale


def siting_rules(stack: Stack, day: date) -> tuple[SitingRule, ...]:
    """What gives points on a day, in order; nothing where the city's pack has no such rule."""
    return tuple(sorted(stack.all("siting", SitingRule, day), key=lambda rule: rule.order))


def criteria(rules: Iterable[SitingRule]) -> tuple[Criterion, ...]:
    """What is asked, hard first. The same for all projects, so that points compare."""
    order = tuple(str(label) for _value, label in CleanClass.choices)
    free = Fixed(str(_("空闲或为本项目预留")))

    def asked(
        name: str, zh: str, en: str, operator: Any, kinds: tuple[str, ...], *, must: bool = False
    ) -> Criterion:
        steps = order if name == "clean_class" else ()
        return Criterion(name, zh, en, name, operator, name, None, not must, kinds, None, steps)

    return (
        Criterion("state", "载体状态", "State", "state", "equals", free),
        Criterion("built", "已建成", "Built", "built", "equals", Fixed(True), kinds=PLANT),
        asked("wanted", "载体类型", "Kind", "one_of", (), must=True),
        asked("zone", "所在区域", "Zone", "equals", ()),
        asked("land", "用地面积", "Land", "at_least", PLOT, must=True),
        asked("space", "厂房面积", "Floor area", "at_least", PLANT, must=True),
        asked("load", "楼面荷载", "Floor load", "at_least", PLANT),
        asked("height", "层高", "Height", "at_least", PLANT),
        asked("clean_class", "洁净等级", "Clean class", "at_least", PLANT),
        asked("power", "供电容量", "Power", "at_least", ()),
        asked("price", "地价", "Land price", "at_most", PLOT),
        asked("rent", "租金", "Rent", "at_most", PLANT),
        *(_counted(rule) for rule in rules),
    )


def _counted(rule: SitingRule) -> Criterion:
    """A rule as a soft criterion: an area like the need, or a price as low as can be."""
    kinds = PLOT if rule.counts in ("fit_land", "price") else PLANT
    far = rule.far()
    if rule.counts in ("fit_land", "fit_space"):
        fact = rule.counts.removeprefix("fit_")
        operator: Operator = "equals"
        need: str | Fixed = fact
    else:
        fact, operator, need = rule.counts, "at_most", Fixed(Quantity(0, 0, far.unit))
    return Criterion(
        f"counts {rule.key}", rule.title, rule.title_en, fact, operator, need, rule.weight, True,
        kinds, far,
    )  # fmt: skip


def needs_of(need: SiteNeed, zones: Mapping[str, str]) -> Facts:
    """What a project needs, as the criteria read it."""
    found: dict[str, Value | None] = {
        name: _quantity(getattr(need, name), getattr(need, f"{name}_scale"), unit)
        for name, unit in NEEDED.items()
    }
    found["wanted"] = frozenset(str(kind.label) for kind in KINDS[Wanted(need.wanted)])
    found["zone"] = zones.get(need.zone, need.zone) if need.zone else None
    clean = need.clean_class
    found["clean_class"] = str(CleanClass(clean).label) if clean else None
    return found


def offer_of(row: PlotRow | PlantRow, holder: str) -> Offer:
    """A site as a holder may get it: free, or reserved for them, is the same to them."""
    open_ = row.standing.open_to(holder)
    facts: dict[str, Value | None] = {
        "state": str(_("空闲或为本项目预留")) if open_ else row.standing.label,
        "zone": row.zone,
        "power": _exact(row.power, "千伏安"),
    }
    if isinstance(row, PlotRow):
        facts |= {
            "wanted": str(SiteKind.PLOT.label),
            "land": _exact(row.area, "亩"),
            "price": _exact(row.price, "万元/亩"),
        }
        return Offer(row.key, facts, SiteKind.PLOT.value)
    facts |= {
        "wanted": str(SiteKind.PLANT.label),
        "built": row.built,
        "space": _exact(row.area, "平方米"),
        "load": _exact(row.load, "千牛/平方米"),
        "height": _exact(row.height, "米"),
        "clean_class": row.clean_label,
        "rent": _exact(row.rent, "元/平方米"),
    }
    return Offer(row.key, facts, SiteKind.PLANT.value)


def _quantity(number: int | None, scale: int, unit: str) -> Quantity | None:
    return None if number is None else Quantity(number, scale, UNITS[unit])


def _exact(value: Decimal | None, unit: str) -> Quantity | None:
    """A decimal as the exact quantity it was stored as."""
    if value is None:
        return None
    scale = max(0, -int(value.as_tuple().exponent))
    return Quantity(int(value.scaleb(scale)), scale, UNITS[unit])
