"""A project ledger: brought, its columns and words explained once, taken in as one act."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.documents.actions import write_file
from luodi.documents.queries import content_of
from luodi.orgs.choices import Role
from luodi.orgs.queries import viewer_of_person
from luodi.orgs.rules import Viewer

from ..models import LedgerTaking, LedgerWord, Project, ProjectLedger, ProjectState, StageMove
from ..queries import pipeline_at
from ..queries.layouts import columns_in, layout_of
from ..queries.ledger_lines import LedgerLine, written_in
from ..queries.ledger_runs import run_ledger
from ..queries.ledgers import ledger_for, list_of, read_ledger
from ..queries.vocabularies import vocabulary
from ..rules.ledgers import FIELDS, KIND, lines_of
from .layouts import layout_in, say_columns

SEARCHED = frozenset({"name", "investor", "industry", "code", "lead", "zone"})
"""What search knows of a project: an act that leaves it only mentions the project."""

KEEPERS = (Role.OFFICE, Role.ZONE_STAFF)
"""Who brings ledgers: the office any project's, a zone's people those of their zone."""


def _keeper(by: str) -> Viewer:
    viewer = viewer_of_person(by)
    if not viewer.has(*KEEPERS):
        raise NotAllowed(_("项目台账由专班办公室或开发区导入。"))
    return viewer


def bring_ledger(*, name: str, data: bytes, city: str, by: str, at: datetime) -> ProjectLedger:
    """Keep a file of projects. Heads that are known take the columns that were named before."""
    viewer = _keeper(by)
    if city not in viewer.cities:
        raise NotAllowed(_("项目台账由专班办公室或开发区导入。"))
    found = read_ledger(name, data)
    scope = {"city": city, "unit": viewer.unit}
    ledger = ProjectLedger(key=new_key(), **scope)
    with perform(
        "bring_ledger",
        by=by,
        at=at,
        subjects=[subject_key("ledger", ledger.key)],
        scope=scope,
        payload={"name": name[:120]},
    ) as deed:
        ledger.layout_id = layout_in(deed=deed, fingerprint=found.fingerprint(KIND), scope=scope)
        file = write_file(deed=deed, name=name, data=data, scope=scope)
        ledger.file_id = file.key
        deed.write(ledger)
    return ledger


def bring_sheet(*, ledger: str, sheet: str, by: str, at: datetime) -> ProjectLedger:
    """Take another sheet of a file that was brought as a ledger of its own, once."""
    viewer = _keeper(by)
    one = ledger_for(ledger, viewer, Moment(at))
    if sheet not in list_of(one).others:
        raise NotFound(_("文件里没有这张工作表。"))
    found = read_ledger(one.file.name, content_of(one.file), sheet)
    known = ProjectLedger.objects.filter(file=one.file_id)
    before = next((other for other in known if list_of(other).sheet.name == sheet), None)
    if before:
        return before
    scope = {"city": one.city, "unit": one.unit}
    fresh = ProjectLedger(key=new_key(), file_id=one.file_id, sheet=sheet, **scope)
    with perform(
        "bring_ledger",
        by=by,
        at=at,
        subjects=[subject_key("ledger", fresh.key)],
        scope=scope,
        payload={"name": one.file.name[:120], "sheet": sheet},
    ) as deed:
        fresh.layout_id = layout_in(deed=deed, fingerprint=found.fingerprint(KIND), scope=scope)
        deed.write(fresh)
    return fresh


def name_ledger_columns(
    *, ledger: str, columns: Mapping[str, int], by: str, at: datetime, seen: int | None = None
) -> None:
    """Say what the columns of a ledger are; every ledger with these heads is read so."""
    one = ledger_for(ledger, _keeper(by), Moment(at))
    found = list_of(one)
    named = {field for field, column in columns.items() if column in found.heads}
    if "name" not in named or len(named) < 2:
        raise Incomplete(_("至少要指定项目名称和另一列。"))
    say_columns(
        subject=subject_key("ledger", ledger),
        layout=one.layout_id,
        found=found,
        columns=columns,
        fields=FIELDS,
        scope={"city": one.city, "unit": one.unit},
        by=by,
        at=at,
        seen=seen,
    )


def explain_words(
    *, ledger: str, meanings: Mapping[tuple[str, str], str], by: str, at: datetime
) -> int:
    """Say what words mean, by field and word; '' means that it says nothing. How many were new.

    Every ledger of the city is read so from now on; a later word replaces an earlier one.
    """
    moment = Moment(at)
    one = ledger_for(ledger, _keeper(by), moment)
    known = vocabulary(one.city, moment).choices
    for (field, _word), means in meanings.items():
        if field not in known or (means and means not in dict(known[field])):
            raise NotFound(_("没有这个选项，请从列表里选择。"))
    rows = LedgerWord.objects.open().filter(city=one.city)
    now = {(row.field, row.word): row for row in rows}
    fresh = {
        pair: means
        for pair, means in meanings.items()
        if pair not in now or now[pair].means != means
    }
    if not fresh:
        raise Incomplete(_("没有选择任何一个词的意思。"))
    with perform(
        "explain_words",
        by=by,
        at=at,
        subjects=[subject_key("ledger", ledger)],
        scope={"city": one.city, "unit": one.unit},
        payload={"words": [[field, word, means] for (field, word), means in fresh.items()]},
    ) as deed:
        for (field, word), means in fresh.items():
            row = now.get((field, word))
            if row:
                deed.replace(row, means=means)
            else:
                key = {"city_id": one.city, "field": field, "word": word}
                deed.write(LedgerWord(**key, means=means))
    return len(fresh)


def take_ledger(
    *,
    ledger: str,
    token: str,
    odd: Collection[int],
    decided: Mapping[int, str],
    by: str,
    at: datetime,
) -> dict[str, int]:
    """Take a ledger in as its dry run showed it: one act. No line that is empty erases anything.

    `token` stands for the dry run that was looked at: `Conflict` where it would come out otherwise
    now. `odd` are the numbers of odd lines to be written all the same; `decided` says of lines that
    look like projects which one they are, or `new`.
    """
    moment = Moment(at)
    viewer = _keeper(by)
    one = ledger_for(ledger, viewer, moment)
    found = list_of(one)
    columns = columns_in(found, layout_of(one.layout_id, moment).columns)
    if "name" not in columns:
        raise Incomplete(_("请先指定各列是什么。"))
    scope = {"city": one.city, "unit": one.unit}
    words = vocabulary(one.city, moment)
    lines, skipped = lines_of(found, columns, words)
    with perform(
        "take_ledger", by=by, at=at, subjects=[subject_key("ledger", ledger)], scope=scope
    ) as deed:
        deed.lock()
        run = run_ledger(lines, skipped, words, one.city, viewer, moment)
        if run.token != token:
            raise Conflict(_("预演之后数据有了变化，请再看一遍预演；没有写入。"))
        chosen = written_in(run.lines, odd, decided)
        if not chosen:
            raise Incomplete(_("没有要写的：都已经在这里，或者都有错、还没有选定。"))
        writing = _Writing(deed, one, moment)
        writing.write(chosen)
        counts = {str(name): count for name, count in run.counts.items()}
        counts |= {"opened": writing.opened, "changed": len(chosen) - writing.opened}
        deed.write(LedgerTaking(ledger_id=ledger, counts=counts, **scope))
        deed.payload |= {"file": one.title, "counts": counts, "rows": writing.told}
    return counts


class _Writing:
    """Writes lines: new projects with one move where they stand further on, else new states."""

    def __init__(self, deed: Deed, ledger: ProjectLedger, moment: Moment) -> None:
        self.deed, self.ledger = deed, ledger
        self.today = moment.today
        stages = pipeline_at(ledger.city, moment).stages
        self.first = stages[0].key if stages else ""
        self.told: dict[str, dict[str, Any]] = {}
        self.opened = 0

    def write(self, lines: list[LedgerLine]) -> None:
        """All of them, each kind of row together."""
        fresh = [(new_key(), line) for line in lines if not line.project]
        known = {line.project: line for line in lines if line.project}
        self.opened = len(fresh)
        for key, line in fresh:
            self._tell(key, line)
            self.deed.write(Project(key=key, **self._scope(dict(line.writes))))
        for key, line in fresh:
            stage = line.stage or self.first
            self.deed.write(ProjectState(project_id=key, stage=stage, **dict(line.writes)))
        states = ProjectState.objects.open().filter(project__city=self.ledger.city)
        for state in states:
            line = known.get(state.project_id)
            if line:
                self._tell(state.project_id, line)
                self.deed.replace(state, **dict(line.writes))
        for key, line in fresh:
            if line.stage:
                self._move(key, line)

    def _scope(self, columns: Mapping[str, Any]) -> dict[str, str]:
        zone, unit = columns.get("zone", ""), columns["lead"]
        return {"city": self.ledger.city, "zone": zone, "unit": unit}

    def _tell(self, key: str, line: LedgerLine) -> None:
        """What the project's own history says of this act."""
        subject = subject_key("project", key)
        if not line.project or SEARCHED.intersection(name for name, _value in line.writes):
            self.deed.touch(subject)
        else:
            self.deed.mention(subject)
        said: dict[str, Any] = {"row": line.number}
        if line.project:
            said["changed"] = [name for name, _value in line.writes if name in FIELDS]
        elif line.stage:
            day = line.stage_on or self.today
            said |= {"stage": line.stage, "told": list(line.told), "happened_on": day.isoformat()}
        self.told[key] = said

    def _move(self, key: str, line: LedgerLine) -> None:
        """The one move of a project that stood further on when it came in."""
        columns = dict(line.writes)
        words = {"file": self.ledger.title, "row": line.number}
        why = _("项目台账“%(file)s”第 %(row)s 行") % words
        if line.undated:
            why = _("项目台账“%(file)s”第 %(row)s 行，没有写日期，按导入当日记") % words
        self.deed.write(
            StageMove(
                project_id=key,
                from_stage=self.first,
                to_stage=line.stage,
                happened_on=line.stage_on or self.today,
                why=why,
                told=list(line.told),
                signing=columns["signing"],
                **self._scope(columns),
            )
        )
