"""How an act is sealed: the canonical form of its rows and of itself."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

if TYPE_CHECKING:
    from .models import Act, Fact, Identity, State

UNSEALED = {"id", "act_id", "since_id", "until_id"}


class CanonicalEncoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        if isinstance(o, datetime):
            return o.astimezone(UTC).isoformat(timespec="microseconds")
        return super().default(o)


_ENCODER = CanonicalEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def canonical(value: Any) -> str:
    """One text for one value: keys sorted, no spaces, instants in UTC to the microsecond."""
    return _ENCODER.encode(value)


def plain(value: Any) -> str:
    """The same text, without the way round for what columns mostly hold."""
    kind = type(value)
    if kind is str:
        return encode_basestring(value)
    if kind is int:
        return int.__repr__(value)
    return "null" if value is None else canonical(value)


def sha256(text: str) -> str:
    """The hexadecimal SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def opened(row: Fact | Identity | State) -> str:
    """The line that seals a row written by an act."""
    names = sealed_columns(type(row))
    return opener(type(row), names)([getattr(row, name) for name in names])


@cache
def sealed_columns(model: type[models.Model]) -> tuple[str, ...]:
    """The columns of a model that a seal covers, by name."""
    names = (f.attname for f in model._meta.concrete_fields)
    return tuple(sorted(name for name in names if name not in UNSEALED))


@cache
def opener(model: type[models.Model], names: tuple[str, ...]) -> Callable[[Sequence[Any]], str]:
    """From the values of all sealed columns, in the order of `names`, to the sealing line.

    A column that came to the table later (`added`) is left out while it holds its default, as it
    does in every row written before: old seals keep.
    """
    fields = {f.attname: f for f in model._meta.concrete_fields}
    added = {name: fields[name].get_default() for name in getattr(model, "added", ())}
    order = [
        (names.index(name), f"{encode_basestring(name)}:", fields[name].to_python, name)
        for name in sealed_columns(model)
    ]
    head = f'["+",{encode_basestring(model._meta.label_lower)},{{'

    def line(values: Sequence[Any]) -> str:
        parts = []
        for place, key, read, name in order:
            value = read(values[place])
            if name not in added or value != added[name]:
                parts.append(key + plain(value))
        return head + ",".join(parts) + "}]"

    return line


def opened_many(
    model: type[models.Model], names: tuple[str, ...], rows: Sequence[Sequence[Any]]
) -> list[str]:
    """The lines of many rows. Made column by column: most texts of a batch come again and again."""
    if not rows or getattr(model, "added", ()):
        line = opener(model, names)
        return [line(row) for row in rows]
    columns = dict(zip(names, zip(*rows, strict=True), strict=True))
    texts = [_texts(model, name, columns[name]) for name in sealed_columns(model)]
    head = f'["+",{encode_basestring(model._meta.label_lower)},{{'
    return [f"{head}{','.join(parts)}}}]" for parts in zip(*texts, strict=True)]


def _texts(model: type[models.Model], name: str, values: Sequence[Any]) -> Iterable[str]:
    """`"name":value` for the values of a column."""
    read = model._meta.get_field(name).to_python
    key = f"{encode_basestring(name)}:"
    if set(map(type, values)) in ({str}, {int}):
        known = {value: key + plain(read(value)) for value in set(values)}
        return map(known.__getitem__, values)
    return [key + plain(read(value)) for value in values]


def closed(state: State) -> str:
    """The line that seals the end of a state."""
    return ended(type(state), state.identity_key, state.since_id)


def ended(model: type[State], identity_key: str, since: int) -> str:
    """The same from its parts."""
    return canonical(["-", model._meta.label_lower, identity_key, since])


def is_legible(text: str) -> bool:
    """True where a text holds a sign that can be seen: a letter, a figure, punctuation."""
    return any(unicodedata.category(sign)[0] in "LNPS" for sign in text)


def is_overlong(row: Fact | Identity | State) -> bool:
    """True where a text of the row is longer than its column."""
    return any(len(getattr(row, name) or "") > most for name, most in _lengths(type(row)))


def has_overlong(
    model: type[models.Model], names: Sequence[str], rows: Sequence[Sequence[Any]]
) -> bool:
    """True where a text of these rows, given by columns, is longer than its column."""
    lengths = dict(_lengths(model))
    return any(
        max(map(len, column), default=0) > lengths[name]
        for name, column in zip(names, zip(*rows, strict=True), strict=False)
        if name in lengths
    )


@cache
def _lengths(model: type[models.Model]) -> list[tuple[str, int]]:
    texts = [f for f in model._meta.concrete_fields if isinstance(f, models.CharField)]
    return [(f.attname, f.max_length) for f in texts if f.max_length]


def rows_digest(lines: Iterable[str]) -> str:
    """One digest for all rows an act wrote and closed, whatever their order."""
    return sha256("\n".join(sorted(lines)))


def act_digest(act: Act) -> str:
    """The digest of an act over all it says and the digest of the one before."""
    said = [
        act.position, act.key, act.at, act.by, act.verb, act.subjects, act.version, act.payload,
        act.why, act.rows, act.city, act.zone, act.unit, act.enterprise, act.previous,
    ]  # fmt: skip
    return sha256(canonical(said))
