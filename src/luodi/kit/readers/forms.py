"""Which form a file has, decided by its content; the name only breaks ties."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath

from luodi.kit.readers.sentences import Refusal
from luodi.kit.readers.sources import Form, Limits

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"GIF87a", "source.image_kind"),
    (b"GIF89a", "source.image_kind"),
    (b"{\\rtf", "source.rtf"),
    (b"Rar!\x1a\x07", "source.archive"),
    (b"7z\xbc\xaf\x27\x1c", "source.archive"),
    (b"\x1f\x8b\x08", "source.archive"),
    (b"\x7fELF", "source.binary"),
    (b"SQLite format 3\x00", "source.binary"),
)

IMAGES = {
    b"\x89PNG\r\n\x1a\n": ".png",
    b"\xff\xd8\xff": ".jpg",
    b"II*\x00": ".tif",
    b"MM\x00*": ".tif",
}

# Streams of an OLE file by their names in its directory (UTF-16); the first that is there decides.
OLE_STREAMS: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", "source.encrypted"),
    ("WordDocument", "source.old_word"),
    ("Workbook", "source.spreadsheet"),
    ("PowerPoint Document", "source.slides"),
)

ZIP_ROOTS: tuple[tuple[str, str], ...] = (
    ("xl/", "source.spreadsheet"),
    ("ppt/", "source.slides"),
)

SUFFIXES: dict[str, Form] = {
    ".txt": "txt",
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".ofd": "ofd",
    ".png": "image",
    ".jpg": "image",
    ".jpeg": "image",
    ".tif": "image",
    ".tiff": "image",
}

NAMED = {
    "txt": "纯文本",
    "docx": "Word 文档",
    "html": "网页",
    "pdf": "PDF",
    "xlsx": "Excel 表格",
    "ofd": "OFD",
    "image": "图片",
}

HTML_HEAD = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?>.*?-->)\s*)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
HTML_TAG = re.compile(rb"<[a-z][a-z0-9]*[\s>/]", re.IGNORECASE)
HEAD_BYTES = 4096


def suffix_of(name: str) -> str:
    """The lower-case ending of a file name, with its dot; empty where there is none."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def picture_suffix(data: bytes) -> str:
    """The usual ending of a picture that can be recognised; empty for what is none."""
    return next((suffix for start, suffix in IMAGES.items() if data.startswith(start)), "")


def form_of(name: str, data: bytes, limits: Limits) -> Form:
    """The form to read a file as; refuses with the sentence that fits what it is instead."""
    _refuse_signature(data)
    head = data[:HEAD_BYTES]
    if picture_suffix(head):
        return "image"
    if _is_pdf(name, head):
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_form(data, limits)
    if head.startswith(OLE):
        raise Refusal(_ole_code(data), form="旧版 Office 或其他复合文档")
    return _text_form(name, head)


def _refuse_signature(data: bytes) -> None:
    for signature, code in SIGNATURES:
        if data.startswith(signature):
            raise Refusal(code)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        raise Refusal("source.image_kind")
    if data[:2] == b"BM" and data[6:10] == b"\0\0\0\0":
        raise Refusal("source.image_kind")
    if b"Founder CEB" in data[:64]:
        raise Refusal("source.unknown_form", form="方正 CEB 版式文件")


def _is_pdf(name: str, head: bytes) -> bool:
    if head.lstrip(b"\xef\xbb\xbf\0 \t\r\n").startswith(b"%PDF-"):
        return True
    return suffix_of(name) == ".pdf" and b"%PDF-" in head[:1024]


def _ole_code(data: bytes) -> str:
    for stream, code in OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            return code
    return "source.unknown_form"


def _zip_form(data: bytes, limits: Limits) -> Form:
    # Counted before the directory is parsed: a million entries cost a gigabyte to list.
    if data.count(b"PK\x01\x02") > limits.entries:
        raise Refusal("source.bomb", reason=f"条目超过 {limits.entries} 个")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
    if "[Content_Types].xml" in names and any(n.startswith("word/") for n in names):
        return "docx"
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return "xlsx"
    if "OFD.xml" in names:
        return "ofd"
    for root, code in ZIP_ROOTS:
        if any(n.startswith(root) for n in names):
            raise Refusal(code)
    if "mimetype" in names and "content.xml" in names:
        raise Refusal("source.unknown_form", form="OpenDocument")
    raise Refusal("source.archive")


def _text_form(name: str, head: bytes) -> Form:
    plain = head.lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"")
    if b'progid="Word.Document"' in plain:
        raise Refusal("source.old_word")
    if plain.startswith(b"MIME-Version:") and b"multipart/related" in plain:
        raise Refusal("source.unknown_form", form="单个网页文件 MHT")
    if HTML_HEAD.match(plain):
        return "html"
    if SUFFIXES.get(suffix_of(name)) == "html" and HTML_TAG.search(plain):
        return "html"
    return "txt"
