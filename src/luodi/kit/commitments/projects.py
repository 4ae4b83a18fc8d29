"""Projects with their investment: in boxes, in tables, in running text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from luodi.kit.commitments.taken import Taken
from luodi.kit.layout.blocks import Paragraph
from luodi.kit.outlines.boxes import Box
from luodi.kit.outlines.items import label_at
from luodi.kit.outlines.tables import Table
from luodi.kit.problems import Span

_MONEY = (
    r"(?:(?:计划|预计|概算|估算|累计|规划)*总?投资(?:总?额)?(?:约|达|为|：|:|共| )*)"
    r"(?P<value>\d[\d,]*(?:\.\d+)?) ?(?P<unit>亿元|万元|亿美元|万美元)(?:人民币)?"
)
_INVESTED = re.compile(_MONEY)
_THING = (
    r"(?:项目|工程|中心|基地|产业园|产业园中园|园区|科技园|物流园|生产线|工厂|电站"
    r"|平台|厂|车间|大桥|公路|铁路|水库|综合体)"
)
_AFTER = re.compile(
    rf"{_MONEY}(?:的|建设的?|实施的?)(?P<name>[^，。；、：]{{2,44}}?"
    rf"(?:(?:项目|工程)(?!部|师|技|建设)|{_THING}(?=[，。；、（]|等|\Z)|(?=等(?: ?\d+ ?个)?项目)))"
)
_BEFORE = re.compile(
    r"(?P<name>[^，。；、：]{2,44}?(?:项目|工程|产业园|生产线|基地))"
    rf"(?P<between>(?:[（(，,]|)(?:[^，。；（）]{{0,12}}[，,])?){_MONEY}"
)
_MANY = re.compile(r"\d ?[个项]|[一二三]批”|以上项目|[几数]个")
"""A sum over many is no project."""
_LEAD_IN = re.compile(
    r"(?:推进|推动|加快|重点|实施|建设|完成|支持|确保|抓好|谋划|启动|其中|包括|如|对|由|以|与|及|和|引进"
    r"|签约|落地|新建|续建(?=.{8})|\d{4}年)+"
)
_GENERIC = re.compile(
    r"(?:.{0,8}\d+ ?个.{0,10}|(?:国家|省|市|县|区)?(?:级)?(?:各类|重点|重大|签约|开工"
    r"|投产|产业|招商|建设"
    r"|基础设施|民生|工业|储备|在建|一批|省重点工程)*(?:项目|工程))\Z"
)
_NAME = re.compile(r"(?:“[^”]{0,40}”|[^，。；：:“])*")
_NAME_HEAD = re.compile(r"(?:项目|工程)(?:名称)?\Z|(?:建设)?项目")
_INVESTMENT_HEAD = re.compile(r"(?:计划|估算|概算|预计)?总?投资(?:总?额|规模|估算)?")
_UNIT = re.compile(r"亿美元|万美元|亿元|万元")
_AMOUNT = re.compile(r"(?:约|≥)?(?P<value>\d[\d,]*(?:\.\d+)?)(?P<unit>亿元|万元|亿美元|万美元)?\Z")
_LISTS = re.compile(r"项目|依托工程|重点工程清单|重大工程")


@dataclass(frozen=True, slots=True)
class Project:
    """A named project; investment as decimal string and unit, empty where none is stated.

    `box` is the label and title of the box it stands in, empty elsewhere.
    """

    name: str
    value: str
    unit: str
    span: Span
    box: str = ""


def projects_of(
    paragraphs: Sequence[Paragraph],
    where: Sequence[int],
    boxes: Sequence[Box] = (),
    tables: Sequence[Table] = (),
) -> list[Project]:
    """Projects in order: the items of boxes, the rows of tables, and what the text names."""
    inside = {n: box.name for box in boxes for n in box.at}
    found = [one for box in boxes for one in _of_box(paragraphs, box)]
    for table in tables:
        found += _of_table(table, inside.get(table.at[0], ""))
    known = Taken(one.span for one in found)
    for n in where:
        if "投资" in paragraphs[n].text:
            found += [
                one
                for one in _of_text(paragraphs[n], inside.get(n, ""))
                if not known.meets(one.span)
            ]
    return sorted(found, key=lambda project: project.span)


def _of_box(paragraphs: Sequence[Paragraph], box: Box) -> list[Project]:
    """The items of a box of projects; of another box, those with an investment."""
    listed = bool(_LISTS.search(box.title))
    found = []
    for item in box.items:
        para = paragraphs[item[0]]
        text = para.text
        label = label_at(text)
        money = next((m for n in item if (m := _INVESTED.search(paragraphs[n].text))), None)
        if not listed and not (money and label):
            continue
        left, right = _name_in(text, label.end if label else 0)
        if right - left > 1:
            value = money["value"].replace(",", "") if money else ""
            unit = money["unit"] if money else ""
            name = text[left:right].strip()
            found.append(Project(name, value, unit, para.hull(left, right), box.name))
    return found


def _name_in(text: str, start: int) -> Span:
    """The name of a project in its item: behind 投资…的, or what stands before the first stop."""
    money = _INVESTED.match(text, start)
    if money:
        start = money.end()
        start += 1 if text[start : start + 1] in ("的", "，") else 0
    while start < len(text) and text[start] in " 、.．：:，":
        start += 1
    match = _NAME.match(text, start)
    end = match.end() if match else start
    money = _INVESTED.search(text, start, end)
    if money:
        end = money.start() - (text[money.start() - 1] in "（(")
    return start, end


def _of_table(table: Table, box: str) -> list[Project]:
    """The rows of a table that names projects and, in a column, their investment."""
    names = [n for n, head in enumerate(table.header) if _NAME_HEAD.match(head)]
    money = [n for n, head in enumerate(table.header) if _INVESTMENT_HEAD.match(head)]
    if not names or not (money or "项目名称" in table.header):
        return []
    found = []
    unit = _UNIT.search(table.header[money[0]]) or _UNIT.search(table.unit) if money else None
    for n, row in enumerate(table.rows):
        span = table.cell_span(n, names[0])
        if span is None or len(row) != len(table.header):
            continue
        amount = _AMOUNT.match("".join(row[money[0]].split())) if money else None
        known = (amount["unit"] or (unit.group() if unit else "")) if amount else ""
        value = amount["value"].replace(",", "") if amount and known else ""
        name = "".join(row[names[0]].split())
        if not re.fullmatch(r"(?:合计|总计|小计).{0,6}", name):
            found.append(Project(name, value, known if value else "", span, box))
    return found


def _of_text(para: Paragraph, box: str) -> list[Project]:
    """Projects a sentence names together with their investment; sums of many are none."""
    found = []
    taken = Taken()
    for pattern in (_AFTER, _BEFORE):
        for match in pattern.finditer(para.text):
            name, start = _bare(match["name"]), match.span()
            overlaps = taken.meets(start)
            many = _MANY.search(name + (match.groupdict().get("between") or ""))
            if overlaps or len(name) < 4 or many or _GENERIC.match(name):
                continue
            taken.add(start)
            value = match["value"].replace(",", "")
            found.append(Project(name, value, match["unit"], para.hull(*start), box))
    return found


def _bare(name: str) -> str:
    """A project's name without the label and the verb before it."""
    name = "".join(name.split()) if not re.search("[A-Za-z] [A-Za-z]", name) else name.strip()
    label = label_at(name)
    name = name[label.end :] if label else name
    lead = _LEAD_IN.match(name)
    return name[lead.end() :] if lead and len(name) - lead.end() > 3 else name
