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


class WindowStep(models.TextChoices):
    """Steps of an appraisal that have a time of their own."""

    SELF_REPORT = "self_report", _("自评")
    VERIFICATION = "verification", _("核验")
    OBJECTION = "objection", _("异议")
    REVIEW = "review", _("复核")


class SelfReportStage(models.TextChoices):
    ASKED = "asked", _("待自评")
    AT_SECTION_HEAD = "at_section_head", _("待科长审核")
    AT_LEADER = "at_leader", _("待分管领导审签")
    SUBMITTED = "submitted", _("已报出")
    RETURNED = "returned", _("已退回")


class CheckStage(models.TextChoices):
    WAITING = "waiting", _("待核验")
    ACCEPTED = "accepted", _("已核验")
    RETURNED = "returned", _("已退回")


class ObjectionStage(models.TextChoices):
    RAISED = "raised", _("已提出")
    UPHELD = "upheld", _("成立，待更正")
    CORRECTED = "corrected", _("成立，已更正")
    REJECTED = "rejected", _("不成立")
    WITHDRAWN = "withdrawn", _("已撤回")


class RewardEffect(models.TextChoices):
    REWARD = "reward", _("奖励")
    COMMENDATION = "commendation", _("通报表扬")
    REMINDER = "reminder", _("提醒")
    TALK = "talk", _("约谈")


DEEDS = {
    "open_appraisal": _("设立考核"),
    "set_member": _("调整考核对象"),
    "freeze_scheme": _("方案定稿"),
    "run_appraisal": _("计算得分"),
    "open_self_reports": _("布置自评"),
    "begin_verification": _("转入核实"),
    "take_first_result": _("形成初步结果"),
    "verify_again": _("退回核实"),
    "show_result": _("反馈结果"),
    "begin_review": _("转入复核"),
    "decide_appraisal": _("审定考核结果"),
    "publish_appraisal": _("通报考核结果"),
    "record_rewards": _("兑现奖惩"),
    "settle_objections": _("异议更正挂接"),
    "raise_objection": _("提出异议"),
    "withdraw_objection": _("撤回异议"),
    "uphold_objection": _("认定异议成立"),
    "reject_objection": _("认定异议不成立"),
    "correct_figure": _("核定更正数"),
    "count_extras": _("登记加分扣分次数"),
    "accept_counts": _("采用记录中的次数"),
}
"""Verbs of acts on appraisals and objections, as a timeline says them."""


class EvaluationScope(models.TextChoices):
    """What an evaluation of a plan looks back on."""

    YEARLY = "yearly", _("年度评估")
    MID_TERM = "mid_term", _("中期评估")
    FINAL = "final", _("终期评估")


class PlanVerdict(models.TextChoices):
    """How a target or measure of a plan stands."""

    MET = "met", _("已实现")
    ON_TRACK = "on_track", _("进度正常")
    BEHIND = "behind", _("进度滞后")
    MISSED = "missed", _("未实现")
    NOT_COMPUTABLE = "not_computable", _("无法评判")


class AdjustmentStage(models.TextChoices):
    """How far a proposed change of a target or measure has come."""

    PROPOSED = "proposed", _("待审议")
    AGREED = "agreed", _("同意调整")
    DECLINED = "declined", _("不予调整")
    CARRIED_OUT = "carried_out", _("已调整")
