"""How open a stored file is."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Access(models.TextChoices):
    OPEN = "open", _("公开")
    INTERNAL = "internal", _("内部")
