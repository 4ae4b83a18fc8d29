"""What would become of the lines of a project ledger, and which of them a person lets in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from luodi.common.refusals import Incomplete

from ..choices import Outcome
from ..rules.ledgers import Skipped
from .layouts import Change

Writes = tuple[tuple[str, Any], ...]
NEW = "new"
"""Said of a line that looks like a project and is another one."""


@dataclass(frozen=True)
class Candidate:
    """A project that a line may be about; what it would change of it, and why they look alike."""

    project: str
    title: str
    why: str
    changes: tuple[Change, ...]
    writes: Writes


@dataclass(frozen=True)
class LedgerLine:
    """What would become of one line. `writes` are the columns of the project's state.

    A new project that stands further on makes one move into `stage` on `stage_on` (None: on the day
    it is taken in); `told` is what today's rules ask of the stages on its way and the line doesn't
    say.
    """

    number: int
    name: str
    outcome: str
    code: str = ""
    project: str = ""
    title: str = ""
    changes: tuple[Change, ...] = ()
    writes: Writes = ()
    says: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    stage: str = ""
    stage_on: date | None = None
    told: tuple[str, ...] = ()

    @property
    def outcome_label(self) -> str:
        """The outcome in words."""
        if self.outcome == Outcome.NEW:
            return _("新项目")
        return str(Outcome(self.outcome).label)

    @property
    def undated(self) -> bool:
        """Whether it moves on a day that nobody has written."""
        return bool(self.stage) and self.stage_on is None

    @property
    def sealed(self) -> str:
        """What the token of the dry run stands for."""
        others = [(one.project, one.writes) for one in self.candidates]
        mine = (self.number, self.outcome, self.project, self.writes, self.stage, self.stage_on)
        return repr((*mine, self.told, others))


@dataclass(frozen=True)
class LedgerRun:
    """Every line of a ledger with what would become of it; `token` stands for all of it."""

    lines: tuple[LedgerLine, ...]
    skipped: tuple[Skipped, ...]
    counts: Counter[str]
    token: str


def written_in(
    lines: Sequence[LedgerLine], odd: Collection[int], decided: Mapping[int, str]
) -> list[LedgerLine]:
    """The lines that would be written: new, different, the odd ones chosen, the decided ones.

    `Incomplete` where two lines are said to be the same project.
    """
    found = [chosen for line in lines if (chosen := _chosen(line, odd, decided))]
    rows = {line.project: line.number for line in lines if line.project}
    for line in (line for line in found if line.project):
        if rows.setdefault(line.project, line.number) != line.number:
            said = {"one": rows[line.project], "other": line.number, "name": line.title}
            words = _("第 %(one)s 行和第 %(other)s 行都是“%(name)s”，只能有一行。")
            raise Incomplete(words % said)
    return found


def _chosen(
    line: LedgerLine, odd: Collection[int], decided: Mapping[int, str]
) -> LedgerLine | None:
    if line.outcome in (Outcome.NEW, Outcome.DIFFERENT):
        return line
    if line.outcome == Outcome.ODD:
        return line if line.number in odd else None
    said = decided.get(line.number) if line.outcome == Outcome.ALIKE else None
    if said == NEW:
        return line
    same = next((one for one in line.candidates if one.project == said), None)
    if same is None or not same.writes:
        return None
    return replace(
        line, project=same.project, title=same.title, writes=same.writes, stage="", told=()
    )
