"""A small form of the statistics bureau, its period, and filings on their way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from factories.city import City
from luodi.audit.actions import perform
from luodi.collection import actions
from luodi.collection.actions import Edition
from luodi.collection.models import Filing, FilingState, Form, Turn
from luodi.collection.queries import sheet_of
from luodi.common.moments import Moment
from luodi.indicators.actions import define_indicator
from luodi.indicators.models import Indicator, Value
from luodi.orgs.models import Account
from luodi.orgs.queries import viewer_of
from luodi.orgs.rules import Viewer

APRIL = datetime(2026, 4, 2, 1, 0, tzinfo=UTC)
"""Morning of the day after March's period opens (1 April) and before it is due (8 April)."""
LATE = datetime(2026, 4, 20, 1, 0, tzinfo=UTC)

INDICATORS = [
    ("output", "工业总产值", "亿元", 2),
    ("sales", "工业销售产值", "亿元", 2),
    ("staff", "期末从业人员", "人", 0),
]
RHYTHM = {"opens": ["next_period", "day", 1], "due": ["next_period", "day", 8]}


def viewer(city: City, username: str) -> Viewer:
    """That person of the small city, with their present roles."""
    return viewer_of(Account.objects.get(pk=city.accounts[username].pk))


def indicators(city: City, at: datetime, purpose: str = "statistics") -> dict[str, str]:
    """Keys by code; made once."""
    known = dict(Indicator.objects.filter(city=city.key).values_list("code", "key"))
    if not {code for code, *_ in INDICATORS} <= set(known):
        with perform(
            "define_indicators",
            by=city.people["statistician"],
            at=at,
            scope={"city": city.key},
        ) as deed:
            for code, name, measured_in, scale in INDICATORS:
                row = define_indicator(
                    deed=deed,
                    city=city.key,
                    name=name,
                    measured_in=measured_in,
                    scale=scale,
                    code=code,
                    purpose=purpose,
                )
                known[code] = row.indicator_id
    return known


def layout(keys: Mapping[str, str]) -> dict[str, Any]:
    """Three lines about this period."""
    items = [
        {"key": code, "label": name, "indicator": keys[code]} for code, name, *_rest in INDICATORS
    ]
    return {
        "rows": {"kind": "lines", "items": items},
        "columns": [{"key": "now", "label": "本月"}],
    }


def edition(city: City, keys: Mapping[str, str], **more: Any) -> Edition:
    """The first edition of the small form; asked of the industry bureau and the zone."""
    units = [city.units["市工信局"], city.units["开发区管委会"]]
    said: dict[str, Any] = {
        "title": "示例工业月报",
        "layout": layout(keys),
        "respondents": {"units": units},
        "rhythm": RHYTHM,
        "table_number": "示B204-1表",
        "authority": "示例市统计局",
        "approval": "示统制〔2026〕1号",
    }
    return Edition(**(said | more))


def defined(city: City, at: datetime, code: str = "output_month", **more: Any) -> Form:
    """The small form, defined by the statistician."""
    keys = indicators(city, at)
    who = viewer(city, "statistician")
    return actions.define_form(
        city=city.key,
        owner=city.units["市统计局"],
        code=code,
        edition=edition(city, keys, **more),
        viewer=who,
        by=who.person,
        at=at,
    )


def opened(city: City, form: Form, period: str = "2026-03", at: datetime = APRIL) -> Turn:
    """A period of the form, opened by hand."""
    who = viewer(city, "statistician")
    return actions.open_turn(form=form.key, period=period, viewer=who, by=who.person, at=at)


def filing_of(city: City, form: Form, unit: str = "市工信局", period: str = "2026-03") -> Filing:
    """The filing of a unit."""
    return Filing.objects.get(form=form, unit=city.units[unit], period=period)


GIVEN = {"output:now": "12.50", "sales:now": "11", "staff:now": "320"}


def drafted(
    city: City,
    filing: Filing,
    cells: Mapping[str, str] = GIVEN,
    *,
    username: str = "clerk",
    version: int | None = None,
    at: datetime = APRIL,
    **more: Any,
) -> actions.Saved:
    """Cells typed into the draft, over the version that stands now unless one is given."""
    who = viewer(city, username)
    if version is None:
        version = sheet_of(who, filing.key, Moment(at)).version
    return actions.save_draft(
        filing=filing.key, version=version, cells=cells, viewer=who, by=who.person, at=at, **more
    )


def submitted(
    city: City,
    filing: Filing,
    cells: Mapping[str, str] = GIVEN,
    *,
    username: str = "clerk",
    at: datetime = APRIL,
    **more: Any,
) -> None:
    """A draft typed and handed in."""
    saved = drafted(city, filing, cells, username=username, at=at, **more)
    who = viewer(city, username)
    actions.submit_filing(
        filing=filing.key, version=saved.version, viewer=who, by=who.person, at=at
    )


def accepted(
    city: City, filing: Filing, username: str = "statistician", at: datetime = APRIL
) -> None:
    """The statistician accepts."""
    who = viewer(city, username)
    actions.accept_filings(filings=[filing.key], viewer=who, by=who.person, at=at)


def returned(
    city: City,
    filing: Filing,
    why: str = "合计对不上",
    username: str = "statistician",
    at: datetime = APRIL,
) -> None:
    """The statistician returns."""
    who = viewer(city, username)
    actions.return_filings(filings=[filing.key], why=why, viewer=who, by=who.person, at=at)


def correcting(
    city: City, filing: Filing, why: str = "漏报一户", username: str = "clerk", at: datetime = APRIL
) -> None:
    """An accepted filing opened for a correction."""
    who = viewer(city, username)
    actions.correct_filing(filing=filing.key, why=why, viewer=who, by=who.person, at=at)


def stage_of(filing: Filing) -> str:
    """Where the filing is now."""
    return FilingState.objects.open().get(filing=filing).stage


def values_of(filing: Filing) -> dict[str, int]:
    """The figures in force that came with the filing, by the indicator's code."""
    rows = Value.objects.open().filter(origin=f"filing:{filing.key}").select_related("indicator")
    return {row.indicator.code: row.amount for row in rows}
