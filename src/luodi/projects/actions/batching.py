"""Batches: made, filled with projects, corrected. All by the office; one action is one act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import new_key, subject_key
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.choices import Role
from luodi.orgs.queries import viewer_of_person, visible

from ..choices import Part, Signing
from ..models import Batch, BatchEntry, BatchState, MergeState, Project, ProjectState

MOST = 2000
"""So many projects go into a list at once."""


def make_batch(*, city: str, title: str, held_on: date, by: str, at: datetime) -> Batch:
    """A new batch of the city. Refuses a title that a batch has already."""
    viewer = viewer_of_person(by)
    if not viewer.has(Role.OFFICE) or city not in viewer.cities:
        raise NotAllowed(_("批次由专班办公室登记。"))
    named = _title(city, title)
    batch = Batch(key=new_key(), city=city)
    with perform(
        "make_batch",
        by=by,
        at=at,
        subjects=[subject_key("batch", batch.key)],
        scope={"city": city},
        payload={"title": named, "held_on": held_on.isoformat()},
    ) as deed:
        deed.write(batch)
        deed.write(BatchState(batch_id=batch.key, title=named, held_on=held_on))
    return batch


def _title(city: str, title: str, but: str = "") -> str:
    named = title.strip()
    if not named:
        raise Incomplete(_("请填写批次名称。"))
    same = BatchState.objects.open().filter(batch__city=city, title=named).exclude(batch=but)
    if same.exists():
        raise Conflict(_("已经有同名的批次，请换一个名称。"))
    return named


def revise_batch(
    *, batch: str, title: str, held_on: date, by: str, at: datetime, seen: int | None = None
) -> None:
    """Change a batch's title or day. `seen` is the position of the state the form showed."""
    state = _state(batch, by)
    if seen is not None and seen != state.since_id:
        raise Conflict(_("这个批次刚刚有了变化，请刷新后再看；您填的内容没有写入。"))
    named = _title(state.batch.city, title, batch)
    if (named, held_on) == (state.title, state.held_on):
        raise Incomplete(_("没有改动任何内容。"))
    with perform(
        "revise_batch",
        by=by,
        at=at,
        subjects=[subject_key("batch", batch)],
        scope={"city": state.batch.city},
        payload={"title": named, "held_on": held_on.isoformat()},
    ) as deed:
        deed.replace(state, title=named, held_on=held_on)


def _state(batch: str, by: str) -> BatchState:
    """The open state of a batch for somebody who may change it."""
    viewer = viewer_of_person(by)
    mine = visible(Batch.objects.filter(key=batch), viewer)
    state = BatchState.objects.open().select_related("batch").filter(batch__in=mine).first()
    if state is None:
        raise NotFound(_("没有这个批次，或者它不在您的范围内。"))
    if not viewer.has(Role.OFFICE):
        raise NotAllowed(_("批次由专班办公室登记。"))
    return state


def add_to_batch(*, batch: str, part: str, projects: Sequence[str], by: str, at: datetime) -> int:
    """Put projects into one list of a batch; how many. One that can't go in refuses them all.

    The signed list takes signed contracts only: a framework agreement is no signing to count.
    """
    state = _state(batch, by)
    keys = _chosen(part, projects)
    mine = visible(Project.objects.filter(key__in=keys), viewer_of_person(by)).values("key")
    found = list(ProjectState.objects.open().filter(project__in=mine))
    if len(found) != len(keys) or any(not key for key in keys):
        raise NotFound(_("有的项目找不到，或者不在您的范围内；都没有列入。"))
    _check_not_merged(found)
    absorbed = MergeState.objects.open().filter(root__in=keys)
    roots = dict(absorbed.values_list("project_id", "root_id"))
    there = BatchEntry.objects.open().filter(batch=batch, part=part, project__in=[*keys, *roots])
    words = {"part": Part(part).label}
    names = {one.project_id: one.name for one in found}
    twice = there.values_list("project_id", flat=True).first()
    if twice:
        words["name"] = names[roots.get(twice, twice)]
        raise Conflict(_("“%(name)s”已经在“%(part)s”里，一个项目只计一次。") % words)
    if part == Part.SIGNED:
        _check_signed(found)
    with perform(
        "add_to_batch",
        by=by,
        at=at,
        subjects=[subject_key("batch", batch)],
        scope={"city": state.batch.city},
        payload={"title": state.title, "part": part, "projects": keys},
    ) as deed:
        deed.mention(*(subject_key("project", key) for key in keys))
        for key in keys:
            deed.write(BatchEntry(batch_id=batch, part=part, project_id=key))
    return len(keys)


def _chosen(part: str, projects: Iterable[str]) -> list[str]:
    keys = list(dict.fromkeys(projects))
    if part not in Part.values:
        raise NotFound(_("没有这个名单，请重新选择。"))
    if not keys:
        raise Incomplete(_("请先勾选项目。"))
    if len(keys) > MOST:
        raise Incomplete(_("一次最多列入 %(most)s 个项目，请分几次。") % {"most": MOST})
    return keys


def _check_not_merged(states: Iterable[ProjectState]) -> None:
    for state in states:
        merge = MergeState.objects.open().filter(project=state.project_id).first()
        if merge:
            into = ProjectState.objects.open().get(project=merge.root_id).name
            words = {"name": state.name, "into": into}
            raise Closed(_("“%(name)s”已并入“%(into)s”，请列入后者；都没有列入。") % words)


def _check_signed(states: Iterable[ProjectState]) -> None:
    for state in states:
        if state.signing == Signing.FRAMEWORK:
            words = {"name": state.name}
            raise Incomplete(
                _("“%(name)s”只签了框架协议，不是正式合同，不能列入签约一批。") % words
            )
        if state.signing != Signing.CONTRACT:
            words = {"name": state.name}
            raise Incomplete(_("“%(name)s”还没有签订正式合同，不能列入签约一批。") % words)


def exclude_entries(
    *, batch: str, part: str, projects: Sequence[str], why: str, by: str, at: datetime
) -> int:
    """Leave projects of a list out of every rate, with a reason; how many."""
    if not why.strip():
        raise Incomplete(_("不计入的，请写明原因。"))
    return _mark("exclude_entries", batch, part, projects, why.strip(), by, at)


def put_back_entries(
    *, batch: str, part: str, projects: Sequence[str], by: str, at: datetime, why: str = ""
) -> int:
    """Count projects of a list again; how many."""
    return _mark("put_back_entries", batch, part, projects, why.strip(), by, at)


def _all_marked(
    found: Iterable[BatchEntry],
    entries: Iterable[BatchEntry],
    keys: Iterable[str],
    roots: Mapping[str, str],
    *,
    excluded: bool,
) -> bool:
    """Whether each project chosen has an entry to change; one that counts if any of its entries
    counts is put back only where none does."""
    changing = {roots.get(entry.project_id, entry.project_id) for entry in found}
    counted = {roots.get(e.project_id, e.project_id) for e in entries if not e.excluded}
    return changing == set(keys) and (excluded or not counted)


def _mark(
    verb: str, batch: str, part: str, projects: Sequence[str], why: str, by: str, at: datetime
) -> int:
    """Exclude entries or count them again; those that stand so already are refused."""
    state, excluded = _state(batch, by), verb == "exclude_entries"
    keys = _chosen(part, projects)
    merges = MergeState.objects.open().filter(root__in=keys).values_list("project_id", "root_id")
    roots = dict(merges)
    entries = BatchEntry.objects.open().filter(batch=batch, part=part, project__in=[*keys, *roots])
    found: list[Any] = [entry for entry in entries if entry.excluded != excluded]
    if not _all_marked(found, entries, keys, roots, excluded=excluded):
        raise Conflict(_("所选项目里有的已经是这样，或者不在这个名单里；请刷新后再选。"))
    with perform(
        verb,
        by=by,
        at=at,
        subjects=[subject_key("batch", batch)],
        scope={"city": state.batch.city},
        payload={"title": state.title, "part": part, "projects": keys},
        why=why,
    ) as deed:
        deed.mention(*(subject_key("project", key) for key in keys))
        for entry in found:
            deed.replace(entry, excluded=excluded, why=why if excluded else "")
    return len(found)
