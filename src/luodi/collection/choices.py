"""Closed lists of collection: where a filing is, whether a turn runs."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    OPEN = "open", _("待填报")
    SUBMITTED = "submitted", _("已报送")
    CHECKED = "checked", _("已初审")
    ACCEPTED = "accepted", _("已验收")
    RETURNED = "returned", _("已退回")
    CORRECTING = "correcting", _("更正中")


class TurnStage(models.TextChoices):
    RUNNING = "running", _("填报中")
    ENDED = "ended", _("已截止")


class RowKind(models.TextChoices):
    LINES = "lines", _("固定行")
    UNITS = "units", _("按单位")
    ENTERPRISES = "enterprises", _("按企业")


class About(models.TextChoices):
    """Which period a column is about, seen from the filing's."""

    THIS = "this", _("本期")
    PREVIOUS = "previous", _("上期")
    LAST_YEAR = "last_year", _("上年同期")


class Beside(models.TextChoices):
    """What a cell of a superior's table is about, seen from the table's period."""

    OWN = "own", _("本期")
    PRIOR = "prior", _("上期")
    YEAR_AGO = "year_ago", _("上年同期")
    TO_DATE = "to_date", _("累计")
    TO_DATE_YEAR_AGO = "to_date_year_ago", _("上年同期累计")
    GROWTH = "growth", _("同比")
    CHAIN_GROWTH = "chain_growth", _("环比")
    TO_DATE_GROWTH = "to_date_growth", _("累计同比")


class Look(models.TextChoices):
    """Why a cell of a newer edition of a superior's table is looked at by a person."""

    MOVED = "moved", _("挪了位置")
    NEW = "new", _("新增")
    MEASURE = "measure", _("计量单位变了")
    DOUBLED = "doubled", _("同名的格数变了")


class Held(models.TextChoices):
    """A figure that stands in a superior's table, against what is known."""

    NEW = "new", _("待导入")
    EQUAL = "equal", _("与已知相同")
    DIFFERENT = "different", _("与已导入的不同")
    REPORTED = "reported", _("单位报的不同")
    UNREAD = "unread", _("不导入")
    GONE = "gone", _("核对改过，表里没有这个数了，再导入时撤销")
