"""Pairs of projects that look alike, within a viewer's scope, and what was decided of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.common.languages import listed
from luodi.common.moments import Moment
from luodi.orgs.queries import names_of, visible
from luodi.orgs.rules import Viewer

from ..models import Distinction, Project, ProjectState
from ..rules import Alike, Named, pairs_alike, plain_name
from ..rules.pairs import alike
from .alike import places_of
from .rows import Row, projects

WHY = {
    "code": gettext_lazy("国家项目代码相同"),
    "name": gettext_lazy("去掉地名、公司形式和括号后名称相同"),
    "near": gettext_lazy("名称相近（%(percent)s%%）"),
    "investor": gettext_lazy("投资方相同"),
    "numbered": gettext_lazy("名称只差期次或编号，可能是分期"),
}
MOST_NAMED = 50

SURE = {
    3: gettext_lazy("很有把握"),
    2: gettext_lazy("较有把握"),
    1: gettext_lazy("请人工看"),
}


@dataclass(frozen=True)
class Pair:
    """Two projects alike, why and how sure; with the decision that they aren't the same, if any.

    `renamed` says that there was one, and that a name has changed since.
    """

    one: Row
    other: Row
    why: str
    sure: str
    level: int
    apart: str = ""
    who: str = ""
    at: datetime | None = None
    renamed: bool = False

    @property
    def keys(self) -> tuple[str, str]:
        """The keys of both."""
        return self.one.key, self.other.key


def said_of(state: ProjectState) -> list[str]:
    """What a judgement that two are different rests on."""
    return [state.project_id, state.name, state.investor, state.code]


def pairs(viewer: Viewer, moment: Moment) -> list[Pair]:
    """The pairs that look alike among the projects the viewer sees, surest first."""
    rows = {row.key: row for row in projects(viewer, moment)}
    found = pairs_alike(_named(rows.values(), viewer, moment))
    return _decided(found, rows, viewer, moment)


def pairs_with(project: str, viewer: Viewer, moment: Moment) -> list[Pair]:
    """The pairs of one project with any other the viewer sees, surest first."""
    rows = {row.key: row for row in projects(viewer, moment)}
    named = {one.key: one for one in _named(rows.values(), viewer, moment)}
    mine = named.pop(project, None)
    found = [alike(mine, other) for other in named.values()] if mine else []
    told = sorted(filter(None, found), key=lambda one: (-one.sure, -one.likeness, one.one))
    return _decided(told, rows, viewer, moment)


def _named(rows: Iterable[Row], viewer: Viewer, moment: Moment) -> list[Named]:
    places = places_of(viewer.city, moment)
    return [
        Named(r.key, plain_name(r.name, places), plain_name(r.investor, places), r.code)
        for r in rows
    ]


def _decided(
    found: Sequence[Alike], rows: Mapping[str, Row], viewer: Viewer, moment: Moment
) -> list[Pair]:
    apart = _apart(viewer, moment)
    people = names_of(one.act.by for one in apart.values())
    return [_pair(one, rows, apart, people) for one in found]


def _apart(viewer: Viewer, moment: Moment) -> dict[tuple[str, str], Distinction]:
    """The last decision on each pair."""
    mine = visible(Project.objects.all(), viewer).values("key")
    rows = Distinction.objects.at(moment).filter(one__in=mine, other__in=mine)
    found = rows.select_related("act").order_by("act")
    return {(one.one_id, one.other_id): one for one in found}


def _pair(
    found: Alike,
    rows: Mapping[str, Row],
    apart: Mapping[tuple[str, str], Distinction],
    people: Mapping[str, str],
) -> Pair:
    one, other = rows[found.one], rows[found.other]
    why = why_in_words(found)
    sure = str(SURE[found.sure])
    last = apart.get((found.one, found.other))
    if last is None:
        return Pair(one, other, why, sure, found.sure)
    now = [[row.key, row.name, row.investor, row.code] for row in (one, other)]
    if last.said != now:
        return Pair(one, other, why, sure, found.sure, renamed=True)
    who = people.get(last.act.by, "—")
    return Pair(one, other, why, sure, found.sure, last.why, who, last.act.at)


def why_in_words(found: Alike) -> str:
    """Why two are taken to be the same, in one line."""
    words = {"percent": round(found.likeness * 100)}
    return listed(str(WHY[code]) % words for code in found.why)


def alike_pair(one: str, other: str, viewer: Viewer, moment: Moment) -> Pair | None:
    """How two projects of the viewer's are alike; None where nothing says so."""
    return next((p for p in pairs_with(one, viewer, moment) if other in p.keys), None)


def others_named(said: str, project: str, viewer: Viewer, moment: Moment) -> list[Row]:
    """Other projects of the viewer's whose name, investor or code holds some words, first fifty."""
    words = said.strip().lower()
    if not words:
        return []
    rows = projects(viewer, moment)
    hits = (
        row
        for row in rows
        if row.key != project
        and any(words in text.lower() for text in (row.name, row.investor, row.code))
    )
    return list(islice(hits, MOST_NAMED))


def pair_in_words(pair: Pair | None) -> str:
    """Why two are compared, in one line."""
    return pair.why if pair else _("系统没有看出它们相似；由人挑选比对。")
