"""What the plan checker looks at: one document, read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from luodi.kit.commitments.measures import Measure
from luodi.kit.commitments.organs import Organ
from luodi.kit.commitments.tree import Item
from luodi.kit.layout.blocks import Paragraph
from luodi.kit.outlines.boxes import Box
from luodi.kit.outlines.head import Head
from luodi.kit.outlines.tables import Table
from luodi.kit.targets.indicators import Indicator
from luodi.kit.targets.numbers import Figure, figures_in


@dataclass(frozen=True, slots=True)
class Reading:
    """A document's parts as the checks need them. `text` are indexes of its running text.

    `figures` are those already read, by paragraph. `memo` keeps what several checks read from the
    same words; it is no part of the value.
    """

    paragraphs: Sequence[Paragraph]
    text: Sequence[int]
    head: Head
    tree: Item
    measures: Sequence[Measure]
    indicators: Sequence[Indicator]
    tables: Sequence[Table]
    organs: Sequence[Organ] = ()
    boxes: Sequence[Box] = ()
    figures: Mapping[int, Sequence[Figure]] = field(default_factory=dict, repr=False)
    memo: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def words(self) -> str:
        """The running text in one piece: whether a word stands in it anywhere is asked once."""
        known = self.memo.get("words")
        if known is None:
            known = self.memo["words"] = "\n".join([self.paragraphs[n].text for n in self.text])
        return str(known)

    def figures_of(self, n: int) -> Sequence[Figure]:
        """The figures of paragraph `n`."""
        known = self.figures.get(n)
        return figures_in(self.paragraphs[n].text) if known is None else known
