"""What the cells of a superior's table probably are, by the names a city has."""

from __future__ import annotations

from django.utils.translation import gettext as _

from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete
from luodi.indicators.models import Definition
from luodi.kit.mapping import Named, Proposal, laid_out, propose
from luodi.kit.refusals import Refusal
from luodi.orgs.choices import UnitKind
from luodi.orgs.models import UnitState

from .workbooks import opened

RESPONDING = (UnitKind.BUREAU, UnitKind.ZONE, UnitKind.COUNTY)


def proposal_for(name: str, data: bytes, city: str, moment: Moment) -> Proposal:
    """What the cells of the first table in a file probably are; a refusal where there is none."""
    grid = opened(name, data)
    if grid.form != "xlsx":
        raise Incomplete(_("上级表要用 .xlsx 才能原样填回，请另存为 .xlsx 后再传。"))
    table = next((t for sheet in grid.shown if not isinstance(t := laid_out(sheet), Refusal)), None)
    if table is None:
        raise Incomplete(_("没有认出表头和行名，请核对是不是数据表。"), "mapping.no_table")
    return propose(table, indicators_known(city, moment), subjects_known(city, moment))


def indicators_known(city: str, moment: Moment) -> list[Named]:
    """The indicators of a city by code, with their names and units."""
    rows = Definition.objects.at(moment).filter(indicator__city=city).select_related("indicator")
    names = rows.values_list("indicator__code", "name", "measured_in").order_by("name")
    return [Named(code, name, (), measured) for code, name, measured in names]


def subjects_known(city: str, moment: Moment) -> list[Named]:
    """The units of a city that give figures."""
    rows = UnitState.objects.at(moment).filter(of__city=city, kind__in=RESPONDING)
    return [
        Named(row.of_id, row.name, tuple(a for a in (row.short_name, *row.aliases) if a))
        for row in rows.order_by("name")
    ]
