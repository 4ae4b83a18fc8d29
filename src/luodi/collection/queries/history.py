"""What happened to a filing, a turn or a form, in the offices' words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from luodi.audit.queries import acts_on
from luodi.common.moments import Moment
from luodi.orgs.queries import names_of, unit_names
from luodi.orgs.rules import Viewer


@dataclass(frozen=True)
class Entry:
    """One act in words."""

    position: int
    at: datetime
    who: str
    words: str
    why: str


def words_for(verb: str) -> str:
    """What an act is called."""
    return {
        "define_form": _("制定报表"),
        "revise_form": _("修订报表"),
        "retire_form": _("停用报表"),
        "open_turn": _("开始填报"),
        "remind_respondents": _("催报"),
        "close_turn": _("截止填报"),
        "reopen_turn": _("重新开放填报"),
        "submit_filing": _("报送"),
        "check_filings": _("初审通过"),
        "accept_filings": _("验收"),
        "return_filings": _("退回"),
        "correct_filing": _("转入更正"),
        "keep_accepted": _("放弃更正"),
    }.get(verb, verb)


def history(subject: str, viewer: Viewer, moment: Moment) -> list[Entry]:
    """The acts on a subject, oldest first."""
    acts = list(acts_on(subject, moment))
    people = names_of(act.by for act in acts)
    units = unit_names({act.unit for act in acts} - {""}, moment)
    entries = []
    for act in acts:
        who = _("系统") if act.by.startswith("system:") else people.get(act.by, "—")
        edition = act.payload.get("edition")
        note = _("第 %(n)d 次") % {"n": edition} if edition else ""
        late = _("迟报") if act.payload.get("late") else ""
        words = " · ".join(part for part in (words_for(act.verb), note, late) if part)
        unit = units.get(act.unit, "")
        who = f"{who}（{unit}）" if unit else who
        entries.append(Entry(act.position, act.at, who, words, act.why))
    return entries
