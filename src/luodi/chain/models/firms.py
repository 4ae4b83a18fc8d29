"""Firms of a chain, what they make, and who supplies whom."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luodi.audit.models import Identity, State, one_open

from ..choices import FirmStanding, Honour, HonourLevel
from .chains import IndustrialChain, OfTheCity, Product


class ChainFirm(Identity, OfTheCity):
    """A firm that plays a part in a chain: of this place, or from elsewhere. One identity each."""


class ChainFirmState(State):
    """What is known of a firm. `local` is its key in the register of enterprises, '' elsewhere.

    A firm merged into another keeps its rows: whoever reads follows `merged_into`.
    """

    identity_field = "firm"

    firm = models.ForeignKey(ChainFirm, on_delete=models.PROTECT, related_name="states")
    city = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    former_names = models.JSONField(default=list)
    credit_code = models.CharField(max_length=18, blank=True)
    local = models.CharField(max_length=40, blank=True)
    place = models.CharField(max_length=60, blank=True, help_text="所在省、市")
    certificates = models.JSONField(default=list)
    standing = models.CharField(
        max_length=12, choices=FirmStanding.choices, default=FirmStanding.ACTIVE
    )
    merged_into = models.ForeignKey(
        ChainFirm, on_delete=models.PROTECT, null=True, related_name="absorbed"
    )
    source = models.CharField(max_length=200, blank=True)
    generated = models.BooleanField(default=False, help_text="demo data, no real firm")

    class Meta:
        constraints = [
            one_open("chain_firm", "firm"),
            models.UniqueConstraint(
                fields=["city", "credit_code"],
                condition=Q(until=None, standing="active_firm") & ~Q(credit_code=""),
                name="chain_firm_code_one_open",
            ),
            models.UniqueConstraint(
                fields=["city", "local"],
                condition=Q(until=None, standing="active_firm") & ~Q(local=""),
                name="chain_firm_local_one_open",
            ),
        ]


class Making(State):
    """A firm makes a product: its capacity in its own words, what it says it can do."""

    identity_field = "firm"

    firm = models.ForeignKey(ChainFirm, on_delete=models.PROTECT, related_name="makes")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="made_by")
    capability = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [one_open("making", "firm", "product")]


class Supply(State):
    """A firm buys a product; `supplier` is empty where nobody knows from whom.

    `share` is the supplier's part of what the buyer needs, in hundredths of a per cent; `value`
    what is paid a year, in 万元 at its scale.
    """

    identity_field = "buyer"

    buyer = models.ForeignKey(ChainFirm, on_delete=models.PROTECT, related_name="buys")
    supplier = models.ForeignKey(
        ChainFirm, on_delete=models.PROTECT, null=True, related_name="sells"
    )
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="supplies")
    share = models.PositiveIntegerField(null=True)
    value = models.BigIntegerField(null=True)
    value_scale = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=200, blank=True)
    since_on = models.DateField(null=True)
    until_on = models.DateField(null=True)

    class Meta:
        constraints = [one_open("supply", "buyer", "supplier", "product")]


class ChainHonour(State):
    """A firm on a list of chain leaders or core firms: from a year, until one."""

    identity_field = "firm"

    firm = models.ForeignKey(ChainFirm, on_delete=models.PROTECT, related_name="honours")
    chain = models.ForeignKey(IndustrialChain, on_delete=models.PROTECT, related_name="honours")
    honour = models.CharField(max_length=20, choices=Honour.choices)
    level = models.CharField(max_length=16, choices=HonourLevel.choices)
    from_year = models.PositiveSmallIntegerField()
    to_year = models.PositiveSmallIntegerField(null=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [one_open("chain_honour", "firm", "chain", "honour", "level", "from_year")]
