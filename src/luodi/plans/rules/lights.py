"""Facts of measures and steps, and the light that the pack's rules give over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from luodi.common.languages import in_one_line, language, listed
from luodi.kit.lights import Fact, Rule, Verdict, dated, evaluate

from ..choices import WorkStage

FACTS = {
    "due": gettext_noop("时限"),
    "today": gettext_noop("今天"),
    "days_left": gettext_noop("剩余天数"),
    "overdue_days": gettext_noop("超期天数"),
    "state": gettext_noop("状态"),
    "done": gettext_noop("办结"),
    "done_on": gettext_noop("办结日期"),
    "last_report_age_days": gettext_noop("距上次采用月报天数"),
}
"""What a fact that a rule looked at is called on a page."""


def facts_of(
    *,
    stage: str,
    due: date | None,
    done: date | None,
    today: date,
    last_report: date | None = None,
) -> dict[str, Fact]:
    """The facts a light looks at: due, today, days_left, overdue_days, state, done_on and
    last_report_age_days (days since the last accepted report; missing where there is none)."""
    facts = dated(due, today)
    facts["state"] = str(stage)
    facts["done"] = stage == WorkStage.DONE
    facts["done_on"] = done
    facts["last_report_age_days"] = (today - last_report).days if last_report else None
    return facts


def judge(rules: Sequence[Rule], facts: Mapping[str, Fact]) -> Verdict:
    """The pack's verdict; whatever the pack says, what has no deadline is never green."""
    if facts.get("due") is None and facts.get("state") != WorkStage.DONE:
        verdict = evaluate([rule for rule in rules if rule.light != "green"], facts)
        if verdict.rule != "no_rule":
            return verdict
        return Verdict(
            "none", "no_deadline", dict(facts), "未设完成时限，不能判断", "No deadline is set"
        )
    return evaluate(rules, facts)


def said_in_words(verdict: Verdict) -> str:
    """Why a light shows, in the reader's language: the rule's own sentence."""
    return verdict.says(language())


def shown_light(verdict: Verdict) -> tuple[str, str]:
    """Light and reason for a page: the sentence, the rule and the facts it looked at."""
    said = said_in_words(verdict)
    facts = listed(
        f"{_(FACTS[name]) if name in FACTS else name} {_value(value)}"
        for name, value in verdict.facts.items()
    )
    rule = _("规则 %(rule)s") % {"rule": verdict.rule}
    return verdict.light, in_one_line(part for part in (said, rule, facts) if part)


def _value(value: Any) -> str:
    return "—" if value is None else str(value)
