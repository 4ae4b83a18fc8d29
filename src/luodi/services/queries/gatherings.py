"""Meetings between government and firms, who came and what was asked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.doors import Found
from luodi.common.keys import subject_key
from luodi.common.languages import language
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.orgs.queries import enterprise_names, rulebook, rules_of_viewer, unit_names, visible
from luodi.orgs.rules import Viewer

from ..models import Attendee, Gathering, Request
from ..rules import gathering_kinds_of, words_by_key
from .rows import Row, rows_of


@dataclass(frozen=True, slots=True)
class GatheringRow:
    """One meeting in words, with how many firms came and how many asks came of it."""

    key: str
    title: str
    kind: str
    held_on: date
    place: str
    unit: str
    firms: int
    asks: int


def gatherings(viewer: Viewer, moment: Moment) -> list[GatheringRow]:
    """The meetings in the viewer's scope as known at the moment, the newest first."""
    if viewer.enterprise:
        return []
    mine = visible(Gathering.objects.at(moment), viewer).order_by("-held_on", "key")
    return _rows(list(mine), viewer, moment)


def _rows(mine: list[Gathering], viewer: Viewer, moment: Moment) -> list[GatheringRow]:
    keys = [row.key for row in mine]
    units = unit_names({row.unit for row in mine}, moment)
    came = Counter(
        Attendee.objects.at(moment).filter(gathering__in=keys).values_list("gathering", flat=True)
    )
    sources = [subject_key("gathering", key) for key in keys]
    asks = Counter(
        Request.objects.at(moment).filter(source__in=sources).values_list("source", flat=True)
    )
    book = rulebook((row.city for row in mine), moment)
    kinds = book.each(lambda s: words_by_key(gathering_kinds_of(s, moment.today), language()))
    return [
        GatheringRow(
            row.key,
            row.title,
            kinds(row.city, row.zone, row.unit).get(row.kind, row.kind),
            row.held_on,
            row.place,
            units.get(row.unit, "—"),
            came[row.key],
            asks[subject_key("gathering", row.key)],
        )
        for row in mine
    ]


def gathering_for(viewer: Viewer, key: str, moment: Moment) -> Gathering:
    """A meeting within the viewer's scope, or `NotFound`."""
    row = None
    if not viewer.enterprise:
        row = visible(Gathering.objects.at(moment).filter(key=key), viewer).first()
    if row is None:
        raise NotFound(_("没有这次活动，或者它不在您的范围内。"))
    return row


@dataclass(frozen=True)
class GatheringPage:
    """One meeting: who came, what was asked."""

    row: GatheringRow
    firms: tuple[tuple[str, str], ...]
    requests: tuple[Row, ...]


def gathering_page(viewer: Viewer, key: str, moment: Moment) -> GatheringPage:
    """A meeting within the viewer's scope as known at the moment, or `NotFound`."""
    row = gathering_for(viewer, key, moment)
    came = Attendee.objects.at(moment).filter(gathering=row).order_by("pk")
    keys = list(came.values_list("enterprise", flat=True))
    names = enterprise_names(keys, moment)
    asked = Request.objects.at(moment).filter(source=subject_key("gathering", key))
    return GatheringPage(
        _rows([row], viewer, moment)[0],
        tuple((one, names.get(one, "—")) for one in keys),
        tuple(rows_of(visible(asked, viewer), moment)),
    )


def gathering_kinds_for(viewer: Viewer, moment: Moment) -> list[tuple[str, str]]:
    """The kinds of meetings the viewer's unit may enter, by the rules of the moment's day."""
    words = gathering_kinds_of(rules_of_viewer(viewer, moment), moment.today)
    return [(word.key, word.says(language())) for word in words]


def find_gathering(key: str) -> Found | None:
    """The finder of the subject kind `gathering`; of the offices alone."""
    row = Gathering.objects.filter(key=key).first()
    if row is None:
        return None
    scope = {"city": row.city, "unit": row.unit}
    address = reverse("gathering", args=[key])
    return Found(row.title, address, _("政企对接活动"), row.place, scope)
