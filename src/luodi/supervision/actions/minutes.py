"""The papers of a meeting: its notice, and its minutes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.flows import moved
from luodi.common.keys import subject_key
from luodi.common.moments import LOCAL, Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotFound
from luodi.orgs.queries import unit_names, viewer_of_person
from luodi.papers.actions import freeze_paper, open_paper, save_own_words
from luodi.papers.choices import PaperKind
from luodi.papers.models import Paper
from luodi.papers.queries import office_of

from ..choices import Attended, MeetingStage
from ..flows import MEETING
from ..models import Attendance
from ..queries.meetings import Held, hold
from ..queries.minutes import CALL, minutes_draft, minutes_of, notices_of
from ..rules.minutes import minutes_title, notice_words


def open_meeting_notice(*, meeting: str, by: str, at: datetime) -> Paper:
    """Begin the notice of a called meeting with what is settled; it goes on as any notice.

    A meeting called again gets another notice once the one before is signed.
    """
    held = hold(meeting, by)
    held.must_run()
    if held.state.stage != MeetingStage.CALLED or held.state.starts_at is None:
        raise Closed(_("会议召集以后才能拟会议通知。"))
    before = notices_of(meeting, Moment(at))
    if any(state.signed_on is None for state in before):
        raise Conflict(_("会议通知已经在拟，请在原稿上继续。"))
    about = f"{CALL}:{meeting}-{len(before)}" if before else held.subject
    words = _notice_words(held, at)
    with transaction.atomic():
        paper = open_paper(
            kind=PaperKind.NOTICE,
            title=words["title"],
            city=held.meeting.city,
            unit=office_of(viewer_of_person(by)),
            about=about,
            by=by,
            at=at,
        )
        save_own_words(paper=paper.key, paragraphs=words, version=0, by=by, at=at)
    return paper


def _notice_words(held: Held, at: datetime) -> dict[str, str]:
    state = held.state
    rows = Attendance.objects.open().filter(meeting=held.meeting).order_by("pk")
    keys = list(rows.values_list("unit", flat=True))
    names = unit_names(keys, Moment(at))
    begins = state.starts_at.astimezone(LOCAL)
    named = [names.get(key, "") for key in keys]
    return notice_words(state.title, begins, state.place, state.chair, named)


def open_minutes(*, meeting: str, by: str, at: datetime) -> Paper:
    """Begin the minutes of a meeting that was held; the office may add words of its own."""
    held = hold(meeting, by)
    held.must_run()
    if held.state.stage != MeetingStage.HELD:
        raise Closed(_("会议登记召开以后才能拟纪要。"))
    return open_paper(
        kind=PaperKind.MINUTES,
        title=minutes_title(held.state.title),
        city=held.meeting.city,
        unit=office_of(viewer_of_person(by)),
        about=held.subject,
        by=by,
        at=at,
    )


def freeze_minutes(*, meeting: str, by: str, at: datetime, seen: int) -> None:
    """Compose the minutes from what was noted, freeze them and hand them on to be checked.

    Once signed they are read by the units that came or sent somebody, and by those called.
    """
    held = hold(meeting, by, seen)
    viewer = viewer_of_person(by)
    paper = minutes_of(meeting, Moment(at))
    stage = moved(MEETING, "minute", held.state.stage, held.roles, {"minutes": paper is not None})
    drafted = minutes_draft(meeting, viewer, Moment(at))
    if drafted is None or paper is None:
        raise NotFound(_("没有这次会议，或者它不在您的范围内。"))
    units = list(Attendance.objects.open().filter(meeting=meeting).order_by("pk"))
    waiting = [row for row in units if row.attended == Attended.EXPECTED]
    if waiting:
        raise Incomplete(_("还有 %(n)s 个单位没有登记出席情况。") % {"n": len(waiting)})
    content, position = drafted
    with transaction.atomic():
        freeze_paper(
            paper=paper.paper_id,
            content=content,
            position=position,
            readers=[row.unit for row in units],
            by=by,
            at=at,
        )
        with perform(
            "minute_meeting",
            by=by,
            at=at,
            subjects=[held.subject, subject_key("paper", paper.paper_id)],
            scope=held.scope,
            payload={"title": held.state.title},
        ) as deed:
            deed.replace(held.state, stage=stage)
