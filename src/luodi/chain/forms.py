"""What a person fills in about chains and promotion."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luodi.common.fields import DayInput, Words

from .actions.promoting import REACHABLE
from .choices import Agreement, ContactKind, Honour, HonourLevel, Stream, TargetStage

Choices = list[tuple[str, str]]
MOST_WORDS = 20_000
MOST_TEXT = 4_000_000


def _text(label: Any, most: int = 60, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, **more)


def _pick(label: Any, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, **more)


def _typed(label: Any, offered: str, **more: Any) -> forms.CharField:
    """A name typed; the page offers a list under the id `offered`."""
    widget = forms.TextInput(attrs={"list": offered, "autocomplete": "off"})
    return forms.CharField(label=label, max_length=200, required=False, widget=widget, **more)


FIRMS, PRODUCTS = "firm-names", "product-names"


def _seen() -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput, required=False)


class Picking(forms.Form):
    """A form whose lists are handed over by name; each begins with nothing chosen."""

    def __init__(self, *args: Any, lists: dict[str, Choices] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (lists or {}).items():
            if name in self.fields:
                self.fields[name].choices = [("", ""), *choices]  # type: ignore[attr-defined]


class ChainForm(forms.Form):
    name = forms.CharField(label=_("产业链名称"), max_length=60)
    summary = _text(_("说明"), MOST_WORDS, widget=Words(rows=3))


class SegmentForm(forms.Form):
    name = forms.CharField(label=_("环节名称"), max_length=60)
    stream = forms.ChoiceField(label=_("位置"), choices=Stream.choices)
    techniques = _text(_("关键技术"), 2_000, help_text=_("几项用顿号隔开。"))
    seen = _seen()


class ProductForm(Picking):
    segment = _pick(pgettext_lazy("chain", "环节"))
    name = forms.CharField(label=_("产品名称"), max_length=60)
    technique = _text(_("技术路线"))
    application = _text(_("应用领域"))
    seen = _seen()


class FirmForm(forms.Form):
    name = forms.CharField(label=_("企业名称"), max_length=120)
    credit_code = _text(_("统一社会信用代码"), 40, help_text=_("企业名录里有的，按代码自动对上。"))
    place = _text(_("所在省、市"))
    certificates = _text(_("资质证书"), 2_000, help_text=_("几项用顿号隔开。"))
    source = _text(_("来源"), 200)


class FirmRevisionForm(FirmForm):
    why = _text(_("修改原因"), MOST_WORDS, widget=Words(rows=2))
    seen = _seen()


class MergeForm(forms.Form):
    into = _typed(_("并入哪一家"), FIRMS)
    why = _text(_("合并原因"), MOST_WORDS, widget=Words(rows=2))
    seen = _seen()


class MakesForm(forms.Form):
    product = _typed(_("产品"), PRODUCTS)
    capability = _text(
        _("能力说明"), 200, help_text=_("产能、精度、规格等，按能力找企业时会用到。")
    )
    source = _text(_("来源"), 200)


class SupplyForm(forms.Form):
    direction = forms.ChoiceField(
        label=_("方向"), choices=[("buys", _("本企业采购")), ("sells", _("本企业供应"))]
    )
    other = _typed(_("对方企业"), FIRMS, help_text=_("采购而不知道供应方的可以留空。"))
    product = _typed(_("产品"), PRODUCTS)
    share = _text(_("占采购方需求的比例（%）"), 20)
    value = _text(_("年采购额（万元）"), 40, help_text=_("也可以写“1.2亿元”，会换算成万元。"))
    source = _text(_("来源"), 200)
    since_on = forms.DateField(label=_("起始日期"), required=False, widget=DayInput())
    until_on = forms.DateField(label=_("截止日期"), required=False, widget=DayInput())


class HonourForm(Picking):
    chain = _pick(_("产业链"))
    honour = forms.ChoiceField(label=_("名单"), choices=Honour.choices)
    level = forms.ChoiceField(label=_("级别"), choices=HonourLevel.choices)
    from_year = forms.IntegerField(label=_("进入年份"), min_value=2000, max_value=2100)
    source = _text(_("名单出处"), 200)


class TargetForm(Picking):
    firm = _typed(_("企业"), FIRMS)
    product = _typed(_("能补的缺口"), PRODUCTS)
    unit = _pick(_("跟进单位"))
    mode = _pick(_("招商模式"))
    why = _text(_("为什么邀请"), 200)


class AssignForm(Picking):
    unit = _pick(_("跟进单位"))
    seen = _seen()


class ContactForm(Picking):
    on = forms.DateField(label=_("对接日期"), widget=DayInput())
    kind = forms.ChoiceField(label=_("方式"), choices=ContactKind.choices)
    reached = forms.ChoiceField(
        label=_("到了哪一步"),
        choices=[(one.value, one.label) for one in map(TargetStage, REACHABLE)],
    )
    mode = _pick(_("招商模式"))
    trip = _pick(_("哪次外出"))
    event = _pick(_("哪次活动"))
    agreement = forms.ChoiceField(
        label=_("签约方式（签约时填）"),
        choices=[("", ""), *Agreement.choices],
        required=False,
        help_text=_("框架协议不是合同，金额不计入签约额。"),
    )
    amount = _text(_("签约金额（万元）"), 40, help_text=_("也可以写“1.2亿元”，会换算成万元。"))
    words = forms.CharField(label=_("谈了什么"), max_length=MOST_WORDS, widget=Words(rows=4))


class EventContactForm(ContactForm):
    """What was said with a firm at an event: the firm is chosen, the event is known."""

    target = _pick(_("目标企业"))
    field_order = ("target", "on", "reached", "agreement", "amount", "words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("kind", "trip", "event", "mode"):
            del self.fields[name]


class TripForm(Picking):
    unit = _pick(_("单位"))
    leader = forms.CharField(label=_("带队职务"), max_length=60, help_text=_("写职务，不写姓名。"))
    from_on = forms.DateField(label=_("出发日期"), widget=DayInput())
    to_on = forms.DateField(label=_("返回日期"), widget=DayInput())
    destination = forms.CharField(label=_("去处"), max_length=120)
    mode = _pick(_("招商模式"))
    outcome = _text(_("成果"), MOST_WORDS, widget=Words(rows=3))


class TakeBackForm(forms.Form):
    why = forms.CharField(label=_("撤回原因"), max_length=MOST_WORDS, widget=Words(rows=2))
    seen = _seen()


class EventForm(Picking):
    name = forms.CharField(label=_("活动名称"), max_length=120)
    on = forms.DateField(label=_("日期"), widget=DayInput())
    place = _text(_("地点"))
    unit = _pick(_("主办单位（全市的留空）"))
    mode = _pick(_("招商模式"))
    attended = _text(
        _("参加的单位和职务"), 2_000, widget=Words(rows=2),
        help_text=_("写单位和职务，不写姓名；几项用顿号或换行隔开。"),
    )  # fmt: skip
    note = _text(_("说明"), MOST_WORDS, widget=Words(rows=2))


class EndForm(forms.Form):
    """Something ends: on a day, or with a year; and why."""

    on = forms.DateField(label=_("截止日期"), required=False, widget=DayInput())
    year = forms.IntegerField(label=_("退出年份"), required=False, min_value=2000, max_value=2100)
    why = _text(_("原因"), MOST_WORDS, widget=Words(rows=2))


class ImportForm(Picking):
    """A workbook or pasted cells; what was read stays in the box between dry run and import."""

    chain = _pick(_("产业链"), help_text=_("表里没有“产业链”列的，都归到这一条。"))
    new_chain = _text(_("或新的产业链"), 60)
    file = forms.FileField(label=_("Excel 文件"), required=False)
    text = forms.CharField(
        label=_("或从表格粘贴"),
        required=False,
        widget=Words(rows=8),
        strip=False,
        max_length=MOST_TEXT,
    )
    looked_at = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    kept = ""

    def keep(self, text: str) -> None:
        """Put what was read of the file into the box that comes back."""
        self.kept = text
        self.data = {**self.data.dict(), "text": text}  # type: ignore[union-attr]
