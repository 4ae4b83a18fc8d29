"""What happened to a project, in plain sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.audit.models import Act
from luodi.common.keys import split_subject
from luodi.common.languages import listed
from luodi.orgs.queries import names_of

from ..choices import Part, Seeing, Serving
from ..rules import GROWTH, MEASURED, NEEDS
from .carrying import GROUPS
from .money_events import MONEY
from .permit_events import PERMITS
from .review_events import REVIEWS


@dataclass(frozen=True)
class Event:
    """One act in words. `unmet` and `told` are facts that were missing, in words.

    `source` is key and name of the merged project it happened to; empty for the page's own.
    """

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
    source: tuple[str, str] = ("", "")


def worded(needs: Iterable[str]) -> str:
    """Needs in words, one after the other."""
    return listed(str(NEEDS.get(need, need)) for need in needs)


def events_of(
    acts: Iterable[Act],
    stages: Mapping[str, str],
    subject: str = "",
    merged: Mapping[str, str] | None = None,
) -> list[Event]:
    """Acts as events in their order; `stages` are the titles of the pipeline's stages.

    `merged` are projects that go on as the one whose acts these are (`subject`), by name.
    """
    acts = list(acts)
    people = names_of({person for act in acts for person in _people(act)})
    mine = [split_subject(subject)[1], *(merged or ())]
    events = [_event(act, people, stages, mine) for act in acts]
    if not merged:
        return events
    return [
        replace(e, source=_source(act, subject, merged))
        for act, e in zip(acts, events, strict=True)
    ]


def _people(act: Act) -> list[str]:
    """Who acted, and whom the act names."""
    return [act.by, *filter(None, [act.payload.get("person")])]


def _source(act: Act, subject: str, merged: Mapping[str, str]) -> tuple[str, str]:
    """The merged project an act was about; nothing where it was about the survivor too."""
    if subject in act.subjects:
        return ("", "")
    touched = (split_subject(one)[1] for one in act.subjects)
    return next(((key, merged[key]) for key in touched if key in merged), ("", ""))


def _event(
    act: Act, people: Mapping[str, str], stages: Mapping[str, str], mine: Iterable[str]
) -> Event:
    payload = {**act.payload, "named": people.get(act.payload.get("person", ""), "—")}
    if act.verb == "take_ledger":  # of its many rows that of this project
        row = next((payload["rows"][key] for key in mine if key in payload["rows"]), {})
        payload = {**payload, **row}
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
    if verb == "take_ledger":
        return _from_ledger(payload, stages)
    if verb == "revise_project":
        fields = listed(str(FIELDS.get(name, name)) for name in payload.get("changed", []))
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


def _named(sentence: str, payload: Mapping[str, Any]) -> str:
    """A person's part in a project; the name is the present one, or a dash where it is erased."""
    words = {"part": Serving(payload["part"]).label, "name": payload["named"]}
    return sentence % words


def _from_ledger(payload: Mapping[str, Any], stages: Mapping[str, str]) -> str:
    """What one row of a ledger did to this project."""
    words = {"file": payload["file"], "row": payload.get("row", "—")}
    if "changed" in payload:
        words["fields"] = listed(str(FIELDS.get(name, name)) for name in payload["changed"])
        return _("按项目台账“%(file)s”第 %(row)s 行修改：%(fields)s。") % words
    if "stage" in payload:
        words["stage"] = stages.get(payload["stage"], payload["stage"])
        return _("按项目台账“%(file)s”第 %(row)s 行登记，环节为“%(stage)s”。") % words
    return _("按项目台账“%(file)s”第 %(row)s 行登记。") % words


def _grown(payload: Mapping[str, Any]) -> str:
    """The firm of a project with the days of its growth."""
    days = [f"{GROWTH[column]} {day}" for column, day in payload["days"].items()]
    return _("登记承担企业：%(said)s。") % {"said": listed([payload["name"], *days])}


def _batched(sentence: Any) -> Callable[[Mapping[str, Any]], str]:
    """How a step of a batch is told, by its sentence."""
    return lambda payload: (
        str(sentence) % {"title": payload["title"], "part": Part(payload["part"]).label}
    )


def _sited(sentence: Any) -> Callable[[Mapping[str, Any]], str]:
    """How a step about a site is told, by its sentence."""
    return lambda payload: str(sentence) % {"site": payload["site"]}


def _joined(sentence: Any) -> Callable[[Mapping[str, Any]], str]:
    """A merge, one taken back, or two told apart; with the facts that changed hands."""

    def told(payload: Mapping[str, Any]) -> str:
        said = [str(sentence) % payload]
        for name, words in CHANGED.items():
            facts = listed(str(FIELDS.get(fact, fact)) for fact in payload.get(name, []))
            if facts:
                said.append(str(words) % {"facts": facts})
        return "".join(said)

    return told


CHANGED = {
    "takes": gettext_lazy("以并入项目为准的：%(facts)s。"),
    "carries": gettext_lazy("一并带入的：%(facts)s。"),
    "back": gettext_lazy("恢复原值的：%(facts)s。"),
    "kept": gettext_lazy("合并后又有变化、保持现值的：%(facts)s。"),
}

TOLD: dict[str, Callable[[Mapping[str, Any]], str]] = {
    **MONEY,
    **PERMITS,
    **REVIEWS,
    "adopt_document": lambda said: _("规划采纳时列入项目库。"),
    "record_firm": _grown,
    "name_member": lambda said: _named(_("确定%(part)s：%(name)s。"), said),
    "release_member": lambda said: _named(_("不再是%(part)s：%(name)s。"), said),
    "record_visit": lambda said: f"{Seeing(said['kind']).label}{_('。')}",
    "raise_problem": lambda said: _("上报问题：%(title)s。") % said,
    "decline_problem": lambda said: _("问题不予交办：%(title)s。") % said,
    "reopen_problem": lambda said: _("问题重新受理：%(title)s。") % said,
    "withdraw_problem": lambda said: _("撤回问题：%(title)s。") % said,
    "add_to_batch": _batched(gettext_lazy("列入“%(title)s”的“%(part)s”。")),
    "exclude_entries": _batched(gettext_lazy("在“%(title)s”的“%(part)s”里改为不计入。")),
    "put_back_entries": _batched(gettext_lazy("在“%(title)s”的“%(part)s”里恢复计入。")),
    "say_site_need": lambda payload: _("填写选址需求。"),
    "reserve_site": _sited(gettext_lazy("预留载体“%(site)s”。")),
    "take_site": _sited(gettext_lazy("使用载体“%(site)s”。")),
    "release_site": _sited(gettext_lazy("释放载体“%(site)s”。")),
    "merge_project": _joined(gettext_lazy("“%(name)s”并入“%(into)s”。")),
    "unmerge_project": _joined(gettext_lazy("撤销并入，“%(name)s”与“%(into)s”重新分开。")),
    "tell_apart": _joined(gettext_lazy("判定“%(name)s”与“%(into)s”不是同一个项目。")),
}
"""How an act is told, by its verb; opening, revising and moving need more than their payload."""

FIELDS = {
    **GROUPS,
    **NEEDS,
    **MEASURED,
    "name": gettext_lazy("项目名称"),
    "origin": gettext_lazy("来源类别"),
    "lead": gettext_lazy("牵头单位"),
    "stage": gettext_lazy("环节与走过的路径"),
}
