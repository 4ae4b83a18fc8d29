"""Closed lists of the organisation register."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    CITY = "city", _("市")
    BUREAU = "bureau", _("市直单位")
    COUNTY = "county", _("县（市、区）")
    ZONE = "zone", _("开发区")
    VERTICAL = "vertical", _("驻市单位")
    SUBORDINATE = "subordinate", _("所属机构")
    TASK_FORCE = "task_force", _("工作专班")
    LEADING_GROUP = "leading_group", _("领导小组")
    COLLECTIVE = "collective", _("统称")


class Role(models.TextChoices):
    OFFICE = "office", _("专班办公室")
    CLERK = "clerk", _("经办人")
    SECTION_HEAD = "section_head", _("科长")
    LEADER_IN_CHARGE = "leader_in_charge", _("分管领导")
    ZONE_STAFF = "zone_staff", _("开发区经办")
    STATISTICIAN = "statistician", _("统计人员")
    LEADING_GROUP = "leading_group", _("领导小组成员")
    SYSTEM_ADMIN = "system_admin", _("系统管理员")
    SECURITY_ADMIN = "security_admin", _("安全管理员")
    AUDITOR = "auditor", _("审计员")
    ENTERPRISE = "enterprise", _("企业")


class SizeClass(models.TextChoices):
    """Whether official statistics ask an enterprise one by one (规模以上)."""

    ABOVE_SCALE = "above_scale", _("规上")
    BELOW_SCALE = "below_scale", _("规下")


class EnterpriseStanding(models.TextChoices):
    IN_BUSINESS = "in_business", _("在营")
    DEREGISTERED = "deregistered", _("已注销")
    MERGED = "merged", _("已并入")
