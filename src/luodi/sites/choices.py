"""What a site is, what it may be used for, how it is supplied, and who holds it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SiteKind(models.TextChoices):
    PLOT = "plot", _("地块")
    PLANT = "plant", _("标准厂房")


class PlotUse(models.TextChoices):
    INDUSTRIAL = "industrial", _("工业")
    LOGISTICS = "logistics", _("物流仓储")
    RESEARCH = "research", _("科研")
    COMMERCIAL = "commercial", _("商服")
    OTHER = "other_land_use", _("其他用途")


class SupplyMode(models.TextChoices):
    """How industrial land is supplied; flexible ways stay within the legal maximum of years."""

    GRANT = "land_grant", _("出让")
    LEASE = "land_lease", _("租赁")
    LEASE_THEN_GRANT = "lease_then_grant", _("先租后让")
    LEASE_AND_GRANT = "lease_and_grant", _("租让结合")
    FLEXIBLE_YEARS = "flexible_years", _("弹性年期出让")
    ALLOCATION = "allocation", _("划拨")


class RegionalAppraisal(models.TextChoices):
    """Appraisals done once for a whole region (区域评估), so that no project repeats them."""

    ENVIRONMENT = "environment", _("区域环境影响评价")
    ENERGY_SAVING = "energy_saving", _("区域节能评价")
    WATER_RESOURCES = "water_resources", _("水资源论证")
    SOIL_WATER = "soil_water", _("水土保持")
    FLOOD = "flood", _("洪水影响评价")
    GEOLOGY = "geology", _("地质灾害危险性评估")
    MINERALS = "minerals", _("压覆重要矿产资源评估")
    RELICS = "relics", _("文物考古调查勘探")
    EARTHQUAKE = "earthquake", _("地震安全性评价")
    CLIMATE = "climate", _("气候可行性论证")


class CleanClass(models.TextChoices):
    """Clean-room classes from none to the cleanest (GB/T 25915.1: ISO 8, 7, 6, 5)."""

    NONE = "not_clean", _("非洁净")
    ISO_8 = "iso_8", _("十万级（ISO 8）")
    ISO_7 = "iso_7", _("万级（ISO 7）")
    ISO_6 = "iso_6", _("千级（ISO 6）")
    ISO_5 = "iso_5", _("百级（ISO 5）")


class Hold(models.TextChoices):
    """How somebody holds a site. Free is what nobody holds; a reservation runs out by itself."""

    RESERVED = "reserved", _("预留")
    TAKEN = "taken", _("已用")


class Tenure(models.TextChoices):
    """By what right a site is taken."""

    GRANTED = "land_granted", _("出让")
    LET = "let", _("出租")
    OWN_USE = "own_use", _("自用")
