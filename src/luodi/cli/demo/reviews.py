"""A review of the demo: a panel of roles without names, one opinion with changes; generated."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from luodi.projects.actions import decide_review, fill_seat, give_opinion, open_review

from .calendar import Event, china
from .people import Cast

REVIEWED, AWAITED = 7, 6
"""Numbers of the project whose review is decided, and of the one whose review is under way."""

PANEL = {
    "institute-1": ("【演示】省级规划设计院", "for", (17, 15, 16, 15, 18)),
    "expert-1": ("【演示】行业协会专家", "for", (18, 14, 15, 16, 17)),
    "expert-2": ("【演示】高校专家", "conditional", (15, 13, 12, 16, 15)),
    "expert-3": ("【演示】金融机构专家", "for", (16, 12, 14, 17, 18)),
}
"""Who sits in a seat, the verdict and the points by criterion in their order."""

CRITERIA = ("direction", "investor", "technology", "intensity", "safety")


def review_events(cast: Cast, keys: dict[int, str]) -> list[Event]:
    """What happens in the reviews, with when."""
    return [
        Event(china(date(2026, 4, 20), 9), lambda at: _hold(cast, keys[REVIEWED], at)),
        Event(china(date(2026, 4, 22), 9), lambda at: _begin(cast, keys[AWAITED], at)),
    ]


def _begin(cast: Cast, project: str, at: datetime) -> None:
    """A round is opened and its seats are filled."""
    by: dict[str, Any] = {"project": project, "by": cast.people["office"], "at": at}
    open_review(held_on=date(2026, 4, 20), **by)
    for seat, (who, _verdict, _points) in PANEL.items():
        fill_seat(seat=seat, says=who, **by)


def _hold(cast: Cast, project: str, at: datetime) -> None:
    """A whole round, decided."""
    _begin(cast, project, at)
    by: dict[str, Any] = {"project": project, "by": cast.people["office"], "at": at}
    for seat, (_who, verdict, points) in PANEL.items():
        give_opinion(
            seat=seat,
            conflict="free",
            verdict=verdict,
            scores=dict(zip(CRITERIA, points, strict=True)),
            opinion="【演示】生成的评审意见",
            **by,
        )
    decide_review(
        decision="passed_with_changes",
        why="【演示】补充技术方案后签约",
        decided_on=date(2026, 4, 20),
        **by,
    )
