"""The reviews of one project as its page shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luodi.audit.queries import acts_on
from luodi.common.keys import subject_key
from luodi.common.languages import listed, titled
from luodi.common.moments import Moment
from luodi.documents.queries import attachments_of
from luodi.orgs.choices import Role
from luodi.orgs.queries import (
    names_of,
    owned,
    people_of_city,
    rules_of_unit,
    source_in_words,
    viewer_of_person,
)
from luodi.orgs.rules import BUSINESS, Viewer
from luodi.packs.schemas import CriterionRule, ReviewRule

from ..choices import Conflict, Decision, Verdict
from ..models import ReviewSeat, ReviewState
from ..rules.reviews import criteria_in, panel_in, seat_label, tally
from .heads import ProjectHead, project_head
from .pipelines import pipeline_at
from .review_events import REVIEWS
from .timelines import Event, events_of


@dataclass(frozen=True)
class SeatRow:
    """A seat of a panel with what it said; scores are title, points and the most there are."""

    seat: str
    label: str
    who: str
    person: str
    conflict: str
    conflict_label: str
    conflict_words: str
    verdict: str
    points: int | None
    scores: tuple[tuple[str, int | None, int], ...]
    opinion: str


@dataclass(frozen=True)
class ReviewShown:
    """One round. `means` are title, mean and the most; `low`: under the pack's share."""

    held_on: date
    running: bool
    decision: str
    decided_on: date | None
    why: str
    seats: tuple[SeatRow, ...]
    means: tuple[tuple[str, Decimal, int], ...]
    share: Decimal | None
    counted: int
    low: bool


@dataclass(frozen=True)
class ReviewsPage:
    """The rounds of a project, the newest first, and the rules they run by.

    `asked_for` names the stages that ask for a passed review; '' where none does.
    """

    head: ProjectHead
    rule: ReviewRule | None
    title: str
    source: str
    criteria: tuple[CriterionRule, ...]
    criteria_source: str
    asked_for: str
    reviews: tuple[ReviewShown, ...]
    events: tuple[Event, ...]
    readable: frozenset[str]

    @property
    def running(self) -> ReviewShown | None:
        """The round that isn't decided yet."""
        return next((one for one in self.reviews if one.running), None)

    def seats_for(self, viewer: Viewer) -> list[tuple[str, str]]:
        """The seats whose opinion the viewer may write: key and label."""
        office = "office" in self.head.roles
        return [
            (row.seat, f"{row.label} · {row.who}")
            for row in (self.running.seats if self.running else ())
            if row.who and (office or row.person == viewer.person)
        ]


def people_at(city: str) -> dict[str, str]:
    """Names of those with a post in a city now, by key."""
    return names_of(people_of_city(city, (*BUSINESS, Role.AUDITOR)))


def works_in(person: str, unit: str) -> bool:
    """Whether somebody has a post in a unit now."""
    return unit in viewer_of_person(person).units


def project_reviews(key: str, viewer: Viewer, moment: Moment) -> ReviewsPage | None:
    """The reviews of a project within the viewer's scope as known at the moment; else None."""
    head = project_head(key, viewer, moment)
    if head is None:
        return None
    city = head.project.city
    stack = rules_of_unit(city, head.state.zone, moment)
    rule, criteria = panel_in(stack, moment.today), criteria_in(stack, moment.today)
    subject = subject_key("project", key)
    acts = [act for act in acts_on(subject, moment) if act.verb in REVIEWS]
    stages = pipeline_at(city, moment).stages
    return ReviewsPage(
        head=head,
        rule=rule,
        title=titled(rule) if rule else "",
        source=owned(rule) if rule else "",
        criteria=criteria,
        criteria_source=listed(dict.fromkeys(source_in_words(one.source) for one in criteria)),
        asked_for=listed(titled(stage) for stage in stages if "reviewed" in stage.requires),
        reviews=_reviews(key, rule, criteria, moment),
        events=tuple(events_of(acts, {})),
        readable=frozenset(
            attachments_of(subject, viewer, moment).values_list("file_id", flat=True)
        ),
    )


def _reviews(
    key: str, rule: ReviewRule | None, criteria: Sequence[CriterionRule], moment: Moment
) -> tuple[ReviewShown, ...]:
    states = ReviewState.objects.at(moment).filter(review__project=key).order_by("-review__act")
    seats: dict[str, list[ReviewSeat]] = {}
    for seat in ReviewSeat.objects.at(moment).filter(review__project=key):
        seats.setdefault(seat.review_id, []).append(seat)
    names = names_of(s.person for some in seats.values() for s in some if s.person)
    return tuple(
        _shown(state, seats.get(state.review_id, []), names, rule, criteria) for state in states
    )


def _shown(
    state: ReviewState,
    seats: Iterable[ReviewSeat],
    names: Mapping[str, str],
    rule: ReviewRule | None,
    criteria: Sequence[CriterionRule],
) -> ReviewShown:
    ordered = sorted(seats, key=lambda one: (not one.seat.startswith("institute"), one.seat))
    counted = [seat.scores for seat in ordered if seat.verdict and seat.conflict == Conflict.FREE]
    found = tally(criteria, counted)
    titles = {one.key: (titled(one), one.most) for one in criteria}
    low = rule is not None and rule.pass_share is not None and found.share is not None
    return ReviewShown(
        held_on=state.held_on,
        running=state.running_id is not None,
        decision=str(Decision(state.decision).label) if state.decision else "",
        decided_on=state.decided_on,
        why=state.why,
        seats=tuple(_seat_row(seat, names, criteria) for seat in ordered),
        means=tuple((titles[k][0], mean, titles[k][1]) for k, mean in found.by_criterion),
        share=found.share,
        counted=found.counted,
        low=bool(low and rule and found.share is not None and found.share < (rule.pass_share or 0)),
    )


def _seat_row(
    seat: ReviewSeat, names: Mapping[str, str], criteria: Sequence[CriterionRule]
) -> SeatRow:
    who = names.get(seat.person, "—") if seat.person else seat.says
    return SeatRow(
        seat=seat.seat,
        label=seat_label(seat.seat),
        who=who,
        person=seat.person,
        conflict=seat.conflict,
        conflict_label=str(Conflict(seat.conflict).label),
        conflict_words=seat.conflict_words,
        verdict=str(Verdict(seat.verdict).label) if seat.verdict else "",
        points=sum(seat.scores.values()) if seat.verdict else None,
        scores=tuple((titled(one), seat.scores.get(one.key), one.most) for one in criteria),
        opinion=seat.opinion,
    )
