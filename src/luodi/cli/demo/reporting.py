"""The demo's monthly progress reports: composed, checked, signed."""

from __future__ import annotations

from datetime import datetime, timedelta

from luodi.orgs.queries import viewer_of_person
from luodi.papers.actions import check_paper, save_own_words, sign_paper
from luodi.papers.exports import render
from luodi.papers.models import PaperState
from luodi.plans.models import Round
from luodi.reports.actions import freeze_progress_report, open_progress_report

from .people import Cast

OVERVIEW = "【演示】本月各单位按任务清单推进，缺报和超期事项已逐家催办。"


def sign_a_report(cast: Cast, month: Round, at: datetime) -> None:
    """Open, write, freeze, check and sign the report of a month."""
    office = viewer_of_person(cast.people["office"])
    paper = open_progress_report(round=month.key, viewer=office, by=office.person, at=at)
    save_own_words(
        paper=paper.key, paragraphs={"overview": OVERVIEW}, version=1, by=office.person, at=at
    )
    freeze_progress_report(
        round=month.key,
        paper=paper.key,
        viewer=office,
        by=office.person,
        at=at + timedelta(minutes=20),
    )
    checker, leader = cast.people["office-check"], cast.people["office-leader"]
    check_paper(paper=paper.key, seen=_seen(paper.key), by=checker, at=at + timedelta(hours=1))
    sign_paper(
        paper=paper.key,
        seen=_seen(paper.key),
        render=render,
        by=leader,
        at=at + timedelta(hours=2),
    )


def _seen(paper: str) -> int:
    """The position of the state that the next hand looks at."""
    return int(PaperState.objects.open().get(paper=paper).since_id)
