"""Stages of an appraisal, and where its figures come from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AppraisalStage(models.TextChoices):
    """How far an appraisal has come (DOMAIN section 6: what every office expects)."""

    DRAFT = "draft", _("拟定方案")
    SELF_REPORT = "self_report", _("自评填报")
    VERIFYING = "verifying", _("部门核实")
    FIRST_RESULT = "first_result", _("初步结果")
    SHOWN = "shown", _("结果告知")
    REVIEWING = "reviewing", _("异议复核")
    DECIDED = "decided", _("审定结果")
    PUBLISHED = "published", _("结果通报")
    REWARDED = "rewarded", _("奖惩兑现")


class FigureOrigin(models.TextChoices):
    """Where a figure of an appraisal comes from; a later one of the list wins."""

    SELF_REPORT = "self_report", _("自报数")
    VERIFIED = "verified", _("核实数")
    VALUE = "value", _("指标库数值")
    CORRECTED = "corrected", _("异议更正数")


class FigurePart(models.TextChoices):
    """What a figure is to its indicator."""

    ACTUAL = "actual", _("实绩")
    BASE = "base", _("上年数")
    TARGET = "target", _("目标值")
    COUNT = "count", _("次数")


class ExternalLevel(models.TextChoices):
    NATIONAL = "national", _("国家级考核")
    PROVINCIAL = "provincial", _("省级考核")


class FirmStanding(models.TextChoices):
    """What became of a firm in a run of a grading."""

    GRADED = "graded", _("已定档")
    EXEMPT = "exempt", _("不参评")
    NOT_GRADED = "not_graded", _("不能评价")


class LineOutcome(models.TextChoices):
    """What taking a line of a table of figures in would do."""

    NEW = "new", _("新数")
    DIFFERENT = "different", _("与已有的不同")
    EQUAL = "equal", _("与已有的相同")
    FAULTY = "faulty", _("有错")
