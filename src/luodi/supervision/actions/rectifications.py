"""Putting right what a letter is about: measures with dates, reported with evidence, verified."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.flows import moved
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.rules import Viewer

from ..flows import RECTIFICATION
from ..models import Rectification, RectificationState
from ..queries import LetterRow, letter_row, roles_in
from ..rules import check_year
from .letters import Upload, keep_files

OPEN = ("signed_for", "answering", "answered", "rectifying")
"""Stages of a letter in which its measures may be planned, reported and verified."""


def plan_rectification(
    *, letter: str, measure: str, due_on: date, viewer: Viewer, by: str, at: datetime
) -> Rectification:
    """Add a measure with the day by which it is done (by the unit, or the office for it)."""
    row = _open(letter, viewer, at)
    if not roles_in(viewer, row.state.letter) & {"unit", "office"}:
        raise NotAllowed(_("整改措施由收函单位提出，或由专班办公室代为登记。"))
    if not measure.strip():
        raise Incomplete(_("请写明整改措施。"))
    check_year(due_on, Moment(at).today)
    if due_on < Moment(at).today:
        raise Incomplete(_("完成时限不能早于今天。"))
    same = RectificationState.objects.open().filter(
        rectification__letter=letter, measure=measure.strip(), stage="planned"
    )
    if same.exists():
        raise Conflict(_("同样的整改措施已经登记，没有重复写入。"))
    scope = {"city": row.state.letter.city, "unit": row.unit}
    one = Rectification(key=new_key(), letter_id=letter, **scope)
    with perform(
        "plan_rectification",
        by=by,
        at=at,
        subjects=[subject_key("letter", letter)],
        scope={"city": row.state.letter.city},
        payload={"measure": measure.strip()[:400], "due_on": due_on.isoformat()},
    ) as deed:
        deed.write(one)
        deed.write(
            RectificationState(
                rectification_id=one.key,
                measure=measure.strip(),
                due_on=due_on,
                stage=RECTIFICATION.start,
            )
        )
    return one


def move_rectification(
    *,
    letter: str,
    rectification: str,
    move: str,
    seen: int,
    viewer: Viewer,
    by: str,
    at: datetime,
    text: str = "",
    files: Sequence[Upload] = (),
) -> None:
    """Report a measure done with evidence, verify it, send it back, or drop it with a reason."""
    row = _open(letter, viewer, at)
    states = RectificationState.objects.open().filter(rectification__letter=letter)
    state = states.filter(rectification=rectification).first()
    if state is None:
        raise NotFound(_("没有这条整改措施，或者它不在您的范围内。"))
    if state.since_id != seen:
        raise Conflict(_("这条整改措施刚刚有了变化，请刷新后再看；您填的内容没有写入。"))
    said = text.strip()
    present = {"reason": said, "done": said, "evidence": list(files)}
    roles = roles_in(viewer, row.state.letter)
    stage = moved(RECTIFICATION, move, state.stage, roles, present)
    reports = move == "report_rectification"
    changes: dict[str, Any] = {"stage": stage, "why": "" if reports else said}
    if reports:
        changes |= {"done": said, "done_on": Moment(at).today}
    with perform(
        move,
        by=by,
        at=at,
        subjects=[subject_key("letter", letter)],
        scope={"city": row.state.letter.city},
        payload={"measure": state.measure, "text": said if reports else ""},
        why="" if reports else said,
    ) as deed:
        keep_files(deed=deed, letter=letter, city=row.state.letter.city, unit=row.unit, files=files)
        deed.replace(state, **changes)


def _open(letter: str, viewer: Viewer, at: datetime) -> LetterRow:
    row = letter_row(viewer, letter, Moment(at))
    if row.stage not in OPEN:
        raise Closed(_("签收以后、复查合格以前才能办理整改措施。"))
    return row
