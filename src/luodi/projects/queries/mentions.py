"""The sentences of plans that name a project."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from luodi.common.moments import Moment

from ..models import PlanMention


@dataclass(frozen=True)
class Mention:
    """A sentence that names a project: the document's title, the box, and where it stands."""

    title: str
    box: str
    address: str


def mentions_of(project: str, moment: Moment) -> tuple[Mention, ...]:
    """Where plans name a project, in the order in which they were adopted."""
    rows = PlanMention.objects.at(moment).filter(project=project).order_by("act", "id")
    found = []
    for row in rows:
        sha256, start, end = row.sentence.split(":")
        address = reverse("sentence", args=[sha256, int(start), int(end)])
        found.append(Mention(row.document_title, row.box, address))
    return tuple(found)
