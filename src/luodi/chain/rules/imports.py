"""A workbook of a chain as lines of text: segments, products and firms; and supplies."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from luodi.common.moments import read_iso_day

HEADS = {
    "chain": ("产业链",),
    "segment": ("环节", "产业链环节"),
    "stream": ("位置", "环节位置", "上中下游"),
    "product": ("产品", "产品名称"),
    "technique": ("技术路线",),
    "application": ("应用领域",),
    "firm": ("企业", "企业名称"),
    "code": ("统一社会信用代码", "信用代码"),
    "place": ("所在地", "所在省市"),
    "certificates": ("资质证书", "资质"),
    "capability": ("能力说明", "能力"),
    "buyer": ("采购方", "采购企业"),
    "buyer_code": ("采购方信用代码",),
    "supplier": ("供应方", "供应企业"),
    "supplier_code": ("供应方信用代码",),
    "share": ("占比(%)", "占比", "份额"),
    "value": ("年采购额(万元)", "年采购额", "金额(万元)", "金额"),
    "source": ("来源", "出处"),
    "since_on": ("起始日期", "起"),
    "until_on": ("截止日期", "止"),
}
"""What the heads of columns may say; the first is our own."""

UNCOMPUTED = "#公式未计算"
"""What stands in the text for a formula whose result the workbook doesn't hold."""
NO_VALUES = frozenset(
    {UNCOMPUTED, "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!"}
)
STRUCTURE, SUPPLY = "structure", "supply"
NOTHING = "—-"
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


@dataclass(frozen=True)
class Line:
    """A line of the text with what its columns say. `kind` goes by the head above it."""

    number: int
    kind: str
    said: Mapping[str, str]


def as_text(tables: Iterable[Sequence[Sequence[str]]]) -> str:
    """Tables as text with tabs, blank lines between: what a person can look at and mend."""
    blocks = []
    for rows in tables:
        lines = ["\t".join(_flat(cell) for cell in row).rstrip() for row in rows]
        kept = [line for line in lines if line.strip()]
        if kept:
            blocks.append("\n".join(kept))
    return "\n\n".join(blocks)


def _flat(cell: str) -> str:
    return re.sub(r"[\t\r\n]+", " ", cell).strip()


def read_lines(text: str) -> list[Line]:
    """The lines below every row of heads; lines before the first one are left out."""
    found: list[Line] = []
    columns: dict[str, int] = {}
    kind = ""
    for number, row in enumerate(text.splitlines(), 1):
        cells = [_said(cell) for cell in row.split("\t")]
        if not any(cells):
            continue
        heads = _columns(cells)
        if heads:
            columns = heads
            kind = SUPPLY if "buyer" in heads else STRUCTURE
            continue
        if columns:
            said = {n: cells[at] if at < len(cells) else "" for n, at in columns.items()}
            found.append(Line(number, kind, said))
    return found


def _said(cell: str) -> str:
    """What a cell says; dashes alone say nothing, a minus before a figure stays."""
    text = unicodedata.normalize("NFKC", cell).strip()
    return text if text.strip(NOTHING) else ""


def _columns(cells: Sequence[str]) -> dict[str, int]:
    """Where each column stands, if this is a row of heads: it names what it must."""
    places = {re.sub(r"\s", "", cell): n for n, cell in enumerate(cells) if cell}
    found = {}
    for name, heads in HEADS.items():
        at = next((places[head] for head in heads if head in places), None)
        if at is not None:
            found[name] = at
    whole = {"segment", "product"} <= found.keys() or {"buyer", "product"} <= found.keys()
    return found if whole else {}


def read_day(written: str) -> date | None:
    """A day as people write it; None where it is none."""
    found = DAY.fullmatch(written.strip())
    if not found:
        return None
    year, month, day = (int(part) for part in found.groups())
    return read_iso_day(f"{year:04}-{month:02}-{day:02}")
