"""The burden meter: how many facts a unit was asked in a month, and how many it wasn't."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from luodi.common.keys import subject_key
from luodi.common.moments import LOCAL, Moment
from luodi.indicators.models import Value
from luodi.orgs.queries import unit_names, visible
from luodi.orgs.rules import Viewer

from ..models import Filing, FormState, Submission, TableRequest, TemplateState
from ..rules.held import BROUGHT
from .filings import readable


@dataclass(frozen=True)
class BurdenRow:
    """What one unit handed in with one form in one month of the clock.

    `asked` figures were typed, `spared` were known from elsewhere and not asked again. Figures of
    enterprises are counted under the unit that looks after them. A superior's table spares a unit
    the figures that were taken in from it; `form_key` is '' then.
    """

    month: str
    unit: str
    form: str
    form_key: str
    filings: int
    asked: int
    spared: int


def burden_rows(viewer: Viewer, moment: Moment) -> list[BurdenRow]:
    """Facts asked and spared by month, unit and form, of the filings a viewer may read.

    A filing handed in again counts once, with its last submission; the figures taken in from a
    superior's table count in the month it was brought.
    """
    inside = readable(Filing.objects.at(moment), viewer)
    rows = Submission.objects.at(moment).filter(filing__in=inside.values("key"))
    last: dict[str, tuple[str, str, str, int, int]] = {}
    columns = ("filing", "filing__form", "filing__unit", "act__at", "asked", "spared")
    for filing, form, unit, at, asked, spared in rows.order_by("edition").values_list(*columns):
        first = last.get(filing)
        month = first[0] if first else at.astimezone(LOCAL).strftime("%Y-%m")
        last[filing] = (month, form, unit, asked, spared)
    sums: dict[tuple[str, str, str], list[int]] = {}
    for month, form, unit, asked, spared in last.values():
        total = sums.setdefault((month, unit, form), [0, 0, 0])
        total[0] += 1
        total[1] += asked
        total[2] += spared
    rows_found = [*_in_words(sums, moment), *_of_tables(viewer, moment)]
    return sorted(rows_found, key=lambda row: (row.month, row.asked), reverse=True)


def _of_tables(viewer: Viewer, moment: Moment) -> list[BurdenRow]:
    """The figures in force that came in with superior's tables: nobody is asked for them."""
    requests = visible(TableRequest.objects.at(moment), viewer).select_related("act")
    by_origin = {subject_key(BROUGHT, one.key): one for one in requests}
    values = visible(Value.objects.at(moment), viewer).filter(origin__in=by_origin)
    counted = list(values.order_by().values_list("origin", "unit").annotate(Count("pk")))
    states = TemplateState.objects.at(moment).filter(
        template__in={by_origin[origin].template_id for origin, _unit, _n in counted}
    )
    titles = dict(states.values_list("template", "title"))
    units = unit_names({unit for _origin, unit, _n in counted}, moment)
    return [
        BurdenRow(
            month=by_origin[origin].act.at.astimezone(LOCAL).strftime("%Y-%m"),
            unit=units.get(unit, ""),
            form=_("上级表：%s") % titles.get(by_origin[origin].template_id, ""),
            form_key="",
            filings=1,
            asked=0,
            spared=count,
        )
        for origin, unit, count in counted
    ]


def _in_words(sums: Mapping[tuple[str, str, str], list[int]], moment: Moment) -> list[BurdenRow]:
    units = unit_names({unit for _month, unit, _form in sums}, moment)
    states = FormState.objects.at(moment).filter(form__in={form for _m, _u, form in sums})
    titles = dict(states.values_list("form", "title"))
    return [
        BurdenRow(month, units.get(unit, ""), titles.get(form, ""), form, *counts)
        for (month, unit, form), counts in sums.items()
    ]
