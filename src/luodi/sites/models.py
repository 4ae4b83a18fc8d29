"""Plots of land and floors of standard plants, and who holds them."""

from __future__ import annotations

from django.db import models

from luodi.audit.models import Identity, Scoped, State, one_open

from .choices import CleanClass, Hold, PlotUse, SiteKind, SupplyMode, Tenure


def _amount() -> models.BigIntegerField:
    return models.BigIntegerField(null=True)


def _scale() -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(default=0)


class Site(Identity, Scoped):
    """A place a project may go to: a plot, or a floor of a standard plant. It lies in one zone.

    Everybody in the city who works with projects sees it: `unit` stays empty.
    """

    kind = models.CharField(max_length=10, choices=SiteKind.choices)

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> models.Q:
        """Where there is space is no secret within the city."""
        return models.Q()


class PlotState(State):
    """What is known of a plot: 亩, 万元/亩, tce/万元, m³ and kVA, each an exact integer at a scale.

    `geometry` holds polygons of rings of [longitude, latitude] in ten-millionths of a degree
    (CGCS2000 or WGS 84); `measured` is its area in m². `map_number` is the 审图号 it came with.
    """

    identity_field = "site"
    added = frozenset({"park"})

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="plot_states")
    name = models.CharField(max_length=120)
    number = models.CharField(max_length=60, blank=True)
    use = models.CharField(max_length=20, choices=PlotUse.choices)
    area, area_scale = _amount(), _scale()
    standard = models.BooleanField(default=False, help_text="standard land (标准地)")
    intensity, intensity_scale = _amount(), _scale()
    output, output_scale = _amount(), _scale()
    tax, tax_scale = _amount(), _scale()
    energy, energy_scale = _amount(), _scale()
    appraisals = models.JSONField(default=list)
    water, water_scale = _amount(), _scale()
    sewage, sewage_scale = _amount(), _scale()
    gas, gas_scale = _amount(), _scale()
    power, power_scale = _amount(), _scale()
    price, price_scale = _amount(), _scale()
    supply_mode = models.CharField(max_length=20, choices=SupplyMode.choices, blank=True)
    supply_years = models.PositiveSmallIntegerField(null=True)
    geometry = models.JSONField(default=list)
    measured = models.BigIntegerField(null=True)
    map_number = models.CharField(max_length=60, blank=True)
    park = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [one_open("plot", "site")]


class PlantState(State):
    """What is known of a floor of a standard plant: m², kN/m², m, kVA, 元/m² a month."""

    identity_field = "site"
    added = frozenset({"park"})

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="plant_states")
    building = models.CharField(max_length=120)
    floor = models.CharField(max_length=40)
    area, area_scale = _amount(), _scale()
    load, load_scale = _amount(), _scale()
    height, height_scale = _amount(), _scale()
    clean_class = models.CharField(
        max_length=10, choices=CleanClass.choices, default=CleanClass.NONE
    )
    power, power_scale = _amount(), _scale()
    rent, rent_scale = _amount(), _scale()
    completed_on = models.DateField(null=True)
    park = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [one_open("plant", "site")]


class Occupation(State):
    """Somebody holds a site: one at a time, which the database keeps.

    `holder` is a subject key (`project:…`, `enterprise:…`). A reservation ends at `expires_at`
    without anybody's doing; its row is closed by whoever comes next.
    """

    identity_field = "site"

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="occupations")
    hold = models.CharField(max_length=20, choices=Hold.choices)
    holder = models.CharField(max_length=80)
    held_by = models.CharField(max_length=60, help_text="the person who reserved or assigned it")
    held_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    working = models.JSONField(default=dict)
    tenure = models.CharField(max_length=20, choices=Tenure.choices, blank=True)
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [one_open("occupation", "site")]
