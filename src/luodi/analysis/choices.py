"""What a cell of a pivot may show, what stands across, and what a series is of."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Shows(models.TextChoices):
    VALUE = "value", _("数值")


class Across(models.TextChoices):
    PERIOD = "period", _("时期")
    UNIT = "unit", _("单位")
    INDICATOR = "indicator", _("指标")


class UnitGroup(models.TextChoices):
    COUNTIES = "counties", _("各县（市、区）")
    ZONES = "zones", _("各开发区")
    BUREAUS = "bureaus", _("市直和驻市单位")
