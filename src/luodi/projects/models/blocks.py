"""Blocks of a zone, each with the business group that runs it (区块化管理)."""

from __future__ import annotations

from django.db import models

from luodi.audit.models import Identity, Scoped, State, one_open


class Block(Identity, Scoped):
    """A part of a zone that one business group looks after, from attracting to supervision."""


class BlockState(State):
    """What a block is called, its group, and its parks: names as sites have them."""

    identity_field = "block"

    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="states")
    name = models.CharField(max_length=60)
    group = models.CharField(max_length=60)
    parks = models.JSONField(default=list)

    class Meta:
        constraints = [one_open("block", "block")]
