"""Totals of enterprises by another cut than the unit they report to: zone, industry, cluster."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Count, F, Max, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Abs, Coalesce, NullIf
from django.utils.translation import gettext as _

from luodi.common.moments import Moment
from luodi.indicators.models import Value as Reported
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import unit_names

from ..choices import Cut
from ..rules.suppression import Behind, Line, suppress, suppress_beside, together
from .figures import EVERYBODY, Figure, Spot, Wanted, added, hidden_spots

ORDER = (Cut.UNIT, Cut.ZONE, Cut.INDUSTRY, Cut.CLUSTER)
"""Each cut is shown so that, beside those before it, it gives nothing away."""
Atom = tuple[str, ...]
"""The groups of one enterprise, one of each cut in `ORDER`."""
Atoms = Mapping[tuple[str, str], Mapping[Atom, Figure]]
"""By indicator and period: the totals of the enterprises that share all their groups."""


@dataclass(frozen=True)
class CutRead:
    """Totals by the groups of a cut, and those that may not be shown."""

    figures: Mapping[Spot, Figure]
    hidden: frozenset[Spot]


def read_cut(
    rows: QuerySet[Reported],
    wanted: Wanted,
    cut: str,
    moment: Moment,
    *,
    sees_all: bool,
    entitled: Collection[str],
) -> CutRead:
    """The totals of a cut among `rows`, in one query.

    `sees_all`: nothing is hidden. `entitled` units' single rows are known to the reader: what
    is told of the others is judged without them.
    """
    cuts = ORDER[: ORDER.index(Cut(cut)) + 1]
    atoms = _atoms(rows, wanted, cuts, moment)
    found: dict[Spot, Figure] = {}
    hidden: set[Spot] = set()
    for (indicator, period), some in atoms.items():
        for group, figure in _by(some, len(cuts) - 1).items():
            found[indicator, group, period] = figure
        found[indicator, EVERYBODY, period] = added(list(some.values()))
        if not sees_all:
            unshown = _hidden(some, (indicator, period), cuts, set(entitled))
            hidden |= {(indicator, group, period) for group in unshown}
    return CutRead(found, frozenset(hidden))


def _atoms(
    rows: QuerySet[Reported], wanted: Wanted, cuts: tuple[Cut, ...], moment: Moment
) -> Atoms:
    """Enterprises are put into the industry and cluster they have at the moment looked at."""
    states = EnterpriseState.objects.at(moment).filter(of=OuterRef("enterprise"))
    trade = Coalesce(NullIf("industry", Value("")), "industry_code")
    groups = {
        Cut.UNIT: F("unit"),
        Cut.ZONE: F("zone"),
        Cut.INDUSTRY: Coalesce(Subquery(states.annotate(said=trade).values("said")[:1]), Value("")),
        Cut.CLUSTER: Coalesce(Subquery(states.values("cluster")[:1]), Value("")),
    }
    names = [f"by_{cut}" for cut in cuts]
    place = ("indicator", "period", "scale", *names)
    grouped = (
        rows.filter(
            indicator__in=wanted.indicators, period__in=wanted.periods, purpose=wanted.purpose
        )
        .exclude(enterprise="")
        .order_by()
        .annotate(**{f"by_{cut}": groups[cut] for cut in cuts})
        .values(*place)
        .annotate(
            total=Sum("amount"),
            count=Count("pk"),
            largest=Max(Abs("amount")),
            magnitude=Sum(Abs("amount")),
        )
        .values_list(*place, "total", "count", "largest", "magnitude")
    )
    parts: dict[tuple[str, str], dict[Atom, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for indicator, period, scale, *rest in grouped:
        *said, total, count, largest, magnitude = rest
        atom = tuple(_key(cut, one) for cut, one in zip(cuts, said, strict=True))
        behind = Behind(count, int(largest), int(magnitude))
        parts[indicator, period][atom].append(Figure(int(total), scale, behind=behind))
    return {
        spot: {atom: added(some) for atom, some in atoms.items()} for spot, atoms in parts.items()
    }


def _key(cut: Cut, said: str) -> str:
    """The key of a group: a unit's own, or the cut and the words of the register."""
    return said if cut == Cut.UNIT or (cut == Cut.ZONE and said) else f"{cut}:{said}"


def _by(atoms: Mapping[Atom, Figure], place: int) -> dict[str, Figure]:
    groups: dict[str, list[Figure]] = defaultdict(list)
    for atom, figure in atoms.items():
        groups[atom[place]].append(figure)
    return {group: added(some) for group, some in groups.items()}


def _hidden(
    atoms: Mapping[Atom, Figure],
    spot: tuple[str, str],
    cuts: tuple[Cut, ...],
    entitled: set[str],
) -> set[str]:
    """The groups of the last cut that may not be shown beside the cuts before it."""
    indicator, period = spot
    units = {(indicator, unit, period): figure for unit, figure in _by(atoms, 0).items()}
    units[indicator, EVERYBODY, period] = added(list(atoms.values()))
    told = {unit for _i, unit, _p in hidden_spots(units, entitled)}
    behind = {
        atom: figure.behind
        for atom, figure in atoms.items()
        if figure.behind is not None and atom[0] not in entitled
    }
    cells: dict[object, Behind] = {("atom", *atom): cell for atom, cell in behind.items()}
    cells[EVERYBODY] = together(behind.values())
    lines: list[Line] = []
    gone: dict[object, str] = {("unit", unit): "" for unit in told if unit != EVERYBODY}
    gone |= dict.fromkeys([EVERYBODY] if EVERYBODY in told else [], "")
    hidden: set[str] = set(told)
    for place, cut in enumerate(cuts):
        groups: dict[object, list[Atom]] = defaultdict(list)
        for atom in behind:
            groups[str(cut), atom[place]].append(atom)
        cells |= {group: together(behind[a] for a in some) for group, some in groups.items()}
        lines += [Line(EVERYBODY, tuple(groups))]
        lines += [Line(group, tuple(("atom", *a) for a in some)) for group, some in groups.items()]
        if cut == Cut.UNIT:
            continue
        own = {group: cells[group] for group in groups} | {EVERYBODY: cells[EVERYBODY]}
        first = suppress(own, [Line(EVERYBODY, tuple(groups))], [k for k in gone if k in own])
        gone |= {group: "" for group in first if group in groups}
        gone |= dict.fromkeys(suppress_beside(cells, lines, gone, set(groups)), "")
        hidden = {str(group[1]) for group in groups if group in gone}  # type: ignore[index]
        hidden |= {EVERYBODY} if EVERYBODY in first else set()
    return hidden


def group_names(groups: Collection[str], cut: str, moment: Moment) -> dict[str, str]:
    """The groups of a cut in words, in the order to list them: those without one last."""
    units = unit_names(groups, moment)
    nothing = {
        Cut.ZONE: _("开发区外"), Cut.INDUSTRY: _("行业未登记"), Cut.CLUSTER: _("未入集群"),
    }  # fmt: skip
    said = {
        group: units.get(group) or group.partition(":")[2] or nothing[Cut(cut)] for group in groups
    }
    return dict(sorted(said.items(), key=lambda pair: (pair[0] == f"{cut}:", pair[1])))
