"""Drafts: saved as they are typed, in no act, the respondent's alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete
from luodi.orgs.rules import Viewer

from ..models import Draft
from ..queries.sheets import Sheet, look_over, require_writable, sheet_of, submission_of
from ..rules.cells import LONGEST, Fault
from ..rules.merging import Merged, first, merge

TRIES = 8
LONGEST_EXPLANATION = 500
MOST_SAVES = 50_000
"""Versions kept apart for the drafts of one edition: a page or file from before the filing came
back never counts as having seen what was typed since."""


@dataclass(frozen=True)
class Saved:
    """A draft after saving: its version, the cells others typed meanwhile, and what is wrong.

    `conflicts` holds, by cell, what was typed now (`typed`, `by`) and what stands (`held`,
    `held_by`): neither is lost.
    """

    version: int
    merged: dict[str, str]
    conflicts: dict[str, Any]
    faults: list[Fault]
    saved_at: datetime


def save_draft(
    *,
    filing: str,
    version: int,
    cells: Mapping[str, str],
    viewer: Viewer,
    by: str,
    at: datetime,
    explanations: Mapping[str, str] | None = None,
) -> Saved:
    """Put typed cells into the draft of a filing. `version` is the one typed over, 0 for none.

    Two people in one form: each keeps their cells; a cell both typed keeps the first text, and
    the second stands beside it until somebody who has seen both types it again.
    """
    sheet = sheet_of(viewer, filing, Moment(at))
    require_writable(sheet)
    typed = _only_asked(sheet, cells)
    rules = {rule.key for rule in sheet.checker.rules}
    said = {k: str(v)[:LONGEST_EXPLANATION] for k, v in (explanations or {}).items() if k in rules}
    for _try in range(TRIES):
        merged = _save(sheet, version, typed, said, by, at)
        if merged is not None:
            break
    else:
        raise Conflict(_("好几个人同时在填这张表，请稍等再存一次；您填的内容还在页面上。"))
    _read, faults = look_over(sheet, merged.cells)
    return Saved(merged.version, merged.theirs, merged.clashes, faults, at)


def _only_asked(sheet: Sheet, cells: Mapping[str, str]) -> dict[str, str]:
    """The cells of the form that the respondent fills; a cell that isn't there is refused."""
    strange = [cell for cell in cells if cell not in sheet.places]
    if strange:
        raise Incomplete(_("表里没有这一格：%(cell)s。请刷新页面。") % {"cell": strange[0][:80]})
    typed = {cell: str(said) for cell, said in cells.items() if cell not in sheet.locked}
    if any(len(said) > LONGEST for said in typed.values()):
        raise Incomplete(_("有一格写得太长（超过 200 个字），没有存下。请改短。"))
    return typed


def _save(
    sheet: Sheet, seen: int, typed: dict[str, str], said: dict[str, str], by: str, at: datetime
) -> Merged | None:
    """One try; None where somebody saved in the same moment."""
    one = sheet.standing
    draft = Draft.objects.filter(filing=one.filing).first()
    if draft is None:
        return _begin(sheet, typed, said, by, at)
    merged = merge(
        cells=draft.cells,
        stamps=draft.stamps,
        conflicts=draft.conflicts,
        typed=typed,
        seen=seen,
        version=draft.version + 1,
        by=by,
    )
    changed = Draft.objects.filter(pk=draft.pk, version=draft.version).update(
        version=draft.version + 1,
        cells=merged.cells,
        stamps=merged.stamps,
        conflicts=merged.conflicts,
        explanations=draft.explanations | said,
        saved_at=at,
        saved_by=by,
    )
    return merged if changed else None


def _begin(
    sheet: Sheet, typed: dict[str, str], said: dict[str, str], by: str, at: datetime
) -> Merged | None:
    """The first draft: over what was handed in before, where it came back."""
    one = sheet.standing
    before = submission_of(one, Moment(at))
    merged = first(typed, by)
    if before:
        merged = merge(
            cells=before.cells,
            stamps={},
            conflicts={},
            typed=typed,
            seen=0,
            version=before.edition * MOST_SAVES + 1,
            by=by,
        )
    filing = one.filing
    try:
        with transaction.atomic():
            Draft.objects.create(
                filing=filing,
                version=merged.version,
                cells=merged.cells,
                stamps=merged.stamps,
                explanations=(before.explanations if before else {}) | said,
                saved_at=at,
                saved_by=by,
                city=filing.city,
                zone=filing.zone,
                unit=filing.unit,
                enterprise=filing.enterprise,
            )
    except IntegrityError:
        return None
    return merged
