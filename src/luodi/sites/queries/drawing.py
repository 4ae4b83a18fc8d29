"""What importing a GeoJSON file would do, line by line, before anything is done."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from luodi.common.languages import in_one_line
from luodi.common.refusals import Incomplete, Refusal, in_words
from luodi.common.tables import shown
from luodi.kit import refusals as kit
from luodi.kit.geometry import Polygons, Shape, area, overlap, read_geojson

from ..choices import SiteKind
from ..models import PlotState, Site
from ..rules import FIELDS, check_details
from ..rules.drawing import LONGEST, TOUCHING, drawn, mu_of, off_by, said_by, stored
from .holding import check_unique
from .rows import exactly

NEW, REDRAWN, SAME, REFUSED = "new", "redrawn", "same", "refused"


@dataclass(frozen=True)
class Line:
    """One feature: what would become of it. `state` is the plot that would be redrawn.

    `columns` are what would be written; `warnings` are looked at before, `problem` refuses it.
    """

    number: int
    name: str
    what: str
    measured: int | None = None
    problem: str = ""
    warnings: tuple[str, ...] = ()
    state: PlotState | None = None
    columns: dict[str, Any] = field(default_factory=dict)

    @property
    def mu(self) -> Decimal | None:
        """The measured area in 亩."""
        return mu_of(self.measured)


@dataclass(frozen=True)
class DrawnPlan:
    """All lines of a file; `token` stands for what was shown, so that nothing else is done."""

    lines: tuple[Line, ...]

    @property
    def good(self) -> tuple[Line, ...]:
        """The lines that would be written."""
        return tuple(line for line in self.lines if line.what in (NEW, REDRAWN))

    @property
    def refused(self) -> tuple[Line, ...]:
        """The lines that can't."""
        return tuple(line for line in self.lines if line.what == REFUSED)

    @property
    def token(self) -> str:
        """A digest of what would be done to which state."""
        parts = [
            f"{one.number} {one.what} {one.measured} {one.state.since_id if one.state else ''}"
            for one in self.lines
        ]
        said = [*parts, *(warning for one in self.lines for warning in one.warnings)]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class _Other:
    """A plot that is there: what a new one may not lie on."""

    key: str
    name: str
    polygons: Polygons


def draw_plan(city: str, zone: str, text: str, site: str = "") -> DrawnPlan:
    """What a file would do in a zone now; raises `Incomplete` where it can't be read at all.

    A feature belongs to the plot with its number, else with its name; with `site`, a file of one
    feature belongs to that plot. The others become plots.
    """
    read = read_geojson(text)
    if isinstance(read, kit.Refusal):
        raise Incomplete(f"{in_words(read)}{_('。')}{_('没有导入任何内容。')}")
    plots = PlotState.objects.open().filter(site__city=city).select_related("site")
    states = list(plots)
    mine = [state for state in states if state.site.zone == zone]
    others = [_Other(one.site_id, one.name, drawn(one.geometry)) for one in states if one.geometry]
    lines: list[Line] = []
    taken: set[str] = set()
    for shape in read:
        state = _target(shape, mine, site if len(read) == 1 else "")
        line = _line(shape, state, others, city, zone)
        marks = _marks(line)
        if line.what != REFUSED and marks & taken:
            why = _("与文件里前面的图形是同一个地块。")
            line = Line(line.number, line.name, REFUSED, line.measured, why, state=state)
        if line.what != REFUSED and shape.polygons:
            taken |= marks
            key = state.site_id if state else ""
            others = [one for one in others if not key or one.key != key]
            others.append(_Other(key, line.name, shape.polygons))
        lines.append(line)
    return DrawnPlan(tuple(lines))


def _marks(line: Line) -> set[str]:
    """By what two features of one file are the same plot: its key, or a name or number."""
    if line.state:
        return {f"key {line.state.site_id}"}
    number = line.columns.get("number")
    return {f"name {line.name}", *([f"number {number}"] if number else [])}


def _target(shape: Shape, mine: Iterable[PlotState], site: str) -> PlotState | None:
    said = said_by(shape.properties)
    states = list(mine)
    if site:
        return next((one for one in states if one.site_id == site), None)
    numbered = [one for one in states if said["number"] and one.number == said["number"]]
    named = [one for one in states if said["name"] and one.name == said["name"]]
    return next(iter([*numbered, *named]), None)


def _line(
    shape: Shape, state: PlotState | None, others: list[_Other], city: str, zone: str
) -> Line:
    said = said_by(shape.properties)
    name = state.name if state else said["name"]
    if shape.polygons is None:
        why = in_words(shape.problem) if shape.problem is not None else ""
        return Line(shape.number, name, REFUSED, problem=f"{why}{_('。')}", state=state)
    measured = area(shape.polygons)
    hit = _hit(shape.polygons, [o for o in others if state is None or o.key != state.site_id])
    if hit:
        return Line(shape.number, name, REFUSED, measured, hit, state=state)
    columns = {"geometry": stored(shape.polygons), "measured": measured}
    if state is not None:
        if said["map_number"]:
            columns["map_number"] = said["map_number"][: LONGEST["map_number"]]
        same = all(getattr(state, key) == value for key, value in columns.items())
        stated, what = exactly(state, "area"), SAME if same else REDRAWN
        warnings = _warnings(stated, measured)
        return Line(shape.number, name, what, measured, "", warnings, state, columns)
    return _new(shape.number, said, columns, city, zone)


def _new(number: int, said: dict[str, str], columns: dict[str, Any], city: str, zone: str) -> Line:
    """A plot that isn't there yet, from what the properties say of it."""
    measured, notes = columns["measured"], []
    long = next((name for name, most in LONGEST.items() if len(said[name]) > most), "")
    if long:
        words = {"what": FIELDS[long], "most": LONGEST[long]}
        why = _("%(what)s超过 %(most)s 字。") % words
        return Line(number, said["name"], REFUSED, measured, why)
    if not said["area"]:
        said = {**said, "area": str(mu_of(measured))}
        notes.append(_("没有写面积，按图形量得的 %(area)s 亩登记。") % {"area": said["area"]})
    try:
        checked = check_details(SiteKind.PLOT, said)
        check_unique(Site(kind=SiteKind.PLOT, city=city, zone=zone, key=""), checked)
    except Refusal as refusal:
        return Line(number, said["name"], REFUSED, measured, refusal.sentence)
    stated = Decimal(checked["area"]).scaleb(-checked["area_scale"])
    warnings = (*notes, *_warnings(stated, measured))
    return Line(number, said["name"], NEW, measured, "", warnings, None, {**checked, **columns})


def _warnings(stated: Decimal | None, measured: int) -> tuple[str, ...]:
    off = off_by(stated, measured)
    if off is None:
        return ()
    words = {"drawn": shown(mu_of(measured)), "stated": shown(stated), "off": shown(off)}
    return (_("图形量得 %(drawn)s 亩，登记面积 %(stated)s 亩，相差 %(off)s%%，请核对。") % words,)


def _hit(polygons: Polygons, others: Iterable[_Other]) -> str:
    """Which plots it lies on, with the area of each overlap; '' where on none."""
    found = []
    for other in others:
        both = overlap(polygons, other.polygons)
        if both > TOUCHING:
            words = {"name": other.name, "area": shown(both), "mu": shown(mu_of(both))}
            found.append(_("与“%(name)s”重叠 %(area)s 平方米（%(mu)s 亩）") % words)
    if not found:
        return ""
    return _("%(hits)s。相邻地块可以共用边界，但不能重叠。") % {"hits": in_one_line(found)}
