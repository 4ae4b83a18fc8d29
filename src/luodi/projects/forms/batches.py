"""What a person fills in about a batch."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import DayInput

from ..choices import Part
from .money import MonthInput
from .pipeline import MOST_WORDS


class BatchForm(forms.Form):
    """A batch: its title and the day it is held."""

    title = forms.CharField(label=_("批次名称"), max_length=120)
    held_on = forms.DateField(label=_("活动日期"), widget=DayInput())
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class EntriesForm(forms.Form):
    """Projects of one list of a batch, chosen from a table."""

    part = forms.ChoiceField(choices=Part.choices)
    why = forms.CharField(required=False, max_length=MOST_WORDS)


class PublishForm(forms.Form):
    """The month whose counts go down into the dictionary."""

    period = forms.CharField(label=_("月份"), max_length=7, widget=MonthInput())
