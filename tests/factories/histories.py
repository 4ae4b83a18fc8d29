"""Made histories of projects and batches: plain records by act, and the same written as rows."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from luodi.audit.actions import perform
from luodi.common.keys import new_key, subject_key
from luodi.projects.models import (
    Batch,
    BatchEntry,
    BatchState,
    Project,
    ProjectFirm,
    ProjectState,
    StageMove,
)

from .city import MAKER, City

ORDER = ("lead", "talks", "review", "signed", "permits", "started", "in_official_statistics",
         "in_production", "at_capacity", "at_promised_benefit")  # fmt: skip
PARTS = {"signed": 3, "started": 5, "produced": 7}
"""The lists, and the place a project must have to be announced in each."""

SAID = {"actual": "actual_output", "sign": "signing"}
"""Records that change one column of what is known of a project."""

QUARTERS = [date(year, month, 28) for year in range(2022, 2027) for month in (3, 6, 9, 12)]

Record = tuple[Any, ...]


@dataclass
class Tale:
    """What happened, act by act; each act is recorded at the end of a quarter."""

    acts: list[list[Record]] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)
    entered: dict[tuple[str, str, str], bool] = field(default_factory=dict)


def tale(projects: int, seed: int) -> Tale:
    """`projects` opened over five years, moved on, back and to an end, and put into batches."""
    dice, made = random.Random(seed), Tale()
    keys = [f"p{n:05}" for n in range(projects)]
    for number, end in enumerate(QUARTERS):
        act: list[Record] = [("batch", f"b{number:02}", end)]
        fresh = keys[number * projects // 14 : (number + 1) * projects // 14]
        for key in fresh:
            promised = dice.choice([None, 0, *range(100, 90000, 37)])
            act.append(("open", key, dice.choice(["contract"] * 9 + ["framework"]), promised))
            made.places[key], made.days[key] = "lead", end - timedelta(days=80)
        for key in sorted(made.places):
            act += _moved(dice, made, key, end)
        act += _entered(dice, made, f"b{number:02}")
        made.acts.append(act)
    return made


def _moved(dice: random.Random, made: Tale, key: str, end: date) -> list[Record]:
    """What happens to one project in a quarter."""
    here, found = made.places[key], []
    if dice.random() < 0.7:
        at = ORDER.index(here) if here in ORDER else len(ORDER)
        lot = dice.random()
        if here == "ended":
            to = ORDER[3] if lot < 0.2 else here
        elif lot < 0.8:
            to = ORDER[min(at + dice.choice([1, 1, 2, 3]), len(ORDER) - 1)]
        else:
            to = "ended" if lot > 0.96 else ORDER[max(at - dice.choice([1, 2, 4]), 0)]
        if to != here:
            day = made.days[key] + timedelta(dice.randint(0, (end - made.days[key]).days))
            found.append(("move", key, here, to, day))
            made.places[key], made.days[key] = to, day
    if dice.random() < 0.15:
        found.append(("actual", key, dice.randint(0, 120_000)))
    if dice.random() < 0.1:
        came = end - timedelta(dice.randint(0, 400)) if dice.random() < 0.6 else None
        found.append(("firm", key, f"firm{dice.randrange(len(made.places))}", came))
    if dice.random() < 0.01:
        found.append(("sign", key, dice.choice(["framework", "contract"])))
    return found


def _entered(dice: random.Random, made: Tale, batch: str) -> list[Record]:
    """The lists of a quarter's batch, and entries excluded or put back."""
    found: list[Record] = []
    for key, here in sorted(made.places.items()):
        at = ORDER.index(here) if here in ORDER else -1
        for part, least in PARTS.items():
            if at >= least and dice.random() < 0.12:
                made.entered[batch, part, key] = False
                found.append(("enter", batch, part, key))
    for entry, excluded in sorted(made.entered.items()):
        if dice.random() < (0.2 if excluded else 0.02):
            made.entered[entry] = not excluded
            found.append(("mark", *entry, not excluded))
    return found


def written(city: City, told: Tale) -> list[int]:
    """The tale as rows, one act for each; the positions of its acts."""
    writer, positions = Writer(city), []
    for end, records in zip(QUARTERS, told.acts, strict=True):
        at = datetime(end.year, end.month, end.day, 4, tzinfo=UTC)
        subjects = [subject_key("unit", city.key)]
        scope = {"city": city.key}
        with perform("import_projects", by=MAKER, at=at, subjects=subjects, scope=scope) as deed:
            writer.write(deed, records)
        positions.append(deed.act.position)
    return positions


class Writer:
    """Keeps the open states, so that an act ends what the act before left open."""

    def __init__(self, city: City) -> None:
        self.scope = {
            "city": city.key, "zone": city.units["开发区管委会"], "unit": city.units["市工信局"]
        }  # fmt: skip
        self.states: dict[str, ProjectState] = {}
        self.entries: dict[tuple[str, str, str], BatchEntry] = {}
        self.firms: dict[str, ProjectFirm] = {}

    def write(self, deed: Any, records: list[Record]) -> None:
        changed: dict[str, dict[str, Any]] = {}
        marked: dict[tuple[str, str, str], bool] = {}
        fresh: dict[str, ProjectState] = {}
        for kind, *said in records:
            if kind == "batch":
                deed.write(Batch(key=said[0], city=self.scope["city"]))
                deed.write(BatchState(batch_id=said[0], title=said[0], held_on=said[1]))
            elif kind == "open":
                fresh[said[0]] = self._opened(deed, *said)
            elif kind == "move":
                deed.write(self._move(*said))
                changed.setdefault(said[0], {})["stage"] = said[2]
            elif kind == "firm":
                self._carried(deed, *said)
            elif kind in SAID:
                changed.setdefault(said[0], {})[SAID[kind]] = said[1]
            else:
                marked[tuple(said[:3])] = kind == "mark" and said[3]
        for key, changes in changed.items():
            if key in fresh:
                for name, value in changes.items():
                    setattr(fresh[key], name, value)
            else:
                self.states[key] = deed.replace(self.states[key], **changes)
        for entry, excluded in marked.items():
            self._mark(deed, entry, excluded)
        for key, state in fresh.items():
            self.states[key] = deed.write(state)

    def _opened(self, deed: Any, key: str, signing: str, promised: int | None) -> ProjectState:
        deed.write(Project(key=key, **self.scope))
        return ProjectState(
            project_id=key, stage="lead", name=key, origin="lead", lead=self.scope["unit"],
            zone=self.scope["zone"], signing=signing, output=promised,
        )  # fmt: skip

    def _move(self, key: str, here: str, to: str, day: date) -> StageMove:
        return StageMove(
            project_id=key, from_stage=here, to_stage=to, happened_on=day, signing="none",
            **self.scope,
        )  # fmt: skip

    def _carried(self, deed: Any, key: str, firm: str, admitted: date | None) -> None:
        days = dict.fromkeys(("meets_on", "promoted_on", "admitted_on"), admitted)
        said = {"enterprise": firm, "threshold": "above_scale", **days}
        old = self.firms.get(key)
        new = deed.replace(old, **said) if old else deed.write(ProjectFirm(project_id=key, **said))
        self.firms[key] = new

    def _mark(self, deed: Any, entry: tuple[str, str, str], excluded: bool) -> None:
        old = self.entries.get(entry)
        why = "不计入" if excluded else ""
        if old is None:
            batch, part, key = entry
            new = BatchEntry(batch_id=batch, part=part, project_id=key, excluded=excluded, why=why)
            self.entries[entry] = deed.write(new)
        else:
            self.entries[entry] = deed.replace(old, excluded=excluded, why=why)


def bulk_entries(city: City, batch: str, n: int, at: datetime) -> None:
    """`n` projects, each started, in every list of a batch."""
    writer, records = Writer(city), []
    for _number in range(n):
        key = new_key()
        records.append(("open", key, "contract", 100))
        records.append(("move", key, "lead", "started", at.date()))
        records += [("enter", batch, part, key) for part in PARTS]
    subjects, scope = [subject_key("unit", city.key)], {"city": city.key}
    with perform("import_projects", by=MAKER, at=at, subjects=subjects, scope=scope) as deed:
        writer.write(deed, records)
