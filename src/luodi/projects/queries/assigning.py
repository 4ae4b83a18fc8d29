"""A batch of projects onto the free sites at once: proven optimal, with what blocks the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from luodi.common.languages import in_one_line, language, listed
from luodi.common.moments import Moment
from luodi.common.refusals import in_words
from luodi.kit.matching import Fit, fitting_pairs, judge, rank
from luodi.kit.matching.assignment import Assignment, Task, assign
from luodi.kit.refusals import Refusal
from luodi.orgs.queries import pack_of, unit_names, visible
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import SitingRule

from ..choices import Pairing
from ..models import (
    Batch,
    BatchEntry,
    BatchState,
    MergeState,
    Project,
    ProjectState,
    SiteNeed,
    SitePair,
)
from ..rules.siting import criteria, needs_of, offer_of, siting_rules
from .siting import SiteRow, counted_by, holders_of, site_rows

Named = tuple[str, str]
"""Key and name."""

EXPLAINED = 10
"""For so many projects that nothing fits the closest site is named; their own pages tell more."""


@dataclass(frozen=True)
class Placing:
    """A project with the site it gets; `score` in per cent."""

    project: Named
    site: Named
    zone: str
    score: Decimal
    fixed: bool


@dataclass(frozen=True)
class Blocked:
    """A project that goes without: what blocks it, and the site that comes closest, with why."""

    project: Named
    says: str
    closest: str


@dataclass(frozen=True)
class Pair:
    """A pair people decided on; `idle` where its project or site takes no part."""

    project: Named
    site: Named
    pairing: str
    why: str
    idle: bool


@dataclass(frozen=True)
class AssigningPage:
    """`refusal` says why nothing could be solved; else `outcome` says how sure the answer is."""

    key: str
    title: str
    counted: str
    outcome: str
    proven: bool
    refusal: str
    placed: tuple[Placing, ...]
    blocked: tuple[Blocked, ...]
    sited: tuple[tuple[Named, str], ...]
    needless: tuple[Named, ...]
    pairs: tuple[Pair, ...]
    seekers: tuple[Named, ...]
    sites: tuple[Named, ...]


def assigning_page(batch: str, viewer: Viewer, moment: Moment) -> AssigningPage | None:
    """The best assignment of a batch's projects as known at the moment; None for no batch.

    Projects that hold a site already and those without a need don't take part; sites that anybody
    holds don't either.
    """
    mine = visible(Batch.objects.at(moment).filter(key=batch), viewer).first()
    if mine is None:
        return None
    names = _projects(batch, viewer, moment)
    rows = {row.key: row for row in site_rows(viewer, moment)}
    held: dict[str, list[str]] = {}
    for row in rows.values():
        if row.standing.holder:
            held.setdefault(row.standing.holder, []).append(row.name)
    sited = {}
    for key, holders in holders_of(names, moment).items():
        where = [name for holder in sorted(holders) for name in held.get(holder, [])]
        if where:
            sited[key] = listed(where)
    open_needs = SiteNeed.objects.at(moment).filter(project__in=names)
    needs = {one.project_id: one for one in open_needs if one.project_id not in sited}
    free = {key: row for key, row in rows.items() if not row.standing.holder}
    pairs = list(SitePair.objects.at(moment).filter(batch=batch))
    rules = siting_rules(pack_of(mine.city, moment), moment.today)
    solved = _solve(needs, free, pairs, names, rules, moment)
    state = BatchState.objects.at(moment).get(batch=batch)
    return AssigningPage(
        key=batch,
        title=state.title,
        counted=counted_by(rules),
        outcome=solved.outcome,
        proven=solved.proven,
        refusal=solved.refusal,
        placed=solved.placed,
        blocked=solved.blocked,
        sited=tuple(((key, names[key]), where) for key, where in sited.items()),
        needless=tuple((k, n) for k, n in names.items() if k not in needs and k not in sited),
        pairs=tuple(_pair(one, names, rows, needs, free) for one in pairs),
        seekers=tuple((key, names[key]) for key in names if key in needs),
        sites=tuple((key, f"{row.name} · {row.zone}") for key, row in free.items()),
    )


def _projects(batch: str, viewer: Viewer, moment: Moment) -> dict[str, str]:
    """Names by key of the projects in the lists of a batch, without those excluded.

    One that has been merged into another takes part as that one.
    """
    entries = BatchEntry.objects.at(moment).filter(batch=batch, excluded=False)
    keys = set(entries.values_list("project", flat=True))
    merges = MergeState.objects.at(moment).filter(project__in=keys)
    roots = dict(merges.values_list("project_id", "root_id"))
    keys = {roots.get(key, key) for key in keys}
    seen = visible(Project.objects.filter(key__in=keys), viewer)
    states = ProjectState.objects.at(moment).filter(project__in=seen.values("key"))
    named = states.order_by("name", "project").values_list("project", "name")
    return {str(key): str(name) for key, name in named}


@dataclass(frozen=True)
class _Solved:
    outcome: str = ""
    proven: bool = False
    refusal: str = ""
    placed: tuple[Placing, ...] = ()
    blocked: tuple[Blocked, ...] = ()


def _solve(
    needs: Mapping[str, SiteNeed],
    free: Mapping[str, SiteRow],
    pairs: Iterable[SitePair],
    names: Mapping[str, str],
    rules: Sequence[SitingRule],
    moment: Moment,
) -> _Solved:
    """Solved under names, so that the kit's sentences can be read; names made unlike first."""
    if not needs or not free:
        return _Solved()
    asked, zones = (
        criteria(rules),
        unit_names({one.zone for one in needs.values() if one.zone}, moment),
    )
    seekers = _distinct({key: names[key] for key in needs})
    offers = _distinct({key: row.name for key, row in free.items()})
    facts = {seekers[key]: needs_of(need, zones) for key, need in needs.items()}
    made = [offer_of(row, "") for row in free.values()]
    found = fitting_pairs(asked, {key: facts[seekers[key]] for key in needs}, made)
    points = {(seekers[p], offers[s]): number for (p, s), number in found.items()}
    decided = [one for one in pairs if one.project_id in needs and one.site_id in free]
    fixed, forbidden = (
        [(seekers[one.project_id], offers[one.site_id]) for one in decided if one.pairing == kind]
        for kind in (Pairing.FIXED, Pairing.FORBIDDEN)
    )
    task = Task(
        tuple(facts), dict.fromkeys(offers.values(), 1), points, tuple(fixed), frozenset(forbidden)
    )
    answer = assign(task)
    if isinstance(answer, Refusal):
        unfit = [pair for pair in fixed if pair not in points]
        by_key = {offers[one.key]: one for one in made}
        said = [_unfit(judge(asked, facts[name], by_key[site])) for name, site in unfit]
        return _Solved(refusal=in_one_line([in_words(answer), *said]))
    by_name = {name: key for key, name in seekers.items()}
    sites = {name: key for key, name in offers.items()}
    hard = [one for one in asked if one.hard]
    alone = [one.seeker for one in answer.unassigned if one.why == "nothing_fits"]
    closest = {
        name: _closest(rank(hard, facts[name], made).excluded, free) for name in alone[:EXPLAINED]
    }
    lang = language()
    return _Solved(
        outcome=answer.says(lang),
        proven=answer.status == "optimal",
        placed=tuple(_placing(answer, points, name, by_name, sites, free, set(fixed))
                     for name in answer.pairs),
        blocked=tuple(
            Blocked((by_name[o.seeker], o.seeker), o.says(lang), closest.get(o.seeker, ""))
            for o in answer.unassigned
        ),
    )  # fmt: skip


def _placing(
    answer: Assignment,
    points: Mapping[tuple[str, str], int],
    name: str,
    by_name: Mapping[str, str],
    sites: Mapping[str, str],
    free: Mapping[str, SiteRow],
    fixed: set[tuple[str, str]],
) -> Placing:
    site = answer.pairs[name]
    score = Decimal(points[name, site]).scaleb(-2).quantize(Decimal("0.1"))
    row = free[sites[site]]
    return Placing((by_name[name], name), (row.key, site), row.zone, score, (name, site) in fixed)


def _unfit(fit: Fit) -> str:
    """Why a fixed pair can't be: what says no, and what can't be told."""
    lang = language()
    asked = [*fit.because("no"), *fit.because("cannot_tell")]
    return in_one_line(one.says(lang) for one in asked if one.criterion.hard)


def _closest(excluded: Iterable[Fit], free: Mapping[str, SiteRow]) -> str:
    """The first of those that are out, which fails the fewest hard criteria, with its noes."""
    first = next(iter(excluded), None)
    if first is None:
        return ""
    lang = language()
    noes = [one.says(lang) for one in first.because("no") if one.criterion.hard]
    return f"{free[first.offer].name}: {in_one_line(noes)}" if lang == "en" else (
        f"{free[first.offer].name}：{in_one_line(noes)}"
    )  # fmt: skip


def _pair(
    one: SitePair,
    names: Mapping[str, str],
    rows: Mapping[str, SiteRow],
    needs: Mapping[str, SiteNeed],
    free: Mapping[str, SiteRow],
) -> Pair:
    row = rows.get(one.site_id)
    return Pair(
        (one.project_id, names.get(one.project_id, "—")),
        (one.site_id, row.name if row else "—"),
        str(Pairing(one.pairing).label),
        one.why,
        one.project_id not in needs or one.site_id not in free,
    )


def _distinct(names: Mapping[str, str]) -> dict[str, str]:
    """Names by key, those that stand twice told apart by a number."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for key, name in names.items():
        number, said = 1, name
        while said in taken:
            number += 1
            said = f"{name} ({number})"
        taken.add(said)
        found[key] = said
    return found
