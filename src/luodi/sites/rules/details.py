"""What a person says of a plot or a floor, read exactly; bad input refused in one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.common.refusals import Incomplete, in_words
from luodi.kit.quantities import Quantity
from luodi.kit.refusals import Refusal

from ..choices import CleanClass, PlotUse, RegionalAppraisal, SiteKind, SupplyMode

Details = Mapping[str, Any]

PLOT_AMOUNTS = {
    "area": "亩", "price": "万元/亩", "intensity": "万元/亩", "output": "万元/亩",
    "tax": "万元/亩", "energy": "吨标准煤/万元", "water": "立方米", "sewage": "立方米",
    "gas": "立方米", "power": "千伏安",
}  # fmt: skip
PLANT_AMOUNTS = {
    "area": "平方米", "load": "千牛/平方米", "height": "米", "power": "千伏安", "rent": "元/平方米",
}  # fmt: skip
MEASURED = {
    "area": gettext_lazy("面积"),
    "price": gettext_lazy("地价"),
    "intensity": gettext_lazy("投资强度"),
    "output": gettext_lazy("亩均产值"),
    "tax": gettext_lazy("亩均税收"),
    "energy": gettext_lazy("单位能耗"),
    "water": gettext_lazy("供水能力"),
    "sewage": gettext_lazy("污水处理能力"),
    "gas": gettext_lazy("供气能力"),
    "power": gettext_lazy("供电容量"),
    "load": gettext_lazy("楼面荷载"),
    "height": gettext_lazy("层高"),
    "rent": gettext_lazy("租金"),
}
FIELDS = {
    "name": gettext_lazy("名称"),
    "number": gettext_lazy("宗地编号"),
    "park": gettext_lazy("园区"),
    "map_number": gettext_lazy("审图号"),
    "use": gettext_lazy("用途"),
    "standard": gettext_lazy("标准地"),
    "appraisals": gettext_lazy("区域评估"),
    "supply_mode": gettext_lazy("供地方式"),
    "supply_years": gettext_lazy("供地年限"),
    "geometry": gettext_lazy("图形"),
    "building": gettext_lazy("楼栋"),
    "floor": gettext_lazy("楼层"),
    "clean_class": gettext_lazy("洁净等级"),
    "completed_on": gettext_lazy("建成日期"),
}
MOST_YEARS = 70
"""The longest a right to use land is granted for (dwellings); industry has 50, shops 40."""
LEGAL_YEARS = {PlotUse.INDUSTRIAL: 50, PlotUse.LOGISTICS: 50, PlotUse.RESEARCH: 50,
               PlotUse.COMMERCIAL: 40, PlotUse.OTHER: 50}  # fmt: skip
"""城镇国有土地使用权出让和转让暂行条例 (State Council order 55), article 12."""


def check_details(kind: str, details: Details) -> dict[str, Any]:
    """The columns of a site's state from what was said of it; raises `Incomplete`."""
    return _plot(details) if kind == SiteKind.PLOT else _plant(details)


def amounts_of(kind: str) -> dict[str, str]:
    """The measured columns of a kind with their units."""
    return PLOT_AMOUNTS if kind == SiteKind.PLOT else PLANT_AMOUNTS


def _plot(details: Details) -> dict[str, Any]:
    found: dict[str, Any] = _texts(details, ("name", "number", "map_number", "park"))
    if not found["name"]:
        raise Incomplete(_("请填写地块名称。"))
    found["use"] = _one_of(PlotUse, details.get("use"), _("请选择用途。"))
    found["standard"] = bool(details.get("standard"))
    found |= _amounts(PLOT_AMOUNTS, details)
    if found["area"] is None or found["area"] == 0:
        raise Incomplete(_("请填写地块面积，单位为亩。"))
    said = [str(one) for one in details.get("appraisals") or ()]
    found["appraisals"] = [one for one in RegionalAppraisal.values if one in said]
    if len(found["appraisals"]) != len(set(said)):
        raise Incomplete(_("区域评估的事项不在列表里，请重新勾选。"))
    found["supply_mode"] = str(details.get("supply_mode") or "")
    if found["supply_mode"] and found["supply_mode"] not in SupplyMode.values:
        raise Incomplete(_("供地方式不在列表里，请重新选择。"))
    found["supply_years"] = _years(found["use"], details.get("supply_years"))
    return found


def _years(use: str, said: Any) -> int | None:
    if said in (None, ""):
        return None
    years, most = int(said), LEGAL_YEARS[PlotUse(use)]
    if not 1 <= years <= most:
        words = {"use": PlotUse(use).label, "most": most}
        raise Incomplete(
            _("供地年限应在 1 至 %(most)s 年之间（“%(use)s”的法定最高年限）。") % words
        )
    return years


def _plant(details: Details) -> dict[str, Any]:
    found: dict[str, Any] = _texts(details, ("building", "floor", "park"))
    if not found["building"] or not found["floor"]:
        raise Incomplete(_("请填写厂房楼栋和楼层。"))
    clean = details.get("clean_class") or CleanClass.NONE
    found["clean_class"] = _one_of(CleanClass, clean, _("洁净等级不在列表里，请重新选择。"))
    found |= _amounts(PLANT_AMOUNTS, details)
    found["completed_on"] = details.get("completed_on") or None
    return found


def _texts(details: Details, names: Sequence[str]) -> dict[str, Any]:
    return {name: str(details.get(name) or "").strip() for name in names}


def _one_of(choices: type[TextChoices], said: Any, sentence: str) -> str:
    if str(said or "") not in choices.values:
        raise Incomplete(sentence)
    return str(said)


def _amounts(units: Mapping[str, str], details: Details) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, unit in units.items():
        written = str(details.get(name) if details.get(name) is not None else "")
        found[name], found[f"{name}_scale"] = read_amount(name, written, unit)
    return found


def read_amount(name: str, written: str, unit: str) -> tuple[int | None, int]:
    """An amount at its scale; a unit written behind it is converted. Raises `Incomplete`."""
    if not written.strip():
        return None, 0
    read, label = Quantity.parse(written, unit), str(MEASURED[name])
    if isinstance(read, Refusal):
        raise Incomplete(f"{label}：{in_words(read).rstrip('。.')}{_('。')}")
    if read.number < 0:
        raise Incomplete(_("%(what)s不能是负数。") % {"what": label})
    return read.number, read.scale
