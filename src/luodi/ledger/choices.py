"""Where a supervised item comes from, and where it is."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    MEASURE = "measure", _("工作举措")
    INSTRUCTION = "instruction", _("领导批示")
    MEETING = "meeting", _("会议议定")
    VISIT = "visit", _("走访调研")
    CALL = "call", _("来电反映")
    INSPECTION = "inspection", _("督查检查")
    DOCUMENT_CHECK = "document_check", _("文件核查")
    LETTER = "letter", _("督导函件")


class Stage(models.TextChoices):
    ASSIGNED = "assigned", _("已交办")
    IN_HAND = "in_hand", _("办理中")
    APPLIED = "applied", _("申请销号")
    CLOSED = "closed", _("已销号")
    REOPENED = "reopened", _("回头看重开")


class PartyRole(models.TextChoices):
    LEAD = "lead", _("牵头")
    COOPERATING = "cooperating", _("配合")
