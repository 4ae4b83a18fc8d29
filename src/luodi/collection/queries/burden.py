"""The burden meter: how many facts a unit was asked in a month, and how many it wasn't."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from luodi.common.moments import LOCAL, Moment
from luodi.orgs.queries import unit_names
from luodi.orgs.rules import Viewer

from ..models import Filing, FormState, Submission
from .filings import readable


@dataclass(frozen=True)
class BurdenRow:
    """What one unit handed in with one form in one month of the clock.

    `asked` figures were typed, `spared` were known from elsewhere and not asked again. Figures of
    enterprises are counted under the unit that looks after them.
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

    A filing handed in again counts once, with its last submission.
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
    return _in_words(sums, moment)


def _in_words(sums: Mapping[tuple[str, str, str], list[int]], moment: Moment) -> list[BurdenRow]:
    units = unit_names({unit for _month, unit, _form in sums}, moment)
    states = FormState.objects.at(moment).filter(form__in={form for _m, _u, form in sums})
    titles = dict(states.values_list("form", "title"))
    found = [
        BurdenRow(month, units.get(unit, ""), titles.get(form, ""), form, *counts)
        for (month, unit, form), counts in sums.items()
    ]
    return sorted(found, key=lambda row: (row.month, row.asked), reverse=True)
