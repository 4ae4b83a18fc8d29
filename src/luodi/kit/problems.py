"""What a pass says about its input: problems are data, never exceptions."""

from __future__ import annotations

import errno
from dataclasses import dataclass, field
from typing import Any, Literal

Severity = Literal["error", "warning", "info"]
Span = tuple[int, int]
"""Half-open code-point offsets into a reader's text."""


@dataclass(frozen=True)
class Problem:
    """One thing a person should know.

    `code` is stable and dotted (`source.encrypted`, `measure.no_unit`), `params` fill the sentence
    registered for that code, `spans` point into the reader's text.
    """

    code: str
    severity: Severity
    message: str
    spans: tuple[Span, ...] = ()
    params: dict[str, Any] = field(default_factory=dict)


_TROUBLES = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是一个文件夹",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EMFILE: "打开的文件太多",
    errno.EIO: "磁盘读写出错",
    errno.EFBIG: "文件超过了系统允许的大小",
}


def storage_trouble(error: OSError) -> str:
    """Why the system could not read or write, in Chinese; a rare one by its number."""
    return _TROUBLES.get(error.errno or 0, f"系统错误 {error.errno}")
