"""Eligibility: typed conditions over a firm's facts, answered fits, doesn't, or can't tell.

How it is used::

    known = {"revenue": FactKind("revenue", "number", "营业收入", "Revenue", "万元", 2)}
    rule = All((Comparison("revenue", "at_least", (2000_00,)),))
    check(rule, known)                        # contradictions, unknown facts: sentences
    judge(rule, {"revenue": 1800_00})     # fails, lacking 200 万元: the engine that defines
    matched = match({"a": rule}, Firms(n, columns))   # all pairs, reasons for each

Numbers are integers at the scale of their fact. What is unknown never counts as a no.
"""

from luodi.kit.eligibility.bitmaps import Firms, Group, Matched, bits_of, index, match, members
from luodi.kit.eligibility.catalogue import FactKind, Facts, read_amount, read_value
from luodi.kit.eligibility.checking import Fault, check
from luodi.kit.eligibility.conditions import (
    All,
    AnyOf,
    Comparison,
    Condition,
    Not,
    Operator,
    Value,
    comparisons,
    from_json,
    plain_value,
    to_json,
    value_from,
)
from luodi.kit.eligibility.lasting import Lasting
from luodi.kit.eligibility.proposing import Proposal, proposals, with_sentence
from luodi.kit.eligibility.reference import Answer, Reason, Verdict, judge, truth

__all__ = [
    "All",
    "Answer",
    "AnyOf",
    "Comparison",
    "Condition",
    "FactKind",
    "Facts",
    "Fault",
    "Firms",
    "Group",
    "Lasting",
    "Matched",
    "Not",
    "Operator",
    "Proposal",
    "Reason",
    "Value",
    "Verdict",
    "bits_of",
    "check",
    "comparisons",
    "from_json",
    "index",
    "judge",
    "match",
    "members",
    "plain_value",
    "proposals",
    "read_amount",
    "read_value",
    "to_json",
    "truth",
    "value_from",
    "with_sentence",
]
