"""Where a segment stands in a chain, who leads it, and how an invited firm comes along."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stream(models.TextChoices):
    UP = "upstream", _("上游")
    MIDDLE = "midstream", _("中游")
    DOWN = "downstream", _("下游")
    UNSAID = "unsaid", _("未标明")


class FirmStanding(models.TextChoices):
    ACTIVE = "active_firm", _("在册")
    MERGED = "merged_firm", _("已并入")


class Honour(models.TextChoices):
    LEADER = "chain_leader_firm", _("链主")
    CORE = "core_link_firm", _("链核")


class HonourLevel(models.TextChoices):
    PROVINCE = "province_level", _("省级")
    CITY = "city_level", _("市级")
    ZONE = "zone_level", _("开发区级")


class TargetStage(models.TextChoices):
    """How far an invited firm has come; each is said by a contact, none is typed."""

    LISTED = "to_contact", _("待对接")
    CONTACTED = "contacted", _("已对接")
    TALKING = "talking", _("洽谈")
    SIGNED = "signed_with", _("签约")
    DROPPED = "given_up", _("已放弃")


class TargetOrigin(models.TextChoices):
    GAP = "from_gap", _("缺口")
    DIRECTORY = "from_directory", _("规划招商名录")
    NAMED = "named_by_hand", _("人工登记")


class ContactKind(models.TextChoices):
    CALL = "call_made", _("电话、网络")
    THERE = "went_there", _("上门拜访")
    HERE = "came_here", _("来访考察")
    EVENT = "at_event", _("招商活动")


class Agreement(models.TextChoices):
    """What was signed. A framework agreement is no contract, and its amount is an intention."""

    CONTRACT = "contract", _("正式合同")
    FRAMEWORK = "framework", _("框架协议")
