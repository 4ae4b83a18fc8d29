"""What a person fills in about a resumption."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import DayInput, Words

from ..choices import Resuming
from .pipeline import MOST_WORDS


class ResumptionForm(forms.Form):
    """How a continuing project resumed, and when."""

    how = forms.ChoiceField(label=_("复工情况"), choices=Resuming.choices)
    day = forms.DateField(
        label=_("日期"), widget=DayInput(), help_text=_("未停工的填确认的那一天。")
    )
    why = forms.CharField(
        label=_("说明"), required=False, widget=Words(rows=2), max_length=MOST_WORDS,
        help_text=_("更正已登记的复工时必填。"),
    )  # fmt: skip
