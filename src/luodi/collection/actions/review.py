"""Review: check, accept, or return with a reason. Nobody here writes a figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete, NotAllowed
from luodi.orgs.rules import Viewer

from ..choices import Stage
from ..models import FilingState
from ..queries.filings import Standing, standings_of
from ..queries.sheets import accepted_figures, sheet_of
from ..rules.rights import require_move
from .filings import put_figures
from .telling import tell_of


def check_filings(*, filings: Sequence[str], viewer: Viewer, by: str, at: datetime) -> int:
    """The first of two levels passes filings on. Returns how many."""

    def step(deed: Deed, one: Standing) -> None:
        two = one.edition.review_levels == 2 or None
        require_move(viewer, one.filing, one.state.stage, "check", {"two_levels": two})
        _other_hands(one.state, by)
        deed.replace(one.state, stage=Stage.CHECKED, checked_by=by)

    return len(_each("check_filings", filings, step, viewer, by, at))


def accept_filings(*, filings: Sequence[str], viewer: Viewer, by: str, at: datetime) -> int:
    """The form's owner accepts filings: they are locked. Returns how many."""

    def step(deed: Deed, one: Standing) -> None:
        single = one.edition.review_levels == 1 or None
        require_move(viewer, one.filing, one.state.stage, "accept", {"one_level": single})
        _other_hands(one.state, by)
        deed.replace(one.state, stage=Stage.ACCEPTED, accepted=one.state.edition, reason="")

    return len(_each("accept_filings", filings, step, viewer, by, at))


def return_filings(
    *, filings: Sequence[str], why: str, viewer: Viewer, by: str, at: datetime
) -> int:
    """Send filings back to their respondents with a reason. Returns how many.

    The figures that came with them are withdrawn; where an edition was accepted before, its
    figures are in force again.
    """
    if not why.strip():
        raise Incomplete(_("请写明退回理由，让填报单位知道要改什么。"))

    def step(deed: Deed, one: Standing) -> None:
        require_move(viewer, one.filing, one.state.stage, "return", {"reason": why})
        deed.replace(one.state, stage=Stage.RETURNED, reason=why.strip())
        sheet = sheet_of(viewer, one.filing.key, Moment(at))
        put_figures(deed=deed, sheet=sheet, read=accepted_figures(sheet, Moment(at)))

    found = _each("return_filings", filings, step, viewer, by, at, why.strip())
    for one in found:
        tell_of(
            filing=one.filing,
            edition=one.edition,
            kind="filing_returned",
            sentence=lambda: _("%(period)s《%(title)s》被退回：%(why)s"),
            by=by,
            at=at,
            why=why.strip()[:200],
        )
    return len(found)


def _other_hands(state: FilingState, by: str) -> None:
    if by in (state.submitted_by, state.checked_by):
        raise NotAllowed(_("这份报表是您报送或初审的，须由另一位同志审核。"))


def _each(
    verb: str,
    filings: Sequence[str],
    step: Callable[[Deed, Standing], Any],
    viewer: Viewer,
    by: str,
    at: datetime,
    why: str = "",
) -> list[Standing]:
    """One act over all of them: either every one moves, or none."""
    if not filings:
        raise Incomplete(_("请先勾选报表。"))
    found = standings_of(viewer, filings, Moment(at))
    units = {one.filing.unit for one in found}
    subjects = [subject_key("filing", one.filing.key) for one in found]
    subjects += sorted({subject_key("turn", one.filing.turn_id) for one in found})
    scope = {"city": found[0].filing.city, "unit": units.pop() if len(units) == 1 else ""}
    with perform(verb, by=by, at=at, subjects=subjects, scope=scope, why=why) as deed:
        deed.lock()
        for one in found:
            step(deed, one)
        deed.payload["editions"] = {one.filing.key: one.state.edition for one in found}
    return found
