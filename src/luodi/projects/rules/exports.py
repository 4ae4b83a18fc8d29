"""A line of the approval platform's export: its code and amounts, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.common.languages import listed
from luodi.common.refusals import Incomplete
from luodi.kit.grids import Cell
from luodi.kit.mapping import Named

from .cells import amount_in, plain_code
from .columns import Listed
from .details import code_fault

FIELDS = {
    "code": gettext_lazy("国家项目代码"),
    "name": gettext_lazy("项目名称"),
    "total": gettext_lazy("总投资"),
    "plan": gettext_lazy("年度计划投资"),
    "month": gettext_lazy("当月完成投资"),
    "to_date": gettext_lazy("本年累计完成投资"),
    "since_start": gettext_lazy("自开工累计完成投资"),
    "in_place": gettext_lazy("本年累计到位资金"),
}
"""What a column of the export may be."""

AMOUNTS = ("total", "plan", "month", "to_date", "since_start", "in_place")
MOST_LINES = 5000

KNOWN = (
    Named("code", "国家项目代码", ("项目代码", "投资项目统一代码", "项目统一代码", "统一代码")),
    Named("name", "项目名称", ("建设项目名称",)),
    Named("total", "总投资", ("项目总投资", "计划总投资", "总投资额")),
    Named("plan", "本年计划投资", ("年度计划投资", "本年度计划投资", "当年计划投资")),
    Named("month", "本月完成投资", ("当月完成投资", "本月完成", "当月投资")),
    Named(
        "to_date",
        "本年累计完成投资",
        ("本年完成投资", "年初以来累计完成投资", "年度累计完成投资", "年内累计完成投资"),
    ),
    Named(
        "since_start",
        "自开工累计完成投资",
        ("开工以来累计完成投资", "自开工以来累计完成投资", "累计完成投资"),
    ),
    Named("in_place", "本年到位资金", ("本年累计到位资金", "本年资金到位", "到位资金")),
)
"""How exports write their heads."""


@dataclass(frozen=True)
class Line:
    """One line as read: amounts in 万元 at their scales; `faults` are sentences."""

    number: int
    code: str
    name: str
    amounts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    faults: tuple[str, ...] = ()


def lines_of(listed: Listed, columns: Mapping[str, int]) -> list[Line]:
    """Every line of an export by its columns; those with the same code are faults, both."""
    measures = {name: listed.measure(columns[name]) for name in AMOUNTS if name in columns}
    read = [
        _line(number, cells, columns, measures) for number, cells in listed.lines(MOST_LINES + 1)
    ]
    if len(read) > MOST_LINES:
        raise Incomplete(_("一次最多导入 %(most)s 行，请分几次导入。") % {"most": MOST_LINES})
    return list(_twice(read))


def _line(
    number: int,
    cells: Mapping[int, Cell],
    columns: Mapping[str, int],
    measures: Mapping[str, str],
) -> Line:
    faults, amounts = [], {}
    code = plain_code(cells[columns["code"]].text)
    if not code:
        faults.append(_("没有国家项目代码。"))
    elif code_fault(code):
        faults.append(code_fault(code))
    for name in AMOUNTS:
        if name not in columns:
            continue
        try:
            found = amount_in(FIELDS[name], cells[columns[name]], measures[name], "万元")
        except Incomplete as refusal:
            faults.append(refusal.sentence)
        else:
            if found:
                amounts[name] = found
    if not faults and not amounts:
        faults.append(_("这一行没有一个数。"))
    written = cells[columns["name"]].text.strip() if "name" in columns else ""
    return Line(number, code, written[:200], amounts, tuple(faults))


def _twice(lines: Iterable[Line]) -> Iterable[Line]:
    """Lines whose code stands on another line too can't tell which of them holds."""
    lines = list(lines)
    places: dict[str, list[int]] = {}
    for line in lines:
        places.setdefault(line.code, []).append(line.number)
    for line in lines:
        others = [str(n) for n in places[line.code] if n != line.number]
        if line.code and others:
            said = _("与第 %(rows)s 行的代码相同。") % {"rows": listed(others[:5])}
            yield Line(line.number, line.code, line.name, line.amounts, (*line.faults, said))
        else:
            yield line
