"""Stages of measures, steps, rounds and reports."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AssignedRole(models.TextChoices):
    LEAD = "lead", _("牵头")
    RESPONSIBLE = "responsible", _("责任")
    COOPERATING = "cooperating", _("配合")


class WorkStage(models.TextChoices):
    OPEN = "open", _("推进中")
    DONE = "done", _("已完成")


class RoundStage(models.TextChoices):
    OPEN = "open", _("填报中")
    CLOSED = "closed", _("已截止")


class ReportStage(models.TextChoices):
    ASKED = "asked", _("待填报")
    AT_SECTION_HEAD = "at_section_head", _("待科长审核")
    AT_LEADER = "at_leader", _("待分管领导审签")
    AT_LEAD_UNIT = "at_lead_unit", _("待牵头单位汇总")
    AT_OFFICE = "at_office", _("待专班办公室审核")
    RETURNED = "returned", _("已退回")
    ACCEPTED = "accepted", _("已采用")

    @property
    def short(self) -> str:
        """The stage in a cell of the month's matrix."""
        return str(SHORT[self])


SHORT = {
    ReportStage.ASKED: _("待填"),
    ReportStage.AT_SECTION_HEAD: _("待审"),
    ReportStage.AT_LEADER: _("待签"),
    ReportStage.AT_LEAD_UNIT: _("待汇总"),
    ReportStage.AT_OFFICE: _("待采用"),
    ReportStage.RETURNED: _("退回"),
    ReportStage.ACCEPTED: _("采用"),
}
