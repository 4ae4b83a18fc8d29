"""How a code for a firm without an account is made and counted."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.utils.crypto import salted_hmac

DIGITS = 6
LASTS = timedelta(minutes=10)
MOST_TRIES = 5
STAYS = timedelta(minutes=30)
"""How long a visit lasts from the code."""

COUNTED = timedelta(hours=1)
MOST_OF_A_PHONE = 5
MOST_OF_AN_ADDRESS = 20
KEPT = timedelta(days=1)


def new_code() -> str:
    """Six digits that nobody foresees."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def mark_of(what: str, text: str) -> str:
    """The digest of a phone, an address or a code, keyed with the site's secret."""
    return salted_hmac(f"services.{what}", text, algorithm="sha256").hexdigest()
