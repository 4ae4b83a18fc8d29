"""Purposes of figures, what they count, and how a target compares."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    STATISTICS = "statistics", _("统计")
    DISPATCH = "dispatch", _("调度")
    SHARED = "shared", _("部门共享")
    ENTERPRISE = "enterprise", _("企业自报")


class Comparator(models.TextChoices):
    EQUAL = "=", "＝"
    AT_LEAST = ">=", "≥"
    AT_MOST = "<=", "≤"
    MORE = ">", "＞"
    LESS = "<", "＜"
    ABOUT = "~", "≈"


class Measure(models.TextChoices):
    FLOW = "flow", _("流量")
    STOCK = "stock", _("存量")


class Counts(models.TextChoices):
    IN_PERIOD = "in_period", _("当期数")
    YEAR_TO_DATE = "year_to_date", _("本年累计")
    SINCE_START = "since_start", _("开工以来累计")
    AT_END = "at_end", _("期末数")


class Prices(models.TextChoices):
    """In which prices growth is stated."""

    CURRENT = "current", _("现价")
    COMPARABLE = "comparable", _("可比价")


class Direction(models.TextChoices):
    UP = "up", _("越高越好")
    DOWN = "down", _("越低越好")
    NONE = "none", _("不分高低")


class OverUnits(models.TextChoices):
    SUM = "sum", _("可以相加")
    NONE = "none", _("不可相加")


class PeriodKind(models.TextChoices):
    WEEK = "week", _("周")
    MONTH = "month", _("月")
    QUARTER = "quarter", _("季")
    HALF = "half", _("半年")
    YEAR = "year", _("年")


class Pace(models.TextChoices):
    LINEAR = "linear", _("均衡推进")
    HISTORY = "history", _("按上年进度")
    GIVEN = "given", _("按分解计划")
