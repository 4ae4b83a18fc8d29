"""What happened to a project, in plain sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.audit.models import Act
from luodi.common.languages import listed
from luodi.orgs.queries import names_of

from ..choices import Part, Resuming
from ..rules import GROWTH, MEASURED, NEEDS
from .money_events import MONEY


@dataclass(frozen=True)
class Event:
    """One act in words. `unmet` and `told` are facts that were missing, in words."""

    at: datetime
    verb: str
    who: str
    sentence: str
    why: str
    happened_on: str
    unmet: str
    told: str
    back: bool
    override: bool
    files: tuple[tuple[str, str], ...]


def worded(needs: Iterable[str]) -> str:
    """Needs in words, one after the other."""
    return "、".join(str(NEEDS.get(need, need)) for need in needs)


def events_of(acts: Iterable[Act], stages: Mapping[str, str]) -> list[Event]:
    """Acts as events in their order; `stages` are the titles of the pipeline's stages."""
    acts = list(acts)
    people = names_of(act.by for act in acts)
    return [_event(act, people, stages) for act in acts]


def _event(act: Act, people: Mapping[str, str], stages: Mapping[str, str]) -> Event:
    payload = act.payload
    return Event(
        act.at,
        act.verb,
        people.get(act.by, "—"),
        _sentence(act.verb, payload, stages),
        act.why,
        payload.get("happened_on", ""),
        worded(payload.get("unmet", [])),
        worded(payload.get("told", [])),
        bool(payload.get("back")),
        bool(payload.get("override")),
        tuple((key, name) for key, name in payload.get("files", [])),
    )


def _sentence(verb: str, payload: Mapping[str, Any], stages: Mapping[str, str]) -> str:
    if verb == "open_lead":
        return _("登记项目。")
    if verb == "revise_project":
        fields = "、".join(str(FIELDS.get(name, name)) for name in payload.get("changed", []))
        return _("修改：%(fields)s。") % {"fields": fields}
    if verb == "move_project":
        words = {
            "from": stages.get(payload["from"], payload["from"]),
            "to": stages.get(payload["to"], payload["to"]),
        }
        if payload.get("back"):
            return _("由“%(from)s”退回“%(to)s”。") % words
        return _("由“%(from)s”进入“%(to)s”。") % words
    told = TOLD.get(verb)
    return told(payload) if told else verb


def _grown(payload: Mapping[str, Any]) -> str:
    """The firm of a project with the days of its growth."""
    days = [f"{GROWTH[column]} {day}" for column, day in payload["days"].items()]
    return _("登记承担企业：%(said)s。") % {"said": listed([payload["name"], *days])}


def _resumed(payload: Mapping[str, Any]) -> str:
    words = {"how": Resuming(payload["how"]).label, "day": payload["day"]}
    return _("%(how)s：%(day)s。") % words


def _batched(sentence: Any) -> Callable[[Mapping[str, Any]], str]:
    """How a step of a batch is told, by its sentence."""
    return lambda payload: (
        str(sentence) % {"title": payload["title"], "part": Part(payload["part"]).label}
    )


def _sited(sentence: Any) -> Callable[[Mapping[str, Any]], str]:
    """How a step about a site is told, by its sentence."""
    return lambda payload: str(sentence) % {"site": payload["site"]}


TOLD: dict[str, Callable[[Mapping[str, Any]], str]] = {
    **MONEY,
    "record_firm": _grown,
    "record_resumption": _resumed,
    "add_to_batch": _batched(gettext_lazy("列入“%(title)s”的“%(part)s”。")),
    "exclude_entries": _batched(gettext_lazy("在“%(title)s”的“%(part)s”里改为不计入。")),
    "put_back_entries": _batched(gettext_lazy("在“%(title)s”的“%(part)s”里恢复计入。")),
    "say_site_need": lambda payload: _("填写选址需求。"),
    "reserve_site": _sited(gettext_lazy("预留载体“%(site)s”。")),
    "take_site": _sited(gettext_lazy("使用载体“%(site)s”。")),
    "release_site": _sited(gettext_lazy("释放载体“%(site)s”。")),
}
"""How an act is told, by its verb; opening, revising and moving need more than their payload."""

FIELDS = {
    **NEEDS,
    **MEASURED,
    "name": gettext_lazy("项目名称"),
    "origin": gettext_lazy("来源类别"),
    "lead": gettext_lazy("牵头单位"),
}
