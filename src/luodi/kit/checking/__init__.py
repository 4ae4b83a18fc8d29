"""Checks of figures: required, range, formula, members' sum, outlier; each hard or soft.

How it is used::

    fields = {"output": Field("output", "总产值", unit("万元"), 2), …}
    rules, refusals = rules_of(form_checks, fields, comparing(book))
    figures, answered, faults = take(cells, fields)            # type: what isn't a number
    checked = check(rules, subjects, period, Known(figures | history, answered, parents))
    checked.faults      # Fault(cells, kind, hard, zh, en, rule)
    checked.skipped     # what couldn't be checked, and why: never silently held for right

A subject is who the figure is of: the key of a unit or an enterprise.
"""

from luodi.kit.checking.compared import Compared, comparing
from luodi.kit.checking.fields import Field, take
from luodi.kit.checking.known import At, Known, Place
from luodi.kit.checking.linear import Linear, Side, Term
from luodi.kit.checking.results import Checked, Fault, Skipped
from luodi.kit.checking.rules import Members, Outlier, Range, Required, Rule, check
from luodi.kit.checking.stored import Compare, rules_of

__all__ = [
    "At",
    "Checked",
    "Compare",
    "Compared",
    "Fault",
    "Field",
    "Known",
    "Linear",
    "Members",
    "Outlier",
    "Place",
    "Range",
    "Required",
    "Rule",
    "Side",
    "Skipped",
    "Term",
    "check",
    "comparing",
    "rules_of",
    "take",
]
