"""Several people telling of money in the same moment, on a site's own database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from luodi.common.moments import Moment
from luodi.orgs.queries import viewer_of
from luodi.projects.actions import open_lead, record_funding, report_money, take_export
from luodi.projects.models import ExportTaking, FundingEntry, MoneyFigure
from luodi.projects.queries import export_page

from .at_once import AT, at_once, founded, said
from .city import City
from .projects import brought, details, exported

LINE = "2603-140500-04-01-777777,示例项目,32000,9000,800,2000,0.2,3000"


def _project(city: City, at: datetime, name: str, code: str = "") -> str:
    told = details(city, name=name, code=code)
    return open_lead(city=city.key, details=told, by=city.people["office"], at=at).key


def disbursing() -> None:
    """Five people tell of 30 each out of a credit of 100: three fit."""
    city = founded()
    key = _project(city, AT, "生成的融资项目")

    def tell(step: str, amount: str, day: int = 1) -> Callable[[], object]:
        return lambda: record_funding(
            project=key, kind="loan", giver="工行", step=step, amount=amount,
            happened_on=date(2026, 2, day), by=city.people["office"], at=AT,
        )  # fmt: skip

    for step in ("recommended", "intended", "credited"):
        tell(step, "100")()
    outcomes = at_once([tell("disbursed", "30", day) for day in range(1, 6)])
    said(outcomes, kept=FundingEntry.objects.filter(step="disbursed").count())


def telling() -> None:
    """Two units tell one month, then two people correct it from the same page."""
    city = founded()
    key = _project(city, AT, "生成的资金项目")

    def tell(who: str, amount: str, **more: object) -> Callable[[], object]:
        return lambda: report_money(
            project=key, series="dispatch", period="2026-01", amounts={"to_date": amount},
            by=city.people[who], at=AT, **more,
        )  # fmt: skip

    first = at_once([tell("clerk", "800"), tell("zone_staff", "900")])
    seen = MoneyFigure.objects.open().get(project=key).since_id
    more = {"seen": seen, "why": "核实"}
    outcomes = at_once([tell("clerk", "810", **more), tell("zone_staff", "910", **more)])
    said(outcomes, first=sorted(first), versions=MoneyFigure.objects.filter(project=key).count())


def taking() -> None:
    """Two people of the office take one export in, from the same dry run."""
    city = founded()
    _project(city, AT, "生成的平台项目", "2603-140500-04-01-777777")
    export = brought(city, exported(LINE), AT)
    dry = export_page(export, viewer_of(city.accounts["office"]), Moment(AT)).dry
    assert dry is not None

    def take() -> object:
        return take_export(export=export, token=dry.token, odd=[], by=city.people["office"], at=AT)

    outcomes = at_once([take, take])
    said(outcomes, takings=ExportTaking.objects.filter(export=export).count())
