"""From a cell to a checked integer at a definition's scale, exactly or not at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from luodi.kit.grids.cells import Cell
from luodi.kit.quantities import LIMIT, Quantity, Unit, show, unit
from luodi.kit.readers.excel.formats import GENERAL, words_behind
from luodi.kit.refusals import Refusal

_PLAIN = re.compile(r"(-?)(\d{1,15})(?:\.(\d{1,15}))?", re.ASCII)
_DECIMAL = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_POWER = re.compile(r"[+-]?\d+(?:\.\d*)?[eE][+-]?\d+", re.ASCII)
FAST_DIGITS = 18
"""So many digits always fit an integer of the house, however they are parted by the point."""


@dataclass(frozen=True)
class Absent:
    """No figure, and the form's own sign says why: `—`, `/`, `…` with the form's word for it."""

    sign: str
    reason: str


Figure = int | Absent | Refusal | None
"""An integer at the scale; None for an empty cell."""


@dataclass(frozen=True)
class Taking:
    """How the cells of one indicator are taken: its unit, its scale, the form's signs.

    `signs` are what the form writes for no figure, with what they mean.
    """

    unit: Unit
    scale: int
    signs: Mapping[str, str] = field(default_factory=dict)

    def take(self, cell: Cell) -> Figure:
        """The figure of a cell. Refusals: those of `Quantity.parse`, and `figure.*`.

        Of a formula the stored result is taken. A percent cell (0.05 shown as 5%) is 5 %, and a
        unit that the number format writes behind the number is read as if it were typed.
        """
        if cell.kind == "number":
            return self._number(cell)
        if cell.kind == "text":
            return self.read(cell.text)
        return None if cell.kind == "empty" else _no_number(cell)

    def read(self, text: str) -> Figure:
        """The figure of a typed text."""
        number = plain_figure(text, self.scale)
        if number is not None:
            return number
        bare = text.strip()
        if not bare:
            return None
        if bare in self.signs:
            return Absent(bare, self.signs[bare])
        if _POWER.fullmatch(bare):
            return _powered(bare)
        read = Quantity.parse(text, self.unit, self.scale)
        return read if isinstance(read, Refusal) else read.number

    def _number(self, cell: Cell) -> Figure:
        if cell.code == GENERAL:
            number = plain_figure(cell.text, self.scale)
            if number is not None:
                return number
        if not _DECIMAL.fullmatch(cell.text):
            return _too_large(cell.text) if _POWER.fullmatch(cell.text) else self.read(cell.text)
        return _hinted(self.read(_as_shown(cell, self.unit)), cell)


def plain_figure(text: str, scale: int) -> int | None:
    """The integer at a scale of a plain ASCII decimal; None where the long way has to look.

    What it gives is what `Quantity.parse` gives, thirty times as fast.
    """
    found = _PLAIN.fullmatch(text)
    if not found:
        return None
    sign, whole, rest = found.groups("")
    if len(rest) > scale:
        if len(whole) + len(rest) > FAST_DIGITS or rest[scale:].strip("0"):
            return None
        rest = rest[:scale]
    number = int(whole + rest + "0" * (scale - len(rest)))
    if number > LIMIT or len(whole) + len(rest) > FAST_DIGITS:
        return None
    return -number if sign else number


@lru_cache(maxsize=1024)
def _behind(code: str) -> tuple[Unit | None, str, int]:
    words, power = words_behind(code)
    return (None if words in ("万", "亿") else unit(words)), words, power


def _as_shown(cell: Cell, wanted: Unit | None) -> str:
    """The stored number as its format says it, with every digit: `5%`, `12.345万元`."""
    written, words, power = _behind(cell.code)
    if written is None:
        return cell.text
    text = cell.text
    if power:
        text = f"{Decimal(text).scaleb(power):f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    if wanted and wanted.dimension == "points" and written.dimension == "share":
        return text  # a change of a rate, typed into a percent cell
    return text + words


def _hinted(figure: Figure, cell: Cell) -> Figure:
    """Too many decimals under a format that hides them: the person sees another number."""
    if not isinstance(figure, Refusal) or figure.code != "quantity.too_precise":
        return figure
    shown = cell.shown
    return Refusal(
        figure.code,
        f"{figure.zh}；表中显示 {shown}，实际存的是 {cell.text}，请填写取舍后的数",
        f"{figure.en}; the sheet shows {shown}, but {cell.text} is stored: write the rounded one",
        {**figure.params, "shown": shown, "stored": cell.text},
    )


def _no_number(cell: Cell) -> Refusal:
    params = {"text": cell.text[:40]}
    text = cell.text[:40]
    if cell.kind == "uncomputed":
        return Refusal(
            "figure.uncomputed",
            "单元格里是公式，文件没有存下计算结果；请在 Excel 里打开、保存后再上传，或直接填数",
            "The cell holds a formula without a stored result: open and save the file in Excel, "
            "or write the number",
            params,
        )
    if cell.kind == "error":
        return Refusal(
            "figure.error",
            f"单元格是错误值 {text}，没有数可取",
            f"The cell holds the error {text}",
            params,
        )
    if cell.kind == "date":
        return Refusal(
            "figure.date",
            f"单元格是日期（{text}），不是数值；请改回数字格式后重填",
            f"The cell holds a date ({text}), not a number: change its format and type it again",
            params,
        )
    return Refusal(
        "figure.truth", f"单元格是 {text}，不是数值", f"The cell holds {text}, not a number", params
    )


def _too_large(text: str) -> Refusal:
    return Refusal(
        "quantity.overflow",
        "数值过大，无法存储",
        "The number is too large to store",
        {"text": text},
    )


def _powered(text: str) -> Refusal:
    return Refusal(
        "figure.scientific",
        f"“{text}”是科学计数法，可能已经丢了位数；请把数字写全",
        f"“{text}” is written with an exponent and may have lost digits: write it out",
        {"text": text},
    )


def typed(number: int, scale: int) -> str:
    """An integer at a scale as a spreadsheet stores it: ASCII, no grouping."""
    return show(number, scale).replace("\u2212", "-")


def typed_text(cell: Cell) -> str:
    """What a person would have typed to fill the cell so: digits, `5%`, text; '' for nothing.

    A formula without a result, an error and a date become texts that no figure is read from,
    so that the fault is told at the cell and nothing is taken for empty.
    """
    if cell.kind == "number":
        if cell.code == GENERAL or not _DECIMAL.fullmatch(cell.text):
            return cell.text
        return _as_shown(cell, None)
    if cell.kind == "uncomputed":
        return cell.text or "="
    return cell.text.strip()
