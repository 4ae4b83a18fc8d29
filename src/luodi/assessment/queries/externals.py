"""Results from above by zone and year, what a table of them would do, and the rank to expect."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from luodi.common.changes import changed
from luodi.common.doors import Found
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete, NotFound, in_words
from luodi.kit.quantities.exact import show
from luodi.kit.refusals import Refusal
from luodi.orgs.choices import UnitKind
from luodi.orgs.queries import unit_names, units_by_name, units_of, visible
from luodi.orgs.rules import Viewer

from ..choices import ExternalLevel
from ..models import ExternalAppraisal, ExternalAppraisalState
from ..rules.externals import MOST_LINES, Forecast, ReadResult, forecast, read_line, read_table

FAULTS = {
    "zone": lambda: _("没有写开发区"),
    "unknown": lambda: _("本市没有这个开发区，请用登记的名称"),
    "year": lambda: _("年度应是四位年份"),
    "level": lambda: _("级别应是“国家级”或“省级”"),
    "rank": lambda: _("位次应是正整数"),
    "of": lambda: _("参评数应是正整数"),
    "beyond": lambda: _("位次大于参评数"),
    "nothing": lambda: _("位次、档次、得分至少要有一项"),
    "score": lambda: _("得分不是可以识别的数，或小数超过 6 位"),
    "source": lambda: _("没有写依据文件"),
    "long": lambda: _("档次超过 40 字，或依据文件超过 200 字"),
    "twice": lambda: _("表里同一开发区、年度、级别出现了两次"),
    "future": lambda: _("年度还没有结束"),
}


@dataclass(frozen=True)
class PlannedLine:
    """A line of a table and what would become of it: new, changed, same, or its faults."""

    number: int
    read: ReadResult
    unit: str
    state: ExternalAppraisalState | None
    what: str
    faults: tuple[str, ...]

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of the state the line asks for."""
        names = ("rank", "of", "tier", "score", "score_scale", "source")
        return {name: getattr(self.read, name) for name in names}

    @property
    def fault(self) -> str:
        """What is wrong, in words."""
        return "；".join(FAULTS[code]() for code in self.faults)

    @property
    def level(self) -> str:
        return str(ExternalLevel(self.read.level).label) if self.read.level else ""

    @property
    def score(self) -> str:
        return shown_score(self.read.score, self.read.score_scale)

    @property
    def before(self) -> str:
        """What is known now, where it differs."""
        if self.state is None or self.what != "changed":
            return ""
        return said_of(self.state)


@dataclass(frozen=True)
class ExternalPlan:
    """A dry run. `token` stands for what was seen: lines, and the states they would change."""

    WHATS: ClassVar[tuple[str, ...]] = ("new", "changed", "same")

    lines: tuple[PlannedLine, ...]
    token: str

    @property
    def refused(self) -> int:
        """How many lines can't be taken."""
        return sum(bool(line.faults) for line in self.lines)

    @property
    def changes(self) -> int:
        return sum(line.what == "changed" for line in self.lines)

    @property
    def good(self) -> int:
        """How many lines would be written."""
        return sum(line.what in ("new", "changed") for line in self.lines)


def said_of(state: ExternalAppraisalState) -> str:
    """Rank, tier and score in one line."""
    parts = [f"{state.rank}/{state.of or '—'}"] if state.rank else []
    parts += [state.tier] if state.tier else []
    parts += [shown_score(state.score, state.score_scale)] if state.score is not None else []
    return " · ".join([*parts, state.source])


def shown_score(score: int | None, scale: int) -> str:
    """A score in digits; '' for none."""
    return "" if score is None else show(score, scale)


def external_plan(city: str, text: str, moment: Moment) -> ExternalPlan:
    """What a table (lines with tabs, a head among the first) would do. Raises `Incomplete` where
    it has no head, no line or too many."""
    rows = [(n, line.split("\t")) for n, line in enumerate(text.splitlines(), start=1)]
    found = read_table(rows)
    if found is None:
        raise Incomplete(_("没有找到表头：至少要有“开发区”“年度”“级别”“依据文件”四列。"))
    if not found:
        raise Incomplete(_("表头下面没有内容。"))
    if len(found) > MOST_LINES:
        raise Incomplete(_("一次最多导入 2000 行，请分几次导入。"))
    names = units_by_name(city, moment)
    zones = {
        name: rows[0].of_id
        for name, rows in names.items()
        if len(rows) == 1 and rows[0].kind == UnitKind.ZONE
    }
    states = ExternalAppraisalState.objects.open().filter(external__city=city)
    known = {
        (s.external.unit, s.external.level, s.external.year): s
        for s in states.select_related("external")
    }
    seen: set[tuple[str, str, int]] = set()
    lines = tuple(_planned(n, line, zones, known, seen, moment) for n, line in found)
    said = repr([(x.number, x.read, x.unit, x.what, x.state and x.state.pk) for x in lines])
    return ExternalPlan(lines, hashlib.sha256(said.encode()).hexdigest()[:32])


def _planned(
    number: int,
    line: Mapping[str, str],
    zones: Mapping[str, str],
    known: Mapping[tuple[str, str, int], ExternalAppraisalState],
    seen: set[tuple[str, str, int]],
    moment: Moment,
) -> PlannedLine:
    read = read_line(line)
    unit = zones.get(read.zone, "")
    place = (unit, read.level, read.year)
    faults = list(read.faults)
    faults += ["unknown"] if read.zone and not unit else []
    faults += ["twice"] if unit and place in seen else []
    faults += ["future"] if "year" not in faults and read.year >= moment.today.year else []
    seen.add(place)
    state = known.get(place)
    planned = PlannedLine(number, read, unit, state, "", tuple(faults))
    if faults:
        return planned
    what = "new" if state is None else "changed" if changed(state, planned.columns) else "same"
    return PlannedLine(number, read, unit, state, what, ())


@dataclass(frozen=True)
class ExternalRow:
    """A result as a list shows it."""

    key: str
    zone: str
    zone_name: str
    year: int
    level: str
    level_label: str
    rank: int | None
    of: int | None
    tier: str
    score: str
    source: str


def external_rows(viewer: Viewer, moment: Moment, zone: str = "") -> list[ExternalRow]:
    """Results from above in the viewer's city, the newest year first."""
    mine = visible(ExternalAppraisal.objects.at(moment), viewer)
    states = ExternalAppraisalState.objects.at(moment).filter(external__in=mine)
    states = states.filter(external__unit=zone) if zone else states
    rows = list(states.select_related("external"))
    names = unit_names({row.external.unit for row in rows}, moment)
    found = [
        ExternalRow(
            key=row.external_id,
            zone=row.external.unit,
            zone_name=names.get(row.external.unit, ""),
            year=row.external.year,
            level=row.external.level,
            level_label=str(row.external.get_level_display()),
            rank=row.rank,
            of=row.of,
            tier=row.tier,
            score=shown_score(row.score, row.score_scale),
            source=row.source,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (-one.year, one.level, one.rank or 10**9, one.zone_name))


@dataclass(frozen=True)
class LevelForecast:
    """What rank is to be expected at a level, or why that can't be told."""

    label: str
    year: int
    found: Forecast | None
    why: str


@dataclass(frozen=True)
class ZonePage:
    """A zone's results from above, its own places beside them, and the ranks to expect."""

    zone: str
    name: str
    rows: tuple[ExternalRow, ...]
    own: Mapping[int, tuple[int, int]]
    forecasts: tuple[LevelForecast, ...]


def zone_page(
    viewer: Viewer, zone: str, moment: Moment, own: Mapping[int, tuple[int, int]] | None = None
) -> ZonePage:
    """The page of a zone of the viewer's city; `NotFound` for anything else."""
    state = units_of(viewer.city, moment).filter(of=zone, kind=UnitKind.ZONE).first()
    if state is None or not viewer.roles:
        raise NotFound(_("没有这个开发区，或者不在您的城市。"))
    own = dict(own or {})
    rows = external_rows(viewer, moment, zone)
    year = max(own) if own else moment.today.year - 1
    told = []
    for level in ExternalLevel:
        past = {r.year: (r.rank, r.of) for r in rows if r.level == level and r.rank and r.of}
        told.append(_told(str(level.label), forecast(own, past, year), year))
    name = state.short_name or state.name
    return ZonePage(zone, name, tuple(rows), own, tuple(told))


def _told(label: str, found: object, year: int) -> LevelForecast:
    if isinstance(found, Forecast):
        return LevelForecast(label, year, found, "")
    return LevelForecast(label, year, None, in_words(found) if isinstance(found, Refusal) else "")


def find_external(key: str) -> Found | None:
    """A result from above as a subject."""
    rows = ExternalAppraisalState.objects.open().select_related("external")
    state = rows.filter(external=key).first()
    if state is None:
        return None
    one = state.external
    names = unit_names([one.unit], Moment(state.external.act.at))
    title = f"{one.year} {one.get_level_display()} {names.get(one.unit, '')}".strip()
    address = f"/assessment/external/{one.unit}/"
    return Found(title, address, _("上级考核"), said_of(state), {"city": one.city})
