"""Codes by which a firm without an account asks: marks only, no name, phone or code in plain."""

from __future__ import annotations

from django.db import models

from luodi.audit.models import WorkingPaper
from luodi.common.keys import new_key


class EntryCode(WorkingPaper):
    """A code asked for (短信验证码), whether or not the phone is registered.

    `phone` and `address` are keyed digests, for counting alone. `person` is the contact the code
    is for, '' for a phone nobody registered; `mark` the keyed digest of the code once it is sent.
    Both are erased when the code is used or over. One a minute for each phone: `slot`.
    """

    key = models.CharField(max_length=40, unique=True, default=new_key)
    phone = models.CharField(max_length=64)
    address = models.CharField(max_length=64, db_index=True)
    slot = models.PositiveBigIntegerField()
    person = models.CharField(max_length=40, blank=True)
    mark = models.CharField(max_length=64, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["phone", "slot"], name="entry_code_once_a_minute")
        ]
