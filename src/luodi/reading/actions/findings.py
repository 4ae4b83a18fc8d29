"""Deciding on findings: accepted for correction, dismissed with a reason, turned into an item."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import subject_key
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.ledger.actions import open_item
from luodi.ledger.choices import Source
from luodi.ledger.models import Item
from luodi.orgs.choices import Role
from luodi.orgs.queries import viewer_of_person
from luodi.reading.choices import FindingStage
from luodi.reading.models import Document, FindingState
from luodi.reading.queries import notes_with
from luodi.reading.rules.findings import MOST_CORRECTION

FRESH = {"reason": "", "correction": "", "item": ""}


@contextmanager
def _held(finding: str, seen: int, by: str) -> Iterator[FindingState]:
    """The finding as it was seen by somebody of the office, nobody deciding on it meanwhile."""
    with transaction.atomic():
        Document.objects.select_for_update().filter(findings=finding).first()
        rows = FindingState.objects.open().select_related("finding__document")
        state = rows.filter(finding=finding).first()
        viewer = viewer_of_person(by)
        if state is None or state.finding.city not in viewer.cities:
            raise NotFound(_("没有这条检查结果，或者它不在您的范围内。"))
        if not viewer.has(Role.OFFICE):
            raise NotAllowed(_("检查结果由专班办公室处理。"))
        if state.since_id != seen:
            raise Conflict(_("别人刚刚处理了这一条，请刷新后再看；您这一步没有写入。"))
        yield state


def _decide(
    verb: str, state: FindingState, by: str, at: datetime, why: str = "", **changes: Any
) -> FindingState:
    """One decision, one act. It names the finding first, then its document."""
    finding = state.finding
    subjects = [subject_key("finding", finding.key), subject_key("document", finding.document_id)]
    payload = {"code": finding.code, "message": state.message}
    payload |= {name: changes[name] for name in ("correction", "item") if changes.get(name)}
    with perform(
        verb,
        by=by,
        at=at,
        subjects=subjects,
        scope={"city": finding.city},
        payload=payload,
        why=why,
    ) as deed:
        return deed.replace(state, **(FRESH | changes | {"decided_by": by, "decided_at": at}))


def accept_finding(
    *, finding: str, seen: int, correction: str = "", by: str, at: datetime
) -> FindingState:
    """Accept a finding for the next correction note; `correction` is what should be printed.

    An accepted one may be accepted again with another correction until its note is frozen.
    """
    with _held(finding, seen, by) as state:
        if state.stage not in {FindingStage.UNDECIDED, FindingStage.ACCEPTED}:
            raise Closed(_("这一条已经处理过；要改，请先点“重新处理”。"))
        _must_be_free(state)
        said = correction.strip()[:MOST_CORRECTION]
        return _decide(
            "accept_finding", state, by, at, stage=FindingStage.ACCEPTED, correction=said
        )


def dismiss_finding(*, finding: str, seen: int, reason: str, by: str, at: datetime) -> FindingState:
    """Say that a finding is none, and why."""
    with _held(finding, seen, by) as state:
        _must_be_undecided(state)
        why = reason.strip()
        if not why:
            raise Incomplete(_("不采纳要写明原因，例如“口径不同”“原文另有说明”。"))
        return _decide(
            "dismiss_finding", state, by, at, why, stage=FindingStage.DISMISSED, reason=why
        )


def supervise_finding(
    *,
    finding: str,
    seen: int,
    title: str,
    content: str,
    lead: str,
    due_on: date | None,
    by: str,
    at: datetime,
) -> Item:
    """Turn a finding into a supervised item of a unit; both name each other from then on."""
    with _held(finding, seen, by) as state:
        _must_be_undecided(state)
        item = open_item(
            city=state.finding.city,
            source=Source.DOCUMENT_CHECK,
            title=title,
            content=content,
            lead=lead,
            due_on=due_on,
            about=subject_key("finding", finding),
            by=by,
            at=at,
        )
        _decide("supervise_finding", state, by, at, stage=FindingStage.SUPERVISED, item=item.key)
    return item


def reopen_finding(*, finding: str, seen: int, by: str, at: datetime) -> FindingState:
    """Take a decision back. What already left the house stays: a frozen note refuses this, an
    item that was opened stays in the ledger."""
    with _held(finding, seen, by) as state:
        if state.stage == FindingStage.UNDECIDED:
            raise Closed(_("这一条还没有处理过，没有可以撤回的。"))
        _must_be_free(state)
        return _decide("reopen_finding", state, by, at, stage=FindingStage.UNDECIDED)


def _must_be_undecided(state: FindingState) -> None:
    if state.stage != FindingStage.UNDECIDED:
        raise Closed(_("这一条已经处理过；要改，请先点“重新处理”。"))


def _must_be_free(state: FindingState) -> None:
    """Not in a correction note that is frozen."""
    note = notes_with(state.finding.document_id).get(state.finding_id)
    if note is not None:
        raise Closed(
            _("这一条已写入更正建议函《%(title)s》（%(stage)s），不能再改；未签发的可先退回重拟。")
            % {"title": note.title, "stage": note.get_stage_display()}
        )
