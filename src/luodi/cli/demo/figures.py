"""The demo's enterprises and figures: generated, and each says so.

Nothing here is a real firm or a real figure. Names begin with 演示企业; the credit codes belong to
an area that doesn't exist; every value's origin says 生成的演示数据.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from luodi.analysis.actions import release_figures
from luodi.analysis.choices import Basis
from luodi.analysis.queries.releases import last_position
from luodi.audit.actions import perform
from luodi.collection.actions import (
    define_pack_form,
    open_turn,
    return_filings,
    save_draft,
    submit_filing,
)
from luodi.collection.models import Filing
from luodi.indicators.actions import Cell, adopt_pack_indicators, set_target, write_figures
from luodi.indicators.choices import Purpose
from luodi.indicators.models import Definition
from luodi.kit.calendars import Period
from luodi.kit.quantities import show
from luodi.orgs.actions import open_account, post_in_enterprise, register_enterprise
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import viewer_of_person
from luodi.orgs.rules import check_character

from .calendar import Event, china
from .people import MAKER, ZONES, Cast, password

ORIGIN = "生成的演示数据"
ACCOUNT = ("firm", "演示企业01号的填报人：企业生产经营月报")
PHONE = "10000000002"
"""No number that anybody has: the contact of 演示企业02号, which has no account."""

FIRMS = 60
IN_ZONE = 40
COUNTIES = ("城区人民政府", "泽州县", "高平市", "阳城县", "陵川县", "沁水县")
TRADES = (
    ("C3976", "光电子器件制造", "光机电"),
    ("C3569", "其他电子专用设备制造", "光机电"),
    ("C3311", "金属结构制造", ""),
    ("C3073", "特种陶瓷制品制造", "现代陶瓷"),
    ("C3511", "矿山机械制造", "装备制造"),
)
MONTHS = [f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 13)]
KNOWN_ON = date(2026, 1, 12)
BASES = {"ent-output": 1800, "ent-revenue": 1720, "ent-profit": 96, "ent-tax": 71, "ent-rd": 54}
ZONE = {
    "zone-fixed-investment": 960, "zone-industrial-investment": 640,
    "zone-transition-investment": 410, "signed-investment": 900,
}  # fmt: skip
"""By month in hundredths of 亿元: each month's share of a running total."""
GOALS = {"zone-transition-investment": "125", "signed-investment": "240"}
"""The zone's goals of 2026 in 亿元: one it falls behind, one it keeps up with."""


def begin(cast: Cast) -> None:
    """Adopt the pack's indicators and forms, register the enterprises, write 24 months."""
    at = china(KNOWN_ON)
    adopt_pack_indicators(city=cast.city, by=cast.people["stat"], at=at)
    for number in range(1, FIRMS + 1):
        _register(cast, number, at)
    _speaker(cast, at)
    for period in MONTHS:
        write_month(cast, period, at)
    for code, goal in GOALS.items():
        row = Definition.objects.open().get(indicator__city=cast.city, indicator__code=code)
        set_target(
            indicator=row.indicator_id, amount=goal, comparator=">=", period="2026",
            unit=cast.units["开发区管委会"], why=ORIGIN, by=cast.people["stat"], at=at,
        )  # fmt: skip


def _register(cast: Cast, number: int, at: datetime) -> None:
    code, industry, cluster = TRADES[number % len(TRADES)]
    county = cast.units[COUNTIES[number % len(COUNTIES)]]
    body = f"91999999{number:09}"
    register_enterprise(
        city=cast.city,
        details={
            "name": f"演示企业{number:02}号",
            "credit_code": body + check_character(body),
            "unit": cast.units["开发区管委会"] if number <= IN_ZONE else county,
            "county": county,
            "industry_code": code,
            "industry": industry,
            "cluster": cluster,
            "size_class": "below_scale" if number % 3 == 0 else "above_scale",
        },
        generated=True,
        by=MAKER,
        at=at,
    )


def _speaker(cast: Cast, at: datetime) -> None:
    """Somebody who speaks for the first enterprise, with an account."""
    firm = EnterpriseState.objects.open().get(city=cast.city, name="演示企业01号")
    person = post_in_enterprise(
        enterprise=firm.of_id, name="示例-企业填报人", by=MAKER, at=at, generated=True
    )
    other = EnterpriseState.objects.open().get(city=cast.city, name="演示企业02号")
    post_in_enterprise(
        enterprise=other.of_id, name="示例-企业联系人", phone=PHONE, by=MAKER, at=at, generated=True
    )
    cast.people[ACCOUNT[0]] = person.key
    open_account(username=ACCOUNT[0], password=password(), person=person.key, by=MAKER, at=at)


def write_month(cast: Cast, period: str, at: datetime) -> None:
    """Write a month's generated figures of the enterprises, zone and counties in one act each."""
    known = {
        row.indicator.code: row
        for row in Definition.objects.open()
        .filter(indicator__city=cast.city)
        .select_related("indicator")
    }
    firms = EnterpriseState.objects.open().filter(city=cast.city, generated=True)
    ours = [cell for firm in firms for cell in _firm_cells(firm, period, known)]
    _write(cast, ours, Purpose.ENTERPRISE, at)
    _write(cast, list(_zone_cells(cast, period, known)), Purpose.DISPATCH, at)


def _write(cast: Cast, cells: list[Cell], purpose: str, at: datetime) -> None:
    scope = {"city": cast.city}
    with perform("write_demo_figures", by=MAKER, at=at, scope=scope, why=ORIGIN) as deed:
        write_figures(deed=deed, city=cast.city, cells=cells, origin=ORIGIN, purpose=purpose)


def _running(base: int, seed: int, period: str) -> int:
    """A year-to-date total with growth, a season and its own unevenness; no randomness."""
    year, month = int(period[:4]), int(period[5:7])
    total = 0
    for past in range(1, month + 1):
        season = 100 + (7 * past + 11 * seed) % 19 - 9
        total += base * season * (100 + 8 * (year - 2024)) // 10_000
    return total


def _firm_cells(firm: EnterpriseState, period: str, known: dict[str, Definition]) -> Iterator[Cell]:
    seed = int(firm.credit_code[8:17])
    for code in BASES:
        row, amount = known[code], _firm_amount(code, seed, period)
        yield Cell(row.indicator_id, firm.unit, firm.of_id, period, amount, row.scale)
    row = known["ent-workers"]
    workers = 60 + seed * 29 % 700
    yield Cell(row.indicator_id, firm.unit, firm.of_id, period, workers, row.scale)


def _firm_amount(code: str, seed: int, period: str) -> int:
    amount = _running(BASES[code] * (40 + seed * 37 % 160), seed, period)
    return -amount if code == "ent-profit" and seed % 13 == 0 else amount


def _zone_cells(cast: Cast, period: str, known: dict[str, Definition]) -> Iterator[Cell]:
    for seed, name in enumerate(("开发区管委会", *COUNTIES, *ZONES), start=1):
        for code, base in ZONE.items():
            row = known[code]
            amount = _zone_amount(base, seed, period)
            yield Cell(row.indicator_id, cast.units[name], "", period, amount, row.scale)


def _zone_amount(base: int, seed: int, period: str) -> int:
    return _running(base * (12 - seed) // 4, seed, period)


def month_events(cast: Cast, months: list[date]) -> list[Event]:
    """What follows: each past month's figures, and two open forms about the newest one.

    `months` are days in the months passed. The zone hands the first form in; an enterprise's comes
    back.
    """
    events = []
    for day in months[:-1]:
        period = f"{day:%Y-%m}"
        events.append(
            Event(china(day, 18), lambda at, period=period: write_month(cast, period, at))
        )
    if len(months) > 1:
        told = f"{months[-2]:%Y-%m}"
        events.append(Event(china(months[-1], 17), lambda at: release(cast, told, at)))
    if months:
        last = months[-1]
        events.append(Event(china(last, 18), lambda at: open_forms(cast, f"{last:%Y-%m}", at)))
    return events


def release(cast: Cast, period: str, at: datetime) -> None:
    """The office releases the year's figures of zone and counties up to a month."""
    rows = Definition.objects.open().filter(indicator__city=cast.city, indicator__code__in=ZONE)
    release_figures(
        city=cast.city,
        label=f"开发区和县区经济运行 {Period.parse(period).label()}（演示）",
        purpose=Purpose.DISPATCH,
        basis=Basis.UNITS,
        indicators=[row.indicator_id for row in rows],
        units=[],
        periods=[f"2026-{month:02}" for month in range(1, int(period[5:]) + 1)],
        position=last_position(),
        note=ORIGIN,
        by=cast.people["office"],
        at=at,
    )


def open_forms(cast: Cast, period: str, at: datetime) -> None:
    """Open both forms; one filing handed in, one handed in and returned, the rest wait."""
    for code, owner in (("zone-month", "office"), ("enterprise-month", "stat")):
        viewer = viewer_of_person(cast.people[owner])
        who = {"viewer": viewer, "by": viewer.person, "at": at}
        form = define_pack_form(city=cast.city, code=code, **who)
        open_turn(form=form.key, period=period, **who)
    zone = Filing.objects.get(
        form__code="zone-month", period=period, unit=cast.units["开发区管委会"]
    )
    rows = ("fixed", "industrial", "transition", "signed_investment")
    amounts = (_zone_amount(base, 1, period) for base in ZONE.values())
    typed = {row: show(amount, 2) for row, amount in zip(rows, amounts, strict=True)}
    _hand_in(cast, zone, "zone", typed | {"signed": "9"}, at)
    own = viewer_of_person(cast.people[ACCOUNT[0]]).enterprise
    firm = Filing.objects.get(form__code="enterprise-month", period=period, enterprise=own)
    seed = int(EnterpriseState.objects.open().get(of=own).credit_code[8:17])
    sums = {code: show(_firm_amount(code, seed, period), 2) for code in BASES}
    rows = ("output", "revenue", "profit", "tax", "rd")
    _hand_in(
        cast, firm, ACCOUNT[0], {**dict(zip(rows, sums.values(), strict=True)), "workers": "9"}, at
    )
    stat = viewer_of_person(cast.people["stat"])
    return_filings(
        filings=[firm.key],
        why="【演示】从业人员与上月相差较大，请核对后再报",
        viewer=stat,
        by=stat.person,
        at=at,
    )


def _hand_in(cast: Cast, filing: Filing, who: str, typed: dict[str, str], at: datetime) -> None:
    viewer = viewer_of_person(cast.people[who])
    cells = {f"{row}:now": said for row, said in typed.items()}
    saved = save_draft(
        filing=filing.key, version=0, cells=cells, viewer=viewer, by=viewer.person, at=at
    )
    said = {fault.rule: "【演示】生成的数，逐月变化不连续" for fault in saved.faults}
    if said:
        saved = save_draft(
            filing=filing.key, version=saved.version, cells={}, explanations=said,
            viewer=viewer, by=viewer.person, at=at,
        )  # fmt: skip
    submit_filing(filing=filing.key, version=saved.version, viewer=viewer, by=viewer.person, at=at)
