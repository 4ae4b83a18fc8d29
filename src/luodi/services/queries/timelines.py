"""What happened to a request, in plain sentences: one table from verbs to words, for offices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.models import Act
from luodi.common.languages import language, listed
from luodi.common.moments import Moment
from luodi.common.tables import shown
from luodi.orgs.queries import names_of, unit_names

from ..choices import Satisfied, Told

Words = Mapping[str, Any]


@dataclass(frozen=True)
class Event:
    """One act in words; `inner` where the firm never sees it."""

    at: datetime
    who: str
    sentence: str
    said: str = ""
    why: str = ""
    steps: tuple[tuple[str, str], ...] = ()
    inner: bool = False
    files: tuple[tuple[str, str], ...] = ()


def _called(words: Words) -> str:
    if not words["others"]:
        return _("吹哨，由%(lead)s牵头办理。") % words
    return _("吹哨，由%(lead)s牵头，%(others)s报到。") % words


def _rated(words: Words) -> str:
    said = Satisfied(words["satisfied"]).label if words["satisfied"] else ""
    if not words["noted"]:
        return _("企业评价：%s。") % said
    if not words["how"]:
        return _("代企业记录评价：%s。") % said
    return _("代企业记录评价：%(word)s（%(how)s，企业 %(when)s 说的）。") % {
        "word": said, "how": Told(words["how"]).label,
        "when": shown(datetime.fromisoformat(words["said_at"])),
    }  # fmt: skip


def _replaced(words: Words) -> str:
    """The firm's own word in place of a noted one."""
    said = {
        name: Satisfied(words[name]).label if words[name] else ""
        for name in ("satisfied", "replaces")
    }
    return _("企业自己评价：%(satisfied)s，代替代记的“%(replaces)s”。") % said


def _answered(words: Words) -> str:
    return _("代企业记录补充回答：") if words["noted"] else _("企业补充回答：")


def _asked(words: Words) -> str:
    return _("代企业登记诉求。") if words["noted"] else _("企业提出诉求。")


def _raised(words: Words) -> str:
    if language() == "en":
        named = {name: words.get(f"{name}_en") or words[name] for name in ("limit", "level")}
        words = {**words, **named}
    if words["from"] == words["to"]:
        return _("%(limit)s超时，已在最高层级。") % words
    return _("%(limit)s超时，升级到%(level)s。") % words


SENTENCES: Mapping[str, Callable[[Words], str]] = {
    "ask": _asked,
    "respond": lambda words: _("%(unit)s响应：") % words,
    "call_out": _called,
    "arrive": lambda words: _("%(unit)s报到。") % words,
    "ask_firm": lambda words: _("请企业补充，暂停计时："),
    "answer_question": _answered,
    "tell_firm": lambda words: _("告知进展："),
    "give_timetable": lambda words: _("给企业时间表，办到 %(until)s。") % words,
    "write_note": lambda words: _("%(unit)s内部记录：") % words,
    "answer": lambda words: _("%(unit)s答复企业：") % words,
    "accept_answer": _rated,
    "object_to_answer": _rated,
    "replace_word": _replaced,
    "object_to_noted": _replaced,
    "close_unrated": lambda words: _("等待评价的时限已过，未评价办结。"),
    "withdraw": lambda words: _("企业撤回。"),
    "raise_level": _raised,
    "merge_enterprise": lambda words: _("企业合并，诉求转到 %(new)s 名下。") % words,
    "erase_caller": lambda words: _("删去来电人的姓名和电话。"),
    "hand_over_request": lambda words: (
        _("企业归%(unit)s服务，由%(unit)s接办；%(old)s可以查看。") % words
    ),
    "open_item": lambda words: _("转入督办台账，编号 %(number)s。") % words,
    "attach_evidence": lambda words: _("补交材料。"),
}
"""Every verb that may touch a request, in the offices' words."""

PLACES = ("unit", "lead", "old")
INNER = frozenset({"call_out", "arrive", "write_note", "raise_level", "open_item", "erase_caller"})
BLANK = dict.fromkeys(
    ("unit", "lead", "others", "satisfied", "noted", "limit", "level", "from", "to", "until",
     "firm", "number", "how", "said_at", "replaces", "old"),
    "",
)  # fmt: skip


def events_of(acts: Iterable[Act], moment: Moment) -> list[Event]:
    """Acts as events in their order: two queries for names, however many acts."""
    acts = list(acts)
    units = unit_names({key for act in acts for key in _units_in(act.payload)}, moment)
    people = names_of(act.by for act in acts)
    return [_event(act, units, people) for act in acts]


def _units_in(payload: Words) -> list[str]:
    named = [payload[name] for name in PLACES if payload.get(name)]
    return [*named, *payload.get("called", [])]


def _event(act: Act, units: Mapping[str, str], people: Mapping[str, str]) -> Event:
    payload = act.payload
    words = BLANK | payload
    words |= {name: units.get(payload.get(name, ""), "") for name in PLACES}
    words["others"] = listed(units.get(unit, "—") for unit in payload.get("called", []))
    speak = SENTENCES.get(act.verb)
    return Event(
        act.at,
        people.get(act.by, _("系统") if act.by.startswith("system:") else "—"),
        speak(words) if speak else act.verb,
        payload.get("text", ""),
        act.why,
        tuple((text, day) for text, day in payload.get("steps", [])),
        act.verb in INNER,
        tuple((key, name) for key, name in payload.get("files", [])),
    )
