"""Why a spreadsheet isn't taken, in words; and how much is taken at most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from luodi.kit.readers.sources import MEGABYTE, Limits
from luodi.kit.refusals import Refusal

KEPT = "系统没有存入任何内容。"
KEPT_EN = " Nothing was stored."

SENTENCES: dict[str, tuple[str, str]] = {
    "grid.empty": ("文件是空的，没有可读的单元格。", "The file is empty: no cell can be read."),
    "grid.too_large": (
        "文件太大：{found}，上限是 {limit}。请删去无关的工作表、图片后再上传。",
        "The file is too large: {found}, the limit is {limit}. "
        "Remove sheets and pictures that don't belong to it.",
    ),
    "grid.too_many_cells": (
        "表格太大：工作表“{sheet}”超过 {limit}。请只保留要填报的区域后再上传。",
        "The table is too large: sheet “{sheet}” goes beyond {limit_en}. Keep only what is to be "
        "filled in.",
    ),
    "grid.bomb": (
        "文件解压后异常巨大，为保护系统没有打开。请用 Excel 或 WPS 打开原件另存一份再上传。",
        "The file unpacks to an abnormal size and was not opened. Open the original in Excel or "
        "WPS and save it anew.",
    ),
    "grid.encrypted": (
        "文件设有打开密码，无法读取。请另存为不带密码的文件再上传。",
        "The file is locked with a password. Save it without one.",
    ),
    "grid.damaged": (
        "文件已损坏或不完整，无法读取。若本机能够打开，请另存一份再上传。",
        "The file is damaged or cut off. If it opens on your computer, save it anew.",
    ),
    "grid.macros": (
        "文件带有宏（程序），系统不接收。请另存为不带宏的 .xlsx 再上传。",
        "The file holds macros (a program) and isn't taken. Save it as .xlsx without macros.",
    ),
    "grid.form": (
        "这不是可以读取的表格文件（{form}）。请用 Excel 或 WPS 打开，另存为 .xlsx 再上传。",
        "This is no spreadsheet that can be read ({form}). Open it in Excel or WPS and save it "
        "as .xlsx.",
    ),
    "grid.encoding": (
        "无法确定这个文本文件的文字编码。请另存为 UTF-8 编码的 CSV，或存为 .xlsx 再上传。",
        "The encoding of this text file can't be told. Save it as UTF-8 CSV or as .xlsx.",
    ),
}
TOLD: dict[str, tuple[str, str]] = {
    "grid.links": (
        "文件引用了外部文件，系统没有打开它们，只取了文件里存下的结果。",
        "The file refers to other files. They were not opened: only stored results were taken.",
    ),
    "grid.renamed": (
        "文件名的后缀是 {suffix}，内容其实是 {form}，已按内容读取。",
        "The file is named {suffix} but holds {form}; it was read as what it holds.",
    ),
    "grid.sheet_unread": (
        "工作表“{sheet}”已损坏，没有读入。",
        "Sheet “{sheet}” is damaged and was not read.",
    ),
}


@dataclass(frozen=True)
class GridLimits:
    """How much of a spreadsheet is taken: bytes, rows and columns of a sheet, cells of all."""

    file_bytes: int = 20 * MEGABYTE
    rows: int = 100_000
    columns: int = 1_000
    cells: int = 2_000_000
    unpacked_bytes: int = 200 * MEGABYTE

    @property
    def archive(self) -> Limits:
        """The same for the reader of zips."""
        return Limits(
            file_bytes=self.file_bytes,
            entries=2_000,
            unpacked_bytes=self.unpacked_bytes,
            part_bytes=self.unpacked_bytes,
            ratio=150,
        )


class GridRefused(Exception):
    """A reader will not go on. Never leaves `read_grid`."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


def refused(code: str, **params: Any) -> GridRefused:
    """The exception that carries the sentence of a code."""
    zh, en = SENTENCES[code]
    return GridRefused(
        Refusal(code, zh.format(**params) + KEPT, en.format(**params) + KEPT_EN, params)
    )


def told(code: str, **params: Any) -> Refusal:
    """A note: something was not done, the rest was read."""
    zh, en = TOLD[code]
    return Refusal(code, zh.format(**params), en.format(**params), params)


def too_large(size: int, limits: GridLimits | None = None) -> Refusal | None:
    """The refusal for a file of so many bytes, asked before it is read; None where it fits.

    A Refusal is falsy: compare with None.
    """
    most = (limits or GridLimits()).file_bytes
    if size <= most:
        return None
    found, limit = (f"{n / MEGABYTE:.1f} MB" for n in (size, most))
    return refused("grid.too_large", found=found, limit=limit).refusal
