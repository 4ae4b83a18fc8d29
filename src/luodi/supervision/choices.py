"""Closed lists of supervision."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Finding(models.TextChoices):
    """What a reviewer found of a condition for an exemption."""

    HOLDS = "holds", _("符合")
    FAILS = "fails", _("不符合")


class LetterKind(models.TextChoices):
    """The rungs for one unit; named like the kinds of their papers."""

    WARNING_LETTER = "warning_letter", _("警示提醒函")
    TALK_NOTICE = "talk_notice", _("约谈通知书")
