"""The light of a lead's first answer, by the rules of the city's pack."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from luodi.common.languages import language
from luodi.common.moments import LOCAL
from luodi.kit.lights import Fact, Rule, dated, evaluate

SUBJECT = "lead"
"""What the rules of these lights are about."""

Shown = tuple[str, str]
"""A light and why, in the reader's language."""


def answer_facts(
    due_at: datetime | None, answered: datetime | None, at: datetime
) -> dict[str, Fact]:
    """The facts a rule may read: due, today, days_left, overdue_days, answered, done.

    Once answered, `overdue_days` is how late the answer was; late is exact to the second, and the
    first day over begins with it. The days are natural days in China.
    """
    due_on, today = _day(due_at), at.astimezone(LOCAL).date()
    until = min(answered, at) if answered else at
    facts = dated(due_on, _day(until) or today)
    if due_at and due_on and until > due_at:
        facts["overdue_days"] = max(1, (until.astimezone(LOCAL).date() - due_on).days)
    return facts | {"today": today, "answered": _day(answered), "done": answered is not None}


def _day(instant: datetime | None) -> date | None:
    return instant.astimezone(LOCAL).date() if instant else None


class AnswerLights:
    """The lights of many leads at one instant; what looks alike is judged once."""

    def __init__(self, rules: Sequence[Rule], at: datetime) -> None:
        self.rules, self.at = rules, at
        self._seen: dict[tuple[Fact, ...], Shown] = {}

    def of(self, due_at: datetime | None, answered: datetime | None) -> Shown:
        """The light of one, and why."""
        facts = answer_facts(due_at, answered, self.at)
        key = tuple(facts.values())
        if key not in self._seen:
            verdict = evaluate(self.rules, facts)
            self._seen[key] = verdict.light, verdict.says(language())
        return self._seen[key]
