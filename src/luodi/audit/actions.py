"""The one way anything is written: a deed, sealed by an act as the last step before commit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, groupby
from typing import Any, TypeVar

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from luodi.common.moments import as_utc
from luodi.common.refusals import Conflict, Incomplete

from . import rules
from .models import Act, ActSubject, Fact, Identity, State
from .signals import acted

Row = TypeVar("Row", bound=Fact | Identity | State)

MOST_WHY = 20_000
PORTION = 500
MOST_KEYS = 5000
"""Keys in one statement; SQLite takes 32,766."""
TOGETHER = 50
"""Rows of a batch in one statement of SQLite: half the work of one row each."""
LOCK = 0x4C554F  # the advisory lock that orders acts on PostgreSQL


@dataclass(frozen=True)
class Many:
    """Rows of one model as plain tuples of the columns `names`: a batch, without objects."""

    model: type[Fact | State]
    names: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def lines(self) -> list[str]:
        """What seals them."""
        return rules.opened_many(self.model, self.names, self.rows)


@dataclass
class Deed:
    """What one action will write. Nothing touches the tables before the act does."""

    verb: str
    by: str
    at: datetime
    subjects: list[str]
    scope: Mapping[str, str]
    payload: dict[str, Any]
    why: str
    rows: list[Fact | Identity | State] = field(default_factory=list)
    ends: list[State] = field(default_factory=list)
    many: list[Many] = field(default_factory=list)
    many_ends: dict[type[State], list[tuple[int, str, int]]] = field(default_factory=dict)
    mentioned: set[str] = field(default_factory=set)
    act: Act | None = None

    def write(self, row: Row) -> Row:
        """Add a new fact, identity or state; returns it, still unsaved."""
        self.rows.append(row)
        return row

    def close(self, state: State) -> None:
        """End a state that was open when this action looked at it."""
        self.ends.append(state)

    def write_many(
        self, model: type[Fact | State], names: Sequence[str], rows: Sequence[tuple[Any, ...]]
    ) -> None:
        """Add a batch of new rows as tuples of columns; columns not named hold their defaults.

        For thousands of rows that nobody looks at in this action: they get no objects and no
        primary keys here. Values are as the columns store them (str, int, bool, None).
        """
        others = [n for n in rules.sealed_columns(model) if n not in names]
        rest = tuple(model._meta.get_field(n).get_default() for n in others)
        full = [(*row, *rest) for row in rows] if rest else list(rows)
        self.many.append(Many(model, (*names, *others), full))

    def close_many(self, model: type[State], states: Iterable[tuple[int, str, int]]) -> None:
        """End a batch of open states, each by (primary key, identity key, since)."""
        self.many_ends.setdefault(model, []).extend(states)

    def replace(self, state: Row, **changes: Any) -> Row:
        """End a state and open its successor with `changes`."""
        self.close(state)  # type: ignore[arg-type]
        return self.write(state.copy(**changes))  # type: ignore[union-attr]

    def lock(self) -> None:
        """Take the write lock already now: what is counted next can't be counted by another."""
        _take_lock()

    def touch(self, *subjects: str) -> None:
        """Name further subjects of the act."""
        self.subjects.extend(s for s in subjects if s not in self.subjects)
        self.mentioned.difference_update(subjects)

    def mention(self, *subjects: str) -> None:
        """Name further subjects whose own record this act leaves as it is."""
        fresh = [s for s in subjects if s not in self.subjects]
        self.touch(*fresh)
        self.mentioned.update(fresh)


@contextmanager
def perform(
    verb: str,
    *,
    by: str,
    at: datetime,
    subjects: Iterable[str] = (),
    scope: Mapping[str, str] | None = None,
    payload: dict[str, Any] | None = None,
    why: str = "",
) -> Iterator[Deed]:
    """One action: yields the deed to fill, then seals it with an act and commits.

    `scope` holds city and, where they apply, zone, unit and enterprise keys. Raises `Conflict`
    where a state to be ended was ended by somebody else meanwhile; then nothing is written.
    """
    subjects = list(dict.fromkeys(subjects))
    deed = Deed(verb, by, as_utc(at), subjects, dict(scope or {}), dict(payload or {}), why)
    try:
        with transaction.atomic():
            yield deed
            _seal(deed)
    except IntegrityError as error:
        if "_one_open" in str(error) or "UNIQUE" in str(error).upper():
            raise Conflict(_("别人刚刚先做了这一步，请刷新后再看；您填的内容没有写入。")) from error
        raise


def _seal(deed: Deed) -> None:
    """Take the write lock, give the act its place in the chain, write the rows."""
    _check_texts(deed)
    _take_lock()
    last = Act.objects.order_by("-position").first()
    act = _new_act(deed, last)
    act.rows = rules.rows_digest(_lines(deed))
    act.digest = rules.act_digest(act)
    act.save(force_insert=True)
    ActSubject.objects.bulk_create(ActSubject(act=act, subject=s) for s in deed.subjects)
    _end_states(deed, act)
    _write_rows(deed.rows, act)
    for batch in deed.many:
        _write_batch(batch, act)
    deed.act = act
    acted.send(sender=Act, act=act, mentioned=frozenset(deed.mentioned))


def _lines(deed: Deed) -> list[str]:
    """The sealing lines of all that the deed ends and writes."""
    lines = [rules.closed(state) for state in deed.ends]
    for model, states in deed.many_ends.items():
        lines += [rules.ended(model, key, since) for _, key, since in states]
    lines += [rules.opened(row) for row in deed.rows]
    for batch in deed.many:
        lines += batch.lines()
    return lines


def _check_texts(deed: Deed) -> None:
    """Refuse a reason of invisible signs, and text over its column's length.

    SQLite would keep an overlong text; every database refuses it alike.
    """
    if deed.why and not rules.is_legible(deed.why):
        raise Incomplete(_("原因里没有看得见的文字，没有写入。请写明原因后再提交。"))
    if len(deed.why) > MOST_WHY:
        raise Incomplete(_("原因写得太长（超过 2 万字），没有写入。请改短后再提交。"))
    if (
        any(rules.is_overlong(row) for row in deed.rows)
        or max(map(len, deed.subjects), default=0) > 80
        or any(rules.has_overlong(many.model, many.names, many.rows) for many in deed.many)
    ):
        raise Incomplete(_("有一项文字超过了可以保存的长度，没有写入。请改短后再提交。"))


def _take_lock() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _new_act(deed: Deed, last: Act | None) -> Act:
    """The unsaved act; its instant never runs behind the one before, so dates order positions."""
    return Act(
        position=last.position + 1 if last else 1,
        at=max(deed.at, last.at) if last else deed.at,
        by=deed.by,
        verb=deed.verb,
        subjects=deed.subjects,
        payload=deed.payload,
        why=deed.why,
        previous=last.digest if last else "",
        **{name: deed.scope.get(name, "") for name in ("city", "zone", "unit", "enterprise")},
    )


def _end_states(deed: Deed, act: Act) -> None:
    ends = [(model, [s.pk for s in states]) for model, states in groupby(deed.ends, key=type)]
    ends += [(model, [pk for pk, _, _ in states]) for model, states in deed.many_ends.items()]
    for model, keys in ends:
        for some in _portions(keys):
            if model.objects.filter(pk__in=some, until=None).update(until=act) != len(some):
                raise Conflict(_("别人刚刚改了这一条，请刷新后再看；您填的内容没有写入。"))


def _portions(keys: list[int]) -> Iterator[list[int]]:
    """The keys in portions a database takes in one statement."""
    return (keys[i : i + MOST_KEYS] for i in range(0, len(keys), MOST_KEYS))


def _write_rows(rows: list[Fact | Identity | State], act: Act) -> None:
    for row in rows:
        setattr(row, "since_id" if isinstance(row, State) else "act_id", act.position)
    for model, group in groupby(rows, key=type):
        model.objects.bulk_create(list(group), batch_size=PORTION)


def _write_batch(batch: Many, act: Act) -> None:
    """Write plain rows as fast as the database takes them: COPY, or fifty rows a statement."""
    meta = batch.model._meta
    owner = "since_id" if issubclass(batch.model, State) else "act_id"
    fields = [meta.get_field(name) for name in (owner, *batch.names)]
    table = connection.ops.quote_name(meta.db_table)
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    rows = [(act.position, *row) for row in batch.rows]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            into = f"COPY {table} ({columns}) FROM STDIN"
            with connection.wrap_database_errors, cursor.copy(into) as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = f"({', '.join(['%s'] * len(fields))})"
        whole = len(rows) - len(rows) % TOGETHER
        together = [tuple(chain(*rows[i : i + TOGETHER])) for i in range(0, whole, TOGETHER)]
        for count, lines in ((TOGETHER, together), (1, rows[whole:])):
            values = ", ".join([marks] * count)
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES {values}", lines)
