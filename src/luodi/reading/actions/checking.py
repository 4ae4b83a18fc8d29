"""Keeping what the plan checker says of a document, at its import and whenever it is checked anew.

A finding is known by its mark. One that a later reading no longer has stays with its decision;
one it has again stands again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from luodi.audit.actions import Deed, perform
from luodi.common.keys import new_key, subject_key
from luodi.kit.compiled import to_json
from luodi.kit.problems import Problem
from luodi.reading.models import Compilation, Document, Finding, FindingState
from luodi.reading.queries import must_hold, read_again
from luodi.reading.rules.findings import gist_of, mark_of, others_of, plain, quotes_of

from .engines import ENGINE


@dataclass(frozen=True)
class Checked:
    """What checking anew changed: how many findings came, went and stay."""

    new: int
    gone: int
    kept: int


def keep_findings(
    *,
    document: Document,
    text: str,
    found: Iterable[Problem],
    deed: Deed,
    against: Sequence[str] = (),
) -> Checked:
    """Write what a reading found beside what is known of the document, inside its deed.

    `against`: the documents it was compared with; only findings between these can be gone then.
    """
    known = {
        state.finding.mark: state
        for state in FindingState.objects.open()
        .filter(finding__document=document.key)
        .select_related("finding")
        if _is_between(state, against)
    }
    now: dict[str, Problem] = {}
    for one in found:
        now.setdefault(mark_of(one.code, one.spans, plain(one.params)), one)
    fresh = {mark: problem for mark, problem in now.items() if mark not in known}
    made = [_finding(document, text, mark, problem) for mark, problem in fresh.items()]
    for row in made:
        deed.write(row)
    for row, problem in zip(made, fresh.values(), strict=True):
        severity, message = problem.severity, problem.message
        deed.write(FindingState(finding_id=row.key, severity=severity, message=message))
    for mark in now.keys() & known.keys():
        _renew(deed, known[mark], now[mark])
    gone = [state for mark, state in known.items() if mark not in now and state.standing]
    for state in gone:
        deed.replace(state, standing=False)
    return Checked(len(made), len(gone), len(now) - len(made))


def _is_between(state: FindingState, against: Sequence[str]) -> bool:
    """Whether a finding is one of a comparison with these; without any, one of its document."""
    others = others_of(state.finding.params)
    return bool(others) and others <= set(against) if against else not others


def _finding(document: Document, text: str, mark: str, problem: Problem) -> Finding:
    params, quotes = plain(problem.params), quotes_of(text, problem.spans)
    return Finding(
        key=new_key(),
        city=document.city,
        document_id=document.key,
        code=problem.code[:60],
        mark=mark,
        gist=gist_of(problem.code, params, quotes),
        spans=[list(span) for span in problem.spans],
        params=params,
        quotes=quotes,
    )


def _renew(deed: Deed, state: FindingState, problem: Problem) -> None:
    """Other words or another gravity for a known finding; its decision stays."""
    said: dict[str, Any] = {"severity": problem.severity, "message": problem.message}
    said["standing"] = True
    if any(getattr(state, name) != value for name, value in said.items()):
        deed.replace(state, **said)


def recheck_document(*, document: str, by: str, at: datetime) -> Checked:
    """Compile a document anew from its file and keep what the checker says now."""
    again = read_again(Document.objects.select_related("file").get(key=document))
    source, compiled = again.source, again.compiled
    with transaction.atomic():
        held = Document.objects.select_for_update().get(key=document)
        must_hold(held, again)
        subjects = [subject_key("document", document)]
        scope = {"city": held.city}
        with perform("recheck_document", by=by, at=at, subjects=subjects, scope=scope) as deed:
            checked = keep_findings(
                document=held, text=source.text, found=compiled.findings, deed=deed
            )
            deed.payload |= {"new": checked.new, "gone": checked.gone, "engine": ENGINE}
            deed.write(
                Compilation(
                    document_id=document,
                    engine=ENGINE,
                    text=source.text,
                    content=to_json(compiled),
                    pages=[list(page) for page in source.pages],
                    notes=again.notes,
                )
            )
    return checked
