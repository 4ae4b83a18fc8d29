"""Batches as pages show them: rows with rates, one batch with its lists, roll-ups by zone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.doors import Found
from luodi.common.languages import listed, titled
from luodi.common.moments import Moment
from luodi.common.periods import period_label
from luodi.kit.calendars import Period
from luodi.orgs.queries import owned, visible
from luodi.orgs.rules import Viewer

from ..choices import Part
from ..models import Batch, BatchEntry, BatchState, Project
from ..rules import Entry, Rate, distinct
from .cohorts import Cohort, cohort
from .merged import joined
from .rows import Row, amount_of, projects


@dataclass(frozen=True)
class Laggard:
    """A project that keeps a rate below its base, with where it stood; amounts in 万元."""

    key: str
    name: str
    stage: str
    promised: Decimal | None
    actual: Decimal | None


@dataclass(frozen=True)
class RateShown:
    """A rate with its working in words; `left_out` are key, name and reason."""

    rate: Rate
    title: str
    base: str
    numerator: Decimal
    denominator: Decimal
    behind: tuple[Laggard, ...]
    left_out: tuple[tuple[str, str, str], ...]
    definition: str

    @property
    def by_value(self) -> bool:
        """Whether it is taken of output, not of projects."""
        return self.rate.rule.by == "value"

    @property
    def by_firm(self) -> bool:
        """Whether it counts firms, each once."""
        return self.rate.rule.by == "enterprise"


@dataclass(frozen=True)
class Rolled:
    """Counts of the lists and rates, of a batch or a zone. Rates are by the keys of their rules."""

    key: str
    label: str
    held_on: date | None
    counts: Counter[str]
    rates: dict[str, Rate]


@dataclass(frozen=True)
class EntryRow:
    """A project in a list of a batch; `also` says which projects merged into it are listed too."""

    key: str
    name: str
    part: str
    stage: str
    zone: str
    lead: str
    promised: Decimal | None
    actual: Decimal | None
    counted: str
    why: str
    also: str = ""


@dataclass(frozen=True)
class BatchesPage:
    """All batches, the city's own rates over them, each project once in each list, and by zone."""

    rows: list[Rolled]
    rates: list[RateShown]
    zones: list[Rolled]
    titles: list[tuple[str, str]]


@dataclass(frozen=True)
class BatchPage:
    """One batch. `seen` is the position of the state shown; `lists` are key, label and count."""

    key: str
    title: str
    held_on: date
    seen: int
    rates: list[RateShown]
    zones: list[Rolled]
    titles: list[tuple[str, str]]
    lists: list[tuple[str, str, int]]
    entries: dict[str, list[EntryRow]]


def batches(viewer: Viewer, moment: Moment, day: date) -> BatchesPage:
    """The batches of the viewer's city, newest first; rates over the projects they may see."""
    states = BatchState.objects.at(moment).filter(
        batch__in=visible(Batch.objects.all(), viewer).values("key")
    )
    all_of_them = cohort(viewer, moment, day)
    rows = [
        _rolled(
            all_of_them, s.batch_id, s.title, all_of_them.entries.get(s.batch_id, []), s.held_on
        )
        for s in states.order_by("-held_on", "title")
    ]
    once = distinct(all_of_them.all)
    return BatchesPage(
        rows, _shown(all_of_them, once), _by_zone(all_of_them, once), _titles(all_of_them)
    )


def batch_page(key: str, viewer: Viewer, moment: Moment, day: date) -> BatchPage | None:
    """One batch within the viewer's scope as known at the moment; None for anything else."""
    mine = visible(Batch.objects.at(moment).filter(key=key), viewer).values("key")
    state = BatchState.objects.at(moment).filter(batch__in=mine).first()
    if state is None:
        return None
    found = cohort(viewer, moment, day, key)
    entries = found.entries.get(key, [])
    rows: dict[str, list[EntryRow]] = {part: [] for part in Part.values}
    for entry in entries:
        rows[entry.part].append(_entry_row(found, entry))
    return BatchPage(
        key=key,
        title=state.title,
        held_on=state.held_on,
        seen=state.since_id,
        rates=_shown(found, entries),
        zones=_by_zone(found, entries),
        titles=_titles(found),
        lists=[(part.value, str(part.label), len(rows[part.value])) for part in Part],
        entries=rows,
    )


def candidates(batch: str, part: str, viewer: Viewer, moment: Moment) -> list[Row]:
    """Projects that may go into a list of a batch: not in it yet, and signed for the signed one."""
    there = BatchEntry.objects.at(moment).filter(batch=batch, part=part)
    merges = joined(moment, visible(Project.objects.all(), viewer))
    roots = {one.project: one.root for one in merges}
    taken = {roots.get(key, key) for key in there.values_list("project_id", flat=True)}
    return [
        row
        for row in projects(viewer, moment)
        if row.key not in taken and (part != Part.SIGNED or row.signing == "contract")
    ]


def _rolled(
    found: Cohort, key: str, label: str, entries: Iterable[Entry], held_on: date | None = None
) -> Rolled:
    given = list(entries)
    counts = Counter(entry.part for entry in given)
    return Rolled(key, label, held_on, counts, {r.rule.key: r for r in found.rates(given)})


def _by_zone(found: Cohort, entries: Iterable[Entry]) -> list[Rolled]:
    by_zone: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_zone[found.states[entry.project].zone].append(entry)
    rolled = [
        _rolled(found, zone, found.units.get(zone, ""), some) for zone, some in by_zone.items()
    ]
    return sorted(rolled, key=lambda one: (not one.label, one.label))


def _titles(found: Cohort) -> list[tuple[str, str]]:
    return [(rule.key, titled(rule)) for rule in found.rules]


def _stage(found: Cohort, project: str) -> str:
    """The title of the stage a project stood in on the day."""
    stage = found.standings[project].stage
    return titled(found.stages[stage]) if stage in found.stages else stage


def _shown(found: Cohort, entries: Iterable[Entry]) -> list[RateShown]:
    return [_one_shown(found, rate) for rate in found.rates(entries)]


def _one_shown(found: Cohort, rate: Rate) -> RateShown:
    rule = rate.rule
    words = {"version": rule.version, "since": rule.since.isoformat() if rule.since else "—"}
    source = owned(rule)
    return RateShown(
        rate=rate,
        title=titled(rule),
        base=str(Part(rule.base).label),
        numerator=_decimal(rate.numerator.numerator, rate.numerator.denominator),
        denominator=_decimal(rate.base.numerator, rate.base.denominator),
        behind=tuple(_laggard(found, key) for key in rate.behind),
        left_out=tuple((key, found.states[key].name, why) for key, why in rate.left_out),
        definition=_("第 %(version)s 版，自 %(since)s 起") % words + f" · {source}",
    )


def _decimal(numerator: int, denominator: int) -> Decimal:
    """A sum of amounts, exact: their denominators are powers of ten."""
    exact = Decimal(numerator) / Decimal(denominator)
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact


def _laggard(found: Cohort, key: str) -> Laggard:
    state = found.states[key]
    return Laggard(
        key,
        state.name,
        _stage(found, key),
        amount_of(state, "output"),
        amount_of(state, "actual_output"),
    )


def _entry_row(found: Cohort, entry: Entry) -> EntryRow:
    state = found.states[entry.project]
    return EntryRow(
        key=entry.project,
        name=state.name,
        part=str(Part(entry.part).label),
        stage=_stage(found, entry.project),
        zone=found.units.get(state.zone, ""),
        lead=found.units.get(state.lead, ""),
        promised=amount_of(state, "output"),
        actual=amount_of(state, "actual_output"),
        counted=_("不计入") if entry.excluded else _("计入"),
        why=entry.why,
        also=_also(found, entry),
    )


def _also(found: Cohort, entry: Entry) -> str:
    """What of an entry was listed as a project that has been merged into it; '' for none."""
    if not entry.also:
        return ""
    names = listed(found.names.get(key, key) for key in entry.also)
    if entry.listed > 1:
        return _("并入的“%(names)s”也列在这里，合计只计一次") % {"names": names}
    return _("列入时是“%(names)s”，已并入本项目") % {"names": names}


def find_batch(key: str) -> Found | None:
    """The finder of the subject kind `batch`: title, address, and whose it is."""
    state = BatchState.objects.open().select_related("batch").filter(batch=key).first()
    if state is None:
        return None
    scope = {"city": state.batch.city}
    return Found(state.title, reverse("batch", args=[key]), _("批次"), scope=scope)


def find_batches(period: str) -> Found | None:
    """The finder of the subject kind `batches`: all batches up to the end of a month."""
    try:
        month = Period.parse(period)
    except ValueError:
        return None
    title = _("三个一批，截至%(month)s") % {"month": period_label(month)}
    address = f"{reverse('batches')}?day={month.end.isoformat()}"
    return Found(title, address, _("批次"), searched=False)
