"""The respondent's own steps: handing in, correcting, and keeping what was accepted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.keys import subject_key
from luodi.common.languages import in_one_line
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed
from luodi.indicators.actions import Cell, write_figures
from luodi.indicators.models import Value
from luodi.orgs.rules import Viewer

from ..choices import Stage
from ..models import Draft, Submission
from ..queries.filings import about, standing_of
from ..queries.known import cell_of
from ..queries.sheets import Sheet, require_writable, sheet_of
from ..rules.cells import ReadCell
from ..rules.rights import require_move, reviews
from .telling import tell_of


def submit_filing(
    *, filing: str, version: int, viewer: Viewer, by: str, at: datetime
) -> Submission:
    """Hand in the draft as it stands at `version`: its figures are values from now on.

    Refused where somebody typed meanwhile, where a cell is in conflict, where a figure can't be
    read or breaks a hard check, where a soft one is unexplained. What is known from elsewhere
    isn't written again.
    """
    sheet = sheet_of(viewer, filing, Moment(at))
    require_writable(sheet)
    _check_version(sheet, version)
    read = _checked(sheet)
    one = sheet.standing
    figures = len(read) + len(sheet.locked)
    require_move(viewer, one.filing, one.state.stage, "submit", {"figures": figures or None})
    late = one.state.late or (one.state.edition == 0 and at > one.state.due_at)
    handed = _handed(sheet, read)
    with perform(
        "submit_filing", by=by, at=at, payload={"edition": handed.edition, "late": late},
        **about(one),
    ) as deed:  # fmt: skip
        deed.lock()
        deed.write(handed)
        deed.replace(
            one.state,
            stage=Stage.SUBMITTED,
            edition=handed.edition,
            late=late,
            submitted_at=at,
            submitted_by=by,
            checked_by="",
            reason=one.state.reason if one.state.stage == Stage.CORRECTING else "",
            explained=sum(1 for said in handed.explanations.values() if said.strip()),
        )
        put_figures(deed=deed, sheet=sheet, read=read)
        if version and not Draft.objects.filter(filing=filing, version=version).delete()[0]:
            raise Conflict(_changed_meanwhile())
    return handed


def _check_version(sheet: Sheet, version: int) -> None:
    if version != sheet.version:
        raise Conflict(_changed_meanwhile())
    if sheet.conflicts:
        raise Conflict(_("有的格两个人填得不一样，请先定下用哪个数，再报送。"))


def _changed_meanwhile() -> str:
    return _("同事刚刚又改了这张表，请刷新看过后再报送；填的内容都在草稿里。")


def _checked(sheet: Sheet) -> list[ReadCell]:
    """The figures to be handed in; refused where a check stands against them."""
    hard = [fault for fault in sheet.faults if fault.hard]
    if hard:
        raise Incomplete(in_one_line(fault.text for fault in hard[:8]), "filing.faults")
    unexplained = [
        fault
        for fault in sheet.faults
        if not fault.hard and not sheet.explanations.get(fault.rule, "").strip()
    ]
    if unexplained:
        said = in_one_line(fault.text for fault in unexplained[:8])
        raise Incomplete(_("请先说明：%(faults)s") % {"faults": said}, "filing.unexplained")
    return sheet.read


def _handed(sheet: Sheet, read: list[ReadCell]) -> Submission:
    filing = sheet.standing.filing
    rules = {fault.rule for fault in sheet.faults}
    return Submission(
        filing_id=filing.key,
        edition=sheet.standing.state.edition + 1,
        cells={c: s for c, s in sheet.typed.items() if s.strip() and c in sheet.places},
        explanations={r: s for r, s in sheet.explanations.items() if s.strip() and r in rules},
        asked=len(read),
        spared=len(sheet.locked),
        city=filing.city,
        zone=filing.zone,
        unit=filing.unit,
        enterprise=filing.enterprise,
    )


def put_figures(*, deed: Deed, sheet: Sheet, read: Iterable[ReadCell]) -> None:
    """Make the values of a filing exactly these in `deed`; emptied cells end.

    A figure that came with another filing, report or import isn't touched, unless it was
    somebody else's filing that gave it about this respondent.
    """
    one = sheet.standing
    filing, origin = one.filing, subject_key("filing", one.filing.key)
    cells = [Cell(*cell_of(cell.place), cell.amount, cell.scale) for cell in read]
    _end_others(deed, origin, cells, one.edition.purpose)
    write_figures(
        deed=deed,
        city=filing.city,
        zone=filing.zone,
        cells=cells,
        origin=origin,
        purpose=one.edition.purpose,
        keep_others=True,
        outranked=sheet.outranked,
    )


def _end_others(deed: Deed, origin: str, cells: Iterable[Cell], purpose: str) -> None:
    """End what came with a filing before and isn't in it any more."""
    names = ("pk", "since_id", "indicator_id", "unit", "enterprise", "period", "purpose")
    rows = list(Value.objects.open().filter(origin=origin).values_list(*names))
    wanted = {cell[:4] for cell in cells} if rows else ()
    gone = [row for row in rows if row[2:6] not in wanted or row[6] != purpose]
    deed.close_many(Value, [(pk, "/".join(place), since) for pk, since, *place in gone])
    deed.mention(*sorted({subject_key("indicator", row[2]) for row in gone}))


def correct_filing(*, filing: str, why: str, viewer: Viewer, by: str, at: datetime) -> None:
    """Open an accepted filing for a correction, for a reason.

    The respondent does so while the period runs, the form's owner at any time. The accepted
    figures stay in force until the respondent hands in others.
    """
    one = standing_of(viewer, filing, Moment(at))
    require_move(viewer, one.filing, one.state.stage, "correct", {"reason": why})
    if not one.running and not reviews(viewer, one.filing.form.unit):
        raise Closed(_("这一期已经截止，更正须由报表的主管单位发起。"))
    with perform("correct_filing", by=by, at=at, why=why.strip(), **about(one)) as deed:
        deed.replace(one.state, stage=Stage.CORRECTING, reason=why.strip())
    tell_of(
        filing=one.filing,
        edition=one.edition,
        kind="filing_correcting",
        sentence=lambda: _("%(period)s《%(title)s》开始更正：%(why)s"),
        by=by,
        at=at,
        but=by,
        why=why.strip()[:200],
    )


def keep_accepted(*, filing: str, viewer: Viewer, by: str, at: datetime) -> None:
    """The respondent gives up a correction: what was accepted stands; the draft goes."""
    one = standing_of(viewer, filing, Moment(at))
    present = {"accepted_once": one.state.accepted or None}
    require_move(viewer, one.filing, one.state.stage, "keep", present)
    if not one.state.accepted:
        raise NotAllowed(_("这份报表还没有验收过的版本。"))
    with perform("keep_accepted", by=by, at=at, **about(one)) as deed:
        deed.replace(one.state, stage=Stage.ACCEPTED, reason="")
        Draft.objects.filter(filing=filing).delete()
