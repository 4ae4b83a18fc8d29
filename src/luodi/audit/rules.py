"""How an act is sealed: the canonical form of its rows and of itself."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
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


def canonical(value: Any) -> str:
    """One text for one value: keys sorted, no spaces, instants in UTC to the microsecond."""
    return json.dumps(
        value, cls=CanonicalEncoder, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )


def sha256(text: str) -> str:
    """The hexadecimal SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def opened(row: Fact | Identity | State) -> str:
    """The line that seals a row written by an act."""
    fields = {
        f.attname: f.to_python(getattr(row, f.attname))
        for f in row._meta.concrete_fields
        if f.attname not in UNSEALED
    }
    return canonical(["+", row._meta.label_lower, fields])


def closed(state: State) -> str:
    """The line that seals the end of a state."""
    return canonical(["-", state._meta.label_lower, state.identity_key, state.since_id])


def is_legible(text: str) -> bool:
    """True where a text holds a sign that can be seen: a letter, a figure, punctuation."""
    return any(unicodedata.category(sign)[0] in "LNPS" for sign in text)


def is_overlong(row: Fact | Identity | State) -> bool:
    """True where a text of the row is longer than its column."""
    return any(len(getattr(row, name) or "") > most for name, most in _lengths(type(row)))


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
