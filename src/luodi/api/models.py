"""Tokens with which programs act for a person, and what was answered to a key sent before."""

from django.db import models

from luodi.audit.models import Scoped, State, WorkingPaper, one_open
from luodi.common.keys import new_key
from luodi.orgs.models import Person


class Token(State, Scoped):
    """A program may act for a person until `expires_at`; ended by revoking it.

    Only a digest is kept: the token itself is shown once, when it is made.
    """

    identity_field = "person"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tokens")
    key = models.CharField(max_length=40, default=new_key)
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=60)
    writes = models.BooleanField(default=False, help_text="may hand in figures, not only read")
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [one_open("token", "digest")]


class Answer(WorkingPaper):
    """What a write was answered, by the idempotency key it carried: sent twice, done once."""

    token = models.CharField(max_length=40)
    idempotency_key = models.CharField(max_length=80)
    request = models.CharField(max_length=64, help_text="digest of what was asked")
    body = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["token", "idempotency_key"], name="answer_once")
        ]
