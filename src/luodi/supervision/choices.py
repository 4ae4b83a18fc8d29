"""Closed lists of supervision."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Finding(models.TextChoices):
    """What a reviewer found of a condition for an exemption."""

    HOLDS = "holds", _("符合")
    FAILS = "fails", _("不符合")


class LetterKind(models.TextChoices):
    """The rungs for one unit; named like the kinds of their papers."""

    WARNING_LETTER = "warning_letter", _("警示提醒函")
    TALK_NOTICE = "talk_notice", _("约谈通知书")


class MeetingKind(models.TextChoices):
    DISPATCH = "dispatch", _("调度")
    MEETING = "meeting", _("例会")
    CONSULTATION = "consultation", _("会商")
    SPECIAL = "special", _("专题会议")


class MeetingStage(models.TextChoices):
    PLANNED = "planned", _("待召集")
    CALLED = "called", _("已通知")
    POSTPONED = "postponed", _("已推迟")
    HELD = "held", _("已召开")
    MINUTED = "minuted", _("纪要已成稿")
    ENDED = "ended", _("已结束")
    CANCELLED = "cancelled", _("已取消")


class AgendaKind(models.TextChoices):
    CARRIED = "carried", _("结转议题")
    DECISION = "decision", _("议定事项")
    OVERDUE = "overdue_item", _("督办超期")
    LAGGARD = "laggard", _("落后单位")
    GATE = "gate", _("关口预警")
    OTHER = "other_topic", _("其他议题")


class AgendaStage(models.TextChoices):
    LISTED = "listed", _("待议")
    DISCUSSED = "discussed", _("已议")
    CARRIED_OVER = "carried_over", _("结转下次")
    DROPPED = "dropped", _("已撤下")


class Attended(models.TextChoices):
    EXPECTED = "expected", _("应到")
    PRESENT = "present", _("到会")
    STANDING_IN = "standing_in", _("代会")
    ABSENT = "absent", _("缺席")


class DecisionStage(models.TextChoices):
    NOTED = "noted", _("已记录")
    ITEM_OPENED = "item_opened", _("已立项")
    TAKEN_BACK = "taken_back", _("已撤销")
