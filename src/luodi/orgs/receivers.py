"""What orgs does when a document is adopted: task forces and leading groups with their seats."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from luodi.audit.actions import Deed
from luodi.common.doors import AdoptedCard, AdoptedDocument
from luodi.common.keys import subject_key
from luodi.common.moments import Moment

from .actions import enter_organ, name_people
from .choices import UnitKind
from .queries import units_by_name


def adopt_organs(
    *,
    cards: Sequence[AdoptedCard],
    deed: Deed,
    document: AdoptedDocument,
    context: dict[str, Any],
    by: str,
    at: datetime,
) -> None:
    """Enter the organs a document sets up; one the city has already is not entered twice.

    `context["organ"]` becomes the first of them. Names of people are written after the act.
    """
    known = units_by_name(document.city, Moment(at))
    for card in cards:
        name = card.data["name"].strip()[:120]
        there = known.get(name, [])
        key = there[0].of_id if there else _enter(card, name, deed, document, context, by, at)
        context["organ"] = context["organ"] or key


def _enter(
    card: AdoptedCard,
    name: str,
    deed: Deed,
    document: AdoptedDocument,
    context: dict[str, Any],
    by: str,
    at: datetime,
) -> str:
    term = card.data.get("term") or {}
    key, names = enter_organ(
        deed=deed,
        city=document.city,
        name=name,
        kind=UnitKind.LEADING_GROUP if "领导小组" in name else UnitKind.TASK_FORCE,
        term=(term.get("from") or "", term.get("to") or ""),
        members=_seats(card),
        sentence=card.sentence_key,
        at=at,
    )
    deed.touch(subject_key("unit", key))
    context["afterwards"].append(partial(name_people, names=names, by=by, at=at))
    return key


def _seats(card: AdoptedCard) -> list[dict[str, str]]:
    """The members with a name, each value short enough for its column."""
    return [
        {
            "role": (member.get("role") or "")[:30],
            "name": member["name"][:60],
            "post": (member.get("post") or "")[:120],
        }
        for member in card.data.get("members", [])
        if member.get("name")
    ]
