"""What the units do: sign for it, give feedback, apply for close-out, ask for more time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete
from luodi.documents.actions import attach, write_file
from luodi.documents.models import Attachment
from luodi.orgs.queries import rules_of_unit

from ..flows import check
from ..models import Extension, Feedback
from ..queries import Holding, hold
from ..rules import needs_of

Upload = tuple[str, bytes]


def acknowledge(*, item: str, by: str, at: datetime, seen: int | None = None) -> None:
    """Sign for an item (签收): the lead unit takes it in hand."""
    held = hold(item, by, seen)
    target = check("acknowledge", held.state.stage, held.roles)
    with perform("acknowledge", by=by, at=at, subjects=[held.subject], scope=held.scope) as deed:
        deed.replace(held.state, stage=target)


def give_feedback(
    *,
    item: str,
    text: str,
    by: str,
    at: datetime,
    happened_on: date | None = None,
    claimed: int | None = None,
    evidence: Sequence[Upload] = (),
) -> None:
    """Say what was done (反馈). `claimed` is the unit's own percentage: a claim, no result."""
    held = hold(item, by)
    check("give_feedback", held.state.stage, held.roles)
    _check_feedback(text, happened_on, claimed, Moment(at))
    scope = held.scope
    with perform("give_feedback", by=by, at=at, subjects=[held.subject], scope=scope) as deed:
        deed.write(
            Feedback(
                item_id=item, text=text.strip(), happened_on=happened_on, claimed=claimed, **scope
            )
        )
        files, parties = [], [party.unit for party in held.parties]
        for name, data in evidence:
            file = write_file(deed=deed, name=name, data=data, scope=scope)
            attach(deed=deed, file=file, subject=held.subject, shared_with=parties)
            deed.touch(subject_key("file", file.key))
            files.append([file.key, file.name])
        deed.payload |= {
            "unit": scope["unit"],
            "text": text.strip(),
            "happened_on": happened_on.isoformat() if happened_on else "",
            "claimed": claimed,
            "files": files,
        }


def _check_feedback(
    text: str, happened_on: date | None, claimed: int | None, moment: Moment
) -> None:
    if not text.strip():
        raise Incomplete(_("请写明办理情况。"))
    if happened_on and happened_on > moment.today:
        raise Incomplete(_("发生日期不能晚于今天。"))
    if claimed is not None and not 0 <= claimed <= 100:
        raise Incomplete(_("自报进度应在 0 到 100 之间。"))


def apply_for_close_out(
    *, item: str, outcome: str, by: str, at: datetime, seen: int | None = None
) -> None:
    """Apply for close-out (申请销号). Needs a feedback since the last reopening, and evidence
    where the city's pack asks for it. The unit only applies: the office verifies."""
    held = hold(item, by, seen)
    present = {
        "outcome": outcome,
        "feedback": held.feedback_since_reopening() or None,
        "evidence": _evidence_or_not_asked(held, Moment(at)),
    }
    target = check("apply_for_close_out", held.state.stage, held.roles, present)
    with perform(
        "apply_for_close_out",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"outcome": outcome.strip(), "unit": held.unit},
    ) as deed:
        deed.replace(held.state, stage=target, outcome=outcome.strip())


def _evidence_or_not_asked(held: Holding, moment: Moment) -> bool:
    asked = needs_of(
        rules_of_unit(held.item.city, held.lead.unit, moment), "apply_for_close_out", moment.today
    )
    return "evidence" not in asked or Attachment.objects.filter(subject=held.subject).exists()


def ask_extension(*, item: str, until: date | None, reason: str, by: str, at: datetime) -> None:
    """Ask the office for more time (申请延期), with the reason."""
    held = hold(item, by)
    present = {"until": until, "reason": reason}
    check("ask_extension", held.state.stage, held.roles, present)
    if until and until < Moment(at).today:
        raise Incomplete(_("申请延到的日期已经过去，请重新选择。"))
    if held.open_request:
        raise Incomplete(_("已有一份延期申请等待批复，不能再提。"))
    assert until is not None
    with perform(
        "ask_extension",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"until": until.isoformat(), "unit": held.unit},
        why=reason.strip(),
    ) as deed:
        deed.write(
            Extension(
                item_id=item, asked_by=by, asked_until=until, reason=reason.strip(), **held.scope
            )
        )
