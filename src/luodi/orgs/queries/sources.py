"""Whose rule it is and where it stands, in the reader's words."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext as _

from luodi.packs.schemas import UNCONFIRMED, Owner


class Sourced(Protocol):
    """A rule of a pack: its owner and the text that gives it."""

    @property
    def owner(self) -> Owner: ...

    @property
    def source(self) -> str: ...


def source_in_words(written: str) -> str:
    """Where a rule stands, in the reader's words where no text gives it."""
    return _("本地默认，待确认") if written == UNCONFIRMED else written


def owned(rule: Sourced) -> str:
    """Whose rule it is, and where it stands."""
    return f"{rule.owner.name} · {source_in_words(rule.source)}"
