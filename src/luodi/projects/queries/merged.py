"""Which projects go on as others at a moment, and what that makes of paths."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q, QuerySet

from luodi.common.moments import Moment
from luodi.orgs.queries import names_of, visible
from luodi.orgs.rules import Viewer

from ..models import Merge, MergeState, Project, ProjectState, StageMove
from ..rules import Joined, Step, path_of


@dataclass(frozen=True)
class MergeShown:
    """A merge as pages tell it, seen from one of its sides: the other's key and name."""

    key: str
    name: str
    at: datetime
    who: str
    why: str
    takes: tuple[str, ...]
    seen: int


def merged_away(moment: Moment) -> QuerySet[MergeState]:
    """Keys of the projects that go on as others: lists, sums and rates leave them out."""
    return MergeState.objects.at(moment).values("project")


def living(viewer: Viewer, moment: Moment) -> QuerySet[Project]:
    """The viewer's projects without those that go on as another one at the moment."""
    return visible(Project.objects.all(), viewer).exclude(key__in=merged_away(moment))


def joined(moment: Moment, mine: QuerySet[Project]) -> list[Joined]:
    """The merges open at a moment among the given projects, which the caller has scoped."""
    keys = mine.values("key")
    rows = MergeState.objects.at(moment).filter(Q(root__in=keys) | Q(project__in=keys))
    return [
        Joined(project, into, root, since, "stage" in takes)
        for project, into, root, since, takes in rows.values_list(
            "project_id", "merge__into_id", "root_id", "merge__act_id", "merge__takes"
        )
    ]


def called(keys: Iterable[str], moment: Moment) -> dict[str, str]:
    """Names of projects by key, as they were at a moment."""
    states = ProjectState.objects.at(moment).filter(project__in=list(keys))
    return dict(states.values_list("project_id", "name"))


def paths(keys: QuerySet, merges: Sequence[Joined], moment: Moment) -> dict[str, list[Step]]:
    """The steps by act of the projects `keys` selects, and of those merged, as merges made them."""
    beside = {key for one in merges for key in (one.project, one.into, one.root)}
    moves: dict[str, list[tuple[int, Step]]] = defaultdict(list)
    columns = ("project_id", "act_id", "from_stage", "to_stage", "happened_on")
    asked = Q(project__in=keys) | Q(project__in=list(beside))
    told = StageMove.objects.at(moment).filter(asked).order_by("act", "id")
    for project, act, *step in told.values_list(*columns):
        moves[project].append((act, Step(*step)))
    for project, stage in _stood(moves, merges, keys, moment).items():
        act, step = moves[project][0]
        moves[project][0] = act, replace(step, from_stage=stage)
    return {key: path_of(key, moves, merges) for key in {*moves, *beside}}


def _stood(
    moves: Mapping[str, Sequence[tuple[int, Step]]],
    merges: Sequence[Joined],
    keys: QuerySet,
    moment: Moment,
) -> dict[str, str]:
    """Where projects stood whose first own step was made on a path that was taken back since."""
    beside = [key for one in merges for key in (one.project, one.into)]
    rows = Merge.objects.at(moment).filter(Q(into__in=keys) | Q(into__in=beside))
    open_now = {one.since for one in merges}
    taken = [
        (into, act)
        for into, act, takes in rows.order_by("-act").values_list("into_id", "act_id", "takes")
        if "stage" in takes and act not in open_now and into in moves and moves[into][0][0] > act
    ]
    if not taken:
        return {}
    acts = {act for _into, act in taken}
    states = ProjectState.objects.filter(until__in=acts).values_list(
        "project_id", "until_id", "stage"
    )
    stood = {(project, until): stage for project, until, stage in states}
    return {into: stood[into, act] for into, act in taken}


def merge_of(project: str, moment: Moment) -> MergeShown | None:
    """What a project goes on as at a moment; None where it goes on by itself."""
    merge = (
        MergeState.objects.at(moment).filter(project=project).select_related("merge__act").first()
    )
    return _shown([merge], moment, "root_id")[0] if merge else None


def merges_into(project: str, moment: Moment) -> list[MergeShown]:
    """The projects that go on as this one, those merged first first."""
    rows = MergeState.objects.at(moment).filter(root=project).select_related("merge__act")
    return _shown(list(rows.order_by("merge__act")), moment, "project_id")


def _shown(rows: list[MergeState], moment: Moment, side: str) -> list[MergeShown]:
    keys = [getattr(row, side) for row in rows]
    names = called(keys, moment)
    people = names_of(row.merge.act.by for row in rows)
    return [
        MergeShown(
            key=key,
            name=names.get(key, key),
            at=row.merge.act.at,
            who=people.get(row.merge.act.by, "—"),
            why=row.merge.act.why,
            takes=tuple(row.merge.takes),
            seen=row.since_id,
        )
        for key, row in zip(keys, rows, strict=True)
    ]
