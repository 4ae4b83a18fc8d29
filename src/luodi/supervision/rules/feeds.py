"""A calendar as iCalendar text (RFC 5545), and the secret a person's address ends in."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from luodi.common.moments import LOCAL

BYTES = 32
MOST_OCTETS = 75
"""Octets of a line before it is folded: RFC 5545, 3.1."""

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""What no text value may hold: RFC 5545, 3.3.11."""

ZONE = (
    "BEGIN:VTIMEZONE",
    "TZID:Asia/Shanghai",
    "BEGIN:STANDARD",
    "DTSTART:19920101T000000",
    "TZOFFSETFROM:+0800",
    "TZOFFSETTO:+0800",
    "TZNAME:CST",
    "END:STANDARD",
    "END:VTIMEZONE",
)


@dataclass(frozen=True)
class Entry:
    """One event: from `begins` until `ends`, or a whole day where both are dates.

    `uid` never changes for the same turn or meeting; `sequence` rises with every change that
    those who come have to know of. `status` is CONFIRMED, TENTATIVE or CANCELLED.
    """

    uid: str
    summary: str
    begins: datetime | date
    ends: datetime | date
    changed_at: datetime
    sequence: int = 0
    status: str = "CONFIRMED"
    place: str = ""
    words: str = ""
    address: str = ""
    busy: bool = True


def new_token() -> str:
    """A new secret: 256 random bits."""
    return secrets.token_urlsafe(BYTES)


def digest_of(token: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def write_calendar(name: str, entries: Iterable[Entry]) -> bytes:
    """The whole calendar. The same entries always give the same bytes."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Luodi//Luodi//ZH",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(name)}",
        "X-WR-TIMEZONE:Asia/Shanghai",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        *ZONE,
    ]
    for entry in entries:
        lines += _event(entry)
    lines.append("END:VCALENDAR")
    return b"".join(part + b"\r\n" for line in lines for part in folded(line))


def _event(entry: Entry) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(entry.uid)}"
    yield f"DTSTAMP:{_utc(entry.changed_at)}"
    yield f"LAST-MODIFIED:{_utc(entry.changed_at)}"
    yield f"SEQUENCE:{entry.sequence}"
    yield f"DTSTART{_when(entry.begins)}"
    ends = entry.ends
    if not isinstance(ends, datetime):
        ends += timedelta(days=1)  # the end of a whole day is the day after it: 3.6.1
    yield f"DTEND{_when(ends)}"
    yield f"SUMMARY:{escaped(entry.summary)}"
    if entry.place:
        yield f"LOCATION:{escaped(entry.place)}"
    if entry.words:
        yield f"DESCRIPTION:{escaped(entry.words)}"
    if entry.address:
        yield f"URL:{CONTROL.sub('', entry.address)}"
    yield f"STATUS:{entry.status}"
    yield f"TRANSP:{'OPAQUE' if entry.busy else 'TRANSPARENT'}"
    yield "END:VEVENT"


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _when(point: datetime | date) -> str:
    if isinstance(point, datetime):
        return f";TZID=Asia/Shanghai:{point.astimezone(LOCAL):%Y%m%dT%H%M%S}"
    return f";VALUE=DATE:{point:%Y%m%d}"


def escaped(said: str) -> str:
    """A text value: backslash, semicolon, comma and line end escaped (3.3.11)."""
    plain = CONTROL.sub("", said.replace("\r\n", "\n").replace("\r", "\n"))
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("\n", "\\n")


def folded(line: str) -> Iterator[bytes]:
    """A line in pieces of at most 75 octets, each but the first after a blank; no character is
    cut in two."""
    piece, most = b"", MOST_OCTETS
    for sign in line:
        octets = sign.encode("utf-8", "replace")
        if len(piece) + len(octets) > most:
            yield piece
            piece = b" "
        piece += octets
    yield piece
