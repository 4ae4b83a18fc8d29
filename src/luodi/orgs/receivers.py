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

from .actions import enter_organ, name_people, staff_organ
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
    """Enter the organs a document sets up; one the city has already gets its term and seats.

    `context["organ"]` becomes the first of them. Names of people are written after the act.
    """
    known = units_by_name(document.city, Moment(at))
    for card in cards:
        name = card.data["name"].strip()[:120]
        there = known.get(name, [])
        if there:
            key = there[0].of_id
            names = staff_organ(
                deed=deed,
                state=there[0],
                term=_term(card),
                members=_seats(card),
                sentence=card.sentence_key,
                at=at,
            )
        else:
            key, names = _enter(card, name, deed, document, at)
        deed.touch(subject_key("unit", key))
        context["organ"] = context["organ"] or key
        context["afterwards"].append(partial(name_people, names=names, by=by, at=at))


def _enter(
    card: AdoptedCard, name: str, deed: Deed, document: AdoptedDocument, at: datetime
) -> tuple[str, list[tuple[str, str]]]:
    return enter_organ(
        deed=deed,
        city=document.city,
        name=name,
        kind=UnitKind.LEADING_GROUP if "领导小组" in name else UnitKind.TASK_FORCE,
        term=_term(card),
        members=_seats(card),
        sentence=card.sentence_key,
        at=at,
    )


def _term(card: AdoptedCard) -> tuple[str, str]:
    """From and to, each as YYYY-MM or YYYY-MM-DD, empty where the document gives none."""
    term = card.data.get("term") or {}
    return (term.get("from") or "")[:10], (term.get("to") or "")[:10]


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
