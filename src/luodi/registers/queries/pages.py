"""One entry as its page shows it, and entries as search finds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.audit.models import Act
from luodi.audit.queries import acts_on
from luodi.common.doors import Found
from luodi.common.keys import subject_key
from luodi.common.languages import language, listed, titled
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.documents.models import Attachment
from luodi.documents.queries import attachments_of
from luodi.orgs.queries import enterprise_names, names_of, owned
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import RegisterMove, RegisterRule

from ..models import EntryState
from ..rules import level_title, roles_for, rule_for, stage_title
from .entries import EntryRow, entries_of, entry_rows, home_of, rules_at

FIELDS = {
    "level": gettext_lazy("级别"),
    "number": gettext_lazy("证书或文号"),
    "from_on": gettext_lazy("起始日期"),
    "until_on": gettext_lazy("有效期至"),
    "tutor": gettext_lazy("辅导员"),
}


OWN = frozenset({"enter_register", "import_entries", "move_entry", "revise_entry"})
"""What is done to an entry itself; anything else about it is the offices' own."""


@dataclass(frozen=True)
class EntryEvent:
    """One act in words."""

    at: datetime
    who: str
    sentence: str
    why: str


@dataclass(frozen=True)
class EntryPage:
    """`seen` is the position of the state shown: forms send it back, so nobody overwrites."""

    row: EntryRow
    rule: RegisterRule
    source: str
    seen: int
    state: EntryState
    moves: tuple[RegisterMove, ...]
    may_revise: bool
    working: tuple[str, ...]
    files: tuple[Attachment, ...]
    timeline: tuple[EntryEvent, ...]


def entry_page(key: str, viewer: Viewer, moment: Moment) -> EntryPage:
    """An entry within the viewer's scope as known at the moment, or `NotFound`."""
    state = entries_of(viewer, moment).filter(entry=key).first()
    if state is None:
        raise NotFound(_("没有这条登记，或者它不在您的范围内。"))
    rule = rule_for(state.entry.rule, state.stage, rules_at(state.entry.city, moment))
    roles = frozenset() if moment.is_past else roles_for(viewer, home_of(state.entry))
    moves = rule.flow().available(state.stage, roles) if roles else ()
    found = (rule.move(move.name) for move in moves)
    lang = language()
    subject = subject_key("register_entry", key)
    return EntryPage(
        row=entry_rows([state], moment)[0],
        rule=rule,
        source=owned(rule),
        seen=state.since_id,
        state=state,
        moves=tuple(one for one in found if one),
        may_revise=bool(roles & set(rule.keepers)),
        working=tuple(note.get(lang, "") for note in state.working.get("notes", [])),
        files=tuple(attachments_of(subject, viewer, moment)),
        timeline=tuple(_events(subject, rule, viewer, moment)),
    )


def _events(subject: str, rule: RegisterRule, viewer: Viewer, moment: Moment) -> list[EntryEvent]:
    """The acts in words; an enterprise reads neither who did it nor what was noted inside."""
    acts = list(acts_on(subject, moment))
    if viewer.enterprise:
        acts = [act for act in acts if act.verb in OWN]
        return [EntryEvent(act.at, "", _sentence(act, rule), "") for act in acts]
    people = names_of(act.by for act in acts)
    return [
        EntryEvent(act.at, people.get(act.by, "—"), _sentence(act, rule), act.why) for act in acts
    ]


def _sentence(act: Act, rule: RegisterRule) -> str:
    payload = act.payload
    if act.verb == "move_entry":
        move = rule.move(payload["move"])
        words = {
            "move": titled(move) if move else payload["move"],
            "stage": stage_title(rule, payload["stage"]),
        }
        return _("%(move)s，现为“%(stage)s”。") % words + _details(payload, rule)
    if act.verb == "revise_entry":
        fields = listed(str(FIELDS.get(name, name)) for name in payload.get("changed", []))
        return _("更正：%(fields)s。") % {"fields": fields}
    if act.verb == "import_entries":
        return _("由名单导入。")
    if act.verb == "open_item":
        return _("转入督办台账，编号 %(number)s。") % {"number": payload.get("number", "")}
    if act.verb not in OWN:
        return act.verb
    return _("列入名录。") + _details(payload, rule)


def _details(payload: dict[str, str], rule: RegisterRule) -> str:
    said = [
        f"{label} {level_title(rule, payload[name]) if name == 'level' else payload[name]}"
        for name, label in FIELDS.items()
        if name != "tutor" and payload.get(name)
    ]
    return listed(said)


def find_entry(key: str) -> Found | None:
    """The finder of the subject kind `register_entry`: title, address, and whose it is."""
    state = EntryState.objects.open().select_related("entry").filter(entry=key).first()
    if state is None:
        return None
    firms = enterprise_names([state.about], Moment(state.since.at)) if state.about else {}
    rule = rule_for(state.entry.rule, state.stage, {})
    scope = {name: getattr(state.entry, name) for name in ("city", "zone", "unit", "enterprise")}
    scope["units"] = home_of(state.entry)
    title = f"{firms.get(state.about) or state.name} · {titled(rule)}"
    address = reverse("register_entry", args=[key])
    return Found(title, address, gettext_lazy("名录登记"), state.number, scope)
