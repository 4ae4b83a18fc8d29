"""What may be stored, under what name."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.utils.translation import gettext as _

from luodi.common.refusals import Mendable
from luodi.kit.readers import read
from luodi.kit.readers.markings import marking_in_name

MOST_BYTES = 50 * 1024 * 1024

MEDIA_TYPES = {
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
    ".htm": "text/plain; charset=utf-8",
    ".html": "text/plain; charset=utf-8",
    ".ofd": "application/octet-stream",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
}
"""Kinds that may be stored. HTML is only ever handed out as plain text."""

READABLE = {".txt", ".csv", ".docx", ".pdf", ".xlsx", ".ofd", ".htm", ".html"}
"""Kinds whose text is looked at for a classification marking."""

HIDDEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
UNSAFE = re.compile(r'[\\/:*?"<>|]')


def safe_name(name: str) -> str:
    """A file name without folders, control and direction marks, at most 120 characters.

    The suffix survives; a name with nothing left becomes 未命名.
    """
    bare = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    bare = UNSAFE.sub("_", HIDDEN.sub("", bare)).strip(" .")
    path = PurePosixPath(bare or "未命名")
    stem, suffix = path.stem, path.suffix.lower()
    if path.name.startswith(".") or not stem.strip(" ._"):
        stem = "未命名"
    return f"{stem[: 120 - len(suffix)]}{suffix}"


def media_type(name: str) -> str:
    """The media type a stored file is handed out as. Refuses kinds that aren't kept."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in MEDIA_TYPES:
        kinds = "、".join(sorted(MEDIA_TYPES))
        raise Mendable(
            _("不收这种文件（%(suffix)s）。可以上传：%(kinds)s。请另存为其中一种再上传。")
            % {"suffix": suffix or _("无扩展名"), "kinds": kinds},
            "file.kind",
        )
    return MEDIA_TYPES[suffix]


def check_size(size: int) -> None:
    """Refuse an empty file and one over the limit, in words."""
    if size == 0:
        raise Mendable(_("文件是空的（0 字节），没有保存。请检查后重新选择。"), "file.empty")
    if size > MOST_BYTES:
        raise Mendable(
            _("文件有 %(mb)d MB，超过 %(most)d MB 的上限，没有保存。请压缩图片或拆分后再上传。")
            % {"mb": size // 1024 // 1024, "most": MOST_BYTES // 1024 // 1024},
            "file.size",
        )


def check_marking(name: str, data: bytes) -> None:
    """Refuse a file marked 秘密, 机密 or 绝密 by its name or, where it holds text, in its head.

    What can't be read for another reason is no matter here: evidence may be a picture.
    """
    marked = bool(marking_in_name(name))
    if PurePosixPath(name).suffix.lower() in READABLE:
        marked = any(problem.code == "source.classified" for problem in read(name, data)[1])
    if marked:
        raise Mendable(_("文件标有密级，本系统只收公开和内部文件，没有保存。"), "file.classified")


def path_of(digest: str) -> Path:
    """Where the bytes with this SHA-256 lie."""
    return Path(settings.FILES_DIR) / digest[:2] / digest[2:4] / digest
