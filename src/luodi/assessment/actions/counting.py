"""The office counts what the scheme records by number: additions, deductions, vetoes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotFound, in_words
from luodi.kit.refusals import Refusal
from luodi.orgs.rules import Viewer

from ..choices import FigureOrigin, FigurePart
from ..models import AppraisalFigure
from ..queries import CountCell, CountsPage, counts_page
from ..rules.counts import read_count

Entry = tuple[CountCell, int, str, list[list[str]] | None]
"""A cell, its new count, the reason, and the letters it was taken from."""


def count_extras(
    *,
    appraisal: str,
    counts: Mapping[str, tuple[str, str]],
    seen: int,
    viewer: Viewer,
    by: str,
    at: datetime,
) -> int:
    """Enter counts by hand: by `unit/term`, the count as typed and the reason for it.

    A cell typed as it stands, without a reason, is left alone. The count before stays in the
    record. `seen` is the newest entry that was looked at. Returns how many were entered.
    """
    page = _open(appraisal, seen, viewer, at)
    entries = [
        (cell, number, why, None)
        for cell, text, why in _typed(page, counts)
        if (number := _number(cell, text, why)) is not None
    ]
    if not entries:
        raise Incomplete(_("没有改动任何内容。"))
    return _enter("count_extras", page, entries, by, at)


def _typed(
    page: CountsPage, counts: Mapping[str, tuple[str, str]]
) -> list[tuple[CountCell, str, str]]:
    """What was typed otherwise than it stands, with its cell."""
    there = page.cells
    if set(counts) - set(there):
        raise NotFound(_("没有这个单位或这一项，请刷新后再填。"))
    typed = [(there[key], text.strip(), why.strip()) for key, (text, why) in counts.items()]
    return [(cell, text, why) for cell, text, why in typed if text != cell.text or why]


def _number(cell: CountCell, text: str, why: str) -> int:
    """The count typed; refused with the cell's name where it can't stand."""
    said = {"unit": cell.unit_name, "title": cell.term.title}
    if cell.shut:
        raise Closed(_("%(unit)s的“%(title)s”：%(why)s没有写入。") % {**said, "why": cell.shut})
    found = read_count(text)
    if isinstance(found, Refusal):
        raise Incomplete(
            _("%(unit)s的“%(title)s”：%(fault)s。没有写入。") % {**said, "fault": in_words(found)}
        )
    if not why:
        raise Incomplete(_("请写明%(unit)s“%(title)s”次数的依据。没有写入。") % said)
    return found


def accept_counts(
    *,
    appraisal: str,
    proposals: Mapping[str, int],
    seen: int,
    viewer: Viewer,
    by: str,
    at: datetime,
) -> int:
    """Take what the record proposes: by `unit/term`, the number that was looked at.

    The letters counted are kept with the count. Another number in the record by now, or nothing
    proposed, is a `Conflict`. Returns how many were taken.
    """
    page = _open(appraisal, seen, viewer, at)
    there, entries = page.cells, []
    for key, number in proposals.items():
        cell = there.get(key)
        if cell is None:
            raise NotFound(_("没有这个单位或这一项，请刷新后再填。"))
        if cell.proposed is None or not cell.waits or cell.proposed.count != number:
            raise Conflict(_("记录里的函件刚刚变了，请看过现在的次数再采用；没有写入。"))
        entries.append((cell, number, "", cell.proposed.plain))
    if not entries:
        raise Incomplete(_("没有可以采用的次数。"))
    return _enter("accept_counts", page, entries, by, at)


def _open(appraisal: str, seen: int, viewer: Viewer, at: datetime) -> CountsPage:
    page = counts_page(appraisal, viewer, Moment(at))
    if page.shut:
        raise Closed(page.shut)
    if page.seen != seen:
        raise Conflict(_("别人刚刚登记了次数，请看过现在的次数再提交；没有写入。"))
    return page


def _enter(verb: str, page: CountsPage, entries: list[Entry], by: str, at: datetime) -> int:
    held = page.held
    reasons = dict.fromkeys(why for _cell, _number, why, _letters in entries if why)
    with perform(
        verb,
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"counts": {cell.key: number for cell, number, _why, _letters in entries}},
        why="；".join(reasons)[:2000],
    ) as deed:
        for cell, number, why, letters in entries:
            if cell.figure is not None:
                deed.close(cell.figure)
            deed.write(
                AppraisalFigure(
                    appraisal_id=held.key,
                    city=held.appraisal.city,
                    zone=cell.unit,
                    unit=cell.unit,
                    indicator=cell.term.key,
                    part=FigurePart.COUNT,
                    origin=FigureOrigin.VERIFIED,
                    amount=number,
                    scale=0,
                    note=why,
                    by_unit=held.appraisal.unit,
                    letters=letters,
                )
            )
    return len(entries)
