"""The annual plan: steps written, dated, done and withdrawn by the unit that answers for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import LOCAL, Moment
from luodi.common.refusals import Conflict, Incomplete, NotFound
from luodi.orgs.rules import Viewer

from ..choices import WorkStage
from ..models import Measure, Plan, Step, StepState
from ..queries.steps import people_of
from ..rules.rights import require_writer


@dataclass(frozen=True)
class StepEntry:
    """A line as typed. `key` empty: a new one; `version`: the act the typed-over state is from."""

    measure: str
    title: str
    due_on: date | None = None
    person: str = ""
    key: str = ""
    version: int = 0


def save_steps(
    *,
    plan: Plan,
    unit: str,
    year: int,
    entries: Sequence[StepEntry],
    viewer: Viewer,
    by: str,
    at: datetime,
) -> int:
    """Add new lines and change edited ones, in one act. Returns how many changed.

    A person must be posted in the unit. A line that somebody else changed meanwhile: `Conflict`.
    """
    require_writer(viewer, unit)
    _check(plan, unit, entries, at)
    running = _running(plan, unit, year, [entry.key for entry in entries if entry.key])
    changed = [entry for entry in entries if _differs(entry, running.get(entry.key))]
    if not changed:
        return 0
    with perform(
        "save_steps",
        by=by,
        at=at,
        subjects=[subject_key("plan", plan.key)],
        scope={"city": plan.city, "unit": unit},
        payload={"year": year, "steps": len(changed)},
    ) as deed:
        states = [
            _write_line(deed, plan, unit, year, order, entry, running.get(entry.key))
            for order, entry in enumerate(changed)
        ]
        deed.rows.extend(states)
    return len(changed)


def _write_line(
    deed: Deed, plan: Plan, unit: str, year: int, order: int, entry: StepEntry,
    state: StepState | None,
) -> StepState:  # fmt: skip
    """The line's new state, its identity (or the end of its old state) written before it."""
    words = {"title": entry.title, "due_on": entry.due_on, "person": entry.person}
    key = entry.key or new_key()
    deed.touch(subject_key("measure", entry.measure), subject_key("step", key))
    if state:
        deed.close(state)
        return state.copy(**words)
    deed.write(Step(key=key, measure_id=entry.measure, year=year, city=plan.city, unit=unit))
    return StepState(step_id=key, order=order, **words)


def _check(plan: Plan, unit: str, entries: Sequence[StepEntry], at: datetime) -> None:
    people = {key for key, _name in people_of(unit, Moment(at))}
    if any(not entry.title.strip() for entry in entries):
        raise Incomplete(_("行动内容不能为空；要去掉一行，请勾选后“撤回”。"))
    if any(entry.person and entry.person not in people for entry in entries):
        raise Incomplete(_("责任人须是本单位人员，请从列表里选。"))
    measures = {entry.measure for entry in entries}
    if Measure.objects.filter(plan=plan, key__in=measures).count() != len(measures):
        raise NotFound(_("有的举措不在这份规划里，没有保存。请刷新后再试。"))


def _running(plan: Plan, unit: str, year: int, keys: Sequence[str]) -> dict[str, StepState]:
    rows = StepState.objects.open().filter(
        step__in=list(keys),
        step__unit=unit,
        step__year=year,
        step__measure__plan=plan,
        withdrawn=False,
    )
    found = {row.step_id: row for row in rows.select_related("step")}
    if len(found) != len(set(keys)):
        raise NotFound(_("有的行已被撤回，或者不在您的范围内。请刷新后再试。"))
    return found


def _differs(entry: StepEntry, state: StepState | None) -> bool:
    if state is None:
        return True
    same = (state.title, state.due_on, state.person) == (entry.title, entry.due_on, entry.person)
    if not same and entry.version != state.since_id:
        raise Conflict(
            _("“%(title)s”这一行刚被别人改过，请刷新后再看；您填的内容没有写入。")
            % {"title": state.title}
        )
    return not same


def set_step_deadlines(
    *,
    plan: Plan,
    unit: str,
    year: int,
    steps: Sequence[str],
    due_on: date | None,
    viewer: Viewer,
    by: str,
    at: datetime,
) -> int:
    """Give many steps one deadline."""
    require_writer(viewer, unit)
    if not steps or due_on is None:
        raise Incomplete(_("请勾选行，并填写时限（日期，或“6月底前”这样的写法）。"))
    return _replace_all(
        "set_step_deadlines", plan, unit, year, steps, {"due_on": due_on}, by, at, ""
    )


def withdraw_steps(
    *,
    plan: Plan,
    unit: str,
    year: int,
    steps: Sequence[str],
    why: str,
    viewer: Viewer,
    by: str,
    at: datetime,
) -> int:
    """Take steps out of the plan, with a reason; the record keeps them."""
    require_writer(viewer, unit)
    if not steps or not why.strip():
        raise Incomplete(_("请勾选要撤回的行，并写明原因。"))
    return _replace_all("withdraw_steps", plan, unit, year, steps, {"withdrawn": True}, by, at, why)


def finish_steps(
    *,
    plan: Plan,
    unit: str,
    year: int,
    steps: Sequence[str],
    done_on: date | None,
    viewer: Viewer,
    by: str,
    at: datetime,
) -> int:
    """Say that steps are done, on a day that isn't in the future."""
    require_writer(viewer, unit)
    if not steps or done_on is None:
        raise Incomplete(_("请勾选已完成的行，并填写完成日期。"))
    if done_on > at.astimezone(LOCAL).date():
        raise Incomplete(_("完成日期不能晚于今天。"))
    changes = {"stage": WorkStage.DONE, "done_on": done_on}
    return _replace_all("finish_steps", plan, unit, year, steps, changes, by, at, "")


def _replace_all(
    verb: str,
    plan: Plan,
    unit: str,
    year: int,
    steps: Sequence[str],
    changes: dict,
    by: str,
    at: datetime,
    why: str,
) -> int:
    running = _running(plan, unit, year, steps)
    with perform(
        verb,
        by=by,
        at=at,
        subjects=[subject_key("step", key) for key in running],
        scope={"city": plan.city, "unit": unit},
        payload={name: str(value) for name, value in changes.items()},
        why=why,
    ) as deed:
        for state in running.values():
            deed.touch(subject_key("measure", state.step.measure_id))
            deed.replace(state, **changes)
    return len(running)
