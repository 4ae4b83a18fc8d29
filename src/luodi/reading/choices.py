"""Stages of a document in the reading room, and verdicts on what was read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentStage(models.TextChoices):
    REVIEW = "review", _("待核对")
    ADOPTED = "adopted", _("已入库")
    WITHDRAWN = "withdrawn", _("已撤回")


class CardKind(models.TextChoices):
    MEASURE = "measure", _("举措")
    INDICATOR = "indicator", _("指标")
    ORGAN = "organ", _("组织")
    PROJECT = "project", _("项目")
    SYSTEM = "system", _("系统平台")


class Verdict(models.TextChoices):
    UNDECIDED = "undecided", _("待定")
    ACCEPTED = "accepted", _("采纳")
    REJECTED = "rejected", _("不采纳")
