"""What a cell shows, as a formula over its indicator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from luodi.kit.formulas import Book
from luodi.kit.formulas import nodes as n

CONSTANT, INDEX = ".constant", ".index"
"""Endings of the codes of an indicator's figures in last year's prices, and of its price index
(same period of last year = 100)."""

WHOLE = frozenset({"share", "contribution", "pull", "rank", "growth_rank"})
"""What needs the figures of every unit of the group."""


def shown(word: str, code: str, book: Book, *, low: bool, summed: bool) -> n.Node | None:
    """The formula of what a cell shows of an indicator; None where its inputs are unknown.

    `low`: the smallest ranks first. `summed`: the group has figures of its own (all enterprises
    together); else its members are added up.
    """
    of = n.Reference(code)
    if word == "comparable":
        return _comparable(code, book)
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


def _own_part(of: n.Reference, book: Book) -> n.Node:
    """A figure reported to date is compared with the month before by the months' own parts."""
    declared = book.get(of.key)
    return n.Single(of) if declared is not None and declared.reported == "to_date" else of


def _comparable(code: str, book: Book) -> n.Node | None:
    of = n.Reference(code)
    if code + CONSTANT in book:
        return n.ComparableGrowth(n.Reference(code + CONSTANT), of)
    if code + INDEX in book:
        return n.ComparableGrowth(n.Ratio(of, n.Reference(code + INDEX)), of)
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
