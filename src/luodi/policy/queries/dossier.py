"""The facts of one firm as its page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.common.languages import language
from luodi.common.moments import Moment

from ..choices import FactStage
from ..models import FirmFact
from ..rules import Catalogue, Source, lasting_light
from .catalogue import catalogue
from .facts import Known, dossiers, stated_rows, stored_value

SOURCES = {
    "door": gettext_lazy("名录与各模块登记"),
    "figure": gettext_lazy("企业报送的年度数据"),
    "verified": gettext_lazy("单位核实"),
    "ran_out": gettext_lazy("已到期，需更新"),
    "": gettext_lazy("缺"),
}


@dataclass(frozen=True)
class FactRow:
    """A fact: what counts and whence it comes, and what was stated and waits or was refused.

    `lasts` says by its light until when it counts; `was` is what it said before it ran out.
    """

    name: str
    label: str
    unit: str
    value: str
    source: str
    on: date | None
    was: str
    lasts: tuple[str, str]
    stated: str
    stated_on: date | None
    stated_since: int
    refused: str
    may_state: bool
    may_record: bool

    @property
    def missing(self) -> bool:
        """Whether nothing is known that counts."""
        return not self.value


def fact_rows(enterprise: str, city: str, moment: Moment) -> list[FactRow]:
    """Every fact of the catalogue for one firm, which the caller has scoped."""
    known = catalogue(city, moment)
    found = dossiers([enterprise], known, moment)[enterprise]
    stated = stated_rows(enterprise, moment)
    lang = language()
    rows = []
    for name, fact in known.facts.items():
        held = found.get(name)
        waiting = _last(stated.get(name, []), FactStage.STATED)
        refused = _last(stated.get(name, []), FactStage.REFUSED)
        rows.append(
            FactRow(
                name=name,
                label=fact.label(lang),
                unit=fact.unit,
                value=fact.shown(held.value, lang) if held and not held.ran_out else "",
                source=str(SOURCES[held.source if held else ""]),
                on=held.on if held else None,
                was=fact.shown(held.was, lang) if held and held.ran_out else "",
                lasts=_lasts(held, known.sources[name], moment.today),
                stated=_shown(waiting, known, lang),
                stated_on=waiting.on if waiting else None,
                stated_since=waiting.since_id if waiting else 0,
                refused=_refusal(refused, known, lang),
                may_state=known.sources[name].stated,
                may_record=known.sources[name].stated or known.sources[name].recorded,
            )
        )
    return rows


def _lasts(held: Known | None, source: Source, today: date) -> tuple[str, str]:
    """Light and words for how long a fact counts; nothing where nothing limits it."""
    if held is None or held.last_on is None or held.on is None or source.lasting is None:
        return "none", ""
    return lasting_light(held.last_on, source.lasting.warn_days, today)


def _last(rows: list[FirmFact], stage: str) -> FirmFact | None:
    return next((row for row in reversed(rows) if row.stage == stage), None)


def _shown(row: FirmFact | None, known: Catalogue, lang: str) -> str:
    if row is None:
        return ""
    fact = known.facts[row.fact]
    value = stored_value(row.value, fact)
    return fact.shown(value, "en" if lang == "en" else "zh")


def _refusal(row: FirmFact | None, known: Catalogue, lang: str) -> str:
    if row is None:
        return ""
    return _("自述 %(value)s 核实不符：%(why)s") % {
        "value": _shown(row, known, lang),
        "why": row.why,
    }
