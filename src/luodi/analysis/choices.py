"""What a cell of a pivot may show, what stands across, and what a series is of."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Shows(models.TextChoices):
    VALUE = "value", _("数值")
    SINGLE = "single", _("当月")
    CUMULATIVE = "cumulative", _("累计")
    GROWTH = "growth", _("同比")
    CUMULATIVE_GROWTH = "cumulative_growth", _("累计同比")
    COMPARABLE = "comparable", _("可比价同比")
    CHAIN = "chain", _("环比")
    POINTS = "points", _("同比百分点")
    SHARE = "share", _("占比")
    CONTRIBUTION = "contribution", _("贡献率")
    PULL = "pull", _("拉动")
    RANK = "rank", _("排名")
    GROWTH_RANK = "growth_rank", _("增速排名")


class Across(models.TextChoices):
    PERIOD = "period", _("时期")
    UNIT = "unit", _("单位")
    INDICATOR = "indicator", _("指标")


class UnitGroup(models.TextChoices):
    COUNTIES = "counties", _("各县（市、区）")
    ZONES = "zones", _("各开发区")
    BUREAUS = "bureaus", _("市直和驻市单位")


class Basis(models.TextChoices):
    UNITS = "units", _("单位报数")
    ENTERPRISES = "enterprises", _("企业汇总")


class Cut(models.TextChoices):
    """By what totals of enterprises are added up."""

    UNIT = "unit", _("按归口单位")
    ZONE = "zone", _("按开发区")
    INDUSTRY = "industry", _("按行业")
    CLUSTER = "cluster", _("按产业集群")


class ReleaseStage(models.TextChoices):
    RELEASED = "released", _("已发布")
    WITHDRAWN = "withdrawn", _("已撤回")


class GrantStage(models.TextChoices):
    GRANTED = "granted", _("有效")
    REVOKED = "revoked", _("已收回")


class GrantUse(models.TextChoices):
    STATISTICS = "statistics", _("统计")
    PLANNING = "planning", _("规划研究")
    PROGRESS = "dispatch", _("调度")
    POLICY = "policy_work", _("政策制定")
    OTHER = "other_use", _("其他")
