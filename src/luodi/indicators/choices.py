"""Purposes of figures, and how a target compares."""

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
