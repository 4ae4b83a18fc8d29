"""Asking for a token."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .rules import DEFAULT_DAYS, LONGEST_DAYS


class TokenForm(forms.Form):
    """What a token is for, how long, and whether it may hand in figures."""

    name = forms.CharField(label=_("用途"), max_length=60)
    days = forms.IntegerField(
        label=_("有效天数"), min_value=1, max_value=LONGEST_DAYS, initial=DEFAULT_DAYS
    )
    writes = forms.BooleanField(label=_("可以填报（不勾选则只能读取）"), required=False)
