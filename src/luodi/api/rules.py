"""What a token is made of, who may hold one, and when it ends."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from luodi.orgs.rules import BUSINESS, ENTERPRISES

HOLDERS = BUSINESS | ENTERPRISES
"""Who may have tokens: administration, security and audit see no business rows, so need none."""

PREFIX = "luodi_"
BYTES = 32
LONGEST_DAYS = 366
DEFAULT_DAYS = 90
MOST_TOKENS = 20
"""Open tokens a person may hold at once."""


def new_token() -> str:
    """A new token: 256 random bits behind a prefix that secret scanners can know."""
    return PREFIX + secrets.token_urlsafe(BYTES)


def digest_of(token: str) -> str:
    """What is kept of a token. As random as it is, a plain SHA-256 can't be turned back."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def ends_at(at: datetime, days: int) -> datetime:
    """When a token made now for so many days ends; never after `LONGEST_DAYS`."""
    return at + timedelta(days=min(max(days, 1), LONGEST_DAYS))
