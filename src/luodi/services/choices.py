"""Where a request is, what was said to the firm, and what the firm says of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    RECEIVED = "received", _("待响应")
    IN_HAND = "in_hand", _("办理中")
    WAITING = "waiting", _("待企业补充")
    REPLIED = "replied", _("待企业评价")
    REOPENED = "reopened", _("不满意重办")
    CLOSED = "closed", _("已办结")
    WITHDRAWN = "withdrawn", _("已撤回")


OVER = frozenset({Stage.CLOSED, Stage.WITHDRAWN})


class ReplyKind(models.TextChoices):
    RESPONSE = "response", _("响应")
    NEWS = "news", _("进展")
    ANSWER = "answer", _("答复")


class Satisfied(models.TextChoices):
    SATISFIED = "satisfied", _("满意")
    FAIRLY = "fairly", _("基本满意")
    DISSATISFIED = "dissatisfied", _("不满意")


class Told(models.TextChoices):
    """How staff were told what they note for a firm."""

    PHONE = "phone", _("电话")
    IN_PERSON = "in_person", _("当面")
    MESSAGE = "message", _("短信或微信")
    WRITTEN = "written", _("书面")


class Part(models.TextChoices):
    LEAD = "lead", _("牵头")
    COOPERATING = "cooperating", _("配合")


class FilePurpose(models.TextChoices):
    """Who a file of a request is for."""

    SAID = "said", _("企业和单位之间的附件")
    INNER = "inner", _("单位内部的附件")


class VisitKind(models.TextChoices):
    VISIT = "visit", _("走访")
    INSPECTION = "inspection", _("检查")


class VisitStage(models.TextChoices):
    PLANNED = "planned", _("已计划")
    VISITED = "visited", _("已走访")
    CANCELLED = "cancelled", _("已取消")


class ComplaintStage(models.TextChoices):
    COMPLAINED = "complained", _("已收到")
    LOOKED_INTO = "looked_into", _("核查中")
    SETTLED = "settled", _("已答复")


class ComplaintFinding(models.TextChoices):
    BORNE_OUT = "borne_out", _("属实")
    IN_PART = "in_part", _("部分属实")
    GROUNDLESS = "groundless", _("不属实")
