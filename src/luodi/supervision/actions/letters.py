"""A letter goes its way: issued, signed for, answered, re-checked, closed; or given up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.flows import moved
from luodi.common.keys import subject_key
from luodi.common.moments import LOCAL, Moment
from luodi.common.refusals import Conflict, Incomplete, NotFound
from luodi.documents.actions import attach, write_file
from luodi.ledger.rules import due_by_clock, end_of_day, working_of, working_on_day
from luodi.orgs.queries import rules_for
from luodi.orgs.rules import Viewer
from luodi.papers.actions import deliver_paper
from luodi.papers.choices import PaperStage

from ..choices import LetterKind
from ..flows import LETTER
from ..models import AdmonitoryTalk, Recheck, RectificationState
from ..queries import LetterRow, letter_row, roles_in, rung_of
from ..rules import AGAIN, check_year

Upload = tuple[str, bytes]


@dataclass(frozen=True)
class _Given:
    """What came with a step."""

    why: str
    text: str
    until: date | None
    looked_on: date | None
    files: Sequence[Upload]


def move_letter(
    *,
    letter: str,
    move: str,
    seen: int,
    viewer: Viewer,
    by: str,
    at: datetime,
    why: str = "",
    text: str = "",
    until: date | None = None,
    looked_on: date | None = None,
    files: Sequence[Upload] = (),
) -> str:
    """One step of a letter by its flow; returns the stage it leads to.

    `text` is the answer or what a look found, `until` the deadline of a new rectification, `files`
    the evidence. `seen` is the state the person looked at. Raises the refusal of the flow.
    """
    if move not in WRITES:
        raise NotFound(_("这份函件没有这一步。"))
    row = letter_row(viewer, letter, Moment(at))
    if row.state.since_id != seen:
        raise Conflict(_("这份函件刚刚有了变化，请刷新后再看；您填的内容没有写入。"))
    given = _Given(why.strip(), text.strip(), until, looked_on, files)
    roles = roles_in(viewer, row.state.letter)
    stage = moved(LETTER, move, row.stage, roles, _present(row, given))
    _check_days(row, given, at)
    with perform(
        move,
        by=by,
        at=at,
        subjects=[subject_key("letter", letter)],
        scope={"city": row.state.letter.city},
        payload={"from": row.stage, "to": stage},
        why=given.why,
    ) as deed:
        WRITES[move](deed, row, stage, given, by, at)
    return stage


def _present(row: LetterRow, given: _Given) -> dict[str, Any]:
    """What is there for a step, by the needs of the flow."""
    signed = row.paper_stage in (PaperStage.SIGNED, PaperStage.FILED)
    measures = RectificationState.objects.open().filter(rectification__letter=row.key)
    stages = set(measures.exclude(stage="dropped").values_list("stage", flat=True))
    talk = AdmonitoryTalk.objects.open().filter(letter=row.key, held=True)
    return {
        "signed": signed,
        "unsigned": row.paper_stage in ("", PaperStage.DRAFTED),
        "reason": given.why,
        "text": given.text,
        "found": given.text,
        "until": given.until,
        "verified": stages == {"verified"},
        "talked": row.kind != LetterKind.TALK_NOTICE or talk.exists(),
    }


def _check_days(row: LetterRow, given: _Given, at: datetime) -> None:
    today, issued = Moment(at).today, row.state.issued_at
    check_year(given.until, today)
    if given.until and given.until <= today:
        raise Incomplete(_("整改期限要晚于今天。"))
    if given.looked_on and given.looked_on > today:
        raise Incomplete(_("复查日期不能晚于今天。"))
    if given.looked_on and issued and given.looked_on < Moment(issued).today:
        raise Incomplete(_("复查日期不能早于函件印发的那天。"))


def _issue(deed: Deed, row: LetterRow, stage: str, given: _Given, by: str, at: datetime) -> None:
    """From now on the unit sees it, and the clocks of its rung run."""
    letter = row.state.letter
    stack, rung = rules_for(letter, Moment(at)), rung_of(letter, Moment(at))
    found: dict[str, Any] = {}
    windows = (("due", rung.answer), ("rectify", rung.rectify)) if rung else ()
    for name, key in windows:
        counted = due_by_clock(at, stack, key)
        if counted:
            instant = "due_at" if name == "due" else "rectify_by"
            found |= {instant: counted[0].at, f"{name}_working": working_of(*counted)}
    deed.payload["number"] = row.number
    if row.paper:
        deliver_paper(deed=deed, paper=row.paper.paper)
    deed.replace(row.state, stage=stage, issued_at=at, why="", **found)


def _end(deed: Deed, row: LetterRow, stage: str, given: _Given, by: str, at: datetime) -> None:
    deed.replace(row.state, stage=stage, closed_at=at, why=given.why)


def _sign_for(deed: Deed, row: LetterRow, stage: str, given: _Given, by: str, at: datetime) -> None:
    deed.replace(row.state, stage=stage, signed_for_at=at, signed_for_by=by, why="")


def _write(deed: Deed, row: LetterRow, stage: str, given: _Given, by: str, at: datetime) -> None:
    _keep(deed, row, given.files)
    deed.replace(row.state, stage=stage, answer=given.text, answer_by=by, why="")


def _return(deed: Deed, row: LetterRow, stage: str, given: _Given, by: str, at: datetime) -> None:
    deed.replace(row.state, stage=stage, why=given.why)


def _sign(deed: Deed, row: LetterRow, stage: str, given: _Given, by: str, at: datetime) -> None:
    """The leader's signature makes it the unit's answer; a late one says by how much."""
    due = row.state.due_at
    if due is not None and at > due:
        days = (Moment(at).today - due.astimezone(LOCAL).date()).days
        deed.payload["late"] = max(1, days)
    deed.replace(row.state, stage=stage, answered_at=at, answer_signed_by=by, why="")


def _refuse(deed: Deed, row: LetterRow, stage: str, given: _Given, by: str, at: datetime) -> None:
    """The answer goes back; its due instant stays what it was."""
    deed.replace(row.state, stage=stage, answered_at=None, answer_signed_by="", why=given.why)


def _recheck(deed: Deed, row: LetterRow, stage: str, given: _Given, by: str, at: datetime) -> None:
    passed = stage == "rechecked"
    deed.write(
        Recheck(
            letter_id=row.key,
            passed=passed,
            looked_on=given.looked_on or Moment(at).today,
            found=given.text,
        )
    )
    _keep(deed, row, given.files)
    changes: dict[str, Any] = {"stage": stage, "why": given.why}
    if given.until and not passed:
        deed.payload["until"] = given.until.isoformat()
        changes |= {
            "rectify_by": end_of_day(given.until),
            "rectify_working": working_on_day(given.until, AGAIN),
            "closed_at": None,
        }
    deed.replace(row.state, **changes)


WRITES: Mapping[str, Callable[[Deed, LetterRow, str, _Given, str, datetime], None]] = {
    "issue_letter": _issue,
    "withdraw_letter": _end,
    "cancel_letter": _end,
    "sign_for_letter": _sign_for,
    "write_answer": _write,
    "return_answer": _return,
    "sign_answer": _sign,
    "refuse_answer": _refuse,
    "pass_recheck": _recheck,
    "fail_recheck": _recheck,
    "close_letter": _end,
}
"""What each step of the flow writes."""


def _keep(deed: Deed, row: LetterRow, files: Sequence[Upload]) -> None:
    keep_files(deed=deed, letter=row.key, city=row.state.letter.city, unit=row.unit, files=files)


def keep_files(*, deed: Deed, letter: str, city: str, unit: str, files: Sequence[Upload]) -> None:
    """Keep evidence beside a letter, for its unit and for those who see the whole city."""
    kept = []
    for name, data in files:
        file = write_file(deed=deed, name=name, data=data, scope={"city": city, "unit": unit})
        deed.touch(subject_key("file", file.key))
        attach(deed=deed, file=file, subject=subject_key("letter", letter))
        kept.append([file.key, file.name])
    if kept:
        deed.payload["files"] = kept


def record_talk(
    *,
    letter: str,
    held_at: datetime,
    place: str,
    record: str,
    commitments: str,
    seen: int,
    viewer: Viewer,
    by: str,
    at: datetime,
    files: Sequence[Upload] = (),
) -> None:
    """Record that the talk took place, what was said and what the unit promised (by the office).

    A record is corrected by recording it again with what is right; the old one stays known.
    """
    row = letter_row(viewer, letter, Moment(at))
    now = AdmonitoryTalk.objects.open().filter(letter=letter).first()
    if "office" not in roles_in(viewer, row.state.letter) or now is None:
        raise NotFound(_("这份函件没有可以记录的约谈。"))
    if row.stage in ("drafted", "withdrawn", "cancelled", "closed"):
        raise Conflict(_("约谈通知书印发后、办结前才能记录约谈。"))
    if now.since_id != seen:
        raise Conflict(_("别人刚刚改了约谈记录，请刷新后再看；您填的内容没有写入。"))
    if held_at > at:
        raise Incomplete(_("约谈时间不能晚于现在。"))
    drafted = row.state.letter.act.at.astimezone(LOCAL)
    if held_at < drafted.replace(hour=0, minute=0, second=0, microsecond=0):
        raise Incomplete(_("约谈时间不能早于起草约谈通知的那天。"))
    if not record.strip() or not place.strip():
        raise Incomplete(_("请填写约谈地点和约谈记录。"))
    with perform(
        "record_talk",
        by=by,
        at=at,
        subjects=[subject_key("letter", letter)],
        scope={"city": row.state.letter.city},
        payload={"held_at": held_at.isoformat()},
    ) as deed:
        keep_files(deed=deed, letter=letter, city=row.state.letter.city, unit=row.unit, files=files)
        deed.replace(
            now,
            held=True,
            held_at=held_at,
            place=place.strip(),
            record=record.strip(),
            commitments=commitments.strip(),
        )
