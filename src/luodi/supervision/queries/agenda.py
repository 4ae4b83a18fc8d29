"""What belongs on the agenda of a body's next meeting, drafted from the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.ledger.queries import is_closed, rows_about
from luodi.orgs.rules import whole_city
from luodi.projects.queries import gates

from ..choices import AgendaKind, AgendaStage, DecisionStage
from ..models import AgendaItemState, DecisionState
from .standings import Lit, by_unit, lit_in

MOST_LIT = 12
"""So many lit things of a laggard are written out; the count says how many there were."""

RISKY = ("at_risk", "missed")


@dataclass(frozen=True)
class Topic:
    """A topic before it is on an agenda. `presenter` is a unit's key."""

    kind: str
    title: str
    subject: str = ""
    light: str = ""
    why: str = ""
    presenter: str = ""
    carried: int = 0
    carried_from: str = ""
    lit: list[dict[str, Any]] = field(default_factory=list)


def draft_agenda(city: str, organ: str, zone: str, moment: Moment) -> list[Topic]:
    """The topics of a body's next meeting, in the order in which they are taken.

    What was carried over, decisions still open, supervised items over their time, units with red
    lights (the most first), gates at risk. A zone's own body looks at the zone alone.
    """
    found = [one for one in lit_in(city, moment) if not zone or zone in one.units]
    decided = list(_open_decisions(city, organ, moment))
    known = {one.subject for one in decided}
    return [
        *waiting_topics(city, organ),
        *decided,
        *(_overdue(one) for one in found if _is_overdue(one) and one.subject not in known),
        *_laggards(found, moment),
        *(() if zone else _gates(city, moment)),
    ]


def waiting_topics(city: str, organ: str) -> list[Topic]:
    """Topics of the body that were carried over and stand on no later agenda yet."""
    rows = (
        AgendaItemState.objects.open()
        .filter(
            stage=AgendaStage.CARRIED_OVER,
            topic__city=city,
            topic__meeting__organ=organ,
            topic__carried_to=None,
        )
        .select_related("topic")
        .order_by("since", "pk")
    )
    return [carried(row) for row in rows]


def carried(row: AgendaItemState) -> Topic:
    """A topic as it comes to the next agenda."""
    topic = row.topic
    return Topic(
        kind=AgendaKind.CARRIED,
        title=row.title,
        subject=topic.subject,
        light=topic.light,
        why=topic.why,
        presenter=row.presenter,
        carried=topic.carried + 1,
        carried_from=topic.key,
        lit=topic.lit,
    )


def _open_decisions(city: str, organ: str, moment: Moment) -> Iterator[Topic]:
    """Decisions of the body's meetings whose item isn't closed, with the light of the item."""
    states = DecisionState.objects.open().filter(
        stage=DecisionStage.ITEM_OPENED, decision__city=city, decision__meeting__organ=organ
    )
    subjects = [subject_key("decision", s.decision_id) for s in states.order_by("since", "pk")]
    about = rows_about(subjects, moment)
    for subject in subjects:
        for row in about.get(subject, []):
            if not is_closed(row):
                yield Topic(
                    kind=AgendaKind.DECISION,
                    title=f"{row.number} {row.title}"[:200],
                    subject=subject_key("item", row.key),
                    light=row.light,
                    why=row.why[:400],
                    presenter=row.lead_unit,
                )


def _is_overdue(one: Lit) -> bool:
    return one.kind == "item" and one.light == "red"


def _overdue(one: Lit) -> Topic:
    return Topic(
        kind=AgendaKind.OVERDUE,
        title=one.title[:200],
        subject=one.subject,
        light=one.light,
        why=one.why[:400],
        presenter=next(iter(one.units), ""),
    )


def _laggards(found: list[Lit], moment: Moment) -> Iterator[Topic]:
    """Units with something red beside supervised items: one topic each, with what is lit."""
    for row in by_unit([one for one in found if one.kind != "item"], moment):
        if not row.reds:
            continue
        said = {"name": row.name, "reds": row.reds, "yellows": row.yellows}
        yield Topic(
            kind=AgendaKind.LAGGARD,
            title=_("%(name)s：红灯 %(reds)s 项、黄灯 %(yellows)s 项") % said,
            subject=subject_key("unit", row.unit),
            light="red",
            why=row.lit[0].title[:400],
            presenter=row.unit,
            lit=[
                {
                    "title": one.title,
                    "light": one.light,
                    "why": one.why,
                    "kind": one.kind,
                    "subject": one.subject,
                    "address": one.address,
                }
                for one in row.lit[:MOST_LIT]
            ],
        )


def _gates(city: str, moment: Moment) -> Iterator[Topic]:
    page = gates(whole_city(city), moment, moment.today)
    for gate in page.gates:
        if gate.judged.status in RISKY:
            yield Topic(
                kind=AgendaKind.GATE,
                title=gate.title[:200],
                subject=reverse("gates"),
                light=gate.light,
                why=gate.status,
            )
