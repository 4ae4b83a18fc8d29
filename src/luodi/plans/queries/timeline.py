"""What happened to a plan, measure, step, round or report, in the offices' words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.models import Act
from luodi.audit.queries import acts_on
from luodi.common.languages import listed
from luodi.common.moments import Moment
from luodi.orgs.queries import names_of, unit_names
from luodi.orgs.rules import UNIT_ROLES, Viewer

from ..choices import ReportStage
from .reports import skipped_words

CHASING = frozenset({"remind_units", "note_call"})
"""Acts that name units: others needn't know who was late."""


@dataclass(frozen=True)
class Entry:
    """One act in words. `notes` are further sentences, such as steps passed over."""

    position: int
    at: datetime
    who: str
    words: str
    why: str
    notes: tuple[str, ...] = ()


def words_for(verb: str) -> str:
    """What an act is called."""
    return {
        "adopt_document": _("采纳入库"),
        "set_deadlines": _("设定时限"),
        "confirm_lead": _("确认牵头单位"),
        "assign_unit": _("加入责任单位"),
        "finish_measure": _("认定办结"),
        "reopen_measure": _("重新打开"),
        "save_steps": _("编写年度计划"),
        "set_step_deadlines": _("设定行动时限"),
        "withdraw_steps": _("撤回行动"),
        "finish_steps": _("行动完成"),
        "open_round": _("开始填报"),
        "close_round": _("截止填报"),
        "reopen_round": _("重新开放填报"),
        "remind_units": _("催报"),
        "note_call": _("电话联系"),
        "submit_reports": _("提交月报"),
        "pass_on_reports": _("审核月报"),
        "recall_report": _("撤回修改"),
        "accept_reports": _("采用月报"),
        "return_reports": _("退回月报"),
        "attach_evidence": _("补交材料"),
        "open_item": _("立项督办"),
        "open_paper": _("工作月报开始拟稿"),
        "freeze_paper": _("工作月报定稿送审"),
        "check_paper": _("工作月报审核"),
        "sign_paper": _("工作月报签发"),
        "send_back_paper": _("工作月报退回重拟"),
        "file_back": _("工作月报回存核对"),
    }.get(verb, verb)


def timeline(subject: str, viewer: Viewer, moment: Moment) -> list[Entry]:
    """The acts on a subject, oldest first.

    What happened inside a unit before anything left it shows to that unit's own people only.
    """
    acts = [act for act in acts_on(subject, moment) if _shows(act, viewer)]
    people = names_of(act.by for act in acts)
    units = {unit for act in acts for unit in _units(act.payload)} | {act.unit for act in acts}
    chased = {unit for act in acts if act.verb in CHASING for unit in _units(act.payload)}
    units -= set() if viewer.sees_whole_city else chased - viewer.units
    names = unit_names(units - {""}, moment)
    return [_entry(act, subject, people, names) for act in acts]


def _shows(act: Act, viewer: Viewer) -> bool:
    """Own people see what was done inside; reminders and calls show to whom they were about."""
    if act.payload.get("inside"):
        return viewer.acts_for(act.unit, *UNIT_ROLES)
    if act.verb not in CHASING or viewer.sees_whole_city:
        return True
    return bool(viewer.units & {act.unit, *_units(act.payload)})


def _units(payload: Mapping[str, Any]) -> list[str]:
    return [u for u in [payload.get("unit"), *payload.get("units", [])] if isinstance(u, str)]


def _entry(act: Act, subject: str, people: Mapping[str, str], names: Mapping[str, str]) -> Entry:
    who = _("系统") if act.by.startswith("system:") else people.get(act.by, "—")
    unit = names.get(act.unit, "")
    about = listed(names[unit] for unit in _units(act.payload) if unit in names)
    due = act.payload.get("due_on")
    parts = [words_for(act.verb), about, str(due) if due else "", _target(act, subject)]
    return Entry(
        act.position,
        act.at,
        f"{who}（{unit}）" if unit else who,
        " · ".join(part for part in parts if part),
        act.why,
        tuple(skipped_words(row) for row in _skipped(act, subject)),
    )


def _target(act: Act, subject: str) -> str:
    stage = _of(act, "to", subject)
    return f"→ {ReportStage(stage).label}" if stage else ""


def _skipped(act: Act, subject: str) -> list[Mapping[str, str]]:
    return _of(act, "skipped", subject) or []


def _of(act: Act, name: str, subject: str) -> Any:
    rows = act.payload.get(name)
    return rows.get(subject.partition(":")[2]) if isinstance(rows, dict) else None
