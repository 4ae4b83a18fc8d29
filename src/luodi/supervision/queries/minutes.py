"""Minutes and notices of a meeting: which papers there are, and what goes into them."""

from __future__ import annotations

from django.utils.translation import override

from luodi.audit.models import Act
from luodi.common.keys import subject_key
from luodi.common.moments import LOCAL, Moment
from luodi.orgs.queries import unit_names
from luodi.orgs.rules import Viewer
from luodi.papers.choices import PaperKind
from luodi.papers.models import PaperState
from luodi.papers.queries import draft_of
from luodi.papers.rules.snapshot import Content

from ..choices import AgendaStage, DecisionStage
from ..rules.minutes import Decided, Instructed, Sat, Taken, compose_minutes
from .pages import MeetingPage, meeting_page

CALL = "meeting_call"
"""The subject kind of a notice after the first: a meeting called again gets another one."""


def minutes_of(meeting: str, moment: Moment) -> PaperState | None:
    """The minutes of a meeting as they stood at a moment; a draft is the office's alone."""
    return _paper(PaperKind.MINUTES, [subject_key("meeting", meeting)], moment)


def notices_of(meeting: str, moment: Moment) -> list[PaperState]:
    """The notices of a meeting, the first one first."""
    rows = PaperState.objects.at(moment).filter(paper__kind=PaperKind.NOTICE)
    first = rows.filter(paper__about=subject_key("meeting", meeting))
    later = rows.filter(paper__about__startswith=f"{CALL}:{meeting}-")
    return list((first | later).select_related("paper").order_by("paper__act"))


def _paper(kind: str, about: list[str], moment: Moment) -> PaperState | None:
    rows = PaperState.objects.at(moment).filter(paper__kind=kind, paper__about__in=about)
    return rows.select_related("paper", "snapshot").first()


def minutes_draft(meeting: str, viewer: Viewer, moment: Moment) -> tuple[Content, int] | None:
    """The minutes as they would be frozen now, and the last act that was read; None where there
    is no such meeting in the viewer's scope."""
    last = Act.objects.order_by("-position").values_list("position", flat=True).first() or 0
    with override("zh-hans"):
        page = meeting_page(meeting, viewer, moment)
        if page is None:
            return None
        own = _own(meeting, moment)
        office = unit_names({viewer.unit}, moment).get(viewer.unit, page.row.organ)
        return compose_minutes(_sat(page), office, own), last


def _own(meeting: str, moment: Moment) -> dict[str, str]:
    state = minutes_of(meeting, moment)
    return dict(draft_of(state.paper).paragraphs) if state else {}


def _sat(page: MeetingPage) -> Sat:
    """A meeting as its minutes tell of it."""
    row = page.row
    names = [(one.name, one.says, one.why, one.attended) for one in page.attendance]
    return Sat(
        key=row.key,
        title=row.title,
        organ=row.organ,
        begins=row.starts_at.astimezone(LOCAL) if row.starts_at else None,
        ends=row.ends_at.astimezone(LOCAL) if row.ends_at else None,
        place=row.place,
        chair=row.chair,
        units=tuple(names),
        topics=tuple(
            Taken(one.key, one.title, one.said, one.carried, one.stage)
            for one in page.topics
            if one.stage in (AgendaStage.DISCUSSED, AgendaStage.CARRIED_OVER)
        ),
        decisions=tuple(
            Decided(one.key, one.number, one.text, one.lead, one.joint, one.due_on)
            for one in page.decisions
            if one.stage != DecisionStage.TAKEN_BACK
        ),
        instructions=tuple(
            Instructed(one.item, one.text, one.leader, one.lead, one.reply_by)
            for one in page.instructions
        ),
    )
