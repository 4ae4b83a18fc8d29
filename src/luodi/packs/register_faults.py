"""What holds between registers and the catalogue of facts: conditions ask for what there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from luodi.kit.refusals import Refusal
from luodi.packs.pack import Pack
from luodi.packs.placed import Placed, rules_below
from luodi.packs.problems import PackProblem
from luodi.packs.schemas import EnterpriseFactRule, PackHead, RegisterRule


def register_faults(
    head: PackHead | None, placed: list[Placed], elsewhere: Mapping[str, Pack]
) -> Iterator[PackProblem]:
    """Conditions of registers that no fact can answer, or that nobody can meet.

    What a pack names may stand in one below it: where that isn't at hand, it can't be told.
    """
    if head and not all(key in elsewhere for key in head.stacks_over):
        return
    rules = rules_below(head, elsewhere, "enterprise_facts")
    rules |= {item.rule.key: item.rule for item in placed if item.kind == "enterprise_facts"}
    known = {
        key: rule.fact() for key, rule in rules.items() if isinstance(rule, EnterpriseFactRule)
    }
    for item in placed:
        if isinstance(item.rule, RegisterRule):
            for needs in filter(None, (item.rule.entry, item.rule.stay)):
                found = needs.condition(known)
                if isinstance(found, Refusal):
                    yield item.problem("pack.register_condition", found.says("zh"))
