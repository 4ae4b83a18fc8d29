"""Where a project comes from, and how far its signing binds."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Origin(models.TextChoices):
    LEAD = "lead", _("招商线索")
    RESERVE = "reserve", _("谋划储备")
    SPECIAL_BOND = "special_bond", _("专项债券")


class Signing(models.TextChoices):
    """A framework agreement is never a contract, and its amount is no investment."""

    NONE = "none", _("未签约")
    FRAMEWORK = "framework", _("框架协议")
    CONTRACT = "contract", _("正式合同")
