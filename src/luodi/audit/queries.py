"""Reading the record: moments, timelines, and whether anyone tampered with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.apps import apps
from django.db import connection
from django.db.models import QuerySet

from luodi.common.moments import LOCAL, Moment

from . import rules
from .models import Act, ActSubject, Fact, Identity, State

BATCH = 2000


def has_record() -> bool:
    """Whether this database holds Luodi's tables at all."""
    return Act._meta.db_table in connection.introspection.table_names()


def moment_on(day: date) -> Moment:
    """The record as it stood at the end of `day` in China: all its acts, and the clock at its
    last second, so that what is due by the end of the day isn't over on it."""
    end = datetime.combine(day + timedelta(days=1), time(), LOCAL).astimezone(UTC)
    last = Act.objects.filter(at__lt=end).order_by("-position").first()
    return Moment(end - timedelta(seconds=1), last.position if last else 0)


def moment_at(position: int) -> Moment:
    """The record right after the act at `position`."""
    return Moment(Act.objects.get(position=position).at, position)


def acts_on(subject: str, moment: Moment) -> QuerySet[Act]:
    """The timeline of a subject, oldest first."""
    acts = Act.objects.filter(touched__subject=subject).order_by("position")
    return acts if moment.position is None else acts.filter(position__lte=moment.position)


def acts_on_any(subjects: Iterable[str], moment: Moment) -> QuerySet[Act]:
    """The timelines of several subjects in one, each act once, oldest first."""
    touched = ActSubject.objects.filter(subject__in=list(subjects)).values("act")
    acts = Act.objects.filter(position__in=touched).order_by("position")
    return acts if moment.position is None else acts.filter(position__lte=moment.position)


@dataclass(frozen=True)
class Break:
    """A place where the record isn't what was sealed."""

    position: int
    reason: str


@dataclass(frozen=True)
class Verification:
    """`head` is the last position and digest: kept elsewhere, it proves nothing was cut off."""

    acts: int
    head: tuple[int, str]
    breaks: tuple[Break, ...]


def verify(expect: tuple[int, str] | None = None) -> Verification:
    """Recompute the chain and every sealed row. `expect` is an earlier head that must stand."""
    breaks: list[Break] = []
    previous, position, seen = "", 0, expect is None
    sealed = _sealed_models()
    for acts in _batches():
        lines = _lines(sealed, acts[0].position, acts[-1].position)
        for act in acts:
            breaks += _check(act, position + 1, previous, lines[act.position])
            position, previous = act.position, act.digest
            seen = seen or (position, act.digest) == expect
    breaks += _strays(sealed)
    breaks += _subject_breaks()
    if not seen and expect:
        breaks.append(Break(expect[0], "the record does not hold the expected head"))
    return Verification(position, (position, previous), tuple(breaks))


def _batches() -> Iterator[list[Act]]:
    last = -1
    while acts := list(Act.objects.filter(position__gt=last).order_by("position")[:BATCH]):
        yield acts
        last = acts[-1].position


def _check(act: Act, position: int, previous: str, lines: list[str]) -> list[Break]:
    found = []
    if act.position != position:
        found.append(Break(act.position, f"a gap: {position} was expected here"))
    if act.previous != previous:
        found.append(Break(act.position, "does not follow the act before it"))
    if rules.act_digest(act) != act.digest:
        found.append(Break(act.position, "the act was changed"))
    if rules.rows_digest(lines) != act.rows:
        found.append(Break(act.position, "rows of this act were changed, added or removed"))
    return found


def _sealed_models() -> list[type[Fact] | type[Identity] | type[State]]:
    return [m for m in apps.get_models() if issubclass(m, Fact | Identity | State)]


def _lines(sealed: list, first: int, last: int) -> dict[int, list[str]]:
    """The sealing lines of every row written or ended by the acts first..last."""
    lines: dict[int, list[str]] = defaultdict(list)
    for model in sealed:
        column = "since" if issubclass(model, State) else "act"
        within = model.objects.filter(**{f"{column}__gte": first, f"{column}__lte": last})
        names = rules.sealed_columns(model)
        line = rules.opener(model, names)
        for act, *values in within.values_list(f"{column}_id", *names).iterator():
            lines[act].append(line(values))
        if issubclass(model, State):
            for row in model.objects.filter(until__gte=first, until__lte=last).iterator():
                lines[row.until_id].append(rules.closed(row))
    return lines


def _strays(sealed: list) -> list[Break]:
    """Rows that name an act which isn't there (foreign keys switched off by hand)."""
    found = []
    for model in sealed:
        column = "since" if issubclass(model, State) else "act"
        stray = model.objects.exclude(**{f"{column}__in": Act.objects.values("position")}).count()
        if stray:
            found.append(Break(0, f"{stray} rows of {model._meta.label} belong to no act"))
    return found


def _subject_breaks() -> list[Break]:
    """The timeline index must say what the acts say."""
    indexed: dict[int, set[str]] = defaultdict(set)
    for position, subject in ActSubject.objects.values_list("act", "subject").iterator():
        indexed[position].add(subject)
    said = Act.objects.values_list("position", "subjects").iterator()
    return [
        Break(position, "the timeline index was changed")
        for position, subjects in said
        if set(subjects) != indexed[position]
    ]
