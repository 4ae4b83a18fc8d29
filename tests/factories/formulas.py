"""A small book of indicators for tests of formulas."""

from __future__ import annotations

from luodi.kit.calendars import Period
from luodi.kit.formulas import Book, Declared, parse
from luodi.kit.quantities import unit

P = Period.parse


def declared(key, measured_in="万元", scale=0, **more):
    """A declaration with few words."""
    return Declared(key, unit(measured_in), scale, **more)


BOOK = Book.of(
    [
        declared("signed", "亿元", 2),
        declared("operating"),
        declared("output"),
        declared("staff", "人", over_time="last"),
        declared("land", "亩", 1, over_time="last"),
        declared("added", prices="comparable"),
        declared("fixed"),
        declared("todate", reported="to_date", combined=True),
        declared("retail", combined=True),
        declared("retail_since", combined=True, combined_since=P("2026-01")),
        declared("real", prices="comparable", growth_by="real_growth"),
        declared("real_growth", "%", 1, over_time="none", over_units=False, reported="to_date"),
        declared("stated", "%", 1, over_time="none", over_units=False),
        declared("changed", breaks=(P("2025-07"),)),
        declared("firms", "家"),
        declared("yearly", kind="year"),
        declared("weekly", kind="week"),
        declared("rate", "%", 1, formula=parse("ratio([operating], [signed])")),
        declared("pace", "%", 1, formula=parse("annual_growth([output], 2)")),
        declared("place", "位", formula=parse("rank([output])")),
        declared("twice", formula=parse("[output] * 2"), breaks=(P("2026-01"),)),
    ]
)
assert isinstance(BOOK, Book)
