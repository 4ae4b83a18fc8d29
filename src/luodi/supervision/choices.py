"""Closed lists of supervision."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Finding(models.TextChoices):
    """What a reviewer found of a condition for an exemption."""

    HOLDS = "holds", _("符合")
    FAILS = "fails", _("不符合")
