"""What people say of a supply, read exactly; bad input refused in one sentence."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from django.utils.translation import gettext as _

from luodi.common.refusals import Incomplete, in_words
from luodi.kit.quantities import Quantity
from luodi.kit.refusals import Refusal

UNIT = "万元"
MOST_SCALE = 4
MOST_SHARE = 10_000


def read_value(written: str) -> tuple[int | None, int]:
    """An amount of money in 万元 at its scale; (None, 0) where nothing is written."""
    if not written.strip():
        return None, 0
    read = Quantity.parse(written, UNIT)
    if isinstance(read, Refusal):
        words = in_words(read).rstrip("。.")
        raise Incomplete(_("金额：%(why)s。") % {"why": words})
    if read.number < 0:
        raise Incomplete(_("金额不能是负数。"))
    if read.scale > MOST_SCALE:
        raise Incomplete(_("金额精确到元就够了，请少写几位小数。"))
    return read.number, read.scale


def exact_value(value: int | None, scale: int) -> Decimal | None:
    """An amount of a row in 万元."""
    return None if value is None else Decimal(value).scaleb(-scale)


def read_share(written: str) -> int | None:
    """A share in hundredths of a per cent; None where nothing is written."""
    bare = unicodedata.normalize("NFKC", written).strip().rstrip("%").strip()
    if not bare:
        return None
    if not re.fullmatch(r"\d{1,3}(\.\d{1,2})?", bare):
        raise Incomplete(_("占比请写成百分数，例如 35 或 35.5，最多两位小数。"))
    share = int(Decimal(bare) * 100)
    if share > MOST_SHARE:
        raise Incomplete(_("占比不能超过 100%。"))
    return share


def said_words(text: str, most: int = 60) -> list[str]:
    """Words parted by commas, semicolons or line ends, each once."""
    parts = re.split(r"[、，,;；\n]", text)
    return list(dict.fromkeys(part.strip()[:most] for part in parts if part.strip()))
