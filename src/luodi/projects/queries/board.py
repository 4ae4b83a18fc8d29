"""The pipeline as a board: a column for each stage, with totals and the first cards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from luodi.common.languages import titled
from luodi.common.moments import Moment

from .pipelines import pipeline_at
from .rows import Row
from .totals import Total

CARDS = 30
"""So many cards a column shows; the list has them all."""


@dataclass(frozen=True)
class BoardColumn:
    """One stage with its projects; `more` are those without a card."""

    total: Total
    cards: tuple[Row, ...]

    @property
    def more(self) -> int:
        """How many projects have no card here."""
        return self.total.count - len(self.cards)


def board(rows: Iterable[Row], city: str, moment: Moment) -> list[BoardColumn]:
    """A column for every stage in force, empty ones too, and for stages rules have lost."""
    by_stage: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_stage[row.stage].append(row)
    named = {rule.key: (rule.order, titled(rule)) for rule in pipeline_at(city, moment).stages}
    for stage, found in by_stage.items():
        named.setdefault(stage, (found[0].order, found[0].stage_label))
    columns = []
    for stage, (_order, label) in sorted(named.items(), key=lambda one: one[1]):
        total = Total(stage, label)
        for row in by_stage[stage]:
            total.add(row)
        columns.append(BoardColumn(total, tuple(by_stage[stage][:CARDS])))
    return columns
