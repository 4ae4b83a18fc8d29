"""What happened to an item, in plain sentences: one table from verbs to words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.models import Act
from luodi.common.moments import Moment
from luodi.orgs.queries import names_of, unit_names

Words = Mapping[str, Any]


@dataclass(frozen=True)
class Event:
    """One act in words. `said` is what the person wrote, `why` the reason, `files` key and name."""

    position: int
    at: datetime
    verb: str
    who: str
    sentence: str
    said: str = ""
    why: str = ""
    files: tuple[tuple[str, str], ...] = ()
    happened_on: str = ""
    subjects: tuple[str, ...] = ()


def _opened(words: Words) -> str:
    due = _("，时限 %(due)s") % words if words["due"] else _("，未设时限")
    return _("立项交办，由%(lead)s牵头") % words + _with(words) + due + _("。")


def _with(words: Words) -> str:
    return _("，%(cooperating)s配合") % words if words["cooperating"] else ""


def _fed_back(words: Words) -> str:
    claimed = words["claimed"]
    claim = _("，自报进度 %(claimed)s%%") % words if claimed not in (None, "") else ""
    return _("%(unit)s反馈") % words + claim + _("：")


def _decided(words: Words) -> str:
    return (
        _("批准延期到 %(until)s。") if words["granted"] else _("不同意延期到 %(until)s。")
    ) % words


def _dated(words: Words) -> str:
    return _("时限改为 %(due)s。") % words if words["due"] else _("取消了时限。")


def _reseated(words: Words) -> str:
    others = words["cooperating"] or _("无")
    return _("配合单位调整为：%(others)s。") % {"others": others}


SENTENCES: Mapping[str, Callable[[Words], str]] = {
    "open_item": _opened,
    "acknowledge": lambda words: _("签收。"),
    "give_feedback": _fed_back,
    "apply_for_close_out": lambda words: _("%(unit)s申请销号：") % words,
    "verify_close_out": lambda words: _("核实销号。"),
    "refuse_close_out": lambda words: _("退回销号申请。"),
    "reopen": lambda words: _("回头看，重新打开。"),
    "ask_extension": lambda words: _("%(unit)s申请延期到 %(until)s。") % words,
    "decide_extension": _decided,
    "reassign": lambda words: _("由%(from)s改派%(lead)s牵头") % words + _with(words) + _("。"),
    "change_cooperating": _reseated,
    "set_due": _dated,
    "attach_evidence": lambda words: _("补交材料。"),
}
"""Every verb that may touch an item, in the offices' words."""

UNIT_FIELDS = ("lead", "from", "unit")
BLANK = dict.fromkeys(
    ("lead", "from", "unit", "cooperating", "due", "until", "granted", "claimed"), ""
)


def events_of(acts: Iterable[Act], moment: Moment) -> list[Event]:
    """Acts as events in their order: two queries for names, however many acts."""
    acts = list(acts)
    units = unit_names({key for act in acts for key in _units_in(act.payload)}, moment)
    people = names_of(act.by for act in acts)
    return [_event(act, units, people) for act in acts]


def _units_in(payload: Mapping[str, Any]) -> list[str]:
    named = [payload[name] for name in UNIT_FIELDS if payload.get(name)]
    return [*named, *payload.get("cooperating", [])]


def _event(act: Act, units: Mapping[str, str], people: Mapping[str, str]) -> Event:
    payload = act.payload
    words = BLANK | payload
    words |= {name: units.get(payload.get(name, ""), "") for name in UNIT_FIELDS}
    words["cooperating"] = "、".join(units.get(u, "—") for u in payload.get("cooperating", []))
    speak = SENTENCES.get(act.verb)
    return Event(
        act.position,
        act.at,
        act.verb,
        people.get(act.by, "—"),
        speak(words) if speak else act.verb,
        payload.get("text") or payload.get("outcome") or payload.get("note") or "",
        act.why,
        tuple((key, name) for key, name in payload.get("files", [])),
        payload.get("happened_on", ""),
        tuple(act.subjects),
    )
