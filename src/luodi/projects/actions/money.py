"""Telling a project's money: the year's plan, and figures month by month in three series."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.changes import changed
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed

from ..choices import Series, Teller
from ..models import MoneyFigure, YearPlan
from ..queries import Holding, before_of, funds_at, hold, may_tell
from ..rules.money import YEARS, amounts_in, clashes, read_amounts, read_money, read_month


def plan_year(
    *,
    project: str,
    year: int,
    amount: str,
    by: str,
    at: datetime,
    why: str = "",
    seen: int | None = None,
) -> None:
    """Set the investment planned for a year. To change it needs a reason; the old plan stays."""
    held = hold(project, by)
    if not may_tell(held.viewer, held.roles, Series.DISPATCH):
        raise NotAllowed(_("只有牵头单位、落地区域和专班办公室可以填写年度计划。"))
    if year not in YEARS:
        raise Incomplete(_("年份写得不对，例如 2026。"))
    number, scale = read_money(_("年度计划投资"), amount)
    if number is None:
        raise Incomplete(_("请填写年度计划投资。"))
    key = {"project": held.project, "told_by": Teller.UNIT, "year": year}
    now = YearPlan.objects.open().filter(**key).first()
    columns = {"amount": number, "amount_scale": scale, "why": why.strip()}
    _check_version(now, seen, why, columns)
    with perform(
        "plan_year",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"year": year, "amount": [number, scale], "corrects": now is not None},
        why=why.strip(),
    ) as deed:
        if now:
            deed.replace(now, **columns)
        else:
            deed.write(YearPlan(project_id=project, told_by=Teller.UNIT, year=year, **columns))


def report_money(
    *,
    project: str,
    series: str,
    period: str,
    amounts: Mapping[str, str],
    by: str,
    at: datetime,
    fund: str = "",
    why: str = "",
    seen: int | None = None,
) -> None:
    """Tell a month of one series. Told before, it is corrected: that needs a reason.

    Month and cumulative must agree with each other and with the month before; where they don't,
    a reason is needed too. `amounts` are month, to_date, since_start as written, in 万元.
    """
    held = hold(project, by)
    _check_series(held, series, fund, Moment(at))
    month = read_month(period, Moment(at).today)
    said = read_amounts(amounts)
    key = {"series": series, "fund": fund, "told_by": Teller.UNIT}
    wrong = clashes(amounts_in(said), before_of(project, key, month), month)
    if wrong and not why.strip():
        raise Incomplete("".join(wrong) + _("确实如此的，请写明原因。"))
    row = {**key, "period": month.key}
    now = MoneyFigure.objects.open().filter(project=project, **row).first()
    _check_version(now, seen, why, said)
    with perform(
        "report_money",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={
            **row,
            **said,
            **_fund(held, fund, Moment(at)),
            "clashes": wrong,
            "corrects": now is not None,
        },
        why=why.strip(),
    ) as deed:
        if now:
            deed.replace(now, why=why.strip(), **said)
        else:
            deed.write(MoneyFigure(project_id=project, why=why.strip(), **row, **said))


def _fund(held: Holding, fund: str, moment: Moment) -> dict[str, str]:
    """What a source of funds is called, for those who read the act later."""
    for rule in funds_at(held.project.city, moment):
        if rule.key == fund:
            return {"fund_title": rule.title, "fund_title_en": rule.title_en}
    return {}


def _check_series(held: Holding, series: str, fund: str, moment: Moment) -> None:
    if series not in Series.values:
        raise Incomplete(_("没有这一类资金数，请重新选择。"))
    if not may_tell(held.viewer, held.roles, series):
        if series == Series.STATISTICS:
            raise NotAllowed(_("统计投资由统计人员填写；调度数和统计数各是各的。"))
        raise NotAllowed(_("只有牵头单位、落地区域和专班办公室可以填报资金数。"))
    known = {rule.key for rule in funds_at(held.project.city, moment)}
    if series == Series.IN_PLACE and fund not in known:
        raise Incomplete(_("到位资金要选择资金来源。"))
    if series != Series.IN_PLACE and fund:
        raise Incomplete(_("只有到位资金分资金来源。"))


def _check_version(now: Any, seen: int | None, why: str, columns: Mapping[str, Any]) -> None:
    """Refuse a second figure of the same thing without its reason, or one that changes nothing."""
    if seen is not None and seen != (now.since_id if now else 0):
        raise Conflict(_("这个数刚刚有了变化，请刷新后再看；您填的内容没有写入。"))
    if now is None:
        return
    if not set(changed(now, columns)) - {"why"}:
        raise Conflict(_("已经报过同样的数，没有再写。"))
    if not why.strip():
        raise Incomplete(_("这一项已经报过；要更正，请写明原因。"))
