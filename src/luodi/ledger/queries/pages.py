"""One item as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.audit.queries import acts_on
from luodi.common.doors import Found, find_subject
from luodi.common.keys import subject_key
from luodi.common.languages import language
from luodi.common.moments import Moment
from luodi.documents.queries import attachments_of
from luodi.kit.flows import Move
from luodi.orgs.queries import may_see, names_of, visible
from luodi.orgs.rules import Viewer

from ..flows import ITEM
from ..models import Extension, Item, ItemState, Party
from .holding import roles_in
from .rows import Row, rows_of
from .timelines import Event, events_of


@dataclass(frozen=True)
class Request:
    """A request for more time that waits for the office."""

    who: str
    until: date
    reason: str


@dataclass(frozen=True)
class ItemPage:
    """`seen` is the position of the state shown: forms send it back, so that nobody overwrites."""

    row: Row
    item: Item
    content: str
    instructed_by: str
    """Who gave the instruction: a person's name now, or the words that were typed."""
    outcome: str
    working: tuple[str, ...]
    clock_source: str
    seen: int
    moves: tuple[Move, ...]
    roles: frozenset[str]
    about: Found | None
    about_visible: bool
    """Its title is part of the assignment and told to every party; its page keeps its scope."""
    request: Request | None
    readable: frozenset[str]
    """Keys of the evidence files this viewer may open."""
    timeline: tuple[Event, ...]

    def may(self, move: str) -> bool:
        """Whether the viewer may try a move now."""
        return any(m.name == move for m in self.moves)


def item_page(key: str, viewer: Viewer, moment: Moment) -> ItemPage | None:
    """An item within the viewer's scope as known at the moment; None for anything else."""
    mine = visible(Item.objects.at(moment).filter(key=key), viewer)
    item = mine.first()
    if item is None:
        return None
    state = ItemState.objects.at(moment).get(item=item)
    subject = subject_key("item", key)
    parties = tuple(Party.objects.at(moment).filter(item=item).order_by("since", "pk"))
    roles, _unit = roles_in(viewer, item.city, parties)
    request = _request(item, moment)
    files = attachments_of(subject, viewer, moment).values_list("file_id", flat=True)
    about = find_subject(item.about) if item.about else None
    return ItemPage(
        row=rows_of(Item.objects.filter(key=key), moment)[0],
        item=item,
        content=state.content,
        instructed_by=instructor(item.instructed_by),
        outcome=state.outcome,
        working=_working(state.due_working),
        clock_source=_clock_source(state.due_working),
        seen=state.since_id,
        moves=() if moment.is_past else _moves(state.stage, roles, request),
        roles=roles,
        about=about,
        about_visible=about is not None and may_see(viewer, dict(about.scope)),
        request=request,
        readable=frozenset(files),
        timeline=tuple(events_of(acts_on(subject, moment), moment)),
    )


def instructor(said: str) -> str:
    """Who gave an instruction, in words: the name behind a person's key, or what was typed."""
    return names_of([said]).get(said, said) if said else ""


def _moves(stage: str, roles: frozenset[str], asked: Request | None) -> tuple[Move, ...]:
    """The moves the viewer may try; deciding on time only where somebody asked, asking once."""
    hidden = "ask_extension" if asked else "decide_extension"
    return tuple(m for m in ITEM.available(stage, roles) if m.name != hidden)


def _request(item: Item, moment: Moment) -> Request | None:
    row = Extension.objects.at(moment).filter(item=item, granted=None).first()
    if row is None:
        return None
    return Request(names_of([row.asked_by]).get(row.asked_by, "—"), row.asked_until, row.reason)


def _working(stored: dict[str, Any]) -> tuple[str, ...]:
    lang = language()
    return tuple(note[lang] for note in stored.get("notes", []))


def _clock_source(stored: dict[str, Any]) -> str:
    return f"{stored['owner']} · {stored['source']}" if stored.get("clock") else ""


def find_item(key: str) -> Found | None:
    """The finder of the subject kind `item`: title, address, words, and whose it is."""
    state = ItemState.objects.open().select_related("item").filter(item=key).first()
    if state is None:
        return None
    item = state.item
    units = Party.objects.open().filter(item=item).values_list("unit", flat=True)
    body = " ".join(filter(None, [item.number, state.content, item.instruction, state.outcome]))
    return Found(
        state.title,
        reverse("item", args=[key]),
        _("督办事项"),
        body,
        {"city": item.city, "units": " ".join(units)},
    )
