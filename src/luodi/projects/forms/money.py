"""What a person fills in about the money of a project."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import Words

from ..choices import Series
from ..rules.money import COLUMNS
from .pipeline import MOST_WORDS, Choices

WRITTEN = 40


class MonthInput(forms.TextInput):
    """A month, in the browser's own calendar where it has one."""

    input_type = "month"


class PlanForm(forms.Form):
    """The investment planned for a year."""

    year = forms.IntegerField(label=_("年份"), min_value=2000, max_value=2100)
    amount = forms.CharField(label=_("年度计划投资（万元）"), max_length=WRITTEN)
    why = forms.CharField(
        label=_("原因"), required=False, max_length=MOST_WORDS, help_text=_("更正时必填。")
    )


class MoneyForm(forms.Form):
    """A month of one series; amounts are read exactly by the rules, not here."""

    series = forms.ChoiceField(label=_("类别"), choices=Series.choices)
    fund = forms.ChoiceField(label=_("资金来源（到位资金必选）"), required=False)
    period = forms.CharField(label=_("月份"), max_length=10, widget=MonthInput())
    month = forms.CharField(label=_("当月（万元）"), max_length=WRITTEN, required=False)
    to_date = forms.CharField(label=_("本年累计（万元）"), max_length=WRITTEN, required=False)
    since_start = forms.CharField(label=_("自开工累计（万元）"), max_length=WRITTEN, required=False)
    why = forms.CharField(
        label=_("原因"),
        required=False,
        max_length=MOST_WORDS,
        widget=Words(rows=2),
        help_text=_("更正、或当月与累计对不上时必填。"),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    looked_at = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, funds: Choices, series: Choices | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fund"].choices = [("", ""), *funds]  # type: ignore[attr-defined]
        if series is not None:
            self.fields["series"].choices = series  # type: ignore[attr-defined]

    @property
    def amounts(self) -> dict[str, str]:
        """The three amounts as written."""
        return {name: self.cleaned_data[name] for name in COLUMNS}
