"""The demo's appraisal of the five zones for 2025: generated figures, two runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from luodi.assessment.actions import freeze_scheme, keep_trial, open_appraisal, run_appraisal
from luodi.assessment.choices import FigureOrigin, FigurePart
from luodi.assessment.models import AppraisalFigure
from luodi.audit.actions import perform
from luodi.orgs.queries import viewer_of_person

from .calendar import Event, china
from .people import MAKER, ZONES, Cast

SCHEME = "three-chain-cluster"
ORIGIN = "生成的演示数据"
HOME = "开发区管委会"
FIRST, AGAIN = "初次试算（演示）", "更正一个数后（演示）"
CORRECTED = {"ai-revenue": 61}
"""What the second run knows better of the first made-up zone."""

FIGURES: dict[str, tuple[tuple[int | None, ...], int]] = {
    "vision-output": ((1320, 860, 410, 275, 190), 1),
    "vision-output:target": ((1250, 900, 400, 300, 200), 1),
    "vision-firms": ((46, 31, 17, 12, 9), 0),
    "materials-output": ((742, 655, 380, 410, 150), 1),
    "materials-output:base": ((690, 590, 365, 372, 0), 1),
    "materials-energy": ((412, 455, 390, 520, 610), 3),
    "ai-revenue": ((88, 52, 35, None, 12), 1),
    "ai-scenes": ((11, 7, 4, 3, 0), 0),
    "core-firms": ((6, 3), 0),
    "core-firms:target": ((5, 4), 0),
    "local-supply": ((None, None, 42, 38, 25), 0),
    "platform:count": ((1, 0, 0, 0, 0), 0),
    "letters:count": ((0, 0, 0, 1, 2), 0),
}
"""By indicator (and part): a figure of each zone in the order of `zones`, and its scale."""


def zones(cast: Cast) -> list[str]:
    """The five zones: the one the texts name, and the four made up."""
    return [cast.units[name] for name in (HOME, *ZONES)]


def appraisal_events(cast: Cast) -> list[Event]:
    """Opened in February, its scheme frozen, computed twice in March."""
    keys: list[str] = []
    return [
        Event(china(date(2026, 2, 10), 10), _open(cast, keys)),
        Event(china(date(2026, 3, 3), 10), _compute(cast, keys, list(_rows(cast)), FIRST)),
        Event(china(date(2026, 3, 11), 15), _compute(cast, keys, _better(cast), AGAIN)),
    ]


def _who(cast: Cast, at: datetime) -> dict[str, Any]:
    viewer = viewer_of_person(cast.people["office"])
    return {"viewer": viewer, "by": viewer.person, "at": at}


def _open(cast: Cast, keys: list[str]) -> Callable[[datetime], None]:
    """The zone and the first made-up one carry the cluster, the others are partners."""

    def act(at: datetime) -> None:
        order = zones(cast)
        members = {unit: "core" if unit in order[:2] else "partner" for unit in order}
        made = open_appraisal(scheme=SCHEME, year=2025, members=members, **_who(cast, at))
        freeze_scheme(appraisal=made.key, **_who(cast, at))
        keys.append(made.key)

    return act


Row = tuple[str, str, str, str, int | None, int]
"""Unit, indicator, part, origin, amount, scale."""


def _rows(cast: Cast) -> Iterator[Row]:
    for said, (amounts, scale) in FIGURES.items():
        key, _colon, part = said.partition(":")
        for unit, amount in zip(zones(cast), amounts, strict=False):
            if key == "local-supply" and amount is None:
                continue
            yield unit, key, part or FigurePart.ACTUAL, FigureOrigin.VERIFIED, amount, scale


def _better(cast: Cast) -> list[Row]:
    unit = cast.units[ZONES[0]]
    return [
        (unit, key, FigurePart.ACTUAL, FigureOrigin.CORRECTED, amount, 1)
        for key, amount in CORRECTED.items()
    ]


def _compute(cast: Cast, keys: list[str], rows: list[Row], note: str) -> Callable[[datetime], None]:
    def act(at: datetime) -> None:
        scope = {"city": cast.city}
        with perform("write_demo_figures", by=MAKER, at=at, scope=scope, why=ORIGIN) as deed:
            for unit, key, part, origin, amount, scale in rows:
                deed.write(
                    AppraisalFigure(
                        appraisal_id=keys[0], city=cast.city, unit=unit, indicator=key, part=part,
                        origin=origin, amount=amount, scale=scale, note=ORIGIN,
                        missing="" if amount is not None else "没有报（演示）",
                        by_unit=cast.units["市统计局"],
                    )
                )  # fmt: skip
        run = run_appraisal(appraisal=keys[0], note=note, **_who(cast, at))
        keep_trial(run=run.key, progress=lambda done, total: None, by=MAKER, at=at)

    return act
