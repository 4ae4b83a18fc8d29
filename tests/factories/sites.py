"""Sites of the small city: said as a person would, registered, reserved, and many at once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from luodi.audit.actions import perform
from luodi.common.keys import new_key, subject_key
from luodi.sites.actions import register_site, reserve_site, take_site
from luodi.sites.models import PlantState, PlotState, Site

from .city import MAKER, City


def plot_details(**given: Any) -> dict[str, Any]:
    """What is said of a plot of standard land."""
    usual = {
        "name": "示例地块一",
        "number": "SL-01",
        "use": "industrial",
        "area": "60",
        "standard": True,
        "intensity": "300",
        "output": "500",
        "tax": "15",
        "energy": "0.4",
        "appraisals": ["environment", "flood"],
        "water": "500",
        "sewage": "400",
        "gas": "2000",
        "power": "6300",
        "price": "16.8",
        "supply_mode": "lease_then_grant",
        "supply_years": 50,
    }
    return usual | given


def plant_details(**given: Any) -> dict[str, Any]:
    """What is said of a floor of a standard plant."""
    usual = {
        "building": "示例厂房A栋",
        "floor": "1层",
        "area": "3000",
        "load": "10",
        "height": "7.2",
        "clean_class": "iso_8",
        "power": "1250",
        "rent": "12.5",
        "completed_on": date(2025, 12, 1),
    }
    return usual | given


def registered(city: City, at: datetime, mark: str = "", holder: str = "") -> list[str]:
    """A free plot, a reserved one, and a floor that is let; the last two to the holder."""
    by = {"by": city.people["office"], "at": at}
    place = {"city": city.key, "zone": city.units["开发区管委会"]}
    keys = [
        register_site(
            kind="plot",
            details=plot_details(name=f"{mark}示例地块{n}", number=f"SL-{n}", map_number=mark),
            **place,
            **by,
        ).key
        for n in (1, 2)
    ]
    details = plant_details(building=f"{mark}示例厂房")
    keys.append(register_site(kind="plant", details=details, **place, **by).key)
    if holder:
        reserve_site(site=keys[1], holder=holder, why=f"{mark}洽谈用地", **by)
        take_site(
            site=keys[2],
            holder=holder,
            tenure="let",
            from_on=at.date(),
            why=f"{mark}租赁合同",
            **by,
        )
    return keys


def bulk_sites(city: City, n: int, at: datetime) -> None:
    """`n` plots and as many floors, as a bulk import writes them."""
    scope = {"city": city.key, "zone": city.units["开发区管委会"]}
    subjects = [subject_key("unit", city.key)]
    with perform("import_sites", by=MAKER, at=at, subjects=subjects, scope=scope) as deed:
        for number in range(n):
            plot, plant = new_key(), new_key()
            deed.write(Site(key=plot, kind="plot", **scope))
            deed.write(Site(key=plant, kind="plant", **scope))
            name = f"生成的地块 {number}"
            deed.write(PlotState(site_id=plot, name=name, use="industrial", area=20 + number))
            deed.write(
                PlantState(
                    site_id=plant,
                    building="生成的厂房",
                    floor=f"{number}",
                    area=1000,
                    completed_on=date(2025, 1, 1),
                )
            )
