"""What a person says of a project, read exactly; bad input refused in one sentence each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from statistics import median
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.common.refusals import Incomplete, in_words
from luodi.kit.quantities import Quantity
from luodi.kit.refusals import Refusal

from ..choices import Origin, Signing

Details = Mapping[str, Any]

AMOUNTS = {"investment": "万元", "output": "万元", "actual_output": "万元", "land": "亩"}
MEASURED = {
    "investment": gettext_lazy("总投资"),
    "output": gettext_lazy("承诺年产值"),
    "actual_output": gettext_lazy("实际年产值"),
    "land": gettext_lazy("用地面积"),
}
DATES = ("planned_start", "planned_production", "planned_capacity")
TEXTS = ("name", "investor", "mode", "source", "industry", "zone", "lead", "code")
CODE = re.compile(r"(\d{2})(\d{2})-([1-9]\d{5})-(\d{2})-(\d{2})-(\d{6})")
FULL_YEAR = re.compile(r"(\d{4})-([1-9]\d{5})-(\d{2})-(\d{2})-(\d{6})")
ENOUGH = 3
"""So many similar projects make a magnitude to compare with."""
ODD = 1000


def check_details(details: Details) -> dict[str, Any]:
    """The columns of a project's state from what was said; raises `Incomplete`."""
    found: dict[str, Any] = {name: str(details.get(name) or "").strip() for name in TEXTS}
    if not found["name"]:
        raise Incomplete(_("请填写项目名称。"))
    if not found["lead"]:
        raise Incomplete(_("请选择牵头单位。"))
    found["origin"] = details.get("origin") or Origin.LEAD
    found["signing"] = details.get("signing") or Signing.NONE
    if found["origin"] not in Origin.values or found["signing"] not in Signing.values:
        raise Incomplete(_("来源或签约形式不在列表里，请重新选择。"))
    found["code"] = unicodedata.normalize("NFKC", found["code"]).replace(" ", "")
    if found["code"] and code_fault(found["code"]):
        raise Incomplete(code_fault(found["code"]))
    for name in AMOUNTS:
        found[name], found[f"{name}_scale"] = read_amount(name, str(details.get(name) or ""))
    for name in DATES:
        found[name] = details.get(name) or None
    check_order([found[name] for name in DATES])
    return found


def read_amount(name: str, written: str) -> tuple[int | None, int]:
    """An amount at its scale; a unit written behind it is converted. Raises `Incomplete`."""
    return read_quantity(str(MEASURED[name]), written, AMOUNTS[name])


def read_quantity(label: str, written: str, of: str) -> tuple[int | None, int]:
    """The same for any amount that isn't negative, by its label and unit of measure."""
    if not written.strip():
        return None, 0
    read = Quantity.parse(written, of)
    if isinstance(read, Refusal):
        raise Incomplete(f"{label}：{in_words(read).rstrip('。.')}{_('。')}")
    if read.number < 0:
        raise Incomplete(_("%(what)s不能是负数。") % {"what": label})
    return read.number, read.scale


def check_order(days: Sequence[date | None]) -> None:
    """Refuse planned days out of order: start, production, capacity."""
    given = [day for day in days if day]
    if given != sorted(given):
        raise Incomplete(_("计划日期先后颠倒：应为开工、投产、达产依次往后。"))


def code_fault(code: str) -> str:
    """What is wrong with a national project code, in words; '' where nothing is.

    Its form is checked: year and month (or the full year before 2020), area, two classes, serial.
    """
    new, old = CODE.fullmatch(code), FULL_YEAR.fullmatch(code)
    if new and 1 <= int(new.group(2)) <= 12:
        return ""
    if old and 2015 <= int(old.group(1)) <= 2020:
        return ""
    return _("国家项目代码写法不对，应像 2401-140500-04-01-123456。")


def odd_magnitude(number: int, scale: int, similar: Sequence[Fraction]) -> int:
    """How many thousand-fold an amount differs from the middle of similar ones; 0: it doesn't.

    The sign says which way: positive is too much, negative too little.
    """
    return times_off(number, scale, middle(similar))


def middle(similar: Sequence[Fraction]) -> Fraction | None:
    """The middle of similar amounts; None where there are too few to tell."""
    known = [value for value in similar if value > 0]
    return median(known) if len(known) >= ENOUGH else None


def times_off(number: int, scale: int, middle: Fraction | None) -> int:
    """How many thousand-fold an amount differs from a middle; 0: it doesn't, or there is none."""
    if middle is None or number <= 0:
        return 0
    ratio = Fraction(number, 10**scale) / middle
    if ratio >= ODD:
        return int(ratio)
    return -int(1 / ratio) if ratio <= Fraction(1, ODD) else 0
