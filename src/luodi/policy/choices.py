"""Closed lists of policies, their articles, and what enterprises claim under them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PolicyStanding(models.TextChoices):
    IN_FORCE = "in_force", _("有效")
    ABOLISHED = "abolished", _("已废止")


class ClaimMode(models.TextChoices):
    """Whether an article is had without an application, or with one."""

    AUTOMATIC = "automatic", _("免申即享")
    APPLIED = "applied", _("快申快享")


class RuleStage(models.TextChoices):
    """Two eyes: who checks a rule is not who entered it."""

    ENTERED = "entered", _("待复核")
    CHECKED = "checked", _("已复核")


class FactStage(models.TextChoices):
    """What a firm states is a claim until an office has verified it."""

    STATED = "stated", _("自述待核")
    VERIFIED = "verified", _("已核实")
    REFUSED = "refused", _("核实不符")


class ObjectionStage(models.TextChoices):
    OPEN = "open", _("待处理")
    UPHELD = "upheld", _("异议成立")
    REJECTED = "rejected", _("异议不成立")
