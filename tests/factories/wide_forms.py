"""A form of many units by many figures on a site of its own, with two people who fill it in.

All names and figures are generated.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from factories.city import MAKER, PASSWORD
from luodi.audit.actions import perform
from luodi.collection.actions import Edition, define_form, open_turn
from luodi.collection.models import Filing
from luodi.indicators.actions import define_indicator
from luodi.orgs.actions import appoint, found_city, open_account
from luodi.orgs.choices import Role, UnitKind
from luodi.orgs.models import UnitState
from luodi.orgs.queries import viewer_of_person
from luodi.orgs.rules import Viewer
from luodi.packs import resolve

CITY = "biaoshi"
BEFORE = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
HEADS = [("工业总产值", "万元"), ("营业收入", "万元"), ("用电量", "万千瓦时"), ("从业人员", "人")]


def found(rows: int = 200, columns: int = 40) -> str:
    """The city, its people and the form of this month; the key of the bureau's filing."""
    units: list[dict[str, Any]] = [{"name": "标石市", "kind": UnitKind.CITY, "pack": "jincheng"}]
    units += [
        {"name": f"演示单位{n + 1:03}（生成）", "kind": UnitKind.SUBORDINATE} for n in range(rows)
    ]
    units.append({"name": "标石市统计局", "kind": UnitKind.BUREAU})
    found_city(
        key=CITY, pack=resolve("jincheng").content(), units=units, by=MAKER, at=BEFORE
    )  # fmt: skip
    bureau = UnitState.objects.open().get(name="标石市统计局").of_id
    person(bureau, "jia", Role.CLERK)
    person(bureau, "yi", Role.SECTION_HEAD)
    owner = person(bureau, "tongji", Role.STATISTICIAN)
    return asked(owner, bureau, indicators(columns))


def person(unit: str, name: str, role: Role) -> Viewer:
    """Somebody with an account of that name."""
    who = appoint(name=f"标石-{name}", unit=unit, role=role, by=MAKER, at=BEFORE, generated=True)
    open_account(username=name, password=PASSWORD, person=who.key, by=MAKER, at=BEFORE)
    return viewer_of_person(who.key)


def indicators(count: int) -> list[str]:
    """Keys of that many indicators, summed over units, codes i00, i01, …"""
    with perform("define", by=MAKER, at=BEFORE, scope={"city": CITY}) as deed:
        return [
            define_indicator(
                deed=deed,
                city=CITY,
                name=HEADS[n % 4][0] + (f"（{n // 4 + 1}）" if n >= 4 else ""),
                measured_in=HEADS[n % 4][1],
                scale=2,
                code=f"i{n:02}",
                purpose="statistics",
                over_units="sum",
            ).indicator_id
            for n in range(count)
        ]


def asked(owner: Viewer, bureau: str, keys: list[str]) -> str:
    """The form with a hard and a soft check, its period of this month opened."""
    now = datetime.now(UTC)
    labels = [HEADS[n % 4][0] + (f"（{n // 4 + 1}）" if n >= 4 else "") for n in range(len(keys))]
    columns = [
        {"key": f"c{n:02}", "label": label, "indicator": key}
        for n, (label, key) in enumerate(zip(labels, keys, strict=True))
    ]
    edition = Edition(
        title="规模以上工业月报（演示）",
        layout={"rows": {"kind": "units", "kinds": [UnitKind.SUBORDINATE]}, "columns": columns},
        respondents={"units": [bureau]},
        table_number="演B201表",
        authority="标石市统计局",
        approval="标统制〔2026〕1号",
        checks=[
            {"key": "low", "kind": "range", "indicator": "i00", "low": "0"},
            {"key": "part", "kind": "formula", "formula": "[i01] <= [i00]", "hard": False},
        ],
    )
    form = define_form(
        city=CITY, owner=bureau, code="yanshi", edition=edition, viewer=owner, by=owner.person,
        at=BEFORE,
    )  # fmt: skip
    open_turn(
        form=form.key, period=f"{now:%Y-%m}", due_at=now + timedelta(days=8), viewer=owner,
        by=owner.person, at=now,
    )  # fmt: skip
    return Filing.objects.get(form=form).key
