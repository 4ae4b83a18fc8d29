"""Telling the people of a filing what happened to it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from luodi.common.keys import subject_key
from luodi.common.languages import Spoken
from luodi.common.periods import period_label
from luodi.jobs.actions import tell

from ..models import Filing, FormState
from ..queries.filings import people_of


def tell_of(
    *,
    filing: Filing,
    edition: FormState,
    kind: str,
    sentence: Spoken,
    by: str,
    at: datetime,
    once: str = "",
    but: str = "",
    **words: Any,
) -> int:
    """Put a sentence about a filing into the inboxes of its people, without `but`.

    `sentence` names %(period)s, %(title)s and what is in `words`. Returns how many were told now.
    """

    def filled() -> str:
        about = {"period": period_label(filing.period), "title": edition.title[:80]}
        return sentence() % {**about, **words}

    return tell(
        people=[person for person in people_of(filing) if person != but],
        kind=kind,
        sentence=filled,
        by=by,
        at=at,
        subject=subject_key("filing", filing.key),
        address=reverse("filing", args=[filing.key]),
        once=once,
    )
