"""Releases: what they hold, how two of them differ, and which of them cite a figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import product

from django.utils.translation import gettext as _

from luodi.audit.models import Act
from luodi.audit.queries import moment_at
from luodi.common.moments import LOCAL, Moment
from luodi.common.periods import period_label
from luodi.indicators.models import Definition
from luodi.indicators.queries import definitions_by_key
from luodi.kit.calendars import Period
from luodi.kit.quantities import show
from luodi.orgs.queries import names_of, place_and_unit, unit_names
from luodi.orgs.rules import Viewer

from ..choices import Basis
from ..models import Release, ReleaseState
from ..rules.datasets import Dataset, Measured, Observation
from .figures import EVERYBODY, Figure, Spot, Wanted, figures, hidden_spots
from .scope import Reader, released_values, releases_for


@dataclass(frozen=True)
class ReleaseRow:
    """A line of the list."""

    key: str
    number: int
    label: str
    periods: str
    indicators: int
    purpose: str
    basis: str
    stage: str
    is_open: bool
    released_at: datetime
    by: str
    position: int


def release_rows(viewer: Viewer, moment: Moment) -> list[ReleaseRow]:
    """The releases of the viewer's cities, newest first, in a fixed number of queries."""
    states = list(releases_for(viewer, moment))
    people = names_of({state.release.act.by for state in states})
    return [release_row(state, people) for state in states]


def release_row(state: ReleaseState, people: Mapping[str, str]) -> ReleaseRow:
    """A release in words."""
    release = state.release
    spans = [Period.parse(key) for key in release.periods]
    labels = [period_label(one) for one in (spans[0], spans[-1])] if spans else [""]
    return ReleaseRow(
        release.key,
        release.number,
        release.label,
        " – ".join(dict.fromkeys(labels)),
        len(release.indicators),
        release.get_purpose_display(),
        release.get_basis_display(),
        state.get_stage_display(),
        state.is_open,
        release.act.at,
        people.get(release.act.by, ""),
        release.position,
    )


def wanted_of(release: Release) -> Wanted:
    """The figures a release is about."""
    return Wanted(
        frozenset(release.indicators),
        frozenset(release.units),
        frozenset(release.periods),
        release.purpose,
        release.basis,
    )


@dataclass(frozen=True)
class Vintage:
    """The figures of a release at a moment, without those that are hidden."""

    figures: Mapping[Spot, Figure]
    hidden: Mapping[Spot, str]
    definitions: Mapping[str, Definition]
    units: Mapping[str, str]


def vintage(
    release: Release, moment: Moment | None = None, viewer: Viewer | None = None
) -> Vintage:
    """What a release holds: at its own position, or what the same cells are at `moment`.

    Small cells are hidden from everybody but a statistician of the city (`viewer`).
    """
    until = release.number if moment else release.number - 1
    moment = moment or moment_at(release.position)
    whole = figures(released_values(release, moment), _of_every_unit(wanted_of(release)))
    sees_all = viewer is not None and Reader(viewer).reads_single_rows
    unshown = {} if sees_all else hidden_spots(whole, before=_hidden_until(release, until))
    found = {spot: figure for spot, figure in whole.items() if _is_in(release, spot)}
    hidden = {spot: why for spot, why in unshown.items() if spot in found}
    units = unit_names({spot[1] for spot in found} - {EVERYBODY}, moment)
    if any(spot[1] == EVERYBODY for spot in found):
        units[EVERYBODY] = _("全部企业")
    shown = {spot: figure for spot, figure in found.items() if spot not in hidden}
    return Vintage(shown, hidden, definitions_by_key(release.indicators, moment), units)


def _of_every_unit(wanted: Wanted) -> Wanted:
    """Totals of enterprises are judged over every unit; a unit's own figures are no totals."""
    return wanted if wanted.basis == Basis.UNITS else replace(wanted, units=frozenset())


def _is_in(release: Release, spot: Spot) -> bool:
    return not release.units or spot[1] in release.units or spot[1] == EVERYBODY


def _hidden_until(release: Release, number: int) -> set[Spot]:
    """The totals that the releases of the same cells up to `number` don't show: nor does this."""
    hidden: set[Spot] = set()
    if release.basis == Basis.UNITS:
        return hidden
    earlier = Release.objects.filter(
        city=release.city, purpose=release.purpose, basis=release.basis, number__lte=number
    )
    for one in earlier.order_by("number"):
        wanted = replace(
            _of_every_unit(wanted_of(one)),
            indicators=frozenset(one.indicators) & frozenset(release.indicators),
            periods=frozenset(one.periods) & frozenset(release.periods),
        )
        if wanted.indicators and wanted.periods:
            then = figures(released_values(one, moment_at(one.position)), wanted)
            hidden |= set(hidden_spots(then, before=hidden))
    return hidden


def dataset(state: ReleaseState) -> Dataset:
    """A release as data for anybody: its own position, small cells hidden."""
    release = state.release
    held = vintage(release)
    units = sorted(held.units.items(), key=lambda pair: (pair[0] == EVERYBODY, pair[1]))
    spots = product(release.indicators, (key for key, _name in units), release.periods)
    return replace(
        heading(state),
        areas=tuple(units),
        observations=tuple(
            _observation(held, spot) for spot in spots if spot[0] in held.definitions
        ),
    )


def heading(state: ReleaseState) -> Dataset:
    """A release without its figures: what a list and a catalogue need."""
    release = state.release
    moment = moment_at(release.position)
    definitions = definitions_by_key(release.indicators, moment)
    place, _unit = place_and_unit(release.city, "", moment)
    return Dataset(
        key=release.key,
        number=release.number,
        title=release.label,
        note=release.note,
        publisher=place,
        purpose=str(release.get_purpose_display()),
        basis=str(release.get_basis_display()),
        released_at=release.act.at.astimezone(LOCAL),
        position=release.position,
        indicators=tuple(
            _measured(definitions[key]) for key in release.indicators if key in definitions
        ),
        periods=tuple(Period.parse(key) for key in release.periods),
    )


def _measured(definition: Definition) -> Measured:
    return Measured(
        definition.indicator_id,
        definition.name,
        definition.measured_in,
        definition.scale,
        definition.meaning,
        definition.source,
    )


def _observation(held: Vintage, spot: Spot) -> Observation:
    indicator, unit, key = spot
    period = Period.parse(key)
    figure = held.figures.get(spot)
    if figure is not None:
        digits = show(figure.amount, figure.scale).replace("\u2212", "-")
        return Observation(indicator, unit, period, digits, "A")
    if spot in held.hidden:
        return Observation(indicator, unit, period, "", "Q", _("家数过少或一家独大，不公开"))
    if held.definitions[indicator].period_kind != period.kind:
        return Observation(indicator, unit, period, "", "M", _("这个指标不按这种时期报"))
    return Observation(indicator, unit, period, "", "L", _("没有报送"))


@dataclass(frozen=True)
class Difference:
    """One cell at two moments. `change` is the exact difference in digits, '' where there is
    none to compute."""

    indicator: str
    unit: str
    period: str
    first: str
    second: str
    change: str
    what: str


def differences(
    release: Release, first: Moment, second: Moment, viewer: Viewer
) -> list[Difference]:
    """The cells of a release at two moments, side by side: all of them, changed ones first."""
    one, other = vintage(release, first, viewer), vintage(release, second, viewer)
    definitions, units = {**one.definitions, **other.definitions}, {**one.units, **other.units}
    spots = sorted({*one.figures, *one.hidden, *other.figures, *other.hidden})
    rows = [
        _difference(spot, one, other, definitions, units)
        for spot in spots
        if spot[0] in definitions
    ]
    return sorted(rows, key=lambda row: row.what == _("未变"))


def _difference(
    spot: Spot,
    one: Vintage,
    other: Vintage,
    definitions: Mapping[str, Definition],
    units: Mapping[str, str],
) -> Difference:
    indicator, unit, period = spot
    before, after = one.figures.get(spot), other.figures.get(spot)
    definition = definitions[indicator]
    return Difference(
        f"{definition.name}（{definition.measured_in}）",
        units.get(unit, unit),
        period,
        _text(one, spot),
        _text(other, spot),
        _change(before, after),
        _what(before, after, spot in one.hidden or spot in other.hidden),
    )


def _text(held: Vintage, spot: Spot) -> str:
    figure = held.figures.get(spot)
    if figure is None:
        return _("不公开") if spot in held.hidden else ""
    return show(figure.amount, figure.scale, grouping=True)


def _change(before: Figure | None, after: Figure | None) -> str:
    if before is None or after is None:
        return ""
    scale = max(before.scale, after.scale)
    least = after.amount * 10 ** (scale - after.scale) - before.amount * 10 ** (
        scale - before.scale
    )
    return show(least, scale, grouping=True)


def _what(before: Figure | None, after: Figure | None, hidden: bool) -> str:
    if before is None or after is None:
        if hidden:
            return _("有一方不公开")
        return _("后来才有") if after else _("后来没有了")
    same = before.amount * 10**after.scale == after.amount * 10**before.scale
    return _("未变") if same else _("修订")


@dataclass(frozen=True)
class Citing:
    """A release that holds a figure."""

    key: str
    number: int
    label: str
    position: int


def citing(
    viewer: Viewer, indicator: str, unit: str, period: str, purpose: str, moment: Moment
) -> list[Citing]:
    """The releases of the viewer's cities in which a cell stands, oldest first."""
    states: Iterable[ReleaseState] = releases_for(viewer, moment).filter(
        release__purpose=purpose, release__basis=Basis.UNITS
    )
    return [
        Citing(r.key, r.number, r.label, r.position)
        for r in reversed([state.release for state in states])
        if indicator in r.indicators and period in r.periods and (not r.units or unit in r.units)
    ]


def last_position() -> int:
    """The position of the last act there is; 0 before the first."""
    return Act.objects.order_by("-position").values_list("position", flat=True).first() or 0
