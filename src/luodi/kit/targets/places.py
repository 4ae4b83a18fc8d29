"""Where a number stands: its sentence, its clause, the bracket around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from luodi.kit.targets.numbers import Figure

_MARK = re.compile(r"[，。；：！？;（()）]|(?<!\d),")


class Place(NamedTuple):
    """Offsets: sentence, clause (inside its bracket, if any), the bracket's opening or -1."""

    sentence: int
    clause: int
    bracket: int


def places_of(text: str, figures: Sequence[Figure]) -> list[Place]:
    """One place for each figure, in one pass over the paragraph."""
    found: list[Place] = []
    state = _State()
    marks = _MARK.finditer(text)
    mark = next(marks, None)
    for figure in figures:
        while mark and mark.start() < figure.start:
            state.take(mark.group(), mark.start(), text)
            mark = next(marks, None)
        while mark and mark.start() < figure.end:
            mark = next(marks, None)
        found.append(state.place())
    return found


class _State:
    def __init__(self) -> None:
        self.sentence = self.clause = self.inner = 0
        self.bracket = -1

    def take(self, mark: str, at: int, text: str) -> None:
        if mark in "（(":
            if self.bracket < 0:
                self.bracket, self.inner = at, at + 1
        elif mark in "）)":
            if self.bracket < 0:  # a label such as 1) or a bracket that was never opened
                return
            self.bracket = -1
        elif mark == "。" or (mark in "；;！？" and self.bracket < 0):
            self.sentence = self.clause = at + 1
            self.bracket = -1
        elif mark == "：" and text.endswith("其中", 0, at):
            return
        elif self.bracket < 0:
            self.clause = at + 1
        else:
            self.inner = at + 1

    def place(self) -> Place:
        inside = self.bracket >= 0
        return Place(self.sentence, self.inner if inside else self.clause, self.bracket)
