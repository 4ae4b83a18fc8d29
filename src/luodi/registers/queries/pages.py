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
from luodi.common.keys import split_subject, subject_key
from luodi.common.languages import language, listed, titled
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.documents.models import StoredFile
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import enterprise_names, enterprises_of, names_of, owned, unit_names
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import RegisterMove, RegisterRule

from ..models import EntryState
from ..rules import level_title, level_word, roles_for, rule_for, stage_title
from .entries import GONE, EntryRow, entries_of, entry_rows, home_of, rules_at
from .files import files_beside
from .referring import units_to_refer_to

FIELDS = {
    "level": gettext_lazy("级别"),
    "number": gettext_lazy("证书或文号"),
    "from_on": gettext_lazy("起始日期"),
    "until_on": gettext_lazy("有效期至"),
    "tutor": gettext_lazy("辅导员"),
}


OWN = frozenset(
    {"enter_register", "import_entries", "move_entry", "revise_entry", "merge_enterprise"}
)
"""What is done to an entry itself; anything else about it is the offices' own."""


@dataclass(frozen=True)
class EntryEvent:
    """One act in words; `reply` is what the enterprise was told."""

    at: datetime
    who: str
    sentence: str
    why: str
    reply: str = ""


@dataclass(frozen=True)
class EntryPage:
    """`seen` is the position of the state shown: forms send it back, so nobody overwrites.

    `units` are those it may be referred to; `timed_by_text` says whether a text gives the time of
    its stage; `firm_opens` whether the viewer may open the firm's page: who helps in a case of
    another place may not.
    """

    row: EntryRow
    rule: RegisterRule
    source: str
    seen: int
    state: EntryState
    firm_opens: bool
    moves: tuple[RegisterMove, ...]
    units: tuple[tuple[str, str], ...]
    timed_by_text: bool
    may_revise: bool
    working: tuple[str, ...]
    files: tuple[StoredFile, ...]
    timeline: tuple[EntryEvent, ...]


def entry_page(key: str, viewer: Viewer, moment: Moment) -> EntryPage:
    """An entry within the viewer's scope as known at the moment, or `NotFound`."""
    state = entries_of(viewer, moment).filter(entry=key).first()
    if state is None:
        raise NotFound(_("没有这条登记，或者它不在您的范围内。"))
    home = home_of(state)
    now = rules_at(state.entry.city, moment, home)
    rule = rule_for(state.entry.rule, state.stage, now)
    past = moment.is_past or viewer.enterprise
    roles = frozenset() if past else roles_for(viewer, home, state.referred_to)
    moves = rule.flow().available(state.stage, roles) if roles else ()
    found = (rule.move(move.name) for move in moves)
    stage = rule.stage(state.stage)
    lang = language()
    subject = subject_key("register_entry", key)
    return EntryPage(
        row=entry_rows([state], moment)[0],
        rule=rule,
        source=owned(rule),
        seen=state.since_id,
        state=state,
        firm_opens=bool(state.about)
        and enterprises_of(viewer, moment).filter(of=state.about).exists(),
        moves=tuple(one for one in found if one),
        units=tuple(units_to_refer_to(state, moment)) if roles else (),
        timed_by_text=stage is None or stage.timed_by_text,
        may_revise=bool(roles & set(rule.keepers)),
        working=tuple(note.get(lang, "") for note in state.working.get("notes", [])),
        files=tuple(files_beside(key, viewer, moment)),
        timeline=tuple(_events(subject, rule, viewer, moment)),
    )


def _events(subject: str, rule: RegisterRule, viewer: Viewer, moment: Moment) -> list[EntryEvent]:
    """The acts in words; an enterprise reads neither who did it nor what was noted inside."""
    acts = list(acts_on(subject, moment))
    units = unit_names({act.payload.get("referred_to", "") for act in acts} - {""}, moment)
    if viewer.enterprise:
        acts = [act for act in acts if act.verb in OWN]
    people = {} if viewer.enterprise else names_of(act.by for act in acts)
    told = [(act.position, _event(act, rule, viewer, people, units)) for act in acts]
    told += renamed(subject, acts[0].position, moment) if acts else []
    return [event for _position, event in sorted(told, key=lambda pair: pair[0])]


def renamed(subject: str, since: int, moment: Moment) -> list[tuple[int, EntryEvent]]:
    """The changes of name of whom an entry was about, while it was about them, by position."""
    entry = split_subject(subject)[1]
    spans = EntryState.objects.ever(moment).filter(entry=entry).exclude(about="").order_by("since")
    about = [(state.about, state.since_id, state.until_id) for state in spans]
    names = EnterpriseState.objects.ever(moment).filter(of__in={key for key, _s, _u in about})
    found, last = [], dict[str, str]()
    for row in names.select_related("since").order_by("since"):
        before, last[row.of_id] = last.get(row.of_id, row.name), row.name
        here = any(
            key == row.of_id and start < row.since_id and (end is None or row.since_id < end)
            for key, start, end in about
        )
        if before != row.name and here and row.since_id > since:
            words = {"old": before, "new": row.name}
            said = _("企业更名：“%(old)s”改为“%(new)s”。") % words
            found.append((row.since_id, EntryEvent(row.since.at, "", said, "")))
    return found


def _event(
    act: Act, rule: RegisterRule, viewer: Viewer, people: dict[str, str], units: dict[str, str]
) -> EntryEvent:
    """An act in words; of what was noted an enterprise reads only what it wrote itself."""
    own = not viewer.enterprise or act.payload.get("by_firm")
    return EntryEvent(
        act.at,
        "" if viewer.enterprise else people.get(act.by, "—"),
        _sentence(act, rule, units),
        act.why if own else "",
        act.payload.get("reply", ""),
    )


def _sentence(act: Act, rule: RegisterRule, units: dict[str, str]) -> str:
    payload = act.payload
    if act.verb == "move_entry":
        move = rule.move(payload["move"])
        words = {
            "move": titled(move) if move else payload["move"],
            "stage": stage_title(rule, payload["stage"]),
        }
        said = _("%(move)s，现为“%(stage)s”。") % words + _details(payload, rule)
        unit = payload.get("referred_to")
        return said + _("由%(unit)s办理。") % {"unit": units.get(unit, GONE)} if unit else said
    if act.verb == "revise_entry":
        fields = listed(str(FIELDS.get(name, name)) for name in payload.get("changed", []))
        return _("更正：%(fields)s。") % {"fields": fields}
    if act.verb == "merge_enterprise":
        return _("“%(old)s”并入“%(new)s”，登记随之转来。") % payload
    if act.verb == "import_entries":
        return _("由名单导入。")
    if act.verb == "open_item":
        return _("转入督办台账，编号 %(number)s。") % {"number": payload.get("number", "")}
    if act.verb not in OWN:
        return act.verb
    if payload.get("by_firm"):
        return _("企业自己提出。") + _details(payload, rule)
    return _("列入名录。") + _details(payload, rule)


def _details(payload: dict[str, str], rule: RegisterRule) -> str:
    said = [
        f"{level_word(rule)} {level_title(rule, payload[name])}"
        if name == "level"
        else f"{label} {payload[name]}"
        for name, label in FIELDS.items()
        if name != "tutor" and payload.get(name)
    ]
    words = listed(said)
    return f" {words}" if words and language() == "en" else words


def find_entry(key: str) -> Found | None:
    """The finder of the subject kind `register_entry`: title, address, and whose it is."""
    state = EntryState.objects.open().select_related("entry").filter(entry=key).first()
    if state is None:
        return None
    firms = enterprise_names([state.about], Moment(state.since.at)) if state.about else {}
    rule = rule_for(state.entry.rule, state.stage, {})
    scope = {name: getattr(state.entry, name) for name in ("city", "zone", "unit")}
    scope |= {"enterprise": state.about, "units": f"{home_of(state)} {state.referred_to}".strip()}
    name = firms.get(state.about) or state.name
    title = " · ".join(part for part in (name, state.matter, titled(rule)) if part)
    address = reverse("register_entry", args=[key])
    return Found(title, address, gettext_lazy("名录登记"), state.number, scope)
