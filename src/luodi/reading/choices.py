"""Stages of a document, verdicts on what was read, and what becomes of a finding."""

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
    POLICY = "policy", _("政策条款")
    SEGMENT = "segment", _("产业链环节")
    TARGET = "target_firm", _("招商名录")


class Verdict(models.TextChoices):
    UNDECIDED = "undecided", _("待定")
    ACCEPTED = "accepted", _("采纳")
    REJECTED = "rejected", _("不采纳")


class Severity(models.TextChoices):
    ERROR = "error", _("错误")
    WARNING = "warning", _("注意")
    INFO = "info", _("提示")


class FindingStage(models.TextChoices):
    UNDECIDED = "undecided", _("待处理")
    ACCEPTED = "accepted", _("采纳更正")
    DISMISSED = "dismissed", _("不采纳")
    SUPERVISED = "supervised", _("转督办")
