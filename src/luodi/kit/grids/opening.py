"""From bytes to a grid: what a file is goes by its content, and nothing of it is executed."""

from __future__ import annotations

import io
import zipfile

from luodi.kit.grids.cells import Form, Grid
from luodi.kit.grids.delimited import read_csv
from luodi.kit.grids.sentences import GridLimits, GridRefused, refused, told, too_large
from luodi.kit.grids.xlsx import read_xlsx
from luodi.kit.readers.forms import (
    HEAD_BYTES,
    HTML_HEAD,
    OLE,
    SIGNATURES,
    picture_suffix,
    suffix_of,
)
from luodi.kit.readers.sentences import Refusal as ReaderRefusal
from luodi.kit.refusals import Refusal

READERS = {"xlsx": read_xlsx, "csv": read_csv}
NAMED = {"xlsx": "Excel 工作簿（.xlsx）", "xls": "旧版 Excel 工作簿（.xls）", "csv": "文本"}
SUFFIXES = {
    ".xlsx": "xlsx", ".xls": "xls", ".et": "xls", ".csv": "csv", ".txt": "csv", ".tsv": "csv",
}  # fmt: skip
CODES = {"source.bomb": "grid.bomb", "source.encrypted": "grid.encrypted"}


def read_grid(name: str, data: bytes, limits: GridLimits | None = None) -> Grid | Refusal:
    """The grid of a file, or why it isn't taken: a Refusal `grid.*`. Never raises.

    Ask `too_large(size)` before the bytes are read from an upload. The form goes by the content;
    a name that says another is noted. Refused: files beyond the limits, locked, broken, with
    macros, no spreadsheets.
    """
    limits = limits or GridLimits()
    large = too_large_or_empty(data, limits)
    if large is not None:
        return large
    try:
        form = _form(data, limits)
        grid = READERS[form](data, limits)
    except GridRefused as refusal:
        return refusal.refusal
    except ReaderRefusal as refusal:
        code = CODES.get(refusal.problem.code, "grid.damaged")
        return refused(code).refusal
    except Exception:  # the parsers of other houses raise what they like on broken files
        return refused("grid.damaged").refusal
    if not any(sheet.cells for sheet in grid.sheets):
        return refused("grid.empty").refusal
    return _noted(grid, name, form)


def too_large_or_empty(data: bytes, limits: GridLimits) -> Refusal | None:
    """Why so many bytes aren't looked at."""
    if not data:
        return refused("grid.empty").refusal
    return too_large(len(data), limits)


def _noted(grid: Grid, name: str, form: Form) -> Grid:
    suffix = suffix_of(name)
    if SUFFIXES.get(suffix, form) == form:
        return grid
    note = told("grid.renamed", suffix=suffix, form=NAMED[form])
    return Grid(grid.form, grid.sheets, (*grid.notes, note))


def _form(data: bytes, limits: GridLimits) -> Form:
    head = data[:HEAD_BYTES]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_form(data, limits)
    if head.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise refused("grid.encrypted")
        raise refused("grid.form", form="旧版 Office 文件")
    if head.lstrip().startswith(b"%PDF-"):
        raise refused("grid.form", form="PDF")
    if picture_suffix(head) or any(head.startswith(mark) for mark, _ in SIGNATURES):
        raise refused("grid.form", form="图片、压缩包或程序")
    plain = head.lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"")
    if HTML_HEAD.match(plain):
        raise refused("grid.form", form="网页，许多系统导出时只是改了后缀")
    if plain.lstrip().startswith(b"<?xml") or plain.startswith(b"MIME-Version:"):
        raise refused("grid.form", form="XML 或单个网页文件")
    return "csv"


def _zip_form(data: bytes, limits: GridLimits) -> Form:
    # Counted before the directory is parsed: a million entries cost a gigabyte to list.
    if data.count(b"PK\x01\x02") > limits.archive.entries:
        raise refused("grid.bomb")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
    if len(names) != len(set(names)):
        raise refused("grid.damaged")
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        raise refused("grid.form", form="二进制工作簿 .xlsb")
    if "content.xml" in names:
        raise refused("grid.form", form="OpenDocument 表格 .ods")
    raise refused("grid.form", form="压缩包或其他文件")
