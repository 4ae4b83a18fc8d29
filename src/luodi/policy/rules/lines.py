"""The rule editor: conditions as lines. Lines of one group are alternatives; every group must hold.

Any tree of comparisons can be brought into this form; what the editor writes is always in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.common.refusals import Incomplete, in_words
from luodi.kit.eligibility import (
    All,
    AnyOf,
    Comparison,
    Condition,
    FactKind,
    Not,
    Operator,
    Value,
    read_value,
)
from luodi.kit.refusals import Lang, Refusal

from .facts import SEPARATORS

OPERATOR_WORDS = {
    "at_least": gettext_lazy("不低于（不早于）"),
    "at_most": gettext_lazy("不超过（不晚于）"),
    "above": gettext_lazy("高于（晚于）"),
    "below": gettext_lazy("低于（早于）"),
    "equals": gettext_lazy("等于"),
    "between": gettext_lazy("在……之间（写两个值）"),
    "one_of": gettext_lazy("是其中之一"),
    "includes": gettext_lazy("含有（全部）"),
    "exists": gettext_lazy("有记录"),
}


@dataclass(frozen=True)
class Line:
    """One line of the editor; `values` as written, several apart by 、."""

    group: int
    refused: bool
    fact: str
    operator: Operator
    values: str
    sentence: str = ""


def condition_of(lines: Iterable[Line], facts: Mapping[str, FactKind]) -> Condition:
    """The condition that lines say. `Incomplete` names the first value that can't be read."""
    groups: dict[int, list[Condition]] = {}
    for line in lines:
        one: Condition = _comparison(line, facts)
        groups.setdefault(line.group, []).append(Not(one) if line.refused else one)
    parts = [
        some[0] if len(some) == 1 else AnyOf(tuple(some)) for _n, some in sorted(groups.items())
    ]
    return All(tuple(parts))


def _comparison(line: Line, facts: Mapping[str, FactKind]) -> Comparison:
    fact = facts.get(line.fact)
    if fact is None:
        raise Incomplete(
            _("条件用到的“%(fact)s”不在企业事实目录里，请换一个事实，或先登记它。")
            % {"fact": line.fact}
        )
    if line.operator == "exists":
        return Comparison(line.fact, "exists", (), line.sentence)
    written = [part.strip() for part in line.values.translate(SEPARATORS).split("、")]
    values: list[Value] = []
    for text in (part for part in written if part):
        read = read_value(text, fact)
        if isinstance(read, Refusal):
            said = {"fact": fact.label(), "value": text[:30], "why": in_words(read).rstrip("。.")}
            raise Incomplete(_("“%(fact)s”的值“%(value)s”读不出：%(why)s。") % said)
        values.append(read)
    return Comparison(line.fact, line.operator, tuple(values), line.sentence)


def lines_of(condition: Condition, facts: Mapping[str, FactKind]) -> list[Line]:
    """The lines that say a condition written by the editor."""
    parts = condition.parts if isinstance(condition, All) else (condition,)
    return [
        line
        for group, part in enumerate(parts, start=1)
        for line in _of_group(part.parts if isinstance(part, AnyOf) else (part,), group, facts)
    ]


def _of_group(
    parts: Sequence[Condition], group: int, facts: Mapping[str, FactKind]
) -> Iterable[Line]:
    for part in parts:
        refused = isinstance(part, Not)
        one = part.part if isinstance(part, Not) else part
        if isinstance(one, Comparison):
            fact = facts.get(one.fact)
            shown = "、".join(fact.shown(value) if fact else str(value) for value in one.values)
            yield Line(group, refused, one.fact, one.operator, shown, one.sentence)


def group_words(
    parts: Sequence[Condition], facts: Mapping[str, FactKind], lang: Lang
) -> Iterable[tuple[str, str]]:
    """Each comparison of a group in words, with the key of its sentence."""
    for part in parts:
        refused = isinstance(part, Not)
        one = part.part if isinstance(part, Not) else part
        if isinstance(one, Comparison):
            fact = facts.get(one.fact)
            words = fact.asks(one, lang) if fact else one.fact
            yield (_("不得：%(asked)s") % {"asked": words} if refused else words), one.sentence
