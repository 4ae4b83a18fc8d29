"""What an enterprise sees: its own grades, unfolded; never another's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from luodi.common.moments import Moment
from luodi.orgs.rules import Viewer

from ..models import Grade
from ..rules.gradings import SHOWN_FROM
from .grading_firms import FirmPage, firm_page
from .grading_objections import GradingObjectionRow, grading_objections_of
from .gradings import GradingHead, grading_head, run_for, states_for


@dataclass(frozen=True)
class MyGrading:
    """An enterprise's own grading of a year."""

    head: GradingHead
    page: FirmPage
    objections: Sequence[GradingObjectionRow]
    may_object: bool


def my_gradings(viewer: Viewer, moment: Moment) -> list[MyGrading]:
    """The gradings shown by now in which the viewer's enterprise stands, the newest first."""
    states = states_for(viewer, moment).filter(stage__in=SHOWN_FROM)
    mine = Grade.objects.filter(enterprise=viewer.enterprise).values("run")
    found = []
    for state in states.filter(run__in=mine).order_by("-grading__year", "grading__act"):
        head = grading_head(state.grading_id, viewer, moment)
        page = firm_page(head, run_for(head, "", moment), viewer.enterprise, viewer, moment)
        objections = grading_objections_of(head.key, viewer, moment, viewer.enterprise)
        waiting = any(one.stage == "raised" for one in objections)
        found.append(MyGrading(head, page, objections, in_window(head, moment) and not waiting))
    return found


def in_window(head: GradingHead, moment: Moment) -> bool:
    """Whether objections are taken now."""
    due = head.state.due_at
    on = head.state.stage == "noticed" and due is not None and moment.at <= due
    return on and not moment.is_past
