"""Opaque, stable keys: what addresses, acts and sentences refer to."""

from __future__ import annotations

import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: nothing to misread aloud
LENGTH = 16  # 80 random bits


def new_key() -> str:
    """A new key of 16 characters, unguessable and safe in an address."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def subject_key(kind: str, key: str) -> str:
    """`kind:key`, the form in which an act, a card or a search hit names a thing."""
    return f"{kind}:{key}"


def split_subject(subject: str) -> tuple[str, str]:
    """The kind and the key of a subject key."""
    kind, _, key = subject.partition(":")
    return kind, key
