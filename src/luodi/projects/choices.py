"""Where a project comes from, how far its signing binds, batches, and how its firm grows."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Origin(models.TextChoices):
    LEAD = "lead", _("招商线索")
    RESERVE = "reserve", _("谋划储备")
    SPECIAL_BOND = "special_bond", _("专项债券")


class Signing(models.TextChoices):
    """A framework agreement is never a contract, and its amount is no investment."""

    NONE = "none", _("未签约")
    FRAMEWORK = "framework", _("框架协议")
    CONTRACT = "contract", _("正式合同")


class Part(models.TextChoices):
    """The three lists of a batch (三个一批)."""

    SIGNED = "signed", _("签约一批")
    STARTED = "started", _("开工一批")
    PRODUCED = "produced", _("投产一批")


class Series(models.TextChoices):
    """Three series of money that are never added together."""

    DISPATCH = "dispatch", _("调度完成投资")
    IN_PLACE = "in_place", _("到位资金")
    STATISTICS = "statistics", _("统计投资")


class Teller(models.TextChoices):
    """Who told a figure. What the platform says stands beside what the unit said."""

    UNIT = "unit", _("单位填报")
    PLATFORM = "platform", _("在线审批监管平台")


class Resuming(models.TextChoices):
    """How a continuing project stands in a year (复工); only a plan looks ahead."""

    RESUMED = "resumed", _("已复工")
    UNSTOPPED = "unstopped", _("年内未停工")
    PLANNED = "planned", _("计划复工")


class Threshold(models.TextChoices):
    """Which of the two thresholds of official statistics is a firm's."""

    SCALE = "above_scale", _("规上（规模以上）")
    LIMIT = "above_limit", _("限上（限额以上）")


class Outcome(models.TextChoices):
    """What would become of a line of an export, or of a project ledger."""

    NEW = "new", _("新增")
    DIFFERENT = "different", _("有变化")
    ALIKE = "alike", _("像已有的项目")
    ODD = "odd", _("要看一眼")
    EQUAL = "equal", _("相同")
    UNKNOWN = "unknown", _("代码没有登记")
    FAULTY = "faulty", _("有错")


class Wanted(models.TextChoices):
    """What kind of site a project looks for."""

    PLOT = "plot_wanted", _("地块")
    PLANT = "plant_wanted", _("标准厂房")
    EITHER = "either", _("地块或标准厂房")


class Pairing(models.TextChoices):
    """What people decided about a project and a site before a batch is matched."""

    FIXED = "fixed_pair", _("指定")
    FORBIDDEN = "forbidden_pair", _("禁止")


class FundingKind(models.TextChoices):
    """Money from outside the firm: by a bank, from a special fund, from a special bond."""

    LOAN = "loan", _("银行融资")
    FUND = "special_fund", _("专项资金")
    BOND = "special_bond", _("专项债券")


class FundingStep(models.TextChoices):
    """The steps of money: the first four of a bank's, the others of funds and bonds."""

    RECOMMENDED = "recommended", _("推介")
    INTENDED = "intended", _("意向")
    CREDITED = "credited", _("授信")
    DISBURSED = "disbursed", _("投放")
    APPLIED = "applied_for", pgettext_lazy("stage", "申请")
    GRANTED = "granted", _("下达")
    USED = "used", _("使用")
    AUDITED = "audited", _("审计")


class PermitStep(models.TextChoices):
    """How far a permit has come; under commitment it lets others go on, and is completed later."""

    LODGED = "lodged", _("已申报")
    TAKEN_IN = "taken_in", _("已受理")
    ON_COMMITMENT = "on_commitment", _("承诺制办理")
    COMPLETED = "completed", _("已办结")
    NOT_NEEDED = "not_needed", _("无需办理")


class Conflict(models.TextChoices):
    """What somebody on a review panel says of a conflict of interest (利益关系)."""

    UNDECLARED = "undeclared", _("未声明")
    FREE = "free", _("无利益关系")
    CONFLICTED = "conflicted", _("有利益关系，回避")


class Verdict(models.TextChoices):
    """What one seat of a panel makes of a project."""

    FOR = "for", _("同意")
    CONDITIONAL = "conditional", _("修改后同意")
    AGAINST = "against", _("不同意")


class Decision(models.TextChoices):
    """What a review ends in."""

    PASSED = "passed", _("通过")
    PASSED_WITH_CHANGES = "passed_with_changes", _("修改后通过")
    REFUSED = "refused", _("不通过")


class Serving(models.TextChoices):
    """What a person is to a project beside their post."""

    TASK_FORCE = "task_force", _("专班成员")
    SPONSOR = "sponsor", _("包联领导")


class Seeing(models.TextChoices):
    """Why somebody went to a site."""

    VISIT = "visit", _("走访")
    PROGRESS = "progress", _("现场进度")
