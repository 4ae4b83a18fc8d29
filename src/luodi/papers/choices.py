"""Kinds of paper, their stages, and what was done to them in words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PaperKind(models.TextChoices):
    PROGRESS_REPORT = "progress_report", _("工作月报")
    NOTICE = "notice", _("通知")
    CORRECTION_NOTE = "correction_note", _("更正建议函")


class PaperStage(models.TextChoices):
    DRAFTED = "drafted", _("拟稿中")
    AT_CHECK = "at_check", _("待审核")
    CHECKED = "checked", _("待签发")
    SIGNED = "signed", _("已签发")
    FILED = "filed", _("已归档")


ISSUED = (PaperStage.SIGNED, PaperStage.FILED)
"""Stages in which a paper has left the house."""

DEEDS = {
    "open_paper": _("开始拟稿"),
    "freeze_paper": _("定稿送审"),
    "check_paper": _("审核"),
    "sign_paper": _("签发"),
    "send_back_paper": _("退回重拟"),
    "file_back": _("回存核对"),
}
"""Verbs of acts on papers, as a timeline says them."""
