"""Kinds of paper, their stages, and what was done to them in words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PaperKind(models.TextChoices):
    PROGRESS_REPORT = "progress_report", _("工作月报")
    NOTICE = "notice", _("通知")
    CORRECTION_NOTE = "correction_note", _("更正建议函")
    BULLETIN = "bulletin", _("通报")
    MINUTES = "minutes", _("会议纪要")
    WARNING_LETTER = "warning_letter", _("警示提醒函")
    TALK_NOTICE = "talk_notice", _("约谈通知书")
    APPRAISAL_NOTICE = "appraisal_notice", _("考核结果公示")
    APPRAISAL_BULLETIN = "appraisal_bulletin", _("考核结果通报")
    GRADING_NOTICE = "grading_notice", _("亩均评价公示")
    GRADING_BULLETIN = "grading_bulletin", _("亩均评价结果公布")
    EVALUATION_REPORT = "evaluation_report", _("规划评估报告")


class PaperStage(models.TextChoices):
    DRAFTED = "drafted", _("拟稿中")
    AT_CHECK = "at_check", _("待审核")
    CHECKED = "checked", _("待签发")
    SIGNED = "signed", _("已签发")
    FILED = "filed", _("已归档")


ISSUED = (PaperStage.SIGNED, PaperStage.FILED)
"""Stages in which a paper has left the house."""

DELIVERED = (PaperKind.WARNING_LETTER, PaperKind.TALK_NOTICE)
"""Kinds that their addressee sees only once they are delivered, not with the signature."""

DEEDS = {
    "open_paper": _("开始拟稿"),
    "freeze_paper": _("定稿送审"),
    "check_paper": _("审核"),
    "sign_paper": _("签发"),
    "send_back_paper": _("退回重拟"),
    "file_back": _("回存核对"),
}
"""Verbs of acts on papers, as a timeline says them."""
