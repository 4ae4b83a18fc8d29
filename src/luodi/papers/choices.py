"""Kinds of paper and their stages."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PaperKind(models.TextChoices):
    PROGRESS_REPORT = "progress_report", _("工作月报")
    NOTICE = "notice", _("通知")


class PaperStage(models.TextChoices):
    DRAFTED = "drafted", _("拟稿")
    CHECKED = "checked", _("审核")
    SIGNED = "signed", _("签发")
    FILED = "filed", _("归档")
