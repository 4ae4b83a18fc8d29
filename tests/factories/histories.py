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
    Merge,
    MergeState,
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

CHANGING = (*SAID, "move", "merge", "unmerge")

QUARTERS = [date(year, month, 28) for year in range(2022, 2027) for month in (3, 6, 9, 12)]

Record = tuple[Any, ...]


@dataclass
class Tale:
    """What happened, act by act: at the end of each quarter one of what came, one a merge.

    `merged` has, of each project that goes on as another one, the other one, and where that stood.
    """

    acts: list[list[Record]] = field(default_factory=list)
    ends: list[date] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)
    entered: dict[tuple[str, str, str], bool] = field(default_factory=dict)
    merged: dict[str, tuple[str, str]] = field(default_factory=dict)
    away: dict[str, tuple[str, date]] = field(default_factory=dict)


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
        new = [act, *([one] for one in _joined(dice, made))]
        made.acts += new
        made.ends += [end] * len(new)
    return made


def _joined(dice: random.Random, made: Tale) -> list[Record]:
    """Projects merged into others, with the path they took or without, and merges taken back."""
    found: list[Record] = []
    for key, (into, before) in sorted(made.merged.items()):
        if into not in made.merged and dice.random() < 0.15:
            del made.merged[key]
            here = made.places[into] if before == "" else before
            found.append(("unmerge", key, here))
            made.places[into] = here
            made.places[key], made.days[key] = made.away.pop(key)
    for _ in range(len(made.places) // 25):
        key, into = dice.sample(sorted(made.places), 2)
        here = made.places.pop(key)
        made.away[key] = (here, made.days[key])
        takes = dice.random() < 0.5
        made.merged[key] = (into, made.places[into] if takes else "")
        if takes:
            made.places[into] = here
            made.days[into] = max(made.days[into], made.days[key])
        found.append(("merge", key, into, takes, made.places[into]))
    return found


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
            _went_on(made, key)
    if dice.random() < 0.15:
        found.append(("actual", key, dice.randint(0, 120_000)))
    if dice.random() < 0.1:
        came = end - timedelta(dice.randint(0, 400)) if dice.random() < 0.6 else None
        found.append(("firm", key, f"firm{dice.randrange(len(made.places))}", came))
    if dice.random() < 0.01:
        found.append(("sign", key, dice.choice(["framework", "contract"])))
    return found


def _went_on(made: Tale, key: str) -> None:
    """What moved since a merge keeps its place when the merge is taken back."""
    for merged, (into, _before) in made.merged.items():
        if into == key:
            made.merged[merged] = (into, "")


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
    for end, records in zip(told.ends, told.acts, strict=True):
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
        self.merges: dict[str, tuple[Merge, MergeState]] = {}

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
            elif kind == "firm":
                self._carried(deed, *said)
            elif kind in CHANGING:
                key, column, value = self._changed(deed, kind, *said)
                changed.setdefault(key, {})[column] = value
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

    def _changed(self, deed: Any, kind: str, key: str, *said: Any) -> tuple[str, str, Any]:
        """What a record changes of what is known of a project: whose, which column, to what."""
        if kind == "move":
            deed.write(self._move(key, *said))
            return key, "stage", said[1]
        if kind in SAID:
            return key, SAID[kind], said[0]
        return self._joined(deed, kind, key, *said), "stage", said[-1]

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

    def _joined(self, deed: Any, kind: str, key: str, *said: Any) -> str:
        """A merge or one taken back; the survivor's key."""
        if kind == "merge":
            into, takes, _place = said
            merge = Merge(
                key=new_key(), project_id=key, into_id=into, takes=["stage"] if takes else []
            )
            deed.write(merge)
            row = deed.write(MergeState(project_id=key, merge_id=merge.key, root_id=into))
            self.merges[key] = merge, row
            root = into
        else:
            merge, row = self.merges.pop(key)
            into, root = merge.into_id, key
            deed.close(row)
        for below in self._below(key):
            one, old = self.merges[below]
            self.merges[below] = one, deed.replace(old, root_id=root)
        return into

    def _below(self, key: str) -> list[str]:
        direct = [k for k, (merge, _row) in self.merges.items() if merge.into_id == key]
        return [k for one in direct for k in (one, *self._below(one))]

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
