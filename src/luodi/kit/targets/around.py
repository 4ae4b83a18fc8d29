"""What holds for the figures of a paragraph from outside it."""

from __future__ import annotations

from dataclasses import dataclass, field

from luodi.kit.targets.periods import period_marks


@dataclass(slots=True)
class Around:
    """What holds for a paragraph from outside it: the title's year, the heading, the last frame
    of time below that heading, and the counts already said."""

    year: str
    heading: str = ""
    frame: str = ""
    seen: set[tuple[str, str, str, str]] = field(default_factory=set)

    def since(self, text: str) -> str:
        """The period of a paragraph that names none."""
        if self.frame:
            return self.frame
        above = {period for _, period in period_marks(self.heading)}
        return above.pop() if len(above) == 1 else self.year
