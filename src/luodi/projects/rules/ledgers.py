"""A line of a project ledger: what it says of a project, or what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.common.languages import listed
from luodi.common.refusals import Incomplete
from luodi.kit.grids import Cell
from luodi.kit.mapping import Named

from ..choices import Signing
from .cells import amount_in, computed, day_in, plain_code, plain_text
from .columns import Listed
from .details import AMOUNTS, DATES, MEASURED, check_order, code_fault
from .pipeline import NEEDS
from .words import Vocabulary

KIND = "ledger"
FIELDS = {
    "name": gettext_lazy("项目名称"),
    "investor": NEEDS["investor"],
    "code": NEEDS["code"],
    "origin": gettext_lazy("来源类别"),
    "source": NEEDS["source"],
    "mode": NEEDS["mode"],
    "industry": NEEDS["industry"],
    "lead": gettext_lazy("牵头单位"),
    "zone": NEEDS["zone"],
    "signing": NEEDS["signing"],
    "investment": MEASURED["investment"],
    "output": MEASURED["output"],
    "land": MEASURED["land"],
    "planned_start": NEEDS["planned_start"],
    "planned_production": NEEDS["planned_production"],
    "planned_capacity": NEEDS["planned_capacity"],
    "stage": gettext_lazy("所处环节"),
    "stage_on": gettext_lazy("进入该环节的日期"),
}
"""What a column of a ledger may be."""

LABELS = {
    **FIELDS,
    "investment": gettext_lazy("总投资（万元）"),
    "output": gettext_lazy("承诺年产值（万元）"),
    "land": gettext_lazy("用地面积（亩）"),
}
"""The same with the unit of measure that we keep amounts in."""

MEASURES = tuple(name for name in AMOUNTS if name in FIELDS)
TEXTS = {"name": 200, "investor": 200, "source": 200, "industry": 60}
DAYS = (*DATES, "stage_on")
MARK = 4
"""A text no longer is a number or a mark that stands before a line."""

MOST_LINES = 5000
"""Rows of a ledger at a time, totals and notes among them."""
HUGE = {"investment": 10**8, "output": 10**8, "land": 10**6}
"""Nothing larger is believed: a billion (万亿) of money, a million 亩 of land."""

KNOWN = (
    Named("name", "项目名称", ("建设项目名称", "名称", "项目")),
    Named(
        "investor",
        "投资方",
        ("投资主体", "投资企业", "投资单位", "投资商", "建设单位", "项目单位", "企业名称", "客商"),
    ),
    Named("code", "国家项目代码", ("项目代码", "投资项目统一代码", "项目统一代码", "统一代码")),
    Named("origin", "来源类别", ("项目来源", "项目类别", "来源")),
    Named("source", "线索来源", ("信息来源", "推荐单位", "线索提供单位")),
    Named("mode", "招商模式", ("招商方式", "招商形式")),
    Named("industry", "行业", ("所属行业", "行业类别", "所属产业", "产业类别", "产业")),
    Named("lead", "牵头单位", ("责任单位", "牵头部门", "责任部门", "主管部门", "行业主管部门")),
    Named(
        "zone",
        "落地开发区或县区",
        ("落地区域", "落地园区", "落地县区", "所在县区", "所在区域", "县市区", "开发区", "县区"),
    ),
    Named("signing", "签约形式", ("签约类型", "协议类型", "签约情况", "签约性质")),
    Named(
        "investment",
        "总投资",
        ("计划总投资", "项目总投资", "总投资额", "投资总额", "投资额", "协议投资额", "合同投资额",
         "合同金额"),
    ),
    Named("output", "承诺年产值", ("预计年产值", "达产年产值", "达产产值", "年产值")),
    Named("land", "用地面积", ("占地面积", "拟用地面积", "用地", "占地")),
    Named(
        "planned_start", "计划开工日期",
        ("计划开工时间", "计划时间开工", "拟开工时间", "预计开工时间", "计划开工", "开工时间"),
    ),
    Named(
        "planned_production", "计划投产日期",
        ("计划投产时间", "计划时间投产", "拟投产时间", "预计投产时间", "计划投产", "投产时间"),
    ),
    Named(
        "planned_capacity", "计划达产日期",
        ("计划达产时间", "计划时间达产", "拟达产时间", "预计达产时间", "计划达产", "达产时间"),
    ),
    Named("stage", "所处环节", ("项目阶段", "所处阶段", "当前阶段", "当前环节", "阶段", "环节")),
    Named("stage_on", "进入该环节的日期", ("进入环节日期", "进入环节时间", "进入阶段时间")),
)  # fmt: skip
"""How ledgers write their heads."""

_TOTAL = re.compile(
    r"(?:总?合计|总计|小计|共计|汇总)(?:[:：(（\d].*)?|.{0,12}(?:合计|小计|总计)(?:[(（].*)?"
)
_SECTION = re.compile(
    r"(?:[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、.．]).*"
)
_NOTE = re.compile(
    r"(?:备?注|说明|填表|填报|制表|审核|审批|联系|单位负责|负责人|统计负责|报送)[^,，]{0,12}[:：].*"
)


@dataclass(frozen=True)
class Said:
    """One line as read: `given` are the columns of a project's state that it tells.

    `words` are those nobody has said the meaning of, by field; `explained` those somebody has.
    """

    number: int
    name: str
    given: Mapping[str, Any] = field(default_factory=dict)
    words: tuple[tuple[str, str], ...] = ()
    faults: tuple[str, ...] = ()
    explained: tuple[tuple[str, str], ...] = ()

    @property
    def code(self) -> str:
        """The national project code, '' where none is told."""
        return str(self.given.get("code", ""))


@dataclass(frozen=True)
class Skipped:
    """A row that is no project: a total, a heading or a note; and why."""

    number: int
    text: str
    why: str


def lines_of(
    found: Listed, columns: Mapping[str, int], vocabulary: Vocabulary
) -> tuple[list[Said], list[Skipped]]:
    """Every line of a ledger by its columns, and the rows that are none."""
    reader = _Reader(found, columns, vocabulary)
    lines: list[Said] = []
    skipped: list[Skipped] = []
    for count, (number, cells) in enumerate(found.lines(MOST_LINES + 1)):
        if count == MOST_LINES:
            words = {"most": MOST_LINES}
            raise Incomplete(_("一次最多导入 %(most)s 行，请分几次导入。") % words)
        why = reader.no_line(cells)
        if why:
            text = " ".join(filter(None, map(plain_text, cells.values())))
            skipped.append(Skipped(number, text[:60], why))
        else:
            lines.append(reader.line(number, cells))
    return lines, skipped


class _Reader:
    """Reads the rows of one sheet."""

    def __init__(self, found: Listed, columns: Mapping[str, int], vocabulary: Vocabulary) -> None:
        self.found, self.columns, self.vocabulary = found, columns, vocabulary
        self.measures = {n: found.measure(columns[n], AMOUNTS[n]) for n in MEASURES if n in columns}
        head = found.heads.get(columns.get("investment", 0), "")
        self.contracted = "合同" in head

    def no_line(self, cells: Mapping[int, Cell]) -> str:
        """Why a row is no project; '' where it is one."""
        texts = {column: plain_text(cell) for column, cell in cells.items()}
        told = {name: texts[c] for name, c in self.columns.items() if texts.get(c)}
        first = next((text for text in texts.values() if text), "")
        if any(_TOTAL.fullmatch("".join(text.split())) for text in (first, told.get("name", ""))):
            return _("合计行")
        if not told:
            return _("标题或备注行") if len(first) > MARK else _("没有内容")
        if _SECTION.fullmatch(first) and not set(told) - {"name", *MEASURES}:
            return _("标题或备注行")
        if len(told) == 1 and (_NOTE.fullmatch(first) or ("name" not in told and len(first) > 20)):
            return _("标题或备注行")
        return ""

    def line(self, number: int, cells: Mapping[int, Cell]) -> Said:
        """One row as it reads."""
        given: dict[str, Any] = {}
        words: list[tuple[str, str]] = []
        faults: list[str] = []
        for name, column in self.columns.items():
            cell = self._cell(number, column, cells) if name not in MEASURES else cells[column]
            try:
                computed(FIELDS[name], cell)
                if name in MEASURES:
                    self._amount(name, cell, given)
                elif name in DAYS:
                    day = day_in(FIELDS[name], cell)
                    given |= {name: day} if day else {}
                else:
                    self._text(name, plain_text(cell), given, words)
            except Incomplete as refusal:
                faults.append(refusal.sentence)
        faults += self._contradictions(given)
        name = given.get("name", "")
        unknown = tuple(word for word in words if self.vocabulary.means(*word) is None)
        explained = tuple(word for word in words if word in self.vocabulary.remembered)
        return Said(number, name, given, unknown, tuple(faults), explained)

    def _cell(self, row: int, column: int, cells: Mapping[int, Cell]) -> Cell:
        """The cell, or the one above that is merged down over it."""
        top, left = self.found.sheet.merged_with(row, column)
        return self.found.sheet.at(top, left) if left == column else cells[column]

    def _amount(self, name: str, cell: Cell, given: dict[str, Any]) -> None:
        found = amount_in(FIELDS[name], cell, self.measures[name], AMOUNTS[name])
        if found is None:
            return
        number, scale = found
        if number > HUGE[name] * 10**scale:
            words = {"what": FIELDS[name], "text": plain_text(cell)[:30]}
            raise Incomplete(_("%(what)s：%(text)s 大得不可能，请核对单位。") % words)
        given |= {name: number, f"{name}_scale": scale}

    def _text(
        self, name: str, text: str, given: dict[str, Any], words: list[tuple[str, str]]
    ) -> None:
        if not text:
            return
        if name == "code":
            given["code"] = plain_code(text)
            if code_fault(given["code"]):
                raise Incomplete(code_fault(given["code"]))
        elif name in TEXTS:
            if len(text) > TEXTS[name]:
                said = {"what": FIELDS[name], "most": TEXTS[name]}
                raise Incomplete(_("%(what)s超过 %(most)s 字，请改短。") % said)
            given[name] = text
        else:
            words.append((name, text))
            means = self.vocabulary.means(name, text)
            if means:
                given[name] = means

    def _contradictions(self, given: Mapping[str, Any]) -> Iterator[str]:
        if not given.get("name"):
            yield _("没有项目名称。")
        try:
            check_order([given.get(name) for name in DATES])
        except Incomplete as refusal:
            yield refusal.sentence
        framework = given.get("signing") == Signing.FRAMEWORK
        if framework and self.contracted and "investment" in given:
            yield _("签约形式是框架协议，却填了合同金额；框架协议的金额只是意向。")


def twice(lines: Iterable[tuple[Said, str, tuple[str, ...]]]) -> list[Said]:
    """Lines about the same project can't tell which of them holds: faults, all of them.

    Beside each line stand the known project it is about ('' for none), and its plain name with the
    investor. Two with different codes are two, whatever their names.
    """
    lines = list(lines)
    places: dict[object, list[int]] = {}
    for n, (line, project, name) in enumerate(lines):
        for about in (project, line.code, name if name[0] else ""):
            if about:
                places.setdefault(about, []).append(n)
    found = []
    for line, project, name in lines:
        same = {*places.get(project, ()), *places.get(line.code, ())}
        for n in places.get(name, ()):
            other, of, _name = lines[n]
            if not (line.code and other.code) and not (project and of and project != of):
                same.add(n)
        rows = sorted(lines[n][0].number for n in same if lines[n][0] is not line)
        if rows:
            said = _("与第 %(rows)s 行是同一个项目。") % {"rows": listed(map(str, rows[:5]))}
            line = replace(line, faults=(*line.faults, said))
        found.append(line)
    return found
