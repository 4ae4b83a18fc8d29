"""What a firm states, and what an office makes of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import DayInput, Words


class FactForm(forms.Form):
    """A fact as of a day; its value is read by the rules."""

    fact = forms.ChoiceField(label=_("事实"))
    value = forms.CharField(
        label=_("值"), max_length=400, help_text=_("数字可以带单位；几项资质用顿号隔开。")
    )
    on = forms.DateField(label=_("截至日期"), widget=DayInput())
    until = forms.DateField(
        label=_("证书有效期至"),
        required=False,
        widget=DayInput(),
        help_text=_("证书上写明的填写，其他不填。"),
    )
    why = forms.CharField(label=_("依据"), required=False, max_length=2_000, widget=Words(rows=2))

    def __init__(
        self, *args: Any, facts: list[tuple[str, str]], own: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fact"].choices = facts  # type: ignore[attr-defined]
        if own:
            del self.fields["why"]


class VerdictForm(forms.Form):
    """Whether what a firm states is so."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    fact = forms.CharField(widget=forms.HiddenInput, max_length=60)
    so = forms.BooleanField(required=False)
    why = forms.CharField(label=_("不符原因"), required=False, max_length=2_000)
