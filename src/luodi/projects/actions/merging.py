"""Two records of one project become one, or apart again; or are said to be two projects."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.audit.models import State
from luodi.common.keys import new_key
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.queries import viewer_of_person, visible

from ..models import Distinction, Merge, MergeState, Project, ProjectState, StageMove
from ..queries import (
    CARRIED,
    Holding,
    bound_to,
    carried_by,
    hold,
    may_merge,
    roles_in,
    rows_to_carry,
    said_of,
)
from ..rules import AMOUNTS, FACTS, check_order
from ..rules.details import DATES


def merge_project(
    *,
    project: str,
    into: str,
    takes: Collection[str],
    why: str,
    by: str,
    at: datetime,
    carries: Collection[str] = (),
    seen: int | None = None,
    seen_into: int | None = None,
) -> None:
    """Let a project go on as another one: the office, or who leads both.

    `takes` names the facts (`FACTS`) for which the merged project's word holds; `stage` means its
    place and the path it took there. The survivor's word holds for the others. `carries` names
    groups (`CARRIED`) of what else is written down: the survivor takes over what it lacks. What
    can only go on under the merged project's own key refuses the merge. Nothing of either record
    is rewritten. Both states are replaced, so that nobody moves, revises or merges either
    meanwhile: `Conflict` then.
    """
    if project == into:
        raise Incomplete(_("不能把项目并入它自己，请选另一个项目。"))
    if not why.strip():
        raise Incomplete(_("合并请写明理由。"))
    held, survivor = hold(project, by, seen), hold(into, by, seen_into)
    _check_may_merge(held, survivor)
    taken = [name for name in FACTS if name in takes]
    if len(taken) != len(set(takes)):
        raise NotFound(_("有一项内容不在比对之列，请刷新后再选。"))
    changes = _taken(held.state, taken)
    _check_days(survivor.state, changes)
    rows = _to_carry(project, into, carries)
    carried = [group for group, some in rows.items() if some]
    payload = {
        "project": project, "name": held.state.name, "into_key": into,
        "into": survivor.state.name, "takes": taken, "carries": carried,
    }  # fmt: skip
    with perform(
        "merge_project",
        by=by,
        at=at,
        subjects=[survivor.subject, held.subject],
        scope=survivor.scope,
        payload=payload,
        why=why.strip(),
    ) as deed:
        deed.lock()
        _check_bound(held)
        merge = Merge(key=new_key(), project_id=project, into_id=into, takes=taken)
        deed.write(merge)
        deed.write(MergeState(project_id=project, merge_id=merge.key, root_id=into))
        _lead_on(deed, [row.project_id for row in _below(project)], into)
        deed.replace(held.state)
        deed.replace(survivor.state, **changes)
        for row in (row for some in rows.values() for row in some):
            deed.write(row.copy(project_id=into))


def _check_bound(held: Holding) -> None:
    bound = bound_to(held.project.key)
    if bound:
        words = {"name": held.state.name, "what": bound}
        raise Incomplete(
            _(
                "“%(name)s”名下有%(what)s，只能在它自己名下继续办：请对调，把另一个项目并入它；"
                "两边都有的，先把一边的办结或作废。"
            )
            % words
        )


def _to_carry(project: str, into: str, carries: Collection[str]) -> dict[str, list[State]]:
    """The rows of the groups asked for that the survivor lacks."""
    if not CARRIED.keys() >= set(carries):
        raise NotFound(_("有一项内容不在比对之列，请刷新后再选。"))
    return {group: rows_to_carry(group, project, into)[0] for group in carries}


def _check_may_merge(one: Holding, other: Holding) -> None:
    """Refuse whoever is neither the office nor leads both projects."""
    if not may_merge(one.roles, other.roles):
        raise NotAllowed(_("合并由专班办公室办理，或由同时牵头两个项目的单位办理。"))
    if one.project.city != other.project.city:
        raise NotAllowed(_("两个项目不在同一个市，不能合并。"))


def _taken(state: ProjectState, taken: list[str]) -> dict[str, Any]:
    """The columns of the merged project's state whose facts hold."""
    amounts = [f"{name}_scale" for name in taken if name in AMOUNTS]
    return {name: getattr(state, name) for name in (*taken, *amounts)}


def _check_days(state: ProjectState, changes: dict[str, Any]) -> None:
    check_order([changes.get(name, getattr(state, name)) for name in DATES])


def _below(project: str) -> list[MergeState]:
    """The open merges of all that went into a project, directly or through others."""
    rows = MergeState.objects.open().select_related("merge").filter(root=_root(project))
    below, found = {project}, []
    for row in rows.order_by("-merge__act"):
        if row.merge.into_id in below:
            below.add(row.project_id)
            found.append(row)
    return found


def _root(project: str) -> str:
    merge = MergeState.objects.open().filter(project=project).first()
    return merge.root_id if merge else project


def _lead_on(deed: Deed, projects: Collection[str], root: str) -> None:
    """Let what had gone into a project go on with it."""
    for row in MergeState.objects.open().filter(project__in=projects):
        deed.replace(row, root_id=root)


def unmerge_project(
    *, project: str, why: str, by: str, at: datetime, seen: int | None = None
) -> None:
    """Take a merge back: both are projects of their own again.

    What the survivor took over and nobody has changed since goes back to what it was; what has
    changed since stays. The later of two merges is taken back first, where both meet.
    """
    open_row = _row(project, by)
    merge = open_row.merge
    if not why.strip():
        raise Incomplete(_("撤销合并请写明理由。"))
    if seen is not None and seen != open_row.since_id:
        raise Conflict(_("这次合并刚刚有了变化，请刷新后再看。"))
    survivor = hold(merge.into_id, by) if merge.into_id == open_row.root_id else None
    if survivor is None:
        raise Incomplete(_("它并入的项目后来又并入了别的项目，请先撤销后一次合并。"))
    state = ProjectState.objects.open().get(project=project)
    own = Holding(
        open_row.project,
        state,
        roles_in(survivor.viewer, open_row.project.city, state.lead, state.zone),
        survivor.viewer,
    )
    _check_may_merge(own, survivor)
    _check_latest(merge)
    changes, kept = _back(merge, survivor.state)
    back = [name for name in merge.takes if name in changes]
    came = list(carried_by(merge.into_id, merge.act_id))
    back += [group for group, still, _changed in came if still]
    kept += [group for group, _still, changed in came if changed]
    payload = {
        "project": project, "name": state.name, "into_key": merge.into_id,
        "into": survivor.state.name, "back": back, "kept": kept,
    }  # fmt: skip
    with perform(
        "unmerge_project",
        by=by,
        at=at,
        subjects=[survivor.subject, own.subject],
        scope=survivor.scope,
        payload=payload,
        why=why.strip(),
    ) as deed:
        below = [row.project_id for row in _below(project)]
        deed.close(open_row)
        _lead_on(deed, below, project)
        deed.replace(state)
        deed.replace(survivor.state, **changes)
        for row in (row for _group, still, _changed in came for row in still):
            deed.close(row)


def _row(project: str, by: str) -> MergeState:
    mine = visible(Project.objects.filter(key=project), viewer_of_person(by)).values("key")
    rows = MergeState.objects.open().select_related("project", "merge").filter(project__in=mine)
    row = rows.first()
    if row is None:
        raise NotFound(_("这个项目没有并入别的项目，或者它不在您的范围内。"))
    return row


def _check_latest(merge: Merge) -> None:
    """Refuse where a later merge took over the same facts: it must be taken back first."""
    later = MergeState.objects.open().select_related("merge")
    for row in later.filter(merge__into=merge.into_id, merge__act__gt=merge.act_id):
        if set(row.merge.takes) & set(merge.takes):
            name = ProjectState.objects.open().get(project=row.project_id).name
            words = {"name": name}
            raise Incomplete(_("后并入的“%(name)s”也取用了同样的内容，请先撤销它。") % words)


def _back(merge: Merge, now: ProjectState) -> tuple[dict[str, Any], list[str]]:
    """The survivor's columns as they were before, and the facts that stay as they are now."""
    states = ProjectState.objects.filter(project=merge.into_id)
    before, after = states.get(until=merge.act_id), states.get(since=merge.act_id)
    moved = StageMove.objects.filter(project=merge.into_id, act__gt=merge.act_id).exists()
    changes: dict[str, Any] = {}
    kept = []
    for name in merge.takes:
        columns = [name, f"{name}_scale"] if name in AMOUNTS else [name]
        same = all(getattr(now, column) == getattr(after, column) for column in columns)
        if same and not (name == "stage" and moved):
            changes |= {column: getattr(before, column) for column in columns}
        else:
            kept.append(name)
    return changes, kept


def tell_apart(*, one: str, other: str, why: str, by: str, at: datetime) -> None:
    """Say that two projects that look alike are two; it holds while neither changes its names."""
    if one == other:
        raise Incomplete(_("请选两个不同的项目。"))
    if not why.strip():
        raise Incomplete(_("判为不是同一个项目，请写明理由。"))
    first, second = sorted((hold(one, by), hold(other, by)), key=lambda held: held.project.key)
    _check_may_merge(first, second)
    said = [said_of(first.state), said_of(second.state)]
    pair = {"one": first.project, "other": second.project}
    last = Distinction.objects.filter(**pair).order_by("-act").first()
    if last and last.said == said:
        raise Conflict(_("这两个项目已经判为不是同一个项目。"))
    with perform(
        "tell_apart",
        by=by,
        at=at,
        subjects=[first.subject, second.subject],
        scope={"city": first.project.city},
        payload={"name": first.state.name, "into": second.state.name},
        why=why.strip(),
    ) as deed:
        deed.write(Distinction(said=said, why=why.strip(), city=first.project.city, **pair))
