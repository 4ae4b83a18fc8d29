"""Sums of money: integers in 分, read exactly, shown in 元 or 万元."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from luodi.common.languages import language
from luodi.common.refusals import Incomplete, in_words
from luodi.kit.articles import sum_of
from luodi.kit.quantities import show
from luodi.kit.refusals import Refusal

TEN_THOUSAND = 10**6
"""分 in a 万元."""
MOST = 10**13
"""1000 亿元 in 分: no city pays more under an article, and sums of many still fit a column."""


def read_money(text: str) -> int | None:
    """A sum as a person writes it (50万元, 500000), in 分; None for nothing.

    Refuses what is no sum, is not above zero or too large, or has more than two decimals in 元.
    """
    if not text.strip():
        return None
    read = sum_of(text)
    if isinstance(read, Refusal):
        raise Incomplete(
            _("金额“%(text)s”读不出：%(why)s。请写成 50万元 或 500000。")
            % {"text": text.strip()[:30], "why": in_words(read).rstrip("。.")}
        )
    if read <= 0:
        raise Incomplete(_("金额要大于零。"))
    if read > MOST:
        raise Incomplete(_("金额超过 1000 亿元，请核对单位。"))
    return read


def money(fen: int | None) -> str:
    """A sum in words: in 万元 where that is exact to four places, else in 元; '' for none.

    English counts in yuan.
    """
    if fen is None:
        return ""
    if fen and fen % 100 == 0 and abs(fen) >= TEN_THOUSAND and language() != "en":
        number = show(fen // 100, 4, grouping=True).rstrip("0").rstrip(".")
        return _("%(n)s 万元") % {"n": number}
    number = show(fen, 2, grouping=True)
    return _("%(n)s 元") % {"n": number.removesuffix(".00")}


def in_ten_thousand(fen: int | None) -> Decimal | None:
    """A sum in 万元, exactly, without zeros behind; None for none."""
    if fen is None:
        return None
    exact = Decimal(fen).scaleb(-6)
    return exact.quantize(Decimal(1)) if exact == exact.to_integral() else exact.normalize()
