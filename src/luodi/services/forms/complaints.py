"""What a firm fills in to complain, and what the office answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import DayInput, Words

from ..choices import ComplaintFinding

Choices = list[tuple[str, str]]
MOST_WORDS = 20_000


class ComplaintForm(forms.Form):
    """A complaint that cites an item of the lists of conduct."""

    item = forms.ChoiceField(label=_("违反了哪一条"))
    about = forms.ChoiceField(
        label=_("投诉哪个单位"), help_text=_("只有专班办公室和领导小组看得到，被投诉的单位看不到。")
    )
    text = forms.CharField(label=_("发生了什么"), widget=Words(6), max_length=MOST_WORDS)
    happened_on = forms.DateField(label=_("发生日期"), required=False, widget=DayInput())

    def __init__(self, *args: Any, items: Choices, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", ""), *items]  # type: ignore[attr-defined]
        self.fields["about"].choices = [("", ""), *units]  # type: ignore[attr-defined]


class LookForm(forms.Form):
    """What was looked into."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    note = forms.CharField(
        label=_("核查情况"), widget=Words(), max_length=MOST_WORDS, help_text=_("企业看不到。")
    )


class SettleForm(forms.Form):
    """The answer to the firm."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    finding = forms.ChoiceField(label=_("核查结果"), choices=[("", ""), *ComplaintFinding.choices])
    answer = forms.CharField(label=_("答复企业"), widget=Words(), max_length=MOST_WORDS)
