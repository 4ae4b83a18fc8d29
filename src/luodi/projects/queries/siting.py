"""Sites for one project: what it needs, which sites fit, which don't, which can't be told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from luodi.common.keys import split_subject, subject_key
from luodi.common.languages import language, listed, titled
from luodi.common.moments import Moment
from luodi.kit.matching import Fit, Ranking, rank
from luodi.kit.quantities import ratio
from luodi.orgs.queries import owned, pack_of, unit_names
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import SitingRule
from luodi.sites.choices import SiteKind
from luodi.sites.queries import PlantRow, PlotRow, plants, plots

from ..models import MergeState, Project, SiteNeed
from ..rules.siting import NEEDED, criteria, needs_of, offer_of, siting_rules
from .rows import exactly

SiteRow = PlotRow | PlantRow
SHOWN = 60
"""So many sites of each list are shown; the rest is counted."""


@dataclass(frozen=True)
class Candidate:
    """A site with the answer and its reasons; `score` in per cent to one place, `place` with ties.

    `credits` are the soft criteria: label, the share of their weight in per cent.
    """

    row: SiteRow
    kind: str
    place: int | None
    score: Decimal
    yes: tuple[str, ...]
    no: tuple[str, ...]
    open: tuple[str, ...]
    credits: tuple[tuple[str, Decimal], ...]
    mine: bool
    may_reserve: bool

    @property
    def key(self) -> str:
        """The site's key."""
        return self.row.key


@dataclass(frozen=True)
class Listed:
    """One of the three lists: what is shown of it, and how many it holds."""

    shown: tuple[Candidate, ...]
    count: int

    @property
    def more(self) -> int:
        """How many aren't shown."""
        return self.count - len(self.shown)


@dataclass(frozen=True)
class SitingPage:
    """`need` is None where nobody has said what the project needs: then nothing is matched."""

    need: SiteNeed | None
    seen: int | None
    amounts: Mapping[str, Decimal | None]
    zone: str
    fitting: Listed
    undecided: Listed
    excluded: Listed
    held: tuple[SiteRow, ...]
    counted: str


def siting_page(project: Project, viewer: Viewer, moment: Moment) -> SitingPage:
    """The sites of the city for one project as known at the moment."""
    need = SiteNeed.objects.at(moment).filter(project=project).first()
    rows = {row.key: row for row in site_rows(viewer, moment)}
    holder = subject_key("project", project.key)
    mine = holders_of([project.key], moment)[project.key]
    held = tuple(row for row in rows.values() if row.standing.holder in mine)
    zones = unit_names({need.zone}, moment) if need and need.zone else {}
    rules = siting_rules(pack_of(project.city, moment), moment.today)
    ranking = Ranking((), (), ())
    if need is not None:
        offers = [offer_of(row, holder) for row in rows.values()]
        ranking = rank(criteria(rules), needs_of(need, zones), offers)
    places = {placed.fit.offer: placed.place for placed in ranking.fitting}

    def listed(fits: Iterable[Fit]) -> Listed:
        some = list(fits)
        made = (_candidate(one, rows[one.offer], places, holder) for one in some[:SHOWN])
        return Listed(tuple(made), len(some))

    return SitingPage(
        need=need,
        seen=need.since_id if need else None,
        amounts=amounts_of(need),
        zone=zones.get(need.zone, "") if need else "",
        fitting=listed(placed.fit for placed in ranking.fitting),
        undecided=listed(ranking.undecided),
        excluded=listed(ranking.excluded),
        held=held,
        counted=counted_by(rules),
    )


def goes_on_as(subjects: Iterable[str], moment: Moment) -> Mapping[str, str]:
    """The fact `project.goes_on_as`: the subject key of the project that a merged one went into."""
    keys = [split_subject(one)[1] for one in subjects if split_subject(one)[0] == "project"]
    merges = MergeState.objects.at(moment).filter(project__in=keys)
    pairs = merges.values_list("project_id", "root_id")
    return {subject_key("project", key): subject_key("project", root) for key, root in pairs}


def counted_by(rules: Iterable[SitingRule]) -> str:
    """What gives points and with which weight, and where that stands; '' where nothing does."""
    rules = list(rules)
    weights = listed(dict.fromkeys(f"{titled(rule)} {rule.weight}" for rule in rules))
    sources = dict.fromkeys(owned(one) for one in rules)
    return f"{weights} ({listed(sources)})" if rules else ""


def holders_of(projects: Iterable[str], moment: Moment) -> dict[str, frozenset[str]]:
    """Under which subject keys projects hold sites: their own, and of those merged into them."""
    found = {key: {subject_key("project", key)} for key in projects}
    merges = MergeState.objects.at(moment).filter(root__in=found)
    for root, merged in merges.values_list("root_id", "project_id"):
        found[root].add(subject_key("project", merged))
    return {key: frozenset(holders) for key, holders in found.items()}


def plot_held(project: Project, viewer: Viewer, moment: Moment) -> PlotRow | None:
    """The plot of standard land that a project holds, whose control indicators it agrees to."""
    mine = holders_of([project.key], moment)[project.key]
    held = (row for row in plots(viewer, moment) if row.standing.holder in mine)
    return next((row for row in held if row.standard), None)


def site_rows(viewer: Viewer, moment: Moment) -> list[SiteRow]:
    """All plots and floors that the viewer sees."""
    return [*plots(viewer, moment), *plants(viewer, moment)]


def amounts_of(need: SiteNeed | None) -> dict[str, Decimal | None]:
    """The measured needs as exact numbers."""
    if need is None:
        return dict.fromkeys(NEEDED)
    return {n: exactly(getattr(need, n), getattr(need, f"{n}_scale")) for n in NEEDED}


def percent_of(share: Any) -> Decimal:
    """A share between 0 and 1 in per cent to one place, rounded half up."""
    number = ratio(100 * share, 1, 1)
    return Decimal(int(number)).scaleb(-1)  # type: ignore[call-overload]


def _candidate(fit: Fit, row: SiteRow, places: Mapping[str, int], holder: str) -> Candidate:
    lang = language()
    hard = [one for one in fit.findings if one.criterion.hard]
    soft = [one for one in fit.findings if not one.criterion.hard]
    kind = SiteKind.PLOT if isinstance(row, PlotRow) else SiteKind.PLANT
    return Candidate(
        row=row,
        kind=str(kind.label),
        place=places.get(fit.offer),
        score=percent_of(fit.score),
        yes=tuple(one.says(lang) for one in hard if one.answer == "yes"),
        no=tuple(one.says(lang) for one in hard if one.answer == "no"),
        open=tuple(one.says(lang) for one in hard if one.answer == "cannot_tell"),
        credits=tuple((one.criterion.label(lang), percent_of(one.credit)) for one in soft),
        mine=row.standing.holder == holder,
        may_reserve=row.standing.open_to(holder) and row.standing.holder != holder,
    )
