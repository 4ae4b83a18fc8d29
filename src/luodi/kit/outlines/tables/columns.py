"""What the header of a table says of its columns: kind, what is counted, unit, year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from luodi.kit.outlines.head import tight

ColumnKind = Literal["name", "value", "rank", "growth", "nature", "unit", "serial", "text"]
_UNIT = re.compile(
    r"[（(\[〔](?:单位[：:])?(?P<unit>%|‰|百分[比点]|(?:[百千万亿]{0,2}[美欧港日]?元|[百千万亿]*"
    r"(?:个百分点|平方米|平方公里|立方米|标准箱|标准煤|千瓦时|千瓦|人次|公里|公顷|个|家|项|件|户|人|名|条|座|处|台|套|辆"
    r"|吨|亩|米|所|场|宗|次|期|份|天|位|支|头|张|岁|倍|位|名次|度|分))(?:/[\u4e00-\u9fff\d]{1,6})?)[）)\]〕]"
)
_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)(?!\d)")
_RANK = re.compile(r"(?:排名|位次|名次|排序)\Z")
_SERIAL = re.compile(r"(?:序号|编号|No\.?|№)\Z", re.I)
_NATURE = re.compile(r"(?:指标)?(?:属性|性质|类型)\Z")
_UNITS = re.compile(r"(?:计量)?单位\Z")
_GROWTH = re.compile(r"年均|累计|增长|增速|增幅")
_NAME = re.compile(
    r"(?:城市|地区|区域|县区|县（?市、?区）?|区县|省份|市州|开发区|园区|单位名称|行业|产业|部门|类别|领域|指标|项目"
    r"|名称|指标名称|目标名称|项目名称|企业名称|主要指标|具体指标)(?:[/／].{1,6})?"
)
_NUMBER = re.compile(r"[-−－+]?[\[［〔]?[≥>＞≤<＜约]?\d[\d,，]*(?:\.\d+)?")
_HEAD_YEAR = re.compile(r"(?:截至)?(?:19|20)\d\d年?(?:底|末|度)?")
_BARE_GROWTH = re.compile(
    r"(?:同比|年均|累计|比上年|较上年|名义|实际)*(?:增长|增速|增幅)(?:率|速度)?"
)
_TITLE_YEARS = re.compile(r"\A.{0,12}?(?:19|20)\d\d(?:年?[、和与至—-](?:19|20)\d\d)*年?(?:底|末)?")
_WHOSE = re.compile(
    r"\A.{0,20}(?:主要|核心|重点|各|部分)(?:城市|县区|县（市、?区）|区县|市县|地市|开发区|园区|地区|省份|乡镇|街道|单位)(?=.)"
)
_TITLE_END = re.compile(r"(?:及其?排名|及位次|排名|位次|情况表?|一览表|统计表|对比表?|表)\Z")
_BRACKET = re.compile(r"[（(\[〔][^（()）]*[）)\]〕]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its kind; `what` it counts, its `unit` and `year`, empty where nothing says so."""

    kind: ColumnKind
    what: str = ""
    unit: str = ""
    year: str = ""


def columns_of(
    header: Sequence[str], rows: Sequence[Sequence[str]], title: str = "", unit: str = ""
) -> tuple[Column, ...]:
    """The columns of a table, by its header and, where that is silent, by its cells and title.

    A rank stands behind what it ranks; `unit` is the one that stands above the table.
    """
    columns: list[Column] = []
    for n, head in enumerate(header):
        cells = [row[n] for row in rows if n < len(row)]
        columns.append(_column(head, cells, columns, title, unit))
    return tuple(columns)


def _column(
    head: str, cells: Sequence[str], before: Sequence[Column], title: str, unit: str
) -> Column:
    kind = _kind(head, cells, before)
    if kind not in ("value", "rank", "growth"):
        return Column(kind, what=head)
    named, years = _UNIT.search(head), _YEAR.findall(head)
    year = years[-1] if years else ""
    own = _own_words(head)
    if kind == "rank":
        return _rank(own, year, before)
    about = _YEAR.findall(title)
    year = year or (about[-1] if len(set(about)) == 1 else "")
    unit = _written(named["unit"]) if named else _share(cells) or unit
    if kind == "growth":
        return Column(kind, _grown(own, before), "%", year)
    return Column(kind, own or subject_of(title), unit, year)


def _own_words(head: str) -> str:
    """What a head says beside its year and its unit."""
    bare = _BRACKET.sub("", head)
    return _HEAD_YEAR.sub("", bare) if _YEAR.search(bare) else bare


def _grown(own: str, before: Sequence[Column]) -> str:
    """增速 behind a value is the growth of that value."""
    grown = next((one for one in reversed(before) if one.kind == "value"), None)
    return f"{grown.what}{own}" if grown and _BARE_GROWTH.match(own) else own


def _kind(head: str, cells: Sequence[str], before: Sequence[Column]) -> ColumnKind:
    if _SERIAL.match(head):
        return "serial"
    if _RANK.search(head):
        return "rank"
    if _NATURE.match(head):
        return "nature"
    if _UNITS.match(head):
        return "unit"
    filled = [cell for cell in cells if cell.strip("-—–―/ ")]
    numbers = sum(1 for cell in filled if _NUMBER.match("".join(cell.split())))
    if _NAME.fullmatch(head) and numbers * 2 < max(1, len(filled)):
        return "name"
    if numbers * 2 > len(filled):
        return "growth" if _GROWTH.search(head) and not _YEAR.search(head) else "value"
    return "text" if any(one.kind == "name" for one in before) or len(before) > 1 else "name"


def _rank(what: str, year: str, before: Sequence[Column]) -> Column:
    """A rank's own words, or what the value before it counts."""
    ranked = next((one for one in reversed(before) if one.kind == "value"), None)
    about = _RANK.sub("", what)
    if not about and ranked:
        return Column("rank", f"{ranked.what}排名", "位", year or ranked.year)
    same = year or (ranked.year if ranked else "")
    return Column("rank", f"{about}排名", "位", same)


def _written(unit: str) -> str:
    return {"百分比": "%", "百分点": "个百分点"}.get(unit, unit)


def _share(cells: Sequence[str]) -> str:
    """% where most cells carry the sign."""
    signed = sum(1 for cell in cells if cell.endswith(("%", "％")))
    return "%" if cells and signed * 2 > len(cells) else ""


def subject_of(title: str) -> str:
    """What a table's title says it counts: 2015和2019年各县财政支出及排名 is 各县财政支出."""
    bare = tight(_BRACKET.sub("", _TITLE_YEARS.sub("", title, count=1)))
    return _TITLE_END.sub("", _WHOSE.sub("", bare)).strip("：:的")
