"""The other documents that findings of a comparison speak of, as far as a viewer may read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from luodi.common.moments import Moment
from luodi.orgs.rules import Viewer
from luodi.reading.models import Compilation, Document, DocumentState, FindingState
from luodi.reading.rules import findings as rules
from luodi.reading.rules.findings import Passage

from .documents import states_for


@dataclass(frozen=True)
class OtherPlace:
    """A place in another document that a finding compares with."""

    document: str
    title: str
    passage: Passage


@dataclass(frozen=True)
class OtherText:
    """Another document with its text, its pages and what stands under which heading."""

    title: str
    compilation: Compilation
    headings: list[tuple[int, str]]


def within_reach(
    states: Iterable[FindingState], viewer: Viewer, moment: Moment
) -> tuple[list[FindingState], dict[str, OtherText]]:
    """The findings a viewer may read, and the other documents they speak of, by key.

    A finding against a document outside the viewer's reach is left out: it would quote it.
    """
    rows = list(states)
    wanted = {key for row in rows for key in rules.others_of(row.finding.params)}
    if not wanted:
        return rows, {}
    titles = dict(
        states_for(viewer, moment).filter(document__in=wanted).values_list("document", "title")
    )
    compiled = Compilation.objects.at(moment).filter(document__in=titles).order_by("act")
    newest = {one.document_id: one for one in compiled}
    known = {
        key: OtherText(titles[key], one, rules.headings_of(one.content))
        for key, one in newest.items()
    }
    return [r for r in rows if rules.others_of(r.finding.params) <= known.keys()], known


def other_places(
    params: Mapping[str, Any], known: Mapping[str, OtherText]
) -> tuple[OtherPlace, ...]:
    """Where else a finding points to."""
    found = []
    for key, start, end in params.get("others", ()):
        other = known[key]
        text, pages = other.compilation.text, other.compilation.pages
        [passage] = rules.passages_of(text, [(start, end)], pages, other.headings)
        found.append(OtherPlace(key, other.title, passage))
    return tuple(found)


@dataclass(frozen=True)
class Comparable:
    """A document that may be compared with."""

    key: str
    title: str
    number: str
    issued_on: str


def comparable_with(document: Document, viewer: Viewer, moment: Moment) -> list[Comparable]:
    """The other documents of the city within the viewer's reach, the newest first."""
    states = states_for(viewer, moment).filter(document__city=document.city)
    others = states.exclude(document=document.key).order_by("-document__act")[:MOST_OFFERED]
    return [_comparable(state) for state in others]


def _comparable(state: DocumentState) -> Comparable:
    return Comparable(state.document_id, state.title, state.number, state.issued_on)


MOST_OFFERED = 200
