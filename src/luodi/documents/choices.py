"""How open a stored file is. A restricted one is handed out by the page it belongs to, no other."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Access(models.TextChoices):
    OPEN = "open", _("公开")
    INTERNAL = "internal", _("内部")
    RESTRICTED = "restricted", _("限定查阅")
