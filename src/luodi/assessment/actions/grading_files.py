"""Tables of figures for a grading: brought, looked at in a dry run, taken in as one act."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed
from luodi.documents.actions import write_file
from luodi.indicators.actions import Cell, write_figures
from luodi.orgs.queries import viewer_of_person
from luodi.packs.schemas import GradingRule

from ..choices import LineOutcome
from ..flows.gradings import OFFICE
from ..models import GradingFile, GradingFirm, GradingState, GradingTaking
from ..queries.grading_figures import sources_of
from ..queries.grading_files import DryLine, dry_run, file_for, read_figures_file
from ..queries.gradings import held_state, rule_in
from ..rules.gradings import parts_of

WRITES = (LineOutcome.NEW, LineOutcome.DIFFERENT)


def bring_grading_file(
    *, grading: str, name: str, data: bytes, by: str, at: datetime
) -> GradingFile:
    """Keep a table of figures a department gave for a grading; nothing is taken in yet.

    `Incomplete` where it can't be read as one.
    """
    state, rule = _gathering(grading, by, at)
    viewer = viewer_of_person(by)
    read_figures_file(rule, name, data)
    scope = {"city": state.grading.city, "unit": viewer.unit}
    brought = GradingFile(key=new_key(), grading_id=grading, **scope)
    with perform(
        "bring_grading_file",
        by=by,
        at=at,
        subjects=[subject_key("grading", grading)],
        scope=scope,
        payload={"name": name[:120]},
    ) as deed:
        file = write_file(deed=deed, name=name, data=data, scope=scope)
        deed.touch(subject_key("file", file.key))
        brought.file_id = file.key
        deed.write(brought)
    return brought


def _gathering(grading: str, by: str, at: datetime) -> tuple[GradingState, GradingRule]:
    """A grading whose figures may still change, held by the office."""
    state = held_state(grading)
    if OFFICE not in parts_of(viewer_of_person(by), state.grading.city):
        raise NotAllowed(_("亩均评价由专班办公室办理。"))
    if state.stage != "gathering":
        raise Closed(_("结果已经公示，数据不再导入；有误的按异议更正，或先撤回公示。"))
    rule = rule_in(state.grading.city, state.grading.rule, Moment(at))
    if rule is None:
        raise Incomplete(_("本市的规则包里没有这项评价规则了，请先更新规则包。"))
    return state, rule


def take_grading_file(*, brought: str, token: str, by: str, at: datetime) -> dict[str, int]:
    """Take a table in as its dry run showed it: one act. Lines with faults stay out.

    `token` stands for the dry run that was looked at: `Conflict` where it would come out otherwise.
    """
    moment = Moment(at)
    one = file_for(brought, viewer_of_person(by), moment)
    state, rule = _gathering(one.grading_id, by, at)
    scope = {"city": one.city, "unit": one.unit}
    with perform(
        "take_grading_file",
        by=by,
        at=at,
        subjects=[subject_key("grading", one.grading_id)],
        scope=scope,
    ) as deed:
        deed.lock()
        if GradingTaking.objects.filter(brought=brought).exists():
            raise Conflict(_("这份表已经导入过了，没有再写一遍。"))
        dry = dry_run(one, rule, moment)
        if dry.token != token:
            raise Conflict(_("预演之后数据有了变化，请再看一遍预演；没有写入。"))
        lines = [line for line in dry.lines if line.outcome in WRITES]
        if not lines:
            raise Incomplete(_("没有要写的：表里的数都已经有了，或者都有错。"))
        _write(deed, one, lines, rule, moment)
        _note_starts(deed, state, lines)
        counts = dict(dry.counts)
        deed.write(GradingTaking(brought_id=brought, counts=counts, **scope))
        deed.payload |= {"file": one.file.name, **counts}
    return counts


def _write(
    deed: Deed, one: GradingFile, lines: list[DryLine], rule: GradingRule, moment: Moment
) -> None:
    """The figures, by the purpose of their indicators."""
    sources = sources_of(one.city, rule, one.grading.year, moment)
    purposes = {source.indicator: source.purpose for source in sources.found}
    cells = [Cell(*cell) for line in lines for cell in line.cells]
    for purpose in sorted(set(purposes.values())):
        mine = [cell for cell in cells if purposes[cell.indicator] == purpose]
        if mine:
            origin = subject_key("grading_file", one.key)
            write_figures(deed=deed, city=one.city, cells=mine, origin=origin, purpose=purpose)


def _note_starts(deed: Deed, state: GradingState, lines: list[DryLine]) -> None:
    """Since when firms produce, where the table says so."""
    told = {line.enterprise: line.started for line in lines if line.started}
    rows = GradingFirm.objects.open().filter(grading=state.grading_id, enterprise__in=told)
    known = {row.enterprise: row for row in rows}
    homes = {line.enterprise: line.home for line in lines}
    for firm, day in told.items():
        why = _("随数据表导入")
        if firm in known:
            deed.replace(known[firm], started_on=day, why=why)
        else:
            deed.write(
                GradingFirm(
                    grading_id=state.grading_id, city=state.grading.city, enterprise=firm,
                    unit=homes[firm][0], zone=homes[firm][1], started_on=day, why=why,
                )
            )  # fmt: skip
