"""What a cell shows, as a formula over its indicator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from luodi.kit.formulas import Book, stated_growth
from luodi.kit.formulas import nodes as n
from luodi.kit.refusals import Refusal

CONSTANT, INDEX = ".constant", ".index"
"""Endings of the codes of an indicator's figures in last year's prices, and of its price index
(same period of last year = 100)."""

GROWTHS = frozenset({"growth", "cumulative_growth", "growth_rank"})
"""What a declared rate answers where prices are comparable."""

WHOLE = frozenset({"share", "contribution", "pull", "rank", "growth_rank"})
"""What needs the figures of every unit of the group."""


def shown(word: str, code: str, book: Book, *, low: bool, summed: bool) -> n.Node | Refusal | None:
    """The formula of what a cell shows of an indicator; None where its inputs are unknown.

    Growth of what grows in comparable prices is taken from its figures in last year's prices, its
    price index, or the indicator that states it; else a refusal.

    `low`: the smallest ranks first. `summed`: the group has figures of its own (all enterprises
    together); else its members are added up.
    """
    of = n.Reference(code)
    if word == "comparable":
        return _comparable(code, book)
    if book[code].prices == "comparable" and word in GROWTHS:
        return _priced(word, code, book)
    whole = n.Above(of if summed else n.Total(of))
    first: n.Direction = "low" if low else "high"
    makers: dict[str, Callable[[], n.Node]] = {
        "value": lambda: of,
        "single": lambda: n.Single(of),
        "cumulative": lambda: n.Cumulative(of),
        "growth": lambda: n.Growth(of),
        "cumulative_growth": lambda: n.Growth(n.Cumulative(of)),
        "chain": lambda: n.ChainGrowth(_own_part(of, book)),
        "points": lambda: n.Points(of, n.YearAgo(of)),
        "share": lambda: n.Share(of, whole),
        "contribution": lambda: n.Contribution(of, whole),
        "pull": lambda: n.Pull(of, whole),
        "rank": lambda: n.Rank(of, first),
        "growth_rank": lambda: n.Rank(n.Growth(of)),
    }
    return makers[word]()


def _priced(word: str, code: str, book: Book) -> n.Node | Refusal:
    """The growth, to date or its rank, of an indicator whose prices are comparable."""
    to_date = word == "cumulative_growth"
    found: n.Node | Refusal | None = None if to_date else _comparable(code, book)
    if found is None:
        found = stated_growth(code, book, to_date=to_date)
    if word == "growth_rank" and not isinstance(found, Refusal):
        return n.Rank(found)
    return found


def _own_part(of: n.Reference, book: Book) -> n.Node:
    """A figure reported to date is compared with the month before by the months' own parts."""
    declared = book.get(of.key)
    return n.Single(of) if declared is not None and declared.reported == "to_date" else of


def _comparable(code: str, book: Book) -> n.Node | None:
    """Growth in comparable prices where the dictionary has what it takes."""
    of = n.Reference(code)
    if code + CONSTANT in book:
        return n.ComparableGrowth(n.Reference(code + CONSTANT), of)
    if code + INDEX in book:
        return n.ComparableGrowth(n.Ratio(of, n.Reference(code + INDEX)), of)
    if book[code].growth_by:
        found = stated_growth(code, book)
        return None if isinstance(found, Refusal) else found
    return None


def lifted(node: n.Node, book: Book) -> n.Node:
    """The same over the sums of a group's members: a rate of sums, never a sum of rates."""
    if isinstance(node, n.Reference):
        declared = book.get(node.key)
        if declared is not None and declared.formula is not None:
            return lifted(declared.formula, book)
        return n.Total(node)
    if isinstance(node, n.Total | n.Count):
        return node
    changes: dict[str, Any] = {}
    for one in fields(node):
        value = getattr(node, one.name)
        if isinstance(value, n.Node):
            changes[one.name] = lifted(value, book)
        elif isinstance(value, tuple) and one.name != "span":
            changes[one.name] = tuple(lifted(v, book) for v in value)
    return replace(node, **changes)
