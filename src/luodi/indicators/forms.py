"""Saying what an indicator means."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .choices import (
    Comparator,
    Counts,
    Direction,
    Measure,
    OverUnits,
    Pace,
    PeriodKind,
    Prices,
    Purpose,
)


class DefinitionForm(forms.Form):
    """A definition; a revision shows unit and purpose, which it can't change."""

    name = forms.CharField(label=_("指标名称"), max_length=120)
    name_en = forms.CharField(label=_("英文名称"), max_length=120, required=False)
    measured_in = forms.CharField(
        label=_("计量单位"), max_length=20, help_text=_("如 亿元、%、家。定下后不能修改。")
    )
    scale = forms.IntegerField(label=_("小数位"), min_value=0, max_value=6, initial=2)
    purpose = forms.ChoiceField(
        label=_("用途"),
        choices=Purpose.choices,
        help_text=_("统计数与调度数是两个序列，从不合并。定下后不能修改。"),
    )
    period_kind = forms.ChoiceField(
        label=_("报告期"), choices=PeriodKind.choices, initial=PeriodKind.MONTH
    )
    measure = forms.ChoiceField(label=_("流量或存量"), choices=Measure.choices)
    counts = forms.ChoiceField(label=_("统计方式"), choices=Counts.choices)
    direction = forms.ChoiceField(label=_("方向"), choices=Direction.choices, initial="up")
    over_units = forms.ChoiceField(
        label=_("单位间汇总"), choices=OverUnits.choices, initial=OverUnits.NONE
    )
    answers = forms.ChoiceField(label=_("数据责任单位"), required=False)
    meaning = forms.CharField(label=_("定义"), widget=forms.Textarea, required=False)
    scope = forms.CharField(label=_("口径范围"), widget=forms.Textarea, required=False)
    formula = forms.CharField(
        label=_("公式"), max_length=500, required=False, help_text=_("派生指标才填。")
    )
    numerator = forms.CharField(label=_("分子"), max_length=200, required=False)
    denominator = forms.CharField(label=_("分母"), max_length=200, required=False)
    valid_from = forms.CharField(
        label=_("自何时期起"),
        max_length=10,
        required=False,
        help_text=_("如 2026-01；空着表示一直如此。"),
    )
    comparable = forms.BooleanField(
        label=_("与此前可比"),
        required=False,
        initial=True,
        help_text=_("不可比时，跨越这次修订的增速不予计算。"),
    )
    combined = forms.BooleanField(
        label=_("1—2月合并"),
        required=False,
        help_text=_("1月不单独报，2月报的是1—2月的数；只用于按月的流量指标。"),
    )
    prices = forms.ChoiceField(
        label=_("增速按什么价格"),
        choices=Prices.choices,
        initial=Prices.CURRENT,
        required=False,
        help_text=_("按可比价的，不由现价数推算增速。"),
    )
    growth_by = forms.ChoiceField(
        label=_("增速由哪个指标给出"),
        required=False,
        help_text=_("只用于可比价指标；空着就不算增速。"),
    )
    source = forms.CharField(label=_("来源"), max_length=200, required=False)

    def __init__(
        self,
        *args: Any,
        units: list[tuple[str, str]],
        rates: list[tuple[str, str]],
        revises: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("answers", units), ("growth_by", rates)):
            self.fields[name].choices = [("", "—"), *choices]  # type: ignore[attr-defined]
        self.fields["purpose"].disabled = self.fields["measured_in"].disabled = revises
        if revises:
            self.fields["why"] = forms.CharField(
                label=_("修订的原因"), widget=forms.Textarea, max_length=2000
            )
        else:
            del self.fields["comparable"]

    def clean_prices(self) -> str:
        """Current prices where nothing is said."""
        return self.cleaned_data["prices"] or Prices.CURRENT


class TargetForm(forms.Form):
    """A goal that stands in no plan."""

    comparator = forms.ChoiceField(label=_("比较方式"), choices=Comparator.choices, initial=">=")
    amount = forms.CharField(label=_("目标值"), max_length=40)
    period = forms.CharField(
        label=_("时期"), max_length=10, help_text=_("如 2027、2026H1、2026Q1。")
    )
    unit = forms.ChoiceField(label=_("谁的目标"), required=False)
    why = forms.CharField(label=_("依据"), max_length=200, required=False)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("全市")), *units]  # type: ignore[attr-defined]


class TrajectoryForm(forms.Form):
    """From where, by whose series and at what pace a goal is to be reached."""

    unit = forms.ChoiceField(label=_("按哪个单位的数算"), required=False)
    baseline = forms.CharField(label=_("基数"), max_length=40, required=False)
    baseline_period = forms.CharField(label=_("基期"), max_length=10, required=False)
    pace = forms.ChoiceField(label=_("进度"), choices=Pace.choices)
    why = forms.CharField(label=_("原因"), widget=forms.Textarea, max_length=2000)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [  # type: ignore[attr-defined]
            ("", _("各单位合计，或唯一报数的单位")),
            *units,
        ]
