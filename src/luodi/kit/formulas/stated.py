"""The growth of what only grows in comparable prices: the declared rate, never nominal levels."""

from __future__ import annotations

from luodi.kit.formulas.book import Book
from luodi.kit.formulas.nodes import Reference
from luodi.kit.formulas.refusing import refused
from luodi.kit.refusals import Refusal


def stated_growth(key: str, book: Book, *, to_date: bool = False) -> Reference | Refusal:
    """The indicator that states the growth of another, where its prices are comparable.

    `to_date`: the growth of the sum since January is meant; a figure reported to date always
    means that. Refusals: `formula.comparable_only` where no such indicator is named or known,
    `formula.growth_otherwise` where it states the growth of another span.
    """
    declared = book[key]
    named = book.get(declared.growth_by) if declared.growth_by else None
    if named is None:
        return refused(
            "comparable_only",
            f"“{declared.said}”的增速按可比价计算，不能由现价数推算",
            f"Growth of “{declared.said}” is in comparable prices, not from nominal levels",
            key=key,
        )
    cumulated = to_date or declared.reported == "to_date"
    if cumulated == (named.reported == "to_date"):
        return Reference(named.key)
    zh, en = ("累计", "to date") if cumulated else ("当期", "of the period")
    return refused(
        "growth_otherwise",
        f"“{declared.said}”的增速按可比价计算，“{named.said}”给的不是{zh}增速",
        f"Growth of “{declared.said}” is in comparable prices; “{named.said}” gives no growth {en}",
        key=key,
    )
