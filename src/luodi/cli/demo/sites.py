"""The demo's plots and standard plants: generated rectangles near no real place, marked so."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

from luodi.common.keys import subject_key
from luodi.projects.actions import draw_block, say_site_need
from luodi.projects.models import ProjectState
from luodi.sites.actions import draw_plots, register_site, reserve_site, take_site
from luodi.sites.choices import RegionalAppraisal
from luodi.sites.queries import draw_plan

from .calendar import Event, china
from .people import Cast

EAST, NORTH = 90_730, 110_950
"""Metres of a degree there, near enough."""

PLOTS = [
    ("A-01", 0, 0, 210, 190, "industrial", "16.8"),
    ("A-02", 210, 0, 260, 190, "industrial", "16.8"),
    ("A-03", 470, 0, 180, 190, "industrial", "17.5"),
    ("A-04", 680, 0, 240, 190, "logistics", "14.2"),
    ("B-01", 0, 230, 320, 260, "industrial", "16.8"),
    ("B-02", 320, 230, 330, 260, "industrial", "16"),
    ("B-03", 680, 230, 240, 120, "research", "22"),
    ("B-04", 680, 350, 240, 140, "commercial", "45"),
    ("C-01", 0, 530, 460, 230, "industrial", "15.5"),
    ("C-02", 460, 530, 190, 230, "industrial", ""),
    ("C-03", 680, 530, 240, 230, "other_land_use", "12"),
]
"""Number, metres east and north of a corner, width, depth, use, price in 万元/亩."""

FLOORS = [
    ("1号厂房", "1层", "3200", "20", "7.8", "not_clean", "1600", "14", date(2025, 6, 30)),
    ("1号厂房", "2层", "3200", "8", "5.4", "iso_8", "1000", "16", date(2025, 6, 30)),
    ("1号厂房", "3层", "3000", "6", "5.4", "iso_7", "1000", "18.5", date(2025, 6, 30)),
    ("2号厂房", "1层", "4500", "25", "9", "not_clean", "2000", "15", date(2025, 11, 20)),
    ("2号厂房", "2层", "4500", "10", "6", "not_clean", "1250", "13.5", date(2025, 11, 20)),
    ("2号厂房", "3层", "4200", "8", "5.4", "iso_6", "1250", "", None),
]  # fmt: skip
"""Building, floor, m², kN/m², m, clean class, kVA, rent, completed on."""

NEEDS = {
    2: {"wanted": "plot_wanted", "land": "100", "price": "16.5"},
    4: {"wanted": "plot_wanted", "land": "150", "price": "16"},
    5: {
        "wanted": "plant_wanted",
        "space": "2800",
        "load": "6",
        "height": "5",
        "clean_class": "iso_8",
    },
    6: {"wanted": "plot_wanted", "land": "60", "price": "18"},
    7: {"wanted": "plot_wanted", "land": "110", "price": "20", "power": "5000"},
    8: {"wanted": "plot_wanted", "land": "50", "price": "16"},
    9: {
        "wanted": "either",
        "land": "30",
        "space": "3000",
        "load": "8",
        "price": "25",
        "rent": "17",
    },
    10: {"wanted": "plant_wanted", "space": "3000", "rent": "16", "height": "5"},
}
"""What the demo's projects need of a site, by their number."""


def site_events(cast: Cast, now: datetime) -> list[Event]:
    """Sites come in in February, needs in June; what is reserved was so three days ago."""
    keys: dict[str, str] = {}
    return [
        Event(china(date(2026, 2, 10), 10), lambda at: _register(cast, keys, at)),
        Event(china(date(2026, 6, 9), 10), lambda at: _need(cast, at)),
        Event(china(date(2026, 6, 10), 10), lambda at: _take(cast, keys, at)),
        Event(now - timedelta(days=3), lambda at: _reserve(cast, keys, at)),
    ]


def _register(cast: Cast, keys: dict[str, str], at: datetime) -> None:
    zone = cast.units["开发区管委会"]
    place: dict[str, Any] = {"city": cast.city, "zone": zone}
    by: dict[str, Any] = {"by": cast.people["zone"], "at": at}
    for number, _east, _north, wide, deep, use, price in PLOTS:
        details = _plot(number, wide * deep, use, price)
        keys[number] = register_site(kind="plot", details=details, **place, **by).key
    names = ("building", "floor", "area", "load", "height", "clean_class", "power", "rent",
             "completed_on")  # fmt: skip
    for row in FLOORS:
        details = dict(zip(names, row, strict=True)) | {
            "building": f"【演示】{row[0]}",
            "park": "演示A园",
        }
        keys[f"{row[0]} {row[1]}"] = register_site(kind="plant", details=details, **place, **by).key
    text = json.dumps({"type": "FeatureCollection", "features": [_feature(*row) for row in PLOTS]})
    token = draw_plan(cast.city, zone, text).token
    draw_plots(text=text, looked_at=token, **place, **by)
    for name, parks in (("一", ["演示A园"]), ("二", ["演示B园", "演示C园"])):
        draw_block(name=f"【演示】{name}区块", group=f"业务{name}组", parks=parks, **place, **by)


def _plot(number: str, square_metres: int, use: str, price: str) -> dict[str, Any]:
    industrial = use == "industrial"
    return {
        "name": f"演示地块{number}",
        "park": f"演示{number[0]}园",
        "number": number,
        "use": use,
        "area": f"{square_metres * 3 / 2000:.1f}",
        "price": price,
        "standard": industrial,
        "intensity": "300" if industrial else "",
        "output": "480" if industrial else "",
        "tax": "15" if industrial else "",
        "energy": "0.35" if industrial else "",
        "appraisals": RegionalAppraisal.values[:6] if industrial else [],
        "water": "800",
        "sewage": "600",
        "gas": "3000" if industrial else "",
        "power": "10000" if industrial else "2500",
        "supply_mode": "lease_then_grant" if industrial else "land_grant",
        "supply_years": 40 if use == "commercial" else 50,
    }


def _feature(
    number: str, east: int, north: int, wide: int, deep: int, _use: str, _price: str
) -> dict[str, Any]:
    corners = [
        (east, north), (east + wide, north), (east + wide, north + deep), (east, north + deep),
        (east, north),
    ]  # fmt: skip
    ring = [[round(112.88 + x / EAST, 7), round(35.52 + y / NORTH, 7)] for x, y in corners]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"编号": number}, "geometry": geometry}


def _project(number: int) -> str:
    named = ProjectState.objects.open().filter(name__startswith=f"演示项目{number:02}号")
    return str(named.order_by("project__act").values_list("project", flat=True)[0])


def _need(cast: Cast, at: datetime) -> None:
    for number, need in NEEDS.items():
        say_site_need(project=_project(number), need=need, by=cast.people["office"], at=at)


def _take(cast: Cast, keys: dict[str, str], at: datetime) -> None:
    taken = [
        (1, "A-01", "land_granted"),
        (3, "1号厂房 1层", "let"),
        (11, "C-03", "land_granted"),
        (11, "2号厂房 1层", "let"),
    ]
    for number, site, tenure in taken:
        take_site(
            site=keys[site],
            holder=subject_key("project", _project(number)),
            tenure=tenure,
            from_on=date(2026, 6, 15),
            why="【演示】",
            by=cast.people["office"],
            at=at,
        )


def _reserve(cast: Cast, keys: dict[str, str], at: datetime) -> None:
    for number, site in ((6, "A-02"), (10, "2号厂房 2层")):
        reserve_site(
            site=keys[site],
            holder=subject_key("project", _project(number)),
            why="【演示】洽谈中",
            by=cast.people["office"],
            at=at,
        )
